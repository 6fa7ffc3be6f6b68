/*
 * Inside the module: how git is told of a merge driver (gitattributes(5), "Defining a custom merge
 * driver"), and git's own merge, by lines. Functions of struct git_api.
 */
#ifndef KITH_GIT_DRIVER_H
#define KITH_GIT_DRIVER_H

#include "git/repo.h"

int driver_set(bool *news, struct git_repo *repo, const struct git_driver *driver,
	       struct kith_error *err);
bool driver_is_set(const struct git_repo *repo, const char *name);
int driver_merge_lines(struct buf *out, bool *clash, struct str base, struct str ours,
		       struct str theirs, struct kith_error *err);

#endif
