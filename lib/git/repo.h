/*
 * Inside the module: a repository that is open, and what every file there
 * needs of libgit2. Its options are global to the process, so each call into
 * the module begins with repo_enter, which sets them anew: nothing is kept
 * between calls.
 */
#ifndef KITH_GIT_REPO_H
#define KITH_GIT_REPO_H

#include <git2.h>
#include <stdio.h>

#include "base/arena.h"
#include "git/git.h"

struct git_repo {
	git_repository *handle;
	int shared;              /* core.sharedRepository, as share.h has it */
	const char *store;       /* as store.h has it */
	bool stored;             /* libgit2 knows it */
	char as_of[GIT_ID_SIZE]; /* where walks begin; "": at HEAD */
	FILE *asked; /* what git answered for its settings, as libgit2 reads it; or NULL */
	struct git_surroundings around; /* its texts are the caller's */
	struct arena arena;
};

/* The three of struct git_api. */
int repo_open(struct git_repo **out, const char *path, const struct git_surroundings *around,
	      struct kith_error *err);
int repo_init(struct git_repo **out, const char *path, const char *branch,
	      const struct git_surroundings *around, struct kith_error *err);
void repo_close(struct git_repo *repo);

/* Tells libgit2 where this repository's owner has configuration, and whether to fsync. */
void repo_enter(const struct git_repo *repo);

/*
 * Flushes a file or folder to the disk, with a descriptor of its own. A link or what cannot be
 * opened is not waited for. 0, or -1 with errno.
 */
int repo_sync_place(const char *path);

/* Notes a failure, "WHAT: libgit2's reason"; out of disk, permission and the like are in the
 * reason. */
int repo_fail(struct kith_error *err, enum kith_status status, const char *what, ...)
    ATTR_PRINTF(3, 4);
/* libgit2's last reason, or better words for it; never NULL, good until its next call. */
const char *repo_reason(void);
#endif
