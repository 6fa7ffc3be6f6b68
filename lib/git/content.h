/*
 * Inside the module: between the bytes on disk and those that git stores
 * (gitattributes(5)): by libgit2, and by the git program what libgit2 does not
 * do (filter.h).
 */
#ifndef KITH_GIT_CONTENT_H
#define KITH_GIT_CONTENT_H

#include "base/buf.h"
#include "git/object.h"

/* Stores a file's bytes as git would; *plain: they are stored as they are. */
int content_store(git_oid *out, bool *plain, struct object_batch *batch, const char *path,
		  struct str bytes, struct kith_error *err);

/* Adds a stored blob's bytes to out as they would stand on disk. KITH_INVALID for more than max. */
int content_load(struct buf *out, const struct git_repo *repo, const char *path, const git_oid *id,
		 size_t max, struct kith_error *err);

#endif
