/*
 * Two files of one person become one: what the other says goes into the one
 * that stays, each thing only if it is not there already; the other file is
 * taken away, and links to it and ids of review items made from its slug are
 * rewritten. One change.
 */
#ifndef KITH_CHANGE_UNITE_H
#define KITH_CHANGE_UNITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "change/relink.h"
#include "change/rewrite.h"
#include "people/journal.h"

/* A single value of which each file has another. */
struct unite_kept {
	struct str key;
	struct str stays; /* where it stood */
	struct str kept;  /* the other's: under `merged` in the front matter now */
};

/* What was united. Texts live in the arena that was given. */
struct unite_told {
	struct unite_kept *kept;
	size_t kept_count;
	size_t values;         /* of the front matter that came over; the other's name too */
	size_t entries, tasks; /* that came over */
	size_t entries_twice;  /* that stood in both, or said the same */
	size_t tasks_twice;
	bool text; /* other text came over */
};

/*
 * The pure function: the united file, appended to out; out stays as it was on
 * failure. relink: from the other to the one that stays; the images are their
 * files' bytes.
 *
 * The two are merged as two versions without a base (merge/merge.h, MERGE_PERSON), once the other
 * speaks of the one that stays:
 *
 * - Front matter in braces, and a key that is indented, begin lines of their own; code and HTML
 * that nothing closes are closed, so that nothing behind them is of them.
 * - The other's name becomes an alias; what was commented at its key stays. They are not each
 * other's company, and do not know themselves. A title that is the note's stays behind.
 * - Entries and tasks come over as they stand, to their places (change/entries.h,
 *   change/tasks.h); an entry that is there does not, and a task of both becomes one.
 * - Other text stands behind that which is there, its sections before the log; of headings only the
 *   name and those that hold nothing any more stay behind.
 *
 * Verified: every entry, task, value and line of both is there; KITH_FAILED otherwise, and
 * KITH_INVALID for a file that a merge cannot take apart, at its line where one is to blame.
 */
int unite_files(struct buf *out, struct unite_told *told, const struct relink *relink,
		const struct config *config, struct str image, struct str other,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

struct unite_plan {
	const struct journal *journal;
	uint32_t who, other;
	struct relink relink;
	struct unite_told told; /* as the journal's bytes tell it */
	struct change change;
	struct rewrite rewrite; /* has change.files */
};

/*
 * Fails (KITH_INVALID) for a person and themselves, also where one file is a
 * link. The journal must live as long as the plan, which stays where it is;
 * texts live in the arena. Release it in each case.
 */
int unite_plan(struct unite_plan *plan, const struct journal *journal,
	       const struct notes_repo *repo, uint32_t who, uint32_t other, struct arena *arena,
	       struct kith_error *err) ATTR_MUST_CHECK;
void unite_release(struct unite_plan *plan);

#endif
