/*
 * Headings that group a log by time: `2026`, `2026-11`, `November 2026`,
 * `Nov 2026`, `2026-W48`, with a colon at their end perhaps.
 */
#ifndef KITH_CHANGE_PERIOD_H
#define KITH_CHANGE_PERIOD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum period_form { PERIOD_NONE, PERIOD_NUMBERS, PERIOD_LONG, PERIOD_SHORT, PERIOD_WEEK };

struct period {
	enum period_form form; /* PERIOD_NONE: it is no such heading */
	civil_day first, last; /* both included */
};

struct period period_of(struct str text);
bool period_covers(struct period period, civil_day day);

/* The heading of the same form for another day, like one that is a period's. */
struct str period_like(struct str text, civil_day day, struct arena *arena);

#endif
