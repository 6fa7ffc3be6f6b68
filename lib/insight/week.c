#include "insight/week.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/text.h"
#include "insight/balance.h"

/* How many stand under A year ago. */
#define MOST_YEAR_AGO 3

civil_day week_as_of(civil_day today, civil_day monday)
{
	civil_day sunday = monday + 6;
	return today < monday ? monday : today > sunday ? sunday : today;
}

bool week_has_items(const struct week *week)
{
	size_t count = week->reach_out.count;
	for (size_t i = 0; i < WEEK_LISTS; i++)
		count += week->lists[i].count;
	return count > 0;
}

/* A worker's part of the contacts, and what it finds there. */
struct part {
	const struct journal *journal;
	struct week week;
	struct reach_search reach;
	struct reckoner now;
};

static void add_remark(struct part *p, enum week_people list, struct remark remark)
{
	struct remarks *r = &p->week.people[list];
	r->items = mem_grow(r->items, r->count, &r->cap, sizeof(*r->items));
	r->items[r->count++] = remark;
}

static void take_promise(struct part *p, struct item item)
{
	struct week *week = &p->week;
	if (item.day == NO_DAY)
		week->undated_promises++;
	else if (item.day >= week->monday)
		return;
	else if (item_is_older(item.day, week->monday, week->as_of, p->journal->config.late))
		week->older_promises++;
	else
		items_add(&week->lists[WEEK_LATE], item);
}

/* What is waited for without a day stands there after two weeks. */
static bool is_awaited(const struct week *week, const struct task *task)
{
	if (task->due != NO_DAY)
		return task->due <= week->sunday;
	return task->created == NO_DAY || task->created + 14 <= week->as_of;
}

static void take_open_tasks(struct part *p, uint32_t who)
{
	const struct contact *c = &p->journal->contacts[who];
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		struct item item = {.kind = ITEM_WAITING, .day = t->due, .who = who, .task = t};
		if (!task_was_open(t, p->week.as_of))
			continue;
		if (t->waiting && contact_is_active(c) && is_awaited(&p->week, t))
			items_add(&p->week.lists[WEEK_WAITING], item);
		item.kind = ITEM_PROMISE;
		if (task_is_promise(t))
			take_promise(p, item);
	}
}

static void take_past_plans(struct part *p, uint32_t who)
{
	const struct contact *c = &p->journal->contacts[who];
	struct week *week = &p->week;
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (!e->planned || e->day >= week->monday || !entry_is_planned(e, week->as_of))
			continue;
		if (item_is_older(e->day, week->monday, week->as_of, p->journal->config.late))
			week->older_planned++;
		else
			items_add(&week->lists[WEEK_HAPPENED],
				  (struct item){
				      .kind = ITEM_PLANNED, .day = e->day, .who = who, .entry = e});
	}
}

struct passing {
	struct part *part;
	civil_day last;
};

static void add_passed(void *context, const struct contact *contact, struct occurrence found)
{
	struct passing *p = context;
	if (p->last == NO_DAY || p->last < found.day)
		items_add(&p->part->week.lists[WEEK_PASSED],
			  (struct item){.kind = ITEM_DATE,
					.day = found.day,
					.who = (uint32_t)(contact - p->part->journal->contacts),
					.date = found});
}

static void take_drifting(struct part *p, uint32_t who, const struct reckoning *reckoning)
{
	civil_day monday = p->week.monday, last = reckoning->last;
	bool due = reckoning->due != NO_DAY && reckoning->due <= p->week.sunday;
	/* Twice a usual interval is 14 days at least. */
	if (last == NO_DAY || due || reckoning->dormant || last + 15 > monday)
		return;
	int twice = reckon_usual_twice(&p->now, who, last);
	civil_day began = last + twice + 1;
	if (twice > 0 && began <= monday && began > monday - 7)
		add_remark(p, WEEK_DRIFTING, (struct remark){who, (size_t)twice, last});
}

/* What the week's sections say of somebody who is in touch. */
static void take_person(struct part *p, uint32_t who)
{
	const struct contact *c = &p->journal->contacts[who];
	struct week *week = &p->week;
	struct reckoning reckoning = reckon(&p->now, who);
	struct passing passing = {p, reckoning.last};
	struct balance balance;

	dates_each(c, week->passed_from, week->monday - 1, p->journal->config.leap_march,
		   add_passed, &passing);
	take_drifting(p, who, &reckoning);
	if (reckoning.due != NO_DAY && reckoning.due <= week->sunday)
		reach_add(&p->reach, who, &reckoning);
	else
		reach_pass(&p->reach, who, &reckoning);
	if (balance_is_uneven(&balance, c, week->as_of, week->monday))
		add_remark(p, WEEK_UNEVEN, (struct remark){who, balance.asked, balance.last_gave});
}

static void take_for_week(struct part *p, uint32_t who)
{
	struct week *week = &p->week;
	items_of_span(&week->lists[WEEK_DAYS], p->journal, who, week->as_of, week->today,
		      week->monday, week->sunday);
	items_of_span(&week->lists[WEEK_AHEAD], p->journal, who, week->as_of, week->today,
		      week->sunday + 1, week->ahead_end);
	take_past_plans(p, who);
	take_open_tasks(p, who);
	if (contact_is_active(&p->journal->contacts[who]))
		take_person(p, who);
}

static void take_for_agenda(struct part *p, uint32_t who)
{
	const struct contact *c = &p->journal->contacts[who];
	struct week *week = &p->week;
	items_of_span(&week->lists[WEEK_DAYS], p->journal, who, week->as_of, week->today,
		      week->monday, week->sunday);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		struct item item = {.kind = ITEM_PROMISE, .day = t->due, .who = who, .task = t};
		if (t->due == NO_DAY || !task_was_open(t, week->as_of))
			continue;
		if (task_is_promise(t) && t->due < week->as_of)
			items_add(&week->lists[WEEK_DAYS], item);
		item.kind = ITEM_WAITING;
		if (t->waiting && contact_is_active(c) && t->due <= week->sunday)
			items_add(&week->lists[WEEK_WAITING], item);
	}
	struct reckoning r = reckon(&p->now, who);
	if (contact_is_active(c) && r.from == CADENCE_DEFAULT && r.cadence.kind == CADENCE_NEVER &&
	    r.step3 == NO_DAY)
		add_remark(p, WEEK_WITHOUT, (struct remark){.who = who, .day = NO_DAY});
	if (r.due != NO_DAY && r.due <= week->sunday)
		reach_add(&p->reach, who, &r);
}

/* The walk through all contacts, in parts. */
struct sweep {
	const struct journal *journal;
	void (*take)(struct part *part, uint32_t who);
	size_t threads;
	struct part parts[PARALLEL_MAX];
};

static void sweep_part(void *context, size_t worker)
{
	struct sweep *s = context;
	struct part *part = &s->parts[worker];
	size_t from, to;
	parallel_part(s->journal->count, s->threads, worker, &from, &to);
	reckoner_init(&part->now, s->journal, part->week.as_of);
	part->now.today = part->week.today;
	for (uint32_t who = (uint32_t)from; who < to; who++)
		if (!s->journal->contacts[who].unread)
			s->take(part, who);
	reckoner_release(&part->now);
}

/* Adds what a part found to the first one, and lets it go. */
static void join_part(struct part *all, struct part *part)
{
	struct week *to = &all->week, *from = &part->week;
	for (size_t i = 0; i < WEEK_LISTS; i++)
		items_append(&to->lists[i], &from->lists[i]);
	for (size_t i = 0; i < WEEK_PEOPLE; i++) {
		struct remarks *list = &to->people[i], *more = &from->people[i];
		list->items = mem_append(list->items, &list->count, &list->cap, more->items,
					 more->count, sizeof(*more->items));
	}
	to->older_promises += from->older_promises;
	to->undated_promises += from->undated_promises;
	to->older_planned += from->older_planned;
	reach_join(&all->reach, &part->reach);
	week_release(from);
}

/* Somebody with the key of the name beside, because qsort has no context. */
struct named_remark {
	struct str key;
	size_t place;
	struct remark remark;
};

static int compare_remarks(const void *a, const void *b)
{
	const struct named_remark *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void sort_remarks(struct remarks *remarks, const struct journal *journal)
{
	struct arena arena;
	if (remarks->count < 2)
		return;
	arena_init(&arena);
	struct named_remark *named = ARENA_ARRAY(&arena, struct named_remark, remarks->count);
	for (size_t i = 0; i < remarks->count; i++) {
		struct str name = journal->contacts[remarks->items[i].who].name;
		named[i] = (struct named_remark){text_key(name, &arena), i, remarks->items[i]};
	}
	qsort(named, remarks->count, sizeof(*named), compare_remarks);
	for (size_t i = 0; i < remarks->count; i++)
		remarks->items[i] = named[i].remark;
	arena_release(&arena);
}

/* Fills the week with all but what the caller chooses of reach, which it releases. */
static void sweep_contacts(struct week *week, struct reach_search *reach,
			   const struct journal *journal,
			   void (*take)(struct part *part, uint32_t who))
{
	struct sweep s = {.journal = journal,
			  .take = take,
			  .threads = parallel_threads(journal->count, 1024, journal->threads)};
	for (size_t i = 0; i < s.threads; i++) {
		s.parts[i].journal = journal;
		s.parts[i].week = *week;
		reach_init(&s.parts[i].reach, journal, week->today, week->monday, week->sunday);
	}
	parallel_run(s.threads, sweep_part, &s);
	for (size_t i = 1; i < s.threads; i++)
		join_part(&s.parts[0], &s.parts[i]);
	*week = s.parts[0].week;
	*reach = s.parts[0].reach;
	for (size_t i = 0; i < WEEK_LISTS; i++)
		items_sort(&week->lists[i], journal);
	for (size_t i = 0; i < WEEK_PEOPLE; i++)
		sort_remarks(&week->people[i], journal);
}

/* Whether somebody who is still in touch is among the people of a meeting. */
static bool is_in_touch(const struct journal *journal, const struct meeting *meeting)
{
	const struct entry *entry = meeting->entry;
	bool active = meeting->owner < journal->count &&
		      contact_is_active(&journal->contacts[meeting->owner]);
	for (uint32_t i = 0; i < entry->with_count && !active; i++)
		active = contact_is_active(&journal->contacts[entry->with[i]]);
	return active;
}

/* Those of A year ago (52 weeks, the first of the chart) whose people are still in touch: three. */
static void keep_year_ago(struct week *week, const struct journal *journal)
{
	struct meetings *m = &week->year_ago;
	size_t kept = 0;
	for (size_t i = 0; i < m->count && kept < MOST_YEAR_AGO; i++) {
		struct meeting meeting = m->items[i];
		if (is_in_touch(journal, &meeting))
			m->items[kept++] = meeting;
	}
	m->count = kept;
}

void week_make(struct week *week, const struct journal *journal, civil_day today, civil_day monday,
	       struct standing standing)
{
	struct interval late = journal->config.late;
	struct reach_search reach;
	*week = (struct week){.today = today,
			      .as_of = week_as_of(today, monday),
			      .monday = monday,
			      .sunday = monday + 6,
			      .passed_from =
				  day_add(monday, (struct interval){-late.months, -late.days}),
			      .ahead_end = day_add(monday + 6, journal->config.ahead)};
	sweep_contacts(week, &reach, journal, take_for_week);
	reach_choose(&reach, standing, &week->reach_out, &week->can_wait);
	reach_release(&reach);
	meetings_chart(&week->last_week, &week->year_ago, journal, monday - 7, monday - 1,
		       week->as_of);
	keep_year_ago(week, journal);
}

void week_make_agenda(struct week *week, const struct journal *journal, civil_day today,
		      civil_day until)
{
	struct reach_search reach;
	*week = (struct week){.today = today, .as_of = today, .monday = today, .sunday = until};
	sweep_contacts(week, &reach, journal, take_for_agenda);
	reach_sort(&reach, &week->reach_out);
	reach_release(&reach);
}

void week_release(struct week *week)
{
	for (size_t i = 0; i < WEEK_LISTS; i++)
		free(week->lists[i].items);
	for (size_t i = 0; i < WEEK_PEOPLE; i++)
		free(week->people[i].items);
	free(week->reach_out.items);
	free(week->can_wait.items);
	meetings_release(&week->last_week);
	meetings_release(&week->year_ago);
	*week = (struct week){0};
}
