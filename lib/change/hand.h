/*
 * An edit that a person made by hand: from one state of a file to another.
 * The file holds it already; in HEAD and in the index the same lines change,
 * and those that differed before stay as they are there.
 */
#ifndef KITH_CHANGE_HAND_H
#define KITH_CHANGE_HAND_H

#include "change/change.h"

struct hand_edit {
	const struct git_api *git; /* for the lines that differ */
	struct str before, after;  /* p == NULL: there was, is no file */
};

/* context: a struct hand_edit. KITH_FAILED where lines of one's own are in the way. */
int hand_make(void *context, const struct change_copy *copy, struct str before, struct buf *after,
	      bool *gone, struct kith_error *err);

#endif
