/* Slices: paths apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paths_come_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
