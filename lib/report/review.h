/*
 * The weekly review as a model (JSON): what insight/week found, in words,
 * ready for a template. The template decides the page's form.
 */
#ifndef KITH_REPORT_REVIEW_H
#define KITH_REPORT_REVIEW_H

#include <jansson.h>
#include <stddef.h>

#include "base/attr.h"
#include "insight/week.h"
#include "people/journal.h"

/*
 * Makes the model. Each section is an object under its name, with its `heading`
 * and `items` (`some` is true where there are any), absent when it has nothing to say: this_week,
 * reach_out, ahead, passed, happened, waiting, balance, drifting, last_week, year_ago, look;
 * `quiet` is true when all are absent. Keys that end the same in each: id, slug, name, path, url
 * (from the page's folder), day; `markdown`, `line`, `lines` and `notes` hold Markdown, all else
 * plain text.
 */
json_t *review_model(const struct journal *journal, const struct week *week) ATTR_MUST_CHECK;

/*
 * The place among all sections of the one with that heading, also of one that a page does not
 * show; SIZE_MAX where it is none's.
 */
size_t review_heading_rank(struct str text);

#endif
