/*
 * Dates as a person types them on a command line: all forms of base/date.h,
 * and words that are relative to a given day. English, in any case.
 */
#ifndef KITH_BASE_DATEWORDS_H
#define KITH_BASE_DATEWORDS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

/* Which of the days that a word names is meant. */
enum datewords_direction {
	DATEWORDS_PAST,   /* what happened: the latest, today included */
	DATEWORDS_FUTURE, /* what is due: the next; today's weekday is in a week */
};

/*
 * A date at the start of s, which may go on with anything else:
 * - what date_parse reads;
 * - `today`, `yesterday`, `tomorrow`;
 * - `tuesday`, `tue`: in the direction; `last tuesday`, `next tuesday`:
 *   strictly before, after today, whatever the direction;
 * - `last week`, `next month`, `next year`: the same day of it, clamped;
 * - `in 3 weeks`, `2 weeks ago`, `a month ago`, `1 year 6 months from now`;
 * - `nov 30`, `30 nov`, `Nov. 30`, `november 30th`, `30th of november`, `30.11.`:
 *   the nearest in the direction, today included in both: 29 February skips
 *   common years;
 * - any of these after `on`.
 * A word ends where the next byte is no letter, digit, apostrophe or `_`, and
 * no hyphen or `/` that joins it to another. Note that `sat`, `sun` and `mar`
 * may be the first word of a text too.
 * today must not be NO_DAY. A date outside the years 1 to 9999 is the first
 * or last day of them.
 * *day and *used: as in date_parse. A day that no year has (`nov 31`), or not
 * the one that is said, is DATE_IMPOSSIBLE.
 */
enum date_result datewords_parse(struct str s, civil_day today, enum datewords_direction direction,
				 civil_day *day, size_t *used);
/* The same where nothing but the date, white space around it and a time after it may stand. */
enum date_result datewords_parse_all(struct str s, civil_day today,
				     enum datewords_direction direction, civil_day *day);

/*
 * The same where an interval may stand too, which is reckoned from today: `dec 1` and `3 weeks`.
 * The direction is the future. No text is both.
 */
enum date_result datewords_parse_until(struct str s, civil_day today, civil_day *day);

/*
 * Why it is no date, as the end of a message, with the fix where it can be
 * guessed: `"tusday" is not a date (did you mean "tuesday"?)`. "" for DATE_OK.
 */
struct str datewords_explain(struct str s, enum date_result result, struct arena *arena);

#endif
