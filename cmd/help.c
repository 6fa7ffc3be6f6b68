#include "help.h"

#include <stdio.h>
#include <string.h>

static void title(struct out *out, const char *text)
{
	out_addz(out, "\n");
	out_role(out, ROLE_STRONG, str_of(text));
	out_addz(out, "\n");
}

/* Two columns that are never cut: a line of help that ends in the middle helps nobody. */
static const struct table_column columns[] = {{0}, {0}};

static void add_table(struct out *out, const struct table *table)
{
	struct buf text;
	buf_init(&text, 0);
	table_render(table, 0, false, &text);
	out_add(out, buf_str(&text));
	buf_release(&text);
}

static void options(struct out *out, const struct opt *list)
{
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	table.indent = 2;
	for (const struct opt *o = list; o && o->name; o++) {
		char letter[8] = "    ";
		if (o->letter)
			snprintf(letter, sizeof(letter), "-%c, ", o->letter);
		table_addf(&table, ROLE_PLAIN, "%s--%s%s%s", o->letter ? letter : "", o->name,
			   o->value ? " " : "", o->value ? o->value : "");
		table_add(&table, str_of(o->help), ROLE_PLAIN);
	}
	add_table(out, &table);
	table_release(&table);
}

static void group(struct out *out, const char *heading, enum command_group which)
{
	size_t count;
	const struct command *const *list = commands_list(&count);
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	table.indent = 2;
	for (size_t i = 0; i < count; i++)
		if (list[i]->group == which) {
			table_add(&table, str_of(list[i]->name), ROLE_PLAIN);
			table_add(&table, str_of(list[i]->summary), ROLE_PLAIN);
		}
	title(out, heading);
	add_table(out, &table);
	table_release(&table);
}

/* The commands of a week, as they are typed. */
static void week(struct out *out)
{
	static const struct example lines[] = {
	    {"kith review -e", "Monday: the week's page, written, committed, opened"},
	    {"kith", "any morning: who is due, what is planned and promised"},
	    {"kith log ada", "after a talk: what came of it, typed at a prompt"},
	    {"kith promise ada the slides by friday", "a word given; `kith done ada` when kept"},
	    {"kith met Grace Hopper at the ACM dinner", "somebody new"},
	};
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	table.indent = 2;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		table_add(&table, str_of(lines[i].line), ROLE_PLAIN);
		table_add(&table, str_of(lines[i].what), ROLE_PLAIN);
	}
	title(out, "A week");
	add_table(out, &table);
	table_release(&table);
}

void help_overview(struct out *out)
{
	out_addz(out,
		 "kith keeps a plain-text journal of the people you work with: it says whom to\n"
		 "get back to, writes the weekly review, and notes what came of it.\n\n"
		 "usage: kith [COMMAND] [OPTION...]\n");
	week(out);
	group(out, "Every week", GROUP_WEEK);
	group(out, "People", GROUP_PEOPLE);
	group(out, "The journal", GROUP_JOURNAL);
	title(out, "Options of every command");
	options(out, commands_common_options());
	out_addz(out,
		 "\n`kith` alone is `kith today`; `kith COMMAND --help` says more of a command.\n"
		 "The journal is found by -C, else KITH_DIR, else the nearest kith.yaml upward,\n"
		 "else `journal:` in ~/.config/kith/config.yaml.\n"
		 "The exit status is 0, 1 where problems were found, 2 for wrong usage.\n");
}

void help_of_command(struct out *out, const struct command *command)
{
	bool has_options = command->options && command->options->name;
	out_printf(out, "kith %s - %s\n\nusage: kith %s%s%s%s\n", command->name, command->summary,
		   command->name, has_options ? " [OPTION...]" : "",
		   command->usage && *command->usage ? " " : "",
		   command->usage ? command->usage : "");
	if (command->text)
		out_printf(out, "\n%s", command->text);
	if (has_options) {
		title(out, "Options");
		options(out, command->options);
	}
	title(out, "Options of every command");
	options(out, commands_common_options());
	if (!command->examples)
		return;
	title(out, "Examples");
	for (const struct example *e = command->examples; e->line; e++) {
		out_addz(out, "  ");
		out_role(out, ROLE_COMMAND, str_of(e->line));
		out_printf(out, "\n      %s\n", e->what);
	}
}

static int cmd_help(struct context *context)
{
	if (context->opts.words_count == 0) {
		help_overview(context->out);
		return EXIT_FINE;
	}
	const char *name = context->opts.words[0];
	const struct command *command = commands_find(name), *near = commands_nearest(name);
	if (command) {
		help_of_command(context->out, command);
		return EXIT_FINE;
	}
	return near ? context_usage(context, "there is no command \"%s\" (did you mean \"%s\"?)",
				    name, near->name)
		    : context_usage(context, "there is no command \"%s\"", name);
}

static const struct example examples[] = {
    {"kith help", "lists the commands"},
    {"kith help review", "says how the weekly review is written; so does `kith review --help`"},
    EXAMPLE_END,
};

const struct command command_help = {
    .name = "help",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_NOTHING,
    .summary = "list the commands, or say how one is used",
    .usage = "[COMMAND]",
    .examples = examples,
    .max_words = 1,
    .run = cmd_help,
};
