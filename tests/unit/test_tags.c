/* `#tags` and `^block-ids` in a line. */
#include "people/tags.h"
#include "reading.h"

#define TICKS8  "````````"
#define TICKS64 TICKS8 TICKS8 TICKS8 TICKS8 TICKS8 TICKS8 TICKS8 TICKS8

/* All tags of a line, joined by `|`. */
static void finds(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"#a", "a"},
	    {"x #a y #b", "a|b"},
	    {"#a/b-c_d", "a/b-c_d"},
	    {"(#a) [#b] \"#c\",#d", "a|b|c|d"},
	    {"#a.#b", "a"},
	    {"#a, #b; #c.", "a|b|c"},
	    {"x#a", ""},
	    {"\\#a", ""},
	    {"##a", ""},
	    {"# a", ""},
	    {"#", ""},
	    {"#123 #1a", "1a"},
	    {"#2026-09", "2026-09"},
	    {"#Łódź #山田", "Łódź|山田"},
	    {"`#a` #b", "b"},
	    {"``#a ` #b`` #c", "c"},
	    {"` #a", "a"},
	    {"`` #a ` #b", "a|b"},
	    {TICKS64 " #a " TICKS64 " #b", "b"},
	    {TICKS64 "` #a " TICKS64 "` #b", "a|b"},
	    {"https://x.y/#a", ""},
	    {"[[a#b]]", ""},
	    {"", ""},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf got;
		struct str tag;
		buf_init(&got, 0);
		for (size_t at = 0; tags_next(str_of(cases[i][0]), &at, &tag);) {
			buf_addz(&got, got.n ? "|" : "");
			buf_add(&got, tag);
		}
		bad += differs(&got, cases[i][1], cases[i][0]);
		buf_release(&got);
	}
	assert_int_equal(bad, 0);
}

static void knows_its_own(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned tags;
	} cases[] = {
	    {"#planned", TAG_PLANNED},     {"#cancelled", TAG_CANCELLED},
	    {"#waiting", TAG_WAITING},     {"#topic", TAG_TOPIC},
	    {"#gave", TAG_GAVE},           {"#got", TAG_GOT},
	    {"#asked", TAG_ASKED},         {"#GAVE a #Got", TAG_GAVE | TAG_GOT},
	    {"#canceled", TAG_OTHER},      {"#gave/it", TAG_OTHER},
	    {"#gaved #x", TAG_OTHER},      {"gave", 0},
	    {"`#gave` #asked", TAG_ASKED},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(tags_in(str_of(cases[i].text)), cases[i].tags);
}

static void strips(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned drop;
		const char *left;
	} cases[] = {
	    {" a ", ~0u, "a"},
	    {"a #planned b", TAG_PLANNED, "a b"},
	    {"a #planned", TAG_PLANNED, "a"},
	    {"#planned a", TAG_PLANNED, "a"},
	    {"#planned", TAG_PLANNED, ""},
	    {"a #planned #gave", TAG_PLANNED, "a #gave"},
	    {"a  #planned  b", TAG_PLANNED, "a  b"},
	    {"a (#planned) b", TAG_PLANNED, "a () b"},
	    {"a #planned, b", TAG_PLANNED, "a , b"},
	    {"a #x #waiting b", ~0u, "a b"},
	    {"a `#planned` #planned", TAG_PLANNED, "a `#planned`"},
	    {"a ^id", ~0u, "a"},
	    {"a ^id-1 ", 0, "a"},
	    {"^id", 0, ""},
	    {"a^id", 0, "a^id"},
	    {"a ^id b", 0, "a ^id b"},
	    {"a ^", 0, "a ^"},
	    {"a ^i.d", 0, "a ^i.d"},
	    {"a ^id #planned", TAG_PLANNED, "a"},
	    {"a #planned ^id", TAG_PLANNED, "a"},
	    {"", ~0u, ""},
	};
	size_t bad = 0;
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf got;
		buf_init(&got, 0);
		buf_add(&got, tags_strip(str_of(cases[i].text), cases[i].drop, &arena));
		bad += differs(&got, cases[i].left, cases[i].text);
		buf_release(&got);
	}
	assert_int_equal(bad, 0);
	arena_release(&arena);
}

/* Time in proportion to the length: backticks and hashes that lead nowhere. */
static void stays_quick(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text, 0);
	for (int i = 0; i < 2000; i++)
		buf_addz(&text, "#` `# ");
	assert_int_equal(tags_in(buf_str(&text)), 0);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds),
	    cmocka_unit_test(knows_its_own),
	    cmocka_unit_test(strips),
	    cmocka_unit_test(stays_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
