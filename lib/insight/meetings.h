/* Meetings: entries that happened, each once with all who were there. */
#ifndef KITH_INSIGHT_MEETINGS_H
#define KITH_INSIGHT_MEETINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "people/journal.h"

struct meeting {
	civil_day day;
	uint32_t owner;  /* whose file it stands in; a note elsewhere from journal->count on */
	struct str slug; /* the owner's */
	const struct entry *entry;
};

#define CHART_WEEKS 52

struct meetings {
	struct meeting *items; /* by day, time, owner's slug */
	size_t count, cap;
	size_t people;               /* different ones, in all items */
	size_t by_week[CHART_WEEKS]; /* the week of `to` is the last */
};

/*
 * The meetings in from..to, a Sunday, and not after as_of; and counts those of
 * the 52 weeks that end with `to`. year_ago: the meetings of the first of
 * these weeks, which are found on the way. An entry that stands in two files,
 * with the same day, channel and people, is one meeting.
 */
void meetings_chart(struct meetings *out, struct meetings *year_ago, const struct journal *journal,
		    civil_day from, civil_day to, civil_day as_of);
/*
 * All entries of from..to, of whatever kind, in that order; by_week and people stay 0. An entry
 * that stands in two files is one.
 */
void meetings_between(struct meetings *out, const struct journal *journal, civil_day from,
		      civil_day to);
/* Who was there: the person of the file first, where it is a person's; in the arena. */
uint32_t *meeting_people(size_t *count, const struct meeting *meeting,
			 const struct journal *journal, struct arena *arena);
void meetings_release(struct meetings *meetings);

#endif
