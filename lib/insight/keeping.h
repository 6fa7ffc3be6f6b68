/*
 * The keeper's own habits in the year up to a day: how often they talk, by which channels, what
 * they gave and asked, how they keep their word, and how far what they wish is from what they do.
 * Never a measure of a person. Pure functions of the journal and the day.
 */
#ifndef KITH_INSIGHT_KEEPING_H
#define KITH_INSIGHT_KEEPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "insight/meetings.h"
#include "people/journal.h"

struct channel_count {
	struct str channel; /* "" for none */
	size_t count;
};

/* Somebody whose usual interval is far from the wished one. */
struct wish_gap {
	uint32_t who;
	struct interval wished;
	int usual; /* days */
};

/* How long ago the last talk with somebody active was. */
struct nearness {
	uint32_t who;
	civil_day last; /* NO_DAY: there was none yet */
	bool past;      /* longer ago than their interval says */
};

struct keeping {
	civil_day from, to; /* 52 weeks, the last of which is that of the day */
	size_t by_week[CHART_WEEKS];
	size_t talks, people;
	struct channel_count *channels; /* the most frequent first */
	size_t channels_count, channels_cap;
	size_t asked, gave;
	size_t kept, late, dropped, open; /* promises: done, of those after their day; given up */
	size_t timed;                     /* of those done, so many say when they were made */
	int kept_days;                    /* the median of the days that these took */
	struct wish_gap *gaps;            /* the farthest first */
	size_t gaps_count, gaps_cap;
	struct nearness *near; /* the latest talk first */
	size_t near_count, near_cap;
};

/* who: whom it is about, by contact. Release it with keeping_release. */
void keeping_make(struct keeping *out, const struct journal *journal, civil_day today,
		  const bool *who);
void keeping_release(struct keeping *keeping);

/* The interval that comes nearest to so many days: weeks, or months from a quarter of a year on. */
struct interval keeping_honest(int days);

#endif
