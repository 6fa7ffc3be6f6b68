/* The values of front matter: texts, lists, labelled values, days, relations; and in words. */
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

/* Both with a blank between, or the one that is there; p == NULL for neither. */
struct str fields_join_names(struct fields *f, struct str given, struct str family);

/*
 * Which key one of the front matter is (key_find): one of the user's own where the value is not
 * what its synonym is read for (`last interaction: at the pub`, `links: "[[ada]]"`).
 */
enum key fields_key(const struct yaml_node *key, int *rank);

/* Whether a text is of the type that its key in a text below the front matter needs. */
bool fields_fits(const struct fields *f, enum key key, struct str text);

/* Adds an alias, unless it is there. */
void fields_add_alias(struct fields *f, struct str alias);

/* An e-mail address among the aliases is an e-mail, too. */
void fields_mail_aliases(struct fields *f);

/* The text of a scalar, or of a name map {first, last}; p == NULL for neither. */
struct str fields_name(struct fields *f, const struct yaml_node *value);

/* Where a contact holds what a key says; what stands there tells its shape (keys.h). */
const void *fields_place(const struct contact *contact, enum key key);

/* The day of a key that has one (SHAPE_DAY, SHAPE_MET); NO_DAY where it says none. */
civil_day fields_day(const struct contact *contact, enum key key);

/*
 * What the contact holds under a key, as one would type it: `work ada@x.y`,
 * `home: 1 Dorset Street`, `2024-03-02 at Babbage's soirée`, `2021-05-01
 * joined X yearly`. No tags: the contact has those of its body among them.
 * None where the key is not there, or means nothing of its own (given,
 * family, tier).
 */
struct strs fields_words(const struct contact *contact, enum key key, struct arena *arena);

/* What parts a label from its text, where both are one text: " " or ": ". */
const char *fields_label_end(enum key key);

/* Takes a last word `yearly` off a date's text. */
bool fields_take_yearly(struct str *text);

/*
 * The commands by which a person settles what a merge kept under a key of a contact, `title` or
 * `phone.mobile`. text: the value that was kept; one: it is a text, and no list or map.
 */
struct str fields_kept_way(struct str slug, struct str key, struct str text, bool one,
			   struct arena *arena);

/* A value as it stands in the front matter, on one line: `text`, `[a, b]`, `{a: b}`. */
struct str fields_node_words(const struct yaml_node *node, struct arena *arena);

/* What the front matter (a map, or NULL) says under a key and its synonyms, so written. */
struct strs fields_front_words(const struct yaml_node *map, enum key key, struct arena *arena);

/*
 * Whether two values say the same, however they are written. Ends with the
 * reader's limit on nesting.
 */
bool fields_same_node(const struct yaml_node *a, const struct yaml_node *b);

/*
 * Whether a key is as if it were not there: its value is null, an empty text, or a list or map of
 * nothing else; for a key with a type also `unknown`, `?`, `n/a` and `-`.
 */
bool fields_absent(enum key key, const struct yaml_node *value);

/* `2026-11-30`, or `--11-30`; "" for a partial date. */
struct str fields_milestone_day(const struct milestone *date, struct arena *arena);

#endif
