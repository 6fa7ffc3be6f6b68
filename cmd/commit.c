#include "applying.h"
#include "change/gather.h"
#include "locate.h"
#include "report/json.h"
#include "write.h"

/* Of files that are left alone, so many are named. */
#define NAMED 5
/* Of what happened, so many lines are printed. */
#define LINES 20

static void print_phrases(struct context *context, const struct gathered *gathered)
{
	const struct description *what = &gathered->what;
	if (gathered->count == 0)
		out_addz(context->out, "nothing to commit\n");
	for (size_t i = 0; i < what->count && i < LINES; i++) {
		out_add(context->out, what->phrases[i].text);
		out_addz(context->out, "\n");
	}
	if (what->count > LINES)
		out_printf(context->out, "and %zu more\n", what->count - LINES);
}

static void say_names(struct context *context, const char *what, struct strs names, const char *how)
{
	struct buf b;
	if (names.count == 0)
		return;
	buf_init(&b, 0);
	for (size_t i = 0; i < names.count && i < NAMED; i++) {
		buf_addz(&b, i ? ", " : "");
		buf_add(&b, names.items[i]);
	}
	if (names.count > NAMED)
		buf_printf(&b, " and %zu more", names.count - NAMED);
	out_say(context->out, "%s: %s (%s)", what, b.p, how);
	buf_release(&b);
}

static void say_left(struct context *context, const struct gathered *gathered)
{
	out_flush(context->out);
	for (size_t i = 0; i < gathered->refused.count; i++)
		out_say(context->out, "not committed: %s", gathered->refused.items[i].p);
	say_names(context, "new to git, and left alone", gathered->left,
		  "name a file to commit it");
	say_names(context, "as committed but for a mode, line ends or what is staged",
		  gathered->beside, "git status shows it, git add and git commit take it");
}

static json_t *gathered_model(const struct gathered *gathered, const char *id, const char *merge)
{
	json_t *model = json_of_object(), *phrases = json_of_list(), *paths = json_of_list();
	for (size_t i = 0; i < gathered->what.count; i++)
		json_push(phrases, json_of_line(gathered->what.phrases[i].text));
	for (size_t i = 0; i < gathered->count; i++)
		json_push(paths, json_of_text(gathered->files[i].path));
	json_put(model, "did", json_of_line(STR("commit")));
	json_put(model, "changed", json_boolean(gathered->count > 0 || merge[0]));
	json_put(model, "subject", json_of_line(gathered->what.subject));
	json_put(model, "phrases", phrases);
	json_put(model, "paths", paths);
	json_put(model, "left", json_of_lines(gathered->left));
	json_put(model, "commit", json_of_text(id[0] ? str_of(id) : STR_NONE));
	json_put(model, "merge", json_of_text(merge[0] ? str_of(merge) : STR_NONE));
	return model;
}

static int show_gathered(struct context *context, const struct gathered *gathered)
{
	struct kith_error err = {0};
	struct buf diff;
	buf_init(&diff, 0);
	int rc = gather_show(&diff, gathered, &err);
	if (!rc && opts_has(&context->opts, "json")) {
		json_t *model = gathered_model(gathered, "", "");
		json_put(model, "diff", json_of_text(buf_str(&diff)));
		out_json(context->out, model);
	} else if (!rc) {
		print_phrases(context, gathered);
		out_add(context->out, buf_str(&diff));
	}
	buf_release(&diff);
	return rc ? context_fail(context, &err) : EXIT_FINE;
}

static int commit_gathered(struct context *context, const struct gathered *gathered,
			   const char *merge)
{
	char id[GIT_ID_SIZE];
	int status = writing_commit_gathered(id, gathered, context);
	if (status != EXIT_FINE)
		return status;
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, gathered_model(gathered, id, merge));
		return EXIT_FINE;
	}
	if (merge[0])
		out_printf(context->out, "finished the merge\ncommitted %.10s\n", merge);
	if (gathered->count || !merge[0])
		print_phrases(context, gathered);
	if (id[0])
		out_printf(context->out, "committed %.10s\n", id);
	return EXIT_FINE;
}

/* Where one is open. What is not staged is a commit of its own after it. Whether to go on. */
static bool finish_merge(int *status, struct context *context, char merge[GIT_ID_SIZE])
{
	const struct opts *opts = &context->opts;
	const struct git_message how = {.text = opts_value(opts, "message"),
					.no_verify = opts_has(opts, "no-verify")};
	struct kith_error err = {0};
	*status = EXIT_FINE;
	if (context_repo(context, &err) || context->git->state(context->repo) != GIT_MERGING)
		return true;
	if (opts_has(opts, "dry-run")) {
		out_say(context->out, "a merge is open, and would be finished with what is staged "
				      "(git diff --cached shows it)");
		return false;
	}
	if (context->git->finish_merge(merge, context->repo, &how, &err))
		*status = context_fail(context, &err);
	return *status == EXIT_FINE;
}

static int gather_and_commit(struct context *context, const struct config *config, struct strs only)
{
	struct gathered gathered;
	char merge[GIT_ID_SIZE] = "";
	int status;
	if (only.count == 0 && !finish_merge(&status, context, merge))
		return status;
	status = writing_gather(&gathered, context, config, only);
	if (status == EXIT_FINE) {
		status = opts_has(&context->opts, "dry-run")
			     ? show_gathered(context, &gathered)
			     : commit_gathered(context, &gathered, merge);
		say_left(context, &gathered);
		if (status == EXIT_FINE && gathered.refused.count)
			status = EXIT_PROBLEM;
	}
	gather_end(&gathered);
	return status;
}

static bool take_named_paths(struct context *context, struct strs *only)
{
	const struct opts *opts = &context->opts;
	only->items = ARENA_ARRAY(context->arena, struct str, opts->words_count);
	for (only->count = 0; only->count < opts->words_count; only->count++)
		if (!locate_path(&only->items[only->count], context, opts->words[only->count]))
			return false;
	return true;
}

static int cmd_commit(struct context *context)
{
	const char *message = opts_value(&context->opts, "message");
	struct kith_error err = {0};
	struct journal journal = {0};
	struct strs only;
	int status;
	if (message && str_trim(str_of(message)).n == 0)
		return context_usage(context, "--message needs some words");
	if (!take_named_paths(context, &only))
		return EXIT_USAGE;
	/* To look at what is open would finish it. The dispatcher says so. */
	if (opts_has(&context->opts, "dry-run") && locate_cut_off(context->path, context->arena))
		return EXIT_FINE;
	bool first = !only.count && !opts_has(&context->opts, "dry-run");
	int applied = first ? applying_first(context) : EXIT_FINE;
	if (journal_load_config(&journal, context->dir, &err)) {
		out_findings(context->out, &journal.diag);
		status = context_fail(context, &err);
	} else {
		status = gather_and_commit(context, &journal.config, only);
		out_findings_of(context->out, &journal.diag, false);
	}
	journal_release(&journal);
	return applied > status ? applied : status;
}

const struct command command_commit = {
    .name = "commit",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_FOLDER,
    .summary = "commit what you changed by hand, in plain words",
    .usage = "[PATH...]",
    .text = "Commits what differs from the last commit, as one commit whose message says\n"
	    "what happened: \"Log a call with Ada Lovelace; Grace Hopper is now at Digital\".\n"
	    "It is found by comparing the contacts before and after. What you ticked and\n"
	    "wrote on a review goes into the files first (kith apply).\n"
	    "\n"
	    "Without PATH all that was changed or deleted in the journal is taken, and what\n"
	    "is new among contacts, reviews, templates and settings. Other new files are\n"
	    "left alone, unless you name them. Whole files are taken, staged or not; what\n"
	    "is staged elsewhere stays staged. A merge whose conflicts are resolved is\n"
	    "finished first, as git commit does it.\n",
    .options =
	{
	    {"dry-run", NULL, "print what would be committed, commit nothing", 'n'},
	    {"message", "TEXT", "the commit's message, instead of kith's", 'm'},
	    {"no-verify", NULL, "pass over git's hooks pre-commit and commit-msg", 0},
	    {"json", NULL, "print what was done as JSON", 0},
	},
    .examples =
	{
	    {"kith commit", "commit what you changed by hand"},
	    {"kith commit people/ada-lovelace.md", "that file alone"},
	    {"kith commit -n", "show what would be committed"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_FILE},
    .run = cmd_commit,
};
