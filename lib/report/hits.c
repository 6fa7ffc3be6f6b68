#include "report/hits.h"

#include "base/text.h"
#include "report/json.h"
#include "report/page.h"

/* So many characters stand before what was found, and so many in all. */
#define MOST_BEFORE 40
#define MOST_SHOWN  160

struct str hits_path(const struct journal *journal, const struct search_hit *hit)
{
	return hit->place ? hit->place->path : journal->contacts[hit->who].path;
}

struct place hits_place(const struct journal *journal, const struct search_hit *hit)
{
	if (hit->place)
		return (struct place){(int)hit->place->line, 1};
	if (hit->person)
		return (struct place){1, 1};
	return span_place(journal->contacts[hit->who].image, hit->found.from);
}

/* From the beginning of a word on, so that no more than so many characters stand before `at`. */
static size_t shown_from(struct str line, size_t at, struct str *mark)
{
	struct str before = str_upto(line, at);
	size_t all = text_length(before);
	*mark = STR("");
	if (all <= MOST_BEFORE)
		return 0;
	size_t from = text_upto(before, all - MOST_BEFORE).n;
	size_t blank = str_find_char(str_from(before, from), ' ');
	*mark = STR("…");
	return from + blank < at ? from + blank + 1 : from;
}

/* Where the text of the line begins: behind a bullet, and behind an entry's date, which is told. */
static size_t text_begins(struct str image, const struct search_hit *hit, size_t line)
{
	struct str rest = str_slice(image, line, hit->found.from);
	size_t at, used;
	civil_day day;
	size_t begins = line + (rest.n - line_after_bullet(str_ltrim_blanks(rest)).n);
	if (!hit->entry || hit->entry->offset < line || hit->entry->offset > hit->found.from)
		return begins;
	rest = str_slice(image, hit->entry->offset, hit->found.from);
	return entry_begins(rest, &day, &at, &used) == DATE_OK ? hit->entry->offset + used : begins;
}

struct str hits_text(const struct journal *journal, const struct search_hit *hit,
		     struct arena *arena)
{
	struct str image = journal->contacts[hit->who].image, before, after;
	if (hit->person)
		return STR_NONE;
	if (hit->place)
		image = hit->entry->text;
	size_t start = str_line_start(image, hit->found.from);
	size_t begins = hit->place ? start : text_begins(image, hit, start);
	struct str line = str_from(image, begins);
	line = str_upto(line, str_line(line));
	size_t from = shown_from(line, hit->found.from - begins, &before);
	struct str shown = str_trim(str_from(line, from));
	struct str cut = text_upto(shown, MOST_SHOWN);
	after = cut.n < shown.n ? STR("…") : STR("");
	return text_line(
	    arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(cut), STR_ARG(after)),
	    arena);
}

json_t *hits_model(const struct journal *journal, const struct search_hit *items, size_t count)
{
	struct arena arena;
	json_t *list = json_of_list();
	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct search_hit *hit = &items[i];
		const struct contact *c = &journal->contacts[hit->who];
		struct place place = hits_place(journal, hit);
		bool channel = hit->entry && hit->entry->channel.n;
		json_t *object = json_of_object();
		json_put(object, "day", json_of_day(hit->day));
		json_put(object, "slug", json_of_text(c->slug));
		json_put(object, "name", json_of_line(c->name));
		json_put(object, "path", json_of_text(hits_path(journal, hit)));
		json_put(object, "line", json_of_count((size_t)place.line));
		json_put(object, "column", json_of_count((size_t)place.column));
		json_put(object, "channel", json_of_line(channel ? hit->entry->channel : STR_NONE));
		json_put(object, "text", json_of_line(hits_text(journal, hit, &arena)));
		json_push(list, object);
	}
	arena_release(&arena);
	return list;
}
