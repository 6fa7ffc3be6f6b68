/*
 * What a person changed by hand and has not committed: gathered, told in
 * people's terms, and committed as it stands. No file is written.
 */
#ifndef KITH_CHANGE_GATHER_H
#define KITH_CHANGE_GATHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/describe.h"
#include "git/git.h"
#include "people/config.h"

struct gather_order {
	const struct git_api *git;
	struct git_repo *repo;
	int dir;          /* the journal's folder, open */
	struct str below; /* that folder in the work tree, with a final '/', or "" */
	const struct config *config;
	struct strs only; /* files and folders below the journal; none: all of it */
	civil_day today;
};

/* A file that is not as HEAD has it. */
struct gathered_file {
	struct str path;        /* below the journal */
	struct str head, bytes; /* what HEAD and the work tree hold; p == NULL for none */
};

struct gathered {
	struct gathered_file *files; /* by path */
	size_t count;
	struct description what;
	struct strs left;     /* files new to git that belong to no journal, and were not named */
	struct strs beside;   /* files whose mode differs, or what is staged, and not their bytes */
	struct strs refused;  /* what cannot be committed here, and why: "photo.jpg: ..." */
	struct str recovered; /* what was done about an earlier run that was cut off; "" */
	struct gather_order order;
	struct git_change *change; /* begun; NULL where nothing has changed */
};

/*
 * Finds what has changed and takes git's locks, until gather_end, which is to
 * be called in each case. Untracked files count where they belong to the
 * journal (change/paths.h) or are named. KITH_NOT_FOUND for a named path
 * below which nothing is, nor was.
 */
int gather_begin(struct gathered *out, const struct gather_order *order, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* How many files there are to commit; without a lock. */
int gather_count(size_t *count, const struct gather_order *order, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* The differences as git diff prints them, appended to out. */
int gather_show(struct buf *out, const struct gathered *gathered,
		struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Commits the files. message: instead of what is told; NULL. Where a hook
 * refuses, nothing has changed.
 */
int gather_commit(char id[GIT_ID_SIZE], const struct gathered *gathered, const char *message,
		  bool no_verify, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* What happened from `head` to `bytes`, in people's terms. order: config, dir and today count. */
void gather_describe(struct description *out, const struct gathered_file *changed, size_t count,
		     const struct gather_order *order, struct arena *arena);

void gather_end(struct gathered *gathered);

#endif
