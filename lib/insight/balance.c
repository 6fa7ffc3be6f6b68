#include "insight/balance.h"

#define MANY_ASKED 3

static bool entry_happened(const struct entry *entry, civil_day as_of)
{
	return !entry->planned && !entry->cancelled && entry->day <= as_of;
}

/* A task's marks count on the day it was done, what was asked on the day it was made. */
static civil_day asked_on(const struct task *task)
{
	return task->created != NO_DAY ? task->created : task->done;
}

/* What one asked and gave in from..to. */
static struct balance balance_between(const struct contact *c, civil_day from, civil_day to)
{
	struct balance b = {.last_gave = NO_DAY};
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (e->day < from || !entry_happened(e, to))
			continue;
		b.asked += e->asked;
		b.gave += e->gave;
		if (e->gave && e->day > b.last_gave)
			b.last_gave = e->day;
	}
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		civil_day asked = asked_on(t);
		b.asked += t->asked && asked != NO_DAY && asked >= from && asked <= to;
		if (!t->gave || t->state != TASK_DONE || t->done < from || t->done > to)
			continue;
		b.gave++;
		if (t->done > b.last_gave)
			b.last_gave = t->done;
	}
	return b;
}

struct balance balance_year(const struct contact *c, civil_day as_of)
{
	return balance_between(c, day_add_months(as_of, -12), as_of);
}

bool balance_is_uneven(struct balance *out, const struct contact *c, civil_day as_of,
		       civil_day monday)
{
	*out = balance_year(c, as_of);
	if (out->asked < MANY_ASKED)
		return false;
	civil_day gave = out->last_gave, last = monday - 1 < as_of ? monday - 1 : as_of;
	civil_day from = gave == NO_DAY ? day_add_months(as_of, -12) : gave + 1;
	out->asked = balance_between(c, from, as_of).asked;
	from = from > monday - 7 ? from : monday - 7;
	return out->asked >= MANY_ASKED && balance_between(c, from, last).asked > 0;
}
