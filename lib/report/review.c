#include "report/review.h"

#include "base/text.h"
#include "report/ids.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/reach_lines.h"
#include "report/words.h"

#define MOST_NAMED    3
#define MOST_FINDINGS 10

struct review {
	struct prose prose;
	const struct journal *journal;
	const struct week *week;
	struct ids *ids;
	struct arena *arena;
	int year; /* of the week's Monday: no other year goes without saying */
};

static void put_line(json_t *object, const char *key, struct str text)
{
	if (text.n)
		json_put(object, key, json_of_line(text));
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

static struct str years(struct review *v, int count)
{
	return count ? arena_printf(v->arena, "%d year%s", count, count == 1 ? "" : "s") : STR("");
}

static void put_date(struct review *v, json_t *object, const struct contact *c,
		     struct occurrence date)
{
	bool past = date.day < v->week->monday;
	if (date.which != BIRTHDAY) {
		put_line(object, "what",
			 prose_plain(&v->prose, c->dates[date.which].what, v->arena));
		put_line(object, "years", years(v, date.years));
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
	put_line(object, "people", people_of(v, owner, entry, false));
	put_line(object, "text", prose_plain(&v->prose, entry->text, v->arena));
	put_line(object, "markdown", prose_text(&v->prose, entry->text, v->arena));
}

static json_t *item_notes(struct review *v, const struct item *item)
{
	const struct task *task = item->task;
	struct buf line;
	civil_day as_of = v->week->as_of;
	if (!task || (task->created == NO_DAY && (task->due == NO_DAY || task->due >= as_of) &&
		      !task->waiting))
		return NULL;
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
	json_t *notes = NULL;
	if (line.n) {
		notes = json_of_list();
		json_push(notes, json_of_line(buf_str(&line)));
	}
	buf_release(&line);
	return notes;
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
	if (item->kind == ITEM_DATE)
		put_date(v, object, c, item->date);
	if (item->entry)
		put_entry(v, object, c, item->entry);
	if (item->task) {
		json_put(object, item->kind == ITEM_WAITING ? "awaited" : "promise", json_true());
		put_line(object, "text", prose_plain(&v->prose, item->task->text, v->arena));
		put_line(object, "markdown", prose_text(&v->prose, item->task->text, v->arena));
	}
	json_t *notes = item_notes(v, item);
	if (notes)
		json_put(object, "notes", notes);
	return object;
}

static void push_items(struct review *v, json_t *list, const struct items *items)
{
	for (size_t i = 0; i < items->count; i++)
		json_push(list, item_model(v, &items->items[i]));
}

/* Puts a section of items with a line below it; nothing where both are absent. */
static void put_items(struct review *v, json_t *model, const char *name, const struct items *first,
		      const struct items *then, const char *line_name, struct str line)
{
	if (first->count + (then ? then->count : 0) == 0 && line.n == 0)
		return;
	json_t *section = json_of_object(), *list = json_of_list();
	push_items(v, list, first);
	if (then)
		push_items(v, list, then);
	json_put(section, "items", list);
	put_line(section, line_name, line);
	json_put(model, name, section);
}

static struct str counted(struct review *v, size_t count, const char *one, const char *many)
{
	return count ? words_count(count, one, many, v->arena) : STR("");
}

static struct str can_wait(struct review *v)
{
	const struct reaches *rest = &v->week->can_wait;
	struct buf b;
	if (rest->count == 0)
		return STR("");
	buf_init(&b, 0);
	buf_printf(&b, "%zu more can wait:", rest->count);
	for (size_t i = 0; i < rest->count && i < MOST_NAMED; i++) {
		const struct reach *reach = &rest->items[i];
		struct str name = prose_escape(v->journal->contacts[reach->who].name, v->arena);
		buf_printf(&b, "%s %.*s (%s)", i ? "," : "", STR_ARG(name),
			   reach_wait(v->week, reach, v->arena).p);
	}
	if (rest->count > MOST_NAMED)
		buf_printf(&b, " and %zu more", rest->count - MOST_NAMED);
	return arena_take(v->arena, &b);
}

static json_t *reach_model(struct review *v, const struct reach *reach, struct reckoner *reckoner)
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
	json_put(object, "lines", reach_lines(&v->prose, v->week, reach, reckoner, v->arena));
	return object;
}

static void put_reach(struct review *v, json_t *model)
{
	const struct week *week = v->week;
	struct str rest = can_wait(v);
	if (week->reach_out.count == 0 && rest.n == 0)
		return;
	struct reckoner reckoner;
	json_t *section = json_of_object(), *list = json_of_list();
	reckoner_init(&reckoner, v->journal, week->as_of);
	for (size_t i = 0; i < week->reach_out.count; i++)
		json_push(list, reach_model(v, &week->reach_out.items[i], &reckoner));
	reckoner_release(&reckoner);
	json_put(section, "items", list);
	put_line(section, "can_wait", rest);
	json_put(model, "reach_out", section);
}

/* A section of lines: one for each of the items, which are objects with a `line`. */
static json_t *line_model(struct str line)
{
	json_t *object = json_of_object();
	json_put(object, "line", json_of_line(line));
	return object;
}

static json_t *put_lines(json_t *model, const char *name)
{
	json_t *section = json_of_object(), *list = json_of_list();
	json_put(section, "items", list);
	json_put(model, name, section);
	return list;
}

static void put_balances(struct review *v, json_t *model)
{
	const struct balances *all = &v->week->balances;
	json_t *list = all->count ? put_lines(model, "balance") : NULL;
	for (size_t i = 0; i < all->count; i++) {
		const struct balance *b = &all->items[i];
		const struct contact *c = &v->journal->contacts[b->who];
		struct str since =
		    b->gave == NO_DAY ? STR("in the past year")
				      : arena_printf(v->arena, "since you last gave something (%s)",
						     words_date(b->gave, v->year, v->arena).p);
		json_t *object = line_model(
		    arena_printf(v->arena, "%s \xC2\xB7 asked %zu times %.*s",
				 prose_person(&v->prose, c, v->arena).p, b->asked, STR_ARG(since)));
		put_person(v, object, c);
		json_put(object, "asked", json_of_count(b->asked));
		json_put(object, "gave", json_of_day(b->gave));
		json_push(list, object);
	}
}

static void put_drifting(struct review *v, json_t *model)
{
	const struct drifts *all = &v->week->drifting;
	json_t *list = all->count ? put_lines(model, "drifting") : NULL;
	for (size_t i = 0; i < all->count; i++) {
		const struct drift *d = &all->items[i];
		const struct contact *c = &v->journal->contacts[d->who];
		json_t *object = line_model(
		    arena_printf(v->arena, "%s \xC2\xB7 %s", prose_person(&v->prose, c, v->arena).p,
				 reach_usual(v->week, d->usual_twice, d->last, v->arena).p));
		put_person(v, object, c);
		json_put(object, "last", json_of_day(d->last));
		json_push(list, object);
	}
}

/* `Mon 16 · call with [Barbara](…): abstraction`. */
static json_t *meeting_model(struct review *v, const struct meeting *m, struct str day,
			     bool everybody)
{
	const struct contact *owner = &v->journal->contacts[m->owner];
	struct str channel = prose_escape(m->entry->channel, v->arena);
	struct str text = prose_text(&v->prose, m->entry->text, v->arena);
	json_t *object = line_model(
	    arena_printf(v->arena, "%.*s \xC2\xB7 %.*s%s%s%s%.*s", STR_ARG(day), STR_ARG(channel),
			 channel.n ? " with " : "", people_of(v, m->owner, m->entry, everybody).p,
			 text.n ? ": " : "", STR_ARG(text)));
	put_person(v, object, owner);
	json_put(object, "day", json_of_day(m->day));
	put_line(object, "channel", m->entry->channel);
	put_line(object, "text", prose_plain(&v->prose, m->entry->text, v->arena));
	return object;
}

/* The year by weeks: `·` for none, else eighths of the largest, rounded up. */
static struct str chart(struct review *v)
{
	const size_t *weeks = v->week->last_week.by_week;
	size_t most = 1;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < CHART_WEEKS; i++)
		most = weeks[i] > most ? weeks[i] : most;
	for (size_t i = 0; i < CHART_WEEKS; i++) {
		size_t eighths = (weeks[i] * 8 + most - 1) / most;
		/* U+2581 to U+2588 */
		if (eighths)
			buf_printf(&b, "\xE2\x96%c", (char)(0x80 + eighths));
		else
			buf_addz(&b, "\xC2\xB7");
	}
	return arena_take(v->arena, &b);
}

static void put_last_week(struct review *v, json_t *model)
{
	const struct meetings *m = &v->week->last_week;
	if (m->count == 0)
		return;
	json_t *list = put_lines(model, "last_week");
	for (size_t i = 0; i < m->count; i++)
		json_push(list, meeting_model(v, &m->items[i],
					      words_weekday(m->items[i].day, v->arena), true));
	json_t *section = json_object_get(model, "last_week");
	json_put(section, "conversations", json_of_count(m->count));
	json_put(section, "people", json_of_count(m->people));
	put_line(section, "numbers",
		 arena_printf(v->arena, "%s with %s \xC2\xB7 the year by weeks %s",
			      words_count(m->count, "conversation", "conversations", v->arena).p,
			      words_count(m->people, "person", "people", v->arena).p, chart(v).p));
}

static void put_year_ago(struct review *v, json_t *model)
{
	const struct meetings *m = &v->week->year_ago;
	json_t *list = m->count ? put_lines(model, "year_ago") : NULL;
	for (size_t i = 0; i < m->count; i++)
		json_push(list,
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

static void put_findings(struct review *v, json_t *model)
{
	const struct diag *diag = &v->journal->diag;
	json_t *list = diag->count ? put_lines(model, "look") : NULL;
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
		json_push(list, object);
	}
	if (diag->count > MOST_FINDINGS)
		put_line(json_object_get(model, "look"), "more",
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

json_t *review_model(const struct journal *journal, const struct week *week)
{
	struct arena arena;
	struct review v = {.prose = {journal, journal->config.reviews},
			   .journal = journal,
			   .week = week,
			   .ids = ids_new(journal),
			   .arena = &arena,
			   .year = day_to_ymd(week->monday).year};
	json_t *model = json_of_object();
	arena_init(&arena);
	put_head(&v, model);
	size_t head = json_object_size(model);
	put_items(&v, model, "this_week", &week->late, &week->this_week, "older",
		  counted(&v, week->older_promises, "promise is older; kith due names it",
			  "promises are older; kith due names them"));
	put_reach(&v, model);
	put_items(
	    &v, model, "ahead", &week->ahead, NULL, "undated",
	    counted(&v, week->undated_promises, "promise has no day", "promises have no day"));
	put_items(&v, model, "passed", &week->passed, NULL, "older", STR(""));
	put_items(&v, model, "happened", &week->happened, NULL, "older",
		  counted(&v, week->older_planned, "plan is older", "plans are older"));
	put_items(&v, model, "waiting", &week->waiting, NULL, "older", STR(""));
	put_balances(&v, model);
	put_drifting(&v, model);
	put_last_week(&v, model);
	put_year_ago(&v, model);
	put_findings(&v, model);
	if (json_object_size(model) == head)
		json_put(model, "quiet", json_true());
	ids_free(v.ids);
	arena_release(&arena);
	return model;
}
