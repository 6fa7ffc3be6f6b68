/* Comments of front matter, which a value that is taken whole or written in another form may have
 * no place for. */
#ifndef KITH_MERGE_COMMENTS_H
#define KITH_MERGE_COMMENTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "merge/pieces.h"
#include "merge/sequence.h"

/*
 * A key in three versions was merged into out, from a place at a line's beginning on: the comments
 * that it shall hold and does not are put on lines above it. keys: NULL where it is not there.
 * clashed: of the two values one stays.
 */
void comments_keep(struct buf *out, size_t from, struct merge_piece *const keys[VERSIONS],
		   const struct str images[VERSIONS], bool clashed, struct arena *arena);

/* A key's comments alone, a line each. */
struct str comments_alone(struct str image, const struct merge_piece *key, struct arena *arena);

#endif
