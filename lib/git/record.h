/*
 * Inside the module: what a change is going to do, as a file of the
 * repository (`kith-record`), so that a run that is killed can be finished.
 * It is on the disk before the first file is touched, and goes when all is
 * done. Contents lie in the repository as blobs.
 */
#ifndef KITH_GIT_RECORD_H
#define KITH_GIT_RECORD_H

#include "git/repo.h"

/* An id of zeros stands for "no such file". */
struct record_file {
	const char *path;
	bool moves;            /* the file itself is to change */
	git_oid before, after; /* the file's bytes as they are, unfiltered */
	git_oid head_old, head_new;
	git_oid index_old, index_new; /* an entry of `git add -N` counts as none */
	uint32_t head_mode, index_mode;
};

struct record {
	const char *ref;           /* the branch, as struct branch has it */
	git_oid draft;             /* the commit as planned; zeros where HEAD is to stay as it is */
	bool no_verify;            /* for the git program */
	bool given;                /* the draft is taken as it stands, and only where HEAD is at */
	git_oid from;              /* this; zeros: unborn */
	struct record_file *files; /* by path */
	size_t count;
};

/* Writes it, after the objects that it names; sync: to the disk. folder: ends in '/'. */
int record_write(const struct record *record, const char *folder, bool sync,
		 struct kith_error *err);
void record_clear(const char *folder);

/*
 * Reads it. *found: false where there is none, or none that is whole. Its
 * texts live in the arena.
 */
int record_read(struct record *record, bool *found, const char *folder, struct arena *arena,
		struct kith_error *err);

#endif
