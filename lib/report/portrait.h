/* One person on a page in a browser: the model of `show`, and what its template needs besides. */
#ifndef KITH_REPORT_PORTRAIT_H
#define KITH_REPORT_PORTRAIT_H

#include <jansson.h>
#include <stddef.h>

#include "base/attr.h"
#include "report/people.h"

/*
 * profile_model, and
 * - title: the name; who: `CTO, Acme · London`, or null; state: the status where it is not active;
 * - rhythm: lines: the last talk, when the next is due and why, the interval;
 * - facts: {label, values: {text, extra, href}}: all that is known and has no place elsewhere, with
 *   extra and href perhaps null;
 * - plans, talks: the entries, of the latter at most `most`, each with `special`: a kind that the
 *   channel does not say, or null, and `company`: the names of `with`, or null; earlier: how many
 * talks are left out, in words, or null;
 * - about: what the file's text says besides entries and tasks, as Markdown, or null;
 * - own_keys: {key, value}, in words;
 * - to_do: true where there are promises, or what is waited for or to bring up.
 * facts, plans, talks, dates and own_keys are null where they are empty, else {items}: so a
 * template can leave out their headings.
 */
json_t *portrait_model(const struct profile *profile, size_t most) ATTR_MUST_CHECK;

#endif
