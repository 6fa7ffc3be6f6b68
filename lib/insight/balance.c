#include "insight/balance.h"

#include "base/mem.h"

#define MANY_ASKED 3

/* A task's marks count on the day it was done, what was asked on the day it was made. */
static civil_day asked_on(const struct task *task)
{
	return task->created != NO_DAY ? task->created : task->done;
}

static bool happened(const struct entry *entry, civil_day as_of)
{
	return !entry->planned && !entry->cancelled && entry->day <= as_of;
}

static civil_day last_gave(const struct contact *c, civil_day as_of)
{
	civil_day last = NO_DAY;
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (e->gave && happened(e, as_of) && e->day > last)
			last = e->day;
	}
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (t->gave && t->state == TASK_DONE && t->done <= as_of && t->done > last)
			last = t->done;
	}
	return last;
}

struct asking {
	civil_day from, as_of, monday;
	size_t asked, last_week;
};

static void count(struct asking *a, civil_day day)
{
	if (day == NO_DAY || day < a->from || day > a->as_of)
		return;
	a->asked++;
	a->last_week += day >= a->monday - 7 && day < a->monday;
}

void balance_add(struct balances *out, const struct journal *journal, uint32_t who, civil_day as_of,
		 civil_day monday)
{
	const struct contact *c = &journal->contacts[who];
	civil_day year_ago = day_add_months(as_of, -12), gave = last_gave(c, as_of);
	struct asking a = {
	    .from = gave >= year_ago ? gave + 1 : year_ago, .as_of = as_of, .monday = monday};
	for (size_t i = 0; i < c->entries_count; i++)
		if (c->entries[i].asked && happened(&c->entries[i], as_of))
			count(&a, c->entries[i].day);
	for (size_t i = 0; i < c->tasks_count; i++)
		if (c->tasks[i].asked)
			count(&a, asked_on(&c->tasks[i]));
	if (a.asked < MANY_ASKED || a.last_week == 0)
		return;
	out->items = mem_grow(out->items, out->count, &out->cap, sizeof(*out->items));
	out->items[out->count++] = (struct balance){who, a.asked, gave >= year_ago ? gave : NO_DAY};
}

struct balance_year balance_year(const struct contact *c, civil_day as_of)
{
	struct balance_year year = {0, 0};
	struct asking a = {.from = day_add_months(as_of, -12), .as_of = as_of, .monday = as_of};
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (e->asked && happened(e, as_of))
			count(&a, e->day);
		year.gave += e->gave && happened(e, as_of) && e->day >= a.from;
	}
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (t->asked)
			count(&a, asked_on(t));
		year.gave +=
		    t->gave && t->state == TASK_DONE && t->done >= a.from && t->done <= as_of;
	}
	year.asked = a.asked;
	return year;
}
