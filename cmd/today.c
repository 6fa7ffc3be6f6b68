#include "agenda.h"
#include "applying.h"
#include "base/text.h"
#include "change/review.h"
#include "command.h"
#include "report/agenda.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

/* A screenful: what is more is counted. */
#define MOST_PEOPLE 5
#define MOST_ITEMS  5
#define MOST_NAMED  5

static void print_days(struct context *context, const struct week *days)
{
	civil_day today = days->today;
	const struct agenda_list lists[] = {
	    {"Promised before", WEEK_DAYS, DAY_MIN, today - 1},
	    {"Today", WEEK_DAYS, today, today},
	    {"This week", WEEK_DAYS, today + 1, DAY_MAX},
	    {"Waiting for", WEEK_WAITING, DAY_MIN, DAY_MAX},
	};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		(void)agenda_print_list(context, days, &lists[i], MOST_ITEMS, true);
}

/* Where it was synced once: that it is long ago. The day stands in a file of the repository. */
static void print_last_sync(struct context *context)
{
	struct buf text;
	civil_day day;
	buf_init(&text, 64);
	context->git->last_sync(&text, context->repo);
	if (date_parse_all(buf_str(&text), &day) == DATE_OK &&
	    day_add(day, context->journal->config.sync_remind) < context->today)
		out_printf(context->out, "Last synced %s: kith sync\n",
			   words_relative(day, context->today, context->arena).p);
	buf_release(&text);
}

/* Whether something of the journal is not committed, or why git cannot say. */
static void print_pending(struct context *context)
{
	struct kith_error err = {0};
	size_t files = 0;
	if (context_repo(context, &err)) {
		/* One whose format is not known has a history, which git alone can tell. */
		if (err.status != KITH_UNSUPPORTED)
			out_addz(context->out,
				 "Not in a git repository: nothing here has a history yet.\n");
		return;
	}
	const struct gather_order order =
	    writing_gather_order(context, &context->journal->config, (struct strs){NULL, 0});
	print_last_sync(context);
	enum git_state state = context->git->state(context->repo);
	const char *way = git_state_way(state);
	if (gather_count(&files, &order, context->arena, &err) == 0 && files)
		out_printf(context->out, "%zu file%s not committed yet%s%s.\n", files,
			   files == 1 ? " is" : "s are", way ? "" : "; kith commit commits ",
			   way          ? ""
			   : files == 1 ? "it"
					: "them");
	if (way)
		out_printf(context->out, "The repository is in the middle of %s; %s.\n",
			   git_state_words(state), way);
}

/* What was done on the pages of this week and the last, and is in no file yet. */
static void print_waiting(struct context *context)
{
	civil_day monday = context->today - day_weekday(context->today) + 1;
	for (civil_day week = monday - 7; week <= monday; week += 7) {
		struct str words =
		    applying_waiting(context, review_path(context->journal, week, context->arena));
		if (words.n)
			out_printf(context->out, "%.*s: kith apply\n", STR_ARG(words));
	}
}

/* The next command to type. */
static void print_next_step(struct context *context, size_t people)
{
	out_addz(context->out, "\nNext: ");
	if (context->journal->count == 0)
		out_addz(context->out, "kith met NAME for somebody new, kith add NAME for others");
	else if (people)
		out_role(context->out, ROLE_COMMAND, STR("kith review -e"));
	else
		out_role(context->out, ROLE_COMMAND, STR("kith due --within '2 weeks'"));
	out_addz(context->out, "\n");
}

static void print_without(struct context *context, const struct remarks *people)
{
	if (people->count == 0)
		return;
	out_printf(context->out, "%s no interval, so kith never says when it is time:",
		   words_count(people->count, "person has", "people have", context->arena).p);
	for (size_t i = 0; i < people->count && i < MOST_NAMED; i++) {
		struct str name = context->journal->contacts[people->items[i].who].name;
		out_printf(context->out, "%s %.*s", i ? "," : "",
			   STR_ARG(text_line(name, context->arena)));
	}
	if (people->count > MOST_NAMED)
		out_printf(context->out, " and %zu more", people->count - MOST_NAMED);
	out_addz(context->out, "\n");
}

static void print_today(struct context *context, const struct week *days)
{
	size_t people = days->reach_out.count;
	civil_day today = days->today;
	out_role(context->out, ROLE_STRONG,
		 arena_printf(context->arena, "%s %s", weekday_long(day_weekday(today)),
			      words_date(today, 0, context->arena).p));
	out_printf(context->out, " \xC2\xB7 %s\n\n",
		   words_count(context->journal->count, "person", "people", context->arena).p);
	agenda_print_people(context, days, MOST_PEOPLE);
	agenda_print_rest(context, people, MOST_PEOPLE);
	if (!context->journal->count)
		out_addz(context->out, "Nobody is in the journal yet.\n");
	else if (!people)
		out_printf(context->out, "Nobody is due this week.%s\n",
			   week_has_items(days) ? "" : " Enjoy it.");
	print_days(context, days);
	print_next_step(context, people);
	print_without(context, &days->people[WEEK_WITHOUT]);
	print_waiting(context);
	if (!context->past)
		print_pending(context);
}

static int cmd_today(struct context *context)
{
	struct week days;
	civil_day today = context->today;
	week_make_agenda(&days, context->journal, today, today + 7 - day_weekday(today));
	if (opts_has(&context->opts, "json")) {
		json_t *model = agenda_model(context->journal, &days);
		json_put(model, "without_interval", json_of_count(days.people[WEEK_WITHOUT].count));
		out_json(context->out, model);
	} else {
		print_today(context, &days);
	}
	week_release(&days);
	return EXIT_FINE;
}

const struct command command_today = {
    .name = "today",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "today's page, also without any command: kith",
    .usage = "",
    .text =
	"What is due, celebrated, planned and promised today and this week, in a\n"
	"screenful; who has no interval without that being meant, and whether something in the\n"
	"journal is not committed.\n",
    .options =
	{
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith", "today's page"},
	    {"kith --today tomorrow", "tomorrow's"},
	    {"kith --as-of 'last monday'", "what it said then"},
	},
    .max_words = 0,
    .looks_back = true,
    .run = cmd_today,
};
