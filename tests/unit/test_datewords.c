#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/datewords.h"

#define PAST   DATEWORDS_PAST
#define FUTURE DATEWORDS_FUTURE

struct row {
	const char *text;
	enum datewords_direction direction;
	enum date_result result;
	int year, month, day;
	size_t used;
};

/* Today is Monday 2026-11-23. */
static const struct row heads[] = {
    {"today", PAST, DATE_OK, 2026, 11, 23, 5},
    {"Today coffee", FUTURE, DATE_OK, 2026, 11, 23, 5},
    {"yesterday 14:30 coffee", PAST, DATE_OK, 2026, 11, 22, 9},
    {"yesterday: coffee", PAST, DATE_OK, 2026, 11, 22, 9},
    {"TOMORROW", FUTURE, DATE_OK, 2026, 11, 24, 8},
    {"today–now", PAST, DATE_OK, 2026, 11, 23, 5},
    {"tuesday", PAST, DATE_OK, 2026, 11, 17, 7},
    {"tuesday", FUTURE, DATE_OK, 2026, 11, 24, 7},
    {"monday", PAST, DATE_OK, 2026, 11, 23, 6},
    {"monday", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"sunday", PAST, DATE_OK, 2026, 11, 22, 6},
    {"sunday", FUTURE, DATE_OK, 2026, 11, 29, 6},
    {"Tue coffee", PAST, DATE_OK, 2026, 11, 17, 3},
    {"tues", PAST, DATE_OK, 2026, 11, 17, 4},
    {"thurs", FUTURE, DATE_OK, 2026, 11, 26, 5},
    {"thur", FUTURE, DATE_OK, 2026, 11, 26, 4},
    {"fri.", FUTURE, DATE_OK, 2026, 11, 27, 3},
    {"last friday", PAST, DATE_OK, 2026, 11, 20, 11},
    {"last friday call", FUTURE, DATE_OK, 2026, 11, 20, 11},
    {"last monday", PAST, DATE_OK, 2026, 11, 16, 11},
    {"next monday", FUTURE, DATE_OK, 2026, 11, 30, 11},
    {"next  fri", PAST, DATE_OK, 2026, 11, 27, 9},
    {"next week", FUTURE, DATE_OK, 2026, 11, 30, 9},
    {"last week", PAST, DATE_OK, 2026, 11, 16, 9},
    {"next month", FUTURE, DATE_OK, 2026, 12, 23, 10},
    {"last month", PAST, DATE_OK, 2026, 10, 23, 10},
    {"next year", FUTURE, DATE_OK, 2027, 11, 23, 9},
    {"last year", PAST, DATE_OK, 2025, 11, 23, 9},
    {"in 3 weeks", FUTURE, DATE_OK, 2026, 12, 14, 10},
    {"in 3 weeks send it", FUTURE, DATE_OK, 2026, 12, 14, 10},
    {"in 3w: send it", FUTURE, DATE_OK, 2026, 12, 14, 5},
    {"in a month", FUTURE, DATE_OK, 2026, 12, 23, 10},
    {"in two days", FUTURE, DATE_OK, 2026, 11, 25, 11},
    {"in half a year", FUTURE, DATE_OK, 2027, 5, 23, 14},
    {"in 1 year 6 months", FUTURE, DATE_OK, 2028, 5, 23, 18},
    {"in 1 year and so on", FUTURE, DATE_OK, 2027, 11, 23, 9},
    {"2 weeks ago", PAST, DATE_OK, 2026, 11, 9, 11},
    {"2 weeks ago coffee", FUTURE, DATE_OK, 2026, 11, 9, 11},
    {"a month ago", PAST, DATE_OK, 2026, 10, 23, 11},
    {"3d ago", PAST, DATE_OK, 2026, 11, 20, 6},
    {"0 days ago", PAST, DATE_OK, 2026, 11, 23, 10},
    {"3 days from now", FUTURE, DATE_OK, 2026, 11, 26, 15},
    {"nov 30", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"nov 30", PAST, DATE_OK, 2025, 11, 30, 6},
    {"nov 23", PAST, DATE_OK, 2026, 11, 23, 6},
    {"nov 23", FUTURE, DATE_OK, 2026, 11, 23, 6},
    {"nov 22", FUTURE, DATE_OK, 2027, 11, 22, 6},
    {"30 nov", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"November 30 lunch", FUTURE, DATE_OK, 2026, 11, 30, 11},
    {"30th of November", PAST, DATE_OK, 2025, 11, 30, 16},
    {"november 1st", PAST, DATE_OK, 2026, 11, 1, 12},
    {"sept 3", PAST, DATE_OK, 2026, 9, 3, 6},
    {"3 may", PAST, DATE_OK, 2026, 5, 3, 5},
    {"jan 2", FUTURE, DATE_OK, 2027, 1, 2, 5},
    {"nov 30 2025", FUTURE, DATE_OK, 2025, 11, 30, 11},
    {"nov 30, 2025: x", FUTURE, DATE_OK, 2025, 11, 30, 12},
    {"30 nov 2030 x", PAST, DATE_OK, 2030, 11, 30, 11},
    {"nov 30, 14:30", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"nov 30 14:30", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"nov 30 2025x", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"nov 30 20251", FUTURE, DATE_OK, 2026, 11, 30, 6},
    {"feb 29", PAST, DATE_OK, 2024, 2, 29, 6},
    {"feb 29", FUTURE, DATE_OK, 2028, 2, 29, 6},
    {"2026-11-30 coffee", PAST, DATE_OK, 2026, 11, 30, 10},
    {"2026-W48-1", PAST, DATE_OK, 2026, 11, 23, 10},
    {"13/04/2026", PAST, DATE_OK, 2026, 4, 13, 10},
    {"03/04/2026", PAST, DATE_AMBIGUOUS, 2026, 4, 3, 10},
    {"2026-02-30", PAST, DATE_IMPOSSIBLE, 0, 0, 0, 10},
    {"nov 31", PAST, DATE_IMPOSSIBLE, 0, 0, 0, 6},
    {"feb 30", FUTURE, DATE_IMPOSSIBLE, 0, 0, 0, 6},
    {"31 nov 2026 x", FUTURE, DATE_IMPOSSIBLE, 0, 0, 0, 11},
    {"feb 29 2026", FUTURE, DATE_IMPOSSIBLE, 0, 0, 0, 11},
    {"nov 0", FUTURE, DATE_IMPOSSIBLE, 0, 0, 0, 5},
    {"", PAST, DATE_NONE, 0, 0, 0, 0},
    {" today", PAST, DATE_NONE, 0, 0, 0, 0},
    {"2026-11", PAST, DATE_NONE, 0, 0, 0, 0},
    {"2026", PAST, DATE_NONE, 0, 0, 0, 0},
    {"today's plan", PAST, DATE_NONE, 0, 0, 0, 0},
    {"todays", PAST, DATE_NONE, 0, 0, 0, 0},
    {"today-ish", PAST, DATE_NONE, 0, 0, 0, 0},
    {"sun-dried", PAST, DATE_NONE, 0, 0, 0, 0},
    {"mon/tue", PAST, DATE_NONE, 0, 0, 0, 0},
    {"mon\xc3\xa8", PAST, DATE_NONE, 0, 0, 0, 0},
    {"monda", PAST, DATE_NONE, 0, 0, 0, 0},
    {"mo", PAST, DATE_NONE, 0, 0, 0, 0},
    {"last", PAST, DATE_NONE, 0, 0, 0, 0},
    {"last time", PAST, DATE_NONE, 0, 0, 0, 0},
    {"next weeks", PAST, DATE_NONE, 0, 0, 0, 0},
    {"next\nweek", PAST, DATE_NONE, 0, 0, 0, 0},
    {"in", PAST, DATE_NONE, 0, 0, 0, 0},
    {"in 3", PAST, DATE_NONE, 0, 0, 0, 0},
    {"in 3 books", PAST, DATE_NONE, 0, 0, 0, 0},
    {"in weekly", PAST, DATE_NONE, 0, 0, 0, 0},
    {"in3 weeks", PAST, DATE_NONE, 0, 0, 0, 0},
    {"3 weeks", FUTURE, DATE_NONE, 0, 0, 0, 0},
    {"3 weeks agony", PAST, DATE_NONE, 0, 0, 0, 0},
    {"3 weeks from", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov 2026", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov 9:30", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov 30x", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov 300", PAST, DATE_NONE, 0, 0, 0, 0},
    {"nov30", PAST, DATE_NONE, 0, 0, 0, 0},
    {"30nov", PAST, DATE_NONE, 0, 0, 0, 0},
    {"30 novels", PAST, DATE_NONE, 0, 0, 0, 0},
    {"30", PAST, DATE_NONE, 0, 0, 0, 0},
    {"may be", PAST, DATE_NONE, 0, 0, 0, 0},
    {"coffee today", PAST, DATE_NONE, 0, 0, 0, 0},
};

static void at_the_start(void **state)
{
	(void)state;
	civil_day today = day_from_ymd(2026, 11, 23);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		const struct row *row = &heads[i];
		civil_day day,
		    want = row->year ? day_from_ymd(row->year, row->month, row->day) : NO_DAY;
		size_t used;
		enum date_result result =
		    datewords_parse(str_of(row->text), today, row->direction, &day, &used);
		if (result != row->result || day != want || used != row->used)
			fail_msg("%s: result %d, day %d, used %zu", row->text, (int)result,
				 (int)day, used);
	}
}

static void alone(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {" yesterday\n", PAST, DATE_OK, 2026, 11, 22, 0},
	    {"yesterday 14:30", PAST, DATE_OK, 2026, 11, 22, 0},
	    {"in 3 weeks", FUTURE, DATE_OK, 2026, 12, 14, 0},
	    {"nov 30, 2027", FUTURE, DATE_OK, 2027, 11, 30, 0},
	    {"2026-11-30T14:30Z", FUTURE, DATE_OK, 2026, 11, 30, 0},
	    {"nov 31", FUTURE, DATE_IMPOSSIBLE, 0, 0, 0, 0},
	    {"03/04/2026", FUTURE, DATE_AMBIGUOUS, 2026, 4, 3, 0},
	    {"yesterday coffee", PAST, DATE_NONE, 0, 0, 0, 0},
	    {"nov 31 coffee", PAST, DATE_NONE, 0, 0, 0, 0},
	    {"2026-11", PAST, DATE_NONE, 0, 0, 0, 0},
	    {"", PAST, DATE_NONE, 0, 0, 0, 0},
	    {NULL, PAST, DATE_NONE, 0, 0, 0, 0},
	};
	civil_day today = day_from_ymd(2026, 11, 23);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct row *row = &rows[i];
		civil_day day,
		    want = row->year ? day_from_ymd(row->year, row->month, row->day) : NO_DAY;
		enum date_result result =
		    datewords_parse_all(str_of(row->text), today, row->direction, &day);
		if (result != row->result || day != want)
			fail_msg("%s: result %d, day %d", row->text, (int)result, (int)day);
	}
}

static civil_day parse(const char *text, civil_day today, enum datewords_direction direction)
{
	civil_day day;
	assert_int_equal(datewords_parse_all(str_of(text), today, direction, &day), DATE_OK);
	return day;
}

static void clamped_and_saturated(void **state)
{
	(void)state;
	civil_day january = day_from_ymd(2026, 1, 31);
	assert_int_equal(parse("next month", january, FUTURE), day_from_ymd(2026, 2, 28));
	assert_int_equal(parse("last month", day_from_ymd(2026, 3, 31), PAST),
			 day_from_ymd(2026, 2, 28));
	assert_int_equal(parse("next year", day_from_ymd(2024, 2, 29), FUTURE),
			 day_from_ymd(2025, 2, 28));
	assert_int_equal(parse("tomorrow", DAY_MAX, FUTURE), DAY_MAX);
	assert_int_equal(parse("yesterday", DAY_MIN, PAST), DAY_MIN);
	assert_int_equal(parse("1000 years ago", day_from_ymd(500, 1, 1), PAST), DAY_MIN);
	assert_int_equal(parse("in 900 years", day_from_ymd(9500, 1, 1), FUTURE), DAY_MAX);
	assert_int_equal(parse("feb 29", day_from_ymd(1903, 1, 1), PAST),
			 day_from_ymd(1896, 2, 29));
	assert_int_equal(parse("feb 29", day_from_ymd(1896, 3, 1), FUTURE),
			 day_from_ymd(1904, 2, 29));
	civil_day day;
	assert_int_equal(datewords_parse_all(STR("nov 30"), DAY_MAX, FUTURE, &day),
			 DATE_IMPOSSIBLE);
	assert_int_equal(day, NO_DAY);
}

/* What the words say, for every day of some years: found by going from day to day. */
static void weekdays_from_day_to_day(void **state)
{
	(void)state;
	civil_day end = day_from_ymd(2029, 1, 1);
	for (civil_day today = day_from_ymd(2024, 1, 1); today < end; today++)
		for (int weekday = 1; weekday <= 7; weekday++) {
			civil_day before = today - 1, after = today + 1;
			char text[32] = "last ";
			while (day_weekday(before) != weekday)
				before--;
			while (day_weekday(after) != weekday)
				after++;
			memcpy(text + 5, weekday_long(weekday), strlen(weekday_long(weekday)) + 1);
			civil_day latest = day_weekday(today) == weekday ? today : before;
			assert_int_equal(parse(text + 5, today, PAST), latest);
			assert_int_equal(parse(text + 5, today, FUTURE), after);
			assert_int_equal(parse(weekday_short(weekday), today, PAST), latest);
			assert_int_equal(parse(text, today, PAST), before);
			memcpy(text, "next", 4);
			assert_int_equal(parse(text, today, PAST), after);
		}
}

/* Every day of a leap year, by name, seen from many days. */
static void months_from_day_to_day(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 0);
	civil_day first = day_from_ymd(2024, 1, 1), end = day_from_ymd(2025, 1, 1);
	for (civil_day named = first; named < end; named++) {
		struct ymd d = day_to_ymd(named);
		buf_clear(&b);
		buf_printf(&b, "%s %d", month_short(d.month), d.day);
		for (civil_day today = first - 800; today < end + 800; today += 11) {
			civil_day at = parse(b.p, today, FUTURE), back = parse(b.p, today, PAST);
			assert_true(at >= today && back <= today);
			assert_int_equal(day_to_ymd(at).month, d.month);
			assert_int_equal(day_to_ymd(back).day, d.day);
			if (d.month != 2 || d.day != 29)
				assert_true(at - today <= 365 && today - back <= 365);
		}
	}
	buf_release(&b);
}

static void explanations(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"tusday", "\"tusday\" is not a date (did you mean \"tuesday\"?)"},
	    {"Tomorow", "\"Tomorow\" is not a date (did you mean \"tomorrow\"?)"},
	    {"next fridey", "\"next fridey\" is not a date (did you mean \"next friday\"?)"},
	    {"in 3 weks", "\"in 3 weks\" is not a date (did you mean \"in 3 weeks\"?)"},
	    {"novmber 30th", "\"novmber 30th\" is not a date (did you mean \"november 30th\"?)"},
	    {"whenever", "\"whenever\" is not a date (such as 2026-11-30, tuesday, nov 30 or "
			 "\"in 3 weeks\")"},
	    {"", "\"\" is not a date (such as 2026-11-30, tuesday, nov 30 or \"in 3 weeks\")"},
	    {"2026-11", "\"2026-11\" is not a date (the day is missing)"},
	    {"nov 31", "\"nov 31\" is not a date (there is no such day)"},
	    {"2026-02-30", "\"2026-02-30\" is not a date (February 2026 has 28 days)"},
	    {"03/04/2026",
	     "\"03/04/2026\" may be 3 April or 4 March: write 2026-04-03 or 2026-03-04"},
	    {"today", ""},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		civil_day day;
		struct str s = str_of(rows[i][0]);
		struct str got = datewords_explain(
		    s, datewords_parse_all(s, day_from_ymd(2026, 11, 23), PAST, &day), &arena);
		if (!str_eq(got, str_of(rows[i][1])))
			fail_msg("%s: %.*s", rows[i][0], STR_ARG(got));
	}
	arena_release(&arena);
}

/* Every cut and changed byte of every text is read without harm, and nothing past it. */
static void mangled_texts(void **state)
{
	(void)state;
	static const char bytes[] = "0 9aZ-/,:'\t\xff\xe2";
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		for (size_t n = 0; n <= strlen(heads[i].text); n++)
			for (size_t k = 0; k < n * sizeof(bytes); k++) {
				civil_day day;
				size_t used;
				struct arena_mark mark = arena_mark(&arena);
				char *copy = test_malloc(n);
				memcpy(copy, heads[i].text, n);
				copy[k / sizeof(bytes)] = bytes[k % sizeof(bytes)];
				struct str s = {copy, n};
				enum date_result result =
				    datewords_parse(s, 20780, heads[i].direction, &day, &used);
				assert_true(used <= n);
				assert_int_equal(used > 0, result != DATE_NONE);
				assert_int_equal(day != NO_DAY,
						 result == DATE_OK || result == DATE_AMBIGUOUS);
				datewords_explain(s, result, &arena);
				test_free(copy);
				arena_rewind(&arena, mark);
			}
	arena_release(&arena);
}

static void hostile_texts(void **state)
{
	(void)state;
	static const char *const units[] = {"1",     "a",    " ",     "nov ",   "in ",       "1y ",
					    "next ", "\xff", "today", "1 nov ", "in 1 year "};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct buf b;
		civil_day day;
		size_t used;
		buf_init(&b, 0);
		while (b.n < 1000000)
			buf_addz(&b, units[i]);
		enum date_result result = datewords_parse(buf_str(&b), 0, PAST, &day, &used);
		assert_true(used < 20);
		assert_int_equal(datewords_parse_all(buf_str(&b), 0, PAST, &day), DATE_NONE);
		assert_true(datewords_explain(buf_str(&b), result, &arena).n < 400);
		buf_release(&b);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(at_the_start),           cmocka_unit_test(alone),
	    cmocka_unit_test(clamped_and_saturated),  cmocka_unit_test(weekdays_from_day_to_day),
	    cmocka_unit_test(months_from_day_to_day), cmocka_unit_test(explanations),
	    cmocka_unit_test(mangled_texts),          cmocka_unit_test(hostile_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
