#include <string.h>

#include "agenda.h"
#include "change/commit.h"
#include "command.h"
#include "report/agenda.h"
#include "report/words.h"

/* A screenful: what is more is counted. */
#define MOST_PEOPLE 5
#define MOST_ITEMS  5

static void print_count(struct context *context, size_t all, size_t shown)
{
	if (all > shown)
		out_printf(context->out, "and %zu more\n", all - shown);
}

static void print_list(struct context *context, const char *heading, const json_t *list)
{
	if (json_array_size(list) == 0)
		return;
	out_addz(context->out, "\n");
	out_role(context->out, ROLE_STRONG, str_of(heading));
	out_addz(context->out, "\n");
	agenda_print_items(context, list, MOST_ITEMS);
	print_count(context, json_array_size(list), MOST_ITEMS);
}

/* Items of the days from..to ("YYYY-MM-DD", which compare as text) in a list of their own. */
static json_t *items_of(const json_t *model, const char *from, const char *to)
{
	json_t *list = json_array();
	const json_t *items = json_object_get(model, "items");
	for (size_t i = 0; i < json_array_size(items); i++) {
		json_t *item = json_array_get(items, i);
		const char *day = json_string_value(json_object_get(item, "day"));
		if (strcmp(day, from) >= 0 && strcmp(day, to) <= 0)
			json_array_append(list, item);
	}
	return list;
}

static void print_days(struct context *context, const json_t *model)
{
	char days[3][DAY_SIZE];
	for (civil_day i = 0; i < 3; i++)
		day_write(days[i], context->today - 1 + i);
	const struct {
		const char *heading, *from, *to;
	} lists[] = {{"Promised, and late", "", days[0]},
		     {"Today", days[1], days[1]},
		     {"This week", days[2], "9999-99-99"}};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		json_t *list = items_of(model, lists[i].from, lists[i].to);
		print_list(context, lists[i].heading, list);
		json_decref(list);
	}
	print_list(context, "Waiting for", json_object_get(model, "waiting"));
}

/* Whether something of the journal is not committed, or why git cannot say. */
static void print_pending(struct context *context)
{
	struct kith_error err = {0};
	struct git_pending pending = {0, 0};
	struct git_repo *repo = NULL;
	const struct git_api *git = context_git(context, &err);
	/* A repository whose format is not known has a history, which git alone can tell. */
	if (git && git->open(&repo, context->path, &context->around, &err) < 0 &&
	    err.status == KITH_UNSUPPORTED)
		return;
	if (!repo) {
		out_printf(context->out,
			   "Not in a git repository: nothing here has a history yet.\n");
		return;
	}
	struct str folder;
	if (commit_below_workdir(&folder, git->workdir(repo), context->path, context->arena,
				 &err) == 0 &&
	    git->pending(repo, folder.p, &pending, &err) == 0 &&
	    pending.changed + pending.untracked) {
		size_t files = pending.changed + pending.untracked;
		out_printf(context->out, "%zu file%s not committed yet; kith commit commits %s.\n",
			   files, files == 1 ? " is" : "s are", files == 1 ? "it" : "them");
	}
	git->close(repo);
}

/* The next command to type. */
static void print_next(struct context *context, size_t people)
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

static void print(struct context *context, const struct agenda *agenda, const json_t *model)
{
	size_t people = agenda->people.count;
	civil_day today = agenda->today;
	out_role(context->out, ROLE_STRONG,
		 arena_printf(context->arena, "%s %s", weekday_long(day_weekday(today)),
			      words_date(today, 0, context->arena).p));
	out_printf(context->out, " \xC2\xB7 %s\n\n",
		   words_count(context->journal->count, "person", "people", context->arena).p);
	agenda_print_people(context, model, MOST_PEOPLE);
	print_count(context, people, MOST_PEOPLE);
	if (!people)
		out_addz(context->out, context->journal->count
					   ? "Nobody is due this week. Enjoy it.\n"
					   : "Nobody is in the journal yet.\n");
	print_days(context, model);
	print_next(context, people);
	if (agenda->without_interval)
		out_printf(context->out, "%s no interval: kith never says when it is time.\n",
			   words_count(agenda->without_interval, "person has", "people have",
				       context->arena)
			       .p);
	print_pending(context);
}

static int cmd_today(struct context *context)
{
	struct agenda agenda;
	civil_day today = context->today;
	agenda_make(&agenda, context->journal, today, today + 7 - day_weekday(today));
	json_t *model = agenda_model(context->journal, &agenda);
	if (opts_has(&context->opts, "json")) {
		json_object_set_new(model, "without_interval",
				    json_integer((json_int_t)agenda.without_interval));
		out_json(context->out, model);
	} else {
		print(context, &agenda, model);
	}
	agenda_release(&agenda);
	json_decref(model);
	return EXIT_FINE;
}

const struct command command_today = {
    .name = "today",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .summary = "today's page, also without any command: kith",
    .usage = "",
    .text = "What is due, celebrated, planned and promised today and this week, in a\n"
	    "screenful; how many people have no interval, and whether something in the\n"
	    "journal is not committed.\n",
    .options =
	{
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith", "today's page"},
	    {"kith --today tomorrow", "tomorrow's"},
	},
    .max_words = 0,
    .run = cmd_today,
};
