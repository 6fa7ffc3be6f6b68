/*
 * Inside the module: what is changed, as one number, to see whether a commit
 * holds what it was made to hold. It is the sum of the lines that came less
 * that of the lines that went, so it stays the same on another commit (git
 * rebase, cherry-pick), in another order, with other line ends, and that of
 * the reverse is its negative.
 */
#ifndef KITH_GIT_SUM_H
#define KITH_GIT_SUM_H

#include "git/repo.h"

/* Adds one file's change to *sum; before, after: blobs as git stores them, zeros for none. */
int sum_add(uint64_t *sum, const struct git_repo *repo, const char *path, const git_oid *before,
	    const git_oid *after, struct kith_error *err);

/* The one of struct git_api. */
int sum_of_delta(uint64_t *sum, struct git_repo *repo, const struct git_delta *delta,
		 struct kith_error *err);

#endif
