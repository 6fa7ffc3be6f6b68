#include "insight/agenda.h"

#include <stdlib.h>

#include "base/mem.h"
#include "insight/reach.h"

static void take_tasks(struct agenda *a, const struct journal *journal, uint32_t who)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		struct item item = {.kind = ITEM_PROMISE, .day = t->due, .who = who, .task = t};
		if (t->due == NO_DAY || !task_was_open(t, a->today))
			continue;
		if (task_is_promise(t) && t->due < a->today) {
			items_add(&a->items, item);
			a->late++;
		} else if (t->waiting && t->due <= a->until) {
			item.kind = ITEM_WAITING;
			items_add(&a->waiting, item);
		}
	}
}

void agenda_make(struct agenda *a, const struct journal *journal, civil_day today, civil_day until)
{
	struct reckoner reckoner;
	struct reach_search reach;
	*a = (struct agenda){.today = today, .until = until};
	reckoner_init(&reckoner, journal, today);
	reach_init(&reach, journal, today, until);
	for (uint32_t i = 0; i < journal->count; i++) {
		if (journal->contacts[i].unread)
			continue;
		items_of_span(&a->items, journal, i, today, today, until);
		if (!contact_is_active(&journal->contacts[i]))
			continue;
		take_tasks(a, journal, i);
		struct reckoning r = reckon(&reckoner, i);
		a->without_interval += r.cadence.kind == CADENCE_NEVER && r.step3 == NO_DAY;
		if (r.due != NO_DAY && r.due <= until)
			reach_add(&reach, i, &r);
	}
	reach_sort(&reach, &a->people);
	reach_release(&reach);
	reckoner_release(&reckoner);
	items_sort(&a->items, journal);
	items_sort(&a->waiting, journal);
}

void agenda_release(struct agenda *a)
{
	free(a->people.items);
	free(a->items.items);
	free(a->waiting.items);
	*a = (struct agenda){0};
}
