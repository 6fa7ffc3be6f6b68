/* Inside the module: what a run that was killed left behind is finished, or cleared away. */
#ifndef KITH_GIT_RECOVER_H
#define KITH_GIT_RECOVER_H

#include "git/transaction.h"

/*
 * Looks for it, with all locks held and the index read, and sets
 * change->recovered. KITH_BUSY, with nothing lost, where git holds the branch.
 */
int recover_change(struct git_change *change, struct kith_error *err);

#endif
