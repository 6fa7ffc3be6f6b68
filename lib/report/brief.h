/*
 * The page before a meeting: what there is to know of one or several people, and what of them is
 * not known. templates/brief.txt prints it.
 */
#ifndef KITH_REPORT_BRIEF_H
#define KITH_REPORT_BRIEF_H

#include <jansson.h>

#include "base/attr.h"
#include "people/differences.h"
#include "people/journal.h"

/*
 * changes: what is new of each of `who`, by place; NULL for nothing. The model:
 * {today, title, meeting, people, together}: meeting is the planned one that it is for, {day, when,
 * what}, or null. Of each of people:
 * - name, slug, path; who: `CTO, Acme · London`, or null;
 * - last: {day, when, ago, text}, or null; changed: [{key, before, after, line}], what is new in
 *   their file since; planned: [{day, when, text}];
 * - promises, waiting, topics: [{text, due, when}], due and when perhaps null;
 * - since: [{day, when, who, text}]: what the keeper did with others since, the latest first, and
 *   since_more: how many more;
 * - dates: [{day, when, what}] of two months; knows: names of people of the journal;
 * - ask: what they are into; unknown: what the journal does not know. These three are also a line,
 *   knows_line and so on.
 * together, of several: {last: as above, same: what they have in common, ties: who
 * introduced or knows whom}, or null.
 */
json_t *brief_model(const struct journal *journal, const uint32_t *who, size_t count,
		    const struct entry *meeting, const struct differences *changes,
		    civil_day today) ATTR_MUST_CHECK;

/*
 * The next planned meeting: with whom (in the arena; *count is 0 for none), and its entry, the
 * earliest from today on.
 */
const struct entry *brief_next(const struct journal *journal, civil_day today, uint32_t **who,
			       size_t *count, struct arena *arena);

/* `CTO, Acme · London`; "" where none of it is known. */
struct str brief_who(const struct contact *contact, struct arena *arena);

#endif
