/*
 * Inside the module: HEAD, and the branch it names, moved under git's locks of
 * both, with the reflogs that git would write (gitrepository-layout(5)). The
 * lock files are struct hold's, so that a kill leaves none that cannot be told
 * from git's.
 */
#ifndef KITH_GIT_HEAD_H
#define KITH_GIT_HEAD_H

#include "git/flush.h"
#include "git/hold.h"

/* Where HEAD stands. */
struct head {
	char ref[1024]; /* "refs/heads/main"; "HEAD" where it is detached */
	bool unborn;    /* the branch has no commit yet */
	git_oid id, tree;
};

int head_read(struct head *head, const struct git_repo *repo, struct kith_error *err);

/*
 * Locks HEAD and its branch, trying for 5 seconds (KITH_BUSY), and reads them
 * again. Give back with head_unlock, also after a failure.
 */
int head_lock(struct head *head, struct hold *hold, const struct git_repo *repo,
	      struct kith_error *err);
/*
 * Moves the locked branch. message: the commit's, for the reflog. with: files
 * that are to be on the disk before, if the surroundings ask for that.
 */
int head_move(const struct head *head, const struct hold *hold, const struct git_repo *repo,
	      const git_oid *to, const git_signature *who, const char *message, struct flush *with,
	      struct kith_error *err);
void head_unlock(const struct head *head, const struct hold *hold);

/* Takes away locks of HEAD and its branch that a kith left which was killed. */
void head_clear(const struct head *head, const struct hold *hold);

/* Adds to the reflogs that the branch moved, unless they tell so. */
void head_log(const struct head *head, const struct hold *hold, const struct git_repo *repo,
	      const git_oid *to, const git_signature *who, const char *message);

#endif
