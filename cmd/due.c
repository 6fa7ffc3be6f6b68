#include "agenda.h"
#include "command.h"
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

static int cmd_due(struct context *context)
{
	const char *within = opts_value(&context->opts, "within");
	civil_day today = context->today, until = today + 7 - day_weekday(today);
	struct interval interval;
	struct week days;
	if (within) {
		if (!context_interval(context, "--within", within, &interval))
			return EXIT_USAGE;
		until = day_add(today, interval);
	}
	week_make_agenda(&days, context->journal, today, until);
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
    .summary = "say whom to get back to, and why",
    .usage = "",
    .text = "Lists everybody who is due by the end of the week: new ties first, then who\n"
	    "has a birthday or another date by then, then who has an interval of their\n"
	    "own or by a tag; of each by how long it is compared to the interval. Below:\n"
	    "dates, plans and promises of those days, with the promises whose day is past.\n",
    .options =
	{
	    {"within", "INTERVAL", "look so far ahead (default: to the week's Sunday)", 0},
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith due", "whom to get back to by Sunday, and what the days hold"},
	    {"kith due --within '2 weeks'", "the same for two weeks from today"},
	    {"kith due --json | jq -r '.people[].name'", "names alone"},
	},
    .max_words = 0,
    .run = cmd_due,
};
