/* Inside the module: one commit of exactly the given files. The one of struct git_api. */
#ifndef KITH_GIT_COMMIT_H
#define KITH_GIT_COMMIT_H

#include "git/repo.h"

int commit_files(struct git_repo *repo, const struct git_file *files, size_t count,
		 const char *message, char id[41], struct kith_error *err);

#endif
