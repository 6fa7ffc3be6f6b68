#include <string.h>
#include <unistd.h>

#include "change/init.h"
#include "command.h"
#include "prompt.h"

/* As a person would type it in a shell. */
static struct str shell_word(const char *word, struct arena *arena)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-./,:@%+";
	struct buf quoted;
	if (*word && word[strspn(word, plain)] == '\0')
		return str_of(word);
	buf_init(&quoted, 0);
	buf_addc(&quoted, '\'');
	for (; *word; word++)
		if (*word == '\'')
			buf_addz(&quoted, "'\\''");
		else
			buf_addc(&quoted, *word);
	buf_addc(&quoted, '\'');
	return arena_take(arena, &quoted);
}

/* The files that were written, by name; of the example only the number of people. */
static void print_written(struct context *context, const struct init_plan *plan)
{
	const char *before = "  wrote ";
	size_t contacts = 0;
	for (size_t i = 0; i < plan->count; i++) {
		struct str path = plan->files[i].path;
		if (plan->files[i].there)
			continue;
		if (str_find_char(path, '/') < path.n) {
			contacts += str_ends(path, STR(".md"));
			continue;
		}
		out_printf(context->out, "%s%.*s", before, STR_ARG(path));
		before = ", ";
	}
	if (contacts)
		out_printf(context->out, ", and %zu invented people", contacts);
	out_addz(context->out, plan->missing ? "\n" : "");
}

static void print_done(struct context *context, const struct init_plan *plan,
		       const struct init_folder *folder, const struct init_commit *made)
{
	struct out *out = context->out;
	if (plan->is_journal && !plan->missing && !made->made && !made->driver)
		out_printf(out, "%s is a journal already, with all that belongs to one\n",
			   folder->path);
	else
		out_printf(out, "%s %s\n",
			   plan->is_journal   ? "Completed the journal"
			   : plan->is_example ? "An example journal:"
					      : "A new journal:",
			   folder->path);
	print_written(context, plan);
	if (made->made)
		out_addz(out, "  made a git repository around it, with the branch main\n");
	if (made->driver && !made->made)
		out_addz(out, "  git merges its files with kith here from now on\n");
	if (made->id[0])
		out_printf(out, "  committed %.10s: %.*s\n", made->id,
			   STR_ARG(init_subject(plan, context->arena)));
	if (made->untracked && plan->has_other_things)
		out_printf(out, "  %zu other %s not in git yet: add what should have a history\n",
			   made->untracked, made->untracked == 1 ? "file is" : "files are");
}

/* Lines that a file which was there already lacks. */
static void print_lacked(struct context *context, const struct init_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct init_file *file = &plan->files[i];
		struct str lines = STR("");
		for (size_t j = 0; j < file->lacked.count; j++)
			lines = arena_printf(context->arena, "%.*s\n  %.*s", STR_ARG(lines),
					     STR_ARG(file->lacked.items[j]));
		if (lines.n)
			out_say(context->out,
				"%.*s was there and stays as it is; worth adding to it:%.*s",
				STR_ARG(file->path), STR_ARG(lines));
	}
}

static void print_next_steps(struct context *context, const struct init_plan *plan,
			     const char *word)
{
	struct out *out = context->out;
	struct str folder = plan->config.people.items[0];
	struct buf today;
	buf_init(&today, 0);
	day_format(&today, context->today);
	if (plan->has_other_things)
		out_printf(
		    out,
		    "\nThe other files here stay as they are. Contacts are read from %.*s/;\n"
		    "`people:` and `only:` in kith.yaml name other places.\n",
		    STR_ARG(folder));
	out_addz(out, "\n");
	out_role(out, ROLE_STRONG, STR("Next"));
	if (word)
		out_printf(out, ": cd %.*s\n", STR_ARG(shell_word(word, context->arena)));
	else
		out_addz(out, "\n");
	if (plan->is_example)
		out_addz(out, "1. `kith` says what is due today, `kith review` writes the page of "
			      "the week.\n"
			      "2. Look into the files below people/: they show all that one may "
			      "hold.\n"
			      "3. `kith init ~/people` makes a journal of your own.\n");
	else
		out_printf(out,
			   "1. `kith met NAME` adds somebody you have just met, `kith add NAME` "
			   "somebody you\n"
			   "   know already. Or write %.*s/ada-lovelace.md, with any editor:\n"
			   "\n"
			   "       ---\n"
			   "       name: Ada Lovelace\n"
			   "       email: ada@analytical.engine\n"
			   "       cadence: every 6 weeks\n"
			   "       ---\n"
			   "       ## Log\n"
			   "       - %s coffee: looms, and her talk in March\n"
			   "\n"
			   "2. `kith` says what is due, and `kith review` writes the page of the "
			   "week.\n"
			   "3. All this is about other people: push it only to a private remote.\n",
			   STR_ARG(folder), today.p);
	buf_release(&today);
}

/* What to type once git's reason is gone. */
static void print_by_hand(struct context *context, const struct init_plan *plan, const char *path)
{
	struct str folder = shell_word(path, context->arena), names = STR("");
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->files[i].there)
			names = arena_printf(context->arena, "%.*s %.*s", STR_ARG(names),
					     STR_ARG(plan->files[i].path));
	out_say(context->out,
		"then commit them: git -C %.*s add%.*s && git -C %.*s commit -m '%.*s'",
		STR_ARG(folder), STR_ARG(plan->is_example ? STR(" .") : names), STR_ARG(folder),
		STR_ARG(init_subject(plan, context->arena)));
}

/* The journal's files are there; now git, whose failure is told at the end. */
static int finish_journal(struct context *context, const struct init_plan *plan,
			  const struct init_folder *folder, const char *word)
{
	struct kith_error err = {0};
	struct init_commit made = {0};
	bool commit = !plan->config.commit_manual && !opts_has(&context->opts, "no-commit");
	const struct git_api *git = context_git(context, &err);
	int rc = git ? init_commit(&made, plan, folder->path, git, &context->around, commit,
				   context->arena, &err)
		     : -1;
	print_done(context, plan, folder, &made);
	print_lacked(context, plan);
	if (!plan->is_journal)
		print_next_steps(context, plan, word);
	if (rc == 0)
		return EXIT_FINE;
	if (commit && plan->missing)
		out_say(context->out, "its files are written, but not committed");
	context_fail(context, &err);
	if (git && commit && plan->missing && err.status != KITH_UNSUPPORTED)
		print_by_hand(context, plan, folder->path);
	return EXIT_PROBLEM;
}

static void print_survey(struct context *context, const struct survey *survey)
{
	struct out *out = context->out;
	out_printf(out, "%.*s\n", STR_ARG(survey->found));
	for (size_t i = 0; i < survey->count; i++) {
		const struct survey_proposal *p = &survey->items[i];
		out_printf(out, "  %s: %.*s\n", p->key, STR_ARG(p->value));
		if (p->found.n)
			out_printf(out, "      %.*s\n", STR_ARG(p->found));
	}
}

/* EXIT_FINE to go on: settings that fit the notes here are written when one says so. */
static int confirm_settings(struct context *context, const struct init_plan *plan)
{
	struct kith_error err = {0};
	struct str line = STR("");
	if (plan->survey.people)
		print_survey(context, &plan->survey);
	if (plan->survey.count == 0 || opts_has(&context->opts, "yes"))
		return EXIT_FINE;
	if (prompt_is_possible()) {
		if (prompt_line(&line, context, STR("write these into kith.yaml? [y/N]"), &err))
			return context_fail(context, &err);
		line = str_trim(line);
		if (str_ieq(line, STR("y")) || str_ieq(line, STR("yes")))
			return EXIT_FINE;
	}
	out_say(context->out,
		"nothing was written; with --yes, kith.yaml gets these settings, and you "
		"may change them there");
	return EXIT_PROBLEM;
}

static int make_journal(struct context *context, const struct init_folder *folder, const char *word)
{
	struct kith_error err = {0};
	struct init_plan plan;
	bool example = opts_has(&context->opts, "example");
	if (init_plan(&plan, folder, context->today, example, context->arena, &err) < 0)
		return context_fail(context, &err);
	int status = confirm_settings(context, &plan);
	if (status != EXIT_FINE)
		return status;
	if (init_write(&plan, folder->dir, &err) < 0) {
		struct str file = arena_str(context->arena, str_of(err.path));
		err.path[0] = '\0';
		kith_fail_context(&err, "cannot make a journal in %s: %s", folder->path, file.p);
		return context_fail(context, &err);
	}
	return finish_journal(context, &plan, folder, word);
}

static int cmd_init(struct context *context)
{
	struct kith_error err = {0};
	struct init_folder folder;
	const char *said = opts_value(&context->opts, "dir");
	const char *word = context->opts.words_count ? context->opts.words[0] : said;
	if (said && context->opts.words_count)
		return context_usage(context, "name the folder once: DIR, or -C DIR");
	if (word && !*word)
		return context_usage(context, "the folder's name is empty");
	if (init_open(&folder, word ? word : ".", context->arena, &err) < 0)
		return context_fail(context, &err);
	int status = make_journal(context, &folder, word);
	close(folder.dir);
	return status;
}

const struct command command_init = {
    .name = "init",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_NOTHING,
    .summary = "make a journal, or an example of one",
    .usage = "[DIR]",
    .text = "Makes a journal in DIR, or in the current folder: kith.yaml with every\n"
	    "setting explained, a folder for the contacts, .gitattributes and\n"
	    ".gitignore, a git repository where none is around, and one commit of\n"
	    "these files alone. A new folder can be opened by you only.\n"
	    "\n"
	    "In a folder that has notes it looks first where the people are, what their\n"
	    "talks stand under, and where daily notes and meetings are; it shows what it\n"
	    "found and the settings that fit, and writes them with --yes.\n"
	    "\n"
	    "Files that are there already are never changed, and your other work in the\n"
	    "repository stays as it is. In a journal only what is missing is added.\n"
	    "\n"
	    "A journal is about other people: push it only to a private remote.\n",
    .options =
	{
	    {"example", NULL, "make an example to look at, in a new or empty folder", 0},
	    {"yes", NULL, "write the settings that fit the notes in the folder", 'y'},
	    {"no-commit", NULL, "write the files, leave committing to you", 0},
	},
    .examples =
	{
	    {"kith init ~/people", "a journal in a new folder, which only you can open"},
	    {"kith init", "make the current folder one; nothing in it is changed"},
	    {"kith init --example ~/kith-example", "an example to look at, alive today"},
	},
    .max_words = 1,
    .words = {KIND_FOLDER},
    .run = cmd_init,
};
