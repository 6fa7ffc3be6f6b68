#include "report/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/text.h"

static const struct table_column plain[] = {{0}, {0}, {0}};

static void expect(const struct table *table, size_t width, bool color, const char *text)
{
	struct buf b;
	buf_init(&b, 0);
	table_render(table, width, color, &b);
	assert_string_equal(b.p, text);
	buf_release(&b);
}

static void add(struct table *table, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		table_add(table, str_of(cells[i]), ROLE_PLAIN);
}

static void test_columns_are_aligned(void **state)
{
	const char *const cells[] = {"a", "bb", "c", "aaa", "b", "cc"};
	struct table table;
	(void)state;
	table_init(&table, plain, 3);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 0, false, "a    bb  c\naaa  b   cc\n");
	table.indent = 2;
	expect(&table, 0, false, "  a    bb  c\n  aaa  b   cc\n");
	table_release(&table);
}

/* Nothing ends a line, an empty column takes no room, a short last row is one. */
static void test_blanks(void **state)
{
	const char *const cells[] = {"a", "", "c", "aaa", "", "", "a"};
	struct table table;
	(void)state;
	table_init(&table, plain, 3);
	expect(&table, 0, false, "");
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 0, false, "a    c\naaa\na\n");
	table_release(&table);
}

static void test_headings(void **state)
{
	static const struct table_column columns[] = {
	    {.heading = "name"}, {.heading = "empty"}, {.heading = "n", .right = true}};
	const char *const cells[] = {"ada", "", "7", "bo", "", "12"};
	struct table table;
	(void)state;
	table_init(&table, columns, 3);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 0, false, "name   n\nada    7\nbo    12\n");
	expect(&table, 0, true, "\033[2mname\033[0m   \033[2mn\033[0m\nada    7\nbo    12\n");
	table_release(&table);
}

static void test_marks_and_wide_characters(void **state)
{
	const char *const cells[] = {
	    "e\xcc\x81t\xc3\xa9", "|", "", "山田",  "|", "",
	    "👩‍👩‍👧", "|", "", "abcde", "|", "",
	};
	struct table table;
	(void)state;
	table_init(&table, plain, 3);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 0, false,
	       "e\xcc\x81t\xc3\xa9    |\n山田   |\n👩‍👩‍👧     |\nabcde  |\n");
	table_release(&table);
}

static void test_the_widest_are_cut_first(void **state)
{
	static const struct table_column columns[] = {{.min = 4}, {.min = 4}, {.heading = NULL}};
	const char *const cells[] = {"abcdefghij", "klmnop", "123456"};
	struct table table;
	(void)state;
	table_init(&table, columns, 3);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 26, false, "abcdefghij  klmnop  123456\n");
	expect(&table, 25, false, "abcdefgh…  klmnop  123456\n");
	expect(&table, 22, false, "abcde…  klmnop  123456\n");
	expect(&table, 20, false, "abcd…  klmn…  123456\n");
	/* Too narrow for all: it runs over, rather than lose what is never cut. */
	expect(&table, 3, false, "abc…  klm…  123456\n");
	table_release(&table);
}

/* Behind a word, unless that leaves next to nothing. */
static void test_cuts_behind_words(void **state)
{
	static const struct table_column columns[] = {{.min = 4}, {0}};
	const char *const cells[] = {"some words here", "x", "to abcdefghijklmnop", "x"};
	struct table table;
	(void)state;
	table_init(&table, columns, 2);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 16, false, "some words…    x\nto abcdefghi…  x\n");
	table_release(&table);
}

/* A cut never parts a character from its marks, nor shows half a wide one. */
static void test_cuts_between_clusters(void **state)
{
	static const struct table_column columns[] = {{.min = 2}, {0}};
	const char *const cells[] = {"山田太郎", "x", "aé\xcc\xa3\xcc\x87yz", "x"};
	struct table table;
	(void)state;
	table_init(&table, columns, 2);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 9, false, "山田…   x\naé\xcc\xa3\xcc\x87yz    x\n");
	expect(&table, 6, false, "山…  x\naé\xcc\xa3\xcc\x87…  x\n");
	table_release(&table);
}

static void test_columns_are_dropped(void **state)
{
	static const struct table_column columns[] = {{.min = 3}, {.drop = 1}, {.drop = 2}};
	const char *const cells[] = {"abcdef", "first", "second"};
	struct table table;
	(void)state;
	table_init(&table, columns, 3);
	add(&table, cells, ARRAY_LEN(cells));
	expect(&table, 21, false, "abcdef  first  second\n");
	expect(&table, 18, false, "ab…  first  second\n");
	expect(&table, 17, false, "abcdef  first\n");
	expect(&table, 9, false, "abcdef\n");
	expect(&table, 3, false, "ab…\n");
	table_release(&table);
}

static void test_text_is_made_safe(void **state)
{
	const char *const cells[] = {"a\033[31mb\nc", "\302\2331m\377", "\xe2\x80\xaex"};
	struct table table;
	struct buf b;
	(void)state;
	table_init(&table, plain, 3);
	add(&table, cells, ARRAY_LEN(cells));
	buf_init(&b, 0);
	table_render(&table, 0, true, &b);
	for (size_t i = 0; i + 1 < b.n; i++)
		assert_true((unsigned char)b.p[i] >= ' ');
	assert_int_equal(str_find(buf_str(&b), STR("\xc2\x9b")), b.n);
	assert_int_equal(str_find(buf_str(&b), STR("\xe2\x80\xae")), b.n);
	assert_int_equal(text_invalid_at(buf_str(&b)), b.n);
	buf_release(&b);
	table_release(&table);
}

static void test_roles_are_around_the_text_alone(void **state)
{
	static const struct table_column columns[] = {{.min = 3}, {.right = true}};
	struct table table;
	(void)state;
	table_init(&table, columns, 2);
	table_add(&table, STR("abcdef"), ROLE_STRONG);
	table_addf(&table, ROLE_WRONG, "%d", 7);
	table_add(&table, STR(""), ROLE_STRONG);
	table_addf(&table, ROLE_PLAIN, "%d", 12);
	expect(&table, 9, true, "\033[1mabcd…\033[0m   \033[31m7\033[0m\n       12\n");
	expect(&table, 9, false, "abcd…   7\n       12\n");
	table_release(&table);
}

/* Around what is drawn, whatever is cut; without colours there are none. */
static void test_links_take_no_columns(void **state)
{
	static const struct table_column columns[] = {{.min = 3}, {.right = true}};
	struct table table;
	(void)state;
	table_init(&table, columns, 2);
	table.links = STR("file://h/");
	table_add(&table, STR("abcdef"), ROLE_PLAIN);
	table_link(&table, STR("a \033\\\302\233.md"));
	table_addf(&table, ROLE_PLAIN, "%d", 7);
	table_add(&table, STR(""), ROLE_PLAIN);
	table_link(&table, STR("b.md"));
	table_addf(&table, ROLE_PLAIN, "%d", 12);
	expect(&table, 9, true,
	       "\033]8;;file://h/a%20%1B%5C%C2%9B.md\033\\abcd…\033]8;;\033\\   7\n       12\n");
	expect(&table, 9, false, "abcd…   7\n       12\n");
	table_release(&table);
}

/* One cell of a megabyte pads no other, whatever the width. */
static void test_a_huge_cell(void **state)
{
	static const struct table_column columns[] = {{.min = 4}, {0}};
	struct table table;
	struct buf huge, b;
	(void)state;
	buf_init(&huge, 0);
	buf_fill(&huge, 'x', 1024 * 1024);
	table_init(&table, columns, 2);
	table_add(&table, buf_str(&huge), ROLE_PLAIN);
	table_add(&table, STR("end"), ROLE_PLAIN);
	for (int i = 0; i < 1000; i++) {
		table_add(&table, STR("a"), ROLE_PLAIN);
		table_add(&table, STR("b"), ROLE_PLAIN);
	}
	buf_init(&b, 0);
	table_render(&table, 0, false, &b);
	assert_true(b.n > huge.n && b.n < huge.n + 100 * 1000);
	buf_clear(&b);
	table_render(&table, 80, false, &b);
	assert_true(b.n < 100 * 1002);
	buf_release(&b);
	buf_release(&huge);
	table_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns_are_aligned),
	    cmocka_unit_test(test_blanks),
	    cmocka_unit_test(test_headings),
	    cmocka_unit_test(test_marks_and_wide_characters),
	    cmocka_unit_test(test_the_widest_are_cut_first),
	    cmocka_unit_test(test_cuts_behind_words),
	    cmocka_unit_test(test_cuts_between_clusters),
	    cmocka_unit_test(test_columns_are_dropped),
	    cmocka_unit_test(test_text_is_made_safe),
	    cmocka_unit_test(test_roles_are_around_the_text_alone),
	    cmocka_unit_test(test_links_take_no_columns),
	    cmocka_unit_test(test_a_huge_cell),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
