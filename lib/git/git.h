/*
 * The repository around a journal. This is the only room that knows git; it
 * knows nothing of people. libgit2 is costly to load, so it lives in a module
 * of its own (kith-git.so), and git_load hands out its table of functions.
 * Tests may make a table of their own.
 *
 * Nothing here reads the environment or the clock: both come in as
 * struct git_surroundings.
 */
#ifndef KITH_GIT_GIT_H
#define KITH_GIT_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

struct git_repo;

/* What git itself would take from the environment and the clock. Texts may be NULL. */
struct git_surroundings {
	const char *home;                             /* HOME */
	const char *xdg_config_home;                  /* XDG_CONFIG_HOME */
	const char *config_global;                    /* GIT_CONFIG_GLOBAL */
	const char *config_system;                    /* GIT_CONFIG_SYSTEM */
	bool config_nosystem;                         /* GIT_CONFIG_NOSYSTEM */
	const char *author_name, *author_email;       /* GIT_AUTHOR_NAME, _EMAIL */
	const char *committer_name, *committer_email; /* GIT_COMMITTER_NAME, _EMAIL */
	const char *email;                            /* EMAIL: git's fallback for both e-mails */
	int64_t now;                                  /* seconds since 1970-01-01T00:00:00Z */
	int zone;                                     /* minutes east of UTC */
	bool fsync; /* flush objects and refs to disk before they count */
};

enum git_state {
	GIT_CLEAN,
	GIT_MERGING,
	GIT_REBASING,
	GIT_CHERRY_PICKING,
	GIT_REVERTING,
	GIT_BISECTING,
	GIT_APPLYING, /* git am */
};

/*
 * One file of a commit: path relative to the work tree, with '/'; bytes as
 * they stand on disk. Absent bytes (p == NULL) take the file out of HEAD and
 * the index.
 */
struct git_file {
	const char *path;
	struct str bytes;
};

/* What is not committed, for one folder. */
struct git_pending {
	size_t changed;   /* tracked files that differ from HEAD, staged or not */
	size_t untracked; /* files git does not know and does not ignore */
};

struct git_api {
	/*
	 * Opens the nearest repository at or above path. KITH_NOT_FOUND where
	 * there is none; KITH_UNSUPPORTED for a format libgit2 does not know,
	 * a bare one, or one owned by somebody else (the message says what to do).
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

	/*
	 * Commits exactly these files, with these bytes, on top of HEAD (also an
	 * unborn one), and updates exactly their index entries: whatever else is
	 * staged, edited, or noted with `git add -N` stays as it was. So does
	 * the index entry of a file that HEAD has with these bytes already. The
	 * executable bit is HEAD's; a new file's is the index's, else the disk's.
	 * With hooks, or commit.gpgSign, the git program makes the commit.
	 * id: 41 bytes for the commit's hexadecimal name, or "" where the files are
	 * in HEAD with these bytes already and no commit was made.
	 * Fails, with nothing changed, during a merge, a rebase and the like or
	 * with conflicts in the index (KITH_FAILED), with a lock held for more
	 * than 5 seconds (KITH_BUSY), without a name or e-mail
	 * (KITH_INVALID; the message shows the two commands that set them), for
	 * an ignored path that git does not track (KITH_INVALID), for one that
	 * passes a filter only the git program has, or is no regular file in
	 * HEAD (KITH_UNSUPPORTED), or where a hook refuses (KITH_FAILED, with
	 * its words).
	 */
	int (*commit)(struct git_repo *repo, const struct git_file *files, size_t count,
		      const char *message, char id[41], struct kith_error *err);

	/* Counts what is not committed below folder ("" for all), relative to the work tree. */
	int (*pending)(struct git_repo *repo, const char *folder, struct git_pending *out,
		       struct kith_error *err);
};

/* The one symbol of the module. */
#define GIT_MODULE_SYMBOL "kith_git_module"
#define GIT_MODULE_ABI    1
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

/* The state in words: "a merge", "a rebase"; NULL for GIT_CLEAN. */
const char *git_state_words(enum git_state state);

#endif
