#include "report/agenda.h"

#include "report/json.h"
#include "report/words.h"

void agenda_words_init(struct agenda_words *words, const struct journal *journal, civil_day today,
		       struct arena *arena)
{
	*words = (struct agenda_words){.prose = {journal, STR("")},
				       .today = today,
				       .year = day_to_ymd(today).year,
				       .arena = arena};
}

static const struct contact *contact_of(const struct agenda_words *w, uint32_t who)
{
	return &w->prose.journal->contacts[who];
}

struct str agenda_why(const struct agenda_words *w, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	if (r->is_new)
		return arena_printf(
		    w->arena, "new: met %s",
		    words_relative(contact_of(w, reach->who)->met, w->today, w->arena).p);
	if (r->dormant)
		return STR("worth reviving");
	if (r->cadence.kind != CADENCE_EVERY)
		return STR("");
	return arena_printf(w->arena, "every %s", words_interval(r->cadence.interval, w->arena).p);
}

struct str agenda_talk(const struct agenda_words *w, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	const struct entry *e = r->last_entry;
	if (r->last == NO_DAY)
		return STR("no word yet");
	struct str text = e ? prose_plain(&w->prose, e->text, w->arena) : STR("");
	struct str channel = e ? e->channel : STR("");
	return arena_printf(w->arena, "%s%s%.*s%s%.*s",
			    words_relative(r->last, w->today, w->arena).p, channel.n ? ", " : "",
			    STR_ARG(channel), text.n ? ": " : "", STR_ARG(text));
}

static struct str entry_words(const struct agenda_words *w, const struct entry *entry)
{
	struct str text = prose_plain(&w->prose, entry->text, w->arena);
	struct str others =
	    prose_people(&w->prose, entry->with, entry->with_count, false, w->arena);
	struct str channel = entry->channel.n ? entry->channel : STR("a meeting");
	return arena_printf(w->arena, "%.*s%s%.*s%s%.*s", STR_ARG(channel),
			    others.n ? " with " : "", STR_ARG(others), text.n ? ": " : "",
			    STR_ARG(text));
}

struct str agenda_what(const struct agenda_words *w, const struct item *item)
{
	if (item->entry)
		return entry_words(w, item->entry);
	if (item->task)
		return prose_plain(&w->prose, item->task->text, w->arena);
	const struct contact *c = contact_of(w, item->who);
	bool birthday = item->date.which == BIRTHDAY;
	struct str what = birthday ? STR("") : c->dates[item->date.which].what;
	return prose_date(item->date, prose_plain(&w->prose, what, w->arena), w->arena);
}

struct str agenda_task_when(const struct agenda_words *w, const struct task *task)
{
	if (task->due == NO_DAY)
		return STR_NONE;
	if (task->due >= w->today)
		return words_relative(task->due, w->today, w->arena);
	return words_day(task->due, w->year, w->arena);
}

static void put_contact(json_t *object, const struct contact *c)
{
	json_put(object, "slug", json_of_text(c->slug));
	json_put(object, "name", json_of_line(c->name));
	json_put(object, "path", json_of_text(c->path));
}

static json_t *due_model(const struct agenda_words *w, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	json_t *object = json_of_object();
	put_contact(object, contact_of(w, reach->who));
	json_put(object, "due", json_of_day(r->due));
	json_put(object, "late", json_integer(w->today - r->due));
	json_put(object, "last", json_of_day(r->last));
	json_put(object, "ratio",
		 r->cadence.kind == CADENCE_EVERY ? json_real(r->ratio) : json_null());
	json_put(object, "cadence", json_of_line(cadence_words(r->cadence, w->arena)));
	json_put(object, "why", json_of_line(agenda_why(w, reach)));
	json_put(object, "talk", json_of_line(agenda_talk(w, reach)));
	json_put(object, "new", json_boolean(r->is_new));
	json_put(object, "dormant", json_boolean(r->dormant));
	return object;
}

static json_t *days_model(const struct agenda_words *w, const struct items *items)
{
	static const char *const kinds[] = {"date", "planned", "promise", "waiting"};
	json_t *list = json_of_list();
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		json_t *object = json_of_object();
		json_put(object, "kind", json_of_line(str_of(kinds[item->kind])));
		json_put(object, "day", json_of_day(item->day));
		json_put(object, "when", json_of_line(words_day(item->day, w->year, w->arena)));
		json_put(object, "late", json_integer(w->today - item->day));
		if (item->entry && item->entry->time.n)
			json_put(object, "time", json_of_line(item->entry->time));
		put_contact(object, contact_of(w, item->who));
		json_put(object, "what", json_of_line(agenda_what(w, item)));
		json_push(list, object);
	}
	return list;
}

json_t *agenda_model(const struct journal *journal, const struct week *days)
{
	struct arena arena;
	struct agenda_words words;
	json_t *model = json_of_object(), *people = json_of_list();
	arena_init(&arena);
	agenda_words_init(&words, journal, days->today, &arena);
	json_put(model, "today", json_of_day(days->today));
	json_put(model, "until", json_of_day(days->sunday));
	for (size_t i = 0; i < days->reach_out.count; i++)
		json_push(people, due_model(&words, &days->reach_out.items[i]));
	json_put(model, "people", people);
	json_put(model, "items", days_model(&words, &days->lists[WEEK_DAYS]));
	json_put(model, "waiting", days_model(&words, &days->lists[WEEK_WAITING]));
	arena_release(&arena);
	return model;
}

static json_t *todo_item_model(const struct agenda_words *w, const struct todo_item *item)
{
	const struct task *t = item->task;
	json_t *o = json_of_object();
	json_put(o, "number", json_of_count(item->number));
	json_put(o, "text", json_of_line(prose_plain(&w->prose, t->text, w->arena)));
	json_put(o, "due", json_of_day(t->due));
	json_put(o, "when", json_of_line(agenda_task_when(w, t)));
	json_put(o, "late", t->due == NO_DAY ? json_null() : json_integer(w->today - t->due));
	json_put(o, "created", json_of_day(t->created));
	json_put(o, "repeats", json_boolean(t->repeats));
	json_put(o, "slug", json_of_text(item->contact->slug));
	json_put(o, "name", json_of_line(item->contact->name));
	json_put(o, "path", json_of_text(item->contact->path));
	return o;
}

json_t *agenda_todo_model(const struct journal *journal, const struct todo *todo, civil_day today)
{
	static const char *const keys[] = {"promises", "waiting", "topics", "plans"};
	struct agenda_words words;
	struct arena arena;
	json_t *model = json_of_object();
	arena_init(&arena);
	agenda_words_init(&words, journal, today, &arena);
	json_put(model, "today", json_of_day(today));
	for (size_t i = 0; i <= TODO_PLAN; i++)
		json_put(model, keys[i], json_of_list());
	for (size_t i = 0; i < todo->count; i++) {
		struct arena_mark mark = arena_mark(&arena);
		const struct todo_item *item = &todo->items[i];
		json_push(json_object_get(model, keys[item->kind]), todo_item_model(&words, item));
		arena_rewind(&arena, mark);
	}
	arena_release(&arena);
	return model;
}

const char *agenda_closed_word(const struct todo_item *item)
{
	static const char *const words[] = {"kept", "got", "brought up"};
	return item->task->state == TASK_DROPPED ? "dropped" : words[item->kind];
}

static bool has_span(const struct task *task)
{
	return task->created != NO_DAY && task->done != NO_DAY && task->created <= task->done;
}

static void add_closed_day(struct buf *b, const char *word, civil_day day)
{
	if (day == NO_DAY)
		return;
	buf_printf(b, "%s%s ", b->n ? ", " : "", word);
	day_format(b, day);
}

struct str agenda_closed_days(const struct todo_item *item, struct arena *arena)
{
	const struct task *t = item->task;
	struct buf b;
	buf_init(&b, 0);
	add_closed_day(&b, "made", t->created);
	add_closed_day(&b, "due", t->due);
	if (has_span(t) && t->created == t->done)
		buf_addz(&b, ", on the same day");
	else if (has_span(t))
		buf_printf(&b, ", took %s", words_span(t->created, t->done, arena).p);
	return arena_take(arena, &b);
}

json_t *agenda_closed_model(const struct journal *journal, const struct todo *todo, civil_day today)
{
	struct agenda_words words;
	struct arena arena;
	json_t *model = json_of_object(), *list = json_of_list();
	arena_init(&arena);
	agenda_words_init(&words, journal, today, &arena);
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		const struct task *t = item->task;
		json_t *o = json_of_object();
		json_put(o, "kind", json_of_line(str_of(todo_kind_name(item->kind))));
		json_put(o, "text", json_of_line(prose_plain(&words.prose, t->text, &arena)));
		json_put(o, "became", json_of_line(str_of(agenda_closed_word(item))));
		json_put(o, "created", json_of_day(t->created));
		json_put(o, "due", json_of_day(t->due));
		json_put(o, "done", json_of_day(t->done));
		json_put(o, "days", has_span(t) ? json_integer(t->done - t->created) : json_null());
		json_put(o, "slug", json_of_text(item->contact->slug));
		json_put(o, "name", json_of_line(item->contact->name));
		json_put(o, "path", json_of_text(item->contact->path));
		json_push(list, o);
	}
	json_put(model, "today", json_of_day(today));
	json_put(model, "closed", list);
	arena_release(&arena);
	return model;
}
