/*
 * The weekly review as a model (JSON): what insight/week found, in words,
 * ready for a template. The template decides the page's form.
 */
#ifndef KITH_REPORT_REVIEW_H
#define KITH_REPORT_REVIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "insight/week.h"
#include "people/differences.h"
#include "people/journal.h"

/* What changed about somebody since the last page: at least one field. */
struct review_change {
	uint32_t who;
	civil_day day; /* of the last of them */
	const struct difference *fields;
	size_t count;
};

/* By name. Found in history (change/news.h). */
struct review_changes {
	struct review_change *items;
	size_t count;
};

/* Where its page is to stand. */
struct review_place {
	struct str folder; /* from the journal's */
	bool addresses;    /* one can be written to or called there: they are links */
};

/*
 * Makes the model. changes: NULL for none. Each
 * section is an object under its name, with its `heading` and `items` (`some` is true where there
 * are any), absent when it has nothing to say: this_week, reach_out, ahead, passed, happened,
 * waiting, changed, balance, drifting, last_week, year_ago, look; `quiet` is true when all are
 * absent. Keys that end the same in each: id, slug, name, path, url (from the page's folder), day;
 * `markdown`, `line`, `lines`, `notes`, `can_wait` and an item's `people` hold Markdown, all else
 * plain text. last_week has `weeks`: in how many conversations you were in each of 52 weeks, that
 * one last.
 */
json_t *review_model(const struct journal *journal, const struct week *week,
		     const struct review_changes *changes,
		     const struct review_place *place) ATTR_MUST_CHECK;

/*
 * The place among all sections of the one with that heading, also of one that a page does not
 * show; SIZE_MAX where it is none's.
 */
size_t review_heading_rank(struct str text);

#endif
