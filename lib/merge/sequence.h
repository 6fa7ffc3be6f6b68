/*
 * Three sequences of pieces in one: which piece of one version is which of another, which stay, and
 * in what order. A piece is the same where it says the same; else where it is still the same by its
 * identity; else, where it was changed, between two neighbours that match.
 */
#ifndef KITH_MERGE_SEQUENCE_H
#define KITH_MERGE_SEQUENCE_H

#include "merge/pieces.h"

enum version { BASE, OURS, THEIRS, VERSIONS };

#define NO_PIECE ((size_t)-1)

/* A piece of the result: where it stands in each version. */
struct joint {
	size_t at[VERSIONS]; /* NO_PIECE */
};

struct joined {
	const struct sequence *of[VERSIONS];
	struct joint *items; /* in the order of the result */
	size_t count;
};

/* None of `of` is NULL. ours_first: of what stands at one place; else by bytes. What one side took
 * away and the other left as it was is not among them. */
void sequence_join(struct joined *out, const struct sequence *const of[VERSIONS], bool ours_first,
		   struct arena *arena);

/* What stands before the result's piece at a place, or at count behind the last. */
struct str sequence_gap(const struct joined *joined, size_t at, struct arena *arena);

/* What is written where no piece is left. */
struct str sequence_empty(const struct joined *joined, struct arena *arena);

/* A piece of the result in a version; NULL where it is not there. */
struct merge_piece *sequence_piece(const struct joined *joined, size_t at, enum version version);

/* Of three texts the one that a side changed; of two that both did, the longer, the smaller. p ==
 * NULL: there is none. */
struct str sequence_choose(struct str base, struct str ours, struct str theirs);

#endif
