/*
 * Who knows whom, as far as the journal says: by introductions, by `knows`, by links in notes, and
 * by conversations of several. Pure functions of the journal and the day.
 */
#ifndef KITH_INSIGHT_TIES_H
#define KITH_INSIGHT_TIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "people/journal.h"

/* All that ties two people, a < b. */
struct tie {
	uint32_t a, b;
	bool a_introduced_b, b_introduced_a, knows, links;
	size_t talks;   /* conversations with both */
	civil_day last; /* of those; NO_DAY */
};

struct ties {
	struct tie *items; /* by a, then b */
	size_t count, cap;
};

/* Release it with ties_release. */
void ties_make(struct ties *out, struct journal *journal, civil_day today);
void ties_release(struct ties *ties);

/* The tie of two people; NULL for none. */
const struct tie *ties_between(const struct ties *ties, uint32_t one, uint32_t other);

/*
 * A shortest way from one to the other over ties, both ends included, in the arena; *count is 0
 * where there is none.
 */
uint32_t *ties_path(size_t *count, const struct ties *ties, size_t people, uint32_t from,
		    uint32_t to, struct arena *arena);

#endif
