/*
 * Inside the module: the repository is held for a change. Two kiths keep each
 * other out by flock(2) on `kith.lock`, which the kernel gives back when its
 * holder ends. git is kept out by its own lock of the index, which stays
 * behind a process that is killed; so the one made here is a symbolic link to
 * kith.lock. A link comes into being with its text, in one step, and O_EXCL,
 * which git locks by, fails on it: at any moment it can be told whose lock it
 * is, and under the flock, that its maker is dead.
 */
#ifndef KITH_GIT_HOLD_H
#define KITH_GIT_HOLD_H

#include <signal.h>

#include "git/repo.h"

struct hold {
	struct arena arena;
	const char *folder; /* of this work tree: ends in '/' */
	const char *common; /* of all: ends in '/' */
	const char *file;   /* kith.lock */
	int fd;             /* -1: not held */
	bool certain;       /* the file system knows flock */
	bool plain;         /* it has no symbolic links: locks are plain files */
	bool crashed;       /* the holder before was killed */
	long dead;          /* its process; 0 where it is not known */
	long process;       /* this one */
	bool blocked;
	sigset_t before; /* the signals that were blocked before */
};

/* Waits up to 30 seconds (KITH_BUSY). */
int hold_take(struct hold *hold, const struct git_repo *repo, struct kith_error *err);
/* Accepts a zeroed one. */
void hold_release(struct hold *hold);

/*
 * From here the signals that end a process wait, so that Ctrl-C leaves no lock
 * behind; to hold_unblock or hold_release.
 */
void hold_block(struct hold *hold);
void hold_unblock(struct hold *hold);

/*
 * Makes git's lock file of that name in hold->folder. A dead kith's is taken
 * away. -1 with errno, EEXIST where somebody has it.
 */
int hold_lock(struct hold *hold, const char *name);
/* Gives it back, if it is ours. */
void hold_unlock(const struct hold *hold, const char *name);
/* Whether it is there, and is a kith's. */
bool hold_owns(const struct hold *hold, const char *name);

/* Waits a while before the try of that number, from 0; false when 5 seconds have been spent. */
bool hold_wait(unsigned try);

#endif
