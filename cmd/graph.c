#include "report/graph.h"

#include "base/text.h"

#include "command.h"
#include "query.h"
#include "who.h"

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

static void print_graph(struct context *context, const struct ties *ties, const bool *in)
{
	struct buf dot;
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, graph_model(context->journal, ties, in));
		return;
	}
	buf_init(&dot, 0);
	graph_dot(&dot, context->journal, ties, in);
	out_add(context->out, buf_str(&dot));
	buf_release(&dot);
}

/* Of one, or from one to another. */
static int graph_of_people(struct context *context, const struct ties *ties)
{
	const struct opts *opts = &context->opts;
	bool models = opts_has(opts, "json") || opts_has(opts, "dot");
	uint32_t who = who_is(context, str_of(opts->words[0])), other;
	size_t count;
	if (who == NO_CONTACT)
		return EXIT_PROBLEM;
	if (opts->words_count == 1) {
		const bool *in = choose_around(context, ties, who);
		if (models)
			print_graph(context, ties, in);
		else
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
		print_graph(context, ties, in);
	else
		print_path(context, ties, path, count);
	return EXIT_FINE;
}

static int cmd_graph(struct context *context)
{
	const char *where = opts_value(&context->opts, "where");
	struct query query = {.limit = SIZE_MAX};
	struct ties ties;
	bool explained = false;
	int status = EXIT_FINE;
	if (where && context->opts.words_count)
		return context_usage(context, "say WHO, or --where QUERY");
	if (where)
		status = query_of_text(context, &query, str_of(where), &explained);
	if (status != EXIT_FINE || explained)
		return status;
	ties_make(&ties, context->journal, context->today);
	if (context->opts.words_count)
		status = graph_of_people(context, &ties);
	else
		print_graph(context, &ties, choose_tied(context, &ties, &query));
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
	    "from one to the other. Without WHO the whole of it, as a graph for Graphviz.\n",
    .options =
	{
	    {"where", "QUERY", "the graph of those whom a query means", 0},
	    {"dot", NULL, "as a graph for Graphviz", 0},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith graph ada", "who knows Ada, and how"},
	    {"kith graph ada grace", "who may introduce Ada to Grace"},
	    {"kith graph --where tag:acme | dot -Tsvg -o acme.svg", "a picture, with Graphviz"},
	},
    .max_words = 2,
    .words = {KIND_WHO},
    .looks_back = true,
    .run = cmd_graph,
};
