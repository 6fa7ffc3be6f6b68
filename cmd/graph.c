#include "report/graph.h"

#include "base/text.h"

#include "command.h"
#include "picture.h"
#include "query.h"
#include "who.h"

/* So large a picture may become. */
#define LARGEST_PICTURE ((size_t)64 * 1024 * 1024)

/* What --format says, or --dot; NULL for neither. False after saying that it is none. */
static bool graph_format(struct context *context, const char **format)
{
	const struct opts *opts = &context->opts;
	const char *said = opts_value(opts, "format");
	*format = opts_has(opts, "dot") ? graph_formats[0] : NULL;
	for (size_t i = 0; said && graph_formats[i]; i++)
		if (str_eq(str_of(said), str_of(graph_formats[i])))
			*format = graph_formats[i];
	if (said && !str_eq(str_of(*format ? *format : ""), str_of(said)))
		context_usage(context, "--format is dot, svg or png, not \"%s\"", said);
	else if (said && opts_has(opts, "json"))
		context_usage(context, "say one of --format and --json");
	else if (opts_has(opts, "output") && (opts_has(opts, "json") || !*format))
		context_usage(context, "-o takes a graph: say --format dot, svg or png, too");
	else
		return true;
	return false;
}

/* Whoever of those that fit is tied to another of them. */
static bool *choose_tied(struct context *context, const struct ties *ties,
			 const struct query *query)
{
	const struct journal *journal = context->journal;
	bool *fits = ARENA_ARRAY(context->arena, bool, journal->count + 1);
	bool *in = ARENA_ARRAY(context->arena, bool, journal->count + 1);
	size_t count, hidden;
	const uint32_t *who = query_select(query, journal, context->today, !query->root, &count,
					   &hidden, context->arena);
	for (size_t i = 0; i < count; i++)
		fits[who[i]] = true;
	for (size_t i = 0; i < ties->count; i++)
		if (fits[ties->items[i].a] && fits[ties->items[i].b])
			in[ties->items[i].a] = in[ties->items[i].b] = true;
	return in;
}

/* One person with those who are tied to them, and how. */
static bool *choose_around(struct context *context, const struct ties *ties, uint32_t who)
{
	bool *in = ARENA_ARRAY(context->arena, bool, context->journal->count + 1);
	in[who] = true;
	for (size_t i = 0; i < ties->count; i++) {
		in[ties->items[i].b] |= ties->items[i].a == who;
		in[ties->items[i].a] |= ties->items[i].b == who;
	}
	return in;
}

static void print_around(struct context *context, const struct ties *ties, uint32_t who,
			 const bool *in)
{
	static const struct table_column columns[] = {{.heading = NULL, .min = 12},
						      {.heading = NULL, .min = 16}};
	const struct journal *journal = context->journal;
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	table.indent = 2;
	for (uint32_t i = 0; i < journal->count; i++) {
		if (!in[i] || i == who)
			continue;
		table_add(&table, journal->contacts[i].name, ROLE_STRONG);
		table_add(&table, graph_words(ties_between(ties, who, i), who, &table.arena),
			  ROLE_PLAIN);
	}
	if (table.count == 0)
		out_say(context->out, "nobody is known to know them");
	out_table(context->out, &table);
	table_release(&table);
}

/* All ties of those who are `in`, a line each. */
static void print_all_ties(struct context *context, const struct ties *ties, const bool *in)
{
	static const struct table_column columns[] = {{.heading = "who", .min = 8},
						      {.heading = "whom", .min = 8},
						      {.heading = "how", .min = 8}};
	const struct contact *contacts = context->journal->contacts;
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < ties->count; i++) {
		const struct tie *tie = &ties->items[i];
		if (!in[tie->a] || !in[tie->b])
			continue;
		table_add(&table, contacts[tie->a].name, ROLE_STRONG);
		table_add(&table, contacts[tie->b].name, ROLE_STRONG);
		table_add(&table, graph_words(tie, tie->a, &table.arena), ROLE_PLAIN);
	}
	if (table.count == 0)
		out_say(context->out, "nobody is known to know another of them");
	else
		out_table(context->out, &table);
	table_release(&table);
}

/* `Ada`, `  introduced Bob`, `  knows Cid`. */
static void print_path(struct context *context, const struct ties *ties, const uint32_t *path,
		       size_t count)
{
	const struct journal *journal = context->journal;
	for (size_t i = 0; i < count; i++) {
		struct str how = STR("");
		if (i)
			how = graph_words(ties_between(ties, path[i - 1], path[i]), path[i - 1],
					  context->arena);
		out_printf(context->out, "%s%.*s%s", i ? "  " : "", STR_ARG(how), i ? ": " : "");
		out_role(context->out, ROLE_STRONG,
			 text_line(journal->contacts[path[i]].name, context->arena));
		out_addz(context->out, "\n");
	}
}

/* Into the file of -o, or to standard output. */
static int put_graph(struct context *context, struct str bytes, bool picture)
{
	const char *file = opts_output(&context->opts);
	struct kith_error err = {0};
	if (file && picture_write(file, bytes, &err) < 0)
		return context_fail(context, &err);
	if (file)
		out_printf(context->out, "wrote %s\n", file);
	else if (picture && context->out->terminal)
		return context_usage(context, "a picture is nothing for a terminal: say a FILE "
					      "with -o");
	else
		out_add(context->out, bytes);
	return EXIT_FINE;
}

static int print_graph(struct context *context, const struct ties *ties, const bool *in)
{
	struct kith_error err = {0};
	struct buf dot, picture;
	const char *format;
	int status = EXIT_FINE;
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, graph_model(context->journal, ties, in));
		return status;
	}
	(void)graph_format(context, &format);
	bool drawn = format && format != graph_formats[0];
	buf_init(&dot, 0);
	buf_init(&picture, LARGEST_PICTURE);
	graph_dot(&dot, context->journal, ties, in);
	if (drawn && picture_draw(&picture, format, buf_str(&dot), &err) < 0)
		status = context_fail(context, &err);
	else
		status = put_graph(context, buf_str(drawn ? &picture : &dot), drawn);
	buf_release(&picture);
	buf_release(&dot);
	return status;
}

/* Whether it is for a program: else for eyes. */
static bool graph_as_model(const struct opts *opts)
{
	return opts_has(opts, "json") || opts_has(opts, "dot") || opts_has(opts, "format");
}

/* Of all whom a query means. */
static int graph_of_all(struct context *context, const struct ties *ties, const struct query *query)
{
	const bool *in = choose_tied(context, ties, query);
	if (graph_as_model(&context->opts))
		return print_graph(context, ties, in);
	print_all_ties(context, ties, in);
	return EXIT_FINE;
}

/* Of one, or from one to another. */
static int graph_of_people(struct context *context, const struct ties *ties)
{
	const struct opts *opts = &context->opts;
	bool models = graph_as_model(opts);
	uint32_t who = who_is(context, str_of(opts->words[0])), other;
	size_t count;
	if (who == NO_CONTACT)
		return EXIT_PROBLEM;
	if (opts->words_count == 1) {
		const bool *in = choose_around(context, ties, who);
		if (models)
			return print_graph(context, ties, in);
		print_around(context, ties, who, in);
		return EXIT_FINE;
	}
	other = who_is(context, str_of(opts->words[1]));
	if (other == NO_CONTACT)
		return EXIT_PROBLEM;
	const uint32_t *path =
	    ties_path(&count, ties, context->journal->count, who, other, context->arena);
	if (!count) {
		out_say(context->out, "nobody is known to lead from one to the other");
		return EXIT_PROBLEM;
	}
	bool *in = ARENA_ARRAY(context->arena, bool, context->journal->count + 1);
	for (size_t i = 0; i < count; i++)
		in[path[i]] = true;
	if (models)
		return print_graph(context, ties, in);
	print_path(context, ties, path, count);
	return EXIT_FINE;
}

static int cmd_graph(struct context *context)
{
	const char *where = opts_value(&context->opts, "where"), *format;
	struct query query = {.limit = SIZE_MAX};
	struct ties ties;
	bool explained = false;
	int status = EXIT_FINE;
	if (where && context->opts.words_count)
		return context_usage(context, "say WHO, or --where QUERY");
	if (!graph_format(context, &format))
		return EXIT_USAGE;
	if (where)
		status = query_of_text(context, &query, str_of(where), &explained);
	if (status != EXIT_FINE || explained)
		return status;
	ties_make(&ties, context->journal, context->today);
	if (context->opts.words_count)
		status = graph_of_people(context, &ties);
	else
		status = graph_of_all(context, &ties, &query);
	ties_release(&ties);
	return status;
}

const struct command command_graph = {
    .name = "graph",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "say who knows whom",
    .usage = "[WHO [WHO]]",
    .text = "Of one person: those who are tied to them, and how: who introduced whom, what\n"
	    "`knows` says, conversations of several, links in notes. Of two: a shortest way\n"
	    "from one to the other. Without WHO all ties, a line each; --dot makes any of\n"
	    "these a graph for Graphviz.\n",
    .options =
	{
	    {"where", "QUERY", "the ties among those whom a query means", 0},
	    {"dot", NULL, "as a graph for Graphviz", 0},
	    {"format", "KIND", "dot, or a picture by Graphviz's program dot: svg, png", 0},
	    {"output", "FILE", "with --format: write it to FILE", 'o'},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith graph ada", "who knows Ada, and how"},
	    {"kith graph ada grace", "who may introduce Ada to Grace"},
	    {"kith graph --where tag:acme", "who of Acme knows whom there"},
	    {"kith graph --where tag:acme --format svg -o acme.svg", "a picture, with Graphviz"},
	},
    .max_words = 2,
    .words = {KIND_WHO},
    .looks_back = true,
    .run = cmd_graph,
};
