/* Inside the module: what git says of the work tree. The four of struct git_api. */
#ifndef KITH_GIT_STATUS_H
#define KITH_GIT_STATUS_H

#include "git/repo.h"

const char *status_workdir(const struct git_repo *repo);
enum git_state status_state(const struct git_repo *repo);
bool status_ignored(const struct git_repo *repo, const char *path);
int status_pending(struct git_repo *repo, const char *folder, struct git_pending *out,
		   struct kith_error *err);

#endif
