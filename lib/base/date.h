/*
 * Civil dates: a day is a number, counted from 1970-01-01 (0) in the
 * proleptic Gregorian calendar, so that arithmetic is plain arithmetic.
 * Years 1 to 9999: arithmetic that would leave them stays at the first or
 * last day. NO_DAY stays NO_DAY. There is no clock and no time zone here.
 * Weeks are ISO 8601's. All functions are pure and touch no memory but what
 * they are given.
 */
#ifndef KITH_BASE_DATE_H
#define KITH_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef int32_t civil_day;
#define NO_DAY  INT32_MIN
#define DAY_MIN (-719162) /* 0001-01-01 */
#define DAY_MAX 2932896   /* 9999-12-31 */

/* A date in its parts. In a partial date what is not said is 0. */

struct ymd {
	int year, month, day;
};

/* An ISO 8601 week, from Monday to Sunday; the year is the week's own. */
struct iso_week {
	int year, week;
};

/* A calendar step, forward or back: months first, clamped to the month's last day, then days. */
struct interval {
	int months, days;
};

bool ymd_valid(int year, int month, int day);
/* 0 where there is no such month. */
int days_in_month(int year, int month);
/* NO_DAY where it is no date. */
civil_day day_from_ymd(int year, int month, int day);
/* All zero for NO_DAY. */
struct ymd day_to_ymd(civil_day day);
/*
 * The civil day of a moment: seconds since 1970, in a zone of so many minutes
 * east of UTC. Before the year 1 or after 9999: the first or last day of them.
 */
civil_day day_of_time(int64_t seconds, int zone);
/* The first and the last day that a full or partial date covers; NO_DAY where it is none. */
void ymd_span(struct ymd date, civil_day *first, civil_day *last);
/* 1 for Monday to 7 for Sunday (ISO 8601); 0 for NO_DAY. */
int day_weekday(civil_day day);
civil_day day_add_months(civil_day day, int months);
civil_day day_add(civil_day day, struct interval interval);

/* All zero for NO_DAY. */
struct iso_week day_week(civil_day day);
/* The week's Monday; NO_DAY where there is no such week. */
civil_day week_monday(struct iso_week week);
/* `2026-W48` or `2026W48` alone, and only where the year has that week. */
bool week_parse(struct str s, struct iso_week *week);

/* `2026-11-23`; "" for NO_DAY. */
struct day_text {
	char z[11];
};
struct day_text day_text(civil_day day);
/* Adds `2026-11-23`; nothing for NO_DAY. */
void day_format(struct buf *b, civil_day day);
/* English: 1 for Monday, `Mon` and `Monday`; 1 for January, `Jan` and `January`; else "". */
const char *weekday_short(int weekday);
const char *weekday_long(int weekday);
const char *month_short(int month);
const char *month_long(int month);

enum date_result {
	DATE_NONE, /* it does not begin with anything like a date */
	DATE_OK,
	DATE_IMPOSSIBLE, /* a date's form, but no such day: 2026-02-30 */
	DATE_AMBIGUOUS,  /* 03/04/2026: two readings */
};

/*
 * A full date at the start of s: `2026-11-30`, `2026/11/30`, `2026.11.30`,
 * `20261130` where there is such a day, `30.11.2026`, `2026-W48-1`, `2026W481`,
 * `13/04/2026`, `04/13/2026`, `30 Nov 2026`, `November 30, 2026`, and a wiki
 * link to one (`[[2026-11-30]]`, `[[2026-11-30|Monday]]`).
 * A month or day below ten may go without its zero, but in `20261130`. What
 * follows must not continue a number or a word (see date_ends).
 * *used: the bytes it takes, 0 for DATE_NONE. *day: NO_DAY for DATE_NONE and
 * DATE_IMPOSSIBLE; for DATE_AMBIGUOUS the reading with the day first.
 */
enum date_result date_parse(struct str s, civil_day *day, size_t *used);
/* The same where nothing but the date, white space around it and a time after it may stand. */
enum date_result date_parse_all(struct str s, civil_day *day);
/* The same, or a partial date alone: `2026-11`, `2026/11`, `2026`; zeroed where it is not DATE_OK.
 */
enum date_result date_parse_partial(struct str s, struct ymd *date);

/*
 * The same, or a day of no year alone: `--11-30`, `--1130`, `11-30`,
 * `XXXX-11-30`, `Nov 30`, `30. Nov`; year is 0 then.
 */
enum date_result date_parse_year_optional(struct str s, struct ymd *date);

/*
 * A day with its month's name at the start of s, and perhaps a year, else 0:
 * `nov 30`, `Nov. 30, 2027`, `30th of november`, `4. May`. Returns its bytes, 0
 * for none; the day may be none of the month.
 */
size_t date_parse_named(struct str s, struct ymd *date);
/* `nov`, `sept`, `november`: 1 to 12; 0 for none. */
int month_named(struct str word);
/* Whether a word of a date may end there: not before a letter, a digit, `'` or `_`, nor a hyphen
 * or `/` that joins it to one. */
bool date_word_ends(struct str s, size_t i);

/*
 * Whether a date may end where rest begins: not before a letter, a digit, or
 * a `-`, `/`, `.` or `_` with one of them after it; `T14:30` is no letter.
 */
bool date_ends(struct str rest);

/*
 * A time of day at the start of s, as it follows a date; returns the bytes it
 * takes, or 0. With the blanks before it: ` 14:30`, `T14:30`, `14:30:05Z`,
 * `14:30:05.25 +01:00`, `T143005Z` (RFC 3339, ISO 8601, YAML 1.1's timestamp),
 * `9:30`, and a range of them, `14:30–15:00` (or with `-` or an em dash).
 */
size_t time_parse(struct str s);

/*
 * Why it is no full date, as the end of a message with s in it, shortened:
 * `"2026-02-30" is not a date (February 2026 has 28 days)`; for an ambiguous
 * one both readings. "" for DATE_OK.
 */
struct str date_explain(struct str s, enum date_result result, struct arena *arena);

#endif
