#include "base/interval.h"
#include "base/text.h"
#include "command.h"
#include "people/head.h"
#include "query.h"
#include "report/keeping.h"
#include "report/words.h"
#include "webpage.h"

/* So many of those whose wish is far from what happens. */
#define MOST_GAPS 10

static void print_year(struct context *context, const struct keeping *h)
{
	struct arena *arena = context->arena;
	out_printf(context->out, "52 weeks  %s\n", words_chart(h->by_week, CHART_WEEKS, arena).p);
	out_printf(context->out, "          %s with %s since %s\n",
		   words_count(h->talks, "conversation", "conversations", arena).p,
		   words_count(h->people, "person", "people", arena).p, day_text(h->from).z);
	if (h->channels_count)
		out_addz(context->out, "by        ");
	for (size_t i = 0; i < h->channels_count; i++) {
		struct str channel = h->channels[i].channel;
		out_printf(context->out, "%s%.*s %zu", i ? ", " : "",
			   STR_ARG(channel.n ? channel : STR("no channel")), h->channels[i].count);
	}
	out_addz(context->out, h->channels_count ? "\n" : "");
}

static void print_words_given(struct context *context, const struct keeping *h)
{
	struct arena *arena = context->arena;
	if (h->asked || h->gave)
		out_printf(context->out, "asked     %s, gave %s\n",
			   words_count(h->asked, "time", "times", arena).p,
			   words_count(h->gave, "time", "times", arena).p);
	if (!h->kept && !h->dropped && !h->open)
		return;
	out_printf(context->out, "promises  %zu kept", h->kept);
	if (h->late)
		out_printf(context->out, ", of them %zu after their day", h->late);
	if (h->timed)
		out_printf(context->out, ", %swithin %s", h->timed > 1 ? "half of them " : "",
			   keeping_days(h, arena).p);
	if (h->dropped)
		out_printf(context->out, ", %zu dropped", h->dropped);
	out_printf(context->out, ", %zu open\n", h->open);
}

/* With the lines that would make the wishes what happens anyway. */
static void print_gaps(struct context *context, const struct keeping *h)
{
	struct arena *arena = context->arena;
	if (!h->gaps_count)
		return;
	out_addz(context->out, "\n");
	out_role(context->out, ROLE_STRONG, STR("Wished, and usual"));
	out_addz(context->out, "\n");
	for (size_t i = 0; i < h->gaps_count && i < MOST_GAPS; i++) {
		const struct wish_gap *gap = &h->gaps[i];
		const struct contact *c = &context->journal->contacts[gap->who];
		struct str honest = interval_words(keeping_honest(gap->usual), arena);
		out_printf(context->out, "  %.*s: every %.*s wished, every %.*s usual\n",
			   STR_ARG(text_line(c->name, arena)),
			   STR_ARG(interval_words(gap->wished, arena)), STR_ARG(honest));
		out_addz(context->out, "    ");
		out_role(context->out, ROLE_COMMAND,
			 arena_printf(arena, "kith set %.*s cadence=%.*s",
				      STR_ARG(head_typed(c->slug, arena)), STR_ARG(honest)));
		out_addz(context->out, "\n");
	}
	if (h->gaps_count > MOST_GAPS)
		out_printf(context->out, "  and %zu more\n", h->gaps_count - MOST_GAPS);
}

static int cmd_stats(struct context *context)
{
	const struct journal *journal = context->journal;
	struct webpage page = {
	    .kind = "stats", .above = "52 weeks", .title = STR("A year of talks")};
	struct keeping keeping;
	struct query query;
	size_t count, hidden;
	bool explained;
	int status = query_of_words(context, &query, 0, &explained);
	if (status != EXIT_FINE || explained)
		return status;
	if (!webpage_asked(&page, context))
		return EXIT_USAGE;
	bool *fits = ARENA_ARRAY(context->arena, bool, journal->count + 1);
	const uint32_t *who =
	    query_select(&query, journal, context->today, true, &count, &hidden, context->arena);
	for (size_t i = 0; i < count; i++)
		fits[who[i]] = true;
	keeping_make(&keeping, journal, context->today, fits);
	page.chart_from = keeping.from;
	if (page.wanted) {
		status = webpage_put(&page, context, keeping_page_model(&keeping, journal));
	} else if (opts_has(&context->opts, "json")) {
		out_json(context->out, keeping_model(&keeping, journal));
	} else {
		print_year(context, &keeping);
		print_words_given(context, &keeping);
		print_gaps(context, &keeping);
	}
	keeping_release(&keeping);
	return status;
}

const struct command command_stats = {
    .name = "stats",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "say what your year was like: how often, how, words given and kept",
    .usage = "[QUERY]",
    .text = "Your own habits in 52 weeks, and nobody's worth: conversations week by week and\n"
	    "by channel, what you asked and gave, promises kept and how long they took, and\n"
	    "whose wished interval (their own or by a tag) is far from the usual one, with the\n"
	    "line that would make the wish honest. A query says with whom.\n",
    .options =
	{
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	    WEBPAGE_HTML,
	    WEBPAGE_FILE,
	    WEBPAGE_OPEN,
	},
    .examples =
	{
	    {"kith stats", "with everybody"},
	    {"kith stats tag:mentor", "with mentors"},
	    {"kith stats --html --open", "a page in the browser, with charts"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_QUERY},
    .looks_back = true,
    .run = cmd_stats,
};
