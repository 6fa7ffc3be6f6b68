/*
 * What git calls to merge a file (gitattributes(5), change/attributes.h). libgit2 is loaded only
 * where a side cannot be read.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "change/settle.h"
#include "command.h"
#include "merge/merge.h"
#include "people/head.h"

/* Neither merged nor a clash: the driver's line lets git merge the text. */
#define EXIT_NOT_MINE EXIT_USAGE

/* So many decisions in one file are said; the others stand there. */
#define MOST_SAID 5

/* The words, as git fills them in. */
enum { WORD_BASE, WORD_OURS, WORD_THEIRS, WORD_MARKS, WORD_PATH, WORDS };

static const char *driver_word(const struct context *context, int which)
{
	return context->opts.words[which];
}

/*
 * Whether git makes one base of two, where both sides had merged each other: it asks for longer
 * marks then, and what it decides there is nobody's to settle.
 */
static bool is_for_base(const struct context *context)
{
	enum { USUAL_MARKS = 7 };
	return str_number(str_of(driver_word(context, WORD_MARKS)), 1000) >= USUAL_MARKS + 2;
}

/* The journal that holds path, by the settings in the work tree, at whose top git calls; *path is
 * then below it. False where there is none. */
static bool open_journal_of(struct journal *journal, struct str *path, struct arena *arena)
{
	struct kith_error ignored = {0};
	struct str folder = str_folder(*path);
	while (folder.n &&
	       fs_kind(AT_FDCWD, arena_printf(arena, "%.*skith.yaml", STR_ARG(folder)).p) ==
		   FS_NONE)
		folder = str_folder(str_upto(folder, folder.n - 1));
	int dir =
	    open(folder.n ? arena_str(arena, folder).p : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*journal = (struct journal){.dir = -1};
	if (dir < 0)
		return false;
	*path = str_from(*path, folder.n);
	bool found = journal_load_config(journal, dir, &ignored) == 0;
	close(dir);
	return found;
}

static int read_sides(struct merge_versions *out, const struct context *context, size_t max,
		      struct kith_error *err)
{
	struct str *const texts[] = {&out->base, &out->ours, &out->theirs};
	int rc = 0;
	for (int i = WORD_BASE; i <= WORD_THEIRS && rc == 0; i++)
		rc = fs_read_text(texts[i], AT_FDCWD, driver_word(context, i), max, context->arena,
				  err);
	return rc;
}

/* Under another name first: cut off in the middle it would look like ours. */
static int write_merged(const struct context *context, struct str bytes, struct kith_error *err)
{
	const char *ours = driver_word(context, WORD_OURS);
	struct str name = str_base(str_of(ours)), folder = str_folder(str_of(ours));
	const char *aside =
	    arena_printf(context->arena, "%.*s" FS_TEMPORARY "%.*s", STR_ARG(folder), STR_ARG(name))
		.p;
	struct stat st;
	int fd = stat(ours, &st) == 0
		     ? open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
			    st.st_mode & 0777)
		     : -1;
	bool done = fd >= 0 && fs_write_all(fd, bytes) == 0;
	done = fd >= 0 && close(fd) == 0 && done && rename(aside, ours) == 0;
	if (done)
		return 0;
	kith_fail_errno(err, "cannot be written as it was merged");
	if (fd >= 0)
		unlink(aside);
	return kith_fail_at(err, driver_word(context, WORD_PATH), 0, 0);
}

/* As git would merge it; where it cannot, ours stays as it is, without marks. */
static int merge_unread(struct context *context, const struct merge_versions *v, struct str why)
{
	struct kith_error err = {0};
	struct buf out;
	bool clash = false;
	const struct git_api *git = context_git(context, &err);
	buf_init(&out, 0);
	int rc = git ? git->merge_lines(&out, &clash, v->base, v->ours, v->theirs, &err) : -1;
	if (rc == 0 && !clash)
		rc = write_merged(context, buf_str(&out), &err);
	buf_release(&out);
	if (rc < 0)
		return context_fail(context, &err);
	if (is_for_base(context))
		return clash ? EXIT_PROBLEM : EXIT_FINE;
	struct str path = str_of(driver_word(context, WORD_PATH));
	struct str theirs = arena_printf(context->arena, ":3:%.*s", STR_ARG(path));
	struct str how =
	    clash ? arena_printf(
			context->arena,
			"its lines clash, and ours stays as it is; `git show %.*s` is theirs",
			STR_ARG(head_typed(theirs, context->arena)))
		  : STR("merged by lines");
	out_say(context->out, "%.*s: %.*s; %.*s", STR_ARG(text_line(path, context->arena)),
		STR_ARG(why), STR_ARG(how));
	return clash ? EXIT_PROBLEM : EXIT_FINE;
}

static int merge_for_git(struct context *context, const struct config *config, struct str path)
{
	struct kith_error err = {0};
	struct merge_versions versions;
	struct merge_result result;
	enum merge_kind kind = merge_kind_of(path, config);
	if (kind == MERGE_NONE || read_sides(&versions, context, config->max_file, &err))
		return EXIT_NOT_MINE;
	if (merge_files(&result, kind, &versions, config, context->arena, &err))
		return merge_unread(context, &versions, str_of(err.message));
	if (result.unread.p)
		return merge_unread(context, &versions,
				    arena_printf(context->arena, "one side cannot be read: %.*s",
						 STR_ARG(result.unread)));
	if (!str_eq(result.bytes, versions.ours) && write_merged(context, result.bytes, &err))
		return context_fail(context, &err);
	if (is_for_base(context))
		return EXIT_FINE;
	for (size_t i = 0; i < result.count && i < MOST_SAID; i++) {
		struct str words = settle_words(&result.decisions[i], path, config, context->arena);
		out_say(context->out, "%.*s", STR_ARG(text_line(words, context->arena)));
	}
	if (result.count > MOST_SAID)
		out_say(context->out, "%.*s: and %zu more; kith check names them",
			STR_ARG(text_line(path, context->arena)), result.count - MOST_SAID);
	return EXIT_FINE;
}

static int cmd_merge_driver(struct context *context)
{
	struct journal journal;
	struct str path = str_of(driver_word(context, WORD_PATH));
	int status = EXIT_NOT_MINE;
	if (open_journal_of(&journal, &path, context->arena))
		status = merge_for_git(context, &journal.config, path);
	journal_release(&journal);
	return status;
}

const struct command command_merge_driver = {
    .name = "merge-driver",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_NOTHING,
    .hidden = true,
    .summary = "merge three versions of a file, for git",
    .usage = "BASE OURS THEIRS MARKS PATH",
    .text = "git calls this for the files that .gitattributes names, in merge, pull,\n"
	    "rebase, cherry-pick and stash; nobody types it. `kith init` sets it up in a\n"
	    "clone. BASE, OURS and THEIRS are files, and OURS gets the result; PATH is\n"
	    "where it belongs in the work tree; MARKS, the length of git's marks of a\n"
	    "conflict, says by 9 or more that git only makes a common base: nothing is told\n"
	    "then. Else what the merge kept for both sides is told, and `kith check` names it\n"
	    "while it stands.\n"
	    "\n"
	    "The exit status is 0 where it is merged; 1 where a side cannot be read and\n"
	    "the lines clash: then OURS is as it was; 2 where the file is none of kith's:\n"
	    "git merges its text.\n",
    .examples =
	{
	    {"git config merge.kith.driver", "say how git calls it in this clone"},
	},
    .min_words = WORDS,
    .max_words = WORDS,
    .words = {KIND_FILE},
    .run = cmd_merge_driver,
};
