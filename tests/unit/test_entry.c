/* The line of an entry: `DATE [TIME] [SEP] [CHANNEL] [with PEOPLE] [SEP TEXT]`, in all its forms.
 */
#include "reading.h"

struct entry_case {
	const char *text, *facts, *findings;
};

static void check(const struct entry_case *cases, size_t count, const char *settings)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf text, got;
		buf_init(&text, 0);
		buf_init(&got, 0);
		buf_printf(&text, "- %s\n", cases[i].text);
		reading_init(&r, settings, "people/p.md", buf_str(&text));
		facts_entries(&got, &r.contact);
		bad += differs(&got, cases[i].facts, text.p);
		buf_clear(&got);
		facts_findings(&got, &r.diag);
		bad += differs(&got, cases[i].findings, text.p);
		buf_release(&text);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases), NULL)

static void dates(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20", "2026-09-20: ", ""},
	    {"2026-09-20 a", "2026-09-20: a", ""},
	    {"2026/09/20 a", "2026-09-20: a", ""},
	    {"20260920 a", "2026-09-20: a", ""},
	    {"2026-W48-1 a", "2026-11-23: a", ""},
	    {"13/04/2026 a", "2026-04-13: a", ""},
	    {"2026-09 a", "", ""},
	    {"2026 a", "", ""},
	    {"2026-09-20th a", "", ""},
	    {"2026-09-200 a", "", ""},
	    {"on 2026-09-20 a", "", ""},
	    {"today a", "", ""},
	    {"99999999 a", "", ""},
	    {"2026-02-30 a", "", "1:3 error"},
	    {"2026-13-01 a", "", "1:3 error"},
	    {"2025-02-29 a", "", "1:3 error"},
	    {"2024-02-29 a", "2024-02-29: a", ""},
	    {"03/04/2026 a", "", "1:3 error"},
	    {"**2026-02-30** a", "", "1:5 error"},
	    /* Marks around the date do not matter. */
	    {"**2026-09-20** call: a", "2026-09-20 call: a", ""},
	    {"*2026-09-20* a", "2026-09-20: a", ""},
	    {"__2026-09-20__ a", "2026-09-20: a", ""},
	    {"***2026-09-20*** a", "2026-09-20: a", ""},
	    {"[[2026-09-20]] call: a", "2026-09-20 call: a", ""},
	    {"[[2026-09-20|Sunday]] a", "2026-09-20: a", ""},
	    {"**[[2026-09-20]]** a", "2026-09-20: a", ""},
	    {"~~2026-09-20~~ a", "", ""},
	    /* A range counts on its last day. */
	    {"2026-09-20 – 2026-09-22 visit: a", "2026-09-22 visit: a", ""},
	    {"2026-09-20—2026-09-22 a", "2026-09-22: a", ""},
	    {"2026-09-20 - 2026-09-22 a", "2026-09-22: a", ""},
	    {"2026-09-20 – 2026-09-22: a", "2026-09-22: a", ""},
	    {"**2026-09-20** – **2026-09-22** a", "2026-09-22: a", ""},
	    {"2026-09-20 – 2 people came", "2026-09-20: 2 people came", ""},
	};
	CHECK(cases);
}

static void times(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 14:30 call: a", "2026-09-20 14:30 call: a", ""},
	    {"2026-09-20T14:30 call: a", "2026-09-20 14:30 call: a", ""},
	    {"2026-09-20 T14:30 a", "2026-09-20 14:30: a", ""},
	    {"2026-09-20 9:05 a", "2026-09-20 9:05: a", ""},
	    {"2026-09-20 14:30–15:00 a", "2026-09-20 14:30–15:00: a", ""},
	    {"2026-09-20 14:30-15:00: a", "2026-09-20 14:30-15:00: a", ""},
	    {"2026-09-20 14:30: a", "2026-09-20 14:30: a", ""},
	    {"2026-09-20 14:30", "2026-09-20 14:30: ", ""},
	    {"2026-09-20 14:30:05 a", "2026-09-20 14:30:05: a", ""},
	    {"2026-09-20 25:99 a", "2026-09-20: 25:99 a", ""},
	    {"2026-09-20 14:60 a", "2026-09-20: 14:60 a", ""},
	    {"2026-09-20 7:5 a", "2026-09-20: 7:5 a", ""},
	    {"2026-09-20 14:30ish a", "2026-09-20: 14:30ish a", ""},
	    {"2026-09-20 1430 a", "2026-09-20: 1430 a", ""},
	    {"2026-09-20 Talk", "2026-09-20: Talk", ""},
	};
	CHECK(cases);
}

static void separators_and_channels(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 call: a", "2026-09-20 call: a", ""},
	    {"2026-09-20 call - a", "2026-09-20 call: a", ""},
	    {"2026-09-20 -- call -- a", "2026-09-20 call: a", ""},
	    {"2026-09-20 --- tried", "2026-09-20 tried uncounted: ", ""},
	    {"2026-09-20 ---- a", "2026-09-20: ---- a", ""},
	    {"2026-09-20, call: a", "2026-09-20 call: a", ""},
	    {"2026-09-20, a", "2026-09-20: a", ""},
	    {"2026-09-20 (Sun) call: a", "2026-09-20 call: a", ""},
	    {"2026-09-20 (Sun): a", "2026-09-20: a", ""},
	    {"2026-09-20 Sun call: a", "2026-09-20 call: a", ""},
	    {"2026-09-20, Sunday, 14:30 call: a", "2026-09-20 14:30 call: a", ""},
	    {"2026-09-20 sun. - tried", "2026-09-20 tried uncounted: ", ""},
	    {"2026-09-20 Sunday", "2026-09-20: ", ""},
	    {"**2026-09-20 Sun** call: a", "2026-09-20 call: a", ""},
	    /* Another day's name, and what is no name. */
	    {"2026-09-20 Mon call: a", "2026-09-20: Mon call: a", ""},
	    {"2026-09-20 Sun was shining", "2026-09-20: Sun was shining", ""},
	    {"2026-09-20 (Sun and rain)", "2026-09-20: (Sun and rain)", ""},
	    {"2026-09-20 Sunday's talk", "2026-09-20: Sunday's talk", ""},
	    {"2026-09-20 call – a", "2026-09-20 call: a", ""},
	    {"2026-09-20 call — a", "2026-09-20 call: a", ""},
	    {"2026-09-20: call: a", "2026-09-20 call: a", ""},
	    {"2026-09-20 - call - a", "2026-09-20 call: a", ""},
	    {"2026-09-20 – a", "2026-09-20: a", ""},
	    {"2026-09-20 -a", "2026-09-20: -a", ""},
	    {"2026-09-20 call:a", "2026-09-20: call:a", ""},
	    {"2026-09-20 call:", "2026-09-20 call: ", ""},
	    {"2026-09-20 call -", "2026-09-20 call: ", ""},
	    {"2026-09-20 call", "2026-09-20 call: ", ""},
	    {"2026-09-20 CALL a", "2026-09-20 call: a", ""},
	    {"2026-09-20 call about: a", "2026-09-20 call: about: a", ""},
	    {"2026-09-20 calls: a", "2026-09-20: calls: a", ""},
	    {"2026-09-20 call-back: a", "2026-09-20: call-back: a", ""},
	    {"2026-09-20 phoned: a", "2026-09-20: phoned: a", ""},
	    {"2026-09-20\tcall\ta", "2026-09-20 call: a", ""},
	    {"2026-09-20 call: : a", "2026-09-20 call: : a", ""},
	    {"2026-09-20 call: email: a", "2026-09-20 call: email: a", ""},
	    /* The channels that are no contact. */
	    {"2026-09-20 note: a", "2026-09-20 note uncounted: a", ""},
	    {"2026-09-20 Tried: a", "2026-09-20 tried uncounted: a", ""},
	    {"2026-09-20 noted", "2026-09-20: noted", ""},
	};
	CHECK(cases);
}

static void channels_of_the_settings(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 sauna: a", "2026-09-20 sauna: a", ""},
	    {"2026-09-20 Übung: a", "2026-09-20 übung: a", ""},
	    {"2026-09-20 ЗВОНОК a", "2026-09-20 звонок: a", ""},
	    {"2026-09-20 call: a", "2026-09-20: call: a", ""},
	    {"2026-09-20 note: a", "2026-09-20: note: a", ""},
	};
	check(cases, ARRAY_LEN(cases), "channels: [sauna, übung, звонок]");
}

/* The people are looked up by the journal, and the text is found then; see test_journal. */
static void company(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 call with [[b]]: a", "2026-09-20 call> with [[b]]: a", ""},
	    {"2026-09-20 with Ada: a", "2026-09-20> with Ada: a", ""},
	    {"2026-09-20 With Ada", "2026-09-20> With Ada", ""},
	    {"2026-09-20 call: with Ada", "2026-09-20 call: with Ada", ""},
	    {"2026-09-20 call without Ada", "2026-09-20 call: without Ada", ""},
	    {"2026-09-20: with Ada", "2026-09-20> with Ada", ""},
	    {"2026-09-20 call again with Ada", "2026-09-20 call: again with Ada", ""},
	    {"2026-09-20 call with", "2026-09-20 call: with", ""},
	};
	CHECK(cases);
}

static void texts_and_tags(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 a #planned", "2026-09-20 planned: a", ""},
	    {"2026-09-20 #planned a", "2026-09-20 planned: a", ""},
	    {"2026-09-20 lunch #cancelled", "2026-09-20 lunch cancelled: ", ""},
	    {"2026-09-20 a #PLANNED b", "2026-09-20 planned: a b", ""},
	    {"2026-09-20 a #gave #got #asked", "2026-09-20 gave got asked: a #gave #got #asked",
	     ""},
	    {"2026-09-20 a #maths", "2026-09-20: a #maths", ""},
	    {"2026-09-20 a ^b1", "2026-09-20: a", ""},
	    {"2026-09-20 a #planned ^b1", "2026-09-20 planned: a", ""},
	    {"2026-09-20 a ^b1 #planned", "2026-09-20 planned: a", ""},
	    {"2026-09-20 2^b", "2026-09-20: 2^b", ""},
	    {"2026-09-20 call ^b1", "2026-09-20 call: ", ""},
	    {"2026-09-20 a `#planned`", "2026-09-20: a `#planned`", ""},
	    {"2026-09-20 a\\#planned", "2026-09-20: a\\#planned", ""},
	    {"2026-09-20 note: a #planned", "2026-09-20 note planned: a", ""},
	    {"2026-09-20 **bold** *a*", "2026-09-20: **bold** *a*", ""},
	    /* Without a text: the first line that belongs to it. */
	    {"2026-09-20 call\n  the move", "2026-09-20 call: the move", ""},
	    {"2026-09-20 call:\n\n  the move", "2026-09-20 call: the move", ""},
	    {"2026-09-20 call\n  - the move\n  - more", "2026-09-20 call: the move", ""},
	    {"2026-09-20 call\n  * **the** move ^b1", "2026-09-20 call: **the** move", ""},
	    {"2026-09-20 #planned\n  - the move", "2026-09-20 planned: the move", ""},
	    {"2026-09-20 call ^b1\n  the move", "2026-09-20 call: the move", ""},
	    {"2026-09-20 call: a\n  the move", "2026-09-20 call: a", ""},
	    {"2026-09-20 call\n- else", "2026-09-20 call: ", ""},
	    {"2026-09-20\n\nelse", "2026-09-20: ", ""},
	    {"2026-09-20 call \n  the move", "2026-09-20 call: the move", ""},
	};
	CHECK(cases);
}

static void crlf(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"2026-09-20 call: a\r", "2026-09-20 call: a", ""},
	    {"2026-09-20 call\r\n  the move\r", "2026-09-20 call: the move", ""},
	    {"2026-09-20 a #planned\r", "2026-09-20 planned: a", ""},
	};
	CHECK(cases);
}

/* Which day makes a plan of an entry, and which entries count. */
static void what_counts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool counts, planned_before, planned_on, planned_after;
	} cases[] = {
	    {"2026-09-20 call", true, true, false, false},
	    {"2026-09-20 a", true, true, false, false},
	    {"2026-09-20 a #planned", false, true, true, true},
	    {"2026-09-20 a #cancelled", false, false, false, false},
	    {"2026-09-20 a #planned #cancelled", false, false, false, false},
	    {"2026-09-20 note: a", false, false, false, false},
	    {"2026-09-20 tried: a", false, false, false, false},
	    {"2026-09-20 note: a #planned", false, false, false, false},
	};
	civil_day day = day_from_ymd(2026, 9, 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct buf text;
		buf_init(&text, 0);
		buf_printf(&text, "- %s\n", cases[i].text);
		reading_init(&r, NULL, "people/p.md", buf_str(&text));
		assert_int_equal(r.contact.entries_count, 1);
		const struct entry *e = &r.contact.entries[0];
		assert_int_equal(entry_counts(e), cases[i].counts);
		assert_int_equal(entry_is_planned(e, day - 1), cases[i].planned_before);
		assert_int_equal(entry_is_planned(e, day), cases[i].planned_on);
		assert_int_equal(entry_is_planned(e, day + 1), cases[i].planned_after);
		buf_release(&text);
		reading_release(&r);
	}
}

static void places(void **state)
{
	static const char text[] = "## Log\n- **2026-09-20** a\n  - b\n\n- 2026-09-21 c\n";
	struct reading r;
	(void)state;
	reading_init(&r, NULL, "people/p.md", str_of(text));
	assert_int_equal(r.contact.entries_count, 2);
	const struct entry *e = r.contact.entries;
	assert_true(str_starts(str_from(r.image, e[0].offset), STR("2026-09-20")));
	assert_true(str_eq(span_str(r.image, e[0].block), STR("- **2026-09-20** a\n  - b\n")));
	assert_true(str_starts(str_from(r.image, e[1].offset), STR("2026-09-21")));
	assert_true(str_eq(span_str(r.image, e[1].block), STR("- 2026-09-21 c\n")));
	reading_release(&r);
}

static void separator(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
	} cases[] = {{": a", 2},  {":", 1},    {":a", 0},  {"- a", 2}, {"-", 1},
		     {"-a", 0},   {"–  a", 5}, {"—", 3},   {"—a", 0},  {"", 0},
		     {"a: b", 0}, {":\ta", 2}, {"; a", 0}, {"-- a", 3}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(entry_separator(str_of(cases[i].text)), cases[i].length);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates),
	    cmocka_unit_test(times),
	    cmocka_unit_test(separators_and_channels),
	    cmocka_unit_test(channels_of_the_settings),
	    cmocka_unit_test(company),
	    cmocka_unit_test(texts_and_tags),
	    cmocka_unit_test(crlf),
	    cmocka_unit_test(what_counts),
	    cmocka_unit_test(places),
	    cmocka_unit_test(separator),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
