#include "insight/week.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/text.h"
#include "insight/balance.h"
#include "insight/reach.h"

/* How many stand under A year ago. */
#define MOST_YEAR_AGO 3

civil_day week_as_of(civil_day today, civil_day monday)
{
	civil_day sunday = monday + 6;
	return today < monday ? monday : today > sunday ? sunday : today;
}

static civil_day before(civil_day day, struct interval interval)
{
	return day_add(day, (struct interval){-interval.months, -interval.days});
}

static void take_late(struct week *week, const struct journal *journal, uint32_t who)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (!task_is_promise(t) || !task_was_open(t, week->as_of))
			continue;
		if (t->due == NO_DAY)
			week->undated_promises++;
		else if (t->due >= week->monday)
			continue;
		else if (day_add(t->due, journal->config.late) < week->as_of)
			week->older_promises++;
		else
			items_add(&week->late,
				  (struct item){
				      .kind = ITEM_PROMISE, .day = t->due, .who = who, .task = t});
	}
}

static void take_happened(struct week *week, const struct journal *journal, uint32_t who)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (!e->planned || e->day >= week->monday || !entry_is_planned(e, week->as_of) ||
		    !entry_is_in_touch(journal, who, e))
			continue;
		if (day_add(e->day, journal->config.late) < week->as_of)
			week->older_planned++;
		else
			items_add(&week->happened,
				  (struct item){
				      .kind = ITEM_PLANNED, .day = e->day, .who = who, .entry = e});
	}
}

static void take_waiting(struct week *week, const struct journal *journal, uint32_t who)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (!t->waiting || !task_was_open(t, week->as_of))
			continue;
		bool stands = t->due != NO_DAY
				  ? t->due <= week->sunday
				  : t->created == NO_DAY || t->created + 14 <= week->as_of;
		if (stands)
			items_add(&week->waiting,
				  (struct item){
				      .kind = ITEM_WAITING, .day = t->due, .who = who, .task = t});
	}
}

struct passing {
	struct week *week;
	const struct journal *journal;
	civil_day last;
};

static void add_passed(void *context, const struct contact *contact, struct occurrence found)
{
	struct passing *p = context;
	if (p->last == NO_DAY || p->last < found.day)
		items_add(&p->week->passed,
			  (struct item){.kind = ITEM_DATE,
					.day = found.day,
					.who = (uint32_t)(contact - p->journal->contacts),
					.date = found});
}

static void take_drifting(struct week *week, struct reckoner *r, uint32_t who,
			  const struct reckoning *reckoning)
{
	bool due = reckoning->due != NO_DAY && reckoning->due <= week->sunday;
	/* Twice a usual interval is 14 days at least. */
	if (reckoning->last == NO_DAY || due || reckoning->dormant ||
	    reckoning->last + 15 > week->monday)
		return;
	int twice = reckon_usual_twice(r, who, reckoning->last);
	civil_day began = reckoning->last + twice + 1;
	if (twice == 0 || began > week->monday || began <= week->monday - 7)
		return;
	struct drifts *d = &week->drifting;
	d->items = mem_grow(d->items, d->count, &d->cap, sizeof(*d->items));
	d->items[d->count++] = (struct drift){who, twice, reckoning->last};
}

static void take_contact(struct week *week, const struct journal *journal, struct reckoner *now,
			 struct reach_search *reach, uint32_t who)
{
	const struct contact *c = &journal->contacts[who];
	bool leap = journal->config.leap_march;
	struct reckoning reckoning = reckon(now, who);
	struct passing passing = {week, journal, reckoning.last};

	take_late(week, journal, who);
	dates_each(c, before(week->monday, journal->config.late), week->monday - 1, leap,
		   add_passed, &passing);
	take_waiting(week, journal, who);
	take_drifting(week, now, who, &reckoning);
	if (reckoning.due != NO_DAY && reckoning.due <= week->sunday)
		reach_add(reach, who, &reckoning);
	else
		reach_pass(reach, who, &reckoning);
}

/* Those of A year ago (52 weeks, the first of the chart) whose people are still in touch: three. */
static void keep_year_ago(struct week *week, const struct journal *journal)
{
	struct meetings *m = &week->year_ago;
	size_t kept = 0;
	for (size_t i = 0; i < m->count && kept < MOST_YEAR_AGO; i++) {
		struct meeting meeting = m->items[i];
		if (entry_is_in_touch(journal, meeting.owner, meeting.entry))
			m->items[kept++] = meeting;
	}
	m->count = kept;
}

/* Somebody with the key of the name beside, because qsort has no context. */
struct named {
	struct str key;
	size_t place;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* Sorts by name; each item begins with `uint32_t who`. */
static void sort_by_name(const struct journal *journal, void *items, size_t count, size_t size)
{
	struct arena arena;
	if (count < 2)
		return;
	arena_init(&arena);
	struct named *names = ARENA_ARRAY(&arena, struct named, count);
	char *copy = arena_copy(&arena, items, count, size);
	for (size_t i = 0; i < count; i++) {
		uint32_t who;
		memcpy(&who, copy + i * size, sizeof(who));
		names[i] = (struct named){text_key(journal->contacts[who].name, &arena), i};
	}
	qsort(names, count, sizeof(*names), compare_named);
	for (size_t i = 0; i < count; i++)
		memcpy((char *)items + i * size, copy + names[i].place * size, size);
	arena_release(&arena);
}

/* A part of the contacts and what it adds to the week. */
struct part {
	struct week week;
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
	struct week *week = &m->parts[worker].week;
	struct reckoner now;
	size_t from, to;
	parallel_part(journal->count, m->threads, worker, &from, &to);
	reckoner_init(&now, journal, week->as_of);
	for (uint32_t who = (uint32_t)from; who < to; who++) {
		if (journal->contacts[who].unread)
			continue;
		items_of_span(&week->this_week, journal, who, week->as_of, week->monday,
			      week->sunday);
		items_of_span(&week->ahead, journal, who, week->as_of, week->sunday + 1,
			      week->ahead_end);
		take_happened(week, journal, who);
		if (!contact_is_active(&journal->contacts[who]))
			continue;
		take_contact(week, journal, &now, &m->parts[worker].reach, who);
		balance_add(&week->balances, journal, who, week->as_of, week->monday);
	}
	reckoner_release(&now);
}

/* Adds what a part found to the first one, and lets it go. */
static void join_part(struct part *all, struct part *part)
{
	struct week *to = &all->week, *from = &part->week;
	items_append(&to->late, &from->late);
	items_append(&to->this_week, &from->this_week);
	items_append(&to->ahead, &from->ahead);
	items_append(&to->passed, &from->passed);
	items_append(&to->happened, &from->happened);
	items_append(&to->waiting, &from->waiting);
	to->older_promises += from->older_promises;
	to->undated_promises += from->undated_promises;
	to->older_planned += from->older_planned;
	to->balances.items =
	    mem_append(to->balances.items, &to->balances.count, &to->balances.cap,
		       from->balances.items, from->balances.count, sizeof(*from->balances.items));
	to->drifting.items =
	    mem_append(to->drifting.items, &to->drifting.count, &to->drifting.cap,
		       from->drifting.items, from->drifting.count, sizeof(*from->drifting.items));
	reach_join(&all->reach, &part->reach);
	week_release(from);
}

void week_make(struct week *week, const struct journal *journal, civil_day today, civil_day monday,
	       struct standing standing)
{
	struct making m = {.journal = journal,
			   .threads = parallel_threads(journal->count, 1024, journal->threads)};
	struct week empty = {.today = today,
			     .as_of = week_as_of(today, monday),
			     .monday = monday,
			     .sunday = monday + 6,
			     .ahead_end = day_add(monday + 6, journal->config.ahead)};
	for (size_t i = 0; i < m.threads; i++) {
		m.parts[i].week = empty;
		reach_init(&m.parts[i].reach, journal, empty.as_of, monday, monday + 6);
	}
	parallel_run(m.threads, take_part, &m);
	for (size_t i = 1; i < m.threads; i++)
		join_part(&m.parts[0], &m.parts[i]);
	*week = m.parts[0].week;
	reach_choose(&m.parts[0].reach, standing, &week->reach_out, &week->can_wait);
	reach_release(&m.parts[0].reach);

	struct items *lists[] = {&week->late,   &week->this_week, &week->ahead,
				 &week->passed, &week->happened,  &week->waiting};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		items_sort(lists[i], journal);
	sort_by_name(journal, week->drifting.items, week->drifting.count,
		     sizeof(*week->drifting.items));
	sort_by_name(journal, week->balances.items, week->balances.count,
		     sizeof(*week->balances.items));
	meetings_chart(&week->last_week, &week->year_ago, journal, monday - 7, monday - 1,
		       week->as_of);
	keep_year_ago(week, journal);
}

void week_release(struct week *week)
{
	free(week->late.items);
	free(week->this_week.items);
	free(week->ahead.items);
	free(week->passed.items);
	free(week->happened.items);
	free(week->waiting.items);
	free(week->reach_out.items);
	free(week->can_wait.items);
	free(week->balances.items);
	free(week->drifting.items);
	meetings_release(&week->last_week);
	meetings_release(&week->year_ago);
	*week = (struct week){0};
}
