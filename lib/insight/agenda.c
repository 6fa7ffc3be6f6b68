#include "insight/agenda.h"

#include <stdlib.h>

#include "base/parallel.h"
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

/* A part of the contacts and what it adds to the agenda. */
struct part {
	struct agenda agenda;
	struct reach_search reach;
};

struct making {
	const struct journal *journal;
	size_t threads;
	struct part parts[PARALLEL_MAX];
};

static void take_part(void *context, size_t worker)
{
	struct making *m = context;
	const struct journal *journal = m->journal;
	struct agenda *a = &m->parts[worker].agenda;
	struct reckoner reckoner;
	size_t from, to;
	parallel_part(journal->count, m->threads, worker, &from, &to);
	reckoner_init(&reckoner, journal, a->today);
	for (uint32_t who = (uint32_t)from; who < to; who++) {
		if (journal->contacts[who].unread)
			continue;
		items_of_span(&a->items, journal, who, a->today, a->today, a->until);
		if (!contact_is_active(&journal->contacts[who]))
			continue;
		take_tasks(a, journal, who);
		struct reckoning r = reckon(&reckoner, who);
		a->without_interval += r.cadence.kind == CADENCE_NEVER && r.step3 == NO_DAY;
		if (r.due != NO_DAY && r.due <= a->until)
			reach_add(&m->parts[worker].reach, who, &r);
	}
	reckoner_release(&reckoner);
}

void agenda_make(struct agenda *a, const struct journal *journal, civil_day today, civil_day until)
{
	struct making m = {.journal = journal,
			   .threads = parallel_threads(journal->count, 1024, journal->threads)};
	for (size_t i = 0; i < m.threads; i++) {
		m.parts[i].agenda = (struct agenda){.today = today, .until = until};
		reach_init(&m.parts[i].reach, journal, today, today, until);
	}
	parallel_run(m.threads, take_part, &m);
	*a = m.parts[0].agenda;
	for (size_t i = 1; i < m.threads; i++) {
		struct agenda *part = &m.parts[i].agenda;
		items_append(&a->items, &part->items);
		items_append(&a->waiting, &part->waiting);
		a->late += part->late;
		a->without_interval += part->without_interval;
		reach_join(&m.parts[0].reach, &m.parts[i].reach);
		agenda_release(part);
	}
	reach_sort(&m.parts[0].reach, &a->people);
	reach_release(&m.parts[0].reach);
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
