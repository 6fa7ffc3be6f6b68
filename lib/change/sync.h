/*
 * A journal and its counterpart elsewhere, brought together: fetched, merged, pushed. A merge is
 * pushed before anything here moves, so that where somebody else pushed meanwhile it is made anew,
 * and no second one is left in history; whoever is cut off in between finds it there the next time.
 * Nothing is ever rebased.
 */
#ifndef KITH_CHANGE_SYNC_H
#define KITH_CHANGE_SYNC_H

#include "change/gather.h"

struct sync_order {
	struct gather_order where; /* `only` does not count */
	const char *kith, *folder; /* the program and the work tree's top, as a shell takes them:
				      for the merge driver */
	const char *remote;        /* its name; NULL: the usual one */
	struct git_transport how;
	bool look; /* fetch, and go no further */
	bool keep; /* push nothing */
	bool join; /* also what has no commit in common, if both are journals */
};

struct sync_result {
	struct git_remote remote;   /* as it was found last */
	struct description in, out; /* what came, or would; and what went */
	struct strs from;           /* whose commits came in, but one's own */
	struct strs told;           /* what was decided for both sides, a sentence each */
	char id[GIT_ID_SIZE];       /* where HEAD is now; "" where it did not move */
	bool merged, pushed;
	struct str recovered; /* what was done about an earlier run that was cut off; "" */
};

/*
 * KITH_OFFLINE where nobody answers; KITH_FAILED for what somebody has to decide, with what to
 * type. After a failure all is as it was, but for what was pushed. The texts live in the arena.
 */
int sync_run(struct sync_result *out, const struct sync_order *order, struct arena *arena,
	     struct kith_error *err) ATTR_MUST_CHECK;

#endif
