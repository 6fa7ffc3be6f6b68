/*
 * The journal as it stood in a commit: which one a day or a name means, and its files, written
 * into a folder from which it is read as any other.
 */
#ifndef KITH_CHANGE_ASOF_H
#define KITH_CHANGE_ASOF_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"

struct asof {
	const struct git_api *git;
	struct git_repo *repo;
	struct str below; /* the journal's folder in the work tree, with a final '/', or "" */
};

/*
 * The last commit until the end of a day, or, where name is not NULL, that of this name.
 * KITH_NOT_FOUND where there is none, or it holds no journal; the message says when that begins.
 */
int asof_find(struct git_past *out, const struct asof *from, const char *name, civil_day day,
	      struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Writes that commit's journal into an empty folder, which nobody else may enter: what kith reads
 * with its bytes, all else as empty files. History is told from that commit on afterwards.
 */
int asof_write(const struct asof *from, const char *id, int dir,
	       struct kith_error *err) ATTR_MUST_CHECK;

#endif
