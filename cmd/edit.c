#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "change/describe.h"
#include "change/gather.h"
#include "change/hand.h"
#include "change/preview.h"
#include "prompt.h"
#include "report/json.h"
#include "write.h"

static int read_person_file(struct writing *w, const struct person *who, struct str *bytes)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	int rc = fs_read_text(bytes, context->dir, who->path.p, w->config->max_file, context->arena,
			      &err);
	return rc && err.status != KITH_NOT_FOUND ? context_fail(context, &err) : EXIT_FINE;
}

/* ANSWER_COMMIT_ALL: as it is, whatever is wrong with it and whoever changed it. */
enum answer { ANSWER_EDIT, ANSWER_COMMIT, ANSWER_COMMIT_ALL, ANSWER_LEAVE, ANSWER_FAILED };

static enum answer ask_again(struct context *context)
{
	struct kith_error err = {0};
	struct str line;
	for (int tries = 0; tries < 3; tries++) {
		if (prompt_line(&line, context,
				STR("edit again (e), commit it as it is (c), leave it (l)? [e]"),
				&err))
			return ANSWER_LEAVE;
		if (!line.p)
			return ANSWER_LEAVE;
		line = str_trim(line);
		if (line.n == 0 || str_istarts(STR("edit"), line))
			return ANSWER_EDIT;
		if (str_istarts(STR("commit"), line))
			return ANSWER_COMMIT_ALL;
		if (str_istarts(STR("leave"), line) || str_istarts(STR("quit"), line))
			return ANSWER_LEAVE;
	}
	return ANSWER_LEAVE;
}

/* Says what is wrong with the file; true where there is nothing. *now: as it reads. */
static bool check_edited(struct writing *w, const struct person *who, struct journal *now)
{
	const struct strs only = {&(struct str){who->path.p, who->path.n}, 1};
	const struct journal_options options = {.threads = 1, .only = &only};
	struct kith_error err = {0};
	if (journal_load(now, w->context->dir, &options, &err)) {
		(void)context_fail(w->context, &err);
		return false;
	}
	return !out_findings_of(w->context->out, &now->diag, true);
}

/* Opens the editor until the file is good, or the person has had enough. */
static enum answer edit_until_good(struct writing *w, const struct person *who, int *status)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct str path = arena_printf(context->arena, "%s/%s", context->path, who->path.p);
	for (;;) {
		struct journal now = {0};
		out_flush(context->out);
		if (prompt_open_editor(path.p, &err)) {
			*status = context_fail(context, &err);
			return ANSWER_FAILED;
		}
		bool good = check_edited(w, who, &now);
		journal_release(&now);
		if (good)
			return ANSWER_COMMIT;
		*status = EXIT_PROBLEM;
		if (!prompt_is_possible()) {
			out_say(context->out, "%s is not committed; mend it, then: kith commit",
				who->path.p);
			return ANSWER_LEAVE;
		}
		enum answer answer = ask_again(context);
		if (answer != ANSWER_EDIT)
			return answer;
		*status = EXIT_FINE;
	}
}

static int tell_edit(struct writing *w, const struct person *who,
		     const struct change_result *result, int status, struct str subject)
{
	json_t *model = writing_model(w, who);
	json_put(model, "subject", json_of_line(subject));
	return writing_tell(w, result, status,
			    arena_printf(w->context->arena, "%.*s\n", STR_ARG(subject)), model);
}

static int tell_uncommitted_edit(struct writing *w, const struct person *who, bool same, int status)
{
	const struct change_result result = {
	    .unchanged = same, .written = !same, .uncommitted = STR(""), .recovered = STR("")};
	return tell_edit(w, who, &result, status, STR_NONE);
}

static int commit_edit(struct writing *w, const struct person *who, struct hand_edit *edit)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct preview preview;
	const struct change_file file = {
	    .path = who->path, .edit = hand_make, .context = edit, .was = edit->before};
	struct change change = {
	    .files = &file, .count = 1, .trailer = writing_trailer(w, who), .adopt = true};
	struct change_result result;
	preview_make(&preview, who->path, edit->before, edit->after, w->config, context->arena);
	const struct describe_file described = {.path = who->path,
						.before = edit->before.p ? &preview.before : NULL,
						.after = edit->after.p ? &preview.after : NULL};
	writing_describe(&change, w, &described);
	if (change.subject.n == 0)
		change.subject =
		    arena_printf(context->arena, "Edit the notes on %.*s", STR_ARG(who->name));
	edit->git = context_git(context, &err);
	if (!edit->git)
		return context_fail(context, &err);
	int status = writing_make(w, &change, &result);
	if (status == EXIT_PROBLEM && !result.written)
		out_say(context->out,
			"what you wrote is in %s, and not committed; mend that, then: "
			"kith commit",
			who->path.p);
	return tell_edit(w, who, &result, status, change.subject);
}

/* Nothing changed this time, but there is something that git does not have: all of the file. */
static int commit_whole(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct change_result result = {.uncommitted = STR("")};
	struct str path = who->path;
	struct gathered all;
	int status = writing_gather(&all, context, w->config, (struct strs){&path, 1});
	if (status == EXIT_FINE)
		status = writing_commit_gathered(result.id, &all, context);
	result.unchanged = all.count == 0;
	result.written = all.count > 0;
	if (status == EXIT_FINE)
		status = tell_edit(w, who, &result, status, all.what.subject);
	gather_end(&all);
	return status;
}

static int edit_and_commit(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct hand_edit edit = {0};
	int status = read_person_file(w, who, &edit.before);
	if (status != EXIT_FINE)
		return status;
	enum answer answer = edit_until_good(w, who, &status);
	int again = read_person_file(w, who, &edit.after);
	if (again != EXIT_FINE)
		return again;
	bool same = !edit.before.p == !edit.after.p && str_eq(edit.before, edit.after);
	bool all = same && answer == ANSWER_COMMIT_ALL;
	if (answer == ANSWER_FAILED && !same)
		out_say(context->out, "%s was changed in it, and is not committed", who->path.p);
	else if (same && !all && !writing_is_json(w))
		out_printf(context->out, "%s is as it was\n", who->path.p);
	else if (same && !all)
		status = tell_uncommitted_edit(w, who, true, status);
	if ((same && !all) || answer == ANSWER_LEAVE || answer == ANSWER_FAILED)
		return status;
	if (opts_has(&context->opts, "no-commit") || w->config->commit_manual) {
		if (writing_is_json(w))
			return tell_uncommitted_edit(w, who, false, status);
		out_printf(context->out, "edited %s\n", who->path.p);
		return status;
	}
	int committed = all ? commit_whole(w, who) : commit_edit(w, who, &edit);
	return committed > status ? committed : status;
}

const struct command command_edit = {
    .name = "edit",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "open somebody's file in the editor, then commit it",
    .usage = "WHO",
    .text = "Opens the file in $VISUAL or $EDITOR. Afterwards it is checked: what is wrong\n"
	    "is shown at its line, and you may go back in. Then what you changed is\n"
	    "committed, with a message that says what happened. Quitting without a change\n"
	    "does nothing.\n",
    .options =
	{
	    {"no-commit", NULL, "leave committing to you", 0},
	    {"message", "TEXT", "the commit's message, instead of kith's", 'm'},
	    {"no-verify", NULL, "pass over git's hooks pre-commit and commit-msg", 0},
	    {"json", NULL, "print what was done as JSON", 0},
	},
    .examples =
	{
	    {"kith edit ada", "open the file, then commit what changed"},
	    {"EDITOR='code -w' kith edit ada", "with another editor"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .run = writing_run,
    .write = edit_and_commit,
    .who = WHO_ALL,
};
