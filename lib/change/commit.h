/* Commits what was just written to the journal, and nothing else. */
#ifndef KITH_CHANGE_COMMIT_H
#define KITH_CHANGE_COMMIT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"

/*
 * The journal's path below the work tree, with a final '/'; "" where they are
 * the same. Both absolute; journal without links. In the arena.
 */
int commit_below_workdir(struct str *out, const char *workdir, const char *journal,
			 struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * journal: the journal's absolute path, without links; path: the file's,
 * below it; bytes: what it holds. id: as in struct git_api's commit. The
 * repository is the nearest one around the journal. Fails with the reason
 * where there is none (KITH_NOT_FOUND), and where git would not commit.
 */
int commit_file(const struct git_api *git, const struct git_surroundings *around,
		const char *journal, const char *path, struct str bytes, const char *message,
		char id[41], struct kith_error *err) ATTR_MUST_CHECK;

#endif
