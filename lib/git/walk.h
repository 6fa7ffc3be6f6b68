/*
 * Inside the module: the commits, newest first. The one of struct git_api.
 *
 * libgit2's own walk reads the whole history before the first commit, and
 * fails at the end of a shallow clone. Here a straight line of commits is
 * told as it is read; from the first merge on the rest is read and sorted.
 */
#ifndef KITH_GIT_WALK_H
#define KITH_GIT_WALK_H

#include "git/repo.h"

int walk_commits(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err);

#endif
