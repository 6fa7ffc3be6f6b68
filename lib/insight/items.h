/* Dates, plans and tasks with whose they are: what the pages list day by day. */
#ifndef KITH_INSIGHT_ITEMS_H
#define KITH_INSIGHT_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "insight/dates.h"
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

void items_add(struct items *items, struct item item);
void items_append(struct items *items, const struct items *more);
/* By day; on one day dates, plans by time, promises; then by slug and place in the file. */
void items_sort(struct items *items, const struct journal *journal);
/*
 * Adds dates, planned entries and promises of a contact with a day in from..to.
 */
void items_of_span(struct items *items, const struct journal *journal, uint32_t who,
		   civil_day as_of, civil_day today, civil_day from, civil_day to);

/* Whether a task is a promise of yours (not one you wait for, nor a topic). */
static inline bool task_is_promise(const struct task *task)
{
	return !task->waiting && !task->topic;
}

/* Whether a day before the week is past by more than `late`: a page counts such, and names none. */
static inline bool item_is_older(civil_day day, civil_day monday, civil_day as_of,
				 struct interval late)
{
	return day < monday && day_add(day, late) < as_of;
}

/* A day to sort by: what has none comes last. */
static inline civil_day day_or_last(civil_day day)
{
	return day == NO_DAY ? INT32_MAX : day;
}

#endif
