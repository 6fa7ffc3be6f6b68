/*
 * Inside the module: between the bytes on disk and those that git stores
 * (gitattributes(5)). libgit2 does it, but for an external filter (git-crypt,
 * git-lfs, any clean and smudge), working-tree-encoding and ident, which are
 * the git program's.
 */
#ifndef KITH_GIT_CONTENT_H
#define KITH_GIT_CONTENT_H

#include "git/repo.h"

/*
 * Whether the git program makes that file's bytes. A filter that is not
 * configured is none, as for git. Also true where libgit2 cannot read the
 * attributes (it looks for them in the index, too, which it may not know).
 */
bool content_is_foreign(const struct git_repo *repo, const char *path);

/* Stores bytes as they are. */
int content_keep(git_oid *out, const struct git_repo *repo, struct str bytes,
		 struct kith_error *err);
/* Stores a file's bytes as git would. */
int content_store(git_oid *out, const struct git_repo *repo, const char *path, struct str bytes,
		  struct kith_error *err);
/*
 * Adds a blob's bytes to out as they would stand on disk, but `$Id$` without a name. KITH_INVALID
 * for more than max, and for what is no blob; KITH_NOT_FOUND.
 */
int content_load(struct buf *out, const struct git_repo *repo, const char *path, const git_oid *id,
		 size_t max, struct kith_error *err);

#endif
