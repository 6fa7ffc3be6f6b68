/*
 * Inside the module: commits by the git program, for what libgit2 leaves out:
 * hooks and signatures. The program works on a private index that holds HEAD
 * and our files, so it commits exactly those (and what a hook adds).
 */
#ifndef KITH_GIT_PROGRAM_H
#define KITH_GIT_PROGRAM_H

#include "git/plan.h"
#include "git/stage.h"

/* Whether the repository has an enabled hook that a commit runs, or signs commits. */
bool program_needed(const struct git_repo *repo);

/*
 * Makes the commit of plan->tree on plan->parent, and writes what it changed
 * into the lock: stage_publish is left to the caller. index: stage_open's,
 * used up here. KITH_FAILED with the words of git and its hooks where they
 * refuse; HEAD and the real index are then as before.
 * The program gets the process's environment (agents, terminal, PATH), but
 * for what names a repository, an index, an identity or a configuration.
 */
int program_commit(struct plan *plan, struct stage *stage, git_index *index, git_oid *id,
		   struct kith_error *err);

#endif
