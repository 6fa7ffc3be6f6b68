/*
 * Inside the module: what a commit is to change, worked out before anything
 * is locked or moved: blobs of the files through git's filters, and, for the
 * HEAD of the moment, the tree that has exactly those files changed.
 */
#ifndef KITH_GIT_PLAN_H
#define KITH_GIT_PLAN_H

#include "git/repo.h"

struct plan_change {
	const char *path;
	bool remove;
	bool differs; /* from HEAD */
	git_oid blob;
	git_filemode_t mode;
};

struct plan {
	struct git_repo *repo;
	struct plan_change *changes; /* by path */
	size_t count;
	size_t differing;   /* how many differ from HEAD */
	git_commit *parent; /* HEAD's commit; NULL for an unborn branch */
	git_tree *base;     /* its tree; the empty one for an unborn branch */
	git_tree *tree;     /* the new one */
	git_buf message;
	git_signature *author, *committer;
};

/*
 * Checks paths and attributes, and stores the blobs. Fails with KITH_INVALID
 * for a path that is none, is given twice, or is ignored and not tracked;
 * with KITH_UNSUPPORTED where an attribute asks for a filter that only the
 * git program has; or as identity_find does.
 */
int plan_init(struct plan *plan, struct git_repo *repo, const struct git_file *files, size_t count,
	      const char *message, struct kith_error *err);
void plan_release(struct plan *plan);

/*
 * Reads HEAD, and finds which files differ from it and with what mode they
 * go in: HEAD's, else the index's, else the work tree's. May be called again
 * when HEAD has moved.
 */
int plan_read_head(struct plan *plan, git_index *index, struct kith_error *err);

/* Makes the new tree, and makes sure that it differs from HEAD's in those files alone. */
int plan_make_tree(struct plan *plan, struct kith_error *err);

/* The change for a path; NULL where it is none of ours. */
const struct plan_change *plan_find(const struct plan *plan, const char *path);

#endif
