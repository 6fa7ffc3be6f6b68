/*
 * The notes of a repository that are none of the journal's: those of the vault around it, a
 * README, what lies beside the reviews, and what is passed over among the contacts. Links in
 * them lead to contacts, too.
 */
#ifndef KITH_CHANGE_NOTES_H
#define KITH_CHANGE_NOTES_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "change/relink.h"
#include "git/git.h"
#include "people/journal.h"

/* The repository around the journal. */
struct notes_repo {
	const struct git_api *git;
	struct git_repo *repo; /* NULL: there is none, and the journal's folder is all */
	struct str below;      /* the journal's folder in it; "" or ending in '/' */
};

struct notes {
	int dir;           /* the folder of all, open */
	struct str *paths; /* below it, sorted */
	size_t count;
	struct relink_place place; /* for links to a contact with that slug */
};

/*
 * Lists them: files *.md that are neither hidden nor in a folder that git ignores, nor of another
 * repository. pages: the reviews, which are the journal's. Texts live in the arena, pages must.
 * Release it in each case.
 */
int notes_list(struct notes *out, const struct journal *journal, const struct strs *pages,
	       const struct notes_repo *repo, struct str slug, struct arena *arena,
	       struct kith_error *err) ATTR_MUST_CHECK;
void notes_release(struct notes *notes);

#endif
