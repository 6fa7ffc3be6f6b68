#include "report/timeline.h"

#include "report/json.h"

struct str timeline_people(const struct prose *prose, const struct meeting *meeting,
			   struct arena *arena)
{
	size_t count;
	const uint32_t *who = meeting_people(&count, meeting, prose->journal, arena);
	return prose_people(prose, who, count, false, arena);
}

struct str timeline_text(const struct prose *prose, const struct meeting *meeting, civil_day today,
			 struct arena *arena)
{
	const struct entry *e = meeting->entry;
	enum talk_kind kind = talk_kind_of(e, today);
	bool said = kind == TALK_PLANNED || kind == TALK_CANCELLED;
	struct str text = prose_plain(prose, e->text, arena);
	return arena_printf(arena, "%s%s%.*s%s%.*s", said ? talk_kind_name(kind) : "",
			    said && (e->channel.n || text.n) ? ", " : "", STR_ARG(e->channel),
			    e->channel.n && text.n ? ": " : "", STR_ARG(text));
}

static json_t *timeline_people_model(const struct journal *journal, const struct meeting *meeting,
				     struct arena *arena)
{
	json_t *list = json_of_list();
	size_t count;
	const uint32_t *who = meeting_people(&count, meeting, journal, arena);
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &journal->contacts[who[i]];
		json_t *person = json_of_object();
		json_put(person, "name", json_of_line(c->name));
		json_put(person, "slug", json_of_text(c->slug));
		json_push(list, person);
	}
	return list;
}

json_t *timeline_model(const struct journal *journal, const struct meeting *items, size_t count,
		       civil_day today)
{
	const struct prose prose = {journal, STR("")};
	struct arena arena;
	json_t *list = json_of_list();
	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct entry *e = items[i].entry;
		const struct contact *c = &journal->contacts[items[i].owner];
		const struct entry_place *place = journal_place(journal, e);
		size_t line = place ? place->line : (size_t)span_place(c->image, e->offset).line;
		json_t *object = json_of_object();
		json_put(object, "day", json_of_day(e->day));
		json_put(object, "time", json_of_line(e->time.n ? e->time : STR_NONE));
		json_put(object, "kind",
			 json_of_line(str_of(talk_kind_name(talk_kind_of(e, today)))));
		json_put(object, "channel", json_of_line(e->channel.n ? e->channel : STR_NONE));
		json_put(object, "text", json_of_line(prose_plain(&prose, e->text, &arena)));
		json_put(object, "path", json_of_text(place ? place->path : c->path));
		json_put(object, "line", json_of_count(line));
		json_put(object, "people", timeline_people_model(journal, &items[i], &arena));
		json_push(list, object);
	}
	arena_release(&arena);
	return list;
}
