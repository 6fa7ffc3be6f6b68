/* Whether a merge lost anything: what a side added must be in the result. */
#ifndef KITH_MERGE_LOST_H
#define KITH_MERGE_LOST_H

#include "base/attr.h"
#include "base/error.h"
#include "merge/pieces.h"

/*
 * Takes the files apart by itself: values, lines of text, entries and tasks by what they say. What
 * a side has and the base has not, the result has; KITH_FAILED, naming what it has not.
 */
int lost_check(struct str base, struct str side, struct str result,
	       const struct piece_reader *reader, struct kith_error *err) ATTR_MUST_CHECK;

#endif
