/*
 * Inside the module: core.sharedRepository (git-config(1)): which files of the
 * repository the group, or all, may read and write, whatever the umask is.
 * Where this cannot be set, as with a file of another owner, nothing is said.
 */
#ifndef KITH_GIT_SHARE_H
#define KITH_GIT_SHARE_H

#include "git/repo.h"

/* The setting: rights to add; below 0, rights to have instead; 0 for none. */
int share_setting(git_repository *handle);

/* A file or folder that was just made. */
void share_open(const struct git_repo *repo, int fd);
void share_path(const struct git_repo *repo, const char *path);

#endif
