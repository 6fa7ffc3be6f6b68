/* Inside the module: single questions to git's plumbing, and entries for an index. */
#ifndef KITH_GIT_PLUMBING_H
#define KITH_GIT_PLUMBING_H

#include "git/repo.h"

/* What HEAD or the index has at a path. */
struct plumbing_view {
	unsigned mode; /* as 0100644; 0: nothing */
	char id[GIT_ID_SIZE];
	bool intent; /* of `git add -N` */
	bool assumed, skipped;
};

/* commit: its name. */
int plumbing_look_commit(struct plumbing_view *out, const struct git_repo *repo, const char *commit,
			 const char *path, struct kith_error *err);
int plumbing_look_index(struct plumbing_view *out, const struct git_repo *repo, const char *path,
			struct kith_error *err);
/* Whether the index holds unresolved conflicts. */
int plumbing_conflicts(bool *out, const struct git_repo *repo, struct kith_error *err);

/* A file that differs between two commits; mode 0: it is not there. */
struct plumbing_difference {
	const char *path;
	unsigned before_mode, after_mode;
	char before[GIT_ID_SIZE], after[GIT_ID_SIZE];
};
/* before: "" for none. What is found lives in the arena. */
int plumbing_compare(struct plumbing_difference **out, size_t *count, const struct git_repo *repo,
		     const char *before, const char *after, struct arena *arena,
		     struct kith_error *err);

/* Bytes as they are. */
int plumbing_store(char id[GIT_ID_SIZE], const struct git_repo *repo, struct str bytes,
		   struct kith_error *err);
int plumbing_load(struct buf *out, const struct git_repo *repo, const char *id,
		  struct kith_error *err);

struct plumbing_edit {
	const char *path;
	unsigned mode; /* 0: the entry goes */
	const char *id;
	bool assumed, skipped;
};

/* Makes the edits in an index file. */
int plumbing_edit_index(const struct git_repo *repo, const char *index,
			const struct plumbing_edit *edits, size_t count, struct kith_error *err);

/*
 * Writes the index in the file `index` anew in the plain form that libgit2 and
 * index.h know: neither split nor sparse. The entries stay as they are.
 */
int plumbing_make_plain(const struct git_repo *repo, const char *index, struct kith_error *err);

#endif
