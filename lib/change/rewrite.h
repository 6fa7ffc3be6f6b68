/*
 * The files of a change that is about one contact: its own, and the others in
 * which links to it, ids made from its slug, or what a review page tells of it
 * are rewritten along with it. Which those are is found on the journal as it
 * was read; each is rewritten as it is when the change is made.
 */
#ifndef KITH_CHANGE_REWRITE_H
#define KITH_CHANGE_REWRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "change/notes.h"
#include "change/relink.h"
#include "people/journal.h"

struct rewrite {
	struct change_file *files; /* of the change, in the order in which they were added */
	size_t count;
	/* How many of them are others', rewritten along with it. */
	size_t contacts, reviews, others;
	struct diag left; /* links that stay as they are, as warnings */
	/* Its own. */
	const struct journal *journal;
	const struct relink *relink;
	struct relink_ids *ids;
	struct notes notes;
	struct strs pages;
	struct arena *arena;
};

/*
 * The paths of all review pages, by their names (`2026-W48.md`), in no order; in the arena.
 * others: notes beside them, too, which may be pages under another name.
 */
int rewrite_list_pages(struct strs *out, const struct journal *journal, bool others,
		       struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;
/* The Monday of a page's week by its path; NO_DAY where that is no page's. */
civil_day rewrite_page_monday(struct str path);

/*
 * Makes room for every contact and review page of the journal, and for `more`
 * files. The journal and the struct itself must live as long as the files; so
 * must the arena, where all else is. Release it in each case.
 */
int rewrite_init(struct rewrite *r, const struct journal *journal, size_t more, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;
void rewrite_release(struct rewrite *r);

/* Adds one of the `more` files. path: NUL-terminated, as it lives. */
void rewrite_add(struct rewrite *r, struct str path, change_edit *edit, void *context);

/*
 * All files of a change by which a contact gets another path, or becomes one
 * with another (which then has that path already): the one there, by that edit;
 * the contacts, pages and other notes of the repository in which a link or an id
 * becomes another; and the old file, which goes. Inits it, too. The relink must live as long as the
 * files.
 */
int rewrite_relinked(struct rewrite *r, const struct journal *journal,
		     const struct notes_repo *repo, const struct relink *relink, change_edit *edit,
		     void *context, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* The change of all files that were added. */
struct change rewrite_change(const struct rewrite *r, struct str subject, struct str trailer);

/*
 * What becomes of a review page, appended to out; false where nothing changes.
 * context: what rewrite_pages was given.
 */
typedef bool rewrite_page(struct buf *out, const void *context, struct str path, struct str image);

/* Adds the pages that change so. */
int rewrite_pages(struct rewrite *r, rewrite_page *page, const void *context,
		  struct kith_error *err) ATTR_MUST_CHECK;

#endif
