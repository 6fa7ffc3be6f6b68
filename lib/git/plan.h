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
 * Checks the files and stores the blobs, the trees and the commit as it would
 * be now. Fails as struct git_api's commit. All of it lives in the change's
 * arena.
 */
int plan_make(struct plan *plan, struct git_change *change, const struct git_file *files,
	      size_t count, const struct git_message *message, struct kith_error *err);

#endif
