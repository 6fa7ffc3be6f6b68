/* Keys, slugs, widths and lines, by tables and over random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/attr.h"
#include "base/text.h"

#define TIMES10(s) s s s s s s s s s s

static void assert_str(struct str got, const char *want)
{
	if (got.n != strlen(want) || memcmp(got.p, want, got.n) != 0)
		fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static void invalid_bytes_are_found(void **state)
{
	const struct {
		struct str text;
		size_t at;
	} table[] = {
	    {STR(""), 0},
	    {STR("plain"), 5},
	    {STR("\0nul"), 4},
	    {STR("Łódź 山田 🏔"), 19},
	    {STR("a\x80"), 1},
	    {STR("a\xc0\xaf"), 1},
	    {STR("a\xc1\xbf"), 1},
	    {STR("\xe0\x9f\xbf"), 0},
	    {STR("\xe0\xa0\x80"), 3},
	    {STR("\xed\x9f\xbf"), 3},
	    {STR("\xed\xa0\x80"), 0},
	    {STR("\xef\xbf\xbf"), 3},
	    {STR("\xf0\x8f\xbf\xbf"), 0},
	    {STR("\xf0\x90\x80\x80"), 4},
	    {STR("\xf4\x8f\xbf\xbf"), 4},
	    {STR("\xf4\x90\x80\x80"), 0},
	    {STR("\xf5\x80\x80\x80"), 0},
	    {STR("\xff"), 0},
	    {STR("ab\xe5\xb1"), 2},
	    {STR("ab\xe5"), 2},
	    {STR("ab\xe5x\x80"), 2},
	    {STR("\xf0\x9f\x8f"), 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		assert_int_equal(text_invalid_at(table[i].text), table[i].at);
	assert_int_equal(text_invalid_at(STR_NONE), 0);
}

static void invalid_bytes_are_found_at_every_offset(void **state)
{
	char text[100];
	(void)state;
	for (size_t n = 1; n <= sizeof(text); n++) {
		for (size_t at = 0; at < n; at++) {
			memset(text, 'x', n);
			text[at] = (char)0xfe;
			assert_int_equal(text_invalid_at((struct str){text, n}), at);
			assert_int_equal(text_length((struct str){text, n}), n);
		}
	}
}

static void length_counts_characters(void **state)
{
	(void)state;
	assert_int_equal(text_length(STR("")), 0);
	assert_int_equal(text_length(STR("Łódź")), 4);
	assert_int_equal(text_length(STR("山田 太郎 and more of plain text after it 🏔")),
			 39);
	assert_int_equal(text_length(STR("\xe5\xb1")), 2);
	assert_int_equal(text_length(STR("a\xff\xfe z")), 5);
}

static void keys_ignore_what_does_not_count(void **state)
{
	static const char *const equal[][2] = {
	    {"Łukasz  ŻÓŁĆ", "lukasz zolc"},
	    {"  Ada\tLovelace \n", "ada lovelace"},
	    {"ADA", "ada"},
	    {"Ｈｅｌｌｏ", "hello"},
	    {"Straße", "STRASSE"},
	    {"Zoë", "Zoe\xcc\x88"},
	    {"山田\xe3\x80\x80太郎", "山田 太郎"},
	    {"Йорк", "йорк"},
	    {"ΟΔΥΣΣΕΥΣ", "οδυσσευς"},
	    {"Þórunn Ægisdóttir", "thorunn aegisdottir"},
	    {"a\xc2\xa0 \xe2\x80\xa8 b", "a b"},
	    {"İpek Işık", "ipek isik"},
	};
	static const char *const different[][2] = {
	    {"がく", "かく"}, {"й", "и"},       {"ab", "a b"},
	    {"किम", "कम"},    {"\xff", "\xfe"}, {"O'Brien", "OBrien"},
	};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(equal); i++) {
		struct str a = text_key(str_of(equal[i][0]), &arena);
		struct str b = text_key(str_of(equal[i][1]), &arena);
		if (!str_eq(a, b))
			fail_msg("%.*s is not %.*s", STR_ARG(a), STR_ARG(b));
	}
	for (size_t i = 0; i < ARRAY_LEN(different); i++)
		assert_false(str_eq(text_key(str_of(different[i][0]), &arena),
				    text_key(str_of(different[i][1]), &arena)));
	arena_release(&arena);
}

static void other_scripts_in_latin_letters(void **state)
{
	static const char *const cases[][2] = {
	    {"Χρήστος Παπαδόπουλος", "christos papadopoulos"},
	    {"ΕΥΑΓΓΕΛΊΑ", "euaggelia"},
	    {"Юрий Щёкин", "yurii shchekin"},
	    {"Їжак Ґалаґан", "izhak galagan"},
	    {"Łukasz", "lukasz"},
	    {"Ada L.", "Ada L."},
	    {"山田", "山田"},
	    {"", ""},
	};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(text_latin(str_of(cases[i][0]), &arena), cases[i][1]);
	arena_release(&arena);
}

static void what_is_a_key_already_is_not_copied(void **state)
{
	static const char *const keys[] = {"", "ada lovelace", "山田 太郎", "김", "हिन्दी", "x\xff"};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		assert_ptr_equal(text_key(str_of(keys[i]), &arena).p, keys[i]);
		assert_ptr_equal(text_case_key(str_of(keys[i]), &arena).p, keys[i]);
	}
	arena_release(&arena);
}

static void case_keys_find_names_that_collide(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	assert_str(text_case_key(STR("Ada Lovelace.MD"), &arena), "ada lovelace.md");
	assert_str(text_case_key(STR("E\xcc\x81MILE"), &arena), "émile");
	assert_str(text_case_key(STR("Émile"), &arena), "émile");
	assert_false(
	    str_eq(text_case_key(STR("Emile"), &arena), text_case_key(STR("Émile"), &arena)));
	assert_str(text_case_key(STR("a  B"), &arena), "a  b");
	arena_release(&arena);
}

static void slugs_of_names(void **state)
{
	static const char *const table[][2] = {
	    {"Ada Lovelace", "ada-lovelace"},
	    {"ada-lovelace", "ada-lovelace"},
	    {"Łukasz Żółć", "lukasz-zolc"},
	    {"山田 太郎", "山田-太郎"},
	    {"がく", "がく"},
	    {"か\xe3\x82\x99く", "がく"},
	    {"हिन्दी", "हिन्दी"},
	    {"й", "й"},
	    {"Й", "й"},
	    {"김", "김"},
	    {"김", "김"},
	    {"Søren Ærø", "soren-aero"},
	    {"Straße", "strasse"},
	    {"GROẞ", "gross"},
	    {"Œuvre", "oeuvre"},
	    {"Đặng Þór Ðagur", "dang-thor-dagur"},
	    {"Işıl İpek", "isil-ipek"},
	    {"Ħamrun Ŧa", "hamrun-ta"},
	    {"Ǽ", "ae"},
	    {"O'Brien, Jr.", "o-brien-jr"},
	    {"  --a__b--  ", "a-b"},
	    {"ﬁne Ⅷ ½", "fine-viii-1-2"},
	    {"Ａｄａ", "ada"},
	    {"a\xcc\x81\xcc\xa7", "a"},
	    {"", "contact"},
	    {"!!!", "contact"},
	    {"❤️", "contact"},
	    {"🏔 Berg", "berg"},
	    {"-", "contact"},
	    {"x\xff\xfe-y", "x-y"},
	    {"\xcc\x81", "contact"},
	    {"a\x01\x02z", "a-z"},
	    {"José María Ñandú", "jose-maria-nandu"},
	    {"עִבְרִית", "עִבְרִית"},
	    {"Αθήνα", "αθήνα"},
	};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		assert_str(text_slug(str_of(table[i][0]), &arena), table[i][1]);
	assert_str(text_slug(STR_NONE, &arena), "contact");
	assert_str(text_slug(STR("a\0b"), &arena), "a-b");
	arena_release(&arena);
}

static void slugs_are_cut(void **state)
{
	char text[600];
	struct arena arena;
	(void)state;
	arena_init(&arena);
	memset(text, 'a', sizeof(text));
	assert_int_equal(text_slug((struct str){text, sizeof(text)}, &arena).n, 200);
	assert_int_equal(text_slug((struct str){text, 200}, &arena).n, 200);
	text[199] = ' ';
	assert_int_equal(text_slug((struct str){text, sizeof(text)}, &arena).n, 199);
	for (size_t i = 0; i < sizeof(text); i += 3)
		memcpy(text + i, "山", 3);
	struct str slug = text_slug((struct str){text, sizeof(text)}, &arena);
	assert_int_equal(slug.n, 198);
	assert_int_equal(text_invalid_at(slug), slug.n);
	arena_release(&arena);
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* A code point from one of the ranges where there is something to get wrong. */
static int32_t random_point(uint64_t *seed)
{
	static const int32_t ranges[][2] = {
	    {0x20, 0x7e},       {0xa0, 0x24f},      {0x250, 0x2ff},     {0x300, 0x36f},
	    {0x370, 0x52f},     {0x590, 0x6ff},     {0x900, 0xdff},     {0x1100, 0x11ff},
	    {0x1e00, 0x1fff},   {0x2000, 0x218f},   {0x3040, 0x30ff},   {0x4e00, 0x9fff},
	    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfb00, 0xfdff},   {0xfe00, 0xffef},
	    {0x10000, 0x10fff}, {0x1d100, 0x1d7ff}, {0x1f000, 0x1ffff}, {0xe0000, 0xe01ff},
	    {0x2d, 0x2d},       {0x1ab0, 0x1aff},   {0, 0xd7ff},        {0xe000, 0x10ffff},
	};
	size_t i = next_random(seed) % ARRAY_LEN(ranges);
	int32_t span = ranges[i][1] - ranges[i][0] + 1;
	return ranges[i][0] + (int32_t)(next_random(seed) % (uint32_t)span);
}

static struct str random_text(char *p, size_t max, uint64_t *seed)
{
	size_t n = 0, points = next_random(seed) % (max / 4);
	for (size_t i = 0; i < points; i++)
		n += (size_t)utf8proc_encode_char(random_point(seed), (utf8proc_uint8_t *)p + n);
	return (struct str){p, n};
}

static void check_slug_characters(struct str slug)
{
	bool hyphen = true;
	utf8proc_int32_t c;
	for (size_t at = 0; at < slug.n;) {
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)slug.p + at,
						      (utf8proc_ssize_t)(slug.n - at), &c);
		assert_true(n > 0);
		const char *category = utf8proc_category_string(c);
		if (c == '-' ? hyphen : !strchr("LMN", category[0]))
			fail_msg("U+%04X stands in %.*s", (unsigned)c, STR_ARG(slug));
		hyphen = c == '-';
		at += (size_t)n;
	}
	assert_false(hyphen);
}

static void check_normal_form(struct str text)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n =
	    utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &nfc,
			 UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	assert_int_equal(n, text.n);
	assert_memory_equal(nfc, text.p, text.n);
	free(nfc);
}

static void slugs_of_anything(void **state)
{
	char text[400];
	uint64_t seed = 42;
	(void)state;
	for (size_t i = 0; i < 50000; i++) {
		struct arena arena;
		arena_init(&arena);
		struct str slug = text_slug(random_text(text, sizeof(text), &seed), &arena);
		assert_in_range(slug.n, 1, 200);
		check_slug_characters(slug);
		check_normal_form(slug);
		assert_true(str_eq(text_slug(slug, &arena), slug));
		assert_true(str_eq(text_key(slug, &arena), slug));
		arena_release(&arena);
	}
}

static void keys_of_anything(void **state)
{
	char text[200];
	uint64_t seed = 7;
	(void)state;
	for (size_t i = 0; i < 50000; i++) {
		struct arena arena;
		arena_init(&arena);
		struct str s = random_text(text, sizeof(text), &seed);
		struct str key = text_key(s, &arena), folded = text_case_key(s, &arena);
		check_normal_form(key);
		check_normal_form(folded);
		assert_true(str_eq(text_key(key, &arena), key));
		assert_true(str_eq(text_case_key(folded, &arena), folded));
		assert_true(str_eq(text_key(folded, &arena), key));
		arena_release(&arena);
	}
}

static void runs_of_marks_take_no_longer(void **state)
{
	size_t pairs = 400000;
	char *text = malloc(4 * pairs + 3);
	struct arena arena;
	(void)state;
	assert_non_null(text);
	arena_init(&arena);
	memcpy(text, "山", 3);
	for (size_t i = 0; i < pairs; i++)
		memcpy(text + 3 + 4 * i, "\xcc\x81\xcc\xa7", 4);
	struct str s = {text, 4 * pairs + 3};
	struct str key = text_key(s, &arena);
	assert_int_equal(key.n, s.n);
	assert_memory_equal(key.p + 3, "\xcc\xa7\xcc\xa7", 4);
	assert_memory_equal(key.p + s.n - 4, "\xcc\x81\xcc\x81", 4);
	assert_in_range(text_slug(s, &arena).n, 1, 200);
	assert_int_equal(text_width(s), 2);
	free(text);
	arena_release(&arena);
}

static void widths_on_a_terminal(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} table[] = {
	    {"", 0},           {"plain", 5},       {"Łódź", 4},
	    {"山田 太郎", 9},  {"Zoe\xcc\x88", 3}, {"हिन्दी", 5},
	    {"प्रिया", 5},      {"นำ", 2},          {"김", 2},
	    {"🏔", 1},       {"👩", 2},           {"👨‍👩‍👧‍👦", 2},
	    {"👍🏽", 2},   {"🇩🇪🇫🇷", 4},        {"❤️", 2},
	    {"a\tb\x1b[", 3},  {"a\r\nb", 2},      {"\xe2\x80\x8b", 0},
	    {"x\xff\xfey", 4}, {"\xcc\x81", 0},    {"김", 2},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (text_width(str_of(table[i].text)) != table[i].width)
			fail_msg("%s takes %zu", table[i].text, text_width(str_of(table[i].text)));
}

static void prefixes_end_between_clusters(void **state)
{
	(void)state;
	assert_str(text_fit(STR("plain text"), 5), "plain");
	assert_str(text_fit(STR("short"), 80), "short");
	assert_str(text_fit(STR("山田太郎"), 5), "山田");
	assert_str(text_fit(STR("ab👨‍👩‍👧‍👦c"), 3), "ab");
	assert_str(text_fit(STR("ab👨‍👩‍👧‍👦c"), 4), "ab👨‍👩‍👧‍👦");
	assert_str(text_fit(STR("Zoe\xcc\x88!"), 3), "Zoe\xcc\x88");
	assert_str(text_fit(STR("x"), 0), "");
	assert_str(text_upto(STR("plain text"), 5), "plain");
	assert_str(text_upto(STR("Zoe\xcc\x88!"), 3), "Zo");
	assert_str(text_upto(STR("Zoe\xcc\x88!"), 4), "Zoe\xcc\x88");
	assert_str(text_upto(STR("👨‍👩‍👧‍👦"), 6), "");
	assert_str(text_upto(STR("山田太郎"), 3), "山田太");
	assert_int_equal(text_upto(STR_NONE, 3).n, 0);
}

static void lines_are_safe(void **state)
{
	static const char *const table[][2] = {
	    {"as it is", "as it is"},
	    {"a\nb\r\nc", "a b c"},
	    {"a  b \t c", "a b c"},
	    {"a \x01 b", "a b"},
	    {"\x1b[31mred\x1b[0m", "[31mred[0m"},
	    {"a\xc2\x9b"
	     "b\x7f",
	     "ab"},
	    {"a\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"
	     "b",
	     "a b"},
	    {"a\xe2\x80\xae"
	     "b\xe2\x81\xa6"
	     "c",
	     "abc"},
	    {"a\xc2\xa0\xe3\x80\x80"
	     "b",
	     "a b"},
	    {"x\xff\xe5\xb1y", "x���y"},
	    {"👨‍👩‍👧", "👨‍👩‍👧"},
	    {" ends ", " ends "},
	    {"", ""},
	};
	struct arena arena;
	struct buf b;
	(void)state;
	arena_init(&arena);
	buf_init(&b, 0);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct str s = str_of(table[i][0]), line = text_line(s, &arena);
		assert_str(line, table[i][1]);
		assert_true((line.p == s.p) == (strcmp(table[i][0], table[i][1]) == 0));
		buf_clear(&b);
		text_add_line(&b, s);
		assert_str(buf_str(&b), table[i][1]);
	}
	buf_release(&b);
	assert_str(text_line(STR("a\0b"), &arena), "ab");
	assert_null(text_line(STR_NONE, &arena).p);
	arena_release(&arena);
}

static void distances(void **state)
{
	static const struct {
		const char *a, *b;
		size_t max, distance;
	} table[] = {
	    {"", "", 2, 0},
	    {"birthday", "birthday", 0, 0},
	    {"brithday", "birthday", 2, 1},
	    {"birthda", "birthday", 2, 1},
	    {"birthdayy", "birthday", 2, 1},
	    {"kitten", "sitting", 3, 3},
	    {"kitten", "sitting", 2, 3},
	    {"ca", "abc", 5, 3},
	    {"abcd", "badc", 1, 2},
	    {"abcd", "badc", 2, 2},
	    {"", "abc", 3, 3},
	    {"", "abc", 2, 3},
	    {"abc", "", SIZE_MAX - 1, 3},
	    {"email", "phone", 2, 3},
	    {"xabcdefy", "abcdef", 2, 2},
	    {"xabcdef", "abcdefy", 2, 2},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct str a = str_of(table[i].a), b = str_of(table[i].b);
		assert_int_equal(text_distance(a, b, table[i].max), table[i].distance);
		assert_int_equal(text_distance(b, a, table[i].max), table[i].distance);
	}
}

/* The textbook's table of optimal string alignment, without a band. */
static size_t plain_distance(struct str a, struct str b)
{
	size_t d[16][16];
	for (size_t i = 0; i <= a.n; i++) {
		for (size_t j = 0; j <= b.n; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = i + j;
				continue;
			}
			size_t best = d[i - 1][j - 1] + (a.p[i - 1] != b.p[j - 1]);
			best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
			best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
				best = d[i - 2][j - 2] + 1 < best ? d[i - 2][j - 2] + 1 : best;
			d[i][j] = best;
		}
	}
	return d[a.n][b.n];
}

static void distances_agree_with_the_textbook(void **state)
{
	uint64_t seed = 3;
	char a[12], b[12];
	(void)state;
	for (size_t round = 0; round < 100000; round++) {
		size_t n = next_random(&seed) % 12, m = next_random(&seed) % 12;
		for (size_t i = 0; i < 12; i++) {
			a[i] = (char)('a' + next_random(&seed) % 3);
			b[i] = (char)('a' + next_random(&seed) % 3);
		}
		struct str s = {a, n}, t = {b, m};
		size_t want = plain_distance(s, t);
		for (size_t max = 0; max < 5; max++)
			assert_int_equal(text_distance(s, t, max), want > max ? max + 1 : want);
	}
}

static void long_texts_have_a_distance(void **state)
{
	static const char a[] = "x" TIMES10("abcdefghij") "y", b[] = "z" TIMES10("abcdefghij") "w";
	(void)state;
	assert_int_equal(text_distance(str_of(a), str_of(b), 5), 2);
	assert_int_equal(text_distance(str_of(a), str_of(b), 1), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(invalid_bytes_are_found),
	    cmocka_unit_test(invalid_bytes_are_found_at_every_offset),
	    cmocka_unit_test(length_counts_characters),
	    cmocka_unit_test(keys_ignore_what_does_not_count),
	    cmocka_unit_test(other_scripts_in_latin_letters),
	    cmocka_unit_test(what_is_a_key_already_is_not_copied),
	    cmocka_unit_test(case_keys_find_names_that_collide),
	    cmocka_unit_test(slugs_of_names),
	    cmocka_unit_test(slugs_are_cut),
	    cmocka_unit_test(slugs_of_anything),
	    cmocka_unit_test(keys_of_anything),
	    cmocka_unit_test(runs_of_marks_take_no_longer),
	    cmocka_unit_test(widths_on_a_terminal),
	    cmocka_unit_test(prefixes_end_between_clusters),
	    cmocka_unit_test(lines_are_safe),
	    cmocka_unit_test(distances),
	    cmocka_unit_test(distances_agree_with_the_textbook),
	    cmocka_unit_test(long_texts_have_a_distance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
