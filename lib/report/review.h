/*
 * The weekly review as a model (JSON): what insight/week found, in words,
 * ready for a template. The template decides the page's form.
 */
#ifndef KITH_REPORT_REVIEW_H
#define KITH_REPORT_REVIEW_H

#include <jansson.h>
#include <stdbool.h>

#include "base/attr.h"
#include "insight/week.h"
#include "people/journal.h"

/*
 * Makes the model. Each section is an object under its name, with its `heading`
 * and `items`, absent when it has nothing to say: this_week, reach_out, ahead,
 * passed, happened, waiting, balance, drifting, last_week, year_ago, look;
 * `quiet` is true when all are absent. Keys that end the same in each: id, slug, name, path, url
 * (from the page's folder), day; `markdown`, `line`, `lines` and `notes` hold Markdown, all else
 * plain text.
 */
json_t *review_model(const struct journal *journal, const struct week *week) ATTR_MUST_CHECK;

/* Whether a text is the heading of a section, also of one that a page does not show. */
bool review_has_heading(struct str text);

#endif
