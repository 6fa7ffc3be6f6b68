/* Inside the module: the tree and the commit of a change, on a HEAD of the moment. */
#ifndef KITH_GIT_MAKING_H
#define KITH_GIT_MAKING_H

#include "git/head.h"
#include "git/object.h"
#include "git/record.h"

/*
 * Makes HEAD's tree with the record's files. *same: HEAD has them all already,
 * and no tree is made. KITH_CHANGED where HEAD has neither the old nor the new
 * ones.
 */
int making_tree(git_oid *out, bool *same, struct object_batch *batch, const struct head *head,
		const struct record *record, struct kith_error *err);

/* Stores a commit of the tree on HEAD. */
int making_commit(git_oid *out, struct object_batch *batch, const git_oid *tree,
		  const struct head *head, const git_signature *author,
		  const git_signature *committer, const char *message, struct kith_error *err);

#endif
