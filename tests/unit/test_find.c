#include "people/find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

static struct str countess[] = {{"Countess", 8}, {"Ada Byron", 9}};
static struct value addresses[] = {{{"", 0}, {"ada@analytical.engine", 21}}};
static struct str org[] = {{"Acme Motors", 11}};
static struct str tags[] = {{"maths/logic", 11}};

/* clang-format off */
static struct contact contacts[] = {
    {.slug = {"ada-king", 8}, .name = {"Ada King", 8}, .path = {"people/ada-king.md", 18},
     .status = STATUS_ARCHIVED},
    {.slug = {"ada-lovelace", 12}, .name = {"Ada Lovelace", 12},
     .path = {"people/ada-lovelace.md", 22}, .aliases = {countess, 2},
     .email = {addresses, 1}, .org = {org, 1}, .tags = {tags, 1}},
    {.slug = {"adam-smith", 10}, .name = {"Adam Smith", 10}, .path = {"people/adam-smith.md", 20}},
    {.slug = {"lukasz-zolc", 11}, .name = {"Łukasz Żółć", 16}, .path = {"people/lukasz-zolc.md", 21}},
    {.slug = {"John Smith", 10}, .name = {"John Smith", 10}, .path = {"people/a/John Smith.md", 22}},
    {.slug = {"john-smith-2", 12}, .name = {"John Smith", 10}, .path = {"people/b/john-smith-2.md", 24}},
    {.slug = {"山田-太郎", 13}, .name = {"山田 太郎", 13}, .path = {"people/山田-太郎.md", 23}},
    {.slug = {"oscar-o-brien", 13}, .name = {"Oscar O'Brien", 13},
     .path = {"people/oscar-o-brien.md", 23}, .status = STATUS_DECEASED},
    {.slug = {"ada", 3}, .name = {"Grace Hopper", 12}, .path = {"people/x/ada.md", 15}},
    {.slug = {"Ada", 3}, .name = {"Grace Murray", 12}, .path = {"people/y/Ada.md", 15}},
};
/* clang-format on */

/* The last two are slug twins, which only some tests look at. */
static const struct journal journal = {.contacts = contacts, .count = ARRAY_LEN(contacts) - 2};
static const struct journal twins = {.contacts = contacts, .count = ARRAY_LEN(contacts)};

struct wanted {
	const char *text;
	enum find_how how;
	const char *slugs; /* joined by blanks */
};

static void expect(const struct journal *in, const struct found *found, const char *text,
		   const char *slugs)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < found->count; i++) {
		buf_addz(&b, i ? " " : "");
		buf_add(&b, in->contacts[found->who[i]].slug);
	}
	if (str_cmp(buf_str(&b), str_of(slugs)) != 0)
		print_error("%s:\n", text);
	assert_string_equal(b.p, slugs);
	buf_release(&b);
}

static void expect_all(const struct journal *in, const struct wanted *wanted, size_t count)
{
	struct arena arena;
	struct found found;
	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		find_contacts(&found, in, str_of(wanted[i].text), &arena);
		find_prefer_active(&found, in);
		expect(in, &found, wanted[i].text, wanted[i].slugs);
		assert_int_equal(found.how, wanted[i].how);
	}
	arena_release(&arena);
}

static void test_find(void **state)
{
	static const struct wanted wanted[] = {
	    {"ada-lovelace", FIND_SLUG, "ada-lovelace"},
	    {"ada.lovelace", FIND_SLUG, "ada-lovelace"},
	    {"ADA_Lovelace", FIND_SLUG, "ada-lovelace"},
	    {" ada-lovelace ", FIND_SLUG, "ada-lovelace"},
	    {"Ada Lovelace", FIND_NAME, "ada-lovelace"},
	    {"ada  byron", FIND_NAME, "ada-lovelace"},
	    {"countess", FIND_NAME, "ada-lovelace"},
	    {"LUKASZ ZOLC", FIND_NAME, "lukasz-zolc"},
	    {"łukasz-żółć", FIND_SLUG, "lukasz-zolc"},
	    {"山田太郎", FIND_NOBODY, ""},
	    {"山田", FIND_WORDS, "山田-太郎"},
	    {"山", FIND_BEGINNINGS, "山田-太郎"},
	    {"ada@Analytical.Engine", FIND_EMAIL, "ada-lovelace"},
	    {"ada@elsewhere", FIND_NOBODY, ""},
	    {"people/ada-lovelace.md", FIND_PATH, "ada-lovelace"},
	    {"./people/ada-lovelace.md", FIND_PATH, "ada-lovelace"},
	    {"/home/x/journal/people/ada-lovelace.md", FIND_PATH, "ada-lovelace"},
	    {"ada-lovelace.md", FIND_PATH, "ada-lovelace"},
	    {"lovelace.md", FIND_NOBODY, ""},
	    {"lovelace", FIND_WORDS, "ada-lovelace"},
	    {"byron lovelace", FIND_WORDS, "ada-lovelace"},
	    {"lovel", FIND_BEGINNINGS, "ada-lovelace"},
	    {"love ada", FIND_BEGINNINGS, "ada-lovelace"},
	    {"obrien", FIND_WORDS, "oscar-o-brien"},
	    {"O’Brien", FIND_WORDS, "oscar-o-brien"},
	    {"john.smith", FIND_NAME, "John Smith john-smith-2"},
	    {"John Smith", FIND_SLUG, "John Smith"},
	    {"smith", FIND_WORDS, "adam-smith John Smith john-smith-2"},
	    {"velace", FIND_NOBODY, ""},
	    {"ada nobody", FIND_NOBODY, ""},
	    {"", FIND_NOBODY, ""},
	    {" . ", FIND_NOBODY, ""},
	    {"a b c d e f g h i j k l m n o p q", FIND_NOBODY, ""},
	};
	(void)state;
	expect_all(&journal, wanted, ARRAY_LEN(wanted));
}

/* The only active one of several is meant; one that is archived is found where it is alone. */
static void test_active_ones_win(void **state)
{
	static const struct wanted wanted[] = {
	    {"ada", FIND_WORDS, "ada-lovelace"},
	    {"ada king", FIND_NAME, "ada-king"},
	    {"king", FIND_WORDS, "ada-king"},
	    {"ad", FIND_BEGINNINGS, "ada-king ada-lovelace adam-smith"},
	    {"oscar", FIND_WORDS, "oscar-o-brien"},
	};
	struct arena arena;
	struct found both;
	(void)state;
	expect_all(&journal, wanted, ARRAY_LEN(wanted));
	arena_init(&arena);
	find_contacts(&both, &journal, STR("ada"), &arena);
	expect(&journal, &both, "ada", "ada-king ada-lovelace");
	arena_release(&arena);
}

static void test_slug_twins_are_both_found(void **state)
{
	static const struct wanted wanted[] = {
	    {"ada", FIND_SLUG, "ada Ada"},
	    {"people/x/ada.md", FIND_PATH, "ada"},
	};
	(void)state;
	expect_all(&twins, wanted, ARRAY_LEN(wanted));
}

static void test_near(void **state)
{
	static const struct wanted wanted[] = {
	    {"lovlace", FIND_NOBODY, "ada-lovelace"},
	    {"ada lovelcae", FIND_NOBODY, "ada-lovelace"},
	    {"Lukaz", FIND_NOBODY, "lukasz-zolc"},
	    {"jonh", FIND_NOBODY, "John Smith john-smith-2"},
	    {"zzzz", FIND_NOBODY, ""},
	    {"a", FIND_NOBODY, ""},
	    {"", FIND_NOBODY, ""},
	};
	struct arena arena;
	struct found found;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		find_near(&found, &journal, str_of(wanted[i].text), 3, &arena);
		expect(&journal, &found, wanted[i].text, wanted[i].slugs);
	}
	find_near(&found, &journal, STR("jonh"), 1, &arena);
	expect(&journal, &found, "jonh", "John Smith");
	arena_release(&arena);
}

/* Long texts on both sides cost no more than reading them. */
static void test_long_texts(void **state)
{
	struct buf b;
	struct arena arena;
	struct found found;
	struct contact long_one = contacts[1];
	const struct journal long_journal = {.contacts = &long_one, .count = 1};
	(void)state;
	arena_init(&arena);
	buf_init(&b, 0);
	for (int i = 0; i < 100000; i++)
		buf_addz(&b, "ab ");
	long_one.name = buf_str(&b);
	find_contacts(&found, &long_journal, buf_str(&b), &arena);
	assert_int_equal(found.how, FIND_NAME);
	find_contacts(&found, &long_journal, STR("a a a a a a a a"), &arena);
	assert_int_equal(found.how, FIND_BEGINNINGS);
	find_near(&found, &long_journal, buf_str(&b), 3, &arena);
	assert_int_equal(found.count, 0);
	buf_release(&b);
	arena_release(&arena);
}

/* While a name is typed: the slug, or a name from any of its words on. */
static void test_begun(void **state)
{
	static const struct {
		const char *text, *slugs;
	} cases[] = {
	    {"ada", "ada-king ada-lovelace adam-smith"},
	    {"ADA-L", "ada-lovelace"},
	    {"ada lov", "ada-lovelace"},
	    {"lov", "ada-lovelace"},
	    {"counte", "ada-lovelace"},
	    {"byr", "ada-lovelace"},
	    {"zol", "lukasz-zolc"},
	    {"Żó", "lukasz-zolc"},
	    {"smi", "adam-smith John Smith john-smith-2"},
	    {"john-smith-2", "john-smith-2"},
	    {"smith john", ""},
	    {"o'br", "oscar-o-brien"},
	    {"太", "山田-太郎"},
	    {"ovelace", ""},
	    {"ada  ", "ada-king ada-lovelace adam-smith"},
	    {"-", ""},
	};
	struct arena arena;
	struct found found;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		find_begun(&found, &journal, str_of(cases[i].text), &arena);
		expect(&journal, &found, cases[i].text, cases[i].slugs);
	}
	find_begun(&found, &journal, STR(""), &arena);
	assert_int_equal(found.count, journal.count);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_begun),
	    cmocka_unit_test(test_active_ones_win),
	    cmocka_unit_test(test_slug_twins_are_both_found),
	    cmocka_unit_test(test_near),
	    cmocka_unit_test(test_long_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
