/*
 * Inside the module: what of the work tree is not as HEAD has it, and what
 * git ignores. By libgit2; by the git program where libgit2 cannot read the
 * index, or takes a file for changed that only goes through a filter that it
 * does not run. The functions of struct git_api.
 */
#ifndef KITH_GIT_WORKTREE_H
#define KITH_GIT_WORKTREE_H

#include "git/repo.h"

const char *worktree_path(const struct git_repo *repo);
enum git_state worktree_state(const struct git_repo *repo);
/* The same, and whether conflicts are left without any of it. The function of struct git_api. */
enum git_state worktree_standing(const struct git_repo *repo);
bool worktree_ignored(const struct git_repo *repo, const char *path);
int worktree_check_known(const struct git_repo *repo, const char *path, struct kith_error *err);
int worktree_changed(struct git_repo *repo, const char *folder, git_changed *visit, void *context,
		     struct kith_error *err);

/* Whether a rule ignores path, tracked or not: KITH_INVALID with git-check-ignore(1)'s words. */
int worktree_check_rules(const struct git_repo *repo, const char *path, struct kith_error *err);

#endif
