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

/* The command's `write`; kind: a struct task_kind. */
int task_write(struct writing *w, const struct person *who);

#endif
