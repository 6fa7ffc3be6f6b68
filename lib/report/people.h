/* The models of the lists of people, and of one person: what `list` and `show` print. */
#ifndef KITH_REPORT_PEOPLE_H
#define KITH_REPORT_PEOPLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/date.h"
#include "insight/balance.h"
#include "insight/meetings.h"
#include "insight/reckon.h"
#include "insight/todo.h"
#include "people/journal.h"

/*
 * One object for each contact that could be read, in the order given:
 * slug, name, path; org, title, tags, aliases, email (lists of texts),
 * location; status (active, paused, archived, deceased, or the word that stands there); cadence,
 * the interval in force in words, or "none"; last, due, planned, snooze: "YYYY-MM-DD" or null (due:
 * null where the person is never due, or a contact is planned); new, dormant: true or false. who:
 * contacts of the journal.
 */
json_t *people_list(const struct journal *journal, const uint32_t *who, size_t count,
		    civil_day today) ATTR_MUST_CHECK;

/* A date of a person's, the birthday first. */
struct profile_date {
	struct str what, day; /* the day as it is written; "" for a partial one */
	civil_day next;       /* in a year at most; NO_DAY */
	int years;            /* how old, or how long ago by then; 0 where that is not known */
};

enum talk_kind { TALK_CONTACT, TALK_PLANNED, TALK_CANCELLED, TALK_TRIED, TALK_NOTE };
enum talk_kind talk_kind_of(const struct entry *entry, civil_day today);
const char *talk_kind_name(enum talk_kind kind); /* "contact", "planned", … */

struct talk {
	const struct contact *owner; /* in whose file it stands */
	const struct entry *entry;
	enum talk_kind kind;
	uint32_t *with; /* the others who were there */
	size_t with_count;
};

/* What the journal tells of one person beside the file. */
struct profile {
	const struct journal *journal;
	const struct contact *contact;
	uint32_t who;
	civil_day today;
	struct reckoning reckoning;
	struct str why; /* why it is due on that day, or never is */
	struct relations introduced,
	    known_by; /* the ties of introduced_by and knows, seen from here */
	struct profile_date *dates;
	size_t dates_count;
	size_t by_week[CHART_WEEKS]; /* talks; the week of today is the last */
	int usual_twice;             /* as reckon_usual_twice has it; 0: not known */
	struct balance year;         /* what one asked and gave */
	struct talk *talks;          /* the latest first */
	size_t talks_count, talks_cap;
};

/* The journal and the arena must live as long. */
void profile_init(struct profile *profile, const struct journal *journal, uint32_t who,
		  civil_day today, struct arena *arena);
void profile_release(struct profile *profile);

/* Of the contact's ties and of those above: the name, as the text says it where it is nobody's. */
struct str profile_tie_name(const struct profile *profile, const struct relation *tie);

/*
 * All that is known of one person, as in the list, and
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
 * - weeks: in how many conversations you were in each of 52 weeks, this one last; usual: how many
 *   days lie between them, or null; year: {asked, gave}, of a year;
 * - own: the keys that kith does not know, as they are.
 */
json_t *profile_model(const struct profile *profile) ATTR_MUST_CHECK;

/* The keys that kith does not know, as they are. */
json_t *profile_own_keys(const struct profile *profile) ATTR_MUST_CHECK;

#endif
