/* Tasks written into a contact's bytes, and closed: where they go, and how their fields look. */
#include "change/tasks.h"
#include "reading.h"

#define MADE 20780 /* 2026-11-23 */

/* A body; a task's text, with `!` waiting and `?` topic before, `@DATE` due after; afterwards. */
struct task_case {
	const char *before, *task, *after;
};

static struct task_text task_of(const char *spec)
{
	struct str rest = str_of(spec);
	struct task_text task = {.created = MADE, .due = NO_DAY};
	if (str_starts(rest, STR("!")) || str_starts(rest, STR("?"))) {
		task.waiting = rest.p[0] == '!';
		task.topic = rest.p[0] == '?';
		rest = str_from(rest, 1);
	}
	size_t at = str_find(rest, STR("@2026"));
	if (at < rest.n)
		assert_int_equal(date_parse_all(str_from(rest, at + 1), &task.due), DATE_OK);
	task.text = str_upto(rest, at);
	return task;
}

static void told(struct buf *got, const struct kith_error *err)
{
	assert_int_equal(got->n, 0);
	buf_printf(got, "%d: ", (int)err->status);
	if (err->line)
		buf_printf(got, "line %d: ", err->line);
	buf_addz(got, err->message);
}

static size_t judge(const struct buf *got, const char *wanted, const char *before)
{
	bool refusal = str_is_digit(wanted[0]);
	if (refusal && str_find(buf_str(got), str_of(wanted)) < got->n)
		return 0;
	return differs(got, wanted, before);
}

static void check(const struct task_case *cases, size_t count, const char *settings)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct kith_error err = {0};
		struct task_text task = task_of(cases[i].task);
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, settings, "people/p.md", str_of(cases[i].before));
		if (tasks_add(&got, r.image, &r.config, &task, &err) < 0)
			told(&got, &err);
		bad += judge(&got, cases[i].after, cases[i].before);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases), NULL)
#define NEW          "- [ ] b  (created:: 2026-11-23)"

static void places(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"## Next\n- [ ] a\n", "b", "## Next\n- [ ] a\n" NEW "\n"},
	    {"## Next\n- [ ] a", "b", "## Next\n- [ ] a\n" NEW},
	    {"## Next\r\n- [ ] a\r\n", "b", "## Next\r\n- [ ] a\r\n" NEW "\r\n"},
	    /* After the last that is open, else after the last. */
	    {"## Next\n- [ ] a\n- [x] c\n\n## Log\n", "b",
	     "## Next\n- [ ] a\n" NEW "\n- [x] c\n\n## Log\n"},
	    {"## Next\n- [x] c\n\n## Log\n", "b", "## Next\n- [x] c\n" NEW "\n\n## Log\n"},
	    {"## Next\n- [ ] a\n  - [ ] part\n- [x] c\n", "b",
	     "## Next\n- [ ] a\n  - [ ] part\n" NEW "\n- [x] c\n"},
	    {"## next:\n* [ ] a\n", "b", "## next:\n* [ ] a\n* [ ] b  (created:: 2026-11-23)\n"},
	    {"## Next\n\n- [ ] a\n\n- [ ] c\n\n## Log\n", "b",
	     "## Next\n\n- [ ] a\n\n- [ ] c\n\n" NEW "\n\n## Log\n"},
	    {"## Next\n1. [ ] a\n2. [ ] c\n", "b",
	     "## Next\n1. [ ] a\n2. [ ] c\n3. [ ] b  (created:: 2026-11-23)\n"},
	    {"## Next\n1. [ ] a\n1. [ ] c\n", "b",
	     "## Next\n1. [ ] a\n1. [ ] c\n1. [ ] b  (created:: 2026-11-23)\n"},
	    {"## Next\n  - [ ] a\n", "b", "## Next\n  - [ ] a\n  " NEW "\n"},
	    {"## Next\n### This week\n- [ ] a\n### Later\n- [x] c\n", "b",
	     "## Next\n### This week\n- [ ] a\n" NEW "\n### Later\n- [x] c\n"},
	    /* A section without tasks. */
	    {"## Next\n\n## Log\n- 2026-09-20 a\n", "b",
	     "## Next\n" NEW "\n\n## Log\n- 2026-09-20 a\n"},
	    {"## Next\nWhat I owe her.\n\n## Log\n", "b",
	     "## Next\nWhat I owe her.\n\n" NEW "\n\n## Log\n"},
	    /* None: before the log, else at the end. */
	    {"Tea.\n\n## Log\n- 2026-09-20 a\n", "b",
	     "Tea.\n\n## Next\n" NEW "\n\n## Log\n- 2026-09-20 a\n"},
	    {"---\nname: A\n---\n## Log\n- 2026-09-20 a\n", "b",
	     "---\nname: A\n---\n## Next\n" NEW "\n\n## Log\n- 2026-09-20 a\n"},
	    {"Tea.\n\n\n## Log\n\n* 2026-09-20 a\n", "b",
	     "Tea.\n\n\n## Next\n\n* [ ] b  (created:: 2026-11-23)\n\n\n## Log\n\n"
	     "* 2026-09-20 a\n"},
	    {"Tea.\n\nLog\n---\n", "b", "Tea.\n\n## Next\n" NEW "\n\nLog\n---\n"},
	    {"Tea.\n", "b", "Tea.\n\n## Next\n" NEW "\n"},
	    {"Tea.", "b", "Tea.\n\n## Next\n" NEW},
	    {"", "b", "## Next\n" NEW "\n"},
	    /* A section inside an entry is the entry's. */
	    {"## Log\n### 2026-09-20 call\n#### Next\n- [ ] a\n", "b",
	     "## Next\n" NEW "\n\n## Log\n### 2026-09-20 call\n#### Next\n- [ ] a\n"},
	    {"## Next\n- - [ ] a\n", "b", "## Next\n- - [ ] a\n- [ ] b  (created:: 2026-11-23)\n"},
	    {"## Next\n<!--\n", "b", "1: line 3: "},
	};
	CHECK(cases);
	static const struct task_case named[] = {
	    {"## Offen\n- [ ] a\n", "b", "## Offen\n- [ ] a\n" NEW "\n"},
	    {"x\n", "b", "x\n\n## Offen\n" NEW "\n"},
	    {"## Later\n- [ ] a\n", "b", "## Later\n- [ ] a\n" NEW "\n"},
	};
	check(named, ARRAY_LEN(named), "task_headings: [Offen, Later]\n");
}

#define DUE  "\xF0\x9F\x93\x85"
#define ADD  "\xE2\x9E\x95"
#define DONE "\xE2\x9C\x85"

static void fields(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"## Next\n", "b@2026-11-30",
	     "## Next\n- [ ] b  (created:: 2026-11-23)  (due:: 2026-11-30)\n"},
	    {"## Next\n", "!b@2026-11-30",
	     "## Next\n- [ ] #waiting b  (created:: 2026-11-23)  (due:: 2026-11-30)\n"},
	    {"## Next\n", "?b", "## Next\n- [ ] #topic b  (created:: 2026-11-23)\n"},
	    {"## Next\n", "!b #waiting #asked",
	     "## Next\n- [ ] b #waiting #asked  (created:: 2026-11-23)\n"},
	    {"## Next\n", "b ^id1", "## Next\n- [ ] b  (created:: 2026-11-23) ^id1\n"},
	    /* The style of the file, which wins over the settings. */
	    {"## Next\n- [ ] a " DUE " 2026-01-01\n", "b@2026-11-30",
	     "## Next\n- [ ] a " DUE " 2026-01-01\n- [ ] b " ADD " 2026-11-23 " DUE
	     " 2026-11-30\n"},
	    {"## Next\n- [ ] a  [due:: 2026-01-01]\n", "b@2026-11-30",
	     "## Next\n- [ ] a  [due:: 2026-01-01]\n"
	     "- [ ] b  [created:: 2026-11-23]  [due:: 2026-11-30]\n"},
	    /* Fields in the text stay; they may not say something else. */
	    {"## Next\n", "b due:2026-12-01",
	     "## Next\n- [ ] b due:2026-12-01  (created:: 2026-11-23)\n"},
	    {"## Next\n", "b (due 2026-12-01) @2026-12-01",
	     "## Next\n- [ ] b (due 2026-12-01)  (created:: 2026-11-23)\n"},
	    {"## Next\n", "b (due 2026-12-01) @2026-11-30", "3: "},
	    {"## Next\n", "b (due:: soon)", "1: line 2: "},
	    {"## Next\n", "b\nc", "3: "},
	    {"## Next\n", "  ", "3: "},
	    {"## Next\n", "#waiting", "3: "},
	    {"## Next\n", "[x] b", "## Next\n- [ ] [x] b  (created:: 2026-11-23)\n"},
	};
	CHECK(cases);
	static const struct task_case emoji[] = {
	    {"## Next\n", "!b@2026-11-30",
	     "## Next\n- [ ] #waiting b " ADD " 2026-11-23 " DUE " 2026-11-30\n"},
	    {"## Next\n- [ ] a  (due:: 2026-01-01)\n", "b",
	     "## Next\n- [ ] a  (due:: 2026-01-01)\n" NEW "\n"},
	};
	check(emoji, ARRAY_LEN(emoji), "task_dates: emoji\n");
}

/*
 * The text of the task that is closed, after the digit of its occurrence; after `-` it is given
 * up, after `>` moved by a week.
 */
static int turn(struct buf *got, const struct reading *r, const char *said, struct kith_error *err)
{
	char sign = *said == '-' || *said == '>' ? *said++ : 'x';
	struct task which = {.text = str_of(said + 1)}, want = {.done = NO_DAY, .due = MADE + 7};
	for (size_t i = 0; i < r->contact.tasks_count; i++)
		if (str_eq(r->contact.tasks[i].text, which.text) && sign != '>')
			want.due = r->contact.tasks[i].due;
	if (sign != '>') {
		want.state = sign == '-' ? TASK_DROPPED : TASK_DONE;
		want.done = MADE;
	}
	return tasks_turn(got, r->image, &r->config, &which, (size_t)(*said - '0'), &want, err);
}

static void closing(void **state)
{
	(void)state;
	static const struct task_case cases[] = {
	    {"- [ ] a\n", "0a", "- [x] a  (completion:: 2026-11-23)\n"},
	    {"- [ ] a", "0a", "- [x] a  (completion:: 2026-11-23)"},
	    {"- [ ] a  \r\n  more\r\n", "0a", "- [x] a  (completion:: 2026-11-23)  \r\n  more\r\n"},
	    {"* [/] a #gave ^id\n", "0a", "* [x] a #gave  (completion:: 2026-11-23) ^id\n"},
	    {"- [?] a\n", "0a", "- [x] a  (completion:: 2026-11-23)\n"},
	    {"1. [ ] a (due:: 2026-01-01)\n", "0a",
	     "1. [x] a (due:: 2026-01-01)  (completion:: 2026-11-23)\n"},
	    {"- [ ] a " DUE " 2026-01-01\n- [ ] b (due:: 2026-01-01)\n", "0a",
	     "- [x] a " DUE " 2026-01-01 " DONE " 2026-11-23\n- [ ] b (due:: 2026-01-01)\n"},
	    {"- [ ] a\n- [ ] b  [due:: 2026-01-01]\n", "0a",
	     "- [x] a  [completion:: 2026-11-23]\n- [ ] b  [due:: 2026-01-01]\n"},
	    {"- [ ] a\n- [ ] a\n- [x] a\n", "0a",
	     "- [x] a  (completion:: 2026-11-23)\n- [ ] a\n- [x] a\n"},
	    {"- [ ] a\n- [ ] a\n- [x] a\n", "1a",
	     "- [ ] a\n- [x] a  (completion:: 2026-11-23)\n- [x] a\n"},
	    {"- x\n  - [ ] a\n    - [ ] b\n", "0a",
	     "- x\n  - [x] a  (completion:: 2026-11-23)\n    - [ ] b\n"},
	    {"## Log\n- 2026-09-20 call\n  - [ ] a\n", "0a",
	     "## Log\n- 2026-09-20 call\n  - [x] a  (completion:: 2026-11-23)\n"},
	    {"- [ ] a  (completion:: 2026-11-23)\n", "0a", "- [x] a  (completion:: 2026-11-23)\n"},
	    {"- [ ] a\n", "1a", "4: "},
	    {"- [ ] ab\n", "0a", "4: "},
	    {"- [ ] a \xF0\x9F\x94\x81 every week\n", "0a", "3: the task \"a\" repeats"},
	    {"- [ ] a\n- [ ] a ^id\n", "-1a", "- [ ] a\n- [-] a  (cancelled:: 2026-11-23) ^id\n"},
	    {"- [ ] a " DUE " 2026-01-01\n", "-0a",
	     "- [-] a " DUE " 2026-01-01 \xE2\x9D\x8C 2026-11-23\n"},
	    {"- [ ] a \xF0\x9F\x94\x81 every week\n", "-0a", "3: the task \"a\" repeats"},
	    {"- [ ] a (due: 2026-01-01) ^id\n", ">0a", "- [ ] a (due: 2026-11-30) ^id\n"},
	    {"- [ ] a by 2026-01-01\n", ">0a", "- [ ] a by 2026-11-30\n"},
	    {"- [ ] a ^id\n", ">0a", "- [ ] a  (due:: 2026-11-30) ^id\n"},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct kith_error err = {0};
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", str_of(cases[i].before));
		if (turn(&got, &r, cases[i].task, &err) < 0)
			told(&got, &err);
		bad += judge(&got, cases[i].after, cases[i].before);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places),
	    cmocka_unit_test(fields),
	    cmocka_unit_test(closing),
	};
	return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
