/*
 * Takes a commit back: a new commit that does the reverse, exactly, in each
 * file that it changed, leaving later edits elsewhere in those files alone.
 *
 * kith's own commits end in a trailer, `Kith: log ada-lovelace`; one that
 * takes another back in `Kith: undo ID`. What is taken back is found by
 * these, never by the reflog. `Kith-Made` says what kith made: a commit that
 * holds something else, by git commit --amend or a hook, is not kith's alone.
 */
#ifndef KITH_CHANGE_UNDO_H
#define KITH_CHANGE_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "git/git.h"

/* A file that the commit changed. */
struct undo_file {
	struct str path;          /* below the journal */
	struct str before, after; /* the commit's; p == NULL where there was, is none */
	uint64_t sum;             /* struct git_api's, of the change */
	unsigned mode;            /* of one that went: its permissions; 0 where nobody knows */
	bool ran;                 /* it was executable before */
};

/* A commit that kith made, or that may be taken back. All texts live in the arena. */
struct undo_commit {
	char id[GIT_ID_SIZE];
	struct str subject, trailer; /* trailer: what follows `Kith: `; "" for none */
	civil_day day;               /* the author's, in the author's own zone */
	bool taken_back;
	bool named;              /* it was asked for by its name */
	bool refused;            /* it is no commit: its files are written, and a hook refused it */
	struct undo_file *files; /* only where they were asked for */
	size_t count;
};

/* Which one. */
struct undo_order {
	const char *name; /* that commit; NULL: the last */
	bool whole;       /* whatever is in it */
	bool committed;   /* not one that was refused */
};

/* Where to look. */
struct undo_place {
	const struct git_api *git;
	struct git_repo *repo;
	struct str below; /* the journal's folder in the work tree, with a final '/', or "" */
	size_t max_file;  /* bytes */
};

/* The text after `Kith: ` in a message's last paragraph; "" where there is none. */
struct str undo_trailer(struct str message);

/* A message's first line. */
struct str undo_subject(struct str message);

/*
 * kith's changes, newest first, at most so many; whether each is taken back.
 * Making the journal (`init`) is none of them.
 */
int undo_list(struct undo_commit **out, size_t *count, size_t most, const struct undo_place *place,
	      struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * The commit of that name, or, with NULL, the last that kith made, is no undo
 * and is not taken back; with its files. What was written last and refused is
 * the last; of an undo that was refused the commit that it was to take back.
 * KITH_NOT_FOUND where there is none; KITH_INVALID for the last one where it
 * is somebody else's, or a person's own that was refused; for a merge, for one
 * that is taken back already, for the one that made the journal, for one that
 * changed files outside the journal, and, unless the whole of it is asked for,
 * for one that holds more than one change of kith's, or else than what kith made.
 */
int undo_find(struct undo_commit *out, const struct undo_order *order,
	      const struct undo_place *place, struct arena *arena,
	      struct kith_error *err) ATTR_MUST_CHECK;

/*
 * The reverse of before → after, made on current, appended to out: what the
 * edit put in goes, what it took out comes back, and lines that came or went
 * elsewhere stay. KITH_FAILED with the line where both touch the same lines.
 */
int undo_reverse(struct buf *out, const struct git_api *git, struct str before, struct str after,
		 struct str current, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * The change that takes it back. Of a commit of what a person wrote (`kith
 * commit`) that nobody named the files stay: what stood in them before that
 * command stands there still. commit and git must live as long; texts live in the
 * arena.
 */
void undo_change(struct change *out, const struct undo_commit *commit, const struct git_api *git,
		 struct arena *arena);

#endif
