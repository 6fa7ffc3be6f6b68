#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "applying.h"
#include "base/fs.h"
#include "change/news.h"
#include "change/review.h"
#include "command.h"
#include "prompt.h"
#include "webpage.h"
#include "write.h"

/* The Monday of the week that is asked for; NO_DAY after saying what is wrong. */
static civil_day asked_monday(struct context *context)
{
	const struct opts *opts = &context->opts;
	civil_day monday = context->today - day_weekday(context->today) + 1;
	const char *word = opts->words_count ? opts->words[0] : NULL;
	bool next = opts_has(opts, "next"), last = opts_has(opts, "last");
	if (next + last + (word != NULL) > 1) {
		context_usage(context, "say one week: a WEEK, --next or --last");
		return NO_DAY;
	}
	if (next || last)
		return next ? monday + 7 : monday - 7;
	return word ? applying_week(context, word) : monday;
}

static int edit(struct context *context, const char *path)
{
	struct kith_error err = {0};
	out_flush(context->out);
	return prompt_open_editor(path, &err) == 0 ? EXIT_FINE : context_fail(context, &err);
}

static struct change page_change(struct context *context, const struct review_order *order,
				 const struct change_file *file)
{
	struct iso_week week = day_week(order->monday);
	struct arena *arena = context->arena;
	return (struct change){
	    .files = file,
	    .count = 1,
	    .subject = arena_printf(arena, "Write the review of week %d, %d", week.week, week.year),
	    .body = STR(""),
	    .trailer = review_trailer(order->monday, arena),
	    .anyway = true,
	    .adopt = true};
}

/* Says what became of the page, as the other commands do. */
static int tell_page(struct context *context, const struct change_result *result, const char *path,
		     bool changed, int status)
{
	if (!result->written && !result->unchanged)
		return status;
	out_printf(context->out, changed ? "wrote %s\n" : "%s is as it was\n", path);
	if (result->id[0])
		out_printf(context->out, "%s %.10s\n",
			   changed ? "committed" : "committed what you changed in it:", result->id);
	if (result->uncommitted.n && result->id[0]) {
		out_flush(context->out);
		out_say(context->out, "%.*s", STR_ARG(result->uncommitted));
	} else if (result->uncommitted.n) {
		out_flush(context->out);
		out_say(context->out, "%s is written, but not committed: %.*s", path,
			STR_ARG(result->uncommitted));
	}
	return status;
}

/* What was written in the editor: all of the page that git does not have. */
static int commit_edited_page(struct writing *w, struct str path)
{
	struct context *context = w->context;
	struct gathered all;
	char id[GIT_ID_SIZE] = "";
	int status = writing_gather(&all, context, w->config, (struct strs){&path, 1});
	if (status == EXIT_FINE)
		status = writing_commit_gathered(id, &all, context);
	if (id[0])
		out_printf(context->out, "committed what you wrote in it: %.10s\n", id);
	gather_end(&all);
	return status;
}

static int open_page(struct writing *w, struct str path)
{
	struct context *context = w->context;
	struct str full = arena_printf(context->arena, "%s/%s", context->path, path.p);
	int status = edit(context, full.p);
	bool by_hand = opts_has(&context->opts, "no-commit") || w->config->commit_manual;
	struct applied_pages done = {.model = NULL};
	if (status != EXIT_FINE)
		return status;
	status = applying_run(&done, w, (struct strs){&path, 1}, false);
	int committed = by_hand ? EXIT_FINE : commit_edited_page(w, path);
	return committed > status ? committed : status;
}

/* The pages that kith wrote so far; none without a repository. */
static struct review_pages pages_so_far(struct context *context, const struct review_order *order,
					struct str path)
{
	struct kith_error err = {0};
	struct review_pages pages = {.by_hand = false};
	if (fs_kind(context->dir, path.p) == FS_NONE || context_repo(context, &err) < 0)
		return pages;
	const struct review_past from = {
	    context->git, context->repo,
	    arena_printf(context->arena, "%.*s%.*s", STR_ARG(context->below), STR_ARG(path)).p,
	    review_trailer(order->monday, context->arena)};
	review_read_past(&pages, &from, context->arena);
	return pages;
}

/* The page in its place in the journal. */
static int write_week(struct context *context, const struct review_order *order)
{
	struct kith_error err = {0};
	struct review_page page;
	struct writing w;
	struct change_result result;
	struct str path = review_path(context->journal, order->monday, context->arena);
	int applied = applying_first(context), status = writing_begin(&w, context);
	struct review_pages past = pages_so_far(context, order, path);
	if (review_page_make(&page, context->journal, order, &past, context->dir, path.p, &err) <
	    0) {
		status = context_fail(context, &err);
	} else {
		const struct change_file file = {
		    .path = path, .edit = review_page_edit, .context = &page, .takes = true};
		const struct change change = page_change(context, order, &file);
		status = writing_make(&w, &change, &result);
		status = tell_page(context, &result, path.p, review_page_changed(&page), status);
		if (opts_has(&context->opts, "edit") && (result.written || result.unchanged)) {
			int edited = open_page(&w, path);
			status = edited > status ? edited : status;
		}
	}
	review_page_release(&page);
	writing_end(&w);
	return applied > status ? applied : status;
}

/* A page elsewhere, in no journal: nothing is committed. */
static int write_file(struct context *context, const struct review_order *order, const char *file)
{
	struct kith_error err = {0};
	struct review_page page;
	int rc = review_page_make(&page, context->journal, order,
				  &(struct review_pages){.by_hand = false}, AT_FDCWD, file, &err);
	if (rc == 0)
		rc = review_page_write(&page, file, &err);
	bool changed = rc == 0 && review_page_changed(&page);
	review_page_release(&page);
	if (rc < 0)
		return context_fail(context, &err);
	out_printf(context->out, changed ? "wrote %s\n" : "%s is as it was\n", file);
	return opts_has(&context->opts, "edit") ? edit(context, file) : EXIT_FINE;
}

static int print_page(struct context *context, const struct review_order *order)
{
	struct kith_error err = {0};
	struct buf page;
	buf_init(&page, 0);
	int rc = review_make_page(&page, context->journal, order, &err);
	if (rc == 0)
		out_add(context->out, buf_str(&page));
	buf_release(&page);
	return rc == 0 ? EXIT_FINE : context_fail(context, &err);
}

/*
 * What changed since the last page. Also for --stdout and --json git is opened only where there is
 * such a page, and a repository.
 */
static struct review_changes changes_before(struct context *context, civil_day monday)
{
	struct review_changes changes = {NULL, 0};
	struct kith_error err = {0};
	if (!news_may_be(context->journal, monday) || context_repo(context, &err) < 0)
		return changes;
	const struct history_order order = {
	    .git = context->git, .repo = context->repo, .below = context->below};
	if (news_find(&changes, &order, context->journal, monday, context->today, context->arena,
		      &err) < 0)
		out_say(context->out, "what changed is not told: %s", err.message);
	return changes;
}

static int put_webpage(struct context *context, struct webpage *page, struct review_order *order)
{
	const struct review_place place = {page->folder.p ? page->folder : STR(""), true};
	order->place = &place;
	page->chart_from = order->monday - 7 * CHART_WEEKS;
	return webpage_put(page, context, review_make_model(context->journal, order));
}

static int cmd_review(struct context *context)
{
	struct webpage page = {.kind = "review", .above = "Review", .own_output = true};
	const struct opts *opts = &context->opts;
	struct review_order order = {.today = context->today,
				     .monday = asked_monday(context),
				     .template_file = opts_value(opts, "template")};
	const char *file = opts_output(opts);
	if (order.monday == NO_DAY)
		return EXIT_USAGE;
	bool shown = opts_has(opts, "stdout") || (opts_has(opts, "output") && !file);
	if (opts_has(opts, "json") + opts_has(opts, "stdout") + opts_has(opts, "output") > 1)
		return context_usage(context, "say one of --stdout, --json and --output");
	if (!webpage_asked(&page, context))
		return EXIT_USAGE;
	if (opts_has(opts, "edit") && (opts_has(opts, "json") || shown || opts_has(opts, "html")))
		return context_usage(context, "--edit opens the week's page of Markdown: leave out "
					      "--stdout, --json and --html");
	if (context->past && !opts_has(opts, "json") && !shown && !file && !page.wanted)
		return context_usage(context, "--as-of goes only with --stdout, --json, "
					      "--html or --output");
	struct review_changes changes = changes_before(context, order.monday);
	order.changes = &changes;
	if (page.wanted)
		return put_webpage(context, &page, &order);
	if (opts_has(opts, "json")) {
		out_json(context->out, review_make_model(context->journal, &order));
		return EXIT_FINE;
	}
	if (shown)
		return print_page(context, &order);
	return file ? write_file(context, &order, file) : write_week(context, &order);
}

const struct command command_review = {
    .name = "review",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "write the weekly review",
    .usage = "[WEEK]",
    .text = "Writes a page of Markdown for the week, such as reviews/2026-W48.md, and\n"
	    "commits that file alone: what to remember this week, whom to get back to\n"
	    "and why, what is ahead, what was promised.\n"
	    "\n"
	    "Made again within its week, the page keeps what you did in it: ticks, notes,\n"
	    "and every line of your own stay to the byte, where they stand. What you ticked\n"
	    "and wrote on this page and earlier ones goes into the files first (kith apply);\n"
	    "on a terminal you are asked.\n"
	    "\n"
	    "WEEK is an ISO week (2026-W48) or a date in it.\n"
	    "\n"
	    "Links lead from the folder of reviews to the contacts; with -o FILE they are\n"
	    "the same, so keep FILE in that folder if they shall work.\n",
    .options =
	{
	    {"next", NULL, "the review of next week", 0},
	    {"last", NULL, "the review of last week", 0},
	    {"edit", NULL, "open the page in $VISUAL or $EDITOR, then commit it", 'e'},
	    {"stdout", NULL, "print a fresh page, write nothing", 0},
	    {"output", "FILE", "write the page to FILE instead, commit nothing", 'o'},
	    {"json", NULL, "print the page's model as JSON, write nothing", 0},
	    WEBPAGE_HTML,
	    WEBPAGE_OPEN,
	    {"template", "FILE", "use this Mustache template", 0},
	    {"no-commit", NULL, "write the page, leave committing to you", 0},
	},
    .examples =
	{
	    {"kith review", "write this week's page and commit it"},
	    {"kith review -e", "the same, open it, and commit what you wrote"},
	    {"kith review --stdout | less", "have a look, write nothing"},
	    {"kith review --html --open", "a fresh page in the browser"},
	    {"kith review --stdout --as-of 2026-05-04", "what that day's page was to be"},
	    {"kith review --next", "prepare next week's page"},
	    {"kith review 2026-W48", "the page of that week"},
	},
    .max_words = 1,
    .words = {KIND_WEEK},
    .looks_back = true,
    .run = cmd_review,
};
