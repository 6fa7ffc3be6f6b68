/* The keys of a file's front matter, found by what they mean or by how they are called. */
#ifndef KITH_CHANGE_UNITE_KEYS_H
#define KITH_CHANGE_UNITE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "change/unite_parts.h"

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

#endif
