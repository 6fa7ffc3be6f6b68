#include "change/remove.h"
#include "base/text.h"
#include "change/forget.h"
#include "prompt.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

/* Of those who link there, so many are named. */
#define NAMED 5

static void tell_links(struct context *context, const struct remove_plan *plan)
{
	struct buf b;
	if (plan->linked_count == 0)
		return;
	buf_init(&b, 0);
	for (size_t i = 0; i < plan->linked_count && i < NAMED; i++) {
		buf_addz(&b, i ? ", " : "");
		text_add_line(&b, context->journal->contacts[plan->linked_from[i]].name);
	}
	if (plan->linked_count > NAMED)
		buf_printf(&b, " and %zu more", plan->linked_count - NAMED);
	out_say(context->out, "linked from the notes on %s; those links stay, and lead nowhere",
		b.p);
	buf_release(&b);
}

static void tell_plan(struct context *context, const struct remove_plan *plan)
{
	const struct contact *c = &context->journal->contacts[plan->who];
	struct arena *arena = context->arena;
	out_flush(context->out);
	out_say(context->out, "%s: %.*s, %.*s, %.*s%s", c->path.p,
		STR_ARG(text_line(c->name, arena)),
		STR_ARG(words_count(c->entries_count, "entry", "entries", arena)),
		STR_ARG(words_count(c->tasks_count, "task", "tasks", arena)),
		c->too_costly ? ", and a text that is not read (see kith check)" : "");
	tell_links(context, plan);
	if (plan->reviews)
		out_say(context->out, "taken out of %.*s, too",
			STR_ARG(words_count(plan->reviews, "review", "reviews", arena)));
}

/* EXIT_FINE to go on. keep: git will hold what is not committed yet. */
static int confirm(struct context *context, bool keep)
{
	struct kith_error err = {0};
	struct str line;
	if (opts_has(&context->opts, "dry-run") || opts_has(&context->opts, "for-good"))
		return EXIT_FINE;
	if (opts_has(&context->opts, "yes") && !keep)
		return context_usage(context,
				     "nothing is committed here, so nothing would bring it "
				     "back; say --for-good, too");
	if (opts_has(&context->opts, "yes"))
		return EXIT_FINE;
	if (!prompt_is_possible())
		return context_usage(context, "it asks before it removes anybody; say --yes here");
	if (prompt_line(&line, context,
			keep ? STR("remove it? [y/N]")
			     : STR("remove it? What was never committed of it is gone for good "
				   "[y/N]"),
			&err))
		return context_fail(context, &err);
	line = str_trim(line);
	if (str_ieq(line, STR("y")) || str_ieq(line, STR("yes")))
		return EXIT_FINE;
	out_say(context->out, "nothing was removed");
	return EXIT_PROBLEM;
}

static json_t *remove_model(const struct writing *w, const struct person *who,
			    const struct remove_plan *plan)
{
	json_t *o = writing_model(w, who), *links = json_of_list();
	for (size_t i = 0; i < plan->linked_count; i++)
		json_push(links, json_of_text(plan->journal->contacts[plan->linked_from[i]].slug));
	json_put(o, "linked_from", links);
	json_put(o, "reviews", json_of_count(plan->reviews));
	return o;
}

/* How git's history forgets the person; "" without a repository. */
static struct str how_to_forget(struct context *context, const struct contact *c)
{
	struct kith_error err = {0};
	struct str lines;
	if (context_repo(context, &err))
		return STR("");
	const struct forget_order order = {context->git, context->repo, context->below,
					   context->journal, c};
	if (forget_lines(&lines, &order, context->arena, &err))
		out_say(context->out, "not all of the history could be read: %s", err.message);
	return arena_printf(
	    context->arena,
	    "git's history still holds it. These lines take it out of every commit: the file under "
	    "all\n"
	    "its names, what reviews say, links, names, e-mail addresses and numbers in other "
	    "files, "
	    "and\n"
	    "messages (commit all else first):\n\n"
	    "%.*s\n"
	    "They need git-filter-repo, and say nothing to other clones, backups, and where you "
	    "pushed it:\nit remains there until you push with --force and make the others anew. "
	    "What "
	    "other files say\nof somebody without a name remains, too.\n",
	    STR_ARG(lines));
}

static int remove_person(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct remove_plan plan;
	struct change_result result;
	uint32_t which = (uint32_t)(who->contact - context->journal->contacts);
	if (remove_plan(&plan, context->journal, which, context->arena, &err))
		return context_fail(context, &err);
	tell_plan(context, &plan);
	bool keep = writing_commits(w);
	int status = confirm(context, keep);
	plan.change.keep = keep && !opts_has(&context->opts, "for-good");
	if (status != EXIT_FINE)
		return status;
	status = writing_make(w, &plan.change, &result);
	struct str forget = result.written ? how_to_forget(context, who->contact) : STR("");
	struct str text = arena_printf(context->arena, "removed %.*s, %.*s\n%.*s",
				       STR_ARG(text_line(who->name, context->arena)),
				       STR_ARG(who->path), STR_ARG(forget));
	return writing_tell(w, &result, status, text, remove_model(w, who, &plan));
}

const struct command command_remove = {
    .name = "remove",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "remove somebody's file",
    .usage = "WHO",
    .text = "Says who links there, asks, and removes the file; review pages lose what\n"
	    "they say of the person. What is not committed yet is committed first, so git's\n"
	    "history still holds it all: `kith undo` brings it back, and git filter-repo\n"
	    "takes it out for good, by the lines it prints.\n",
    .options =
	{
	    {"yes", NULL, "do not ask", 'y'},
	    {"for-good", NULL, "remove it where git does not hold it, too; do not ask", 0},
	},
    .examples =
	{
	    {"kith remove ada", "ask, then remove the file, and what reviews say"},
	    {"kith remove -n ada", "show what would go"},
	    {"kith archive ada", "keep the notes, and never be reminded: often what is meant"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .writes = true,
    .write = remove_person,
    .who = WHO_ALL,
};
