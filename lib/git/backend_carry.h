/*
 * Inside the module: what a change by the git program has worked out, carried
 * out, part by part: each can be done again after a run that was cut off.
 */
#ifndef KITH_GIT_BACKEND_CARRY_H
#define KITH_GIT_BACKEND_CARRY_H

#include "git/backend_work.h"
#include "git/change.h"

/* The change that others see comes first, so that one is the other. */
struct backend_change {
	struct git_change base;
	char head[GIT_ID_SIZE]; /* "" unborn */
	const char *ref;        /* HEAD's branch; "" where it is detached */
	bool locked;            /* the index */
	const char *index;      /* git's own */
	const char *next_index; /* the private one that takes its place */
	const char *scratch;    /* the private one that `git commit` works on */
};

/*
 * Makes the two private indexes: what the index will be, and what is to be
 * committed. Nothing that counts is touched.
 */
int backend_prepare(const struct backend_change *c, const struct work *work,
		    struct kith_error *err);
/* Commits, if HEAD does not have it all, and puts the index in its place. id: "" for none. */
int backend_finish(struct backend_change *c, const struct work *work, struct str message,
		   char id[GIT_ID_SIZE], struct kith_error *err);

#endif
