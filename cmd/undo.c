#include "change/undo.h"
#include <string.h>

#include "base/text.h"
#include "locate.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

/* Lines of --list. */
#define LISTED 20

/* As in the list of history. */
static json_t *add_commit(json_t *o, const struct undo_commit *commit)
{
	json_put(o, "id", json_of_text(str_of(commit->id)));
	json_put(o, "day", json_of_day(commit->day));
	json_put(o, "subject", json_of_line(commit->subject));
	json_put(o, "kith", json_of_line(commit->trailer.n ? commit->trailer : STR_NONE));
	json_put(o, "taken_back", json_boolean(commit->taken_back));
	return o;
}

static void print_changes(struct context *context, const struct undo_commit *commits, size_t count)
{
	struct out *out = context->out;
	if (count == 0)
		out_addz(out, "kith has changed nothing here yet\n");
	for (size_t i = 0; i < count; i++) {
		out_printf(out, "%.10s  %s  ", commits[i].id, day_text(commits[i].day).z);
		out_role(out, commits[i].taken_back ? ROLE_DIM : ROLE_PLAIN,
			 text_line(commits[i].subject, context->arena));
		out_addz(out, commits[i].taken_back ? "  (taken back)\n" : "\n");
	}
}

static int list_changes(struct writing *w, const struct undo_place *place)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct undo_commit *commits;
	size_t count;
	if (undo_list(&commits, &count, LISTED + 1, place, context->arena, &err))
		return context_fail(context, &err);
	bool more = count > LISTED;
	count = more ? LISTED : count;
	if (!writing_is_json(w)) {
		print_changes(context, commits, count);
		return EXIT_FINE;
	}
	json_t *model = json_of_object(), *changes = json_of_list();
	for (size_t i = 0; i < count; i++)
		json_push(changes, add_commit(json_of_object(), &commits[i]));
	json_put(model, "changes", changes);
	json_put(model, "more", json_boolean(more));
	out_json(context->out, model);
	return EXIT_FINE;
}

/* Somebody took the lines back by hand. */
static int fail_gone(struct context *context, const struct undo_commit *commit)
{
	struct kith_error err = {0};
	kith_fail(&err, KITH_INVALID,
		  "nothing is left to be taken back of \"%.*s\" of %s (%.10s); of what kith undo "
		  "--list shows kith undo COMMIT takes back another change",
		  STR_ARG(commit->subject), day_text(commit->day).z, commit->id);
	return context_fail(context, &err);
}

static bool take_last(void *context, const struct git_commit_info *commit)
{
	struct git_commit_info *last = context;
	memcpy(last->id, commit->id, sizeof(last->id));
	last->time = commit->time;
	return false;
}

/* What was changed after it, and is in no commit, cannot be taken back: nothing older is then. */
static int check_is_last(const struct writing *w, const struct undo_place *place,
			 const struct undo_commit *commit, struct kith_error *err)
{
	struct context *context = w->context;
	struct git_commit_info head = {.id = ""};
	int64_t when = 0;
	struct str subject = locate_uncommitted(&when, context->path, context->arena);
	if (place->git->walk(place->repo, &(struct git_walk){.from = NULL}, take_last, &head, err))
		return -1;
	bool noted = subject.n && when >= head.time;
	bool manual = w->config->commit_manual && strcmp(head.id, commit->id) != 0;
	if (commit->refused || !(noted || manual))
		return 0;
	struct str what = noted ? arena_printf(context->arena, "\"%.*s\"", STR_ARG(subject))
				: STR("what was changed last (commit: manual)");
	return kith_fail(err, KITH_INVALID,
			 "%.*s is in no commit of kith's, so it cannot be taken back; kith undo "
			 "%.10s takes back an older change, \"%.*s\" of %s",
			 STR_ARG(what), commit->id, STR_ARG(commit->subject),
			 day_text(commit->day).z);
}

/* The last of all where nothing is to be taken back any more of what was refused. */
static int find_and_make(struct writing *w, const struct undo_place *place,
			 struct undo_commit *commit, struct change_result *result)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct undo_order order = {.name = opts->words_count ? opts->words[0] : NULL,
				   .whole = opts_has(opts, "all-of-it")};
	int status;
	do {
		struct kith_error err = {0};
		struct change change;
		if (undo_find(commit, &order, place, context->arena, &err) ||
		    (!order.name && check_is_last(w, place, commit, &err)))
			return context_fail(context, &err);
		undo_change(&change, commit, place->git, context->arena);
		status = writing_make(w, &change, result);
		order.committed = true;
	} while (status == EXIT_FINE && commit->refused && result->unchanged);
	return status;
}

static int take_back(struct writing *w, const struct undo_place *place)
{
	struct context *context = w->context;
	struct undo_commit commit = {.subject = STR("")};
	struct change_result result = {.uncommitted = STR(""), .recovered = STR("")};
	int status = find_and_make(w, place, &commit, &result);
	if (result.unchanged)
		return fail_gone(context, &commit);
	struct str text =
	    arena_printf(context->arena, "took back: %.*s (%.10s)\n",
			 STR_ARG(text_line(commit.subject, context->arena)), commit.id);
	json_t *model = json_of_object();
	json_put(model, "did", json_of_line(str_of(context->command->name)));
	return writing_tell(w, &result, status, text, add_commit(model, &commit));
}

static int undo_or_list(struct writing *w, const struct person *nobody)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	(void)nobody;
	if (context_repo(context, &err) < 0)
		return context_fail(context, &err);
	const struct undo_place place = {context->git, context->repo, context->below,
					 w->config->max_file};
	return opts_has(&context->opts, "list") ? list_changes(w, &place) : take_back(w, &place);
}

const struct command command_undo = {
    .name = "undo",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_FOLDER,
    .summary = "take back a change",
    .usage = "[COMMIT]",
    .text = "Takes back the last change that kith made and that isn't taken back yet, as a\n"
	    "new commit, exactly: lines that came or went elsewhere in the file stay. With\n"
	    "COMMIT that one, whoever made it; an undo too. Where later edits touch the\n"
	    "same lines, nothing is changed, and the reason is said.\n",
    .options =
	{
	    {"list", NULL, "list the last changes that kith made", 'l'},
	    {"all-of-it", NULL, "take a commit back whole, with all that is in it", 0},
	},
    .examples =
	{
	    {"kith undo", "take back the last change; again: the one before it"},
	    {"kith undo --list", "which changes there are"},
	    {"kith undo 1a2b3c", "take back that one, an undo too"},
	    {"kith undo -n", "show what would be taken back"},
	},
    .max_words = 1,
    .words = {KIND_TEXT},
    .write = undo_or_list,
};
