#include "base/text.h"
#include "command.h"
#include "query.h"
#include "report/hits.h"

/* More are counted, where nobody said how many. */
#define MOST_HITS 100

/* On the page the line alone, of a person's own file; else the file, too. */
static void add_hit_place(struct table *table, struct context *context, enum list_format format,
			  const struct search_hit *hit)
{
	struct place place = hits_place(context->journal, hit);
	struct str path = hits_path(context->journal, hit);
	if (format != LIST_TABLE)
		table_addf(table, ROLE_DIM, "%.*s:%d:%d", STR_ARG(path), place.line, place.column);
	else if (hit->place)
		table_addf(table, ROLE_DIM, "%.*s:%d", STR_ARG(path), place.line);
	else
		table_addf(table, ROLE_DIM, "%d", place.line);
}

static void print_found(struct context *context, enum list_format format,
			const struct search_hit *items, size_t count)
{
	bool page = format == LIST_TABLE;
	const struct table_column columns[] = {
	    {.heading = "day"},
	    {.heading = "name", .min = 12},
	    {.heading = page ? "line" : "place", .right = true, .min = 12},
	    {.heading = "text", .min = 20},
	};
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &context->journal->contacts[items[i].who];
		table_addf(&table, ROLE_PLAIN, "%s", day_text(items[i].day).z);
		table_add(&table, c->name, ROLE_STRONG);
		table_link(&table, c->path);
		add_hit_place(&table, context, format, &items[i]);
		table_link(&table, hits_path(context->journal, &items[i]));
		table_add(&table, hits_text(context->journal, &items[i], &table.arena), ROLE_PLAIN);
	}
	out_table_as(context->out, &table, format_of_table(format));
	table_release(&table);
}

/* As editors and compilers have it. */
static void print_places(struct context *context, const struct search_hit *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &context->journal->contacts[items[i].who];
		struct place place = hits_place(context->journal, &items[i]);
		struct str text = items[i].person
				      ? c->name
				      : hits_text(context->journal, &items[i], context->arena);
		out_printf(
		    context->out, "%.*s:%d:%d: %.*s\n",
		    STR_ARG(text_line(hits_path(context->journal, &items[i]), context->arena)),
		    place.line, place.column, STR_ARG(text_line(text, context->arena)));
	}
}

static void print_hits(struct context *context, enum list_format format,
		       const struct search_hit *items, size_t count)
{
	if (format == LIST_JSON || format == LIST_NDJSON)
		format_models(context, format, "hits", hits_model(context->journal, items, count));
	else if (format == LIST_PLAIN)
		print_places(context, items, count);
	else
		print_found(context, format, items, count);
}

/* The words, and -e, which is an expression. */
static struct str search_text(struct context *context)
{
	const struct opts *opts = &context->opts;
	struct str words = query_join(opts->words, opts->words_count, context->arena);
	const char *expression = opts_value(opts, "regex");
	struct buf b;
	if (!expression)
		return words;
	buf_init(&b, 0);
	buf_addc(&b, '/');
	for (const char *z = expression; *z; z++) {
		if (*z == '/')
			buf_addc(&b, '\\');
		buf_addc(&b, *z);
		if (*z == '\\' && z[1])
			buf_addc(&b, *++z);
	}
	buf_printf(&b, words.n ? "/ (%.*s)" : "/%.*s", STR_ARG(words));
	return arena_take(context->arena, &b);
}

static int cmd_search(struct context *context)
{
	struct search_hits hits;
	struct query query;
	enum list_format format;
	bool explained;
	int status = format_of(context, &format);
	if (status == EXIT_FINE)
		status = query_of_search(context, &query, search_text(context), &explained);
	if (status != EXIT_FINE || explained)
		return status;
	if (!query_asks_text(&query))
		return context_usage(context,
				     "say which words to look for (kith list is for people)");
	search_journal(&hits, &query, context->journal, context->today);
	size_t most = query.limit != SIZE_MAX ? query.limit
		      : format == LIST_TABLE  ? MOST_HITS
					      : SIZE_MAX;
	size_t count = hits.count < most ? hits.count : most;
	print_hits(context, format, hits.items, count);
	if (format == LIST_TABLE && count < hits.count && query.limit == SIZE_MAX)
		out_say(context->out, "%zu more; limit:%zu shows all", hits.count - count,
			hits.count);
	if (format == LIST_TABLE && !hits.count)
		out_say(context->out, "nothing is found");
	search_release(&hits);
	return EXIT_FINE;
}

const struct command command_search = {
    .name = "search",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "search all notes and entries",
    .usage = "TEXT... [QUERY]",
    .text = "Looks for words in what you wrote: each entry, and each paragraph and item of\n"
	    "the notes beside them. All words must be there, or be in the name of the\n"
	    "person; each begins a word, whatever its case and marks, and \"words in quotes\"\n"
	    "stand one after the other. The rest of a query says whose notes are meant.\n"
	    "People come first, then whole words, then the latest.\n",
    .options =
	{
	    {"regex", "REGEX", "look for a regular expression", 'e'},
	    {"format", "HOW", "table, plain (path:line:column: text), csv, tsv, json or ndjson", 0},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith search noodles", "who said what of them, and when"},
	    {"kith search ada grant", "what Ada said of a grant, and who else of Ada's"},
	    {"kith search grant tag:mentor last:1y..", "of mentors whom you met within a year"},
	    {"kith search '\"open licence\"'", "these words, one after the other"},
	    {"kith search -e 'gr[ae]y'", "a regular expression"},
	    {"vim -q <(kith search grant --format plain)", "each place in turn, in an editor"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_QUERY},
    .looks_back = true,
    .run = cmd_search,
};
