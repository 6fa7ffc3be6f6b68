/*
 * Each section of the review is a row of the table near the end of this file;
 * the page (report/page.h) knows kith's headings by it, and the template gets
 * them from it. To add a section:
 *
 * 1. its facts: a list in `struct week` (insight/week.h), filled, for one
 *    contact, in insight/week.c. A new list of items or of remarks is a name in
 *    enum week_list or week_people, and is sorted, joined and released by that;
 * 2. a row of `sections` below: the lists of items it holds, or a function that
 *    puts the facts into its items (remark_model makes one of a remark);
 * 3. its place in templates/review.md, between {{#name}} and {{/name}}, with
 *    `## {{heading}}` before its items.
 */
#include "report/review.h"

#include <stdint.h>

#include "base/text.h"
#include "report/ids.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

#define MOST_NAMED    3
#define MOST_FINDINGS 10
/* How many promises and topics stand in one line below a name; the rest is counted. */
#define MOST_IN_LINE   3
#define MOST_INTERESTS 6

struct review {
	struct prose prose;
	const struct journal *journal;
	const struct week *week;
	const struct review_changes *changes; /* or NULL */
	const struct review_place *place;
	struct ids *ids;
	struct reckoner *reckoner;
	struct arena *arena;
	int year; /* of the week's Monday: no other year goes without saying */
};

static void put_line(json_t *object, const char *key, struct str text)
{
	if (text.n)
		json_put(object, key, json_of_line(text));
}

static void push_line(json_t *list, struct buf *line)
{
	if (line->n)
		json_push(list, json_of_line(buf_str(line)));
	buf_clear(line);
}

static void put_person(struct review *v, json_t *object, const struct contact *c)
{
	json_put(object, "slug", json_of_line(c->slug));
	json_put(object, "name", json_of_line(prose_cut(c->name, v->arena)));
	json_put(object, "path", json_of_line(c->path));
	json_put(object, "url", json_of_line(prose_url(&v->prose, c, v->arena)));
}

/* In the week the month is plain; elsewhere it is said. */
static struct str when(const struct review *v, civil_day day)
{
	if (day >= v->week->monday && day <= v->week->sunday)
		return words_weekday(day, v->arena);
	return words_day(day, v->year, v->arena);
}

static void put_date(struct review *v, json_t *object, const struct contact *c,
		     struct occurrence date)
{
	bool past = date.day < v->week->monday;
	if (date.which != BIRTHDAY) {
		put_line(object, "what",
			 prose_plain(&v->prose, c->dates[date.which].what, v->arena));
		if (date.years)
			put_line(object, "years",
				 words_count((size_t)date.years, "year", "years", v->arena));
	} else if (date.years) {
		put_line(object, "birthday",
			 arena_printf(v->arena, "%s %d", past ? "turned" : "turns", date.years));
	} else {
		put_line(object, "birthday", past ? STR("had a birthday") : STR("has a birthday"));
	}
}

/* The people of an entry: the file's own first; only those in touch, unless everybody is wanted. */
static struct str people_of(struct review *v, uint32_t owner, const struct entry *entry,
			    bool everybody)
{
	size_t count = 0;
	uint32_t *who = ARENA_ARRAY(v->arena, uint32_t, entry->with_count + 1u);
	for (uint32_t i = 0; i <= entry->with_count; i++) {
		uint32_t one = i ? entry->with[i - 1] : owner;
		if (one >= v->journal->count)
			continue;
		if (everybody || contact_is_active(&v->journal->contacts[one]))
			who[count++] = one;
	}
	return prose_people(&v->prose, who, count, true, v->arena);
}

static void put_entry(struct review *v, json_t *object, const struct contact *c,
		      const struct entry *entry)
{
	uint32_t owner = (uint32_t)(c - v->journal->contacts);
	json_put(object, "planned", json_true());
	put_line(object, "time", entry->time);
	put_line(object, "channel", entry->channel);
	put_line(object, "people", people_of(v, owner, entry, true));
	put_line(object, "text", prose_plain(&v->prose, entry->text, v->arena));
	put_line(object, "markdown", prose_text(&v->prose, entry->text, v->arena));
}

/* How long ago a task was made, and that its day is past. */
static void put_notes(struct review *v, json_t *object, const struct task *task)
{
	civil_day as_of = v->week->as_of;
	struct buf line;
	buf_init(&line, 0);
	if (task->created != NO_DAY)
		buf_printf(&line, "%s %s", task->waiting ? "asked" : "promised",
			   words_relative(task->created, as_of, v->arena).p);
	const char *comma = line.n ? ", " : "";
	if (task->due != NO_DAY && task->due < as_of)
		buf_printf(&line, "%s%s %s", comma, task->waiting ? "hoped for" : "meant for",
			   words_relative(task->due, as_of, v->arena).p);
	else if (task->due != NO_DAY && task->waiting)
		buf_printf(&line, "%shoped for by %.*s", comma, STR_ARG(when(v, task->due)));
	json_t *notes = line.n ? json_of_list() : NULL;
	if (notes) {
		push_line(notes, &line);
		json_put(object, "notes", notes);
	}
	buf_release(&line);
}

/* A contact on the day of a date or after it, as far as the page knows. */
static void put_talked(struct review *v, json_t *object, const struct item *item)
{
	civil_day last = reckon(v->reckoner, item->who).last;
	if (last == NO_DAY || last < item->day)
		return;
	json_t *notes = json_of_list();
	json_push(notes, json_of_line(arena_printf(v->arena, "talked on %s", when(v, last).p)));
	json_put(object, "notes", notes);
}

static json_t *item_model(struct review *v, const struct item *item)
{
	const struct contact *c = &v->journal->contacts[item->who];
	json_t *object = json_of_object();
	char id[ID_SIZE];
	id_of_item(id, v->ids, item);
	json_put(object, "id", json_of_line(str_of(id)));
	put_person(v, object, c);
	if (item->day != NO_DAY)
		json_put(object, "day", json_of_day(item->day));
	if (item->day != NO_DAY && item->kind != ITEM_WAITING)
		put_line(object, "when", when(v, item->day));
	if (item->kind == ITEM_DATE) {
		put_date(v, object, c, item->date);
		put_talked(v, object, item);
	}
	if (item->entry)
		put_entry(v, object, c, item->entry);
	if (item->task) {
		json_put(object, item->kind == ITEM_WAITING ? "awaited" : "promise", json_true());
		put_line(object, "text", prose_plain(&v->prose, item->task->text, v->arena));
		put_line(object, "markdown", prose_text(&v->prose, item->task->text, v->arena));
		put_notes(v, object, item->task);
	}
	return object;
}

static void put_list(struct review *v, json_t *items, const struct items *all)
{
	for (size_t i = 0; i < all->count; i++)
		json_push(items, item_model(v, &all->items[i]));
}

static void put_count(struct review *v, json_t *section, const char *key, size_t count,
		      const char *one, const char *many)
{
	if (count)
		put_line(section, key, words_count(count, one, many, v->arena));
}

static void put_older_promises(struct review *v, json_t *section, json_t *items)
{
	(void)items;
	put_count(v, section, "older", v->week->older_promises,
		  "promise is older: kith todo --older", "promises are older: kith todo --older");
}

static void put_undated_promises(struct review *v, json_t *section, json_t *items)
{
	(void)items;
	put_count(v, section, "undated", v->week->undated_promises,
		  "promise has no day: kith todo --no-day",
		  "promises have no day: kith todo --no-day");
}

static void put_older_plans(struct review *v, json_t *section, json_t *items)
{
	(void)items;
	put_count(v, section, "older", v->week->older_planned,
		  "plan is older: kith todo --older-plans",
		  "plans are older: kith todo --older-plans");
}

static void add_to_line(struct buf *line, struct str part)
{
	if (part.n == 0)
		return;
	if (line->n)
		buf_addz(line, " \xC2\xB7 ");
	buf_add(line, part);
}

/* `you aim for 6` after `9 weeks`, `you aim for 2 months` after it. */
static struct str aim(struct review *v, struct cadence cadence, struct str after)
{
	if (cadence.kind != CADENCE_EVERY)
		return STR("");
	struct str words = words_interval(cadence.interval, v->arena);
	size_t number = str_find_char(words, ' '), before = str_find_char(after, ' ');
	struct str unit = str_from(words, number), other = str_from(after, before);
	if (str_ends(unit, STR("s")))
		unit.n--;
	if (str_ends(other, STR("s")))
		other.n--;
	if (after.n && str_eq(unit, other))
		words = str_upto(words, number);
	return arena_printf(v->arena, ", you aim for %.*s", STR_ARG(words));
}

/* `every 5 weeks until April, 7 months now`. */
static struct str usual(struct review *v, size_t usual_twice, civil_day last)
{
	return arena_printf(
	    v->arena, "every %s until %s, %s now", words_days((double)usual_twice / 2, v->arena).p,
	    words_month(last, v->year, v->arena).p, words_span(last, v->week->as_of, v->arena).p);
}

static struct str how_met(struct review *v, const struct contact *c)
{
	struct str text = prose_text(&v->prose, c->met_text, v->arena);
	return arena_printf(v->arena, "met %s%s%.*s",
			    words_relative(c->met, v->week->as_of, v->arena).p, text.n ? " " : "",
			    STR_ARG(text));
}

/* How long it is, and what they aim for. */
static struct str why_now(struct review *v, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	const struct contact *c = &v->journal->contacts[reach->who];
	struct arena *arena = v->arena;
	bool talked = r->last != NO_DAY;
	struct str since = talked ? words_span(r->last, v->week->as_of, arena) : STR("");
	if (r->is_new && (!talked || r->last <= c->met))
		return arena_printf(arena, "new: %s, no word since", how_met(v, c).p);
	if (r->is_new)
		return arena_printf(arena, "new: %s, %s since you talked", how_met(v, c).p,
				    since.p);
	int twice = r->dormant ? reckon_usual_twice(v->reckoner, reach->who, r->last) : 0;
	if (twice)
		return arena_printf(arena, "worth reviving: %s",
				    usual(v, (size_t)twice, r->last).p);
	struct str aimed = r->from == CADENCE_DEFAULT ? STR("") : aim(v, r->cadence, since);
	if (talked)
		return arena_printf(arena, "%s%s since you talked%s",
				    r->dormant ? "worth reviving: " : "", since.p, aimed.p);
	if (c->met != NO_DAY && c->met <= v->week->as_of)
		return arena_printf(arena, "%s, no word since%s", how_met(v, c).p, aimed.p);
	return arena_printf(arena, "no word yet%s", aimed.p);
}

struct plan_search {
	civil_day from, to, today;
	const struct entry *first;
};

static void keep_first_plan(void *context, const struct contact *owner, const struct entry *entry)
{
	struct plan_search *s = context;
	(void)owner;
	if (entry_was_planned(entry, s->from, s->today) && entry->day >= s->from &&
	    entry->day <= s->to && (!s->first || entry->day < s->first->day))
		s->first = entry;
}

/* `coffee on Wednesday`. */
static struct str coming(struct review *v, struct str what, civil_day day)
{
	struct str on = day <= v->week->sunday ? str_of(weekday_long(day_weekday(day)))
					       : words_day(day, v->year, v->arena);
	return arena_printf(v->arena, "%.*s on %.*s", STR_ARG(what), STR_ARG(on));
}

/* Their next date or planned entry up to the end of Ahead. */
static struct str next_day(struct review *v, uint32_t who)
{
	const struct week *week = v->week;
	const struct contact *c = &v->journal->contacts[who];
	struct occurrence date =
	    dates_first(c, DATES_ANY, week->as_of, week->ahead_end, v->journal->config.leap_march);
	struct plan_search plan = {week->as_of, week->ahead_end, week->today, NULL};
	reckon_each_entry(v->journal, who, keep_first_plan, &plan);
	if (plan.first && (date.day == NO_DAY || plan.first->day < date.day))
		return coming(v, plan.first->channel.n ? plan.first->channel : STR("a meeting"),
			      plan.first->day);
	if (date.day == NO_DAY)
		return STR("");
	bool birthday = date.which == BIRTHDAY;
	struct str what = birthday ? STR("") : prose_escape(c->dates[date.which].what, v->arena);
	what = prose_date(date, what, v->arena);
	if (!birthday && date.years)
		what = arena_printf(v->arena, "%.*s,", STR_ARG(what));
	return coming(v, what, date.day);
}

/* The first e-mail, else phone, else URL. */
static struct str address_of(struct review *v, const struct contact *c)
{
	static const char *const schemes[] = {"mailto:", "tel:", ""};
	const struct values *kinds[] = {&c->email, &c->phone, &c->url};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!kinds[i]->count)
			continue;
		struct str text = kinds[i]->items[0].text;
		return v->place->addresses ? prose_address(text, schemes[i], v->arena)
					   : prose_escape(text, v->arena);
	}
	return STR("");
}

/* `last, Sun 20 Sep, coffee: the move to Bath`. */
static struct str last_talk(struct review *v, const struct reckoning *r)
{
	const struct entry *e = r->last_entry;
	struct buf b;
	if (r->last == NO_DAY)
		return STR("");
	buf_init(&b, 0);
	buf_printf(&b, "last, %s", words_day(r->last, v->year, v->arena).p);
	if (e && e->channel.n)
		buf_printf(&b, ", %s", prose_escape(e->channel, v->arena).p);
	struct str text = e ? prose_text(&v->prose, e->text, v->arena) : STR("");
	if (text.n)
		buf_printf(&b, ": %.*s", STR_ARG(text));
	return arena_take(v->arena, &b);
}

static struct str introduced(struct review *v, const struct contact *c)
{
	uint32_t who[8];
	size_t count = 0;
	for (size_t i = 0; i < c->introduced_by.count && count < ARRAY_LEN(who); i++)
		if (c->introduced_by.items[i].who != NO_CONTACT)
			who[count++] = c->introduced_by.items[i].who;
	if (count == 0)
		return STR("");
	return arena_printf(v->arena, "introduced by %s",
			    prose_people(&v->prose, who, count, true, v->arena).p);
}

/* `you promised: a (Mon 30 Nov); b`, or `to bring up: …`, of the open tasks. */
static struct str tasks_line(struct review *v, const struct contact *c, bool topics)
{
	struct buf b;
	size_t count = 0;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		bool wanted = topics ? t->topic && !t->waiting : task_is_promise(t);
		if (!wanted || !task_was_open(t, v->week->as_of) || count++ >= MOST_IN_LINE)
			continue;
		buf_addz(&b, b.n ? "; " : topics ? "to bring up: " : "you promised: ");
		buf_add(&b, prose_text(&v->prose, t->text, v->arena));
		if (t->due != NO_DAY)
			buf_printf(&b, " (%s)", words_day(t->due, v->year, v->arena).p);
	}
	if (count > MOST_IN_LINE)
		buf_printf(&b, "; and %zu more", count - MOST_IN_LINE);
	return arena_take(v->arena, &b);
}

static struct str interests(struct review *v, const struct contact *c)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->interests.count && i < MOST_INTERESTS; i++) {
		buf_addz(&b, i ? ", " : "into ");
		buf_add(&b, prose_escape(c->interests.items[i], v->arena));
	}
	if (c->interests.count > MOST_INTERESTS)
		buf_printf(&b, " and %zu more", c->interests.count - MOST_INTERESTS);
	return arena_take(v->arena, &b);
}

/* The lines below a name under Reach out: why now, the last talk, what to write about. */
static json_t *reach_lines(struct review *v, const struct reach *reach)
{
	const struct contact *c = &v->journal->contacts[reach->who];
	json_t *list = json_of_list();
	struct buf line;
	buf_init(&line, 0);
	add_to_line(&line, why_now(v, reach));
	if (reach->reckoning.tried != NO_DAY)
		add_to_line(&line, arena_printf(v->arena, "tried on %s",
						when(v, reach->reckoning.tried).p));
	add_to_line(&line, next_day(v, reach->who));
	add_to_line(&line, address_of(v, c));
	push_line(list, &line);
	add_to_line(&line, last_talk(v, &reach->reckoning));
	push_line(list, &line);
	if (reach->reckoning.is_new)
		add_to_line(&line, introduced(v, c));
	add_to_line(&line, tasks_line(v, c, false));
	add_to_line(&line, tasks_line(v, c, true));
	add_to_line(&line, interests(v, c));
	push_line(list, &line);
	buf_release(&line);
	return list;
}

/* `(due Sat 28)`, `(worth reviving)`: why somebody who can wait is due. */
static struct str why_can_wait(struct review *v, const struct reckoning *r)
{
	if (r->dormant)
		return STR("worth reviving");
	return arena_printf(v->arena, "due %s",
			    (r->due >= v->week->monday ? words_weekday(r->due, v->arena)
						       : words_day(r->due, v->year, v->arena))
				.p);
}

static void put_can_wait(struct review *v, json_t *section)
{
	const struct reaches *rest = &v->week->can_wait;
	struct buf b;
	if (rest->count == 0)
		return;
	buf_init(&b, 0);
	buf_printf(&b, "%zu more can wait:", rest->count);
	for (size_t i = 0; i < rest->count && i < MOST_NAMED; i++) {
		const struct reach *reach = &rest->items[i];
		struct str name = prose_escape(v->journal->contacts[reach->who].name, v->arena);
		buf_printf(&b, "%s %.*s (%s)", i ? "," : "", STR_ARG(name),
			   why_can_wait(v, &reach->reckoning).p);
	}
	if (rest->count > MOST_NAMED)
		buf_printf(&b, " and %zu more", rest->count - MOST_NAMED);
	put_line(section, "can_wait", buf_str(&b));
	buf_release(&b);
}

static json_t *reach_model(struct review *v, const struct reach *reach)
{
	const struct contact *c = &v->journal->contacts[reach->who];
	json_t *object = json_of_object();
	char id[ID_SIZE];
	id_of_person(id, c);
	json_put(object, "id", json_of_line(str_of(id)));
	put_person(v, object, c);
	json_put(object, "last", json_of_day(reach->reckoning.last));
	json_put(object, "due", json_of_day(reach->reckoning.due));
	json_put(object, "new", json_boolean(reach->reckoning.is_new));
	json_put(object, "dormant", json_boolean(reach->reckoning.dormant));
	json_put(object, "lines", reach_lines(v, reach));
	return object;
}

static void put_reach(struct review *v, json_t *section, json_t *items)
{
	const struct reaches *all = &v->week->reach_out;
	for (size_t i = 0; i < all->count; i++)
		json_push(items, reach_model(v, &all->items[i]));
	put_can_wait(v, section);
}

/* An item that is one line of Markdown. */
static json_t *line_model(struct str line)
{
	json_t *object = json_of_object();
	json_put(object, "line", json_of_line(line));
	return object;
}

/* A line about a person: `[Ada](…) · what`. */
static json_t *remark_model(struct review *v, const struct remark *remark, struct str what)
{
	const struct contact *c = &v->journal->contacts[remark->who];
	json_t *object = line_model(arena_printf(
	    v->arena, "%s \xC2\xB7 %.*s", prose_person(&v->prose, c, v->arena).p, STR_ARG(what)));
	put_person(v, object, c);
	return object;
}

static struct str joined_values(struct review *v, const struct strs *values)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < values->count; i++)
		buf_printf(&b, "%s%.*s", i ? ", " : "", STR_ARG(values->items[i]));
	struct str all = arena_take(v->arena, &b);
	return all.n ? prose_escape(all, v->arena) : STR("none");
}

/* `title: Commander → Rear Admiral`; `org: Digital` where there was none. */
static struct str changed_field(struct review *v, const struct difference *d)
{
	struct str after = joined_values(v, &d->after);
	if (!d->before.count)
		return arena_printf(v->arena, "%.*s: %.*s", STR_ARG(d->key_text), STR_ARG(after));
	return arena_printf(v->arena, "%.*s: %.*s \xE2\x86\x92 %.*s", STR_ARG(d->key_text),
			    STR_ARG(joined_values(v, &d->before)), STR_ARG(after));
}

static json_t *changed_model(struct review *v, const struct review_change *change)
{
	const struct remark about = {.who = change->who};
	struct buf line;
	bool good = false;
	json_t *fields = json_of_list();
	buf_init(&line, 0);
	for (size_t i = 0; i < change->count; i++) {
		const struct difference *d = &change->fields[i];
		json_t *field = json_of_object();
		add_to_line(&line, changed_field(v, d));
		good = good || d->key != KEY_STATUS;
		json_put(field, "key", json_of_line(d->key_text));
		json_put(field, "before", json_of_lines(d->before));
		json_put(field, "after", json_of_lines(d->after));
		json_push(fields, field);
	}
	/* A clock that ran ahead is no day of this page. */
	if (change->day <= v->week->as_of)
		add_to_line(&line,
			    arena_printf(v->arena, "since %.*s",
					 STR_ARG(change->day >= v->week->monday - 7
						     ? words_weekday(change->day, v->arena)
						     : words_day(change->day, v->year, v->arena))));
	if (good)
		buf_addz(&line, ": a good reason to write");
	json_t *object = remark_model(v, &about, buf_str(&line));
	buf_release(&line);
	json_put(object, "day", json_of_day(change->day));
	json_put(object, "fields", fields);
	return object;
}

static void put_changed(struct review *v, json_t *section, json_t *items)
{
	(void)section;
	for (size_t i = 0; v->changes && i < v->changes->count; i++)
		json_push(items, changed_model(v, &v->changes->items[i]));
}

static void put_uneven(struct review *v, json_t *section, json_t *items)
{
	const struct remarks *all = &v->week->people[WEEK_UNEVEN];
	(void)section;
	for (size_t i = 0; i < all->count; i++) {
		const struct remark *r = &all->items[i];
		const char *since = "in the past year";
		if (r->day != NO_DAY)
			since = arena_printf(v->arena, "since you last gave something (%s)",
					     words_date(r->day, v->year, v->arena).p)
				    .p;
		json_t *object = remark_model(
		    v, r, arena_printf(v->arena, "asked %zu times %s", r->number, since));
		json_put(object, "asked", json_of_count(r->number));
		json_put(object, "gave", json_of_day(r->day));
		json_push(items, object);
	}
}

static void put_drifting(struct review *v, json_t *section, json_t *items)
{
	const struct remarks *all = &v->week->people[WEEK_DRIFTING];
	(void)section;
	for (size_t i = 0; i < all->count; i++) {
		const struct remark *r = &all->items[i];
		json_t *object = remark_model(v, r, usual(v, r->number, r->day));
		json_put(object, "last", json_of_day(r->day));
		json_push(items, object);
	}
}

/* `Mon 16 · call with [Barbara](…): abstraction`. */
static json_t *meeting_model(struct review *v, const struct meeting *m, struct str day,
			     bool everybody)
{
	const struct contact *owner = &v->journal->contacts[m->owner];
	struct str channel = prose_escape(m->entry->channel, v->arena);
	struct str text = prose_text(&v->prose, m->entry->text, v->arena), place = STR("");
	const struct entry_place *elsewhere = journal_place(v->journal, m->entry);
	if (elsewhere)
		place = arena_printf(v->arena, " (%.*s)",
				     STR_ARG(prose_escape(elsewhere->path, v->arena)));
	json_t *object = line_model(arena_printf(
	    v->arena, "%.*s \xC2\xB7 %.*s%s%s%s%.*s%.*s", STR_ARG(day), STR_ARG(channel),
	    channel.n ? " with " : "", people_of(v, m->owner, m->entry, everybody).p,
	    text.n ? ": " : "", STR_ARG(text), STR_ARG(place)));
	put_person(v, object, elsewhere ? &v->journal->contacts[m->entry->with[0]] : owner);
	json_put(object, "day", json_of_day(m->day));
	put_line(object, "channel", m->entry->channel);
	put_line(object, "text", prose_plain(&v->prose, m->entry->text, v->arena));
	return object;
}

static void put_last_week(struct review *v, json_t *section, json_t *items)
{
	const struct meetings *m = &v->week->last_week;
	json_t *weeks;
	if (m->count == 0)
		return;
	for (size_t i = 0; i < m->count; i++)
		json_push(items, meeting_model(v, &m->items[i],
					       words_weekday(m->items[i].day, v->arena), true));
	json_put(section, "conversations", json_of_count(m->count));
	json_put(section, "people", json_of_count(m->people));
	struct str told =
	    arena_printf(v->arena, "%s with %s",
			 words_count(m->count, "conversation", "conversations", v->arena).p,
			 words_count(m->people, "person", "people", v->arena).p);
	put_line(section, "told", told);
	put_line(section, "numbers",
		 arena_printf(v->arena, "%s \xC2\xB7 the year by weeks %s", told.p,
			      words_chart(m->by_week, CHART_WEEKS, v->arena).p));
	json_put(section, "weeks", weeks = json_of_list());
	for (size_t i = 0; i < CHART_WEEKS; i++)
		json_push(weeks, json_of_count(m->by_week[i]));
}

static void put_year_ago(struct review *v, json_t *section, json_t *items)
{
	const struct meetings *m = &v->week->year_ago;
	(void)section;
	for (size_t i = 0; i < m->count; i++)
		json_push(items,
			  meeting_model(v, &m->items[i],
					words_day(m->items[i].day, v->year, v->arena), false));
}

/* A code span around a text that may hold backticks itself. */
static struct str code(struct review *v, struct str text)
{
	size_t longest = 0, run = 0;
	struct buf b;
	for (size_t i = 0; i < text.n; i++) {
		run = text.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	buf_init(&b, 0);
	for (size_t i = 0; i <= longest; i++)
		buf_addc(&b, '`');
	struct str fence = arena_take(v->arena, &b);
	const char *blank = longest ? " " : "";
	return arena_printf(v->arena, "%s%s%.*s%s%s", fence.p, blank, STR_ARG(text), blank,
			    fence.p);
}

static void put_findings(struct review *v, json_t *section, json_t *items)
{
	const struct diag *diag = &v->journal->diag;
	for (size_t i = 0; i < diag->count && i < MOST_FINDINGS; i++) {
		const struct finding *f = &diag->items[i];
		struct str path = text_line(f->path, v->arena);
		struct str place =
		    arena_printf(v->arena, "%.*s:%d:%d", STR_ARG(path), f->line, f->column);
		json_t *object = line_model(arena_printf(v->arena, "%s: %s: %s", code(v, place).p,
							 severity_name(f->severity),
							 prose_message(f->message, v->arena).p));
		json_put(object, "path", json_of_line(f->path));
		json_put(object, "at", json_of_count((size_t)f->line));
		json_put(object, "column", json_of_count((size_t)f->column));
		json_put(object, "severity", json_of_line(str_of(severity_name(f->severity))));
		json_put(object, "message", json_of_line(f->message));
		json_push(items, object);
	}
	if (diag->count > MOST_FINDINGS)
		put_line(section, "more",
			 arena_printf(v->arena, "%zu more: kith check shows them all",
				      diag->count - MOST_FINDINGS));
}

static void put_head(struct review *v, json_t *model)
{
	const struct week *week = v->week;
	struct iso_week iso = day_week(week->monday);
	json_put(model, "kith", json_of_line(STR("review")));
	json_put(model, "week",
		 json_of_line(arena_printf(v->arena, "%04d-W%02d", iso.year, iso.week)));
	json_put(model, "from", json_of_day(week->monday));
	json_put(model, "to", json_of_day(week->sunday));
	json_put(model, "generated", json_of_day(week->today));
	json_put(model, "title",
		 json_of_line(arena_printf(v->arena, "Week %d \xC2\xB7 %s", iso.week,
					   words_week(week->monday, v->arena).p)));
}

#define LIST(list) (1U << (list))

/*
 * In the order of the page. A section holds the items of its lists of the week,
 * one after the other, and what its function puts into its items or its object;
 * where there is nothing, it is left out.
 */
static const struct section {
	const char *name, *heading;
	unsigned lists;
	void (*put)(struct review *v, json_t *section, json_t *items); /* or NULL */
} sections[] = {
    {"this_week", "This week", LIST(WEEK_LATE) | LIST(WEEK_DAYS), put_older_promises},
    {"reach_out", "Reach out", 0, put_reach},
    {"ahead", "Ahead", LIST(WEEK_AHEAD), put_undated_promises},
    {"passed", "Just passed", LIST(WEEK_PASSED), NULL},
    {"happened", "Did it happen?", LIST(WEEK_HAPPENED), put_older_plans},
    {"waiting", "Waiting for", LIST(WEEK_WAITING), NULL},
    {"changed", "What changed", 0, put_changed},
    {"balance", "Give and ask", 0, put_uneven},
    {"drifting", "Drifting", 0, put_drifting},
    {"last_week", "Last week", 0, put_last_week},
    {"year_ago", "A year ago", 0, put_year_ago},
    {"look", "Needs a look", 0, put_findings},
};

size_t review_heading_rank(struct str text)
{
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		if (str_eq(text, str_of(sections[i].heading)))
			return i;
	return SIZE_MAX;
}

/* NULL where it has nothing to say. */
static json_t *section_model(struct review *v, const struct section *section)
{
	json_t *object = json_of_object(), *items = json_of_list();
	json_put(object, "heading", json_of_line(str_of(section->heading)));
	json_put(object, "items", items);
	size_t empty = json_object_size(object);
	for (size_t i = 0; i < WEEK_LISTS; i++)
		if (section->lists & LIST(i))
			put_list(v, items, &v->week->lists[i]);
	if (section->put)
		section->put(v, object, items);
	if (json_array_size(items))
		json_put(object, "some", json_true());
	if (json_object_size(object) > empty)
		return object;
	json_decref(object);
	return NULL;
}

json_t *review_model(const struct journal *journal, const struct week *week,
		     const struct review_changes *changes, const struct review_place *place)
{
	struct arena arena;
	struct reckoner reckoner;
	struct review v = {.prose = {journal, place->folder},
			   .place = place,
			   .journal = journal,
			   .week = week,
			   .changes = changes,
			   .ids = ids_new(journal),
			   .reckoner = &reckoner,
			   .arena = &arena,
			   .year = day_to_ymd(week->monday).year};
	json_t *model = json_of_object();
	arena_init(&arena);
	reckoner_init(&reckoner, journal, week->as_of);
	reckoner.today = week->today;
	put_head(&v, model);
	size_t head = json_object_size(model);
	for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
		json_t *section = section_model(&v, &sections[i]);
		if (section)
			json_put(model, sections[i].name, section);
	}
	if (json_object_size(model) == head)
		json_put(model, "quiet", json_true());
	ids_free(v.ids);
	reckoner_release(&reckoner);
	arena_release(&arena);
	return model;
}
