/*
 * Conversations that stand in other notes than the people's: in daily notes (`daily` in the
 * settings) and in notes of meetings (`meetings`). They are read and never written to.
 *
 * A daily note's item is one where it begins with links to contacts, or with a channel and `with`
 * and a link, or stands under a heading that is a contact's link. A note of a meeting is one with
 * all that its front matter or its text names (`people`, `attendees`, `participants`, `with`,
 * `person`).
 */
#ifndef KITH_PEOPLE_ELSEWHERE_H
#define KITH_PEOPLE_ELSEWHERE_H

#include "people/journal.h"

/* What may be a conversation, before anybody is known. */
struct elsewhere_find {
	struct str under;   /* where the heading's link leads; p == NULL for none */
	struct str links;   /* with which it begins; "" for none */
	struct str image;   /* as kith would write it: `DATE call with [[ada]]: text` */
	struct entry entry; /* in that image, not finished yet (entry_read) */
	size_t line;
};

struct elsewhere_note {
	struct str path;
	civil_day day;
	struct str title; /* of a meeting; p == NULL for a daily note */
	struct strs people;
	struct elsewhere_find *finds;
	size_t count;
};

struct elsewhere {
	struct elsewhere_note *items;
	size_t count;
};

/* Whether the settings name any. */
bool elsewhere_is_set(const struct config *config);

/* The day of a daily note by its name, as `daily` has it; NO_DAY where it is none. */
civil_day elsewhere_day(const struct config *config, struct str path);

/*
 * Looks at a note's bytes, which are void afterwards. Without a journal, so that many can at once.
 * scratch: as it was afterwards.
 */
void elsewhere_scan(struct elsewhere_note *note, struct str bytes, const struct config *config,
		    const struct note_reader *reader, struct arena *arena, struct arena *scratch);

/*
 * Makes entries of what was found, now that everybody is known and own entries are finished
 * (journal->elsewhere). What stands in a person's file or in another note with the same day and
 * people is left out.
 */
void elsewhere_settle(struct journal *journal, struct elsewhere *notes);

#endif
