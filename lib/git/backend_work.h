/*
 * Inside the module: what a change by the git program is going to do, with
 * names of objects as texts, and its record in the repository, as record.h
 * has it for the others.
 */
#ifndef KITH_GIT_BACKEND_WORK_H
#define KITH_GIT_BACKEND_WORK_H

#include "git/git.h"

/* Room for a sum of bytes: 16 digits, a colon, their number. */
#define WORK_SUM_SIZE 40

/* In place of a name: there is no such file. */
#define WORK_NONE "-"

struct work_file {
	const char *path;
	bool moves;                 /* the file itself is to change */
	char before[WORK_SUM_SIZE]; /* a sum of the file's bytes as they are */
	char after[GIT_ID_SIZE];    /* a blob of its bytes as they shall be, unfiltered */
	char head_old[GIT_ID_SIZE], head_new[GIT_ID_SIZE];
	char index_old[GIT_ID_SIZE], index_new[GIT_ID_SIZE]; /* `git add -N`: none */
	unsigned head_mode, index_mode;
	unsigned index_flags; /* WORK_ and so on */
};

enum { WORK_ASSUMED = 1, WORK_SKIPPED = 2 };

struct work {
	char head[GIT_ID_SIZE];    /* what HEAD was; "-" unborn */
	const char *ref;           /* HEAD's branch; "" where it is detached */
	char message[GIT_ID_SIZE]; /* a blob */
	bool no_verify;
	struct work_file *files;
	size_t count;
};

/* Copies a name; what is too long is cut. */
void work_set_id(char out[GIT_ID_SIZE], const char *id);
/* A sum of bytes, for telling whether a file is as it was; "-" for none. */
void work_sum(char out[WORK_SUM_SIZE], struct str bytes);

/* folder: ends in '/'. */
int work_write(const struct work *work, const char *folder, struct kith_error *err);
/* *found: false where there is no record, or none that is whole. In the arena. */
int work_read(struct work *work, bool *found, const char *folder, struct arena *arena,
	      struct kith_error *err);
/* Takes the record away. */
void work_clear(const char *folder);

#endif
