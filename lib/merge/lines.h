/* Texts by their lines: what two versions changed at different places of one goes together. */
#ifndef KITH_MERGE_LINES_H
#define KITH_MERGE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum lines_clash {
	LINES_FAIL,  /* nothing is merged; what is added beside a changed line is no clash */
	LINES_UNION, /* the lines of both, each once */
	LINES_BOTH,  /* both, with the comment of both kept on a line between */
	LINES_WHOLE, /* the same with all of either text, whatever they have in common */
};

/*
 * Merges as diff3 does, and appends the result to out; base.p == NULL for none. Where lines clash,
 * as `clash` says; a clash of what is told as both kept already adds only what is new. indent: what
 * the comment's line begins with. Returns how often lines clashed; with LINES_FAIL out is as it was
 * where that is above 0.
 */
size_t lines_merge(struct buf *out, struct str base, struct str ours, struct str theirs,
		   enum lines_clash clash, struct str indent, struct arena *arena);

/*
 * Whether a result is one side's text, `more`, with lines of it once again: none is gone, those
 * that came are in it as often as in the other's text, `less`, and what both have stands in the
 * same order in both. Blank lines, indentation and comments of both kept do not count.
 */
bool lines_repeat(struct str result, struct str more, struct str less, struct arena *arena);

/*
 * A row of numbers beside a base's: to[i] is where the base's i stands in the other, in rising
 * order, or SIZE_MAX. The numbers are below `ids`. The longest such row where it is found in
 * reasonable time.
 */
void lines_align(size_t *to, const size_t *base, size_t count, const size_t *other,
		 size_t other_count, size_t ids, struct arena *arena);

#endif
