/* Who knows whom, in words, as DOT and as a model. */
#ifndef KITH_REPORT_GRAPH_H
#define KITH_REPORT_GRAPH_H

#include <jansson.h>

#include "base/attr.h"
#include "base/buf.h"
#include "insight/ties.h"

/* `introduced, 3 talks, last 2026-09-20`: what ties them, seen from one of both. */
struct str graph_words(const struct tie *tie, uint32_t from, struct arena *arena);

/* Which of the ties are told: those of two people who are both in `in` (by contact). */
void graph_dot(struct buf *out, const struct journal *journal, const struct ties *ties,
	       const bool *in);

/* {people: [{slug, name}], ties: [{a, b, introduced, knows, links, talks, last}]}: a and b are
 * slugs; introduced: the slug of who introduced the other, or null; last: a day or null. */
json_t *graph_model(const struct journal *journal, const struct ties *ties,
		    const bool *in) ATTR_MUST_CHECK;

#endif
