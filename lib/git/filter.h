/*
 * Inside the module: files whose bytes in git are made by what libgit2 does
 * not do: an external filter (git-crypt, git-lfs, any clean and smudge),
 * working-tree-encoding, ident (gitattributes(5)). The git program does it.
 */
#ifndef KITH_GIT_FILTER_H
#define KITH_GIT_FILTER_H

#include "git/repo.h"

/*
 * Whether path is such a file. A filter that is not configured is none, as for
 * git. Also true where libgit2 cannot read the attributes (it looks for them
 * in the index, too, which it may not know).
 */
bool filter_foreign(const struct git_repo *repo, const char *path);

/* Whether a partial clone has left the blob out: git gets it when it is asked for it. */
bool filter_promised(const struct git_repo *repo, const git_oid *id);

/* Stores what git makes of the bytes; id: the blob's name. KITH_FAILED with git's words. */
int filter_store(char id[GIT_ID_SIZE], const struct git_repo *repo, const char *path,
		 struct str bytes, struct kith_error *err);
/* A blob as it would stand on disk, put into *out; KITH_INVALID for more than max bytes. */
int filter_show(struct buf *out, const struct git_repo *repo, const char *id, const char *path,
		size_t max, struct kith_error *err);

#endif
