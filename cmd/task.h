/* What promise, ask, wait and topic have in common: WHO TEXT [by DATE], written as a task. */
#ifndef KITH_CMD_TASK_H
#define KITH_CMD_TASK_H

#include "write.h"

struct task_kind {
	const char *told;    /* what is said: "promised" */
	bool waiting, topic; /* as in struct task_text */
	bool asks;           /* #asked, and how it stands with asking and giving */
	bool dated;          /* takes `by DATE` */
};

/* Runs the command; an exit status. */
int task_write(struct context *context, const struct task_kind *kind);

#endif
