/* The model of the keeper's habits: what `kith stats --json` prints. */
#ifndef KITH_REPORT_KEEPING_H
#define KITH_REPORT_KEEPING_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/keeping.h"

/*
 * {from, to, weeks, talks, people, channels: [{channel, count}], asked, gave, promises: {kept,
 * late, dropped, open, days}, wishes: [{slug, name, wished, usual, honest}]}: weeks are 52 counts;
 * days: the median that a promise took, or null; usual: in days; wished and honest: intervals in
 * words, the second as `kith set` would make it.
 */
json_t *keeping_model(const struct keeping *keeping, const struct journal *journal) ATTR_MUST_CHECK;

#endif
