#include "report/reach_lines.h"

#include "report/json.h"
#include "report/words.h"

/* How many promises and topics stand in one line; the rest is counted. */
#define MOST_IN_LINE   3
#define MOST_INTERESTS 6

static void add_part(struct buf *line, struct str part)
{
	if (part.n == 0)
		return;
	if (line->n)
		buf_addz(line, " \xC2\xB7 ");
	buf_add(line, part);
}

static int week_year(const struct week *week)
{
	return day_to_ymd(week->monday).year;
}

/* `you aim for 6` after `9 weeks`, `you aim for 2 months` after it. */
static struct str aim(struct cadence cadence, struct str after, struct arena *arena)
{
	if (cadence.kind != CADENCE_EVERY)
		return STR("");
	struct str words = words_interval(cadence.interval, arena);
	size_t number = str_find_char(words, ' '), before = str_find_char(after, ' ');
	struct str unit = str_from(words, number), other = str_from(after, before);
	if (str_ends(unit, STR("s")))
		unit.n--;
	if (str_ends(other, STR("s")))
		other.n--;
	if (after.n && str_eq(unit, other))
		words = str_upto(words, number);
	return arena_printf(arena, ", you aim for %.*s", STR_ARG(words));
}

struct str reach_usual(const struct week *week, int usual_twice, civil_day last,
		       struct arena *arena)
{
	return arena_printf(
	    arena, "every %s until %s, %s now", words_days(usual_twice / 2.0, arena).p,
	    words_month(last, week_year(week), arena).p, words_span(last, week->as_of, arena).p);
}

static struct str met_words(const struct prose *prose, const struct week *week,
			    const struct contact *c, struct arena *arena)
{
	struct str text = prose_text(prose, c->met_text, arena);
	return arena_printf(arena, "met %s%s%.*s", words_relative(c->met, week->as_of, arena).p,
			    text.n ? " " : "", STR_ARG(text));
}

/* How long it is, and what they aim for. */
static struct str why(const struct prose *prose, const struct week *week, const struct reach *reach,
		      struct reckoner *reckoner, struct arena *arena)
{
	const struct reckoning *r = &reach->reckoning;
	const struct contact *c = &prose->journal->contacts[reach->who];
	struct str since = r->last == NO_DAY ? STR("") : words_span(r->last, week->as_of, arena);
	if (r->is_new && (r->last == NO_DAY || r->last <= c->met))
		return arena_printf(arena, "new: %s, no word since",
				    met_words(prose, week, c, arena).p);
	if (r->is_new)
		return arena_printf(arena, "new: %s, %s since you talked",
				    met_words(prose, week, c, arena).p, since.p);
	if (r->dormant) {
		int usual = reckon_usual_twice(reckoner, reach->who, r->last);
		if (usual)
			return arena_printf(arena, "worth reviving: %s",
					    reach_usual(week, usual, r->last, arena).p);
		return arena_printf(arena, "worth reviving: %s since you talked%s", since.p,
				    aim(r->cadence, since, arena).p);
	}
	if (r->last != NO_DAY)
		return arena_printf(arena, "%s since you talked%s", since.p,
				    aim(r->cadence, since, arena).p);
	if (c->met != NO_DAY && c->met <= week->as_of)
		return arena_printf(arena, "%s, no word since%s",
				    met_words(prose, week, c, arena).p,
				    aim(r->cadence, STR(""), arena).p);
	return arena_printf(arena, "no word yet%s", aim(r->cadence, STR(""), arena).p);
}

static struct str on_day(const struct week *week, civil_day day, struct arena *arena)
{
	if (day <= week->sunday)
		return str_of(weekday_long(day_weekday(day)));
	return words_day(day, week_year(week), arena);
}

struct plan_search {
	civil_day from, to;
	const struct entry *first;
	civil_day as_of;
};

static void keep_first_plan(void *context, const struct contact *owner, const struct entry *entry)
{
	struct plan_search *s = context;
	(void)owner;
	if (entry_is_planned(entry, s->as_of) && entry->day >= s->from && entry->day <= s->to &&
	    (!s->first || entry->day < s->first->day))
		s->first = entry;
}

/* Their next date or planned entry up to the end of Ahead. */
static struct str next_day(const struct prose *prose, const struct week *week, uint32_t who,
			   struct arena *arena)
{
	const struct contact *c = &prose->journal->contacts[who];
	struct occurrence date =
	    dates_first(c, week->as_of, week->ahead_end, prose->journal->config.leap_march);
	struct plan_search plan = {week->as_of, week->ahead_end, NULL, week->as_of};
	reckon_each_entry(prose->journal, who, keep_first_plan, &plan);
	if (plan.first && (date.day == NO_DAY || plan.first->day < date.day)) {
		struct str channel = plan.first->channel.n ? plan.first->channel : STR("a meeting");
		return arena_printf(arena, "%.*s on %.*s", STR_ARG(channel),
				    STR_ARG(on_day(week, plan.first->day, arena)));
	}
	if (date.day == NO_DAY)
		return STR("");
	bool birthday = date.which == BIRTHDAY;
	struct str what = birthday ? STR("") : prose_escape(c->dates[date.which].what, arena);
	return arena_printf(arena, "%.*s%s on %.*s", STR_ARG(prose_date(date, what, arena)),
			    !birthday && date.years ? "," : "",
			    STR_ARG(on_day(week, date.day, arena)));
}

/* The first e-mail, else phone, else URL. */
static struct str address_of(const struct contact *c, struct arena *arena)
{
	const struct values *kinds[] = {&c->email, &c->phone, &c->url};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i]->count)
			return prose_escape(kinds[i]->items[0].text, arena);
	return STR("");
}

/* `last, Sun 20 Sep, coffee: the move to Bath`. */
static struct str last_talk(const struct prose *prose, const struct week *week,
			    const struct reach *reach, struct arena *arena)
{
	const struct reckoning *r = &reach->reckoning;
	struct buf b;
	if (r->last == NO_DAY)
		return STR("");
	buf_init(&b, 0);
	buf_printf(&b, "last, %s", words_day(r->last, week_year(week), arena).p);
	const struct entry *e = r->last_entry;
	if (e && e->channel.n)
		buf_printf(&b, ", %.*s", STR_ARG(prose_escape(e->channel, arena)));
	struct str text = e ? prose_text(prose, e->text, arena) : STR("");
	if (text.n)
		buf_printf(&b, ": %.*s", STR_ARG(text));
	return arena_take(arena, &b);
}

static struct str introduced(const struct prose *prose, const struct contact *c,
			     struct arena *arena)
{
	uint32_t who[8];
	size_t count = 0;
	for (size_t i = 0; i < c->introduced_by.count && count < ARRAY_LEN(who); i++)
		if (c->introduced_by.items[i].who != NO_CONTACT)
			who[count++] = c->introduced_by.items[i].who;
	if (count == 0)
		return STR("");
	return arena_printf(arena, "introduced by %s",
			    prose_people(prose, who, count, true, arena).p);
}

/* `you promised: a (Mon 30 Nov); b`, or `to bring up: …`, of the open tasks. */
static struct str tasks_line(const struct prose *prose, const struct week *week,
			     const struct contact *c, bool topics, struct arena *arena)
{
	struct buf b;
	size_t count = 0;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		bool wanted = topics ? t->topic && !t->waiting : task_is_promise(t);
		if (!wanted || !task_was_open(t, week->as_of) || count++ >= MOST_IN_LINE)
			continue;
		buf_addz(&b, b.n ? "; " : topics ? "to bring up: " : "you promised: ");
		buf_add(&b, prose_text(prose, t->text, arena));
		if (t->due != NO_DAY)
			buf_printf(&b, " (%s)", words_day(t->due, week_year(week), arena).p);
	}
	if (count > MOST_IN_LINE)
		buf_printf(&b, "; and %zu more", count - MOST_IN_LINE);
	return arena_take(arena, &b);
}

static struct str interests(const struct contact *c, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->interests.count && i < MOST_INTERESTS; i++) {
		buf_addz(&b, i ? ", " : "into ");
		buf_add(&b, prose_escape(c->interests.items[i], arena));
	}
	if (c->interests.count > MOST_INTERESTS)
		buf_printf(&b, " and %zu more", c->interests.count - MOST_INTERESTS);
	return arena_take(arena, &b);
}

static void push_line(json_t *list, struct buf *line)
{
	if (line->n)
		json_push(list, json_of_line(buf_str(line)));
	buf_clear(line);
}

json_t *reach_lines(const struct prose *prose, const struct week *week, const struct reach *reach,
		    struct reckoner *reckoner, struct arena *arena)
{
	const struct contact *c = &prose->journal->contacts[reach->who];
	json_t *list = json_of_list();
	struct buf line;
	buf_init(&line, 0);
	add_part(&line, why(prose, week, reach, reckoner, arena));
	add_part(&line, next_day(prose, week, reach->who, arena));
	add_part(&line, address_of(c, arena));
	push_line(list, &line);
	add_part(&line, last_talk(prose, week, reach, arena));
	push_line(list, &line);
	if (reach->reckoning.is_new)
		add_part(&line, introduced(prose, c, arena));
	add_part(&line, tasks_line(prose, week, c, false, arena));
	add_part(&line, tasks_line(prose, week, c, true, arena));
	add_part(&line, interests(c, arena));
	push_line(list, &line);
	buf_release(&line);
	return list;
}

struct str reach_wait(const struct week *week, const struct reach *reach, struct arena *arena)
{
	civil_day due = reach->reckoning.due;
	if (reach->reckoning.dormant)
		return STR("worth reviving");
	if (due >= week->monday)
		return arena_printf(arena, "due %s", words_weekday(due, arena).p);
	return arena_printf(arena, "due %s", words_day(due, week_year(week), arena).p);
}
