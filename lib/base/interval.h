/*
 * Intervals in words and numbers, as a cadence, a setting or an option gives
 * them. All functions are pure and take time in proportion to the words they
 * understand; a text is left at the first byte that fits nothing.
 */
#ifndef KITH_BASE_INTERVAL_H
#define KITH_BASE_INTERVAL_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum interval_result {
	INTERVAL_OK,
	INTERVAL_NONE,      /* not an interval */
	INTERVAL_ZERO,      /* zero or less, or less than a day */
	INTERVAL_AMBIGUOUS, /* biweekly, bimonthly, biannual */
	INTERVAL_TOO_LONG,  /* more than 1000 years */
};

/*
 * Reads an interval alone, white space around it, in any case:
 * - an amount: `6 weeks`, `6w`, `6d`, `6m` (months), `6mo`, `1y`, `six weeks`,
 *   `a fortnight`, `2 quarters`, `half a year`, and several of them, the
 *   larger unit first: `1 year 6 months`, `1y6m`, `a year and a day`;
 * - `every` (or `each`) and an amount, or `every week`, `every other month`,
 *   `every 2nd month`, `every third week`; also `week` alone;
 * - `42` (days); `P6W`, `P1Y6M` (ISO 8601, whole days and more);
 * - `daily`, `weekly`, `fortnightly`, `monthly`, `quarterly`, `yearly`,
 *   `annually`, `biennially`, `half-yearly`, `semi-annually` and their like;
 * - so many times: `twice a year`, `once every 6 weeks`, `3 times a year`,
 *   `2x/month`, `twice yearly`. Where months do not divide, days do, rounded
 *   down: `5 times a year` is 73 days, `twice a month` 15, `twice a week` 3.
 * *out is zeroed where it is not INTERVAL_OK.
 */
enum interval_result interval_parse(struct str s, struct interval *out);

/*
 * An amount at the start of a text, as above, with its units said: the `3
 * weeks` of `3 weeks ago`. It may be zero, and is never negative. Returns the
 * bytes it takes; 0 where there is none, or where it is too long.
 */
size_t interval_amount(struct str s, struct interval *out);

/*
 * Why it is none, as the end of a message, with the fix where it can be
 * guessed: `"6 weks" is not an interval (did you mean "6 weeks"?)`. s is
 * shortened. "" for INTERVAL_OK.
 */
struct str interval_explain(struct str s, enum interval_result result, struct arena *arena);

/*
 * In words that interval_parse reads back: `6 weeks`, `1 month`, `2 years`,
 * `18 months`, `1 month 10 days`; `0 days`.
 */
struct str interval_words(struct interval interval, struct arena *arena);

#endif
