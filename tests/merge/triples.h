/* A file in three versions, as people and programs change one on two machines: invented from a
 * number, always alike. */
#ifndef KITH_MERGE_TRIPLES_H
#define KITH_MERGE_TRIPLES_H

#include "../fault/texts.h"
#include "base/arena.h"
#include "merge/merge.h"

struct triple {
	enum merge_kind kind;
	struct merge_versions is;
	bool wild; /* with what no careful person writes */
};

/* The texts live in the arena. One in two holds only what a careful person writes; the others
 * anything: lone CRs, byte-order marks, open fences, marks of a conflict, cut bytes. */
void triple_make(struct triple *out, struct dice *dice, struct arena *arena);

#endif
