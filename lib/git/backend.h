/*
 * Inside the module: a repository of a format that libgit2 does not know
 * (SHA-256, other stores of references), through the git program alone. The
 * functions of struct git_api that read or write objects, references or the
 * index; all others work on both.
 *
 * A change keeps the same promises as in change.h but one: the branch is not
 * locked from begin to end, because git takes that lock itself; whether it
 * moved meanwhile is looked at after the commit.
 */
#ifndef KITH_GIT_BACKEND_H
#define KITH_GIT_BACKEND_H

#include "git/git.h"

int backend_begin(struct git_change **out, struct git_repo *repo, struct kith_error *err);
int backend_read(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		 struct buf *out, bool *there, struct kith_error *err);
int backend_commit(struct git_change *change, const struct git_file *files, size_t count,
		   const struct git_message *message, struct git_outcome *outcome,
		   struct kith_error *err);
void backend_end(struct git_change *change);

/* In backend_history.c. */
int backend_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err);
int backend_walk(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err);
int backend_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err);
/* The commit at HEAD; "" where the branch is unborn. */
int backend_head(char id[GIT_ID_SIZE], const struct git_repo *repo, struct kith_error *err);
/* The branch that HEAD names; "" where it is detached. In the arena. */
int backend_branch(const char **ref, const struct git_repo *repo, struct arena *arena,
		   struct kith_error *err);

#endif
