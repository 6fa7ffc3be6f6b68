/*
 * A person's page, printed from its model: what is not known takes no line.
 * Lines are wrapped for a terminal and left whole in a pipe.
 */
#include <stdlib.h>

#include "base/text.h"
#include "command.h"
#include "people/keys.h"
#include "report/json.h"
#include "report/people.h"
#include "report/words.h"
#include "who.h"

/* Entries on the page; --all shows the rest. */
#define LATEST 10
/* Where the values of the facts begin. */
#define FACTS 14

/* Adds text from a column on, its further lines indented to it. */
static void wrap(struct out *out, size_t column, struct str text)
{
	size_t width = out->fit > column + 20 ? out->fit - column : 0, used = 0;
	struct buf b;
	buf_init(&b, 0);
	while (text.n) {
		size_t end = str_find_char(text, ' ');
		struct str word = str_upto(text, end);
		size_t n = text_width(word);
		if (used && width && used + 1 + n > width) {
			buf_addc(&b, '\n');
			buf_fill(&b, ' ', column);
			used = 0;
		}
		if (used)
			buf_addc(&b, ' ');
		buf_add(&b, word);
		used += n + (used > 0);
		text = str_from(text, end + 1);
	}
	buf_addc(&b, '\n');
	out_add(out, buf_str(&b));
	buf_release(&b);
}

static void fact(struct out *out, const char *label, struct str text)
{
	struct str s = str_of(label);
	struct buf b;
	if (!text.n)
		return;
	buf_init(&b, 0);
	buf_fill(&b, ' ', FACTS - 2 - s.n);
	out_addz(out, "  ");
	out_role(out, ROLE_DIM, s);
	out_add(out, buf_str(&b));
	wrap(out, FACTS, text);
	buf_release(&b);
}

/* A list of texts, or of {label, text}, or of people {name, relation}, as one fact. */
static void fact_list(struct out *out, const char *label, const json_t *o, const char *key)
{
	const json_t *list = json_object_get(o, key);
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		struct str text = json_is_string(item)           ? str_of(json_string_value(item))
				  : json_text_at(item, "text").p ? json_text_at(item, "text")
								 : json_text_at(item, "name");
		struct str extra = json_is_string(item)            ? STR_NONE
				   : json_text_at(item, "label").p ? json_text_at(item, "label")
								   : json_text_at(item, "relation");
		buf_addz(&b, i ? ", " : "");
		buf_add(&b, text);
		if (extra.n)
			buf_printf(&b, " (%.*s)", STR_ARG(extra));
	}
	fact(out, label, buf_str(&b));
	buf_release(&b);
}

static civil_day day_of(const json_t *o, const char *key)
{
	civil_day day;
	struct str text = json_text_at(o, key);
	return text.p && date_parse_all(text, &day) == DATE_OK ? day : NO_DAY;
}

static struct str relative(struct context *context, civil_day day)
{
	return words_relative(day, context->today, context->arena);
}

static void section(struct out *out, const char *heading)
{
	out_addz(out, "\n");
	out_role(out, ROLE_STRONG, str_of(heading));
	out_addz(out, "\n");
}

static void print_head(struct context *context, const json_t *p)
{
	static const char *const keys[] = {"title", "org"};
	struct out *out = context->out;
	struct buf b;
	buf_init(&b, 0);
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		const json_t *list = json_object_get(p, keys[k]);
		for (size_t i = 0; i < json_array_size(list); i++)
			buf_printf(&b, "%s%s", b.n ? ", " : "",
				   json_string_value(json_array_get(list, i)));
	}
	if (json_text_at(p, "location").n)
		buf_printf(&b, "%s%s", b.n ? " · " : "", json_text_at(p, "location").p);
	out_role(out, ROLE_STRONG, json_text_at(p, "name"));
	out_addz(out, "\n");
	if (b.n)
		wrap(out, 0, buf_str(&b));
	out_role(out, ROLE_DIM, json_text_at(p, "path"));
	out_addz(out, "\n\n");
	buf_release(&b);
}

static void print_contact_data(struct context *context, const json_t *p)
{
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		const char *name = row->json ? row->json : row->name;
		if (row->shown && key_is_list(key))
			fact_list(context->out, row->name, p, name);
		else if (row->shown)
			fact(context->out, row->name, json_text_at(p, name));
	}
}

static void print_met(struct context *context, const json_t *p)
{
	const json_t *met = json_object_get(p, "met");
	struct str day = json_text_at(met, "day"), text = json_text_at(met, "text");
	fact(context->out, "met",
	     arena_printf(context->arena, "%.*s%s%.*s", STR_ARG(day), day.n && text.n ? " " : "",
			  STR_ARG(text)));
}

static void print_cadence(struct context *context, const json_t *p)
{
	struct arena *arena = context->arena;
	struct str from = json_text_at(p, "cadence_from"), tag = json_text_at(p, "cadence_tag");
	struct str cadence = json_text_at(p, "cadence"), status = json_text_at(p, "status");
	civil_day last = day_of(p, "last"), due = day_of(p, "due"), snooze = day_of(p, "snooze");
	if (tag.n)
		from = arena_printf(arena, "by the tag %.*s", STR_ARG(tag));
	else if (str_eq(from, STR("default")))
		from = STR("the default");
	fact(context->out, "status", str_eq(status, STR("active")) ? STR("") : status);
	fact(context->out, "cadence",
	     arena_printf(arena, "%.*s (%.*s)", STR_ARG(cadence), STR_ARG(from)));
	if (last != NO_DAY)
		fact(context->out, "last",
		     arena_printf(arena, "%.*s, %.*s", STR_ARG(json_text_at(p, "last")),
				  STR_ARG(relative(context, last))));
	if (snooze != NO_DAY && snooze > context->today)
		fact(context->out, "snooze", json_text_at(p, "snooze"));
	if (due != NO_DAY)
		fact(context->out, "due",
		     arena_printf(arena, "%.*s, %.*s: %.*s", STR_ARG(json_text_at(p, "due")),
				  STR_ARG(relative(context, due)),
				  STR_ARG(json_text_at(p, "why"))));
	else
		fact(context->out, "due",
		     arena_printf(arena, "%s: %.*s",
				  json_text_at(p, "planned").p ? "not now" : "never",
				  STR_ARG(json_text_at(p, "why"))));
}

static void print_ties(struct context *context, const json_t *p)
{
	print_met(context, p);
	fact_list(context->out, "through", p, "introduced_by");
	fact_list(context->out, "introduced", p, "introduced");
	fact_list(context->out, "knows", p, "knows");
	fact_list(context->out, "known by", p, "known_by");
}

static void add_value(struct buf *b, const json_t *value)
{
	char *text = NULL;
	if (json_is_string(value))
		buf_addz(b, json_string_value(value));
	else
		text = json_dumps(value, JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
	if (text && !json_is_null(value))
		text_add_line(b, str_of(text));
	free(text);
}

static void print_own_keys(struct context *context, const json_t *p)
{
	json_t *own = json_object_get(p, "own"), *value;
	const char *key;
	struct buf b;
	if (!json_object_size(own))
		return;
	section(context->out, "Your own keys");
	json_object_foreach(own, key, value)
	{
		buf_init(&b, 0);
		buf_printf(&b, "%s: ", key);
		add_value(&b, value);
		out_addz(context->out, "  ");
		wrap(context->out, 4, str_trim(buf_str(&b)));
		buf_release(&b);
	}
}

static void print_dates(struct context *context, const json_t *p)
{
	const json_t *dates = json_object_get(p, "dates");
	if (!json_array_size(dates))
		return;
	section(context->out, "Dates");
	for (size_t i = 0; i < json_array_size(dates); i++) {
		const json_t *d = json_array_get(dates, i);
		struct str day = json_text_at(d, "day"), what = json_text_at(d, "what");
		civil_day next = day_of(d, "next");
		struct buf b;
		buf_init(&b, 0);
		buf_printf(&b, "%.*s %.*s", STR_ARG(what), STR_ARG(day));
		if (next != NO_DAY)
			buf_printf(&b, ", next on %s, %.*s", json_text_at(d, "next").p,
				   STR_ARG(relative(context, next)));
		if (next != NO_DAY && json_integer_value(json_object_get(d, "years")) > 0)
			buf_printf(
			    &b, " (%s)",
			    words_count((size_t)json_integer_value(json_object_get(d, "years")),
					"year", "years", context->arena)
				.p);
		out_addz(context->out, "  ");
		wrap(context->out, 4, buf_str(&b));
		buf_release(&b);
	}
}

static void print_tasks(struct context *context, const json_t *p, const char *key,
			const char *heading)
{
	const json_t *tasks = json_object_get(p, key);
	if (!json_array_size(tasks))
		return;
	section(context->out, heading);
	for (size_t i = 0; i < json_array_size(tasks); i++) {
		const json_t *t = json_array_get(tasks, i);
		struct str due = json_text_at(t, "due");
		civil_day day = day_of(t, "due");
		struct buf b;
		buf_init(&b, 0);
		buf_add(&b, json_text_at(t, "text"));
		if (day != NO_DAY)
			buf_printf(&b, " (%.*s, %.*s)", STR_ARG(due),
				   STR_ARG(relative(context, day)));
		out_addz(context->out, "  - ");
		wrap(context->out, 4, buf_str(&b));
		buf_release(&b);
	}
}

/* `call 14:30 with Grace Hopper: what was said`, and what is special about it. */
static void print_entry(struct context *context, const json_t *e)
{
	struct out *out = context->out;
	const json_t *with = json_object_get(e, "with");
	struct str kind = json_text_at(e, "kind"), text = json_text_at(e, "text");
	/* Plans have a section of their own, and channels `note` and `tried` say it themselves. */
	bool plain = str_eq(kind, STR("contact")) || str_eq(kind, STR("planned")) ||
		     str_eq(kind, json_text_at(e, "channel"));
	struct buf b;
	buf_init(&b, 0);
	buf_add(&b, json_text_at(e, "time"));
	if (json_text_at(e, "channel").n)
		buf_printf(&b, "%s%s", b.n ? " " : "", json_text_at(e, "channel").p);
	for (size_t i = 0; i < json_array_size(with); i++)
		buf_printf(&b, "%s%s",
			   i     ? ", "
			   : b.n ? " with "
				 : "with ",
			   json_string_value(json_array_get(with, i)));
	if (text.n)
		buf_printf(&b, "%s%.*s", b.n ? ": " : "", STR_ARG(text));
	if (!plain)
		buf_printf(&b, "%s(%.*s)", b.n ? " " : "", STR_ARG(kind));
	out_addz(out, "  ");
	out_role(out, ROLE_DIM, json_text_at(e, "day"));
	out_addz(out, "  ");
	wrap(out, 14, buf_str(&b));
	buf_release(&b);
}

static void print_entries(struct context *context, const json_t *p)
{
	const json_t *entries = json_object_get(p, "entries");
	size_t count = json_array_size(entries), shown = 0, planned = 0;
	bool everything = opts_has(&context->opts, "all");
	for (size_t i = 0; i < count; i++) {
		const json_t *e = json_array_get(entries, i);
		if (!str_eq(json_text_at(e, "kind"), STR("planned")))
			continue;
		if (planned++ == 0)
			section(context->out, "Planned");
		print_entry(context, e);
	}
	if (planned < count)
		section(context->out, "Talks");
	for (size_t i = 0; i < count && (everything || shown < LATEST); i++) {
		const json_t *e = json_array_get(entries, i);
		if (str_eq(json_text_at(e, "kind"), STR("planned")))
			continue;
		print_entry(context, e);
		shown++;
	}
	if (planned + shown < count)
		out_printf(context->out, "  and %zu earlier; --all shows them\n",
			   count - planned - shown);
}

static void print_person(struct context *context, const json_t *p)
{
	print_head(context, p);
	if (json_is_true(json_object_get(p, "unread"))) {
		out_addz(context->out, "  The file cannot be read: see below.\n");
		return;
	}
	print_contact_data(context, p);
	print_cadence(context, p);
	print_ties(context, p);
	print_dates(context, p);
	print_tasks(context, p, "promises", "Promised");
	print_tasks(context, p, "waiting", "Waiting for");
	print_tasks(context, p, "topics", "To bring up");
	print_entries(context, p);
	print_own_keys(context, p);
}

static int cmd_show(struct context *context)
{
	uint32_t who = who_is(context, opts_joined(&context->opts, 0, context->arena));
	if (who == NO_CONTACT)
		return EXIT_PROBLEM;
	json_t *model = people_person(context->journal, who, context->today);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, json_incref(model));
	else
		print_person(context, model);
	json_decref(model);
	return EXIT_FINE;
}

const struct command command_show = {
    .name = "show",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "show all that is known of a person",
    .usage = "WHO",
    .text = "WHO is the file's path or its name without .md, a name or alias, an e-mail\n"
	    "address, whole words of a name, or beginnings of such words; what is first\n"
	    "in this list and fits anybody decides. Case and marks do not count. Where\n"
	    "several fit and only one of them is active, that one is shown; else they are\n"
	    "listed.\n",
    .options =
	{
	    {"all", NULL, "all talks, not only the latest ten", 'a'},
	    {"json", NULL, "print JSON", 0},
	},
    .examples =
	{
	    {"kith show ada-lovelace", "by the name of the file"},
	    {"kith show lovelace", "by a word of the name; beginnings of words will do"},
	    {"kith show ada@analytical.engine", "by an e-mail address"},
	    {"kith show --json ada | jq '.entries[0]'", "the latest talk"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .run = cmd_show,
};
