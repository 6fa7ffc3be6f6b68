/* Links as Obsidian and Markdown write them. */
#include "people/link.h"
#include "reading.h"

/* `target` or `target|label`, then how many bytes follow; "" where it is no link. */
static void parses(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"[[ada]]", "ada +0"},
	    {"[[ada]] and", "ada +4"},
	    {"[[ada|Ada L]]", "ada|Ada L +0"},
	    {"[[ada#heading]]", "ada +0"},
	    {"[[ada#^id]]", "ada +0"},
	    {"[[ada#heading|Ada]]", "ada|Ada +0"},
	    {"[[ada#a|b#c]]", "ada|b#c +0"},
	    {"[[ Ada Lovelace | Ada ]]", "Ada Lovelace|Ada +0"},
	    {"[[people/ada]]", "people/ada +0"},
	    {"[[ada.md]]", "ada.md +0"},
	    {"[[#heading]]", " +0"},
	    {"[[ada]](x.md)", "ada +6"},
	    {"[[]]", ""},
	    {"[[ada]", ""},
	    {"[[ada\n]]", ""},
	    {"[ada]", ""},
	    {" [[ada]]", ""},
	    {"x[[ada]]", ""},
	    {"[Ada](ada.md)", "*ada.md|Ada +0"},
	    {"[Ada](../people/ada.md) x", "*../people/ada.md|Ada +2"},
	    {"[Ada](<a b.md>)", "*a b.md|Ada +0"},
	    {"[Ada](a%20b.md)", "*a%20b.md|Ada +0"},
	    {"[Ada](ada.md#x)", "*ada.md|Ada +0"},
	    {"[A [b] c](d(e).md)", "*d(e).md|A [b] c +0"},
	    {"[](ada.md)", "*ada.md| +0"},
	    {"[Ada](https://a.b)", ""},
	    {"[Ada](mailto:a@b)", ""},
	    {"[Ada](#x)", ""},
	    {"[Ada]()", ""},
	    {"[Ada] (ada.md)", ""},
	    {"[Ada](ada.md", ""},
	    {"", ""},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf got;
		struct link link;
		size_t used;
		struct str text = str_of(cases[i][0]);
		buf_init(&got, 0);
		if (link_parse(text, &link, &used)) {
			buf_addz(&got, link.markdown ? "*" : "");
			buf_add(&got, link.target);
			buf_addz(&got, link.label.p ? "|" : "");
			buf_add(&got, link.label);
			buf_printf(&got, " +%zu", text.n - used);
		}
		bad += differs(&got, cases[i][1], cases[i][0]);
		buf_release(&got);
	}
	assert_int_equal(bad, 0);
}

static void decodes(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"a%20b.md", "a b.md"}, {"%C5%81.md", "Ł.md"}, {"%c5%81.md", "Ł.md"},
	    {"100%", "100%"},       {"100%2", "100%2"},    {"%zz", "%zz"},
	    {"%2541", "%41"},       {"a+b", "a+b"},        {"", ""},
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_true(str_eq(link_decode(str_of(cases[i][0]), &arena), str_of(cases[i][1])));
	arena_release(&arena);
}

static void shows(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"[[ada]]", "ada"},
	    {"[[ada|Ada L]]", "Ada L"},
	    {"[Ada](ada.md)", "Ada"},
	    {" [[ada]] ", "ada"},
	    {"[[ada]] and", "[[ada]] and"},
	    {"plain", "plain"},
	    {"[x](https://a.b)", "[x](https://a.b)"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_true(str_eq(link_text(str_of(cases[i][0])), str_of(cases[i][1])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parses),
	    cmocka_unit_test(decodes),
	    cmocka_unit_test(shows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
