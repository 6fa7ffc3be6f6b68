/* How often: an interval, a name from the settings, or never; perhaps another from some day on. */
#ifndef KITH_PEOPLE_CADENCE_H
#define KITH_PEOPLE_CADENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum cadence_kind {
	CADENCE_UNSET, /* nothing is said: tags and the default decide */
	CADENCE_NEVER, /* `none` */
	CADENCE_EVERY,
};

struct cadence {
	enum cadence_kind kind;
	struct interval interval; /* with CADENCE_EVERY */
};

/* `X until DATE then Y`; without `until`, X alone, and until is NO_DAY. */
struct cadence_plan {
	struct cadence first, then;
	civil_day until;
};

/* A name that the settings give to a cadence (`close: 3 weeks`). */
struct cadence_name {
	struct str name;
	struct cadence cadence;
};

struct cadence_names {
	struct cadence_name *items;
	size_t count;
};

/* Finds a name, without regard to case; NULL where there is none. arena: as it was afterwards. */
const struct cadence_name *cadence_find(const struct cadence_names *names, struct str name,
					struct arena *arena);

/*
 * Reads an interval, a name, or `none`. On failure returns false and sets
 * *why to the reason, with the fix where it can be guessed; in the arena.
 */
bool cadence_parse(struct str s, const struct cadence_names *names, struct cadence *out,
		   struct str *why, struct arena *arena);
/* The same for `2 weeks until 2027-02-01 then 2 months`. */
bool cadence_parse_plan(struct str s, const struct cadence_names *names, struct cadence_plan *out,
			struct str *why, struct arena *arena);

/* `6 weeks`, `none`, or "" for one that is unset. */
struct str cadence_words(struct cadence cadence, struct arena *arena);

#endif
