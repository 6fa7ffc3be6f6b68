/*
 * Inside the module: HEAD's trees, changed in the entries that are asked for.
 * The bytes of all other entries are copied as they are, so that the new tree
 * differs from the old one in those files alone, whatever else is in it.
 */
#ifndef KITH_GIT_TREE_H
#define KITH_GIT_TREE_H

#include "git/object.h"

/* What a tree holds at a path. */
struct tree_view {
	git_oid id;
	git_filemode_t mode; /* GIT_FILEMODE_UNREADABLE: nothing */
};

struct tree_edit {
	const char *path;
	bool remove;
	git_oid id;
	git_filemode_t mode;
};

/*
 * Looks a path up below the tree (NULL: the empty one). KITH_FAILED where a
 * part of the path that should be a folder is a file.
 */
int tree_look(struct tree_view *out, const struct git_repo *repo, const git_oid *tree,
	      const char *path, struct kith_error *err);

/*
 * Makes and stores the tree with these edits (by path, each once; tree_look
 * has found no folder where a file is to be, nor the reverse). Folders come
 * with their first file, and go with their last.
 */
int tree_edited(git_oid *out, struct object_batch *batch, const git_oid *tree,
		const struct tree_edit *edits, size_t count, struct kith_error *err);

#endif
