#include "people/plans.h"

#include <stdlib.h>

#include "base/search.h"

/* More plans of one day in one file are nobody's. */
#define MOST_OF_DAY 64

static int compare_plan_days(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;
	return ((*x)->day > (*y)->day) - ((*x)->day < (*y)->day);
}

/* Ends the plans that an entry is the talk of. */
static void end_plans(struct entry *const *plans, size_t count, const struct entry *entry)
{
	size_t at;
	if (!entry_counts(entry))
		return;
	LOWER_BOUND(at, count, plans[at]->day < entry->day);
	for (size_t i = at; i < count && i < at + MOST_OF_DAY && plans[i]->day == entry->day; i++)
		plans[i]->over |= !plans[i]->channel.n || !entry->channel.n ||
				  str_eq(plans[i]->channel, entry->channel);
}

static void settle_contact(const struct journal *journal, struct contact *c, struct arena *arena)
{
	struct entry **plans = ARENA_ARRAY(arena, struct entry *, c->plans_count);
	size_t count = 0;
	for (size_t i = 0; i < c->entries_count; i++)
		if (c->entries[i].planned)
			plans[count++] = &c->entries[i];
	qsort(plans, count, sizeof(struct entry *), compare_plan_days);
	for (size_t i = 0; i < c->entries_count; i++)
		end_plans(plans, count, &c->entries[i]);
	for (size_t i = 0; i < c->shared_count; i++) {
		struct entry_ref ref = c->shared[i];
		end_plans(plans, count, &journal->contacts[ref.contact].entries[ref.entry]);
	}
}

void plans_settle(struct journal *journal)
{
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < journal->count; i++)
		if (journal->contacts[i].plans_count)
			settle_contact(journal, &journal->contacts[i], &arena);
	arena_release(&arena);
}
