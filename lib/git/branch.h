/*
 * Inside the module: HEAD, and the branch it names, read and moved by a
 * reference transaction of libgit2's, with the reflogs. Its lock is a plain
 * file, which stays behind a process that is killed: head_clear tells it.
 */
#ifndef KITH_GIT_BRANCH_H
#define KITH_GIT_BRANCH_H

#include "git/hold.h"

/* Where HEAD stands. */
struct branch {
	char ref[1024]; /* "refs/heads/main"; "HEAD" where it is detached */
	bool unborn;    /* the branch has no commit yet */
	git_oid id, tree;
};

/* What HEAD holds at a path. */
struct branch_entry {
	git_oid id;
	uint32_t mode; /* 0: nothing, and id is zeros */
};

int branch_read(struct branch *head, const struct git_repo *repo, struct kith_error *err);

/* KITH_UNSUPPORTED where a part of the path that should be a folder is none. */
int branch_look(struct branch_entry *out, const struct branch *head, const struct git_repo *repo,
		const char *path, struct kith_error *err);

/*
 * Locks HEAD's branch, trying for 5 seconds (KITH_BUSY), and reads HEAD again.
 * git_transaction_free gives it back.
 */
int branch_lock(git_transaction **lock, struct branch *head, const struct hold *hold,
		const struct git_repo *repo, struct kith_error *err);
/* Moves the locked branch. message: the commit's, for the reflog. */
int branch_move(git_transaction *lock, const struct branch *head, const git_oid *to,
		const git_signature *who, const char *message, struct kith_error *err);

/*
 * Takes away the lock of ref that a kith left which was killed while it moved
 * it to that commit: it holds its name, or a beginning of it. One that holds
 * nothing, and so for a second, is taken for one, too: git writes into its
 * locks at once.
 */
void branch_clear(const char *ref, const git_oid *to, const struct hold *hold);

#endif
