/* Commits a file of the journal that was just written: that file, and nothing else. */
#ifndef KITH_CHANGE_COMMIT_H
#define KITH_CHANGE_COMMIT_H

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"

/*
 * journal: the journal's absolute path, without links; path: the file's,
 * below it; bytes: what it holds. id: as in struct git_api's commit. The
 * repository is the nearest one around the journal. Fails with the reason
 * where there is none (KITH_NOT_FOUND), and where git would not commit.
 */
int change_commit(const struct git_api *git, const struct git_surroundings *around,
		  const char *journal, const char *path, struct str bytes, const char *message,
		  char id[41], struct kith_error *err) ATTR_MUST_CHECK;

#endif
