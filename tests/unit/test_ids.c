/* The ids by which items are known again: given ones, and where a line ends in one. */
#include "report/ids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_given(void **state)
{
	static const struct {
		char kind;
		const char *slug, *text, *id;
	} rows[] = {
	    {'r', "ada-lovelace", "", "r-krzn5ew"},
	    {'d', "ada-lovelace", "birthday", "d-2xm2zq6"},
	    {'p', "ada-lovelace", "send her the Jacquard paper", "p-e62hmub"},
	    {'h', "barbara-liskov", "2026-11-25 her sabbatical", "h-nosi3zv"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[ID_SIZE];
		id_make(id, rows[i].kind, str_of(rows[i].slug), str_of(rows[i].text), 0);
		assert_string_equal(id, rows[i].id);
		id_make(id, rows[i].kind, str_of(rows[i].slug), str_of(rows[i].text), 1);
		assert_string_not_equal(id, rows[i].id);
	}
}

static void id_of_task(char out[ID_SIZE], struct ids *ids, const struct task *task)
{
	id_of_item(out, ids, &(struct item){.kind = ITEM_PROMISE, .task = task});
}

static void id_of_entry(char out[ID_SIZE], struct ids *ids, const struct entry *entry)
{
	id_of_item(out, ids, &(struct item){.kind = ITEM_PLANNED, .entry = entry});
}

static void id_of_date(char out[ID_SIZE], struct ids *ids, size_t which)
{
	id_of_item(out, ids, &(struct item){.kind = ITEM_DATE, .date.which = which});
}

static void test_of_journal(void **state)
{
	struct task tasks[3] = {{.text = STR("call back")}, {.text = STR("else")}};
	struct entry entries[2] = {{.day = 20782, .text = STR("her sabbatical")}};
	struct milestone dates[2] = {{.what = STR("birthday")}, {.what = STR("joined")}};
	struct contact c = {.slug = STR("barbara-liskov"),
			    .birthday = {.month = 11, .day = 26},
			    .tasks = tasks,
			    .tasks_count = 3,
			    .entries = entries,
			    .entries_count = 2,
			    .dates = dates,
			    .dates_count = 2};
	struct journal journal = {.contacts = &c, .count = 1};
	char id[ID_SIZE], other[ID_SIZE];
	(void)state;
	tasks[2] = tasks[0];
	entries[1] = entries[0];
	struct ids *ids = ids_new(&journal);
	id_of_entry(id, ids, &entries[0]);
	assert_string_equal(id, "h-nosi3zv");
	id_of_entry(other, ids, &entries[1]);
	assert_string_not_equal(id, other);
	id_of_task(id, ids, &tasks[0]);
	id_of_task(other, ids, &tasks[2]);
	assert_string_not_equal(id, other);
	id_make(id, 'p', c.slug, STR("call back"), 1);
	assert_string_equal(id, other);
	assert_ptr_equal(id_find_task(ids, 0, str_of(id)), &tasks[2]);
	id_of_entry(other, ids, &entries[1]);
	assert_ptr_equal(id_find_entry(ids, 0, str_of(other)), &entries[1]);
	assert_null(id_find_entry(ids, 0, STR("h-aaaaaaa")));
	assert_null(id_find_task(ids, 0, STR("")));
	/* Whether it is marked as planned is no part of the id, so it is none of equality. */
	entries[1].planned = true;
	struct ids *marked = ids_new(&journal);
	id_of_entry(id, marked, &entries[0]);
	id_of_entry(other, marked, &entries[1]);
	assert_string_not_equal(id, other);
	ids_free(marked);
	/* What is waited for has another letter, and so another id. */
	tasks[0].waiting = true;
	struct ids *waiting = ids_new(&journal);
	id_of_task(id, waiting, &tasks[0]);
	assert_int_equal(id[0], 'w');
	ids_free(waiting);
	/* A date of one's own with the birthday's name is not the birthday. */
	id_of_date(id, ids, BIRTHDAY);
	id_of_date(other, ids, 0);
	assert_string_not_equal(id, other);
	id_of_person(id, &c);
	assert_int_equal(id[0], 'r');
	ids_free(ids);
}

static void test_at_end(void **state)
{
	static const struct {
		const char *line, *id;
	} rows[] = {
	    {"- [ ] x ^r-krzn5ew", "r-krzn5ew"},
	    {"- [ ] x ^r-krzn5ew \r\n", "r-krzn5ew"},
	    {"x ^w-234567a\t", "w-234567a"},
	    {"x^r-krzn5ew", NULL},
	    {"x \\^r-krzn5ew", NULL},
	    {"x ^r-krzn5ew.", NULL},
	    {"x ^r-krzn5e", NULL},
	    {"x ^r-krzn5eww", NULL},
	    {"x ^r-krzn5e1", NULL},
	    {"x ^r-KRZN5EW", NULL},
	    {"x ^a-krzn5ew", NULL},
	    {"^r-krzn5ew", NULL},
	    {"", NULL},
	    {"x ^r_krzn5ew", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str id = id_in_line(str_of(rows[i].line));
		if (!rows[i].id)
			assert_null(id.p);
		else
			assert_true(id.p && str_eq(id, str_of(rows[i].id)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_given),
	    cmocka_unit_test(test_of_journal),
	    cmocka_unit_test(test_at_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
