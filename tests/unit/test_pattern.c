#include "base/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

/* What a pattern finds in a text: "" for nothing. */
static const struct found_text {
	const char *pattern, *text, *found;
} found_texts[] = {
    {"abc", "xxABCxx", "ABC"},
    {"a.c", "ab abc", "abc"},
    {"a.c", "a\nc", ""},
    {"ab|cd|e", "xcdx", "cd"},
    {"(ab|a)(bc)?", "abc", "abc"},
    {"a*", "baac", "aa"},
    {"x*", "abc", ""},
    {"ab+c?", "abbb", "abbb"},
    {"a{2}", "a aa", "aa"},
    {"a{2,3}b", "aaaab", "aaab"},
    {"a{0}b", "ab", "b"},
    {"(ab){2,}", "abababx", "ababab"},
    {"a{,2}", "a{,2}", "a{,2}"},
    {"{a}", "x{a}", "{a}"},
    {"[a-c]+", "xxBAZ", "BA"},
    {"[^a-c ]+", "ab de", "de"},
    {"[]x]+", "a]x", "]x"},
    {"[a-]+", "x-a-", "-a-"},
    {"[\\d,]+", "in 1,024 x", "1,024"},
    {"\\w+\\b", "-éa_9!", "éa_9"},
    {"\\bcat\\b", "concat cat", "cat"},
    {"\\Bcat", "cat concat", "cat"},
    {"\\S+", "  ab ", "ab"},
    {"^b", "a\nb", "b"},
    {"a$", "ba\nc", "a"},
    {"^$", "a\n\nb", ""},
    {"żółć", "Łukasz ŻÓŁĆ", "ŻÓŁĆ"},
    {"[à-ý]+", "xÉÀ", "ÉÀ"},
    {"\\.\\*\\(", "a.*(b", ".*("},
    {"(?:a|b)+c", "xabac", "abac"},
    {"a**", "baa", "aa"},
    {"((a*)*)*b", "aaab", "aaab"},
    {"(a|ab)(c|bcd)", "abcd", "abcd"},
    {"(^|x)y", "ay xy", "xy"},
    {"\\ba", "ba a", "a"},
};

static const struct wrong_pattern {
	const char *pattern;
	int column;
	const char *why;
} wrong_patterns[] = {
    {"", 1, "empty"},
    {"a(b", 2, "( is not closed"},
    {"ab)", 3, ") closes"},
    {"é[ab", 2, "[ is not closed"},
    {"*a", 1, "nothing to repeat"},
    {"(|+)", 3, "nothing to repeat"},
    {"a\\", 2, "nothing stands after"},
    {"\\1", 1, "no such \\"},
    {"[z-a]", 4, "from less to more"},
    {"a{3,2}", 6, "one or two numbers"},
    {"a{1000}", 7, "one or two numbers"},
    {"((a{100}){100}){100}", 0, "too large"},
};

static void test_finds(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(found_texts); i++) {
		const struct found_text *t = &found_texts[i];
		const struct pattern *pattern;
		struct kith_error err = {0};
		struct str text = str_of(t->text);
		size_t from = 0, to = 0;
		if (pattern_make(&pattern, str_of(t->pattern), &arena, &err))
			fail_msg("%s: %s", t->pattern, err.message);
		bool found = pattern_find(pattern, text, 0, &from, &to, &arena);
		struct str got = found ? str_slice(text, from, to) : STR("");
		if (!str_eq(got, str_of(t->found)))
			fail_msg("%s in %s: \"%.*s\"", t->pattern, t->text, STR_ARG(got));
	}
	arena_release(&arena);
}

static void test_refuses(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(wrong_patterns); i++) {
		const struct wrong_pattern *w = &wrong_patterns[i];
		const struct pattern *pattern;
		struct kith_error err = {0};
		assert_int_equal(pattern_make(&pattern, str_of(w->pattern), &arena, &err), -1);
		if (!strstr(err.message, w->why) || (w->column && err.column != w->column))
			fail_msg("%s: %d: %s", w->pattern, err.column, err.message);
	}
	arena_release(&arena);
}

/* The next one begins where the last one ended. */
static void test_goes_on(void **state)
{
	const struct pattern *pattern;
	struct str text = STR("a1 b22 c333");
	struct arena arena;
	size_t from, to = 0, count = 0;
	(void)state;
	arena_init(&arena);
	assert_int_equal(pattern_make(&pattern, STR("\\d+"), &arena, NULL), 0);
	while (pattern_find(pattern, text, to, &from, &to, &arena)) {
		count++;
		assert_int_equal(to - from, count);
	}
	assert_int_equal(count, 3);
	arena_release(&arena);
}

/* What makes others go back for ever: it ends, and in the time of so many steps a character. */
static void test_is_linear(void **state)
{
	static const char *const patterns[] = {"(a*)*b", "(a|a)*b",    "(a|aa)+b",
					       "(.*)*x", "(.*,){11}P", "a{0,50}a{50}b"};
	struct arena arena;
	struct buf text;
	(void)state;
	arena_init(&arena);
	buf_init(&text, 0);
	buf_fill(&text, 'a', 20000);
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		const struct pattern *pattern;
		size_t from, to;
		assert_int_equal(pattern_make(&pattern, str_of(patterns[i]), &arena, NULL), 0);
		assert_false(pattern_find(pattern, buf_str(&text), 0, &from, &to, &arena));
	}
	buf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_finds),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_goes_on),
	    cmocka_unit_test(test_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
