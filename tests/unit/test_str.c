/* Slices: paths apart, and lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/str.h"

static void paths_come_apart(void **state)
{
	const struct {
		struct str path, folder, base;
	} table[] = {
	    {STR("people/work/ada.md"), STR("people/work/"), STR("ada.md")},
	    {STR("/ada"), STR("/"), STR("ada")},
	    {STR("ada.md"), STR(""), STR("ada.md")},
	    {STR("people/"), STR("people/"), STR("")},
	    {STR("a//b"), STR("a//"), STR("b")},
	    {STR("/"), STR("/"), STR("")},
	    {STR(""), STR(""), STR("")},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct str folder = str_folder(table[i].path), base = str_base(table[i].path);
		assert_true(str_eq(folder, table[i].folder));
		assert_true(str_eq(base, table[i].base));
		/* Both point into the path. */
		assert_ptr_equal(folder.p, table[i].path.p);
		assert_ptr_equal(base.p, table[i].path.p + folder.n);
	}
	assert_null(str_folder(STR_NONE).p);
	assert_null(str_base(STR_NONE).p);
}

static void lines_end_in_lf_crlf_or_cr(void **state)
{
	char longer[1200];
	struct str line, text = {longer, sizeof(longer)};
	const struct str lines[] = {STR("a"),        STR(""),  STR("b"),
				    STR("\xC2\x85"), STR("c"), STR("")};
	struct str rest = STR("a\r\rb\r\n\xC2\x85\nc\n\rd"), all = rest;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		assert_true(str_begins_line(all, all.n - rest.n));
		assert_true(str_next_line(&rest, &line) && str_eq(line, lines[i]));
	}
	assert_true(str_eq(rest, STR("d")));
	assert_false(str_begins_line(STR("a\r\nb"), 2));
	assert_int_equal(str_line_start(STR("a\r\nb"), 2), 0);
	assert_int_equal(str_full_line(STR("a\r\nb")), 3);
	assert_true(str_begins_line(STR("a\r"), 2));
	/* Wherever it stands, and the LF after it. */
	for (size_t at = 0; at + 1 < sizeof(longer); at++) {
		memset(longer, 'x', sizeof(longer));
		longer[at] = '\r';
		assert_int_equal(str_line(text), at);
		assert_int_equal(str_full_line(text), at + 1);
		longer[at + 1] = '\n';
		assert_int_equal(str_full_line(text), at + 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paths_come_apart),
	    cmocka_unit_test(lines_end_in_lf_crlf_or_cr),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
