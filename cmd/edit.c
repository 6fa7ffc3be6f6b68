#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "change/describe.h"
#include "change/hand.h"
#include "change/preview.h"
#include "editor.h"
#include "prompt.h"
#include "report/json.h"
#include "write.h"

static int read_file(struct writing *w, const struct person *who, struct str *bytes)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct buf b;
	*bytes = STR_NONE;
	buf_init(&b, 0);
	int failed = fs_read(context->dir, who->path.p, w->config->max_file, &b, &err);
	if (!failed)
		*bytes = arena_str(context->arena, buf_str(&b));
	buf_release(&b);
	return failed && err.status != KITH_NOT_FOUND ? context_fail(context, &err) : EXIT_FINE;
}

enum answer { ANSWER_EDIT, ANSWER_COMMIT, ANSWER_LEAVE };

static enum answer ask(struct context *context)
{
	struct kith_error err = {0};
	struct str line;
	for (int tries = 0; tries < 3; tries++) {
		if (prompt_line(&line, context,
				STR("edit again (e), commit it as it is (c), leave it (l)? [e]"),
				&err))
			return ANSWER_LEAVE;
		line = str_trim(line);
		if (line.n == 0 || str_istarts(STR("edit"), line))
			return ANSWER_EDIT;
		if (str_istarts(STR("commit"), line))
			return ANSWER_COMMIT;
		if (str_istarts(STR("leave"), line) || str_istarts(STR("quit"), line))
			return ANSWER_LEAVE;
	}
	return ANSWER_LEAVE;
}

/* Says what is wrong with the file; true where there is nothing. *now: as it reads. */
static bool check(struct writing *w, const struct person *who, struct journal *now)
{
	const struct strs only = {&(struct str){who->path.p, who->path.n}, 1};
	const struct journal_options options = {.threads = 1, .only = &only};
	struct kith_error err = {0};
	if (journal_load(now, w->context->dir, &options, &err)) {
		(void)context_fail(w->context, &err);
		return false;
	}
	out_findings(w->context->out, &now->diag);
	return !diag_has_error(&now->diag);
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
		if (editor_open(path.p, &err)) {
			*status = context_fail(context, &err);
			return ANSWER_LEAVE;
		}
		bool good = check(w, who, &now);
		journal_release(&now);
		if (good)
			return ANSWER_COMMIT;
		*status = EXIT_PROBLEM;
		if (!prompt_is_possible()) {
			out_say(context->out, "%s is not committed; mend it, then: kith commit",
				who->path.p);
			return ANSWER_LEAVE;
		}
		enum answer answer = ask(context);
		if (answer != ANSWER_EDIT)
			return answer;
		*status = EXIT_FINE;
	}
}

/* The commit's message: what happened, in people's terms. */
static void describe(struct writing *w, const struct person *who, const struct hand_edit *edit,
		     struct change *change)
{
	struct preview preview;
	struct description description;
	struct arena *arena = w->context->arena;
	preview_make(&preview, who->path, edit->before, edit->after, w->config, arena);
	const struct describe_file file = {.path = who->path,
					   .before = edit->before.p ? &preview.before : NULL,
					   .after = edit->after.p ? &preview.after : NULL};
	describe_files(&description, &file, 1, w->config, w->context->today, arena);
	change->subject = description.subject.n
			      ? description.subject
			      : arena_printf(arena, "Edit the notes on %.*s", STR_ARG(who->name));
	change->body = description.body;
}

static int commit(struct writing *w, const struct person *who, struct hand_edit *edit)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct change_file file = {who->path, hand_make, edit};
	struct change change = {.files = &file,
				.count = 1,
				.trailer =
				    arena_printf(context->arena, "edit %.*s", STR_ARG(who->slug)),
				.body = STR(""),
				.adopt = true};
	struct change_result result;
	describe(w, who, edit, &change);
	edit->git = context_git(context, &err);
	if (!edit->git)
		return context_fail(context, &err);
	int status = writing_make(w, &change, &result);
	json_t *model = json_of_object();
	json_put(model, "path", json_of_text(who->path));
	json_put(model, "subject", json_of_line(change.subject));
	return writing_tell(w, &result, status,
			    arena_printf(context->arena, "%.*s\n", STR_ARG(change.subject)), model);
}

static int edit_person(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct hand_edit edit = {0};
	int status = read_file(w, who, &edit.before);
	if (status != EXIT_FINE)
		return status;
	enum answer answer = edit_until_good(w, who, &status);
	int again = read_file(w, who, &edit.after);
	if (again != EXIT_FINE)
		return again;
	bool same = !edit.before.p == !edit.after.p && str_eq(edit.before, edit.after);
	if (same)
		out_printf(context->out, "%s is as it was\n", who->path.p);
	if (same || answer != ANSWER_COMMIT)
		return status;
	if (opts_has(&context->opts, "no-commit") || w->config->commit_manual) {
		out_printf(context->out, "edited %s\n", who->path.p);
		return status;
	}
	int committed = commit(w, who, &edit);
	return committed > status ? committed : status;
}

static int cmd_edit(struct context *context)
{
	struct writing w;
	struct person who;
	int status = writing_begin(&w, context);
	if (status == EXIT_FINE)
		status = writing_find(&w, opts_joined(&context->opts, 0, context->arena), &who);
	if (status == EXIT_FINE)
		status = edit_person(&w, &who);
	writing_end(&w);
	return status;
}

static const struct opt options[] = {
    {"no-commit", NULL, "leave committing to you", 0},
    {"message", "TEXT", "the commit's message, instead of kith's", 'm'},
    {"no-verify", NULL, "pass over git's hooks pre-commit and commit-msg", 0},
    {"json", NULL, "print what was done as JSON", 0},
    OPT_END,
};

static const struct example examples[] = {
    {"kith edit ada", "open the file, then commit what changed"},
    {"EDITOR='code -w' kith edit ada", "with another editor"},
    EXAMPLE_END,
};

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
    .options = options,
    .examples = examples,
    .min_words = 1,
    .max_words = ANY_WORDS,
    .run = cmd_edit,
};
