#include "insight/reach.h"

#include <stdlib.h>

#include "base/mem.h"

void reach_init(struct reach_search *search, const struct journal *journal, civil_day monday)
{
	*search = (struct reach_search){.journal = journal, .monday = monday};
	reckoner_init(&search->at_monday, journal, monday);
}

void reach_release(struct reach_search *search)
{
	reckoner_release(&search->at_monday);
	free(search->due.items);
	*search = (struct reach_search){0};
}

static void push(struct reaches *list, struct reach reach)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = reach;
}

void reach_add(struct reach_search *search, uint32_t who, const struct reckoning *reckoning)
{
	push(&search->due, (struct reach){.who = who,
					  .reckoning = *reckoning,
					  .date = dates_first(&search->journal->contacts[who],
							      search->monday, search->monday + 6,
							      search->journal->config.leap_march)});
}

/* A person with what the order needs beside, because qsort has no context. */
struct ranked {
	struct reach reach;
	struct str slug;
	int group;
	bool dormant, turn; /* as of Monday; whether it is among those whose turn it is */
};

static int compare_slugs(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	return str_cmp(x->slug, y->slug);
}

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->reach.reckoning.ratio != y->reach.reckoning.ratio)
		return x->reach.reckoning.ratio > y->reach.reckoning.ratio ? -1 : 1;
	return str_cmp(x->slug, y->slug);
}

/* Dormant people take turns, by slug, from a place that moves on with each week. */
static void give_turns(struct ranked *all, size_t count, civil_day monday, size_t revive)
{
	const civil_day first_monday = 4; /* 1970-01-05 */
	size_t dormant = 0;
	qsort(all, count, sizeof(*all), compare_slugs);
	for (size_t i = 0; i < count; i++)
		dormant += all[i].dormant;
	if (dormant == 0)
		return;
	/* Floor division: weeks before 1970 count down. */
	int64_t weeks =
	    ((int64_t)monday - first_monday) / 7 - (((int64_t)monday - first_monday) % 7 < 0);
	int64_t place = (weeks * (int64_t)revive) % (int64_t)dormant;
	size_t from = (size_t)(place < 0 ? place + (int64_t)dormant : place), at = 0;
	for (size_t i = 0; i < count; i++) {
		if (!all[i].dormant)
			continue;
		size_t turn = (at++ + dormant - from) % dormant;
		all[i].turn = turn < revive;
	}
}

void reach_choose(struct reach_search *search, struct reaches *chosen, struct reaches *can_wait)
{
	const struct journal *journal = search->journal;
	size_t count = search->due.count;
	struct ranked *all = mem_zalloc(count, sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		struct reach *reach = &search->due.items[i];
		struct reckoning then = reckon(&search->at_monday, reach->who);
		all[i] = (struct ranked){.reach = *reach,
					 .slug = journal->contacts[reach->who].slug,
					 .group = reach->reckoning.is_new     ? 0
						  : reach->date.day != NO_DAY ? 1
									      : 2,
					 .dormant = then.dormant && then.due != NO_DAY &&
						    then.due <= search->monday + 6};
	}
	if (count)
		give_turns(all, count, search->monday, (size_t)journal->config.revive);
	if (count)
		qsort(all, count, sizeof(*all), compare_ranked);
	for (size_t i = 0; i < count; i++) {
		bool takes = (!all[i].dormant || all[i].turn) &&
			     chosen->count < (size_t)journal->config.reach_out;
		push(takes ? chosen : can_wait, all[i].reach);
	}
	free(all);
}
