/*
 * The two files that become one, as they read: the keys of their front matter,
 * found by what they mean or by how they are called; a key's values, one by
 * one; and whether two values say the same.
 */
#ifndef KITH_CHANGE_UNITE_SIDE_H
#define KITH_CHANGE_UNITE_SIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "change/unite.h"
#include "note/note.h"
#include "people/contact.h"
#include "people/keys.h"

/* One of the two files, as it reads. */
struct unite_side {
	struct str image;
	struct contact contact;
	struct note note;
};

struct uniting {
	const struct relink *relink;
	const struct config *config;
	struct unite_side who, other;
	struct unite_told *told;
	struct arena *arena;
	struct kith_error *err;
};

/* Reads bytes, which must live as long. */
void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image);

/* Whether a contact is called so: key is a name's text_key. */
bool unite_is_name(const struct uniting *u, const struct contact *c, struct str key);
bool unite_is_alias(const struct uniting *u, const struct contact *c, struct str key);

/* Whether a link's target or a plain name means one of the two. */
bool unite_is_self(const struct uniting *u, struct str target);

struct unite_key {
	const struct yaml_node *node; /* its value is node->next */
	enum key which;
	int rank; /* among the synonyms, see people/keys.h */
};

struct unite_keys {
	struct unite_key *items;
	size_t count;
};

/*
 * All of them in the order of the file, in the arena. `tier: close` is a
 * cadence, where that is the name of one; `tier: gold` is KEY_UNKNOWN.
 */
struct unite_keys unite_keys_of(const struct uniting *u, const struct unite_side *side);

/* By name, and of equal ones in the order of the file. */
void unite_keys_sort(struct unite_keys *keys);

/* The key of that name, also one without a value; NULL. keys: sorted. */
const struct yaml_node *unite_keys_named(const struct unite_keys *keys, struct str name);

/* False for a key without a value, and for a `title` that is the note's and no role. */
bool unite_keys_counts(const struct unite_side *side, const struct unite_key *key);

/* Of the synonyms that count the one that wins; NULL for none. */
const struct yaml_node *unite_keys_find(const struct unite_keys *keys,
					const struct unite_side *side, enum key which);

/* Whether its values unite one by one: for org and title, where one side has several. */
bool unite_keys_is_list(const struct uniting *u, enum key which);

/* The day of a value; NO_DAY where it is none. */
civil_day unite_keys_day(const struct unite_side *side, const struct yaml_node *value);

/* The label of a date is what is on that day; its text may end in ` yearly`. */
struct unite_item {
	struct str label; /* "" for none */
	struct str text;
};

struct unite_items {
	struct unite_item *items;
	size_t count;
	bool selves; /* relations to one of the two themselves were left out */
};

/* None, with room in the arena for all that the side's front matter can hold. */
struct unite_items unite_items_none(const struct uniting *u, const struct unite_side *side);

/* Adds what a value says: itself, or all that is in it. label: p == NULL for none. */
void unite_items_add(struct unite_items *list, const struct uniting *u,
		     const struct unite_side *side, enum key which, struct str label,
		     const struct yaml_node *value);

/* All that a side holds under a key and its synonyms. */
struct unite_items unite_items_of(const struct uniting *u, const struct unite_side *side,
				  enum key which);

/* Whether the list says as much as the item, in whatever form. */
bool unite_items_hold(const struct unite_items *list, const struct uniting *u, enum key which,
		      const struct unite_item *item);

/* KITH_FAILED where two such lists would take too long to be compared, value by value. */
int unite_items_check(const struct uniting *u, size_t count, size_t more) ATTR_MUST_CHECK;

/* Whether a relation's text means one of the two. */
bool unite_items_is_self(const struct uniting *u, struct str relation);

#endif
