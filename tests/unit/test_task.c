/* Tasks: marks, the days in all their spellings, the text that is left. */
#include "reading.h"

struct task_case {
	const char *text, *facts, *findings;
};

static void check(const struct task_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf text, got;
		buf_init(&text, 0);
		buf_init(&got, 0);
		buf_printf(&text, "- %s\n", cases[i].text);
		reading_init(&r, NULL, "people/p.md", buf_str(&text));
		facts_tasks(&got, &r.contact);
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

#define CHECK(cases) check(cases, ARRAY_LEN(cases))

#define BLANKS61  "                                                             "
#define BLANKS184 BLANKS61 BLANKS61 BLANKS61 " "

static void marks(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"[ ] a", "open: a", ""},
	    {"[x] a", "done: a", ""},
	    {"[X] a", "done: a", ""},
	    {"[-] a", "dropped: a", ""},
	    {"[/] a", "open: a", ""},
	    {"[>] a", "open: a", ""},
	    {"[*] a", "open: a", ""},
	    {"[é] a", "", ""},
	    {"[1] a", "", ""},
	    {"[ ]", "", ""},
	    {"[ ]\ta", "open: a", ""},
	    {"[ ]   a", "open: a", ""},
	    {"[]", "", ""},
	    {"[  ] a", "", ""},
	    {"[ ]a", "", ""},
	    {"[x](a.md) b", "", ""},
	    {"[xx] a", "", ""},
	    {"a [ ] b", "", ""},
	    {"[x] 2026-09-20 call", "done: 2026-09-20 call", ""},
	    {"[x] a\n\n[x]: https://a.b", "done: a", ""},
	};
	CHECK(cases);
}

static void days(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"[ ] a  (due:: 2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a [due:: 2026-11-30]", "open due 2026-11-30: a", ""},
	    {"[ ] a 📅 2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a 📅2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a due:2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a (due: 2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (due 2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a @due(2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (by 2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (by 2026-11-30).", "open due 2026-11-30: a", ""},
	    {"[ ] a due 2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a Due: 30.11.2026", "open due 2026-11-30: a", ""},
	    {"[ ] a due:: 2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a before 2026-11-30", "open due 2026-11-30: a", ""},
	    {"[ ] a until 2026-11-30 14:30", "open due 2026-11-30: a", ""},
	    {"[ ] a (by 2026-11-30", "open: a (by 2026-11-30", ""},
	    {"[ ] a (by 2026-11-30 or so)", "open: a (by 2026-11-30 or so)", ""},
	    {"[ ] a before 2026-11-30 b", "open: a before 2026-11-30 b", ""},
	    {"[ ] a overdue 2026-11-30", "open: a overdue 2026-11-30", ""},
	    {"[ ] a (Due:: 2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (due::2026-11-30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (due:: 2026/11/30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (due:: 2026-11-30T14:30)", "open due 2026-11-30: a", ""},
	    {"[ ] a (due:: 2026-W49-1)", "open due 2026-11-30: a", ""},
	    {"[ ] (due:: 2026-11-30) a", "open due 2026-11-30: a", ""},
	    /* A bracket of 201 bytes is one, of 202 it is text. */
	    {"[ ] a (due::" BLANKS184 "2026-11-30) b", "open due 2026-11-30: a b", ""},
	    {"[ ] a (due::" BLANKS184 " 2026-11-30) b", "open: a (due::" BLANKS184 " 2026-11-30) b",
	     ""},
	    {"[ ] a (due:: 2026-11-30) b", "open due 2026-11-30: a b", ""},
	    {"[ ] a  (created:: 2026-11-02)  (due:: 2026-11-30)",
	     "open due 2026-11-30 made 2026-11-02: a", ""},
	    {"[ ] a ➕ 2026-11-02 📅 2026-11-30", "open due 2026-11-30 made 2026-11-02: a", ""},
	    {"[x] a  (completion:: 2026-09-22)", "done done 2026-09-22: a", ""},
	    {"[x] a ✅ 2026-09-22", "done done 2026-09-22: a", ""},
	    {"[x] a done:2026-09-22", "done done 2026-09-22: a", ""},
	    {"[x] a [completion:: 2026-09-22]", "done done 2026-09-22: a", ""},
	    {"[-] a (cancelled:: 2026-09-22)", "dropped done 2026-09-22: a", ""},
	    {"[x] a (completion:: 2026-09-20) (cancelled:: 2026-09-22)", "done done 2026-09-20: a",
	     ""},
	    {"[-] a ❌ 2026-09-20 ✅ 2026-09-22", "dropped done 2026-09-20: a", ""},
	    {"[-] a \xE2\x9D\x8C 2026-09-22", "dropped done 2026-09-22: a", ""},
	    /* What is no field is text. */
	    {"[ ] a (due next week)", "open: a (due next week)", ""},
	    {"[ ] a (due: soon)", "open: a (due: soon)", ""},
	    {"[ ] a due:soon", "open: a due:soon", ""},
	    {"[ ] overdue:2026-11-30", "open: overdue:2026-11-30", ""},
	    {"[ ] a (due:: 2026-11-30", "open: a (due:: 2026-11-30", ""},
	    {"[ ] a (b) [c](d.md) [[e]]", "open: a (b) [c](d.md) [[e]]", ""},
	    {"[ ] residue 2026-11-30", "open: residue 2026-11-30", ""},
	    /* A wrong day is an error, and the task has none. */
	    {"[ ] a (due:: 2026-02-30)", "open: a", "1:16 error"},
	    {"[ ] a (due:: tomorrow)", "open: a", "1:16 error"},
	    {"[ ] a (due:: 03/04/2026)", "open: a", "1:16 error"},
	    {"[ ] a 📅 2026-02-30", "open: a", "1:11 error"},
	    {"[ ] a (due: 2026-02-30)", "open: a", "1:15 error"},
	    {"[ ] a (due:: 2026-11)", "open: a", "1:16 error"},
	};
	CHECK(cases);
}

static void tags(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"[ ] #waiting her slides", "open waiting: her slides", ""},
	    {"[ ] her slides #Waiting", "open waiting: her slides", ""},
	    {"[ ] #topic the book", "open topic: the book", ""},
	    {"[ ] a #gave", "open gave: a", ""},
	    {"[x] a #got #asked", "done got asked: a", ""},
	    {"[ ] a #errand b", "open: a b", ""},
	    {"[ ] a `#waiting`", "open: a `#waiting`", ""},
	    {"[ ] a #waitings", "open: a", ""},
	    {"[ ] a ^b1", "open: a", ""},
	    {"[ ] a  (due:: 2026-11-30) ^b1", "open due 2026-11-30: a", ""},
	    {"[ ] a #topic ^b1", "open topic: a", ""},
	    {"[ ] a\n  more #waiting", "open: a", ""},
	    {"[ ] a (repeat:: every week)", "open repeats: a", ""},
	    {"[ ] a 🔁 every week", "open repeats: a", ""},
	    {"[ ] a 🔁 every week 📅 2026-11-30 #topic", "open due 2026-11-30 topic repeats: a", ""},
	    {"[ ] a ⏫ 📅 2026-11-30 🛫 2026-11-01", "open due 2026-11-30: a", ""},
	    {"[ ] a (priority:: high)", "open: a", ""},
	};
	CHECK(cases);
}

/* What was open on 2026-11-23. */
static void as_of(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool open;
	} cases[] = {
	    {"[ ] a", true},
	    {"[/] a", true},
	    {"[x] a", false},
	    {"[-] a", false},
	    {"[x] a ✅ 2026-11-22", false},
	    {"[x] a ✅ 2026-11-23", false},
	    {"[x] a ✅ 2026-11-24", true},
	    {"[ ] a ✅ 2026-11-22", true},
	    {"[ ] a ➕ 2026-11-23", true},
	    {"[ ] a ➕ 2026-11-24", false},
	    {"[x] a ➕ 2026-11-24 ✅ 2026-11-25", false},
	    {"[-] a ✅ 2026-11-24", false},
	};
	civil_day day = day_from_ymd(2026, 11, 23);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct buf text;
		buf_init(&text, 0);
		buf_printf(&text, "- %s\n", cases[i].text);
		reading_init(&r, NULL, "people/p.md", buf_str(&text));
		assert_int_equal(r.contact.tasks_count, 1);
		if (task_was_open(&r.contact.tasks[0], day) != cases[i].open)
			print_error("%s\n", cases[i].text);
		assert_int_equal(task_was_open(&r.contact.tasks[0], day), cases[i].open);
		buf_release(&text);
		reading_release(&r);
	}
}

static void places(void **state)
{
	static const char text[] = "## Next\n- [ ] a\n  - [x] b\n\n- [ ] c";
	static const char *const blocks[] = {"- [ ] a\n  - [x] b\n", "- [x] b\n", "- [ ] c"};
	struct reading r;
	(void)state;
	reading_init(&r, NULL, "people/p.md", str_of(text));
	assert_int_equal(r.contact.tasks_count, ARRAY_LEN(blocks));
	for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
		const struct task *t = &r.contact.tasks[i];
		assert_int_equal(r.image.p[t->offset], '[');
		assert_true(str_eq(span_str(r.image, t->block), str_of(blocks[i])));
	}
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks), cmocka_unit_test(days),   cmocka_unit_test(tags),
	    cmocka_unit_test(as_of), cmocka_unit_test(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
