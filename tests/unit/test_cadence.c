/* Cadences: intervals, the settings' names, `none`, and two of them with a day between. */
#include "people/cadence.h"
#include "reading.h"

static const char settings[] = "cadences: {close: 10 days, Nähe: 5 weeks, never again: none}";

/* What it says, or `!` and the reason's beginning. */
struct plan_case {
	const char *text, *facts;
};

static void plans(void **state)
{
	(void)state;
	static const struct plan_case cases[] = {
	    {"6 weeks", "cadence 6 weeks"},
	    {"every 6 weeks", "cadence 6 weeks"},
	    {" 6w ", "cadence 6 weeks"},
	    {"6d", "cadence 6 days"},
	    {"6m", "cadence 6 months"},
	    {"6mo", "cadence 6 months"},
	    {"1y", "cadence 1 year"},
	    {"P6W", "cadence 6 weeks"},
	    {"42 days", "cadence 6 weeks"},
	    {"42", "cadence 6 weeks"},
	    {"weekly", "cadence 1 week"},
	    {"fortnightly", "cadence 2 weeks"},
	    {"monthly", "cadence 1 month"},
	    {"quarterly", "cadence 3 months"},
	    {"yearly", "cadence 1 year"},
	    {"twice a year", "cadence 6 months"},
	    {"every other month", "cadence 2 months"},
	    {"close", "cadence 10 days"},
	    {"CLOSE", "cadence 10 days"},
	    {"NÄHE", "cadence 5 weeks"},
	    {"never again", "cadence none"},
	    {"regular", "cadence 2 months"},
	    {"none", "cadence none"},
	    {"None", "cadence none"},
	    {"2 weeks until 2027-02-01 then 2 months",
	     "cadence 2 weeks until 2027-02-01 then 2 months"},
	    {"2 weeks UNTIL 2027-02-01 Then close",
	     "cadence 2 weeks until 2027-02-01 then 10 days"},
	    {"close until 2027-02-01", "cadence 10 days until 2027-02-01"},
	    {"none until 2027-02-01 then monthly", "cadence none until 2027-02-01 then 1 month"},
	    {"monthly until 2027-02-01 then none", "cadence 1 month until 2027-02-01 then none"},
	    {"biweekly", "!\"biweekly\""},
	    {"bimonthly", "!\"bimonthly\""},
	    {"biannual", "!\"biannual\""},
	    {"0", "!\"0\""},
	    {"0 weeks", "!\"0 weeks\""},
	    {"-1 week", "!\"-1 week\""},
	    {"6 weks", "!\"6 weks\" is not an interval (did you mean \"6 weeks\"?)"},
	    {"clsoe", "!\"clsoe\" is not an interval (did you mean \"close\"?)"},
	    {"often", "!\"often\""},
	    {"", "!\"\""},
	    {"2 weeks until someday", "!\"someday\""},
	    {"2 weeks until 2027-02-30", "!\"2027-02-30\""},
	    {"2 weeks until 2027-02-01 then biweekly", "!\"biweekly\""},
	    {"2 wks until", "!"},
	    {"until 2027-02-01", "!"},
	};
	struct reading r;
	size_t bad = 0;
	reading_init(&r, settings, "people/p.md", STR(""));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cadence_plan plan;
		struct str why = STR_NONE;
		struct buf got;
		buf_init(&got, 0);
		const char *wanted = cases[i].facts;
		if (cadence_parse_plan(str_of(cases[i].text), &r.config.cadences, &plan, &why,
				       &r.arena)) {
			fact_cadence(&got, &plan, &r.arena);
		} else {
			/* Nothing is half set. */
			assert_int_equal(plan.until, NO_DAY);
			assert_int_equal(plan.first.kind, CADENCE_UNSET);
			buf_addc(&got, '!');
			buf_add(&got, str_upto(why, strlen(wanted) - (wanted[0] == '!')));
		}
		bad += differs(&got, wanted, cases[i].text);
		buf_release(&got);
	}
	assert_int_equal(bad, 0);
	reading_release(&r);
}

static void both_meanings_are_named(void **state)
{
	(void)state;
	static const char *const cases[][3] = {
	    {"biweekly", "2 weeks", "twice a week"},
	    {"bimonthly", "2 months", "twice a month"},
	    {"biannual", "2 years", "twice a year"},
	};
	struct reading r;
	reading_init(&r, NULL, "people/p.md", STR(""));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cadence cadence;
		struct str why = STR("");
		assert_false(cadence_parse(str_of(cases[i][0]), &r.config.cadences, &cadence, &why,
					   &r.arena));
		for (size_t n = 1; n < 3; n++) {
			if (str_find(why, str_of(cases[i][n])) == why.n)
				print_error("%.*s\n", STR_ARG(why));
			assert_true(str_find(why, str_of(cases[i][n])) < why.n);
		}
	}
	reading_release(&r);
}

static void words(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	assert_true(str_eq(cadence_words((struct cadence){CADENCE_EVERY, {0, 42}}, &arena),
			   STR("6 weeks")));
	assert_true(
	    str_eq(cadence_words((struct cadence){CADENCE_NEVER, {0, 0}}, &arena), STR("none")));
	assert_true(
	    str_eq(cadence_words((struct cadence){CADENCE_UNSET, {0, 0}}, &arena), STR("")));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plans),
	    cmocka_unit_test(both_meanings_are_named),
	    cmocka_unit_test(words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
