/*
 * Inside the module: two histories into one. The trees are merged by the git program (`git
 * merge-tree`), which calls merge drivers and touches no file; the commit is made, seen by hooks
 * and signed, before anything moves; and then HEAD, index and files go to it as to any commit of
 * kith's: by a plan, a record, and its carrying out. Functions of struct git_api.
 */
#ifndef KITH_GIT_MERGE_H
#define KITH_GIT_MERGE_H

#include "git/transaction.h"

/* A folder of the repository, there while git merges. */
#define MERGE_SCRATCH "kith-merge"

int merge_trees(struct git_merge *out, struct git_change *change, const char *ours,
		const char *theirs, const struct git_driver *driver, bool unrelated,
		struct arena *arena, struct kith_error *err);
int merge_commit(char id[GIT_ID_SIZE], struct git_change *change, const struct git_merge *merge,
		 const struct git_settled *settled, size_t count, const char *message,
		 struct kith_error *err);
int merge_advance(struct git_change *change, const char *from, const char *id, bool look,
		  struct git_outcome *outcome, struct kith_error *err);
int merge_fast_forward(struct git_repo *repo, const char *id, struct kith_error *err);
void merge_tell_hook(struct git_repo *repo);

#endif
