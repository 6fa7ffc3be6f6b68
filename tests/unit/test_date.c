/*
 * The calendar against a reckoning of its own: a walker that knows nothing but
 * the lengths of the months and counts days, weekdays and weeks one by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/date.h"

struct walker {
	struct ymd date;
	civil_day day;
	int weekday;
	struct iso_week week;
};

static int walked_month(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int leap = year % 400 == 0 ? 1 : year % 100 == 0 ? 0 : year % 4 == 0;
	return lengths[month - 1] + (month == 2 ? leap : 0);
}

static void step_week(struct walker *w)
{
	/* A week begins; its year is the one of four days of it or more. */
	int left = w->date.month == 12 ? 31 - w->date.day + 1 : 7;
	w->week.week++;
	if (left <= 3)
		w->week = (struct iso_week){w->date.year + 1, 1};
	else if (w->date.month == 1 && w->date.day <= 4)
		w->week = (struct iso_week){w->date.year, 1};
}

static void step(struct walker *w)
{
	w->day++;
	w->weekday = w->weekday == 7 ? 1 : w->weekday + 1;
	if (++w->date.day > walked_month(w->date.year, w->date.month)) {
		w->date.day = 1;
		if (++w->date.month > 12) {
			w->date.month = 1;
			w->date.year++;
		}
	}
	if (w->weekday == 1)
		step_week(w);
}

static bool same_date(struct ymd a, struct ymd b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static bool agrees_with_libc(const struct walker *w)
{
	time_t seconds = (time_t)w->day * 86400;
	struct tm tm;
	char week[16];
	if (!gmtime_r(&seconds, &tm) || strftime(week, sizeof(week), "%G %V %u", &tm) == 0)
		return false;
	int year, number, weekday;
	if (sscanf(week, "%d %d %d", &year, &number, &weekday) != 3)
		return false;
	return tm.tm_year + 1900 == w->date.year && tm.tm_mon + 1 == w->date.month &&
	       tm.tm_mday == w->date.day && weekday == w->weekday && year == w->week.year &&
	       number == w->week.week;
}

static bool survives_text(civil_day day, struct buf *b)
{
	civil_day again;
	size_t used;
	buf_clear(b);
	day_format(b, day);
	return b->n == 10 && date_parse(buf_str(b), &again, &used) == DATE_OK && again == day &&
	       used == 10 && date_parse_all(buf_str(b), &again) == DATE_OK && again == day;
}

static void check_day(const struct walker *w, struct buf *b)
{
	struct iso_week week = day_week(w->day);
	civil_day again;
	assert_true(same_date(day_to_ymd(w->day), w->date));
	assert_int_equal(day_from_ymd(w->date.year, w->date.month, w->date.day), w->day);
	assert_int_equal(day_weekday(w->day), w->weekday);
	assert_int_equal(week.year, w->week.year);
	assert_int_equal(week.week, w->week.week);
	assert_int_equal(week_monday(week) + w->weekday - 1, w->day);
	/* Texts and libc cost more: whole cycles of the calendar at both ends and around today. */
	int year = w->date.year;
	if (year > 400 && year < 9600 && (year < 1800 || year > 2200))
		return;
	assert_true(agrees_with_libc(w));
	assert_true(survives_text(w->day, b));
	buf_clear(b);
	buf_printf(b, "%04d-W%02d-%d", week.year, week.week, w->weekday);
	assert_int_equal(date_parse_all(buf_str(b), &again), DATE_OK);
	assert_int_equal(again, w->day);
}

static void every_day_of_the_calendar(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 0);
	/* 0001-01-01 is a Monday by the walk: 1970-01-01 has to come out as a Thursday. */
	struct walker w = {{1, 1, 1}, DAY_MIN, 1, {1, 1}};
	size_t days = 0;
	for (; w.date.year < 10000; step(&w), days++) {
		check_day(&w, &b);
		if (w.day == 0) {
			assert_true(same_date(w.date, (struct ymd){1970, 1, 1}));
			assert_int_equal(w.weekday, 4);
		}
	}
	assert_int_equal(days, 3652059);
	assert_int_equal(w.day, DAY_MAX + 1);
	buf_release(&b);
}

/* Month by month, a day clamped at the end. */
static struct ymd naive_add(struct ymd d, int months)
{
	for (; months > 0; months--)
		if (++d.month > 12) {
			d.month = 1;
			d.year++;
		}
	for (; months < 0; months++)
		if (--d.month < 1) {
			d.month = 12;
			d.year--;
		}
	int last = walked_month(d.year, d.month);
	d.day = d.day < last ? d.day : last;
	return d;
}

static void months_are_clamped(void **state)
{
	(void)state;
	struct walker w = {{1899, 12, 31}, day_from_ymd(1899, 12, 31), 7, {1899, 52}};
	for (; w.date.year < 2005; step(&w))
		for (int months = -60; months <= 60; months++)
			assert_true(same_date(day_to_ymd(day_add_months(w.day, months)),
					      naive_add(w.date, months)));
	for (int months = -20000; months <= 90000; months += 7)
		assert_true(same_date(day_to_ymd(day_add_months(day_from_ymd(2024, 2, 29), months)),
				      naive_add((struct ymd){2024, 2, 29}, months)));
}

static void arithmetic_stays_in_range(void **state)
{
	(void)state;
	civil_day today = day_from_ymd(2026, 11, 23);
	assert_int_equal(day_from_ymd(1, 1, 1), DAY_MIN);
	assert_int_equal(day_from_ymd(9999, 12, 31), DAY_MAX);
	assert_int_equal(day_add_months(today, INT32_MAX), DAY_MAX);
	assert_int_equal(day_add_months(today, INT32_MIN), DAY_MIN);
	assert_int_equal(day_add(today, (struct interval){0, INT32_MAX}), DAY_MAX);
	assert_int_equal(day_add(today, (struct interval){0, INT32_MIN}), DAY_MIN);
	assert_int_equal(day_add_months(DAY_MAX, 1), DAY_MAX);
	assert_int_equal(day_add_months(DAY_MIN, -1), DAY_MIN);
	assert_int_equal(day_add_months(DAY_MIN, 0), DAY_MIN);
	assert_int_equal(day_add_months(day_from_ymd(1, 2, 15), -1), day_from_ymd(1, 1, 15));
	assert_int_equal(day_add_months(day_from_ymd(9999, 11, 15), 1), day_from_ymd(9999, 12, 15));
	assert_int_equal(day_add(NO_DAY, (struct interval){1, 1}), NO_DAY);
	assert_int_equal(day_add_months(NO_DAY, 1), NO_DAY);
	assert_int_equal(day_weekday(NO_DAY), 0);
	assert_int_equal(day_to_ymd(NO_DAY).year, 0);
	assert_int_equal(day_week(NO_DAY).week, 0);
	assert_int_equal(day_to_ymd(INT32_MAX).year, 9999);
	assert_int_equal(day_from_ymd(2026, 2, 29), NO_DAY);
	assert_int_equal(day_from_ymd(0, 1, 1), NO_DAY);
	assert_int_equal(day_from_ymd(10000, 1, 1), NO_DAY);
	assert_int_equal(day_from_ymd(2026, 13, 1), NO_DAY);
	assert_int_equal(day_from_ymd(INT32_MAX, INT32_MAX, INT32_MAX), NO_DAY);
	assert_int_equal(days_in_month(2026, 0), 0);
	/* A month, then days: 31 January + 1 month + 1 day. */
	assert_int_equal(day_add(day_from_ymd(2026, 1, 31), (struct interval){1, 1}),
			 day_from_ymd(2026, 3, 1));
}

static void weeks(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int year, week; /* 0: refused */
	} rows[] = {
	    {"2026-W48", 2026, 48},
	    {"2026W48", 2026, 48},
	    {"2026-w01", 2026, 1},
	    {"2026-W53", 2026, 53},
	    {"2025-W53", 0, 0},
	    {"2026-W00", 0, 0},
	    {"2026-W54", 0, 0},
	    {"2026-W4", 0, 0},
	    {"2026-W48-1", 0, 0},
	    {"2026-48", 0, 0},
	    {" 2026-W48", 0, 0},
	    {"0000-W01", 0, 0},
	    {"", 0, 0},
	    {"2026-W", 0, 0},
	    {"9999-W52", 9999, 52},
	    {"2026-W480", 0, 0},
	    {"2026--W48", 0, 0},
	    {"2026-W4x", 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct iso_week week;
		assert_int_equal(week_parse(str_of(rows[i].text), &week), rows[i].year > 0);
		assert_int_equal(week.year, rows[i].year);
		assert_int_equal(week.week, rows[i].week);
	}
	assert_int_equal(week_monday((struct iso_week){2026, 54}), NO_DAY);
	assert_int_equal(week_monday((struct iso_week){2026, 0}), NO_DAY);
	assert_int_equal(week_monday((struct iso_week){0, 1}), NO_DAY);
	assert_int_equal(week_monday((struct iso_week){10000, 1}), NO_DAY);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(weekday_short(1), "Mon");
	assert_string_equal(weekday_long(7), "Sunday");
	assert_string_equal(month_short(12), "Dec");
	assert_string_equal(month_long(1), "January");
	assert_string_equal(weekday_long(0), "");
	assert_string_equal(weekday_short(8), "");
	assert_string_equal(month_long(13), "");
	assert_string_equal(month_short(-1), "");
}

struct reading {
	const char *text;
	enum date_result result;
	int year, month, day;
	size_t used;
};

static void check_reading(const struct reading *row)
{
	civil_day day;
	size_t used;
	civil_day want = row->year ? day_from_ymd(row->year, row->month, row->day) : NO_DAY;
	enum date_result result = date_parse(str_of(row->text), &day, &used);
	if (result != row->result || day != want || used != row->used)
		fail_msg("%s: result %d, day %d, used %zu", row->text, (int)result, (int)day, used);
}

static void dates_at_the_start(void **state)
{
	(void)state;
	static const struct reading rows[] = {
	    {"2026-11-30", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30 coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30: coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30, coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30. Coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30]] coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30** coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30_ coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30__ coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30- coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30T14:30 coffee", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30T14:30:05Z", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30–2026-12-02", DATE_OK, 2026, 11, 30, 10},
	    {"2026-11-30\n", DATE_OK, 2026, 11, 30, 10},
	    {"2026/11/30 x", DATE_OK, 2026, 11, 30, 10},
	    {"2026-9-5 x", DATE_OK, 2026, 9, 5, 8},
	    {"2026/9/05", DATE_OK, 2026, 9, 5, 9},
	    {"20261130", DATE_OK, 2026, 11, 30, 8},
	    {"20261130T143005Z", DATE_OK, 2026, 11, 30, 8},
	    {"2026-W48-1 x", DATE_OK, 2026, 11, 23, 10},
	    {"2026-w48-7", DATE_OK, 2026, 11, 29, 10},
	    {"2026W481", DATE_OK, 2026, 11, 23, 8},
	    {"2026-W01-1", DATE_OK, 2025, 12, 29, 10},
	    {"2026-W53-7", DATE_OK, 2027, 1, 3, 10},
	    {"2026.11.30 x", DATE_OK, 2026, 11, 30, 10},
	    {"30.11.2026: x", DATE_OK, 2026, 11, 30, 10},
	    {"3.4.2026", DATE_OK, 2026, 4, 3, 8},
	    {"31.02.2026", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"30 Nov 2026: x", DATE_OK, 2026, 11, 30, 11},
	    {"30. November 2026", DATE_OK, 2026, 11, 30, 17},
	    {"November 30, 2026", DATE_OK, 2026, 11, 30, 17},
	    {"Nov. 30th 2026 x", DATE_OK, 2026, 11, 30, 14},
	    {"nov 31 2026", DATE_IMPOSSIBLE, 0, 0, 0, 11},
	    {"nov 30", DATE_NONE, 0, 0, 0, 0},
	    {"march 2026", DATE_NONE, 0, 0, 0, 0},
	    {"may 4 20261", DATE_NONE, 0, 0, 0, 0},
	    {"[[2026-11-30]] x", DATE_OK, 2026, 11, 30, 14},
	    {"[[2026-11-30|Monday]]", DATE_OK, 2026, 11, 30, 21},
	    {"[[2026-11-30 x]]", DATE_NONE, 0, 0, 0, 0},
	    {"13/04/2026", DATE_OK, 2026, 4, 13, 10},
	    {"04/13/2026 x", DATE_OK, 2026, 4, 13, 10},
	    {"4/4/2026", DATE_OK, 2026, 4, 4, 8},
	    {"0001-01-01", DATE_OK, 1, 1, 1, 10},
	    {"9999-12-31", DATE_OK, 9999, 12, 31, 10},
	    {"2024-02-29", DATE_OK, 2024, 2, 29, 10},
	    {"03/04/2026", DATE_AMBIGUOUS, 2026, 4, 3, 10},
	    {"3/4/2026 x", DATE_AMBIGUOUS, 2026, 4, 3, 8},
	    {"2026-02-30", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026-02-29 x", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026-13-01", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026-00-10", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026/11/31", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"0000-01-01", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2025-W53-1", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026-W48-8", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"2026-W48-0", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"9999-W52-6", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"31/02/2026", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"13/13/2026", DATE_IMPOSSIBLE, 0, 0, 0, 10},
	    {"", DATE_NONE, 0, 0, 0, 0},
	    {"2026", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11", DATE_NONE, 0, 0, 0, 0},
	    {"2026-W48", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-300", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30x", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30T99", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30-05", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30.md", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30-notes", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30_x", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11/30", DATE_NONE, 0, 0, 0, 0},
	    {" 2026-11-30", DATE_NONE, 0, 0, 0, 0},
	    {"-2026-11-30", DATE_NONE, 0, 0, 0, 0},
	    {"20261131", DATE_NONE, 0, 0, 0, 0},
	    {"202611301", DATE_NONE, 0, 0, 0, 0},
	    {"44770090", DATE_NONE, 0, 0, 0, 0},
	    {"20261130-1", DATE_NONE, 0, 0, 0, 0},
	    {"2026-W481", DATE_NONE, 0, 0, 0, 0},
	    {"2026W48-1", DATE_NONE, 0, 0, 0, 0},
	    {"2026-W48-12", DATE_NONE, 0, 0, 0, 0},
	    {"13/04/26", DATE_NONE, 0, 0, 0, 0},
	    {"13/04/20261", DATE_NONE, 0, 0, 0, 0},
	    {"113/04/2026", DATE_NONE, 0, 0, 0, 0},
	    {"today", DATE_NONE, 0, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_reading(&rows[i]);
	civil_day day;
	size_t used;
	assert_int_equal(date_parse(STR_NONE, &day, &used), DATE_NONE);
	assert_int_equal(date_parse_all(STR_NONE, &day), DATE_NONE);
	assert_int_equal(time_parse(STR_NONE), 0);
	/* The byte past the slice is not read. */
	assert_int_equal(date_parse(str_upto(STR("2026-11-305"), 10), &day, &used), DATE_OK);
}

/* Any cut and any changed byte of a date is read without harm, and used stays inside. */
static void without_a_year(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum date_result result;
		int year, month, day;
	} rows[] = {
	    {"--11-26", DATE_OK, 0, 11, 26},     {"--1126", DATE_OK, 0, 11, 26},
	    {"11-26", DATE_OK, 0, 11, 26},       {"XXXX-11-26", DATE_OK, 0, 11, 26},
	    {"May 4", DATE_OK, 0, 5, 4},         {"4 May", DATE_OK, 0, 5, 4},
	    {"4. May", DATE_OK, 0, 5, 4},        {"[[May 4]]", DATE_OK, 0, 5, 4},
	    {"29 feb", DATE_OK, 0, 2, 29},       {"30 feb", DATE_IMPOSSIBLE, 0, 0, 0},
	    {"4 May 1990", DATE_OK, 1990, 5, 4}, {"14.05.1990", DATE_OK, 1990, 5, 14},
	    {"May", DATE_NONE, 0, 0, 0},         {"May 4 x", DATE_NONE, 0, 0, 0},
	    {"11-26-2", DATE_NONE, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct ymd d;
		assert_int_equal(date_parse_year_optional(str_of(rows[i].text), &d),
				 rows[i].result);
		assert_int_equal(d.year, rows[i].year);
		assert_int_equal(d.month, rows[i].month);
		assert_int_equal(d.day, rows[i].day);
	}
}

static void mangled_dates(void **state)
{
	(void)state;
	static const char *const texts[] = {"2026-11-30T14:30:05.25+01:00", "2026-W48-1",
					    "13/04/2026", "2026-11-30 14:30–15:00Z"};
	for (size_t t = 0; t < ARRAY_LEN(texts); t++)
		for (size_t n = 0; n <= strlen(texts[t]); n++)
			for (size_t k = 0; k < n; k++)
				for (int c = 0; c < 256; c++) {
					char *copy = test_malloc(n);
					civil_day day;
					size_t used;
					memcpy(copy, texts[t], n);
					copy[k] = (char)c;
					struct str s = {copy, n};
					date_parse(s, &day, &used);
					assert_true(used <= n);
					assert_true(time_parse(str_from(s, used)) <= n - used);
					date_parse_all(s, &day);
					assert_true(day == NO_DAY ||
						    (day >= DAY_MIN && day <= DAY_MAX));
					test_free(copy);
				}
}

static void dates_alone(void **state)
{
	(void)state;
	static const struct reading rows[] = {
	    {" 2026-11-30\n", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11-30 14:30", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11-30T14:30:05Z", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11-30 14:30:05.5 +01:00", DATE_OK, 2026, 11, 30, 0},
	    {"20261130T143005Z", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11-30 coffee", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30 2026-12-01", DATE_NONE, 0, 0, 0, 0},
	    {"2026-02-30 coffee", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30 25:00", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11-30,", DATE_NONE, 0, 0, 0, 0},
	    {"2026-02-30T14:30", DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {" 03/04/2026 ", DATE_AMBIGUOUS, 2026, 4, 3, 0},
	    {"03/04/2026 x", DATE_NONE, 0, 0, 0, 0},
	    {"2026-11", DATE_NONE, 0, 0, 0, 0},
	    {"", DATE_NONE, 0, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		civil_day day, want = rows[i].year
					  ? day_from_ymd(rows[i].year, rows[i].month, rows[i].day)
					  : NO_DAY;
		enum date_result result = date_parse_all(str_of(rows[i].text), &day);
		if (result != rows[i].result || day != want)
			fail_msg("%s: result %d, day %d", rows[i].text, (int)result, (int)day);
	}
}

static void partial_dates(void **state)
{
	(void)state;
	static const struct reading rows[] = {
	    {"2026-11-30", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11-30T14:30", DATE_OK, 2026, 11, 30, 0},
	    {"2026-11", DATE_OK, 2026, 11, 0, 0},
	    {" 2026/9 ", DATE_OK, 2026, 9, 0, 0},
	    {"2026", DATE_OK, 2026, 0, 0, 0},
	    {"2026-13", DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {"2026-00", DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {"0000", DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {"2026-02-30", DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {"03/04/2026", DATE_AMBIGUOUS, 0, 0, 0, 0},
	    {"2026-", DATE_NONE, 0, 0, 0, 0},
	    {"2026-123", DATE_NONE, 0, 0, 0, 0},
	    {"20261", DATE_NONE, 0, 0, 0, 0},
	    {"198", DATE_NONE, 0, 0, 0, 0},
	    {"198X", DATE_NONE, 0, 0, 0, 0},
	    {"2026-1x", DATE_NONE, 0, 0, 0, 0},
	    {"2026 x", DATE_NONE, 0, 0, 0, 0},
	    {"2026:11", DATE_NONE, 0, 0, 0, 0},
	    {NULL, DATE_NONE, 0, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct ymd date, want = {rows[i].year, rows[i].month, rows[i].day};
		enum date_result result = date_parse_partial(str_of(rows[i].text), &date);
		if (result != rows[i].result || !same_date(date, want))
			fail_msg("%s: result %d, %d-%d-%d", rows[i].text, (int)result, date.year,
				 date.month, date.day);
	}
}

static void spans_of_partial_dates(void **state)
{
	(void)state;
	civil_day first, last;
	ymd_span((struct ymd){2026, 0, 0}, &first, &last);
	assert_int_equal(first, day_from_ymd(2026, 1, 1));
	assert_int_equal(last, day_from_ymd(2026, 12, 31));
	ymd_span((struct ymd){2024, 2, 0}, &first, &last);
	assert_int_equal(first, day_from_ymd(2024, 2, 1));
	assert_int_equal(last, day_from_ymd(2024, 2, 29));
	ymd_span((struct ymd){2024, 2, 5}, &first, &last);
	assert_int_equal(first, day_from_ymd(2024, 2, 5));
	assert_int_equal(last, first);
	ymd_span((struct ymd){2024, 0, 5}, &first, &last);
	assert_int_equal(first, NO_DAY);
	assert_int_equal(last, NO_DAY);
	ymd_span((struct ymd){0, 0, 0}, &first, &last);
	assert_int_equal(first, NO_DAY);
	assert_int_equal(last, NO_DAY);
}

static void times(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t used;
	} rows[] = {
	    {"14:30", 5},
	    {" 14:30 coffee", 6},
	    {"T14:30 coffee", 6},
	    {" T14:30", 7},
	    {"t14:30z", 7},
	    {"9:30", 4},
	    {"14:30: coffee", 5},
	    {"14:30, coffee", 5},
	    {"14:30:05", 8},
	    {"14:30:05Z", 9},
	    {"14:30:05.25Z", 12},
	    {"14:30:60", 8},
	    {"14:30+01:00", 11},
	    {"14:30:05 +01:00", 15},
	    {"14:30-0500", 10},
	    {"14:30+01 x", 8},
	    {"14:30+15:00", 5},
	    {"24:00", 5},
	    {"T1430", 5},
	    {"T143005Z", 8},
	    {"14:30–15:00 x", 13},
	    {"14:30 — 15:00", 15},
	    {"14:30-15:00", 11},
	    {"14:30-16:00", 11},
	    {"14:30 - 15:00 x", 13},
	    {"14:30 - coffee", 5},
	    {"14:30 – coffee", 5},
	    {"14:30 -05 x", 5},
	    {"", 0},
	    {" ", 0},
	    {"T", 0},
	    {"1430", 0},
	    {"14", 0},
	    {"14:3", 0},
	    {"14:300", 0},
	    {"25:00", 0},
	    {"24:01", 0},
	    {"14:60", 0},
	    {"14:30:99", 0},
	    {"14:30x", 0},
	    {"T2460", 0},
	    {"T143061", 0},
	    {"coffee", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t used = time_parse(str_of(rows[i].text));
		if (used != rows[i].used)
			fail_msg("%s: used %zu, not %zu", rows[i].text, used, rows[i].used);
	}
}

static void explanations(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} rows[] = {
	    {"2026-02-30", "\"2026-02-30\" is not a date (February 2026 has 28 days)"},
	    {"31/11/2026", "\"31/11/2026\" is not a date (November 2026 has 30 days)"},
	    {"02/30/2026", "\"02/30/2026\" is not a date (February 2026 has 28 days)"},
	    {"2026-13-01", "\"2026-13-01\" is not a date (months go from 1 to 12)"},
	    {"2026-11-00", "\"2026-11-00\" is not a date (days begin with 1)"},
	    {"0000-01-01", "\"0000-01-01\" is not a date (years go from 1 to 9999)"},
	    {"2025-W53-1", "\"2025-W53-1\" is not a date (2025 has weeks 1 to 52)"},
	    {"2026-W48-8", "\"2026-W48-8\" is not a date (weekdays go from 1 to 7)"},
	    {"9999-W52-7", "\"9999-W52-7\" is not a date (years go from 1 to 9999)"},
	    {"03/04/2026",
	     "\"03/04/2026\" may be 3 April or 4 March: write 2026-04-03 or 2026-03-04"},
	    {"2026-11", "\"2026-11\" is not a date (the day is missing)"},
	    {"soon", "\"soon\" is not a date (such as 2026-11-30)"},
	    {"2026-11-30", ""},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		civil_day day;
		struct str s = str_of(rows[i].text);
		struct str message = date_explain(s, date_parse_all(s, &day), &arena);
		assert_true(str_eq(message, str_of(rows[i].message)));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_of_the_calendar),
	    cmocka_unit_test(months_are_clamped),
	    cmocka_unit_test(arithmetic_stays_in_range),
	    cmocka_unit_test(weeks),
	    cmocka_unit_test(names),
	    cmocka_unit_test(dates_at_the_start),
	    cmocka_unit_test(without_a_year),
	    cmocka_unit_test(mangled_dates),
	    cmocka_unit_test(dates_alone),
	    cmocka_unit_test(partial_dates),
	    cmocka_unit_test(spans_of_partial_dates),
	    cmocka_unit_test(times),
	    cmocka_unit_test(explanations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
