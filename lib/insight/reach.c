#include "insight/reach.h"

#include <stdlib.h>

#include "base/mem.h"

void reach_init(struct reach_search *search, const struct journal *journal, civil_day from,
		civil_day to)
{
	*search = (struct reach_search){.journal = journal, .from = from, .to = to};
	reckoner_init(&search->at_start, journal, from);
}

void reach_release(struct reach_search *search)
{
	reckoner_release(&search->at_start);
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
	push(&search->due,
	     (struct reach){.who = who,
			    .reckoning = *reckoning,
			    .date = dates_first(&search->journal->contacts[who], search->from,
						search->to, search->journal->config.leap_march)});
}

void reach_join(struct reach_search *search, struct reach_search *other)
{
	struct reaches *due = &search->due;
	due->items = mem_append(due->items, &due->count, &due->cap, other->due.items,
				other->due.count, sizeof(*due->items));
	reach_release(other);
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

/* Everybody who is due, not yet in order; the caller frees it. */
static struct ranked *rank(const struct reach_search *search)
{
	struct ranked *all = mem_zalloc(search->due.count, sizeof(*all));
	for (size_t i = 0; i < search->due.count; i++) {
		const struct reach *reach = &search->due.items[i];
		all[i] = (struct ranked){.reach = *reach,
					 .slug = search->journal->contacts[reach->who].slug,
					 .group = reach->reckoning.is_new     ? 0
						  : reach->date.day != NO_DAY ? 1
									      : 2};
	}
	return all;
}

void reach_sort(struct reach_search *search, struct reaches *out)
{
	struct ranked *all = rank(search);
	if (search->due.count)
		qsort(all, search->due.count, sizeof(*all), compare_ranked);
	for (size_t i = 0; i < search->due.count; i++)
		push(out, all[i].reach);
	free(all);
}

static bool stands(struct standing standing, uint32_t who)
{
	for (size_t i = 0; i < standing.count; i++)
		if (standing.who[i] == who)
			return true;
	return false;
}

void reach_choose(struct reach_search *search, struct standing standing, struct reaches *chosen,
		  struct reaches *can_wait)
{
	const struct journal *journal = search->journal;
	size_t count = search->due.count;
	struct ranked *all = rank(search);
	for (size_t i = 0; i < count; i++) {
		struct reckoning then = reckon(&search->at_start, all[i].reach.who);
		all[i].dormant = then.dormant && then.due != NO_DAY && then.due <= search->to;
	}
	if (count)
		give_turns(all, count, search->from, (size_t)journal->config.revive);
	if (count)
		qsort(all, count, sizeof(*all), compare_ranked);
	size_t limit = (size_t)journal->config.reach_out;
	size_t free_places = standing.count < limit ? limit - standing.count : 0;
	for (size_t i = 0; i < count; i++) {
		bool there = stands(standing, all[i].reach.who);
		bool takes = !there && free_places > 0 && (!all[i].dormant || all[i].turn);
		free_places -= takes;
		push(there || takes ? chosen : can_wait, all[i].reach);
	}
	free(all);
}
