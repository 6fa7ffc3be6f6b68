#include "report/portrait.h"

#include <stdlib.h>

#include "base/text.h"
#include "note/markdown.h"
#include "note/note.h"
#include "people/config.h"
#include "people/fields.h"
#include "report/brief.h"
#include "report/escape.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

/* --- what is known --- */

static json_t *value_of_fact(const char *text, const char *extra, const char *scheme)
{
	struct str s = str_of(text), url = STR_NONE;
	json_t *value = json_of_object();
	struct arena arena;
	arena_init(&arena);
	json_put(value, "text", json_of_line(s));
	json_put(value, "extra", json_of_line(extra ? str_of(extra) : STR_NONE));
	if (scheme)
		url = prose_address_url(s, scheme, &arena);
	/* Also where it is none: else a template would take the person's. */
	json_put(value, "href", json_of_line(url));
	arena_release(&arena);
	return value;
}

static const char *string_of(const json_t *object, const char *key, const char *other)
{
	const char *found = json_string_value(json_object_get(object, key));
	return found ? found : json_string_value(json_object_get(object, other));
}

/* scheme: what makes a link of it, "" of an address of the web; NULL: nothing does. */
static void add_fact(json_t *facts, const char *label, const json_t *known, const char *scheme)
{
	json_t *fact = json_of_object(), *values = json_of_list(), *item;
	size_t i;
	if (json_is_string(known))
		json_push(values, value_of_fact(json_string_value(known), NULL, scheme));
	json_array_foreach(known, i, item)
	{
		const char *text = json_is_string(item) ? json_string_value(item)
							: string_of(item, "text", "name");
		if (text)
			json_push(values, value_of_fact(text, string_of(item, "label", "relation"),
							scheme));
	}
	json_put(fact, "label", json_of_line(str_of(label)));
	json_put(fact, "values", values);
	if (json_array_size(values))
		json_push(facts, fact);
	else
		json_decref(fact);
}

static json_t *met_model(const struct profile *p, struct arena *arena)
{
	const struct contact *c = p->contact;
	struct str day = c->met == NO_DAY ? STR("") : words_date(c->met, 0, arena);
	struct str text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(day),
				       day.n && c->met_text.n ? " " : "", STR_ARG(c->met_text));
	return json_of_line(text.n ? text : STR_NONE);
}

static json_t *facts_model(const struct profile *p, const json_t *model, struct arena *arena)
{
	static const struct {
		const char *label, *key;
	} ties[] = {{"through", "introduced_by"},
		    {"introduced", "introduced"},
		    {"knows", "knows"},
		    {"known by", "known_by"}};
	json_t *facts = json_of_list(), *met = met_model(p, arena);
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		const char *scheme = key == KEY_EMAIL   ? "mailto:"
				     : key == KEY_PHONE ? "tel:"
				     : key == KEY_URL   ? ""
							: NULL;
		if (row->shown)
			add_fact(facts, row->name,
				 json_object_get(model, row->json ? row->json : row->name), scheme);
	}
	add_fact(facts, "met", met, NULL);
	for (size_t i = 0; i < ARRAY_LEN(ties); i++)
		add_fact(facts, ties[i].label, json_object_get(model, ties[i].key), NULL);
	json_decref(met);
	return facts;
}

/* --- how it stands --- */

static void push_rhythm(json_t *lines, struct str line)
{
	json_push(lines, json_of_line(line));
}

static struct str said_day(const struct profile *p, civil_day day, struct arena *arena)
{
	return arena_printf(arena, "%s, %s", words_date(day, day_to_ymd(p->today).year, arena).p,
			    words_relative(day, p->today, arena).p);
}

static json_t *rhythm_lines(const struct profile *p, struct arena *arena)
{
	const struct contact *c = p->contact;
	const struct reckoning *r = &p->reckoning;
	json_t *lines = json_of_list();
	if (r->last != NO_DAY)
		push_rhythm(lines,
			    arena_printf(arena, "Last talk %s", said_day(p, r->last, arena).p));
	if (c->snooze != NO_DAY && c->snooze > p->today)
		push_rhythm(lines, arena_printf(arena, "Resting until %s",
						said_day(p, c->snooze, arena).p));
	if (c->status == STATUS_ACTIVE && r->due != NO_DAY)
		push_rhythm(lines, arena_printf(arena, "Due %s: %.*s", said_day(p, r->due, arena).p,
						STR_ARG(p->why)));
	else if (c->status == STATUS_ACTIVE)
		push_rhythm(lines, arena_printf(arena, "%s due: %.*s",
						r->planned == NO_DAY ? "Never" : "Not now",
						STR_ARG(p->why)));
	struct str wished = cadence_words(r->cadence, arena);
	const char *every = r->cadence.kind == CADENCE_EVERY ? "every " : "";
	if (p->usual_twice)
		push_rhythm(lines, arena_printf(arena, "Usually every %s, wished: %s%.*s",
						words_days(p->usual_twice / 2.0, arena).p, every,
						STR_ARG(wished)));
	else
		push_rhythm(lines, arena_printf(arena, "Wished: %s%.*s", every, STR_ARG(wished)));
	if (p->year.asked || p->year.gave)
		push_rhythm(lines,
			    arena_printf(arena, "In a year you asked %s, and gave %s",
					 words_count(p->year.asked, "time", "times", arena).p,
					 words_count(p->year.gave, "time", "times", arena).p));
	return lines;
}

/* --- what was said --- */

/* `Grace Hopper, Bob Stone`; null for nobody. */
static json_t *company_of(const json_t *with, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < json_array_size(with); i++)
		buf_printf(&b, "%s%s", i ? ", " : "", json_string_value(json_array_get(with, i)));
	struct str all = arena_take(arena, &b);
	return json_of_line(all.n ? all : STR_NONE);
}

static void put_entries(json_t *model, const struct profile *p, size_t most, struct arena *arena)
{
	json_t *plans = json_of_list(), *talks = json_of_list(), *entry;
	size_t i, left = 0;
	json_array_foreach(json_object_get(model, "entries"), i, entry)
	{
		const char *kind = json_string_value(json_object_get(entry, "kind"));
		bool plan = p->talks[i].kind == TALK_PLANNED,
		     plain = p->talks[i].kind == TALK_CONTACT;
		bool said = str_eq(str_of(kind), p->talks[i].entry->channel);
		json_put(entry, "company", company_of(json_object_get(entry, "with"), arena));
		json_put(entry, "special", plan || plain || said ? json_null() : json_string(kind));
		if (plan || json_array_size(talks) < most)
			json_push(plan ? plans : talks, json_incref(entry));
		else
			left++;
	}
	json_put_section(model, "plans", plans);
	json_put_section(model, "talks", talks);
	json_put(model, "earlier",
		 left ? json_of_line(words_count(left, "earlier talk", "earlier talks", arena))
		      : json_null());
}

static int compare_cuts(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* The text below the front matter without entries and tasks, which are told elsewhere. */
static struct str prose_of_file(const struct contact *c, size_t body, struct arena *arena)
{
	size_t count = 0;
	struct span *cuts = ARENA_ARRAY(arena, struct span, c->entries_count + c->tasks_count + 1);
	for (size_t i = 0; i < c->entries_count; i++)
		cuts[count++] = c->entries[i].block;
	for (size_t i = 0; i < c->tasks_count; i++)
		cuts[count++] = c->tasks[i].block;
	if (count)
		qsort(cuts, count, sizeof(*cuts), compare_cuts);
	struct buf b;
	size_t at = body;
	buf_init(&b, 0);
	for (size_t i = 0; i < count; i++) {
		size_t from = str_line_start(c->image, cuts[i].from), to = cuts[i].to;
		if (from > at)
			buf_add(&b, str_slice(c->image, at, from));
		if (to > at)
			at = to;
	}
	buf_add(&b, str_from(c->image, at));
	return arena_take(arena, &b);
}

/* Without the headings that have no text below them, and without one of the person's name. */
static struct str drop_bare_headings(struct str text, struct str name, struct arena *arena)
{
	struct arena scratch;
	struct buf b;
	size_t at = 0;
	arena_init(&scratch);
	buf_init(&b, 0);
	struct blocks blocks = markdown_read_all(text, 0, &scratch, &scratch);
	for (size_t i = 0; i < blocks.count; i++) {
		const struct block *h = &blocks.items[i];
		struct str said = str_slice(text, h->content.from, h->content.to);
		size_t next = i + 1;
		while (next < blocks.count && blocks.items[next].kind == BLOCK_HEADING &&
		       blocks.items[next].level > h->level)
			next++;
		bool bare = next == blocks.count || blocks.items[next].kind == BLOCK_HEADING;
		if (h->kind != BLOCK_HEADING || (!bare && !text_same(said, name, &scratch)))
			continue;
		buf_add(&b, str_slice(text, at, h->start));
		at = i + 1 < blocks.count ? blocks.items[i + 1].start : text.n;
	}
	buf_add(&b, str_from(text, at));
	arena_release(&scratch);
	return str_trim(arena_take(arena, &b));
}

/* A line, with the words of its `[[links]]`, which Markdown does not know. */
static void add_with_words(struct buf *b, struct str line, const struct profile *p,
			   struct arena *arena)
{
	const struct prose prose = {p->journal, STR("")};
	size_t done = 0, close = 0, used;
	for (size_t at = 0; (at += str_find_char(str_from(line, at), '[')) < line.n;) {
		const struct contact *who;
		struct link link;
		if (!link_at(line, at, &close, &link, &used) || link.markdown) {
			at++;
			continue;
		}
		buf_add(b, str_slice(line, done, at));
		escape_markdown(b, prose_link_words(&prose, &link, &who, arena));
		done = at += used;
	}
	buf_add(b, str_from(line, done));
}

/* As it may stand on a page: neither control characters nor what turns its direction around. */
static struct str clean_lines(struct str text, const struct profile *p, struct arena *arena)
{
	struct buf b;
	struct str line;
	buf_init(&b, 0);
	while (str_next_line(&text, &line)) {
		size_t indent = str_blanks(line);
		buf_add(&b, str_upto(line, indent));
		add_with_words(&b, text_line(str_from(line, indent), arena), p, arena);
		/* Two blanks at the end break a line; rows of a table and fields are lines, too. */
		bool breaks = str_ends(line, STR("  ")) || str_starts(line, STR("|")) ||
			      str_find(line, STR(":: ")) < line.n;
		buf_addz(&b, breaks ? "  \n" : "\n");
	}
	return arena_take(arena, &b);
}

static json_t *about_model(const struct profile *p, struct arena *arena)
{
	const struct contact *c = p->contact;
	struct note note;
	(void)note_split(&note, c->image);
	if (c->too_costly || note.foreign)
		return json_null();
	struct str text = clean_lines(prose_of_file(c, note.body, arena), p, arena);
	text = drop_bare_headings(text, c->name, arena);
	return json_of_text(text.n ? text : STR_NONE);
}

static json_t *own_keys_model(json_t *own)
{
	json_t *list = json_of_list(), *value;
	const char *key;
	json_object_foreach(own, key, value)
	{
		json_t *o = json_of_object();
		char *text = json_is_string(value)
				 ? NULL
				 : json_dumps(value, JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
		json_put(o, "key", json_of_line(str_of(key)));
		json_put(o, "value",
			 json_is_null(value) ? json_null()
			 : text              ? json_of_line(str_of(text))
					     : json_incref(value));
		json_push(list, o);
		free(text);
	}
	return list;
}

json_t *portrait_model(const struct profile *p, size_t most)
{
	static const char *const open[] = {"promises", "waiting", "topics"};
	const struct contact *c = p->contact;
	json_t *model = profile_model(p);
	bool some = false;
	struct arena arena;
	arena_init(&arena);
	struct str who = brief_who(c, &arena);
	json_put(model, "title", json_of_line(c->name));
	json_put(model, "who", json_of_line(who.n ? who : STR_NONE));
	json_put(model, "state",
		 c->status == STATUS_ACTIVE ? json_null() : json_of_line(contact_status(c)));
	json_put(model, "rhythm", c->unread ? json_null() : rhythm_lines(p, &arena));
	json_put_section(model, "facts", facts_model(p, model, &arena));
	put_entries(model, p, most, &arena);
	json_put_section(model, "dates", json_incref(json_object_get(model, "dates")));
	json_put_section(model, "own_keys", own_keys_model(json_object_get(model, "own")));
	json_put(model, "own", json_null());
	json_put(model, "about", c->unread ? json_null() : about_model(p, &arena));
	for (size_t i = 0; i < ARRAY_LEN(open); i++) {
		some = some || json_array_size(json_object_get(model, open[i]));
	}
	json_put(model, "to_do", json_boolean(some));
	arena_release(&arena);
	return model;
}
