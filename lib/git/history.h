/* Inside the module: names of commits, and blobs. The two of struct git_api. */
#ifndef KITH_GIT_HISTORY_H
#define KITH_GIT_HISTORY_H

#include "git/repo.h"

int history_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err);
int history_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err);

/* The commit of a name: KITH_NOT_FOUND, KITH_AMBIGUOUS. */
int history_resolve(git_oid *id, const struct git_repo *repo, const char *name,
		    struct kith_error *err);

#endif
