/*
 * Inside the module: git's index, changed under its lock and entry by entry.
 *
 * libgit2's own way (add, write, write_tree) works on an index read before the
 * lock is taken, so it loses what others stage meanwhile. Here index.lock
 * comes first, as git takes it; libgit2 reads and writes a private copy,
 * `kith-index`, which gets the index's name while the lock is still held.
 */
#ifndef KITH_GIT_STAGE_H
#define KITH_GIT_STAGE_H

#include <sys/stat.h>

#include "git/hold.h"

struct stage {
	const struct git_repo *repo;
	struct hold *hold;
	const char *path; /* the index; in the hold's arena */
	const char *copy; /* the private file */
	git_index *index; /* as it was in the file, and as stage_put changed it */
	bool held, edited;
};

/*
 * Takes the lock, trying for 5 seconds (KITH_BUSY), and reads the index.
 * KITH_FAILED where it holds conflicts; KITH_UNSUPPORTED, with the command
 * that helps, where libgit2 cannot read it. Signals are blocked from here on.
 */
int stage_lock(struct stage *stage, struct hold *hold, const struct git_repo *repo,
	       struct kith_error *err);
/* Gives the lock back, and removes what was not published. Accepts a zeroed stage. */
void stage_release(struct stage *stage);
/* Forgets all edits, and reads the index again. */
int stage_read(struct stage *stage, struct kith_error *err);

/* The entry without conflict of that path; NULL where there is none. */
const git_index_entry *stage_find(const struct stage *stage, const char *path);
/* Its blob; zeros for none, and for `git add -N`, which has no contents yet. */
git_oid stage_id(const git_index_entry *entry);
/* Whether the path would be a file where the index has a folder, or a folder where it has a file.
 */
bool stage_blocks(const struct stage *stage, const char *path);

/*
 * Changes, adds, or with an id of zeros takes out one entry; a change keeps
 * its marks of assume-unchanged and skip-worktree. st: the file, if it has
 * exactly these contents; else NULL.
 */
int stage_put(struct stage *stage, const char *path, const git_oid *id, uint32_t mode,
	      const struct stat *st, struct kith_error *err);
/* Writes the private file, if anything was put. */
int stage_prepare(struct stage *stage, struct kith_error *err);
/* Puts what was prepared in place of the index. */
int stage_publish(struct stage *stage, struct kith_error *err);

/* Makes the private file an index of that tree, for the git program; what the index knows of files
 * on disk stays. */
int stage_copy_tree(struct stage *stage, const git_oid *tree, struct kith_error *err);

#endif
