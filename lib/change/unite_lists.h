/* A key of front matter that holds several values: what the other's say more is added. */
#ifndef KITH_CHANGE_UNITE_LISTS_H
#define KITH_CHANGE_UNITE_LISTS_H

#include "change/unite_edits.h"

/*
 * All values under the key and its synonyms. The form that is there stays: a
 * label goes before the text in a list, and a text of a map is `other`.
 * Relations to the two themselves go.
 */
int unite_lists_unite(struct unite_edits *e, enum key which) ATTR_MUST_CHECK;

/* The same under a key of the user's own, for values that were flattened. has: where it stands. */
int unite_lists_unite_own(struct unite_edits *e, const struct yaml_node *has,
			  const struct edit_front *more) ATTR_MUST_CHECK;

#endif
