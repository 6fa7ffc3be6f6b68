/*
 * Inside the module: git's index file (gitformat-index(5), versions 2 to 4),
 * changed in the entries that are asked for: the bytes of all others, with
 * their flags and stat data, are copied as they are. libgit2 would read and
 * write every entry anew, at several times the cost.
 *
 * Of the extensions the cached trees stay (less those of changed folders) and
 * the notes of resolved conflicts; the untracked cache while no entry comes or
 * goes; git makes the others anew.
 */
#ifndef KITH_GIT_INDEX_H
#define KITH_GIT_INDEX_H

#include <git2.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

/* An entry; all of it lives as long as the index. */
struct index_entry {
	const unsigned char *at; /* its bytes in the file */
	struct str path;
	uint32_t size; /* of these bytes */
};

struct index {
	struct buf bytes; /* of the file; none for one that is not there yet */
	struct arena arena;
	struct index_entry *entries; /* by path */
	size_t count;
	unsigned version;
	bool conflicts; /* some entry is of an unresolved conflict */
};

/* What an entry tells. */
struct index_view {
	git_oid id;
	uint32_t mode;
	bool intent; /* of `git add -N`: no contents yet */
};

struct index_edit {
	const char *path;
	bool remove; /* take the entry out, where it is there */
	git_oid id;
	uint32_t mode;
	const struct stat *stat; /* the file, if it has exactly these contents; else NULL */
};

/*
 * Reads the file. KITH_UNSUPPORTED for a split or sparse index and an unknown
 * version, KITH_FAILED for a damaged one. Release it after a failure, too.
 */
int index_read(struct index *index, const char *path, struct kith_error *err);
void index_release(struct index *index);

/* The entry without conflict of that path; NULL where there is none. */
const struct index_entry *index_find(const struct index *index, const char *path);
void index_look(struct index_view *out, const struct index_entry *entry);
/* Whether the path would be a file where the index has a folder, or a folder where it has a file.
 */
bool index_blocks(const struct index *index, const char *path);

/*
 * The index with the edits made (by path, each path once), added to out. An
 * entry keeps its marks of assume-unchanged and skip-worktree, and loses that
 * of `git add -N`.
 */
int index_edited(struct buf *out, const struct index *index, const struct index_edit *edits,
		 size_t count, struct kith_error *err);

#endif
