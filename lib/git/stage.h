/*
 * Inside the module: git's index, changed under its lock and entry by entry.
 *
 * libgit2's own way (add, write, write_tree) works on an index read before the
 * lock is taken, so it loses what others stage meanwhile. Here index.lock
 * comes first, as git takes it; the new index is made in a private file,
 * `kith-index`, and gets its name while the lock is still held.
 */
#ifndef KITH_GIT_STAGE_H
#define KITH_GIT_STAGE_H

#include "git/flush.h"
#include "git/hold.h"
#include "git/index.h"

struct stage {
	const struct git_repo *repo;
	struct hold *hold;
	const char *path; /* the index; in the hold's arena */
	const char *copy; /* the private file */
	struct index index;
	bool held, ready;
};

/*
 * Takes the lock, trying for 5 seconds (KITH_BUSY), and reads the index.
 * KITH_FAILED where it holds conflicts; else as index_read. Signals are
 * blocked from here on.
 */
int stage_lock(struct stage *stage, struct hold *hold, const struct git_repo *repo,
	       struct kith_error *err);
/* Gives the lock back, and removes what was not published. Accepts a zeroed stage. */
void stage_release(struct stage *stage);

/*
 * Writes the index with these edits into the private file. later: who flushes
 * it to disk, before it is published; NULL: it is done here.
 */
int stage_prepare(struct stage *stage, const struct index_edit *edits, size_t count,
		  struct flush *later, struct kith_error *err);
/* Puts what was prepared in place of the index. */
int stage_publish(struct stage *stage, struct kith_error *err);
/* Makes the private file a copy of the index as it is, for the git program. */
int stage_copy(struct stage *stage, struct kith_error *err);

#endif
