#include "report/todo.h"

#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

static json_t *when(civil_day due, civil_day today, struct arena *arena)
{
	if (due == NO_DAY)
		return json_null();
	if (due >= today)
		return json_of_line(words_relative(due, today, arena));
	return json_of_line(
	    arena_printf(arena, "%.*s late", STR_ARG(words_span(due, today, arena))));
}

static json_t *item_model(const struct prose *prose, const struct todo_item *item, civil_day today,
			  struct arena *arena)
{
	const struct task *t = item->task;
	json_t *o = json_of_object();
	json_put(o, "number", json_of_count(item->number));
	json_put(o, "text", json_of_line(prose_plain(prose, t->text, arena)));
	json_put(o, "due", json_of_day(t->due));
	json_put(o, "when", when(t->due, today, arena));
	json_put(o, "late", t->due == NO_DAY ? json_null() : json_integer(today - t->due));
	json_put(o, "created", json_of_day(t->created));
	json_put(o, "repeats", json_boolean(t->repeats));
	json_put(o, "slug", json_of_text(item->contact->slug));
	json_put(o, "name", json_of_line(item->contact->name));
	json_put(o, "path", json_of_text(item->contact->path));
	return o;
}

json_t *todo_model(const struct journal *journal, const struct todo *todo, civil_day today)
{
	static const char *const keys[] = {"promises", "waiting", "topics"};
	const struct prose prose = {journal, STR("")};
	json_t *model = json_of_object();
	struct arena arena;
	arena_init(&arena);
	json_put(model, "today", json_of_day(today));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		json_put(model, keys[i], json_of_list());
	for (size_t i = 0; i < todo->count; i++) {
		struct arena_mark mark = arena_mark(&arena);
		const struct todo_item *item = &todo->items[i];
		json_push(json_object_get(model, keys[item->kind]),
			  item_model(&prose, item, today, &arena));
		arena_rewind(&arena, mark);
	}
	arena_release(&arena);
	return model;
}
