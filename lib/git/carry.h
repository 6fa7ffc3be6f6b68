/*
 * Inside the module: what a record says, carried out, part by part. The order
 * is files, the index into its private file, HEAD, the index into its place.
 * Each part can be done again: what is done already is left as it is.
 */
#ifndef KITH_GIT_CARRY_H
#define KITH_GIT_CARRY_H

#include "git/plan.h"

/*
 * Writes the files, and takes away last; back: to what they were. After a failure those that were
 * written are put back; *as_before: false where that failed, too.
 */
int carry_files(const struct git_change *change, const struct plan *plan, bool back,
		bool *as_before, struct kith_error *err);

struct carry_outcome {
	git_oid id;     /* the commit; zeros for none */
	size_t entries; /* of the index that were changed */
	bool left;      /* an entry of the index that is neither old nor new was left */
	bool unsynced;  /* all is done, but the disk did not say that it has it: a failure */
};

/*
 * Commits, and brings the index up to it. plan: for the files' contents, so
 * that the index knows them; NULL: git looks at them itself. KITH_CHANGED
 * where HEAD has other contents than it had.
 */
int carry_commit(struct carry_outcome *out, struct git_change *change, const struct record *record,
		 const struct plan *plan, struct kith_error *err);

#endif
