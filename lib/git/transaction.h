/*
 * Inside the module: a change, from begin to end. The functions of struct
 * git_api; what is inside is shared with plan, carry, recover and gitcommit.
 */
#ifndef KITH_GIT_TRANSACTION_H
#define KITH_GIT_TRANSACTION_H

#include "git/branch.h"
#include "git/record.h"
#include "git/stage.h"

struct git_change {
	struct git_repo *repo;
	struct arena arena;
	struct hold hold;
	struct stage stage;
	struct branch head; /* as `begin` saw it */
	git_signature *author, *committer;
	int workdir; /* open; -1 */
	const char *recovered;
	bool touched; /* a run was killed, and its lock of the index taken away by somebody */
	bool spent;
};

int transaction_begin(struct git_change **out, struct git_repo *repo, struct kith_error *err);
const char *transaction_recovered(const struct git_change *change);
int transaction_read(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		     struct buf *out, bool *there, struct kith_error *err);
int transaction_commit(struct git_change *change, const struct git_file *files, size_t count,
		       const struct git_message *message, struct git_outcome *outcome,
		       struct kith_error *err);

/* Around each call into libgit2 for a change. */
void transaction_enter(const struct git_change *change);
void transaction_leave(const struct git_change *change);

/* Puts a plan's record on the disk, and carries it out, or back. */
struct plan;
int transaction_carry(struct git_change *change, const struct plan *plan,
		      struct git_outcome *outcome, struct kith_error *err);

void transaction_end(struct git_change *change);

#endif
