#include "insight/reach.h"

#include <stdlib.h>

#include "base/mem.h"

void reach_init(struct reach_search *search, const struct journal *journal, civil_day today,
		civil_day from, civil_day to)
{
	*search = (struct reach_search){.journal = journal, .from = from, .to = to};
	reckoner_init(&search->at_start, journal, from);
	search->at_start.today = today;
}

void reach_release(struct reach_search *search)
{
	reckoner_release(&search->at_start);
	free(search->due.items);
	free(search->over.items);
	*search = (struct reach_search){0};
}

static void keep_reach(struct reaches *list, struct reach reach)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = reach;
}

void reach_add(struct reach_search *search, uint32_t who, const struct reckoning *reckoning)
{
	keep_reach(&search->due,
		   (struct reach){.who = who,
				  .reckoning = *reckoning,
				  .date = dates_first(&search->journal->contacts[who], DATES_ANY,
						      search->from, search->to,
						      search->journal->config.leap_march)});
}

/* Whether somebody was dormant and due on the first day. */
static bool had_turn(struct reach_search *search, uint32_t who)
{
	struct reckoning then = reckon(&search->at_start, who);
	return then.dormant && then.due != NO_DAY && then.due <= search->to;
}

void reach_pass(struct reach_search *search, uint32_t who, const struct reckoning *reckoning)
{
	/* Whose last contact is older is as dormant now as on the first day, or more so. */
	bool known = reckoning->base == NO_DAY || reckoning->base <= search->from;
	if ((!known || reckoning->dormant) && had_turn(search, who))
		keep_reach(&search->over, (struct reach){.who = who, .date = {.day = NO_DAY}});
}

static void append_reaches(struct reaches *to, const struct reaches *from)
{
	to->items = mem_append(to->items, &to->count, &to->cap, from->items, from->count,
			       sizeof(*to->items));
}

void reach_join(struct reach_search *search, struct reach_search *other)
{
	append_reaches(&search->due, &other->due);
	append_reaches(&search->over, &other->over);
	reach_release(other);
}

/* A person with what the order needs beside, because qsort has no context. */
struct ranked {
	struct reach reach;
	struct str slug;
	int group;          /* what comes first; see rank */
	bool dormant, turn; /* as of Monday; whether it is among those whose turn it is */
	bool over;          /* not due any more: only there for the turns */
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

/* Everybody who is due, not yet in order, then room for so many more; the caller frees it. */
static struct ranked *rank(const struct reach_search *search, size_t more)
{
	struct ranked *all = mem_zalloc(search->due.count + more, sizeof(*all));
	for (size_t i = 0; i < search->due.count; i++) {
		const struct reach *reach = &search->due.items[i];
		all[i] = (struct ranked){.reach = *reach,
					 .slug = search->journal->contacts[reach->who].slug,
					 .group = reach->reckoning.is_new                    ? 0
						  : reach->date.day != NO_DAY                ? 1
						  : reach->reckoning.from != CADENCE_DEFAULT ? 2
											     : 3};
	}
	return all;
}

void reach_sort(struct reach_search *search, struct reaches *out)
{
	struct ranked *all = rank(search, 0);
	if (search->due.count)
		qsort(all, search->due.count, sizeof(*all), compare_ranked);
	for (size_t i = 0; i < search->due.count; i++)
		keep_reach(out, all[i].reach);
	free(all);
}

/* Who stands on the page, each once. */
struct stood {
	bool *is;       /* by contact */
	size_t count;   /* with those who are gone */
	size_t dormant; /* of them, as of Monday */
};

static struct stood note_standing(struct reach_search *search, struct standing standing)
{
	const struct journal *journal = search->journal;
	struct stood stood = {.is = mem_zalloc(journal->count, sizeof(bool))};
	for (size_t i = 0; i < standing.count; i++) {
		uint32_t who = standing.who[i];
		if (who != NO_CONTACT && stood.is[who])
			continue;
		stood.count++;
		if (who == NO_CONTACT)
			continue;
		stood.is[who] = true;
		if (!journal->contacts[who].unread)
			stood.dormant += reckon(&search->at_start, who).dormant;
	}
	return stood;
}

/* With those who are due no more behind them: turns are taken among all. */
static struct ranked *rank_by_turns(struct reach_search *search, size_t *count)
{
	struct ranked *all = rank(search, search->over.count);
	size_t due = search->due.count;
	for (size_t i = 0; i < due; i++)
		all[i].dormant = had_turn(search, all[i].reach.who);
	for (size_t i = 0; i < search->over.count; i++) {
		struct reach reach = search->over.items[i];
		all[due + i] = (struct ranked){.reach = reach,
					       .slug = search->journal->contacts[reach.who].slug,
					       .dormant = true,
					       .over = true};
	}
	*count = due + search->over.count;
	if (*count == 0)
		return all;
	give_turns(all, *count, search->from, (size_t)search->journal->config.revive);
	qsort(all, *count, sizeof(*all), compare_ranked);
	return all;
}

void reach_choose(struct reach_search *search, struct standing standing, struct reaches *chosen,
		  struct reaches *can_wait)
{
	const struct config *config = &search->journal->config;
	size_t count, limit = (size_t)config->reach_out, revive = (size_t)config->revive;
	struct ranked *all = rank_by_turns(search, &count);
	struct stood stood = note_standing(search, standing);
	size_t places = stood.count < limit ? limit - stood.count : 0;
	size_t revivals = stood.dormant < revive ? revive - stood.dormant : 0;
	for (size_t i = 0; i < count; i++) {
		bool there = stood.is[all[i].reach.who];
		bool may = !all[i].dormant || (all[i].turn && revivals > 0);
		bool takes = !there && !all[i].over && places > 0 && may;
		places -= takes;
		revivals -= takes && all[i].dormant;
		if (!all[i].over)
			keep_reach(there || takes ? chosen : can_wait, all[i].reach);
	}
	free(stood.is);
	free(all);
}
