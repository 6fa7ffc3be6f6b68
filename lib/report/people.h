/* The models of the lists of people, and of one person: what `list` and `show` print. */
#ifndef KITH_REPORT_PEOPLE_H
#define KITH_REPORT_PEOPLE_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/date.h"
#include "insight/reckon.h"
#include "people/journal.h"

/*
 * One object for each contact that could be read, in the order given:
 * slug, name, path; org, title, tags, aliases, email (lists of texts),
 * location; status (the word as written, or "active"); cadence, the interval
 * in force in words, or "none"; last, due, planned, snooze: "YYYY-MM-DD" or
 * null (due: null where the person is never due, or a contact is planned);
 * new, dormant: true or false. who: contacts of the journal.
 */
json_t *people_list(const struct journal *journal, const uint32_t *who, size_t count,
		    civil_day today) ATTR_MUST_CHECK;

/*
 * All that is known of one person: the same, and
 * - phone, url, address, emails: lists of {label, text};
 * - timezone, uid, interests, unread (true: the file cannot be read);
 * - cadence_from: "own", "tag" (cadence_tag: which), "default"; why: why it
 *   is due on that day, or not at all;
 * - met: {day, text}; introduced_by, knows, introduced, known_by: lists of
 *   {name, slug, relation}, slug and relation perhaps null;
 * - dates: {what, day, next, years}: day as it is written, next time in a
 *   year at most, how old or how long ago by then, each perhaps null;
 * - promises, waiting, topics: {text, due, created};
 * - entries: {day, time, channel, text, kind, with, in}, the latest first;
 *   kind: contact, planned, cancelled, tried, note; with: names; in: null, or
 *   {name, slug} of the person in whose file it stands;
 * - own: the keys that kith does not know, as they are.
 */
json_t *people_person(const struct journal *journal, uint32_t who, civil_day today) ATTR_MUST_CHECK;

/* Why somebody is due on that day, or never is; in the arena. */
struct str people_why(const struct journal *journal, const struct contact *contact,
		      const struct reckoning *reckoning, struct arena *arena);

#endif
