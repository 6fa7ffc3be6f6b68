#include "applying.h"

#include <stdlib.h>

#include "base/fs.h"
#include "change/review.h"
#include "change/rewrite.h"
#include "prompt.h"
#include "report/json.h"
#include "report/words.h"

civil_day applying_week(struct context *context, const char *word)
{
	struct iso_week week;
	civil_day day;
	if (week_parse(str_of(word), &week) && week_monday(week) != NO_DAY)
		return week_monday(week);
	if (date_parse_all(str_of(word), &day) == DATE_OK)
		return day - day_weekday(day) + 1;
	context_usage(context, "\"%s\" is not a week (2026-W48, or a date in it)", word);
	return NO_DAY;
}

static int compare_page_names(const void *a, const void *b)
{
	return str_cmp(str_base(*(const struct str *)a), str_base(*(const struct str *)b));
}

int applying_pages(struct strs *pages, struct context *context, civil_day monday, bool only)
{
	struct kith_error err = {0};
	if (rewrite_list_pages(pages, context->journal, !only, context->arena, &err))
		return context_fail(context, &err);
	size_t count = 0;
	for (size_t i = 0; i < pages->count; i++) {
		civil_day of = rewrite_page_monday(pages->items[i]);
		if (only ? of == monday : of <= monday)
			pages->items[count++] = pages->items[i];
	}
	pages->count = count;
	if (count)
		qsort(pages->items, count, sizeof(*pages->items), compare_page_names);
	return EXIT_FINE;
}

static int make_plan(struct apply_plan *plan, struct context *context, struct str path,
		     bool history, struct kith_error *err)
{
	struct kith_error ignored = {0};
	bool repo = history && context_repo(context, &ignored) == 0;
	const struct apply_order order = {.journal = context->journal,
					  .today = context->today,
					  .path = path,
					  .git = repo ? context->git : NULL,
					  .repo = repo ? context->repo : NULL,
					  .below = context->below};
	return apply_plan_make(plan, &order, context->arena, err);
}

/* The journal as it is now: a page was applied. */
static int read_again(struct context *context)
{
	struct journal *journal = context->journal;
	const struct journal_options options = {.threads = journal->threads};
	struct kith_error err = {0};
	journal_release(journal);
	return journal_load(journal, context->dir, &options, &err) ? context_fail(context, &err)
								   : EXIT_FINE;
}

static struct str week_of(const struct apply_plan *plan, struct arena *arena)
{
	return arena_printf(arena, "week %d", day_week(plan->monday).week);
}

/* `5 ticks on week 48 are not in the files yet`. */
static struct str waiting_words(const struct apply_plan *plan, struct arena *arena)
{
	size_t count = apply_plan_things(plan);
	bool ticks = true;
	for (size_t i = 0; i < plan->count; i++)
		ticks = ticks && !plan->steps[i].back && plan->steps[i].wish->what != APPLIED_LINE;
	struct str things =
	    words_count(count, ticks ? "tick" : "thing", ticks ? "ticks" : "things", arena);
	return arena_printf(arena, "%.*s on %.*s %s not in the files yet", STR_ARG(things),
			    STR_ARG(week_of(plan, arena)), count == 1 ? "is" : "are");
}

struct str applying_waiting(struct context *context, struct str path)
{
	struct kith_error err = {0};
	struct apply_plan plan = {.count = 0};
	struct str words = STR("");
	if (fs_kind(context->dir, path.p) == FS_NONE)
		return words;
	if (make_plan(&plan, context, path, false, &err) == 0 && apply_plan_things(&plan))
		words = waiting_words(&plan, context->arena);
	apply_plan_release(&plan);
	return words;
}

static void print_plan(struct context *context, const struct apply_plan *plan)
{
	out_printf(context->out, "%s:\n", week_of(plan, context->arena).p);
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->steps[i].refused)
			out_printf(context->out, "  %.*s\n", STR_ARG(plan->steps[i].told));
}

/* Whether what a page says may be applied: by the setting, or by who sits there. */
static bool may_apply(struct writing *w, const struct apply_plan *plan)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct str answer = STR("");
	if (w->config->apply != CONFIG_ASK)
		return w->config->apply == CONFIG_AUTO;
	if (!prompt_is_possible() || writing_is_json(w)) {
		out_say(context->out, "%.*s: kith apply",
			STR_ARG(waiting_words(plan, context->arena)));
		return false;
	}
	print_plan(context, plan);
	if (prompt_line(&answer, context, STR("put this into the files? [Y/n]"), &err))
		return false;
	answer = str_trim(answer);
	return answer.p && (answer.n == 0 || str_lower(answer.p[0]) == 'y');
}

static json_t *plan_model(const struct apply_plan *plan)
{
	json_t *model = json_of_object(), *things = json_of_list();
	struct iso_week week = day_week(plan->monday);
	for (size_t i = 0; i < plan->count; i++) {
		const struct apply_step *s = &plan->steps[i];
		if (s->refused)
			continue;
		const struct contact *c = &plan->order.journal->contacts[s->who];
		json_t *thing = json_of_object();
		json_put(thing, "slug", json_of_text(c->slug));
		json_put(thing, "day", json_of_day(s->day));
		json_put(thing, "back", json_boolean(s->back));
		json_put(thing, "text", json_of_line(s->told));
		json_push(things, thing);
	}
	json_put(model, "week",
		 json_of_line(arena_printf(plan->arena, "%04d-W%02d", week.year, week.week)));
	json_put(model, "path", json_of_text(plan->order.path));
	json_put(model, "things", things);
	return model;
}

/*
 * Makes the change; what cannot be written just now is left out, and the rest tried again.
 * *stale: a change that was cut off was finished first, so that the journal has to be read again.
 */
static int carry_out(struct writing *w, struct apply_plan *plan, struct change_result *result,
		     bool *stale)
{
	for (;;) {
		struct kith_error err = {0};
		if (writing_try(w, &plan->change, result, &err) == 0)
			return result->uncommitted.n ? EXIT_PROBLEM : EXIT_FINE;
		*stale = result->recovered.n && !result->written;
		if (*stale)
			return EXIT_PROBLEM;
		if (result->written ||
		    !apply_plan_refuse(plan, arena_str(plan->arena, str_of(err.path)),
				       arena_str(plan->arena, str_of(err.message)).p))
			return context_fail(w->context, &err);
		if (!apply_plan_changes(plan))
			return EXIT_PROBLEM;
	}
}

static int apply_page(struct applied_pages *done, struct writing *w, struct apply_plan *plan,
		      bool *stale)
{
	struct context *context = w->context;
	struct change_result result;
	bool json = writing_is_json(w);
	if (writing_is_dry(w) && !json)
		print_plan(context, plan);
	int status = carry_out(w, plan, &result, stale);
	bool shown = status == EXIT_FINE && writing_is_dry(w);
	if (!result.written && !shown)
		return status;
	done->pages++;
	done->things += apply_plan_things(plan);
	if (json && done->model) {
		json_t *model = plan_model(plan);
		json_put(model, "commit",
			 json_of_text(result.id[0] ? str_of(result.id) : STR_NONE));
		if (shown)
			json_put(model, "diff", json_of_text(w->diff));
		json_push(done->model, model);
	} else if (!shown && !json) {
		print_plan(context, plan);
		if (result.id[0])
			out_printf(context->out, "committed %.10s\n", result.id);
	}
	if (result.uncommitted.n) {
		out_flush(context->out);
		out_say(context->out, "it is written, but not committed: %.*s",
			STR_ARG(result.uncommitted));
	}
	return status;
}

static int run_page(struct applied_pages *done, struct writing *w, struct str path, bool asked)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct apply_plan plan;
	int status = EXIT_FINE;
	size_t before = done->pages;
	bool stale = false;
	if (make_plan(&plan, context, path, true, &err)) {
		status = context_fail(context, &err);
	} else if (apply_plan_changes(&plan) && (asked || may_apply(w, &plan))) {
		status = apply_page(done, w, &plan, &stale);
		asked = true;
	}
	if (stale) {
		apply_plan_release(&plan);
		status = read_again(context);
		return status == EXIT_FINE ? run_page(done, w, path, asked) : status;
	}
	if (asked)
		out_findings(context->out, &plan.diag);
	if (asked && status == EXIT_FINE && diag_has_error(&plan.diag))
		status = EXIT_PROBLEM;
	apply_plan_release(&plan);
	if (done->pages > before && !writing_is_dry(w) && read_again(context) != EXIT_FINE)
		status = EXIT_PROBLEM;
	return status;
}

int applying_run(struct applied_pages *done, struct writing *w, struct strs pages, bool asked)
{
	int status = EXIT_FINE;
	for (size_t i = 0; i < pages.count; i++) {
		int one = run_page(done, w, pages.items[i], asked);
		status = one > status ? one : status;
	}
	return status;
}

static int apply_first(struct context *context)
{
	struct applied_pages done = {.model = NULL};
	struct writing w;
	struct strs pages;
	civil_day monday = context->today - day_weekday(context->today) + 1;
	int status = applying_pages(&pages, context, monday, false);
	if (status != EXIT_FINE || context->journal->config.apply == CONFIG_NEVER)
		return status;
	status = writing_begin(&w, context);
	if (status == EXIT_FINE)
		status = applying_run(&done, &w, pages, false);
	writing_end(&w);
	return status;
}

/* Whether there is a page that may be applied: by the settings alone, which is soon read. */
static bool may_have_pages(struct context *context)
{
	struct kith_error ignored = {0};
	struct journal journal = {0};
	struct strs pages = {NULL, 0};
	civil_day monday = context->today - day_weekday(context->today) + 1;
	bool may = journal_load_config(&journal, context->dir, &ignored) != 0;
	context->journal = &journal;
	if (!may && journal.config.apply != CONFIG_NEVER)
		may = applying_pages(&pages, context, monday, false) != EXIT_FINE || pages.count;
	context->journal = NULL;
	journal_release(&journal);
	return may;
}

int applying_first(struct context *context)
{
	struct kith_error err = {0};
	struct journal journal;
	const struct journal_options options = {.threads = 2};
	if (context->journal)
		return apply_first(context);
	if (!may_have_pages(context))
		return EXIT_FINE;
	if (journal_load(&journal, context->dir, &options, &err)) {
		journal_release(&journal);
		/* What the command itself needs of it, it will say. */
		return EXIT_FINE;
	}
	context->journal = &journal;
	int status = apply_first(context);
	context->journal = NULL;
	journal_release(&journal);
	return status;
}
