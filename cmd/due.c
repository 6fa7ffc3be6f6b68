#include "agenda.h"
#include "command.h"
#include "query.h"
#include "report/agenda.h"

static void print_due(struct context *context, const struct week *days)
{
	static const struct agenda_list lists[] = {
	    {"Dates, plans and promises", WEEK_DAYS, DAY_MIN, DAY_MAX},
	    {"Waiting for", WEEK_WAITING, DAY_MIN, DAY_MAX},
	};
	bool some = days->reach_out.count > 0;
	agenda_print_people(context, days, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		some |= agenda_print_list(context, days, &lists[i], SIZE_MAX, some);
	if (!some)
		out_printf(context->out, "nothing is due until %s\n", day_text(days->sunday).z);
}

/* Leaves who fits, and what is theirs. */
static void keep_fitting(struct context *context, struct week *days, const struct query *query)
{
	static const enum week_list lists[] = {WEEK_DAYS, WEEK_WAITING};
	struct reaches *people = &days->reach_out;
	struct term_match match;
	size_t kept = 0;
	term_match_init(&match, context->journal, context->today);
	for (size_t i = 0; i < people->count && kept < query->limit; i++)
		if (query_fits(query, &match, people->items[i].who, NULL))
			people->items[kept++] = people->items[i];
	people->count = kept;
	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		struct items *items = &days->lists[lists[l]];
		kept = 0;
		for (size_t i = 0; i < items->count; i++)
			if (query_fits(query, &match, items->items[i].who, NULL))
				items->items[kept++] = items->items[i];
		items->count = kept;
	}
	term_match_release(&match);
}

static int cmd_due(struct context *context)
{
	struct query query;
	bool explained;
	const char *within = opts_value(&context->opts, "within");
	civil_day today = context->today, until = today + 7 - day_weekday(today);
	struct interval interval;
	struct week days;
	if (within) {
		if (!context_interval(context, "--within", within, &interval))
			return EXIT_USAGE;
		until = day_add(today, interval);
	}
	int status = query_of_words(context, &query, 0, &explained);
	if (status != EXIT_FINE || explained)
		return status;
	week_make_agenda(&days, context->journal, today, until);
	keep_fitting(context, &days, &query);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, agenda_model(context->journal, &days));
	else
		print_due(context, &days);
	week_release(&days);
	return EXIT_FINE;
}

const struct command command_due = {
    .name = "due",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "say whom to get back to, and why",
    .usage = "[QUERY]",
    .text = "Lists everybody who is due by the end of the week: new ties first, then who\n"
	    "has a birthday or another date by then, then who has an interval of their\n"
	    "own or by a tag; of each by how long it is compared to the interval. Below:\n"
	    "dates, plans and promises of those days, with the promises whose day is past.\n",
    .options =
	{
	    {"within", "INTERVAL", "look so far ahead (default: to the week's Sunday)", 0},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith due", "whom to get back to by Sunday, and what the days hold"},
	    {"kith due --within '2 weeks'", "the same for two weeks from today"},
	    {"kith due in:London", "of those who are there; kith help query says more"},
	    {"kith due --json | jq -r '.people[].name'", "names alone"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_QUERY},
    .looks_back = true,
    .run = cmd_due,
};
