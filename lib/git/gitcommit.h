/*
 * Inside the module: commits by the git program, for what libgit2 leaves out:
 * hooks and signatures. The program works on a private index that holds HEAD
 * and our files, so it commits exactly those (and what a hook adds).
 *
 * Hooks see that index, as those of `git commit -- FILE` see one that git made
 * for it. So does post-commit, which there sees the repository's own: git runs
 * it before it ends, and has no option that keeps this hook back and no other
 * (core.hooksPath would be seen by all of them). What is staged elsewhere is
 * therefore not in the index of post-commit, and comes back after it.
 */
#ifndef KITH_GIT_GITCOMMIT_H
#define KITH_GIT_GITCOMMIT_H

#include "git/plan.h"

/* Whether the repository has an enabled hook that a commit runs, or signs commits. */
bool gitcommit_needed(const struct git_repo *repo);

bool gitcommit_has_hook(const struct git_repo *repo, const char *name);
/* Where the user is, if git finds the repository from there; else NULL. */
const char *gitcommit_folder(const struct git_repo *repo);

/*
 * Commits the record's files on HEAD, with the draft's message, author and
 * committer; *made: zeros where HEAD has them already. KITH_FAILED with the
 * words of git and its hooks where they refuse; HEAD and the real index are
 * then as before. The program gets the process's environment (agents,
 * terminal, PATH), but for what names a repository, an index, an identity or a
 * configuration.
 */
int gitcommit_run(git_oid *made, struct git_change *change, const struct record *record,
		  const git_commit *draft, struct kith_error *err);

/* To the disk with what git wrote, whatever its core.fsync says. */
int gitcommit_sync(const struct git_repo *repo, struct kith_error *err);

/*
 * Puts into the index what that commit changed besides: by a hook, in other
 * files where nothing else is staged, and in ours where the index was to have
 * what HEAD has. *count: how many are added to it.
 */
int gitcommit_follow(size_t *count, struct git_change *change, const struct record *record,
		     const git_oid *made, struct kith_error *err);

/* The function of struct git_api. */
int gitcommit_merge(char id[GIT_ID_SIZE], struct git_repo *repo, const struct git_message *how,
		    struct kith_error *err);

#endif
