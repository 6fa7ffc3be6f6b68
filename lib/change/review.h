/* Makes the page of a week's review: model, template, what a person did in the page before. */
#ifndef KITH_CHANGE_REVIEW_H
#define KITH_CHANGE_REVIEW_H

#include <jansson.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "change/change.h"
#include "git/git.h"
#include "insight/week.h"
#include "people/journal.h"
#include "report/review.h"

struct review_order {
	civil_day today, monday;
	const char *template_file; /* as the user names it, from the current folder; NULL:
				      templates/review.md */
	const struct review_changes *changes; /* what changed (change/news.h); NULL: nothing */
	const struct review_place *place; /* of a model alone; NULL: the folder of the reviews */
};

/* `reviews/2026-W48.md`: where a week's page stands in the journal. */
struct str review_path(const struct journal *journal, civil_day monday, struct arena *arena);

/* What follows `Kith: ` in the message of a commit of the page. */
struct str review_trailer(civil_day monday, struct arena *arena);

/* Where the pages of a week are that kith wrote. */
struct review_past {
	const struct git_api *git;
	struct git_repo *repo;
	const char *path; /* of the page, below the work tree */
	struct str trailer;
};

/* The pages, the newest first, as far as history has them. In the arena. */

struct review_pages {
	struct strs items; /* the newest first */
	bool by_hand;      /* kith committed none of them (`commit: manual`) */
};
void review_read_past(struct review_pages *pages, const struct review_past *from,
		      struct arena *arena);

/* The model alone, for JSON and for pages made afresh. NULL never. */
json_t *review_make_model(const struct journal *journal, const struct review_order *order);

/* A page made afresh, appended to out. */
int review_make_page(struct buf *out, const struct journal *journal,
		     const struct review_order *order, struct kith_error *err) ATTR_MUST_CHECK;

/* Warns of what a merge kept for both sides in the pages that stand there. */
void review_report_both_kept(struct journal *journal, struct arena *arena);

/* A page as it stands, and as it is made again. Release both buffers. */
struct review_page {
	bool there;      /* it stands there already */
	struct buf old;  /* its bytes; empty without one */
	struct buf page; /* what it shall be: afresh, or with what a person did in it kept */
};

/*
 * past: the pages that kith wrote so far, by which it is known what a person
 * took out. Reads the page at path below dir (the journal's folder, or AT_FDCWD for a
 * file elsewhere), and makes it. Release it in each case.
 */
int review_page_make(struct review_page *out, const struct journal *journal,
		     const struct review_order *order, const struct review_pages *past, int dir,
		     const char *path, struct kith_error *err) ATTR_MUST_CHECK;
void review_page_release(struct review_page *page);

/* Whether making it changed anything. */
bool review_page_changed(const struct review_page *page);

/* Writes it to a file that is in no journal. */
int review_page_write(const struct review_page *page, const char *path,
		      struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Writes it into the journal: all of it, with whatever a person did in it.
 * context: a struct review_page. KITH_CHANGED where the file is another by now.
 */
int review_page_edit(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err);

#endif
