/* The exact reverse of an edit, made on a text that others have changed since. */
#include "change/undo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct git_api *api;

struct row {
	const char *before, *after, *current;
	const char *expected; /* NULL: refused */
};

static const struct row rows[] = {
    /* Nothing since: the old bytes. */
    {"a\nb\n", "a\nx\nb\n", "a\nx\nb\n", "a\nb\n"},
    {"a\r\nb", "a\r\nb\r\nc", "a\r\nb\r\nc", "a\r\nb"},
    {"", "a\n", "a\n", ""},
    /* Lines elsewhere, above and below, of any number. */
    {"a\nb\n", "a\nx\nb\n", "0\n1\na\nx\nb\nc\n", "0\n1\na\nb\nc\n"},
    {"a\nb\nc\n", "a\nc\n", "c\nd\n", "b\nc\nd\n"},
    {"a\nb\nc\n", "a\nc\n", "z\na\nc\nd\n", "z\na\nb\nc\nd\n"},
    /* A neighbour that came later stays: above and below what goes. */
    {"l\nold\n", "l\nx\nold\n", "l\nnew\nx\nold\n", "l\nnew\nold\n"},
    {"l\nold\n", "l\nx\nold\n", "l\nx\nnew\nold\n", "l\nnew\nold\n"},
    /* What is to go was changed, split, or went. */
    {"a\nb\n", "a\nx\nb\n", "a\nX\nb\n", NULL},
    {"a\n", "a\nx\ny\n", "a\nx\nmine\ny\n", NULL},
    {"a\nb\n", "a\nx\nb\n", "a\nb\n", NULL},
    /* A value that was set, with other lines changed around it. */
    {"n\norg: a\nend\n", "n\norg: b\nend\n", "N\norg: b\nend\nmore\n", "N\norg: a\nend\nmore\n"},
    {"n\norg: a\n", "n\norg: b\n", "n\norg: c\n", NULL},
    /* Several places at once. */
    {"1\n2\n3\n4\n5\n6\n", "1\nA\n3\n4\nB\n6\n", "0\n1\nA\n3\nmid\n4\nB\n6\n",
     "0\n1\n2\n3\nmid\n4\n5\n6\n"},
    /* No line end at the end. */
    {"a\nb", "a\nx\nb", "z\na\nx\nb", "z\na\nb"},
    /* One that is to come back as the last, while others stand after it now. */
    {"a\nb", "a\nb\nc\n", "a\nb\nc\nd\n", "a\nb\nd\n"},
    {"a\r\nb", "a\r\nb\r\nc\r\n", "a\r\nb\r\nc\r\nd\r\n", "a\r\nb\r\nd\r\n"},
    {"a\nb\n", "a\n", "a", "a\nb\n"},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct row *r = &rows[i];
		struct kith_error err = {0};
		struct buf out;
		buf_init(&out, 0);
		buf_addz(&out, "kept:");
		int failed = undo_reverse(&out, api, str_of(r->before), str_of(r->after),
					  str_of(r->current), &err);
		if (failed != (r->expected ? 0 : -1))
			fail_msg("row %zu: %d, %s", i, failed, out.p);
		assert_string_equal(str_from(buf_str(&out), 5).p, r->expected ? r->expected : "");
		if (failed)
			assert_non_null(strstr(err.message, "was changed since"));
		buf_release(&out);
	}
}

/* What is taken back and made again is as it was, whatever stood around. */
static void test_there_and_back(void **state)
{
	(void)state;
	unsigned seed = 7, done = 0;
	for (int round = 0; round < 400; round++) {
		struct buf before, after, current, back, forth;
		struct kith_error err = {0};
		buf_init(&before, 0);
		buf_init(&after, 0);
		buf_init(&current, 0);
		buf_init(&back, 0);
		buf_init(&forth, 0);
		for (int line = 0; line < 30; line++) {
			seed = seed * 1103515245 + 12345;
			unsigned dice = (seed >> 16) % 40;
			if (dice != 0)
				buf_printf(&before, "line %d\n", line);
			if (dice != 1)
				buf_printf(&after, "line %d%s\n", line, dice == 2 ? " b" : "");
			if (dice == 3)
				buf_addz(&current, "mine\n");
			if (dice != 1)
				buf_printf(&current, "line %d%s\n", line, dice == 2 ? " b" : "");
		}
		if (undo_reverse(&back, api, buf_str(&before), buf_str(&after), buf_str(&current),
				 &err) == 0 &&
		    undo_reverse(&forth, api, buf_str(&after), buf_str(&before), buf_str(&back),
				 &err) == 0) {
			assert_string_equal(forth.p, current.p);
			done++;
		}
		buf_release(&before);
		buf_release(&after);
		buf_release(&current);
		buf_release(&back);
		buf_release(&forth);
	}
	assert_true(done > 300);
}

static void test_trailer(void **state)
{
	(void)state;
	struct {
		const char *message, *trailer;
	} cases[] = {
	    {"Log coffee\n\nKith: log ada\n", "log ada"},
	    {"Log coffee\n\nbody\n\nSigned-off-by: x\nKith: log ada\n\n", "log ada"},
	    {"Kith: no subject\n", ""},
	    {"x\n\nKith: log ada\n\nnot the last paragraph\n", ""},
	    {"x\n\nkith: log\n", ""},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str got = undo_trailer(str_of(cases[i].message));
		assert_true(str_eq(got, str_of(cases[i].trailer)));
	}
}

int main(void)
{
	const char *path = getenv("KITH_GIT_MODULE");
	struct kith_error err = {0};
	if (!path)
		path = "build/kith-git.so";
	api = git_load(&path, 1, &err);
	if (!api) {
		print_error("%s\n", err.message);
		return 1;
	}
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_trailer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
