/* Birthdays and other dates, as they come round. */
#include "insight/dates.h"
#include "reading.h"

struct search {
	struct buf got;
};

static void say(void *context, const struct contact *contact, struct occurrence found)
{
	struct search *s = context;
	fact_day(&s->got, "", found.day);
	buf_addz(&s->got, " ");
	buf_add(&s->got,
		found.which == BIRTHDAY ? STR("birthday") : contact->dates[found.which].what);
	if (found.years)
		buf_printf(&s->got, " %d", found.years);
}

static civil_day day_of(const char *text)
{
	civil_day day;
	assert_int_equal(date_parse_all(str_of(text), &day), DATE_OK);
	return day;
}

struct dates_case {
	const char *front, *from, *to, *facts;
	bool leap_march;
};

static const struct dates_case cases[] = {
    {"birthday: 1984-11-26", "2026-11-23", "2026-11-29", "2026-11-26 birthday 42", false},
    {"birthday: 1984-11-26", "2026-11-26", "2026-11-26", "2026-11-26 birthday 42", false},
    {"birthday: 1984-11-26", "2026-11-27", "2026-12-26", "", false},
    {"birthday: 1984-11-26", "2026-11-01", "2026-11-25", "", false},
    {"birthday: --11-26", "2026-11-23", "2026-11-29", "2026-11-26 birthday", false},
    {"birthday: 1604-11-26", "2026-11-23", "2026-11-29", "2026-11-26 birthday", false},
    {"birthday: 1984?", "2026-01-01", "2026-12-31", "", false},
    {"birthday: 1984", "2026-01-01", "2026-12-31", "", false},
    /* Over the turn of the year, and in more than one. */
    {"birthday: 1984-01-02", "2026-12-28", "2027-01-03", "2027-01-02 birthday 43", false},
    {"birthday: --01-02", "2026-01-01", "2028-12-31",
     "2026-01-02 birthday; 2027-01-02 birthday; 2028-01-02 birthday", false},
    /* Nobody turns 0, or less. */
    {"birthday: 2026-11-26", "2026-01-01", "2027-12-31", "2027-11-26 birthday 1", false},
    {"birthday: 2030-11-26", "2026-01-01", "2027-12-31", "", false},
    /* 29 February. */
    {"birthday: 1984-02-29", "2026-02-01", "2026-03-31", "2026-02-28 birthday 42", false},
    {"birthday: 1984-02-29", "2026-02-01", "2026-03-31", "2026-03-01 birthday 42", true},
    {"birthday: 1984-02-29", "2028-02-01", "2028-03-31", "2028-02-29 birthday 44", false},
    {"birthday: 1984-02-29", "2028-02-01", "2028-03-31", "2028-02-29 birthday 44", true},
    {"birthday: 1984-02-29", "2100-02-01", "2100-03-31", "2100-02-28 birthday 116", false},
    {"birthday: 1984-02-28", "2026-02-01", "2026-03-31", "2026-02-28 birthday 42", true},
    {"dates: {a: 2024-02-29 yearly}", "2026-02-01", "2026-03-31", "2026-02-28 a 2", false},
    {"dates: {a: 2024-02-29 yearly}", "2026-02-01", "2026-03-31", "2026-03-01 a 2", true},
    /* Once, or each year from the first on. */
    {"dates: {talk: 2026-12-03}", "2026-12-01", "2026-12-31", "2026-12-03 talk", false},
    {"dates: {talk: 2026-12-03}", "2027-12-01", "2027-12-31", "", false},
    {"dates: {joined: 2021-05-01 yearly}", "2026-05-01", "2026-05-07", "2026-05-01 joined 5",
     false},
    {"dates: {joined: 2026-05-01 yearly}", "2026-05-01", "2026-05-07", "2026-05-01 joined", false},
    {"dates: {joined: 2027-05-01 yearly}", "2026-05-01", "2026-05-07", "", false},
    {"dates: {a: 2026-05}", "2026-05-01", "2026-05-31", "", false},
    {"dates: {a: 2026-05-02, b: 2026-05-01}\nbirthday: --05-03", "2026-05-01", "2026-05-07",
     "2026-05-03 birthday; 2026-05-02 a; 2026-05-01 b", false},
    {"name: Ada", "2026-01-01", "2026-12-31", "", false},
};

static void each(void **state)
{
	size_t bad = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct buf text;
		struct search s;
		buf_init(&text, 0);
		buf_init(&s.got, 0);
		buf_printf(&text, "---\n%s\n---\n", cases[i].front);
		reading_init(&r, NULL, "people/p.md", buf_str(&text));
		dates_each(&r.contact, day_of(cases[i].from), day_of(cases[i].to),
			   cases[i].leap_march, say, &s);
		bad += differs(&s.got, cases[i].facts, text.p);
		buf_release(&text);
		buf_release(&s.got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

static void first(void **state)
{
	struct reading r;
	(void)state;
	reading_init(&r, NULL, "people/p.md",
		     STR("---\nbirthday: --05-03\ndates: {a: 2026-05-02, b: 2026-05-01}\n---\n"));
	struct occurrence found =
	    dates_first(&r.contact, DATES_ANY, day_of("2026-05-01"), day_of("2026-05-07"), false);
	assert_int_equal(found.day, day_of("2026-05-01"));
	assert_int_equal(found.which, 1);
	found =
	    dates_first(&r.contact, DATES_ANY, day_of("2026-05-02"), day_of("2026-05-07"), false);
	assert_int_equal(found.which, 0);
	found =
	    dates_first(&r.contact, DATES_ANY, day_of("2026-05-03"), day_of("2026-05-07"), false);
	assert_true(found.which == BIRTHDAY);
	found =
	    dates_first(&r.contact, DATES_ANY, day_of("2026-05-04"), day_of("2026-05-07"), false);
	assert_int_equal(found.day, NO_DAY);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each),
	    cmocka_unit_test(first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
