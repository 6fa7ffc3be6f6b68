/*
 * Inside the module: the commits, their names, and blobs. The three of struct
 * git_api.
 *
 * Sorting a history means to read all of it first: a straight line of commits
 * is told as it is read, and only what lies behind a merge is sorted.
 */
#ifndef KITH_GIT_HISTORY_H
#define KITH_GIT_HISTORY_H

#include "git/repo.h"

int history_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err);
int history_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err);
int history_between(struct git_repo *repo, const char *from, const char *to, git_visit *visit,
		    void *context, struct kith_error *err);
int history_walk(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err);

#endif
