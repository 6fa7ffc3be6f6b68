/* Entries in the order of time, in words and as models. */
#ifndef KITH_REPORT_TIMELINE_H
#define KITH_REPORT_TIMELINE_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/meetings.h"
#include "report/people.h"
#include "report/prose.h"

/* Who was there: the person of the file, and everybody after `with`. */
struct str timeline_people(const struct prose *prose, const struct meeting *meeting,
			   struct arena *arena);
/* `call: the grant`, with `planned`, `cancelled` before it where it is. */
struct str timeline_text(const struct prose *prose, const struct meeting *meeting, civil_day today,
			 struct arena *arena);

/*
 * {day, time, kind, channel, text, path, line, people}: kind as in report/people.h; time and
 * channel perhaps null; people: a list of {name, slug}, the one of the file first.
 */
json_t *timeline_model(const struct journal *journal, const struct meeting *items, size_t count,
		       civil_day today) ATTR_MUST_CHECK;

#endif
