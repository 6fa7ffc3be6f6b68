#include "base/needle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"

/* What is found of a text: "" for nothing; and whether its last word is a whole one. */
static const struct needle_case {
	const char *needle, *text, *found;
	bool whole;
} cases[] = {
    {"grant", "about the Grant.", "Grant", true},
    {"gran", "about grants", "grants", false},
    {"rant", "about grants", "", false},
    {"the grant", "of the, GRANT", "the, GRANT", true},
    {"the gra", "the grey grant", "", false},
    {"the gra", "the the grant", "the grant", false},
    {"zolc", "Łukasz Żółć", "Żółć", true},
    {"zo", "Łukasz ŻÓŁĆ", "ŻÓŁĆ", false},
    {"Łukasz", "lukasz", "lukasz", true},
    {"nguyen", "Nguye\xcc\x82\xcc\x83n", "Nguye\xcc\x82\xcc\x83n", true},
    {"obrien", "Oscar O'Brien", "O'Brien", true},
    {"o’brien", "Oscar O'Brien", "O'Brien", true},
    {"d'arcy", "Mr. D’Arcy", "D’Arcy", true},
    {"grant", "the “grant”—no", "grant", true},
    {"no", "the “grant”—no", "no", true},
    {"strasse", "Große Straße 1", "Straße", true},
    {"strasse 1", "Große Straße 1", "Straße 1", true},
    {"太郎", "山田太郎です", "太郎", true},
    {"山田", "山田 太郎", "山田", true},
    {"ada-lovelace", "[[ada-lovelace]]", "ada-lovelace", true},
    {"🎉", "done 🎉", "🎉", true},
    {"x", "", "", false},
};

static void test_needle(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct needle_case *c = &cases[i];
		struct needle needle;
		struct needle_hit hit = {0};
		struct str text = str_of(c->text);
		assert_true(needle_init(&needle, str_of(c->needle), &arena));
		bool found = needle_find(&needle, text, 0, &hit, &arena);
		struct str got = found ? str_slice(text, hit.from, hit.to) : STR("");
		if (!str_eq(got, str_of(c->found)) || hit.whole != c->whole)
			fail_msg("%s in %s: \"%.*s\"", c->needle, c->text, STR_ARG(got));
	}
	arena_release(&arena);
}

static void test_no_word(void **state)
{
	static const char *const texts[] = {"", " ", "*", "'", "«»", "\xe3\x80\x82"};
	struct arena arena;
	struct needle needle;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_false(needle_init(&needle, str_of(texts[i]), &arena));
	arena_release(&arena);
}

/* Passing over what cannot fit finds no other place than looking at each word. */
static void test_passes_over(void **state)
{
	static const char *const pieces[] = {"a", "B",  "x",         "1",      " ",       "'",
					     "’", "é",  "e\xcc\x81", "Ż",      "ab",      "-",
					     "“", "\n", "漢",        "      ", "xxxxxxxx"};
	static const char *const needles[] = {"a", "ab", "b1", "e", "xa", "1", "z", "漢", "aba"};
	struct arena arena;
	uint64_t random = 88172645463325252u;
	(void)state;
	arena_init(&arena);
	for (size_t round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_mark(&arena);
		struct needle needle;
		struct needle_hit hit = {0};
		struct buf b;
		size_t expected = SIZE_MAX;
		bool plain;
		struct str word;
		buf_init(&b, 0);
		for (size_t i = 0; i < round % 40; i++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			buf_addz(&b, pieces[random % ARRAY_LEN(pieces)]);
		}
		const char *wanted = needles[round % ARRAY_LEN(needles)];
		assert_true(needle_init(&needle, str_of(wanted), &arena));
		for (struct str rest = buf_str(&b);
		     expected == SIZE_MAX && text_next_word(&rest, &word, &plain);)
			if (str_starts(text_words(word, &arena), needle.words[0]))
				expected = (size_t)(word.p - b.p);
		bool found = needle_find(&needle, buf_str(&b), 0, &hit, &arena);
		if (!needle.inside && (found ? hit.from : SIZE_MAX) != expected)
			fail_msg("%s in \"%s\": %zu", wanted, b.p, hit.from);
		buf_release(&b);
		arena_rewind(&arena, mark);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_needle),
	    cmocka_unit_test(test_no_word),
	    cmocka_unit_test(test_passes_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
