/*
 * What one ISO week holds: the facts of the weekly review, section by
 * section, each in its order; and what lies between today and some day, for
 * whom the review is too far. Pure functions of the journal and the days;
 * words and forms are the report's.
 */
#ifndef KITH_INSIGHT_WEEK_H
#define KITH_INSIGHT_WEEK_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "insight/items.h"
#include "insight/meetings.h"
#include "insight/reach.h"
#include "people/journal.h"

/* Lists of items, each sorted by day. */
enum week_list {
	WEEK_LATE, /* promises late by at most `late` */
	WEEK_DAYS, /* what the week's own days hold */
	WEEK_AHEAD,
	WEEK_PASSED,   /* dates without a contact on or after them */
	WEEK_HAPPENED, /* planned, and the day is over */
	WEEK_WAITING,
	WEEK_LISTS,
};

/* Lists of people of whom something is said once, sorted by name. */
enum week_people {
	WEEK_UNEVEN,   /* who asked more than gave; number: how often, day: when one last gave */
	WEEK_DRIFTING, /* number: twice the usual interval in days, day: the last contact */
	WEEK_WITHOUT,  /* nothing makes them due, and nobody meant that; see week_make_agenda */
	WEEK_PEOPLE,
};

struct remark {
	uint32_t who;
	size_t number;
	civil_day day; /* or NO_DAY */
};

struct remarks {
	struct remark *items;
	size_t count, cap;
};

struct week {
	civil_day today;
	civil_day as_of; /* today in the week, its last day for a past one, its first ahead */
	civil_day monday, sunday;
	civil_day passed_from; /* the first day of WEEK_PASSED, which ends before monday */
	civil_day ahead_end;
	struct items lists[WEEK_LISTS];
	size_t older_promises, undated_promises, older_planned; /* counted, and in no list */
	struct reaches reach_out;
	struct reaches can_wait; /* due in the week and not among those */
	struct remarks people[WEEK_PEOPLE];
	struct meetings last_week; /* with the numbers and the year by weeks */
	struct meetings year_ago;
};

/* monday: the week's first day. Release it with week_release. */
void week_make(struct week *week, const struct journal *journal, civil_day today, civil_day monday,
	       struct standing standing);

/*
 * The days from today to `until` (monday and sunday here), without the review's
 * limits: reach_out is everybody who is due by then; WEEK_DAYS are the late
 * promises and what these days hold, WEEK_WAITING what is waited for by then;
 * WEEK_WITHOUT are the active people who have no interval, since the default is
 * none and neither they nor a tag say so. All else is empty. Release it with week_release.
 */
void week_make_agenda(struct week *week, const struct journal *journal, civil_day today,
		      civil_day until);
void week_release(struct week *week);

/* Whether it holds anything but what is said in lines: somebody under Reach out, or an item. */
bool week_has_items(const struct week *week);

/* The day as of which a week is reckoned. */
civil_day week_as_of(civil_day today, civil_day monday);

#endif
