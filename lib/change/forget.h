/*
 * How git's history forgets a contact that was removed: lines for a shell, around git filter-repo.
 * What somebody was ever called is read from the file's own history, also where it was renamed by
 * hand: its paths, names, aliases, addresses and numbers. What somebody else has, too, stays.
 */
#ifndef KITH_CHANGE_FORGET_H
#define KITH_CHANGE_FORGET_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"
#include "people/journal.h"

struct forget_order {
	const struct git_api *git;
	struct git_repo *repo;
	struct str below; /* the journal's folder in the work tree; "" or ending in '/' */
	const struct journal *journal;
	const struct contact *who; /* one of the journal's */
};

/* The lines, each indented by two blanks; in the arena. Fails where history cannot be read. */
int forget_lines(struct str *out, const struct forget_order *order, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

#endif
