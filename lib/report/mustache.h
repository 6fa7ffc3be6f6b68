/*
 * Mustache templates (spec 1.3, the core modules: comments, delimiters,
 * interpolation, inverted, partials, sections) over a JSON model. Text from
 * the model is escaped for the kind of page, so that it stays text.
 *
 * Falsey are false, null, an empty list and what is missing; as the spec has
 * it, 0, "" and {} are not: a model leaves out what is not to be shown.
 * Numbers are written plainly (85, 1.21); null as nothing; a list or an
 * object as JSON. A standalone partial's indentation goes before each line of
 * its text but the empty ones, and not into what is interpolated.
 */
#ifndef KITH_REPORT_MUSTACHE_H
#define KITH_REPORT_MUSTACHE_H

#include <jansson.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/* How {{name}} is escaped; {{{name}}} and {{&name}} are not, in any kind. See report/escape.h. */
enum mustache_kind {
	MUSTACHE_HTML,     /* & < > " as entities, as the spec has it */
	MUSTACHE_MARKDOWN, /* backslashes before what CommonMark would read as markup */
	MUSTACHE_TEXT,     /* nothing */
};

struct mustache;

/*
 * Parses a template. name: for messages ("templates/review.md"). Both are
 * copied. A fault is KITH_INVALID with path = name and line and column:
 * a section that is not closed, closed by another name, or closed and never
 * opened, a tag without its end, an empty name or one with blanks, delimiters
 * that are none, sections nested more than 64 deep. *out is NULL then.
 */
int mustache_parse(struct mustache **out, const char *name, struct str text,
		   enum mustache_kind kind, struct kith_error *err) ATTR_MUST_CHECK;
void mustache_free(struct mustache *t);

/*
 * Finds the text of a partial by name; p == NULL where there is none (it
 * renders as nothing). Called once a render for each name; the text is copied.
 */
typedef struct str mustache_partial(void *context, struct str name);

/*
 * Renders into out (appended; on a failure, what was rendered so far is in
 * it). partial may be NULL; partials are of t's kind. Fails, with the place
 * in the template or partial, where a partial is faulty or partials nest more
 * than 64 deep (KITH_INVALID), where out overflows its maximum, and past some
 * 16 million steps, which only templates that multiply themselves take
 * (KITH_FAILED). Time is bounded by those and by out's maximum: give it one.
 */
int mustache_render(const struct mustache *t, const json_t *model, mustache_partial *partial,
		    void *context, struct buf *out, struct kith_error *err) ATTR_MUST_CHECK;

#endif
