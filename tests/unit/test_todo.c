/* Open tasks: their order and numbers, and which one some words mean. */
#include "insight/balance.h"
#include "insight/todo.h"
#include "reading.h"

static const char ada[] = "- [ ] #topic brass\n"
			  "- [ ] #waiting slides from Bath (due: 2026-12-10)\n"
			  "- [x] paper\n"
			  "- [ ] paper\n"
			  "- [ ] send the paper (due: 2026-11-30)\n"
			  "- [ ] paper\n"
			  "- [-] dropped\n"
			  "- [ ] introduce to [[michael-faraday]] #gave (due: 2026-11-20)\n";
static const char bea[] = "- [ ] Café in Łódź\n"
			  "- [ ] a letter (due: 2026-11-25)\n";

static void list(struct buf *b, const struct todo *todo)
{
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		buf_printf(b, "%zu %s %.*s/%zu\n", item->number, todo_kind_name(item->kind),
			   STR_ARG(item->task->text), todo_occurrence(item));
	}
}

static void order(void **state)
{
	struct reading a, b;
	struct todo todo = {0};
	struct buf got;
	(void)state;
	reading_init(&a, NULL, "people/ada.md", str_of(ada));
	reading_init(&b, NULL, "people/bea.md", str_of(bea));
	buf_init(&got, 0);
	todo_add(&todo, &a.contact);
	list(&got, &todo);
	assert_string_equal(got.p, "1 promise introduce to [[michael-faraday]]/0\n"
				   "2 promise send the paper/0\n"
				   "3 promise paper/1\n"
				   "4 promise paper/2\n"
				   "5 waiting slides from Bath/0\n"
				   "6 topic brass/0\n");
	buf_clear(&got);
	todo_add(&todo, &b.contact);
	todo_sort(&todo);
	list(&got, &todo);
	assert_string_equal(got.p, "1 promise introduce to [[michael-faraday]]/0\n"
				   "1 promise a letter/0\n"
				   "2 promise send the paper/0\n"
				   "3 promise paper/1\n"
				   "4 promise paper/2\n"
				   "2 promise Café in Łódź/0\n"
				   "5 waiting slides from Bath/0\n"
				   "6 topic brass/0\n");
	todo_release(&todo);
	buf_release(&got);
	reading_release(&a);
	reading_release(&b);
}

static void words(void **state)
{
	static const struct {
		const char *text;
		size_t fits, number; /* 0: none */
	} cases[] = {
	    {"paper", 1, 3},
	    {"send", 1, 2},
	    {"pap sen", 1, 2},
	    {"SLIDES", 1, 5},
	    {"michael-faraday", 1, 1},
	    {"pape", 3, 0},
	    {"zebra", 0, 0},
	    {"", 0, 0},
	    {"?", 0, 0},
	    {"end", 0, 0},
	    {"the bath", 0, 0},
	    {"from bath", 1, 5},
	    {"to", 1, 1},
	};
	struct reading r;
	struct todo todo = {0};
	(void)state;
	reading_init(&r, NULL, "people/ada.md", str_of(ada));
	todo_add(&todo, &r.contact);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t fits;
		const struct todo_item *item =
		    todo_find(&todo, str_of(cases[i].text), &fits, &r.arena);
		if (fits != cases[i].fits || (item ? item->number : 0) != cases[i].number)
			fail_msg("%s: %zu fit, number %zu", cases[i].text, fits,
				 item ? item->number : 0);
	}
	todo_release(&todo);
	reading_release(&r);
}

static void folded_words(void **state)
{
	struct reading r;
	struct todo todo = {0};
	size_t fits;
	(void)state;
	reading_init(&r, NULL, "people/bea.md", str_of(bea));
	todo_add(&todo, &r.contact);
	const struct todo_item *item = todo_find(&todo, STR("cafe lodz"), &fits, &r.arena);
	assert_non_null(item);
	assert_int_equal(item->number, 2);
	todo_release(&todo);
	reading_release(&r);
}

static void year(void **state)
{
	static const char text[] = "- 2026-11-23 call #asked\n"
				   "- 2025-11-23 call #asked\n"
				   "- 2025-11-22 call #asked #gave\n"
				   "- 2026-10-01 call #gave #asked\n"
				   "- 2026-12-01 call #asked #gave\n"
				   "- 2026-10-02 call #asked #cancelled\n"
				   "- [ ] #waiting #asked a (created:: 2026-11-01)\n"
				   "- [x] #asked b (completion:: 2026-11-01)\n"
				   "- [x] #gave c (completion:: 2026-11-01)\n"
				   "- [ ] #gave d (created:: 2026-11-01)\n";
	struct reading r;
	(void)state;
	reading_init(&r, NULL, "people/ada.md", str_of(text));
	struct balance got = balance_year(&r.contact, day_from_ymd(2026, 11, 23));
	assert_int_equal(got.asked, 5);
	assert_int_equal(got.gave, 2);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(order), cmocka_unit_test(words),
					   cmocka_unit_test(folded_words), cmocka_unit_test(year)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
