/*
 * Which items of one list are which of another, when the list was edited:
 * equal ones first, wherever they stand now; then those that are the same but
 * for a part, by what identifies them; then, between two pairs of equal ones,
 * those whose texts are much alike. Time is that of sorting, whatever the
 * lists hold.
 */
#ifndef KITH_PEOPLE_MATCHING_H
#define KITH_PEOPLE_MATCHING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

#define MATCHING_KEYS 3

struct matching_item {
	struct str whole;               /* all that it says: equal items have equal ones */
	struct str keys[MATCHING_KEYS]; /* parts that identify it, the surest first; "" for none */
	struct str text;                /* compared by likeness; "" where it has none */
	/* Set by matching_pair: */
	size_t other; /* its place in the other list, or MATCHING_NONE */
	bool equal;   /* to the other one */
};

#define MATCHING_NONE ((size_t)-1)

struct matching_list {
	struct matching_item *items;
	size_t count;
};

/* Sets `other` and `equal` of all items in both lists. scratch: as it was afterwards. */
void matching_pair(struct matching_list *before, struct matching_list *after,
		   struct arena *scratch);

#endif
