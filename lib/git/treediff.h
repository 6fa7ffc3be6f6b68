/*
 * Inside the module: which files differ between two trees. git_diff_tree_to_tree
 * looks into every folder of both; here equal ones are passed over unread, so
 * that the price is that of what changed. What was renamed is not seen here.
 */
#ifndef KITH_GIT_TREEDIFF_H
#define KITH_GIT_TREEDIFF_H

#include "git/repo.h"

struct treediff {
	struct git_delta *items; /* files, links and submodules, by path, each once */
	size_t count, cap;
	size_t trees; /* looked into, against trees made to have no end */
	size_t depth;
	struct arena arena;
	git_repository *handle;
};

/*
 * Finds what differs at or below the folders ("" for all; also files). before, after: NULL for the
 * empty tree. KITH_INVALID where there is too much (a million folders or files, or folders 256
 * deep). Release it after a failure, too: the texts are its own.
 */
int treediff_find(struct treediff *diff, git_repository *handle, const git_tree *before,
		  const git_tree *after, const char *const *folders, size_t count,
		  struct kith_error *err);
void treediff_release(struct treediff *diff);

#endif
