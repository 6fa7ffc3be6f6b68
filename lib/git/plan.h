/*
 * Inside the module: what a change is going to do, worked out and stored as
 * objects before anything that counts is touched.
 */
#ifndef KITH_GIT_PLAN_H
#define KITH_GIT_PLAN_H

#include "git/transaction.h"

struct plan {
	struct record record;
	const struct git_file **files; /* as the record's */
};

/* KITH_INVALID for what is no path of a file below the work tree. */
int plan_check_path(const char *path, struct kith_error *err);
/* KITH_UNSUPPORTED for what is there, but is no file. */
int plan_check_mode(uint32_t mode, const char *path, const char *where, struct kith_error *err);

/*
 * Makes HEAD's tree with the record's files, and nothing else changed. *same:
 * HEAD has them all already, and no tree is made. KITH_CHANGED where HEAD has
 * neither the old nor the new ones.
 */
int plan_tree(git_oid *out, bool *same, const struct git_repo *repo, const struct branch *head,
	      const struct record *record, struct kith_error *err);
/* Stores a commit of the tree on HEAD. */
int plan_commit(git_oid *out, const struct git_repo *repo, const git_oid *tree,
		const struct branch *head, const git_signature *author,
		const git_signature *committer, const char *message, struct kith_error *err);

/*
 * Checks the files and stores the blobs, the trees and the commit as it would
 * be now. Fails as struct git_api's commit. All of it lives in the change's
 * arena.
 */
int plan_make(struct plan *plan, struct git_change *change, const struct git_file *files,
	      size_t count, const struct git_message *message, struct kith_error *err);

#endif
