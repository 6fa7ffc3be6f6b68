/*
 * Inside the module: git's configuration, from the files that git would read.
 * libgit2 does not know GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM and
 * GIT_CONFIG_NOSYSTEM, so the list of files is made here (git-config(1),
 * "FILES" and "ENVIRONMENT"). Nor does it know settings of the environment
 * and `includeIf "hasconfig:..."`: where there are any, git is asked for all.
 */
#ifndef KITH_GIT_GITCONFIG_H
#define KITH_GIT_GITCONFIG_H

#include "git/repo.h"

/* Gives repo's handle the configuration of system, user, repository and work tree. */
int gitconfig_apply(struct git_repo *repo, struct kith_error *err);

/* Whether safe.directory of system or user names path (a work tree, ending in '/') or all. */
bool gitconfig_trusts(const struct git_surroundings *around, const char *path);

/* A switch; the fallback where it is not set or not a switch. */
bool gitconfig_bool(git_repository *handle, const char *name, bool fallback);

bool gitconfig_has(git_repository *handle, const char *name);

/* `$XDG_CONFIG_HOME/git`, or its default below HOME; "" where neither is known. In the arena. */
const char *gitconfig_xdg_folder(const struct git_surroundings *around, struct arena *arena);

#endif
