#include "report/brief.h"

#include "change/news.h"
#include "change/templates.h"
#include "command.h"
#include "insight/reckon.h"
#include "locate.h"
#include "webpage.h"
#include "who.h"

/* So large a page may become. */
#define LARGEST_PAGE ((size_t)1024 * 1024)

static bool is_twice(const uint32_t *who, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++)
		if (who[i] == who[count - 1])
			return true;
	return false;
}

/* `ada,grace`, or one person of several words. False after saying who is nobody. */
static bool find_briefed(struct context *context, uint32_t **who, size_t *count)
{
	struct str rest = opts_joined(&context->opts, 0, context->arena);
	*who = ARENA_ARRAY(context->arena, uint32_t, rest.n + 1);
	*count = 0;
	for (bool more = true; more;) {
		size_t comma = str_find_char(rest, ',');
		more = comma < rest.n;
		uint32_t found = who_is(context, str_trim(str_upto(rest, comma)));
		if (found == NO_CONTACT)
			return false;
		(*who)[(*count)++] = found;
		*count -= is_twice(*who, *count);
		rest = str_from(rest, comma + 1);
	}
	return true;
}

static int print_brief(struct context *context, json_t *model)
{
	struct kith_error err = {0};
	struct buf page;
	int status = EXIT_FINE;
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, model);
		return EXIT_FINE;
	}
	buf_init(&page, LARGEST_PAGE);
	if (templates_render(&page, context->dir, "brief.txt",
			     opts_value(&context->opts, "template"), model, &err))
		status = context_fail(context, &err);
	else
		out_printf(context->out, "%.*s\n", STR_ARG(str_rtrim(buf_str(&page))));
	json_decref(model);
	buf_release(&page);
	return status;
}

/*
 * What changed about each since the last talk. History takes longer to open than the page to make:
 * it is asked only of somebody whose file was written since, and in a repository.
 */
static const struct differences *find_changes(struct context *context, const uint32_t *who,
					      size_t count)
{
	struct differences *changes = ARENA_ARRAY(context->arena, struct differences, count);
	const struct journal *journal = context->journal;
	bool failed = !locate_has_repo(context->path, context->arena);
	for (size_t i = 0; i < count && !failed; i++) {
		struct kith_error err = {0};
		civil_day last =
		    journal->contacts[who[i]].unread
			? NO_DAY
			: reckon_one(journal, who[i], context->today, context->today).last;
		if (last == NO_DAY || !news_since_may_be(journal, who[i], last))
			continue;
		failed = context_repo(context, &err) < 0;
		const struct history_order order = {
		    .git = context->git, .repo = context->repo, .below = context->below};
		if (!failed && news_since(&changes[i], &order, journal, who[i], last,
					  context->today, context->arena, &err) < 0)
			out_say(context->out, "what changed is not told: %s", err.message);
	}
	return changes;
}

static int cmd_brief(struct context *context)
{
	struct webpage page = {.kind = "brief", .above = "Before you meet", .chart_from = NO_DAY};
	const struct entry *meeting = NULL;
	uint32_t *who = NULL;
	size_t count = 0;
	bool next = opts_has(&context->opts, "next");
	if (next == (context->opts.words_count > 0))
		return context_usage(context, next ? "--next says who it is with: name nobody"
						   : "it needs WHO, or --next");
	if (!webpage_asked(&page, context))
		return EXIT_USAGE;
	if (next)
		meeting =
		    brief_next(context->journal, context->today, &who, &count, context->arena);
	else if (!find_briefed(context, &who, &count))
		return EXIT_PROBLEM;
	if (!count) {
		out_say(context->out, "no meeting is planned");
		return EXIT_FINE;
	}
	json_t *model = brief_model(context->journal, who, count, meeting,
				    find_changes(context, who, count), context->today);
	return page.wanted ? webpage_put(&page, context, model) : print_brief(context, model);
}

const struct command command_brief = {
    .name = "brief",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "say what to know before you meet somebody",
    .usage = "WHO[,WHO...] | --next",
    .text = "The page for the lift: the last talk, what is open both ways, dates ahead, what\n"
	    "they are into and whom they know, what is new in their file since you last\n"
	    "talked, as far as it is committed (title, organisation, place, status, address,\n"
	    "name), what you did with others since (there is something to tell), and what\n"
	    "the journal does not know. Of several people also what connects them. The page\n"
	    "is the template brief.txt; put your own into the journal's templates/.\n",
    .options =
	{
	    {"next", NULL, "of the next planned meeting", 0},
	    {"template", "FILE", "another template than brief.txt", 0},
	    {"json", NULL, "print as JSON", 0},
	    WEBPAGE_HTML,
	    WEBPAGE_FILE,
	    WEBPAGE_OPEN,
	},
    .examples =
	{
	    {"kith brief ada", "before you see Ada"},
	    {"kith brief ada,grace", "before you see both"},
	    {"kith brief --next", "before whatever comes next"},
	    {"kith brief ada --html -o ada.html", "a page for the phone, or to print"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_LIST, KIND_TEXT},
    .looks_back = true,
    .run = cmd_brief,
};
