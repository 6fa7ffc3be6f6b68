/*
 * Inside the module: git's objects, as bytes. New ones are written as git
 * writes them: loose, compressed for speed. Where the surroundings ask for
 * fsync they are on the disk before they get their names; a disk takes several
 * files in hardly more time than one, so that is done for all at once.
 */
#ifndef KITH_GIT_OBJECT_H
#define KITH_GIT_OBJECT_H

#include "git/flush.h"
#include "git/repo.h"

struct object_file;

/* Objects that are written, but do not have their names yet. */
struct object_batch {
	const struct git_repo *repo;
	struct object_file *files;
	size_t count, cap;
	int level; /* of compression */
	long process;
};

/* What files have in their names while they are written: git's beginning, then the process. */
#define OBJECT_TEMPORARY "tmp_obj_kith-"

/* process: this one's number. */
void object_batch_init(struct object_batch *batch, const struct git_repo *repo, long process);
/* Takes away what has no name yet. Accepts a zeroed one. */
void object_batch_release(struct object_batch *batch);

/* Writes an object, unless the repository has it. It can be read once it is named. */
int object_write(git_oid *out, struct object_batch *batch, git_object_t type, struct str bytes,
		 struct kith_error *err);

/* Gives all their names. with: a file that is to be on the disk at the same time; or NULL. */
int object_name_all(struct object_batch *batch, struct flush *with, struct kith_error *err);

/* The id that these bytes have as a blob, without storing them. */
int object_id(git_oid *out, struct str bytes, struct kith_error *err);

/*
 * Reads an object of that type; free *out with git_odb_object_free. Returns
 * the bytes in *bytes. max: KITH_INVALID for more bytes; 0 for no limit.
 */
int object_read(git_odb_object **out, struct str *bytes, const struct git_repo *repo,
		const git_oid *id, git_object_t type, size_t max, struct kith_error *err);

#endif
