#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/interval.h"

struct row {
	const char *text;
	int months, days;
};

static const struct row intervals[] = {
    {"6 weeks", 0, 42},
    {"every 6 weeks", 0, 42},
    {"Every 6 Weeks", 0, 42},
    {"  6 weeks\n", 0, 42},
    {"6  weeks", 0, 42},
    {"6weeks", 0, 42},
    {"6-weeks", 0, 42},
    {"6 week", 0, 42},
    {"six weeks", 0, 42},
    {"6w", 0, 42},
    {"6W", 0, 42},
    {"6 wks", 0, 42},
    {"6d", 0, 6},
    {"6m", 6, 0},
    {"6mo", 6, 0},
    {"6 mths", 6, 0},
    {"1y", 12, 0},
    {"2 yrs", 24, 0},
    {"P6W", 0, 42},
    {"p6w", 0, 42},
    {"P1Y6M", 18, 0},
    {"P1Y2M10D", 14, 10},
    {"P2W", 0, 14},
    {"P1Y0M", 12, 0},
    {"42 days", 0, 42},
    {"42", 0, 42},
    {"1 day", 0, 1},
    {"006 weeks", 0, 42},
    {"weekly", 0, 7},
    {"WEEKLY", 0, 7},
    {"daily", 0, 1},
    {"fortnightly", 0, 14},
    {"monthly", 1, 0},
    {"quarterly", 3, 0},
    {"yearly", 12, 0},
    {"annually", 12, 0},
    {"annual", 12, 0},
    {"biennially", 24, 0},
    {"half-yearly", 6, 0},
    {"half yearly", 6, 0},
    {"semi-annually", 6, 0},
    {"semiannual", 6, 0},
    {"Semiannually", 6, 0},
    {"semimonthly", 0, 15},
    {"twice a year", 6, 0},
    {"twice-a-year", 6, 0},
    {"twice yearly", 6, 0},
    {"twice per month", 0, 15},
    {"twice a month", 0, 15},
    {"twice a week", 0, 3},
    {"twice every quarter", 0, 45},
    {"once a week", 0, 7},
    {"once every 6 weeks", 0, 42},
    {"once every other month", 2, 0},
    {"once in 3 months", 3, 0},
    {"once in a year", 12, 0},
    {"thrice a year", 4, 0},
    {"3 times a year", 4, 0},
    {"three times per year", 4, 0},
    {"3 times every 2 years", 8, 0},
    {"5 times a year", 0, 73},
    {"2x a year", 6, 0},
    {"2x/month", 0, 15},
    {"4/year", 3, 0},
    {"twice/year", 6, 0},
    {"2 per year", 6, 0},
    {"every week", 0, 7},
    {"each quarter", 3, 0},
    {"every other week", 0, 14},
    {"every other month", 2, 0},
    {"every other year", 24, 0},
    {"every-other-week", 0, 14},
    {"every 2nd month", 2, 0},
    {"every second month", 2, 0},
    {"every third week", 0, 21},
    {"every 10th day", 0, 10},
    {"every twelve months", 12, 0},
    {"every half year", 6, 0},
    {"half a year", 6, 0},
    {"a half year", 6, 0},
    {"half a fortnight", 0, 7},
    {"a week", 0, 7},
    {"a year and a day", 12, 1},
    {"an month", 1, 0},
    {"week", 0, 7},
    {"1 year 6 months", 18, 0},
    {"1 year and 6 months", 18, 0},
    {"1 year, 6 months", 18, 0},
    {"1y6m", 18, 0},
    {"1y 6m", 18, 0},
    {"2 months 2 weeks 3 days", 2, 17},
    {"every 1 month 10 days", 1, 10},
    {"2 quarters", 6, 0},
    {"2 fortnights", 0, 28},
    {"1000 years", 12000, 0},
    {"365242 days", 0, 365242},
};

static const char *const none[] = {"",
				   " ",
				   "none",
				   "never",
				   "soon",
				   "6 weks",
				   "weeks",
				   "w",
				   "m",
				   "weeks 6",
				   "every",
				   "every weekly",
				   "every other",
				   "every other weeks",
				   "every monday",
				   "2nd week",
				   "other week",
				   "2-3 weeks",
				   "2 - 3 weeks",
				   "2 or 3 weeks",
				   "6 weeks ago",
				   "6 weeks 1 year",
				   "1 week 1 week",
				   "1 year a day",
				   "6 weeks,",
				   "6 weeks and",
				   "1.5 years",
				   "1/2 year",
				   "1/2/year",
				   "4/2 years",
				   "every/week",
				   "half a month",
				   "half a week",
				   "a weeks",
				   "twice",
				   "twice year",
				   "0 times a year",
				   "1000000 times a year",
				   "once in a while",
				   "P",
				   "P6",
				   "PT5H",
				   "P6W1Y",
				   "PW",
				   "P1YM",
				   "P 6W",
				   "-",
				   "--6 weeks",
				   "6\xc2\xa0weeks",
				   "sechs Wochen",
				   "6 weeks\xff",
				   "bidaily",
				   "bi",
				   "2026-11-30"};

static void what_is_an_interval(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(intervals); i++) {
		const struct row *row = &intervals[i];
		struct interval got;
		enum interval_result result = interval_parse(str_of(row->text), &got);
		if (result != INTERVAL_OK || got.months != row->months || got.days != row->days)
			fail_msg("%s: result %d, %d months %d days", row->text, (int)result,
				 got.months, got.days);
	}
}

static void expect(const char *const *texts, size_t count, enum interval_result want)
{
	for (size_t i = 0; i < count; i++) {
		struct interval got;
		enum interval_result result = interval_parse(str_of(texts[i]), &got);
		if (result != want || got.months || got.days)
			fail_msg("%s: result %d, %d months %d days", texts[i], (int)result,
				 got.months, got.days);
	}
}

static void what_is_none(void **state)
{
	(void)state;
	static const char *const zero[] = {"0",
					   "0 weeks",
					   "-6 weeks",
					   "-1",
					   "P0D",
					   "zero days",
					   "-0",
					   "-6w",
					   "0w 0d",
					   "-1000000000000",
					   "3 times a day",
					   "-2000 years"};
	static const char *const ambiguous[] = {"biweekly",   "Bi-Weekly",  "bi weekly",
						"bimonthly",  "bi-monthly", "biannual",
						"biannually", "bi-yearly"};
	static const char *const too_long[] = {"1001 years",
					       "365243 days",
					       "12001 months",
					       "999999999 years",
					       "99999999999999999999999999 years",
					       "P2000Y",
					       "1000 years 1 day"};
	expect(none, ARRAY_LEN(none), INTERVAL_NONE);
	expect(zero, ARRAY_LEN(zero), INTERVAL_ZERO);
	expect(ambiguous, ARRAY_LEN(ambiguous), INTERVAL_AMBIGUOUS);
	expect(too_long, ARRAY_LEN(too_long), INTERVAL_TOO_LONG);
	struct interval got;
	assert_int_equal(interval_parse(STR_NONE, &got), INTERVAL_NONE);
	assert_int_equal(interval_amount(STR_NONE, &got), 0);
	/* The byte past the slice is not read. */
	assert_int_equal(interval_parse(str_upto(STR("6 weeksx"), 7), &got), INTERVAL_OK);
}

static void amounts_at_the_start(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t used;
		int months, days;
	} rows[] = {
	    {"3 weeks ago", 7, 0, 21},
	    {"3w ago", 2, 0, 21},
	    {"a month ago", 7, 1, 0},
	    {"half a year ago", 11, 6, 0},
	    {"1 year 6 months from now", 15, 18, 0},
	    {"1 year and coffee", 6, 12, 0},
	    {"1 year, 6 months", 16, 18, 0},
	    {"3 weeks, coffee", 7, 0, 21},
	    {"3 weeks 2 books", 7, 0, 21},
	    {"3 weeks a day", 7, 0, 21},
	    {"0 days ago", 6, 0, 0},
	    {"3", 0, 0, 0},
	    {"3 books", 0, 0, 0},
	    {"weekly", 0, 0, 0},
	    {"every week", 0, 0, 0},
	    {" 3 weeks", 0, 0, 0},
	    {"-3 weeks", 0, 0, 0},
	    {"5000 years", 0, 0, 0},
	    {"", 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct interval got;
		size_t used = interval_amount(str_of(rows[i].text), &got);
		if (used != rows[i].used || got.months != rows[i].months ||
		    got.days != rows[i].days)
			fail_msg("%s: used %zu, %d months %d days", rows[i].text, used, got.months,
				 got.days);
	}
}

static void words(void **state)
{
	(void)state;
	static const struct {
		struct interval interval;
		const char *text;
	} rows[] = {
	    {{0, 42}, "6 weeks"},
	    {{1, 0}, "1 month"},
	    {{24, 0}, "2 years"},
	    {{18, 0}, "18 months"},
	    {{12, 0}, "1 year"},
	    {{0, 10}, "10 days"},
	    {{0, 1}, "1 day"},
	    {{0, 7}, "1 week"},
	    {{1, 10}, "1 month 10 days"},
	    {{12, 14}, "1 year 2 weeks"},
	    {{0, 0}, "0 days"},
	    {{12000, 0}, "1000 years"},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_true(str_eq(interval_words(rows[i].interval, &arena), str_of(rows[i].text)));
	arena_release(&arena);
}

static void check_identity(struct interval interval, struct arena *arena)
{
	struct interval again;
	struct arena_mark mark = arena_mark(arena);
	struct str text = interval_words(interval, arena);
	assert_int_equal(interval_parse(text, &again), INTERVAL_OK);
	assert_int_equal(again.months, interval.months);
	assert_int_equal(again.days, interval.days);
	arena_rewind(arena, mark);
}

static void words_are_read_back(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	for (int months = 0; months <= 130; months++)
		for (int days = months == 0; days <= 400; days++)
			check_identity((struct interval){months, days}, &arena);
	for (int months = 1; months <= 12000; months++)
		check_identity((struct interval){months, 0}, &arena);
	for (int days = 1; days <= 365242; days += 13)
		check_identity((struct interval){0, days}, &arena);
	arena_release(&arena);
}

static void explanations(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"6 weks", "\"6 weks\" is not an interval (did you mean \"6 weeks\"?)"},
	    {"montly", "\"montly\" is not an interval (did you mean \"monthly\"?)"},
	    {"Evry 6 Weks", "\"Evry 6 Weks\" is not an interval (did you mean \"every 6 weeks\"?)"},
	    {"quaterly", "\"quaterly\" is not an interval (did you mean \"quarterly\"?)"},
	    {"anually", "\"anually\" is not an interval (did you mean \"annually\"?)"},
	    {"semi-anually",
	     "\"semi-anually\" is not an interval (did you mean \"semi-annually\"?)"},
	    {"twise a yaer",
	     "\"twise a yaer\" is not an interval (did you mean \"twice a year\"?)"},
	    {" 6 weks ", "\"6 weks\" is not an interval (did you mean \"6 weeks\"?)"},
	    {"2 moths", "\"2 moths\" is not an interval (did you mean \"2 months\"?)"},
	    {"biweeky", "\"biweeky\" is not an interval (did you mean \"every 2 weeks\" or "
			"\"twice a week\"?)"},
	    {"soon", "\"soon\" is not an interval (such as \"6 weeks\", \"monthly\" or "
		     "\"twice a year\")"},
	    {"", "\"\" is not an interval (such as \"6 weeks\", \"monthly\" or \"twice a year\")"},
	    {"biweekly",
	     "\"biweekly\" means two things: write \"every 2 weeks\" or \"twice a week\""},
	    {"bi-monthly",
	     "\"bi-monthly\" means two things: write \"every 2 months\" or \"twice a month\""},
	    {"biannual",
	     "\"biannual\" means two things: write \"every 2 years\" or \"twice a year\""},
	    {"0 weeks",
	     "\"0 weeks\" is not an interval: it must be more than zero, a day at least"},
	    {"2000 years", "\"2000 years\" is too long: an interval is at most 1000 years"},
	    {"6 weeks", ""},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct interval interval;
		struct str s = str_of(rows[i][0]);
		struct str got = interval_explain(s, interval_parse(s, &interval), &arena);
		if (!str_eq(got, str_of(rows[i][1])))
			fail_msg("%s: %.*s", rows[i][0], STR_ARG(got));
	}
	arena_release(&arena);
}

/* Long and odd texts take no more than their length, and no byte past it. */
static void hostile_texts(void **state)
{
	(void)state;
	static const char *const units[] = {"1",        "a",     "-",       " ",    "/",
					    "bi",       "half ", "1y",      "and ", "every ",
					    "twice a ", "\xff",  "1 week ", ","};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct buf b;
		struct interval interval;
		buf_init(&b, 0);
		while (b.n < 1000000)
			buf_addz(&b, units[i]);
		char *exact = test_malloc(b.n);
		memcpy(exact, b.p, b.n);
		struct str s = {exact, b.n};
		enum interval_result result = interval_parse(s, &interval);
		assert_true(result != INTERVAL_OK);
		assert_true(interval_explain(s, result, &arena).n < 400);
		interval_amount(s, &interval);
		test_free(exact);
		buf_release(&b);
	}
	arena_release(&arena);
}

/* Every cut and changed byte of every text is read without harm. */
static void mangled_texts(void **state)
{
	(void)state;
	static const char bytes[] = "0 9ayZ-/,\t\xff";
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(intervals); i++)
		for (size_t n = 0; n <= strlen(intervals[i].text); n++)
			for (size_t k = 0; k < n * sizeof(bytes); k++) {
				struct interval interval;
				struct arena_mark mark = arena_mark(&arena);
				char *copy = test_malloc(n);
				memcpy(copy, intervals[i].text, n);
				copy[k / sizeof(bytes)] = bytes[k % sizeof(bytes)];
				struct str s = {copy, n};
				enum interval_result result = interval_parse(s, &interval);
				bool some = interval.months > 0 || interval.days > 0;
				assert_int_equal(some, result == INTERVAL_OK);
				assert_true(interval.months >= 0 && interval.days >= 0);
				interval_explain(s, result, &arena);
				assert_true(interval_amount(s, &interval) <= n);
				test_free(copy);
				arena_rewind(&arena, mark);
			}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_an_interval),  cmocka_unit_test(what_is_none),
	    cmocka_unit_test(amounts_at_the_start), cmocka_unit_test(words),
	    cmocka_unit_test(words_are_read_back),  cmocka_unit_test(explanations),
	    cmocka_unit_test(hostile_texts),        cmocka_unit_test(mangled_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
