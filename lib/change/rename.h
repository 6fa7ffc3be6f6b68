/*
 * A contact gets another name: its file, the name in it (the old one stays as
 * an alias), every link to it in the repository's notes, and the ids of review
 * items that are made from its slug. One change.
 */
#ifndef KITH_CHANGE_RENAME_H
#define KITH_CHANGE_RENAME_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "change/relink.h"
#include "change/rewrite.h"
#include "people/journal.h"

struct rename_plan {
	const struct journal *journal;
	uint32_t who;
	struct str name; /* the new one */
	struct relink relink;
	struct change change;
	struct rewrite rewrite; /* has change.files */
};

/*
 * slug: p == NULL makes it from the name, as the settings want file names.
 * Fails where another contact has that slug (KITH_INVALID), where the name is
 * none, or where something else stands at the new path. The journal must live
 * as long as the plan, which stays where it is; texts live in the arena.
 * Release it in each case.
 */
int rename_plan(struct rename_plan *plan, const struct journal *journal,
		const struct notes_repo *repo, uint32_t who, struct str name, struct str slug,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;
void rename_release(struct rename_plan *plan);

/* The file name's stem for a name, as the settings want it: a slug, or the name itself. */
struct str rename_stem(const struct config *config, struct str name, struct arena *arena);

/* The stem that a person chose, a `.md` taken off; KITH_INVALID where it can be no contact's. */
int rename_chosen_stem(struct str *stem, struct str slug, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * KITH_INVALID where a contact's file is a link: what it leads to is another
 * contact's, or nobody's, and would go or move in its stead.
 */
int rename_check_file(const struct journal *journal, uint32_t who, struct arena *arena,
		      struct kith_error *err) ATTR_MUST_CHECK;

#endif
