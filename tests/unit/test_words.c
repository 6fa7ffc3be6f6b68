/* Days and spans of time in words. */
#include "report/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static civil_day day(int year, int month, int d)
{
	civil_day out;
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "%04d-%02d-%02d", year, month, d);
	assert_int_equal(date_parse_all(buf_str(&b), &out), DATE_OK);
	buf_release(&b);
	return out;
}

static void check(struct str got, const char *want)
{
	char text[200] = "";
	assert_true(got.n < sizeof(text));
	memcpy(text, got.p, got.n);
	assert_string_equal(text, want);
}

static void test_spans(void **state)
{
	static const struct {
		int days;
		const char *want;
	} rows[] = {
	    {0, "0 days"},      {1, "1 day"},       {13, "13 days"},  {14, "2 weeks"},
	    {20, "2 weeks"},    {21, "3 weeks"},    {97, "13 weeks"}, {98, "3 months"},
	    {364, "11 months"}, {365, "12 months"},
	};
	struct arena arena;
	arena_init(&arena);
	(void)state;
	civil_day from = day(2026, 1, 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(words_span(from, from + rows[i].days, &arena), rows[i].want);
	check(words_span(from, day(2027, 12, 31), &arena), "23 months");
	check(words_span(from, day(2028, 1, 1), &arena), "2 years");
	check(words_span(from, day(2036, 12, 31), &arena), "10 years");
	/* By the calendar: 31 January and a month are 28 February. */
	check(words_span(day(2026, 1, 31), day(2026, 6, 29), &arena), "4 months");
	check(words_span(day(2026, 1, 31), day(2026, 6, 30), &arena), "5 months");
	check(words_days(13.9, &arena), "13 days");
	check(words_days(100, &arena), "3 months");
	check(words_interval((struct interval){.days = 42}, &arena), "6 weeks");
	check(words_interval((struct interval){.days = 10}, &arena), "10 days");
	check(words_interval((struct interval){.months = 2}, &arena), "2 months");
	check(words_interval((struct interval){.months = 12}, &arena), "1 year");
	arena_release(&arena);
}

static void test_days(void **state)
{
	struct arena arena;
	civil_day today = day(2026, 11, 23);
	arena_init(&arena);
	(void)state;
	check(words_relative(today, today, &arena), "today");
	check(words_relative(today - 1, today, &arena), "yesterday");
	check(words_relative(today + 1, today, &arena), "tomorrow");
	check(words_relative(today - 11, today, &arena), "11 days ago");
	check(words_relative(today + 21, today, &arena), "in 3 weeks");
	check(words_day(today, 2026, &arena), "Mon 23 Nov");
	check(words_day(today, 2025, &arena), "Mon 23 Nov 2026");
	check(words_weekday(today + 6, &arena), "Sun 29");
	check(words_date(day(2026, 3, 14), 2026, &arena), "14 March");
	check(words_date(day(2025, 3, 14), 2026, &arena), "14 March 2025");
	check(words_month(day(2025, 4, 1), 2026, &arena), "April 2025");
	check(words_week(today, &arena), "23\xE2\x80\x93"
					 "29 November 2026");
	check(words_week(day(2026, 11, 30), &arena), "30 November \xE2\x80\x93 6 December 2026");
	check(words_week(day(2026, 12, 28), &arena),
	      "28 December 2026 \xE2\x80\x93 3 January 2027");
	check(words_count(1, "person", "people", &arena), "1 person");
	check(words_count(0, "person", "people", &arena), "0 people");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
