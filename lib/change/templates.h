/* Templates: a journal's own, in its folder templates/, before those the program carries. */
#ifndef KITH_CHANGE_TEMPLATES_H
#define KITH_CHANGE_TEMPLATES_H

#include <jansson.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"

/*
 * Renders the template of that name ("review.md") over the model, appended
 * to out. dir: the journal's folder. file: a template's path from the
 * current folder instead; NULL. Partials are found like templates: {{>item}}
 * is item.md beside review.md. Markdown, HTML or plain text (`.txt`), by the name's ending.
 */
int templates_render(struct buf *out, int dir, const char *name, const char *file,
		     const json_t *model, struct kith_error *err) ATTR_MUST_CHECK;

#endif
