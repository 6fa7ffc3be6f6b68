/* What a search found, in words and as models. */
#ifndef KITH_REPORT_HITS_H
#define KITH_REPORT_HITS_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/search.h"

/* The file that it stands in. */
struct str hits_path(const struct journal *journal, const struct search_hit *hit);

/* Where it stands there; line 1, column 1 for a person. */
struct place hits_place(const struct journal *journal, const struct search_hit *hit);

/* The line that has it, as one clean line, from some words before it on where it is long. */
struct str hits_text(const struct journal *journal, const struct search_hit *hit,
		     struct arena *arena);

/*
 * {day, slug, name, path, line, column, channel, text}: day and channel are null of a note, text of
 * a person.
 */
json_t *hits_model(const struct journal *journal, const struct search_hit *items,
		   size_t count) ATTR_MUST_CHECK;

#endif
