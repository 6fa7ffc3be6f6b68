/*
 * What one ISO week holds: the facts of the weekly review, section by
 * section, each in its order. A pure function of the journal, today and the
 * week; words and forms are the report's.
 */
#ifndef KITH_INSIGHT_WEEK_H
#define KITH_INSIGHT_WEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "insight/dates.h"
#include "insight/meetings.h"
#include "insight/reckon.h"
#include "people/journal.h"

/* In the order of one day. */
enum item_kind { ITEM_DATE, ITEM_PLANNED, ITEM_PROMISE, ITEM_WAITING };

struct item {
	enum item_kind kind;
	civil_day day; /* NO_DAY for a task without one */
	uint32_t who;
	struct occurrence date;    /* of ITEM_DATE */
	const struct entry *entry; /* of ITEM_PLANNED */
	const struct task *task;   /* of ITEM_PROMISE and ITEM_WAITING */
};

struct items {
	struct item *items;
	size_t count, cap;
};

/* Somebody under Reach out. */
struct reach {
	uint32_t who;
	struct reckoning reckoning;
	struct occurrence date; /* the first in the week; day is NO_DAY without one */
};

struct reaches {
	struct reach *items;
	size_t count, cap;
};

/* Somebody who asked more than gave. */
struct balance {
	uint32_t who;
	size_t asked;
	civil_day gave; /* the last time; NO_DAY, or more than a year ago */
};

struct balances {
	struct balance *items;
	size_t count, cap;
};

struct drift {
	uint32_t who;
	int usual_twice; /* days */
	civil_day last;
};

struct drifts {
	struct drift *items;
	size_t count, cap;
};

struct week {
	civil_day today,
	    as_of; /* as_of: today in the week, its last day for a past one, its first ahead */
	civil_day monday, sunday, ahead_end;
	struct items late; /* promises late by at most `late` */
	size_t older_promises;
	struct items this_week;
	struct reaches reach_out;
	struct reaches can_wait; /* due in the week and not among those */
	struct items ahead;
	size_t undated_promises;
	struct items passed;
	struct items happened; /* planned, and the day is over */
	size_t older_planned;
	struct items waiting;
	struct balances balances;
	struct drifts drifting;
	struct meetings last_week; /* with the numbers and the year by weeks */
	struct meetings year_ago;
};

/* People who stand under Reach out already, on the page made earlier in the week. */
struct standing {
	const uint32_t *who;
	size_t count;
};

/* monday: the week's first day. Release it with week_release. */
void week_make(struct week *week, const struct journal *journal, civil_day today, civil_day monday,
	       struct standing standing);
void week_release(struct week *week);

/* The day as of which a week is reckoned. */
civil_day week_as_of(civil_day today, civil_day monday);

/* By day; on one day dates, plans by time, promises; then by slug and place in the file. */
void items_sort(struct items *items, const struct journal *journal);
void items_add(struct items *items, struct item item);
void items_append(struct items *items, const struct items *more);
/* Whether somebody who is still in touch (active) is among the people of an entry. */
bool entry_is_in_touch(const struct journal *journal, uint32_t owner, const struct entry *entry);
/*
 * Dates, planned entries and promises of a contact with a day in from..to;
 * of one that is paused and the like only plans with others who are active.
 */
void items_of_span(struct items *items, const struct journal *journal, uint32_t who,
		   civil_day as_of, civil_day from, civil_day to);

/* Whether a task is a promise of yours (not one you wait for, nor a topic). */
static inline bool task_is_promise(const struct task *task)
{
	return !task->waiting && !task->topic;
}

#endif
