/*
 * Inside the module: git's index, changed under its lock and entry by entry.
 *
 * libgit2's own way (add, write, write_tree) works on an index read before the
 * lock is taken, so it loses what others stage meanwhile. Here the lock comes
 * first, as git takes it: index.lock is created exclusively, a private copy of
 * the index (`kith-index`, beside it) is changed, becomes index.lock, and
 * index.lock becomes index once HEAD has moved.
 */
#ifndef KITH_GIT_STAGE_H
#define KITH_GIT_STAGE_H

#include <signal.h>

#include "git/repo.h"

struct stage {
	struct arena arena;
	const char *index;   /* the real one */
	const char *lock;    /* index.lock */
	const char *copy;    /* the private copy */
	const char *copying; /* libgit2's lock for the copy */
	bool held, fsync;
	sigset_t before; /* the signals that were blocked before the lock was taken */
};

/*
 * Takes the lock, trying for 5 seconds (KITH_BUSY). While it is held, the
 * signals that end a process wait, so that Ctrl-C leaves no lock behind.
 */
int stage_lock(struct stage *s, const struct git_repo *repo, struct kith_error *err);
/* Gives the lock back, and removes what was not published. Accepts a zeroed stage. */
void stage_release(struct stage *s);

/*
 * Copies the index and opens the copy; free it with git_index_free.
 * KITH_FAILED where it holds conflicts, KITH_UNSUPPORTED where libgit2 cannot
 * read its format.
 */
int stage_open(git_index **out, struct stage *s, struct kith_error *err);
/*
 * Sets one entry. The mark of assume-unchanged, skip-worktree, and a staged
 * change of the executable bit stay; the mark of `git add -N` goes. The file's
 * stat data is left unknown, so git looks at its bytes the next time.
 */
int stage_put(git_index *index, const char *path, const git_oid *blob, git_filemode_t mode,
	      struct kith_error *err);
/* Takes one entry out, where it is there. */
int stage_remove(git_index *index, const char *path, struct kith_error *err);
/* Writes the copy, as the lock's contents. */
int stage_write(struct stage *s, git_index *index, struct kith_error *err);
/* Puts what was written in place of the index, and gives the lock back. */
int stage_publish(struct stage *s, struct kith_error *err);

/* Waits a while before the try of that number, from 0; false when 5 seconds have been spent. */
bool stage_wait(unsigned try);

#endif
