#include "agenda.h"
#include "command.h"
#include "report/agenda.h"

static void print_heading(struct context *context, const char *heading, bool *first)
{
	out_addz(context->out, *first ? "" : "\n");
	out_role(context->out, ROLE_STRONG, str_of(heading));
	out_addz(context->out, "\n");
	*first = false;
}

static void print(struct context *context, const json_t *model)
{
	static const struct {
		const char *key, *heading;
	} lists[] = {{"items", "Dates, plans and promises"}, {"waiting", "Waiting for"}};
	bool first = true;
	if (json_array_size(json_object_get(model, "people"))) {
		agenda_print_people(context, model, SIZE_MAX);
		first = false;
	}
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const json_t *list = json_object_get(model, lists[i].key);
		if (json_array_size(list) == 0)
			continue;
		print_heading(context, lists[i].heading, &first);
		agenda_print_items(context, list, SIZE_MAX);
	}
	if (first)
		out_printf(context->out, "nothing is due until %s\n",
			   json_string_value(json_object_get(model, "until")));
}

static int cmd_due(struct context *context)
{
	const char *within = opts_value(&context->opts, "within");
	civil_day today = context->today, until = today + 7 - day_weekday(today);
	struct interval interval;
	struct agenda agenda;
	if (within) {
		if (!context_interval(context, "--within", within, &interval))
			return EXIT_USAGE;
		until = day_add(today, interval);
	}
	agenda_make(&agenda, context->journal, today, until);
	json_t *model = agenda_model(context->journal, &agenda);
	agenda_release(&agenda);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, model);
	else
		print(context, model);
	json_decref(model);
	return EXIT_FINE;
}

const struct command command_due = {
    .name = "due",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .summary = "say whom to get back to, and why",
    .usage = "",
    .text = "Lists everybody who is due by the end of the week: new ties first, then who\n"
	    "has a birthday or another date by then, then by how long it is compared to\n"
	    "the interval that they aim for. Below: dates, plans and promises of those\n"
	    "days, with the promises that are late.\n",
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
