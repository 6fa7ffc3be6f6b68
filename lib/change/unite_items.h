/* The values of a key of front matter, one by one, and whether two of them say the same. */
#ifndef KITH_CHANGE_UNITE_ITEMS_H
#define KITH_CHANGE_UNITE_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "change/unite_parts.h"

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

/* Takes `yearly` off a date's text. */
bool unite_items_take_yearly(struct str *text);

#endif
