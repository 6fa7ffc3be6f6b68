/*
 * The repository around a journal. This is the only room that knows git; it
 * knows nothing of people. libgit2 is costly to load, so it lives in a module
 * of its own (kith-git.so), and git_load hands out its table of functions.
 * Tests may make a table of their own.
 *
 * Nothing here reads the environment or the clock: both come in as
 * struct git_surroundings.
 *
 * libgit2 reads and writes all that is git's. What no library offers is that a
 * change can be killed at any moment, and nothing is lost. The words for that:
 *
 * transaction   a change from begin to end, as struct git_api has it
 * hold          the lock, kith.lock, that keeps two kiths apart; git's own lock
 *               of the index is made as a link to it
 * stage         git's index: a private copy of it, under that lock
 * plan          what is going to be: the files' new bytes, a tree, a commit (the
 *               draft), all stored before anything that counts is touched
 * record        the plan on disk, kith-record, until all is done
 * store         new objects, until all of them are on the disk
 * carry         carries a record out: files, private index, branch, index
 * recover       does so with the record of a run that was cut off
 * branch        the one that HEAD names, or HEAD itself where it is detached
 * gitcommit     `git commit`, by the program, where hooks or signatures are due
 * program       any call of the git program
 * content       between a file's bytes and git's: line ends and filters
 * remote        the counterpart elsewhere: fetch and push, by the program
 * merge         two histories into one
 * past          the files of an earlier commit
 * driver        how git merges a file: what it is told of it, and by lines
 */
#ifndef KITH_GIT_GIT_H
#define KITH_GIT_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"

struct git_repo;

/* Room for a hexadecimal name and a NUL. */
#define GIT_ID_SIZE 41

/*
 * What git itself would take from the environment and the clock. Texts may be NULL, and live
 * as long as what is opened with them.
 */
struct git_surroundings {
	const char *home;                             /* HOME */
	const char *xdg_config_home;                  /* XDG_CONFIG_HOME */
	const char *config_global;                    /* GIT_CONFIG_GLOBAL */
	const char *config_system;                    /* GIT_CONFIG_SYSTEM */
	bool config_nosystem;                         /* GIT_CONFIG_NOSYSTEM */
	const char *author_name, *author_email;       /* GIT_AUTHOR_NAME, _EMAIL */
	const char *committer_name, *committer_email; /* GIT_COMMITTER_NAME, _EMAIL */
	const char *author_date, *committer_date;     /* GIT_AUTHOR_DATE, GIT_COMMITTER_DATE */
	bool config_given;                            /* GIT_CONFIG_COUNT or _PARAMETERS is set */
	const char *dir, *work_tree;                  /* GIT_DIR, GIT_WORK_TREE */
	const char *email;                            /* EMAIL: git's fallback for both e-mails */
	int64_t now;                                  /* seconds since 1970-01-01T00:00:00Z */
	int zone;                                     /* minutes east of UTC */
	bool fsync; /* flush objects and refs to disk before they count */
	/* Called for each commit that a walk looks at, to tell how far it is; may be NULL. */
	void (*tick)(void *tick_context);
	void *tick_context;
};

enum git_state {
	GIT_CLEAN,
	GIT_MERGING,
	GIT_REBASING,
	GIT_CHERRY_PICKING,
	GIT_REVERTING,
	GIT_BISECTING,
	GIT_APPLYING,   /* git am */
	GIT_CONFLICTED, /* none of these, but conflicts are left: git stash pop */
};

/*
 * One file of a change: path relative to the work tree, with '/'. All bytes
 * are as they stand on disk: git's filters (line ends and the like) are
 * applied here. p == NULL means that there is no such file.
 *
 * A change is made three times, because a person may have staged or edited
 * something of their own in the same file: on the file, on what HEAD holds,
 * and on what the index holds.
 */
struct git_file {
	const char *path;
	struct str before, after; /* the file: what it holds, and what it shall hold; the
				     same slice twice leaves it alone */
	struct str head;          /* what the commit holds */
	struct str index;         /* what the index holds afterwards */
	unsigned mode;            /* of a file that comes: its permissions; 0: as git has it */
	bool runs;                /* and whether git is to know it as executable, where it does
				     not know it yet and it is not there */
};

/* A reference of the work tree's own, as ORIG_HEAD is. */
#define GIT_REFUSED "REFUSED_HEAD"

/* Which of git's two copies of a file. */
enum git_copy { GIT_COPY_HEAD, GIT_COPY_INDEX };

/* How a change is committed. */
struct git_message {
	const char *text; /* subject, empty line, body, trailers */
	bool no_verify;   /* pass over the hooks pre-commit and commit-msg */
	const char *seal; /* a trailer to be added at the end, which git_api's sum follows, of
			     what the commit is to change: `Kith-Made`; or NULL */
};

/* How far a change came. */
struct git_outcome {
	char id[GIT_ID_SIZE]; /* the commit's hexadecimal name; "" where none was made, because HEAD
			has these bytes already, or after a failure */
	bool written;         /* the files hold what they shall */
};

/* A change in the making: the locks are held. */
struct git_change;

/* A file that a commit changed, against its parent. */
struct git_delta {
	const char *path;         /* relative to the work tree */
	char before[GIT_ID_SIZE]; /* the blob; "" for a file that was not there */
	char after[GIT_ID_SIZE];  /* "" for one that is gone */
	const char *from_path;    /* where it was before, for a renamed one; else NULL */
	bool ran;                 /* it was executable before */
};

/* A commit as history tells it. All texts are good until the visit returns. */
struct git_commit_info {
	char id[GIT_ID_SIZE], parent[GIT_ID_SIZE]; /* the first parent; "" for a root */
	size_t parents;
	const char *message; /* raw, may be any bytes but NUL */
	const char *author, *email;
	int64_t time;                   /* of the author, seconds since 1970 */
	int zone;                       /* minutes east of UTC */
	const struct git_delta *deltas; /* by path; of a merge, what differs from every parent */
	size_t count;
};

/* Called for each commit; false stops the walk. */
typedef bool git_visit(void *context, const struct git_commit_info *commit);

struct git_walk {
	const char *from;  /* a commit's name to begin with; NULL: HEAD, or what was unpacked */
	const char *until; /* without this commit and what is behind it; NULL, "" */
	const char *const *folders; /* only what is at or below these paths; "" for all */
	size_t folders_count;
	bool renames; /* find files that were renamed, with changes too; among at most 200
			 that came and went in one commit, and never in a merge */
};

/* Lines of one text that stand for lines of another. Lines from 0. */
struct git_hunk {
	size_t before, before_count, after, after_count;
};

/* How a file is not as HEAD has it. */
enum git_difference {
	GIT_DIFFERS, /* it is another kind of thing, or a commit of it would hold other bytes */
	GIT_UNKNOWN, /* git does not know it, and does not ignore it */
	GIT_BESIDE,  /* a commit of it would hold the same bytes: its mode differs, or line ends
			that git converts, or what is staged */
};

typedef void git_changed(void *context, const char *path, enum git_difference what);

/* A merge driver, as gitattributes(5) has it. */
struct git_driver {
	const char *name, *title, *command;
	const struct str *attributes; /* lines of info/attributes */
	size_t count;
};

/* Where HEAD's branch and its counterpart elsewhere stand. Texts are NULL where there is none. */
struct git_remote {
	const char *name;        /* `origin` */
	const char *branch;      /* `main`; NULL where HEAD is detached */
	const char *theirs;      /* its name there */
	const char *tracking;    /* `refs/remotes/origin/main` */
	const char *url;         /* as it is configured */
	const char *own;         /* the remote that the branch names as its own */
	bool upstream;           /* its counterpart there, too */
	bool shallow;            /* the clone lacks old commits */
	size_t remotes;          /* how many there are */
	char here[GIT_ID_SIZE];  /* HEAD; "" on an unborn branch */
	char there[GIT_ID_SIZE]; /* as it was fetched last; "" for none */
	char base[GIT_ID_SIZE];  /* what both have; "" for none */
};

/* How to get there. */
struct git_transport {
	int patience; /* so many seconds without a word: KITH_OFFLINE */
	int terminal; /* where progress goes, and the user can be asked; or 0 */
	bool own_ssh; /* GIT_SSH_COMMAND or GIT_SSH is set */
};

/* A file that git could not merge. Blobs: what both began with, ours, theirs; "" for none. */
struct git_conflict {
	const char *path;
	char stages[3][GIT_ID_SIZE];
	bool plain; /* all of them are plain files */
};

/* What git says about it: `CONFLICT (rename/rename)`. Or GIT_MOVED, of the new path and that which
 * a side gave it: a file that went along with its folder. */
#define GIT_MOVED "Path updated due to directory rename"
struct git_clash {
	const char *kind, *words;
	const char **paths;
	size_t count;
};

/* Two commits' trees, merged. */
struct git_merge {
	char ours[GIT_ID_SIZE], theirs[GIT_ID_SIZE];
	char tree[GIT_ID_SIZE];     /* what came out, conflicts and all */
	struct git_conflict *files; /* by path */
	size_t count;
	struct git_clash *clashes;
	size_t clashes_count;
};

/* What a file shall hold in spite of a conflict, as on disk; p == NULL: it goes. */
struct git_settled {
	const char *path;
	struct str bytes;
};

/* A commit that is looked back to. */
struct git_past {
	char id[GIT_ID_SIZE]; /* "" where nothing was committed until then */
	civil_day day;        /* on which its committer made it, by the clock there */
	bool holds;           /* the path that was asked for */
	civil_day begins;     /* where it does not: the day of the first commit of HEAD's line of
				 first parents that does; NO_DAY for none */
	bool shallow;         /* the clone lacks old commits */
};

/* A commit's files at or below a folder, to be written to another place. */
struct git_unpacking {
	const char *id;
	const char *folder; /* relative to the work tree, with a final '/'; "" for all */
	int dir;            /* where to: open, empty, and nobody else's */
	/* Whether a file's bytes are wanted; path: below folder. */
	bool (*wanted)(const char *path);
};

struct git_api {
	/*
	 * Opens the repository that GIT_DIR names, if path is in its work tree,
	 * else the nearest at or above path. KITH_NOT_FOUND where
	 * there is none; KITH_UNSUPPORTED for a format that libgit2 does not
	 * know (SHA-256, reftable), a bare one, or one owned by somebody else
	 * (the message says what to do).
	 */
	int (*open)(struct git_repo **out, const char *path, const struct git_surroundings *around,
		    struct kith_error *err);
	/* Makes a repository at path (an existing folder) with that first branch, and opens it. */
	int (*init)(struct git_repo **out, const char *path, const char *branch,
		    const struct git_surroundings *around, struct kith_error *err);
	void (*close)(struct git_repo *repo);

	/* The work tree's absolute path, ending in '/'; lives as long as repo. */
	const char *(*workdir)(const struct git_repo *repo);
	enum git_state (*state)(const struct git_repo *repo);
	/* Whether git would ignore path (relative to the work tree). */
	bool (*ignored)(const struct git_repo *repo, const char *path);
	/* For a path (relative to the work tree) that is not among the changed: KITH_INVALID where
	 * git ignores it, with the rule's file and line, KITH_UNSUPPORTED where another repository
	 * has it. */
	int (*check_known)(const struct git_repo *repo, const char *path, struct kith_error *err);

	/*
	 * Begins a change: takes kith's lock of the repository (30 seconds:
	 * KITH_BUSY), finishes what a run that was killed had begun (but not
	 * what was taken back since, or was for another branch), and takes the
	 * index's lock (5 seconds: KITH_BUSY). From here to `end` neither HEAD
	 * nor the index is changed by git or another kith. Fails, with nothing
	 * changed, during a merge, a rebase and the like or with conflicts in
	 * the index (KITH_FAILED), with a split or sparse index
	 * (KITH_UNSUPPORTED; the message shows the command that makes it plain),
	 * and without a name or e-mail (KITH_INVALID; the message shows the two
	 * commands that set them).
	 */
	int (*begin)(struct git_change **out, struct git_repo *repo, struct kith_error *err);
	/*
	 * What `begin` did about an earlier run that was cut off, as a sentence
	 * for a person: "finished an earlier change that was cut off: Log
	 * coffee with Ada Lovelace", or what is left for them to do. NULL for
	 * nothing.
	 */
	const char *(*recovered)(const struct git_change *change);
	/*
	 * A file as HEAD or the index has it, as it would stand on disk, put
	 * into *out (initialised by the caller; cleared here). *there: false
	 * where it has none; an entry of `git add -N` counts as none.
	 * KITH_INVALID for more than max bytes, KITH_UNSUPPORTED for a link, a
	 * folder or a submodule.
	 */
	int (*read)(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		    struct buf *out, bool *there, struct kith_error *err);
	/*
	 * Writes the files, and commits exactly these, with `head`, on top of
	 * HEAD (also an unborn one), and puts `index` into exactly their index
	 * entries: whatever else is staged, edited, or noted with `git add -N`
	 * stays as it was. The executable bit is HEAD's; a new file's is the
	 * index's, that of the one file that goes where it comes, else the disk's. With hooks or
	 * commit.gpgSign the git program makes the commit, as git would.
	 *
	 * First of all the whole intent is put on disk (blobs, and a record in
	 * the repository), so that whenever this process is killed the next
	 * `begin` can finish it. A failure before the first file is written
	 * leaves everything as it was; one while files are written puts those
	 * back that were (KITH_CHANGED where one no longer held `before`);
	 * a later one (a hook that refuses, with its words; a ref's lock)
	 * leaves the files written, outcome->written, and the rest as it was;
	 * GIT_REFUSED then names the commit that was to be, until the next one.
	 * KITH_INVALID for a path that is none, is given twice, or is ignored
	 * and not tracked. Once for each begin.
	 */
	int (*commit)(struct git_change *change, const struct git_file *files, size_t count,
		      const struct git_message *message, struct git_outcome *outcome,
		      struct kith_error *err);
	/* Gives the locks back; what was not committed is as if it had not been begun. */
	void (*end)(struct git_change *change);

	/*
	 * Finishes a merge as `git commit` does: with what is staged, and git's
	 * message where how->text is NULL. KITH_FAILED where conflicts are left,
	 * or a hook refuses.
	 */
	int (*finish_merge)(char id[GIT_ID_SIZE], struct git_repo *repo,
			    const struct git_message *how, struct kith_error *err);

	/*
	 * Visits what is not committed below folder ("" for all), relative to
	 * the work tree: changed, staged, deleted or untracked, and not ignored;
	 * no submodules. By path.
	 */
	int (*changed)(struct git_repo *repo, const char *folder, git_changed *visit, void *context,
		       struct kith_error *err);

	/* The author's e-mail of what would be committed now, put into *email; as `begin` else. */
	int (*email)(struct git_repo *repo, struct buf *email, struct kith_error *err);

	/* A commit's id by any name git knows (`HEAD~2`, `1a2b3c`). KITH_NOT_FOUND, KITH_AMBIGUOUS.
	 */
	int (*find)(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		    struct kith_error *err);
	/*
	 * Visits commits, children before parents, newest first; also those
	 * that changed nothing in the folders (their count is 0). Nothing on an
	 * unborn branch. In a shallow clone the last ones are as roots.
	 */
	int (*walk)(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		    void *context, struct kith_error *err);
	/*
	 * The commit of that name, as `find` has it; name == NULL: of HEAD's line of first parents
	 * the last one that was made until the end of a day.
	 */
	int (*look_back)(struct git_past *out, struct git_repo *repo, const char *name,
			 civil_day day, const char *path, struct kith_error *err);
	/*
	 * Writes files as a checkout would, but for line ends, which are git's own; links are made
	 * as links. Those that are not wanted are there and empty, those of more than 64 MiB have
	 * their size alone, and of a submodule there is an empty folder. From then on walks that
	 * begin with no commit begin with this one. KITH_INVALID where a name is none for a disk,
	 * or for more than a million files or 1 GiB in those that are wanted; what was written by
	 * then is left to the caller.
	 */
	int (*unpack)(struct git_repo *repo, const struct git_unpacking *order,
		      struct kith_error *err);
	/* A blob by its id, or what a tree has at path by the tree's, as it would stand on disk at
	 * path; KITH_INVALID for more than max bytes. */
	int (*blob)(struct git_repo *repo, const char *id, const char *path, size_t max,
		    struct buf *out, struct kith_error *err);
	/*
	 * What a commit did to one file, as a number: those of its files added
	 * up are what the commit was sealed with, unless somebody put more into
	 * it. The same on another commit and with other line ends; of the
	 * reverse, the negative.
	 */
	int (*sum)(uint64_t *sum, struct git_repo *repo, const struct git_delta *delta,
		   struct kith_error *err);
	/*
	 * The difference of two texts as git diff prints it, appended to out:
	 * headers with the paths (p == NULL: /dev/null), hunks with three lines
	 * of context. Nothing for equal texts. No repository is needed.
	 */
	int (*diff)(struct buf *out, const char *before_path, struct str before,
		    const char *after_path, struct str after, struct kith_error *err);
	/* The same as line numbers, without context. *hunks lives in the arena. */
	int (*hunks)(struct git_hunk **hunks, size_t *count, struct str before, struct str after,
		     struct arena *arena, struct kith_error *err);

	/*
	 * The remote of that name, else the branch's own, the only one, or `origin`, and where
	 * all stands. KITH_NOT_FOUND for a name that is none, KITH_AMBIGUOUS for several.
	 */
	int (*remote)(struct git_remote *out, struct git_repo *repo, const char *name,
		      struct arena *arena, struct kith_error *err);
	int (*add_remote)(struct git_repo *repo, const char *name, const char *url,
			  struct kith_error *err);
	int (*remove_remote)(struct git_repo *repo, const char *name, struct kith_error *err);
	/* Whether the remote, which is reached by http or git's own protocol, can be read by one
	 * who gives no name and no password; false where that is not known. */
	bool (*is_public)(struct git_repo *repo, const struct git_remote *remote,
			  const struct git_transport *how);
	/*
	 * Fetches the branch's counterpart into its tracking branch; pushes a commit to it, with
	 * the tracking branch set where the branch had none. KITH_OFFLINE where nobody answers.
	 * *refused: it was there, and did not take it.
	 */
	int (*fetch)(struct git_repo *repo, const struct git_remote *remote,
		     const struct git_transport *how, struct kith_error *err);
	int (*push)(bool *refused, struct git_repo *repo, const struct git_remote *remote,
		    const char *id, const struct git_transport *how, struct kith_error *err);
	/* Visits once, with all that differs between two commits; from: "" for nothing. */
	int (*between)(struct git_repo *repo, const char *from, const char *to, git_visit *visit,
		       void *context, struct kith_error *err);
	/* Merges two commits' files, as `git merge` does, with that driver for what no attribute
	 * says otherwise of, called in a folder of nothing; nothing is written but objects.
	 * unrelated: also where they have no
	 * commit in common. */
	int (*merge_trees)(struct git_merge *out, struct git_change *change, const char *ours,
			   const char *theirs, const struct git_driver *driver, bool unrelated,
			   struct arena *arena, struct kith_error *err);
	/* Makes the commit of a merge, seen by the hooks of `git merge` and signed as it would be;
	 * HEAD and files stay. */
	int (*merge_commit)(char id[GIT_ID_SIZE], struct git_change *change,
			    const struct git_merge *merge, const struct git_settled *settled,
			    size_t count, const char *message, struct kith_error *err);
	/*
	 * HEAD, index and files go on from a commit ("": an unborn branch) to one that has it
	 * behind it (the caller knows), as safe from a kill as `commit`. KITH_CHANGED where HEAD is
	 * elsewhere by now; KITH_FAILED where a file that changes holds anything but what HEAD
	 * has. Nothing has changed then. look: only whether it could be done.
	 */
	int (*advance)(struct git_change *change, const char *from, const char *id, bool look,
		       struct git_outcome *outcome, struct kith_error *err);
	/* The same by `git merge --ff-only`, which brings links and submodules, too, runs its hook,
	 * and is not safe from a kill. For where `advance` says KITH_UNSUPPORTED. */
	int (*fast_forward)(struct git_repo *repo, const char *id, struct kith_error *err);
	/* Runs the hook post-merge, where there is one. */
	void (*tell_merge)(struct git_repo *repo);
	/* The branches that are there, with blanks between, added to out. */
	int (*branches)(struct buf *out, struct git_repo *repo, const struct git_remote *remote,
			const struct git_transport *how, struct kith_error *err);
	/* A disposable text beside the repository: when it was synced last. "" where none is. */
	void (*note_sync)(struct git_repo *repo, struct str text);
	void (*last_sync)(struct buf *out, struct git_repo *repo);

	/*
	 * Tells git of a merge driver, in the repository's own configuration, unless it has a
	 * command for that name by any file, and in info/attributes, behind what stands there.
	 * *news: false where all that was so already.
	 */
	int (*set_driver)(bool *news, struct git_repo *repo, const struct git_driver *driver,
			  struct kith_error *err);
	bool (*has_driver)(const struct git_repo *repo, const char *name);
	/*
	 * Three texts merged by lines as `git merge-file` does it, put into *out (initialised by
	 * the caller; cleared here). *clash: it cannot be done so, or one of them is no text, and
	 * *out is empty. No repository is needed.
	 */
	int (*merge_lines)(struct buf *out, bool *clash, struct str base, struct str ours,
			   struct str theirs, struct kith_error *err);
};

/* The one symbol of the module. */
#define GIT_MODULE_SYMBOL "kith_git_module"
#define GIT_MODULE_ABI    7
struct git_module {
	int abi;
	const struct git_api *api;
};

/*
 * Loads the module from the first of the given paths that exists (count of
 * them) and returns its table; NULL with KITH_NOT_FOUND or KITH_FAILED. The
 * module stays loaded until the process ends.
 */
const struct git_api *git_load(const char *const *paths, size_t count, struct kith_error *err);

/* The state in words, "a merge", and the way out of it, a sentence; NULL for GIT_CLEAN. */
const char *git_state_words(enum git_state state);
const char *git_state_way(enum git_state state);

#endif
