/* Days and spans of time in words, as the pages say them. English. */
#ifndef KITH_REPORT_WORDS_H
#define KITH_REPORT_WORDS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

/*
 * From one day to a later one: days to 13, weeks to 13 weeks, months (by the
 * calendar) to 23, years; rounded down. `9 weeks`, `1 day`.
 */
struct str words_span(civil_day from, civil_day to, struct arena *arena);
/* The same for a bare number of days; a month is 30.44 of them. */
struct str words_days(double days, struct arena *arena);
/* An interval, in the same units: `6 weeks`, `2 months`. */
struct str words_interval(struct interval interval, struct arena *arena);

/* `11 days ago`; `today`, `yesterday`, `tomorrow`, `in 3 weeks`. */
struct str words_relative(civil_day day, civil_day today, struct arena *arena);

/* `Mon 23 Nov`, with the year where it is not `year`. */
struct str words_day(civil_day day, int year, struct arena *arena);
/* `Mon 23`, for a day of a week whose month is plain. */
struct str words_weekday(civil_day day, struct arena *arena);
/* `14 March`, with the year where it is not `year`. */
struct str words_date(civil_day day, int year, struct arena *arena);
/* `April`, `April 2024`. */
struct str words_month(civil_day day, int year, struct arena *arena);
/* `23–29 November 2026`, `28 December 2026 – 3 January 2027`. */
struct str words_week(civil_day monday, struct arena *arena);
/* `1 more`, `3 people`: a number with its noun, plural with s unless given. */
struct str words_count(size_t count, const char *one, const char *many, struct arena *arena);

/* Weeks one after the other as a line of bars: `·` for none, else eighths of the largest, rounded
 * up. */
struct str words_chart(const size_t *weeks, size_t count, struct arena *arena);

#endif
