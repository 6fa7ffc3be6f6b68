/* What each line of a contact's file was taken for: what `kith check --read` prints. */
#ifndef KITH_REPORT_READOUT_H
#define KITH_REPORT_READOUT_H

#include "base/arena.h"
#include "base/str.h"
#include "people/journal.h"

struct readout_line {
	struct str text; /* without its end */
	struct str what; /* `birthday`, `a talk: 2026-09-20 call`; "" where nothing was */
};

struct readout {
	struct readout_line *items;
	size_t count;
};

/* Of a contact of the journal that could be read. Texts live in its image or in the arena. */
void readout_make(struct readout *out, const struct journal *journal, uint32_t who,
		  struct arena *arena);

#endif
