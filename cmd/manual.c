#include "manual.h"

#include <string.h>

#include "note/note.h"
#include "people/keys.h"
#include "report/carried.h"
#include "report/escape.h"
#include "report/json.h"
#include "report/mustache.h"
#include "report/roff.h"

/* Generated lines are wrapped here, as what stands in templates/help is. */
#define MANUAL_WIDTH 72

/* ---- Pieces of Markdown ---- */

/* Text in which only `code` is markup. */
static void write_prose(struct buf *md, struct str text)
{
	while (text.n) {
		size_t plain = str_find_char(text, '`');
		size_t code = plain + 1 + str_find_char(str_from(text, plain + 1), '`') + 1;
		escape_markdown(md, str_upto(text, plain));
		buf_add(md, str_slice(text, plain, code < text.n ? code : text.n));
		text = str_from(text, code);
	}
}

static void write_prose_of(struct buf *md, const char *text)
{
	write_prose(md, str_of(text));
}

/* A definition, wrapped at blanks. */
static void write_definition(struct buf *md, struct str text)
{
	size_t column = 1;
	buf_addc(md, ':');
	while (text.n) {
		size_t n = str_find_char(text, ' ');
		bool fits = column + 1 + n <= MANUAL_WIDTH;
		buf_addc(md, fits ? ' ' : '\n');
		buf_add(md, str_upto(text, n));
		column = n + (fits ? column + 1 : 0);
		text = str_from(text, n + 1);
	}
	buf_addz(md, "\n\n");
}

static void write_code(struct buf *md, const char *line)
{
	buf_printf(md, "```\n%s\n```\n\n", line);
}

static void write_example(struct buf *md, const struct example *example)
{
	buf_printf(md, "`%s`\n: ", example->line);
	write_prose_of(md, example->what);
	buf_addz(md, "\n\n");
}

static void write_options(struct buf *md, const struct opt *list)
{
	for (const struct opt *o = list; o && o->name; o++) {
		if (o->letter)
			buf_printf(md, "`-%c`, ", o->letter);
		buf_printf(md, "`--%s`", o->name);
		if (o->value) {
			buf_addz(md, " *");
			write_prose_of(md, o->value);
			buf_addc(md, '*');
		}
		buf_addz(md, "\n: ");
		write_prose_of(md, o->help);
		buf_addz(md, "\n\n");
	}
}

/* ---- What the topics show of the program's tables ---- */

static void write_commands(struct buf *md, enum command_group group)
{
	size_t count;
	const struct command *const *list = commands_list(&count);
	for (size_t i = 0; i < count; i++) {
		if (list[i]->group != group || list[i]->hidden)
			continue;
		buf_printf(md, "kith-%s(1)\n: ", list[i]->name);
		write_prose_of(md, list[i]->summary);
		buf_addz(md, "\n\n");
	}
}

static void write_week_commands(struct buf *md)
{
	write_commands(md, GROUP_WEEK);
}

static void write_people_commands(struct buf *md)
{
	write_commands(md, GROUP_PEOPLE);
}

static void write_journal_commands(struct buf *md)
{
	write_commands(md, GROUP_JOURNAL);
}

static void write_week_examples(struct buf *md)
{
	for (const struct example *e = help_week(); e->line; e++)
		write_example(md, e);
}

static void write_common_options(struct buf *md)
{
	write_options(md, commands_common_options());
}

static void write_as_of(struct buf *md)
{
	write_prose_of(md, help_as_of());
}

static void write_keys(struct buf *md)
{
	struct buf text;
	buf_init(&text, 0);
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const char *also;
		buf_clear(&text);
		buf_addz(&text, key_row(key)->help);
		for (int rank = 1; (also = key_spelled(key, rank)); rank++)
			buf_printf(&text, "%s`%s`", rank == 1 ? ". Also: " : ", ", also);
		buf_printf(md, "`%s`\n", key_row(key)->name);
		write_definition(md, buf_str(&text));
	}
	buf_release(&text);
}

/* A line of kith.yaml explains (`# text`), or is a setting, if only at its default (`#key: x`). */
static bool explains(struct str line)
{
	return str_starts(line, STR("# ")) && str_at(line, 2) != ' ';
}

/* kith.yaml as `init` writes it: `# ---- Title ---` is a heading, what explains a paragraph. */
static void write_settings(struct buf *md)
{
	struct str rest = carried_find(STR("journal/kith.yaml")), line;
	bool code = false;
	while (str_next_line(&rest, &line)) {
		bool setting = line.n && !explains(line);
		if (setting != code)
			buf_addz(md, setting ? "\n```\n" : "```\n\n");
		code = setting;
		if (str_starts(line, STR("# ---- "))) {
			line = str_from(line, STR("# ---- ").n);
			size_t end = str_find(line, STR(" ----"));
			buf_printf(md, "## %.*s", STR_ARG(str_upto(line, end)));
		} else if (setting) {
			size_t at = str_find(line, STR("{{today}}"));
			buf_printf(md, "%.*s%s", STR_ARG(str_upto(line, at)),
				   at < line.n ? "2026-11-23" : "");
		} else {
			write_prose(md, str_from(line, line.n ? 2 : 0));
		}
		buf_addc(md, '\n');
	}
	buf_addz(md, code ? "```\n" : "");
}

static void write_both_kept(struct buf *md)
{
	buf_addz(md, NOTE_BOTH_KEPT);
}

static const struct manual_part {
	const char *name; /* {{{name}}} in a topic's page */
	void (*add)(struct buf *md);
} manual_parts[] = {
    {"week", write_week_examples},
    {"commands_week", write_week_commands},
    {"commands_people", write_people_commands},
    {"commands_journal", write_journal_commands},
    {"options", write_common_options},
    {"as_of", write_as_of},
    {"keys", write_keys},
    {"settings", write_settings},
    {"both_kept", write_both_kept},
};

/* ---- Pages ---- */

static const struct manual_topic overview = {"kith", '1', NULL};
static const struct manual_topic topics[] = {
    {"format", '5', "what may stand in the files"},
    {"json", '5', "what the commands print for programs"},
    {"query", '7', "how people are asked for, by examples"},
};

const struct manual_topic *manual_topics(size_t *count)
{
	*count = ARRAY_LEN(topics);
	return topics;
}

const struct manual_topic *manual_topic_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(topics); i++)
		if (strcmp(topics[i].name, name) == 0)
			return &topics[i];
	return NULL;
}

const struct manual_topic *manual_overview(void)
{
	return &overview;
}

static void write_topic(struct buf *md, const struct manual_topic *topic)
{
	char path[64];
	struct kith_error err = {0};
	struct mustache *page;
	struct buf part;
	json_t *model = json_of_object();
	for (size_t i = 0; i < ARRAY_LEN(manual_parts); i++) {
		buf_init(&part, 0);
		manual_parts[i].add(&part);
		json_put(model, manual_parts[i].name, json_of_text(buf_str(&part)));
		buf_release(&part);
	}
	snprintf(path, sizeof(path), "help/%s.md", topic->name);
	/* They are the program's own, and tested: they do not fail. */
	if (mustache_parse(&page, path, carried_find(str_of(path)), MUSTACHE_TEXT, &err) == 0 &&
	    mustache_render(page, model, NULL, NULL, md, &err))
		buf_clear(md);
	mustache_free(page);
	json_decref(model);
}

static void write_command(struct buf *md, const struct command *command)
{
	bool has_options = command->options[0].name || commands_writing_options(command);
	buf_printf(md, "# NAME\n\nkith-%s - ", command->name);
	write_prose_of(md, command->summary);
	buf_printf(md, "\n\n# SYNOPSIS\n\n`kith %s`%s ", command->name,
		   has_options ? " \\[OPTION...]" : "");
	write_prose_of(md, command->usage ? command->usage : "");
	buf_addz(md, "\n\n# DESCRIPTION\n\n");
	write_prose_of(md, command->text ? command->text : command->summary);
	buf_addz(md, "\n\n# OPTIONS\n\n");
	write_options(md, command->options);
	write_options(md, commands_writing_options(command));
	write_options(md, commands_common_options());
	if (command->examples[0].line)
		buf_addz(md, "# EXAMPLES\n\n");
	for (const struct example *e = command->examples; e->line; e++) {
		write_prose_of(md, e->what);
		buf_addz(md, ":\n\n");
		write_code(md, e->line);
	}
	buf_addz(md, "# SEE ALSO\n\nkith(1), kith-format(5), kith-query(7)\n");
}

void manual_page(struct context *context, const struct manual_topic *topic,
		 const struct command *command)
{
	char name[64];
	struct buf md, page;
	bool named = command || topic != manual_overview();
	snprintf(name, sizeof(name), named ? "kith-%s" : "kith",
		 command ? command->name : topic->name);
	const struct roff_title title = {.name = str_of(name),
					 .section = command ? '1' : topic->section,
					 .day = KITH_DAY,
					 .source = "kith " KITH_VERSION,
					 .manual = "kith"};
	buf_init(&md, 0);
	buf_init(&page, 0);
	if (command)
		write_command(&md, command);
	else
		write_topic(&md, topic);
	roff_page(&page, &title, buf_str(&md), context->arena);
	out_add(context->out, buf_str(&page));
	buf_release(&page);
	buf_release(&md);
}

/* ---- The same for the terminal ---- */

/* Without the backslashes that made it text; a term without its backticks, too. */
static void print_plain(struct out *out, enum role role, struct str line, bool term)
{
	struct buf plain;
	buf_init(&plain, 0);
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\\' && i + 1 < line.n)
			i++;
		else if (term && line.p[i] == '`')
			continue;
		buf_addc(&plain, line.p[i]);
	}
	out_role(out, role, buf_str(&plain));
	out_addz(out, "\n");
	buf_release(&plain);
}

/* Whether a definition begins with the second line of these. */
static bool is_term(struct str lines)
{
	struct str line;
	return str_next_line(&lines, &line) && str_starts(lines, STR(": "));
}

static void print_code(struct out *out, struct str *rest)
{
	struct str line;
	while (str_next_line(rest, &line) && !str_starts(line, STR("```"))) {
		out_addz(out, line.n ? "    " : "");
		out_add(out, line);
		out_addz(out, "\n");
	}
}

static void print_markdown(struct out *out, struct str rest)
{
	struct str all = rest, line;
	bool definition = false;
	for (; str_next_line(&rest, &line); all = rest) {
		bool term = is_term(all), heading = str_starts(line, STR("#"));
		if (str_starts(line, STR("```"))) {
			print_code(out, &rest);
			continue;
		}
		if (definition && !line.n && is_term(rest))
			continue;
		definition = line.n && (definition || str_starts(line, STR(": ")));
		if (heading || str_starts(line, STR(": ")))
			line = str_from(line, str_find_char(line, ' ') + 1);
		out_addz(out, definition && !term ? "      " : term ? "  " : "");
		print_plain(out,
			    heading ? ROLE_STRONG
			    : term  ? ROLE_COMMAND
				    : ROLE_PLAIN,
			    line, term);
	}
}

void manual_text(struct out *out, const struct manual_topic *topic)
{
	struct buf md;
	buf_init(&md, 0);
	write_topic(&md, topic);
	print_markdown(out, buf_str(&md));
	buf_release(&md);
}
