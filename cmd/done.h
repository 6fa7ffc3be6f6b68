/* What `kith done` and `kith drop` have in common: all but what becomes of the thing chosen. */
#ifndef KITH_CMD_DONE_H
#define KITH_CMD_DONE_H

#include "insight/todo.h"
#include "write.h"

struct done_kind {
	const char *told[TODO_PLAN + 1]; /* what is said of each kind: "done for" */
	bool drops;                      /* given up, and not done */
};

/* The command's `write`; kind: a struct done_kind. */
int done_write(struct writing *w, const struct person *who);

#endif
