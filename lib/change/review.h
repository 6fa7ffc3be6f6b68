/* Makes the page of a week's review: model, template, what a person did in the page before. */
#ifndef KITH_CHANGE_REVIEW_H
#define KITH_CHANGE_REVIEW_H

#include <jansson.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "insight/week.h"
#include "people/journal.h"

struct review_order {
	civil_day today, monday;
	const char *template_file; /* as the user names it, from the current folder; NULL:
				      templates/review.md */
};

/* `reviews/2026-W48.md`: where a week's page stands in the journal. */
struct str review_path(const struct journal *journal, civil_day monday, struct arena *arena);

/* The model alone, for JSON and for pages made afresh. NULL never. */
json_t *review_make_model(const struct journal *journal, const struct review_order *order);

/* A page made afresh, appended to out. */
int review_make_page(struct buf *out, const struct journal *journal,
		     const struct review_order *order, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Makes the page in the file at path below dir (the journal's folder, or
 * AT_FDCWD for a file elsewhere): afresh where there is none, else again,
 * with what a person did in it kept. *written: whether the file changed; out
 * gets its bytes.
 */
int review_write_page(struct buf *out, bool *written, const struct journal *journal,
		      const struct review_order *order, int dir, const char *path,
		      struct kith_error *err) ATTR_MUST_CHECK;

#endif
