#include "report/brief.h"

#include "base/text.h"
#include "insight/dates.h"
#include "insight/meetings.h"
#include "insight/todo.h"
#include "people/link.h"
#include "report/json.h"
#include "report/people.h"
#include "report/prose.h"
#include "report/timeline.h"
#include "report/words.h"

/* Of each list so many, and dates of so many days. */
#define MOST_SINCE  5
#define MOST_KNOWN  8
#define DATES_AHEAD 60

struct briefing {
	const struct journal *journal;
	civil_day today;
	struct prose prose;
	struct arena arena;
};

/* The list, and all of it on one line, as `KEY_line`. */
static void put_joined(struct briefing *b, json_t *model, const char *key, json_t *list)
{
	struct buf line;
	buf_init(&line, 0);
	for (size_t i = 0; i < json_array_size(list); i++)
		buf_printf(&line, "%s%s", i ? ", " : "",
			   json_string_value(json_array_get(list, i)));
	struct str text = arena_take(&b->arena, &line);
	json_put(model, key, list);
	json_put(model, arena_printf(&b->arena, "%s_line", key).p,
		 json_of_line(text.n ? text : STR_NONE));
}

static struct str day_words(struct briefing *b, civil_day day)
{
	return words_day(day, day_to_ymd(b->today).year, &b->arena);
}

static json_t *talk_model(struct briefing *b, civil_day day, struct str text)
{
	json_t *o = json_of_object();
	json_put(o, "day", json_of_day(day));
	json_put(o, "when", json_of_line(day_words(b, day)));
	json_put(o, "ago", json_of_line(words_relative(day, b->today, &b->arena)));
	json_put(o, "text", json_of_line(text.n ? text : STR_NONE));
	return o;
}

static struct str entry_text(struct briefing *b, const struct entry *e)
{
	return arena_printf(&b->arena, "%.*s%s%.*s", STR_ARG(e->channel),
			    e->channel.n && e->text.n ? ": " : "",
			    STR_ARG(prose_plain(&b->prose, e->text, &b->arena)));
}

/* ---- one person ---- */

static void add_piece(struct buf *b, struct str text, const char *between)
{
	if (!text.n)
		return;
	buf_addz(b, b->n ? between : "");
	buf_add(b, text);
}

struct str brief_who(const struct contact *c, struct arena *arena)
{
	struct buf line;
	buf_init(&line, 0);
	for (size_t i = 0; i < c->title.count; i++)
		add_piece(&line, c->title.items[i], ", ");
	for (size_t i = 0; i < c->org.count; i++)
		add_piece(&line, link_text(c->org.items[i]), ", ");
	add_piece(&line, c->location, " · ");
	return arena_take(arena, &line);
}

static json_t *open_tasks(struct briefing *b, const struct todo *todo, enum todo_kind kind)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < todo->count; i++) {
		const struct task *t = todo->items[i].task;
		if (todo->items[i].kind != kind)
			continue;
		json_t *o = json_of_object();
		json_put(o, "text", json_of_line(prose_plain(&b->prose, t->text, &b->arena)));
		json_put(o, "due", json_of_day(t->due));
		json_put(o, "when",
			 json_of_line(t->due == NO_DAY
					  ? STR_NONE
					  : words_relative(t->due, b->today, &b->arena)));
		json_push(list, o);
	}
	return list;
}

static bool was_there(const struct meeting *m, uint32_t who)
{
	for (uint32_t i = 0; i < m->entry->with_count; i++)
		if (m->entry->with[i] == who)
			return true;
	return m->owner == who;
}

/* What the keeper did with others after the last talk: what there is to tell. */
static void put_since(struct briefing *b, json_t *model, uint32_t who, civil_day last)
{
	struct meetings all;
	size_t more = 0;
	json_t *list = json_of_list();
	if (last == NO_DAY)
		last = b->today - DATES_AHEAD;
	meetings_between(&all, b->journal, last + 1, b->today);
	for (size_t i = all.count; i-- > 0;) {
		const struct meeting *m = &all.items[i];
		if (!entry_counts(m->entry) || !m->entry->text.n || was_there(m, who))
			continue;
		if (json_array_size(list) == MOST_SINCE) {
			more++;
			continue;
		}
		json_t *o = json_of_object();
		json_put(o, "day", json_of_day(m->day));
		json_put(o, "when", json_of_line(day_words(b, m->day)));
		json_put(o, "who", json_of_line(timeline_people(&b->prose, m, &b->arena)));
		json_put(o, "text", json_of_line(entry_text(b, m->entry)));
		json_push(list, o);
	}
	meetings_release(&all);
	json_put(model, "since", list);
	json_put(model, "since_more", more ? json_of_count(more) : json_null());
}

struct brief_dates {
	struct briefing *b;
	json_t *list;
};

static void add_brief_date(void *context, const struct contact *c, struct occurrence found)
{
	struct brief_dates *d = context;
	struct str what = found.which == BIRTHDAY ? STR("") : c->dates[found.which].what;
	json_t *o = json_of_object();
	json_put(o, "day", json_of_day(found.day));
	json_put(o, "when", json_of_line(day_words(d->b, found.day)));
	json_put(o, "what",
		 json_of_line(prose_date(found, prose_plain(&d->b->prose, what, &d->b->arena),
					 &d->b->arena)));
	json_push(d->list, o);
}

static json_t *dates_ahead(struct briefing *b, const struct contact *c)
{
	struct brief_dates d = {b, json_of_list()};
	dates_each(c, b->today, b->today + DATES_AHEAD, b->journal->config.leap_march,
		   add_brief_date, &d);
	return d.list;
}

/* People of the journal beside this one, each once, those who are tied to them first. */
struct brief_people {
	json_t *list;
	unsigned char *seen;
	const struct journal *journal;
};

static void add_known(struct brief_people *known, uint32_t who)
{
	if (who == NO_CONTACT || known->seen[who] || json_array_size(known->list) == MOST_KNOWN)
		return;
	known->seen[who] = 1;
	json_push(known->list, json_of_line(known->journal->contacts[who].name));
}

static json_t *known_people(struct briefing *b, const struct profile *p)
{
	const struct relations *ties[] = {&p->contact->knows, &p->known_by,
					  &p->contact->introduced_by, &p->introduced};
	struct brief_people known = {json_of_list(), arena_zalloc(&b->arena, b->journal->count + 1),
				     b->journal};
	known.seen[p->who] = 1;
	for (size_t t = 0; t < ARRAY_LEN(ties); t++)
		for (size_t i = 0; i < ties[t]->count; i++)
			add_known(&known, ties[t]->items[i].who);
	for (size_t i = 0; i < p->talks_count; i++)
		for (size_t w = 0; w < p->talks[i].with_count; w++)
			add_known(&known, p->talks[i].with[w]);
	return known.list;
}

static json_t *what_to_ask(struct briefing *b, const struct profile *p)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < p->contact->interests.count; i++)
		json_push(list, json_of_line(prose_cut(p->contact->interests.items[i], &b->arena)));
	return list;
}

static json_t *what_is_unknown(struct briefing *b, const struct profile *p)
{
	const struct contact *c = p->contact;
	civil_day last = p->reckoning.last;
	json_t *list = json_of_list();
	if (last == NO_DAY)
		json_push(list, json_of_line(STR("no talk yet")));
	else if (last + 90 < b->today)
		json_push(list, json_of_line(arena_printf(
				    &b->arena, "nothing since %s",
				    words_month(last, day_to_ymd(b->today).year, &b->arena).p)));
	if (!c->email.count && !c->phone.count)
		json_push(list, json_of_line(STR("no e-mail, no phone")));
	else if (!c->email.count)
		json_push(list, json_of_line(STR("no e-mail")));
	if (!c->birthday.text.n)
		json_push(list, json_of_line(STR("no birthday")));
	if (!c->org.count && !c->title.count)
		json_push(list, json_of_line(STR("not what they do")));
	if (!c->location.n)
		json_push(list, json_of_line(STR("not where they live")));
	return list;
}

static json_t *plans_of(struct briefing *b, const struct profile *p)
{
	json_t *list = json_of_list();
	for (size_t i = p->talks_count; i-- > 0;) {
		const struct entry *e = p->talks[i].entry;
		if (p->talks[i].kind != TALK_PLANNED || e->day < b->today)
			continue;
		json_t *o = json_of_object();
		json_put(o, "day", json_of_day(e->day));
		json_put(o, "when",
			 json_of_line(arena_printf(&b->arena, "%.*s%s%.*s",
						   STR_ARG(day_words(b, e->day)),
						   e->time.n ? " " : "", STR_ARG(e->time))));
		json_put(o, "text", json_of_line(entry_text(b, e)));
		json_push(list, o);
	}
	return list;
}

static void add_values(struct buf *b, const struct strs *values)
{
	for (size_t i = 0; i < values->count; i++)
		buf_printf(b, "%s%.*s", i ? ", " : "", STR_ARG(link_text(values->items[i])));
	buf_addz(b, values->count ? "" : "none");
}

/* `title: CTO → CEO`; `org: Acme` where there was none. */
static json_t *news_of_file(struct briefing *b, const struct differences *changes)
{
	json_t *list = json_of_list();
	for (size_t i = 0; changes && i < changes->count; i++) {
		const struct difference *d = &changes->items[i];
		json_t *o = json_of_object();
		struct buf line;
		buf_init(&line, 0);
		buf_printf(&line, "%.*s: ", STR_ARG(d->key_text));
		if (d->before.count) {
			add_values(&line, &d->before);
			buf_addz(&line, " \xE2\x86\x92 ");
		}
		add_values(&line, &d->after);
		json_put(o, "key", json_of_line(d->key_text));
		json_put(o, "before", json_of_lines(d->before));
		json_put(o, "after", json_of_lines(d->after));
		json_put(o, "line", json_of_line(prose_cut(buf_str(&line), &b->arena)));
		buf_release(&line);
		json_push(list, o);
	}
	return list;
}

static json_t *person_model(struct briefing *b, uint32_t who, const struct differences *changes)
{
	struct profile p;
	struct todo todo = {0};
	const struct contact *c = &b->journal->contacts[who];
	json_t *model = json_of_object();
	profile_init(&p, b->journal, who, b->today, &b->arena);
	todo_add(&todo, c);
	const struct reckoning *r = &p.reckoning;
	struct str line = brief_who(c, &b->arena);
	struct str text = r->last_entry ? entry_text(b, r->last_entry) : STR("");
	json_put(model, "name", json_of_line(c->name));
	json_put(model, "slug", json_of_text(c->slug));
	json_put(model, "path", json_of_text(c->path));
	json_put(model, "who", json_of_line(line.n ? line : STR_NONE));
	json_put(model, "last", r->last == NO_DAY ? json_null() : talk_model(b, r->last, text));
	json_put(model, "changed", news_of_file(b, changes));
	json_put(model, "planned", plans_of(b, &p));
	json_put(model, "promises", open_tasks(b, &todo, TODO_PROMISE));
	json_put(model, "waiting", open_tasks(b, &todo, TODO_WAITING));
	json_put(model, "topics", open_tasks(b, &todo, TODO_TOPIC));
	put_since(b, model, who, r->last);
	json_put(model, "dates", dates_ahead(b, c));
	put_joined(b, model, "knows", known_people(b, &p));
	put_joined(b, model, "ask", what_to_ask(b, &p));
	put_joined(b, model, "unknown", what_is_unknown(b, &p));
	todo_release(&todo);
	profile_release(&p);
	return model;
}

/* ---- several ---- */

static bool is_in(struct strs list, struct str text, struct arena *arena)
{
	for (size_t i = 0; i < list.count; i++)
		if (text_same(list.items[i], text, arena))
			return true;
	return false;
}

/* What all of them have in a list: `org: Acme`. */
static void add_same(struct briefing *b, json_t *list, const char *what, const uint32_t *who,
		     size_t count, struct strs (*of)(const struct contact *c))
{
	struct strs first = of(&b->journal->contacts[who[0]]);
	for (size_t i = 0; i < first.count; i++) {
		bool all = true;
		for (size_t w = 1; w < count && all; w++)
			all = is_in(of(&b->journal->contacts[who[w]]), first.items[i], &b->arena);
		if (all)
			json_push(list,
				  json_of_line(arena_printf(&b->arena, "%s: %.*s", what,
							    STR_ARG(link_text(first.items[i])))));
	}
}

static struct strs orgs_of(const struct contact *c)
{
	return c->org;
}

static struct strs tags_of(const struct contact *c)
{
	return c->tags;
}

static struct strs interests_of(const struct contact *c)
{
	return c->interests;
}

static void add_shared_tie(struct briefing *b, json_t *list, const struct contact *c,
			   const struct relations *ties, const char *verb, uint32_t other)
{
	for (size_t i = 0; i < ties->count; i++)
		if (ties->items[i].who == other)
			json_push(list, json_of_line(arena_printf(
					    &b->arena, "%.*s %s %.*s", STR_ARG(c->name), verb,
					    STR_ARG(b->journal->contacts[other].name))));
}

static json_t *last_together(struct briefing *b, const uint32_t *who, size_t count)
{
	struct meetings all;
	json_t *last = json_null();
	meetings_between(&all, b->journal, DAY_MIN, b->today);
	for (size_t i = all.count; i-- > 0 && json_is_null(last);) {
		bool there = entry_counts(all.items[i].entry);
		for (size_t w = 0; w < count && there; w++)
			there = was_there(&all.items[i], who[w]);
		if (there)
			last = talk_model(b, all.items[i].day, entry_text(b, all.items[i].entry));
	}
	meetings_release(&all);
	return last;
}

static json_t *together_model(struct briefing *b, const uint32_t *who, size_t count)
{
	json_t *model = json_of_object(), *same = json_of_list(), *ties = json_of_list();
	json_put(model, "last", last_together(b, who, count));
	add_same(b, same, "at", who, count, orgs_of);
	add_same(b, same, "tag", who, count, tags_of);
	add_same(b, same, "into", who, count, interests_of);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			const struct contact *c = &b->journal->contacts[who[i]];
			add_shared_tie(b, ties, c, &c->introduced_by, "was introduced by", who[j]);
			add_shared_tie(b, ties, c, &c->knows, "knows", who[j]);
		}
	json_put(model, "same", same);
	json_put(model, "ties", ties);
	return model;
}

json_t *brief_model(const struct journal *journal, const uint32_t *who, size_t count,
		    const struct entry *meeting, const struct differences *changes, civil_day today)
{
	struct briefing b = {.journal = journal, .today = today, .prose = {journal, STR("")}};
	json_t *model = json_of_object(), *people = json_of_list(), *about = json_null();
	arena_init(&b.arena);
	if (meeting) {
		about = json_of_object();
		json_put(about, "day", json_of_day(meeting->day));
		json_put(about, "when",
			 json_of_line(arena_printf(
			     &b.arena, "%.*s%s%.*s", STR_ARG(day_words(&b, meeting->day)),
			     meeting->time.n ? " " : "", STR_ARG(meeting->time))));
		json_put(about, "what", json_of_line(entry_text(&b, meeting)));
	}
	for (size_t i = 0; i < count; i++)
		json_push(people, person_model(&b, who[i], changes ? &changes[i] : NULL));
	json_put(model, "today", json_of_day(today));
	json_put(model, "title", json_of_line(prose_people(&b.prose, who, count, false, &b.arena)));
	json_put(model, "meeting", about);
	json_put(model, "people", people);
	json_put(model, "together", count > 1 ? together_model(&b, who, count) : json_null());
	arena_release(&b.arena);
	return model;
}

const struct entry *brief_next(const struct journal *journal, civil_day today, uint32_t **who,
			       size_t *count, struct arena *arena)
{
	struct meetings all;
	const struct meeting *next = NULL;
	const struct entry *entry = NULL;
	*count = 0;
	meetings_between(&all, journal, today, DAY_MAX);
	for (size_t i = 0; i < all.count && !next; i++)
		if (entry_is_planned(all.items[i].entry, today))
			next = &all.items[i];
	if (next) {
		entry = next->entry;
		*who = meeting_people(count, next, journal, arena);
	}
	meetings_release(&all);
	return entry;
}
