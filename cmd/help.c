#include <stdio.h>

#include "command.h"
#include "manual.h"

static void print_title(struct out *out, const char *text)
{
	out_addz(out, "\n");
	out_role(out, ROLE_STRONG, str_of(text));
	out_addz(out, "\n");
}

static void begin_help_table(struct table *table)
{
	/* Two columns that are never cut: a line of help that ends in the middle helps nobody. */
	static const struct table_column columns[] = {{0}, {0}};
	table_init(table, columns, ARRAY_LEN(columns));
	table->indent = 2;
}

static void end_help_table(struct out *out, const char *title, struct table *table)
{
	struct buf text;
	buf_init(&text, 0);
	table_render(table, 0, false, &text);
	print_title(out, title);
	out_add(out, buf_str(&text));
	buf_release(&text);
	table_release(table);
}

static void add_row(struct table *table, const char *first, const char *second)
{
	table_add(table, str_of(first), ROLE_PLAIN);
	table_add(table, str_of(second), ROLE_PLAIN);
}

static void add_options(struct table *table, const struct opt *list)
{
	for (const struct opt *o = list; o && o->name; o++) {
		char letter[8] = "    ";
		if (o->letter)
			snprintf(letter, sizeof(letter), "-%c, ", o->letter);
		table_addf(table, ROLE_PLAIN, "%s--%s%s%s", o->letter ? letter : "", o->name,
			   o->value ? " " : "", o->value ? o->value : "");
		table_add(table, str_of(o->help), ROLE_PLAIN);
	}
}

static void print_common_options(struct out *out)
{
	struct table table;
	begin_help_table(&table);
	add_options(&table, commands_common_options());
	end_help_table(out, "Options of every command", &table);
}

static void print_group(struct out *out, const char *heading, enum command_group group)
{
	size_t count;
	const struct command *const *list = commands_list(&count);
	struct table table;
	begin_help_table(&table);
	for (size_t i = 0; i < count; i++)
		if (list[i]->group == group && !list[i]->hidden)
			add_row(&table, list[i]->name, list[i]->summary);
	end_help_table(out, heading, &table);
}

const struct example *help_week(void)
{
	static const struct example week[] = {
	    {"kith review -e", "Monday: the week's page, written, committed, opened"},
	    {"kith", "any morning: who is due, what is planned and promised"},
	    {"kith log ada", "after a talk: what came of it, typed at a prompt"},
	    {"kith promise ada the slides by friday", "a word given; `kith done ada` when kept"},
	    {"kith met Grace Hopper at the ACM dinner", "somebody new"},
	    {NULL, NULL},
	};
	return week;
}

static void print_week(struct out *out)
{
	struct table table;
	begin_help_table(&table);
	for (const struct example *e = help_week(); e->line; e++)
		add_row(&table, e->line, e->what);
	end_help_table(out, "A week", &table);
}

const char *help_as_of(void)
{
	return "--as-of reads the journal as git has it from an earlier day, and reckons\n"
	       "as of that day: `last monday`, 2026-05-04, 2026-05 (its end), or any commit\n"
	       "(HEAD~3, a tag), which is its committer's day. Of a day counts the last commit\n"
	       "until its end, by first parents. What is both a day and a commit's name is a\n"
	       "day. Only what was committed is seen, and nothing can be written.\n";
}

void help_overview(struct out *out)
{
	out_addz(out,
		 "kith keeps a plain-text journal of the people you work with: it says whom to\n"
		 "get back to, writes the weekly review, and notes what came of it.\n\n"
		 "usage: kith [COMMAND] [OPTION...]\n");
	print_week(out);
	print_group(out, "Every week", GROUP_WEEK);
	print_group(out, "People", GROUP_PEOPLE);
	print_group(out, "The journal", GROUP_JOURNAL);
	print_common_options(out);
	out_addz(out,
		 "\n`kith` alone is `kith today`; `kith COMMAND --help` says more of a command,\n"
		 "`kith help query` how people are asked for, `kith help format` what may stand\n"
		 "in the files, `kith help json` what programs read.\n"
		 "\n");
	out_addz(out, help_as_of());
	out_addz(
	    out,
	    "\n"
	    "The journal is found by -C, else KITH_DIR, else the nearest kith.yaml upward,\n"
	    "else `journal:` in ~/.config/kith/config.yaml.\n"
	    "Long output on a terminal is shown in KITH_PAGER, else PAGER, else less; NO_COLOR\n"
	    "takes the colours away.\n"
	    "The exit status is 0, 1 where problems were found, 2 for wrong usage.\n");
}

void help_of_command(struct out *out, const struct command *command)
{
	struct table table;
	begin_help_table(&table);
	add_options(&table, command->options);
	add_options(&table, commands_writing_options(command));
	bool has_options = table.count > 0;
	out_printf(out, "kith %s - %s\n\nusage: kith %s%s%s%s\n", command->name, command->summary,
		   command->name, has_options ? " [OPTION...]" : "",
		   command->usage && *command->usage ? " " : "",
		   command->usage ? command->usage : "");
	if (command->text)
		out_printf(out, "\n%s", command->text);
	if (has_options)
		end_help_table(out, "Options", &table);
	else
		table_release(&table);
	print_common_options(out);
	if (!command->examples[0].line)
		return;
	print_title(out, "Examples");
	for (const struct example *e = command->examples; e->line; e++) {
		out_addz(out, "  ");
		out_role(out, ROLE_COMMAND, str_of(e->line));
		out_printf(out, "\n      %s\n", e->what);
	}
}

static int cmd_help(struct context *context)
{
	const char *word = context->opts.words_count ? context->opts.words[0] : NULL;
	const struct manual_topic *topic = word ? manual_topic_named(word) : manual_overview();
	const struct command *command = topic ? NULL : commands_named(context, word);
	if (!topic && !command)
		return EXIT_USAGE;
	if (opts_has(&context->opts, "man"))
		manual_page(context, topic, command);
	else if (command)
		help_of_command(context->out, command);
	else if (word)
		manual_text(context->out, topic);
	else
		help_overview(context->out);
	return EXIT_FINE;
}

const struct command command_help = {
    .name = "help",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_NOTHING,
    .pages = true,
    .summary = "list the commands, or say how one is used",
    .usage = "[COMMAND|format|json|query]",
    .options = {{"man", NULL, "print a manual page, as roff for man(1)", 0}},
    .examples =
	{
	    {"kith help", "lists the commands"},
	    {"kith help review",
	     "says how the weekly review is written; so does `kith review --help`"},
	    {"kith help query", "says how people are asked for, by examples"},
	    {"kith help format", "says what may stand in the files"},
	    {"kith help json", "says what the commands print for programs"},
	    {"kith help --man log | man -l -", "the same as a manual page"},
	},
    .max_words = 1,
    .words = {KIND_COMMAND | KIND_TOPIC},
    .run = cmd_help,
};
