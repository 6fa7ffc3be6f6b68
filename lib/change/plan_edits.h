/*
 * What is said of somebody, where a plan stands in the file already: it took
 * place, or it moves. The plan's own line changes and keeps its place. A pure
 * function of bytes, which verifies its result.
 */
#ifndef KITH_CHANGE_PLAN_EDITS_H
#define KITH_CHANGE_PLAN_EDITS_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/entries.h"
#include "people/config.h"

/*
 * Writes an entry as entries_add does, but where a plan stands in the file that it is the talk of
 * (its day; its channel, or one of the two names none), the plan's line becomes it; and a plan of
 * the same channel, text and people, the only such one that is open, moves to the new day. Not
 * with entry->again.
 */
int plan_edits_add(struct buf *out, struct str image, const struct config *config,
		   const struct entry_text *entry, struct kith_error *err) ATTR_MUST_CHECK;

#endif
