/* The model of the keeper's habits: what `kith stats --json` prints. */
#ifndef KITH_REPORT_KEEPING_H
#define KITH_REPORT_KEEPING_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/keeping.h"

/*
 * {from, to, weeks, talks, people, channels: [{channel, count}], asked, gave, promises: {kept,
 * late, dropped, open, days}, wishes: [{slug, name, wished, usual, honest}], near: [{span, people,
 * past, who: [{slug, name, past}]}]}: weeks are 52 counts; days: the median that a promise took, or
 * null; usual: in days; wished and honest: intervals in words, the second as `kith set` would make
 * it; near: how long ago the last talk was, the latest first, and with whom it is longer ago than
 * their interval says.
 */
json_t *keeping_model(const struct keeping *keeping, const struct journal *journal) ATTR_MUST_CHECK;

/*
 * The same for a page: said, asked_said and kept_said are its numbers in words; what is counted
 * has bars {class, x, width} in thousandths of the whole; of near each `who` are a dozen at most,
 * and `more`, how many more, perhaps null. near, channels, promises and
 * wishes are null where they are empty, else {items}.
 */
json_t *keeping_page_model(const struct keeping *keeping,
			   const struct journal *journal) ATTR_MUST_CHECK;

/* How long it took to keep what was promised, of half of what was kept: `a day`, or more. */
struct str keeping_days(const struct keeping *keeping, struct arena *arena);

#endif
