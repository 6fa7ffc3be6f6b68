/* Texts by their lines: what two versions changed at different places of one goes together. */
#ifndef KITH_MERGE_LINES_H
#define KITH_MERGE_LINES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum lines_clash {
	LINES_FAIL,  /* nothing is merged */
	LINES_UNION, /* the lines of both, each once */
	LINES_BOTH,  /* both, with the comment of both kept on a line between */
};

/*
 * Merges as diff3 does, and appends the result to out; base.p == NULL for none. Where lines clash,
 * as `clash` says; a clash of what is told as both kept already adds only what is new. indent: what
 * the comment's line begins with. Returns how often lines clashed; with LINES_FAIL out is as it was
 * where that is above 0.
 */
size_t lines_merge(struct buf *out, struct str base, struct str ours, struct str theirs,
		   enum lines_clash clash, struct str indent, struct arena *arena);

#endif
