/*
 * What git cannot merge of two versions of a journal is settled by kith's rules for files: one that
 * was taken away here and changed there stays; one that got two names keeps the one that sorts
 * first, with the other as an alias; a renamed one takes along what the other side changed in it;
 * of what cannot be read as what it is, ours stays and theirs is laid beside, under `conflicts`.
 */
#ifndef KITH_CHANGE_SETTLE_H
#define KITH_CHANGE_SETTLE_H

#include "change/gather.h"
#include "merge/merge.h"

/* What the folder at the journal's root is called. */
#define SETTLE_FOLDER "conflicts"

/* What one side changed. */
struct settle_side {
	struct gathered_file *files; /* from the base to that side */
	size_t count;
};

struct settle_order {
	const struct gather_order *where;
	struct settle_side ours, theirs;
};

struct settle_result {
	struct git_settled *files;
	size_t count;
	struct strs told; /* what was decided, a sentence each */
	struct strs open; /* what is for a person: paths in the work tree */
};

/* A decision in a file of the journal, for a person: what stays, and how it is settled. */
struct str settle_words(const struct merge_decision *decision, struct str path,
			const struct config *config, struct arena *arena);

/* All texts live in the arena. Also tells what was decided in files that git did merge. */
void settle_files(struct settle_result *out, const struct settle_order *order,
		  const struct git_merge *merge, struct arena *arena);

/* A warning for each file below SETTLE_FOLDER: it stands until a person has put it right. */
void settle_report(struct diag *diag, int dir, struct arena *arena);

#endif
