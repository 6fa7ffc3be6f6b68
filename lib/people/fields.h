/* Reads the values of front matter: texts, lists, labelled values, days, relations. */
#ifndef KITH_PEOPLE_FIELDS_H
#define KITH_PEOPLE_FIELDS_H

#include "note/yaml.h"
#include "people/contact.h"
#include "people/keys.h"

/* One contact's reading: what it is read into, by what, and where findings go. */
struct fields {
	struct contact *contact;
	const struct config *config;
	struct arena *arena;
	struct reporter *reporter;
};

/*
 * Takes a key's value into the contact; lists are united with what is there.
 * label: for values without one ("mobile" where the key is `mobile:`), or "".
 */
void fields_take(struct fields *f, enum key key, const struct yaml_node *value, struct str label);

/*
 * A text that lives as long as the contact: itself where it stands in the
 * file's image, else a copy. The tree of the front matter is scratch.
 */
struct str fields_keep(struct fields *f, struct str text);

/* A copy of a node with all below it, which lives as long as the contact. */
struct yaml_node *fields_copy(struct fields *f, const struct yaml_node *node);

/* Adds a tag of the body, unless it is there. */
void fields_add_tag(struct fields *f, struct str tag);

/* The text of a scalar, or of a name map {first, last}; p == NULL for neither. */
struct str fields_name(struct fields *f, const struct yaml_node *value);

#endif
