#include "report/timeline.h"
#include "base/interval.h"
#include "command.h"
#include "query.h"

/* What is told where nobody says which days. */
#define USUAL_SPAN "3mo.."

static void print_timeline(struct context *context, enum list_format format,
			   const struct meeting *items, size_t count)
{
	static const struct table_column columns[] = {
	    {.heading = "day"},
	    {.heading = "time"},
	    {.heading = "who", .min = 12},
	    {.heading = "what", .min = 20},
	};
	const struct prose prose = {context->journal, STR("")};
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < count; i++) {
		const struct entry *e = items[i].entry;
		bool ahead = talk_kind_of(e, context->today) == TALK_PLANNED;
		table_addf(&table, ahead ? ROLE_GOOD : ROLE_PLAIN, "%s", day_text(e->day).z);
		table_add(&table, e->time, ROLE_PLAIN);
		table_add(&table, timeline_people(&prose, &items[i], &table.arena), ROLE_STRONG);
		table_add(&table, timeline_text(&prose, &items[i], context->today, &table.arena),
			  ROLE_PLAIN);
	}
	out_table_as(context->out, &table, format_of_table(format));
	table_release(&table);
}

/* Leaves the entries of whose people one fits, the latest of them where there is a limit. */
static struct meeting *keep_asked_for(struct context *context, struct meetings *all,
				      const struct query *query, size_t *count)
{
	struct term_match match;
	size_t kept = 0;
	term_match_init(&match, context->journal, context->today);
	for (size_t i = 0; i < all->count; i++) {
		const struct meeting *m = &all->items[i];
		struct str image = context->journal->contacts[m->owner].image;
		struct str text = journal_place(context->journal, m->entry)
				      ? m->entry->text
				      : span_str(image, m->entry->block);
		struct arena_mark mark = arena_mark(context->arena);
		size_t people;
		const uint32_t *who = meeting_people(&people, m, context->journal, context->arena);
		bool fits = false;
		for (size_t w = 0; w < people && !fits; w++)
			fits = query_fits_entry(query, &match, who[w], text);
		arena_rewind(context->arena, mark);
		if (fits)
			all->items[kept++] = *m;
	}
	term_match_release(&match);
	*count = kept < query->limit ? kept : query->limit;
	return all->items + (kept - *count);
}

/* The days, if the first word says some; *first: which word the query begins with. */
static int read_days_asked(struct context *context, civil_day *from, civil_day *to, size_t *first)
{
	const struct term_reader reader = {context->journal, context->today, context->arena, false};
	const struct opts *opts = &context->opts;
	struct kith_error err = {0};
	*first = 0;
	if (opts->words_count) {
		if (term_read_span(from, to, &reader, str_of(opts->words[0]), &err) == 0) {
			*first = 1;
			return EXIT_FINE;
		}
		if (err.status == KITH_INVALID)
			return context_usage(context, "%s", err.message);
	}
	return term_read_span(from, to, &reader, STR(USUAL_SPAN), &err)
		   ? context_fail(context, &err)
		   : EXIT_FINE;
}

static int cmd_timeline(struct context *context)
{
	struct meetings all;
	struct query query;
	enum list_format format;
	civil_day from, to;
	size_t first, count;
	bool explained;
	int status = format_of(context, &format);
	if (status == EXIT_FINE)
		status = read_days_asked(context, &from, &to, &first);
	if (status == EXIT_FINE)
		status = query_of_words(context, &query, first, &explained);
	if (status != EXIT_FINE || explained)
		return status;
	meetings_between(&all, context->journal, from, to);
	const struct meeting *items = keep_asked_for(context, &all, &query, &count);
	if (format == LIST_JSON || format == LIST_NDJSON)
		format_models(context, format, "entries",
			      timeline_model(context->journal, items, count, context->today));
	else
		print_timeline(context, format, items, count);
	if (format == LIST_TABLE && !count)
		out_say(context->out, "nothing happened then");
	meetings_release(&all);
	return EXIT_FINE;
}

const struct command command_timeline = {
    .name = "timeline",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "list entries in the order of time",
    .usage = "[SPAN] [QUERY]",
    .text = "Lists what was logged, with whom, the latest last: a meeting of several people\n"
	    "once. SPAN is a range of days as in `kith help query`: 2026-03, last-week,\n"
	    "1y..6mo; without one, the last three months and what is planned. A query leaves\n"
	    "what one of the people fits; text: is the entry's.\n",
    .options =
	{
	    {"format", "HOW", "table, plain, csv, tsv, json or ndjson (a JSON a line)", 0},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith timeline", "three months, and what is planned"},
	    {"kith timeline last-week", "what happened last week"},
	    {"kith timeline 2025..2026 ada", "all with Ada in these years"},
	    {"kith timeline .. text:grant limit:20", "the last twenty that speak of a grant"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_SPAN | KIND_QUERY},
    .looks_back = true,
    .run = cmd_timeline,
};
