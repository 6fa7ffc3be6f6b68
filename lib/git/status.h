/* Inside the module: what git says of the work tree. The two of struct git_api. */
#ifndef KITH_GIT_STATUS_H
#define KITH_GIT_STATUS_H

#include "git/repo.h"

const char *status_workdir(const struct git_repo *repo);
enum git_state status_state(const struct git_repo *repo);

#endif
