#include "report/agenda.h"

#include "base/text.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

struct view {
	const struct journal *journal;
	const struct agenda *agenda;
	struct prose prose;
	struct arena *arena;
	int year;
};

static void put_person(json_t *object, const struct contact *c)
{
	json_put(object, "slug", json_of_line(c->slug));
	json_put(object, "name", json_of_line(c->name));
	json_put(object, "path", json_of_line(c->path));
}

static struct str why(struct view *v, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	const struct contact *c = &v->journal->contacts[reach->who];
	if (r->is_new)
		return arena_printf(v->arena, "new: met %s",
				    words_relative(c->met, v->agenda->today, v->arena).p);
	if (r->dormant)
		return STR("worth reviving");
	if (r->cadence.kind != CADENCE_EVERY)
		return STR("");
	return arena_printf(v->arena, "every %.*s",
			    STR_ARG(words_interval(r->cadence.interval, v->arena)));
}

/* `9 weeks ago, coffee: the move to Bath`. */
static struct str talk(struct view *v, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	const struct entry *e = r->last_entry;
	if (r->last == NO_DAY)
		return STR("no word yet");
	struct str ago = words_relative(r->last, v->agenda->today, v->arena);
	struct str text = e ? prose_plain(&v->prose, e->text, v->arena) : STR("");
	bool channel = e && e->channel.n;
	return arena_printf(v->arena, "%.*s%s%.*s%s%.*s", STR_ARG(ago), channel ? ", " : "",
			    channel ? (int)e->channel.n : 0, channel ? e->channel.p : "",
			    text.n ? ": " : "", STR_ARG(text));
}

static json_t *person_model(struct view *v, const struct reach *reach)
{
	const struct reckoning *r = &reach->reckoning;
	json_t *object = json_of_object();
	put_person(object, &v->journal->contacts[reach->who]);
	json_put(object, "due", json_of_day(r->due));
	json_put(object, "late", json_integer(v->agenda->today - r->due));
	json_put(object, "last", json_of_day(r->last));
	json_put(object, "ratio",
		 r->cadence.kind == CADENCE_EVERY ? json_real(r->ratio) : json_null());
	json_put(object, "cadence", json_of_line(cadence_words(r->cadence, v->arena)));
	json_put(object, "why", json_of_line(why(v, reach)));
	json_put(object, "talk", json_of_line(talk(v, reach)));
	json_put(object, "new", json_boolean(r->is_new));
	json_put(object, "dormant", json_boolean(r->dormant));
	return object;
}

static struct str entry_words(struct view *v, const struct entry *entry)
{
	struct str text = prose_plain(&v->prose, entry->text, v->arena);
	struct str others =
	    prose_people(&v->prose, entry->with, entry->with_count, false, v->arena);
	struct str channel = entry->channel.n ? entry->channel : STR("a meeting");
	return arena_printf(v->arena, "%.*s%s%.*s%s%.*s", STR_ARG(channel),
			    others.n ? " with " : "", STR_ARG(others), text.n ? ": " : "",
			    STR_ARG(text));
}

static json_t *item_model(struct view *v, const struct item *item)
{
	static const char *const kinds[] = {"date", "planned", "promise", "waiting"};
	const struct contact *c = &v->journal->contacts[item->who];
	json_t *object = json_of_object();
	struct str what = STR("");
	if (item->kind == ITEM_DATE && item->date.which != BIRTHDAY)
		what = prose_plain(&v->prose, c->dates[item->date.which].what, v->arena);
	if (item->kind == ITEM_DATE)
		what = prose_date(item->date, what, v->arena);
	else if (item->entry)
		what = entry_words(v, item->entry);
	else if (item->task)
		what = prose_plain(&v->prose, item->task->text, v->arena);
	json_put(object, "kind", json_of_line(str_of(kinds[item->kind])));
	json_put(object, "day", json_of_day(item->day));
	json_put(object, "when", json_of_line(words_day(item->day, v->year, v->arena)));
	json_put(object, "late", json_integer(v->agenda->today - item->day));
	if (item->entry && item->entry->time.n)
		json_put(object, "time", json_of_line(item->entry->time));
	put_person(object, c);
	json_put(object, "what", json_of_line(what));
	return object;
}

static json_t *items_model(struct view *v, const struct items *items)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < items->count; i++)
		json_push(list, item_model(v, &items->items[i]));
	return list;
}

json_t *agenda_model(const struct journal *journal, const struct agenda *agenda)
{
	struct arena arena;
	struct view v = {.journal = journal,
			 .agenda = agenda,
			 .prose = {journal, STR("")},
			 .arena = &arena,
			 .year = day_to_ymd(agenda->today).year};
	json_t *model = json_of_object(), *people = json_of_list();
	arena_init(&arena);
	json_put(model, "today", json_of_day(agenda->today));
	json_put(model, "until", json_of_day(agenda->until));
	for (size_t i = 0; i < agenda->people.count; i++)
		json_push(people, person_model(&v, &agenda->people.items[i]));
	json_put(model, "people", people);
	json_put(model, "items", items_model(&v, &agenda->items));
	json_put(model, "waiting", items_model(&v, &agenda->waiting));
	arena_release(&arena);
	return model;
}
