/*
 * Inside the module: core.sharedRepository (git-config(1)): which files of the
 * repository the group, or all, may read and write, whatever the umask is.
 * libgit2 minds it only when it makes a repository; it does mind the umask.
 */
#ifndef KITH_GIT_SHARE_H
#define KITH_GIT_SHARE_H

#include <sys/stat.h>

#include "git/repo.h"

/* The setting: rights to add; below 0, rights to have instead; 0 for none. */
int share_setting(git_repository *handle);

/* Sets the umask so, and returns what it was, for share_end. */
mode_t share_begin(const struct git_repo *repo);
void share_end(mode_t mask);

#endif
