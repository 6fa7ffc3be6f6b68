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
	bool text; /* other text came over, under a heading of its own */
};

/*
 * The pure function: the united file, appended to out; out stays as it was on
 * failure. relink: from the other to the one that stays; the images are their
 * files' bytes.
 *
 * - Front matter: the other's name and aliases become aliases. Lists unite;
 *   keys that are missing come over as they are written, comments included (those
 *   on other values stay behind). Of differing single values the one that is there stays, and the
 *   other's goes into the map `merged`; of two last contacts the later one stays alone.
 * - Entries and tasks come over as they stand, to their places (change/entries.h,
 *   change/tasks.h); those that say no more than one that is there do not. An
 *   entry of one with the other as company loses that companion.
 * - Other text follows under `## From NAME`, before the log or at the end; of
 *   headings only the name and those that hold nothing any more stay behind.
 *
 * Verified: every entry, task and line of both is there, nothing twice, and
 * nothing else; every value too. KITH_FAILED otherwise.
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
