/*
 * Inside the module: which files differ between trees. Two trees are walked
 * side by side and equal folders are passed over unread, so the price is that
 * of what changed and of the folders on the way there.
 */
#ifndef KITH_GIT_DELTAS_H
#define KITH_GIT_DELTAS_H

#include "git/repo.h"

enum { DELTAS_TREES = 16 };

/* What a series of comparisons shares: the trees read last, which come up again. */
struct deltas_reader {
	git_repository *handle;
	const struct str *folders; /* without a '/' at the end; what is looked at */
	size_t folders_count;
	git_tree *trees[DELTAS_TREES]; /* the one used last first */
};

/* What differs, by path. */
struct deltas {
	struct git_delta *items; /* their texts live in the arena */
	size_t count, cap;
	size_t trees; /* folders looked into, against trees made to have no end */
	struct arena arena;
};

void deltas_init(struct deltas *d);
void deltas_release(struct deltas *d);
/* Empty again, with most of its memory kept. */
void deltas_clear(struct deltas *d);

void deltas_reader_release(struct deltas_reader *reader);

/*
 * Adds what differs between two trees; NULL stands for the empty one. A file
 * whose mode alone changed differs too. KITH_INVALID where there is too much
 * (a million folders or files, or folders 256 deep).
 */
int deltas_compare(struct deltas *d, struct deltas_reader *reader, const git_oid *before,
		   const git_oid *after, struct kith_error *err);
/* Takes out what is not in other, too. */
void deltas_intersect(struct deltas *d, const struct deltas *other);
/*
 * Makes one of a file that went and one that came with the same or mostly the
 * same bytes. before, after: the trees they were found in. Nothing is done
 * with more than 200 that came or went, and files of over 4 MiB are no
 * candidates.
 */
int deltas_find_renames(struct deltas *d, struct deltas_reader *reader, const git_oid *before,
			const git_oid *after, struct kith_error *err);

#endif
