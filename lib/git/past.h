/*
 * Inside the module: what stood in a commit, looked for by a day or a name, and its files. The two
 * of struct git_api.
 */
#ifndef KITH_GIT_PAST_H
#define KITH_GIT_PAST_H

#include "git/repo.h"

int past_find(struct git_past *out, struct git_repo *repo, const char *name, civil_day day,
	      const char *path, struct kith_error *err);
int past_unpack(struct git_repo *repo, const struct git_unpacking *order, struct kith_error *err);

#endif
