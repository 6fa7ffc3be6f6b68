#include "report/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmark.h>
#include <cmocka.h>

#include "base/attr.h"

#ifndef ROUNDS
#define ROUNDS 20000
#endif

static struct buf escaped(const char *before, struct str s, const char *after)
{
	struct buf b;
	buf_init(&b, 0);
	buf_addz(&b, before);
	escape_markdown(&b, s);
	buf_addz(&b, after);
	return b;
}

/* What people write stays as it is, in the middle of a line and at its start. */
static const char *const plain[] = {
    "I'll call Ann on 2026-11-23, at 10:30 (or later).",
    "Größe: 12,5 cm; über 50% für 3.50 €, ca. 20 °C – fein!",
    "来週、田中さんに会う。「約束」です！（東京）",
    "#planned",
    "lunch #planned, #to-do",
    "ada@example.org",
    "first_last+tag@example.co.uk",
    "+44 7700 900123",
    "C++ and C#",
    "snake_case and a_b_c",
    "50%",
    "a - b",
    "(x)",
    "\"quotes\"",
    "it's",
    "R&D, AT&T, Q&A & more",
    "R&D",
    "$5 and US$6.50, 7 $ too",
    "~50 people, ~/notes",
    "2 * 3 = 6; 2 _ 3",
    "x^2",
    "-5 degrees, -- no",
    "2026 was good. 1.5 km.",
    "Hello! Really?!",
    "a < b > c",
    "https://example.org/a_b?c=d&e=f#g",
    "C:\\Users\\ann",
    ":-) {curly} @ann 'x'; y",
    "1st, 2nd, 10:00",
};

static void test_plain_text_is_unchanged(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		struct buf middle = escaped("", str_of(plain[i]), "");
		assert_string_equal(middle.p, plain[i]);
		buf_release(&middle);
	}
}

static const struct {
	const char *before, *text, *expected;
} escapes[] = {
    {"", "<ada@x.y>", "\\<ada@x.y>"},
    {"", "&amp; &#35; &x; &", "\\&amp; \\&#35; \\&x; \\&"},
    {"", "&lt", "\\&lt"},
    {"", "*a* **b** 2*3*4", "\\*a\\* \\*\\*b\\*\\* 2\\*3\\*4"},
    {"", "_a_ __b__ a_", "\\_a\\_ \\_\\_b\\_\\_ a\\_"},
    {"", "`a`", "\\`a\\`"},
    {"", "[a](b) [[Ann]] ![c]", "\\[a\\](b) \\[\\[Ann\\]\\] !\\[c\\]"},
    {"", "a \\* b\\", "a \\\\\\* b\\\\"},
    {"", "a|b", "a\\|b"},
    {"", "done ^abc", "done \\^abc"},
    {"", "~~a~~ ==b== %%c%% $$d$$ $e$ ~f~",
     "\\~\\~a\\~\\~ \\=\\=b\\=\\= \\%\\%c\\%\\% \\$\\$d\\$\\$ $e\\$ ~f\\~"},
    {"", "# a", "\\# a"},
    {"x ", "# a", "x # a"},
    {"# ", "a ##", "# a \\#\\#"},
    {"", "#", "\\#"},
    {"", "- a", "\\- a"},
    {"x ", "- a", "x - a"},
    {"- ", "- a", "- \\- a"},
    {"", "+ a", "\\+ a"},
    {"", "---", "\\---"},
    {"", "===", "\\=\\=\\="},
    {"", "_ _ _", "\\_ _ \\_"},
    {"", "* a", "\\* a"},
    {"[a]", "(b)", "[a]\\(b)"},
    {"[a]", ": b", "[a]\\: b"},
    {"", "> a", "\\> a"},
    {"", "1. a", "1\\. a"},
    {"", "2026. was", "2026\\. was"},
    {"", "12) a", "12\\) a"},
    {"1", ". a", "1\\. a"},
    {"x ", "1. a", "x 1. a"},
    {"- [ ] ", "1. a", "- [ ] 1. a"},
    {"> 1. ", "- a", "> 1. \\- a"},
    {"", "    a", "a"},
    {"- ", "     a", "- a"},
    {"x", "  a", "x  a"},
    {"", "a\n# b\n\n    c\r\n- d", "a\n\\# b\n\nc\r\n\\- d"},
    {"", "", ""},
};

static void test_escapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(escapes); i++) {
		struct buf b = escaped(escapes[i].before, str_of(escapes[i].text), "");
		struct buf expected;
		buf_init(&expected, 0);
		if (!str_starts(str_of(escapes[i].expected), str_of(escapes[i].before)))
			buf_addz(&expected, escapes[i].before);
		buf_addz(&expected, escapes[i].expected);
		assert_string_equal(b.p, expected.p);
		buf_release(&expected);
		buf_release(&b);
	}
}

static void test_html(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 0);
	escape_html(&b, STR("<a href=\"x\">R&D's</a>"));
	assert_string_equal(b.p, "&lt;a href=&quot;x&quot;&gt;R&amp;D's&lt;/a&gt;");
	buf_release(&b);
}

/* Where a text may stand: what goes around it, the nodes that makes, the text outside. */
static const struct place {
	const char *before, *after, *nodes, *text_before, *text_after;
} places[] = {
    {"x ", " y", "D p", "x ", " y"},
    {"- [ ] **Mon 23** · ", "", "D l i p s", "[ ] Mon 23 · ", ""},
    {"a *", "* b", "D p e", "a ", " b"},
    {"a **", "** b", "D p s", "a ", " b"},
    {"a _", "_ b", "D p e", "a ", " b"},
    {"[", "](../people/a.md)", "D p k", "", ""},
    {"", "", "D p", "", ""},
    {"", " y", "D p", "", " y"},
    {"- ", "", "D l i p", "", ""},
    {"  - ", "\n", "D l i p", "", ""},
    {"> ", "", "D q p", "", ""},
    {"1. ", "", "D l i p", "", ""},
    {"> - 1. ", "", "D q l i l i p", "", ""},
    {"## ", "\n", "D h", "", ""},
    {"a\n", "\n", "D p .", "a", ""},
    {"a\n\n", "\n===\n", "D p h", "a", ""},
    {"- a\n  ", "\n", "D l i p .", "a", ""},
};

static const char *node_letter(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT:
		return "D";
	case CMARK_NODE_PARAGRAPH:
		return " p";
	case CMARK_NODE_HEADING:
		return " h";
	case CMARK_NODE_LIST:
		return " l";
	case CMARK_NODE_ITEM:
		return " i";
	case CMARK_NODE_BLOCK_QUOTE:
		return " q";
	case CMARK_NODE_EMPH:
		return " e";
	case CMARK_NODE_STRONG:
		return " s";
	case CMARK_NODE_LINK:
		return " k";
	case CMARK_NODE_SOFTBREAK:
		return " .";
	case CMARK_NODE_TEXT:
		return "";
	default:
		return " ?";
	}
}

static void read_back(struct str page, struct buf *nodes, struct buf *text)
{
	cmark_node *doc = cmark_parse_document(page.p, page.n, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(doc);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (e != CMARK_EVENT_ENTER)
			continue;
		buf_addz(nodes, node_letter(node));
		if (cmark_node_get_type(node) == CMARK_NODE_TEXT)
			buf_addz(text, cmark_node_get_literal(node));
	}
	cmark_iter_free(iter);
	cmark_node_free(doc);
}

static void check_place(const struct place *place, struct str s)
{
	struct buf page = escaped(place->before, s, place->after), nodes, text, expected;
	buf_init(&nodes, 0);
	buf_init(&text, 0);
	buf_init(&expected, 0);
	buf_addz(&expected, place->text_before);
	buf_add(&expected, s);
	buf_addz(&expected, place->text_after);
	read_back(buf_str(&page), &nodes, &text);
	if (!str_eq(buf_str(&text), buf_str(&expected)) ||
	    !str_eq(buf_str(&nodes), str_of(place->nodes)))
		print_error("text <%.*s>, page <%s>\n", STR_ARG(s), page.p);
	assert_string_equal(text.p, expected.p);
	assert_string_equal(nodes.p, place->nodes);
	buf_release(&expected);
	buf_release(&text);
	buf_release(&nodes);
	buf_release(&page);
}

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void add_random(struct buf *b, uint32_t *state)
{
	static const char *const pieces[] = {
	    " ",      " ",       "a",          "Z",      "1",      "9",     "ä",    "日本",
	    "\u201c", "\u2014",  "*",          "**",     "_",      "__",    "`",    "``",
	    "~~~",    "[",       "]",          "(",      ")",      "](",    "[[",   "]]",
	    "!",      "![",      "<",          ">",      "<a>",    "</b>",  "<!--", "-->",
	    "<?x?>",  "<a@b.c>", "http://x.y", "&",      "&amp;",  "&#35;", "&lt",  ";",
	    "\\",     "\\\\",    "#",          "##",     "-",      "---",   "+",    "=",
	    "===",    "1.",      "2)",         ":",      "[x]: y", "|",     "^",    "$",
	    "%",      "\"",      "'",          "\u00a0", ".",      "amp;",  "{",    "\U0001f600",
	    "\u0301", ",",       "/",          "@",      "~",      "  ",
	};
	buf_clear(b);
	uint32_t count = 1 + next_random(state) % 8;
	for (uint32_t i = 0; i < count; i++) {
		if (next_random(state) % 4 == 0)
			buf_addc(b, (char)(' ' + next_random(state) % 95));
		else
			buf_addz(b, pieces[next_random(state) % ARRAY_LEN(pieces)]);
	}
}

static void test_text_stays_text(void **state)
{
	(void)state;
	uint32_t seed = 20261123;
	struct buf b;
	buf_init(&b, 0);
	for (int round = 0; round < ROUNDS; round++) {
		add_random(&b, &seed);
		struct str s = str_trim(buf_str(&b));
		/* Emphasis does not open before such a blank, whatever is escaped. */
		if (str_starts(s, STR("\u00a0")) || str_ends(s, STR("\u00a0")))
			continue;
		for (size_t i = 0; s.n && i < ARRAY_LEN(places); i++)
			check_place(&places[i], s);
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		for (size_t j = 0; j < ARRAY_LEN(places); j++)
			check_place(&places[j], str_of(plain[i]));
	buf_release(&b);
}

/* Two texts side by side make no more markup than one. */
static void test_two_texts(void **state)
{
	(void)state;
	uint32_t seed = 7;
	struct buf one, two;
	buf_init(&one, 0);
	buf_init(&two, 0);
	for (int round = 0; round < ROUNDS; round++) {
		add_random(&one, &seed);
		add_random(&two, &seed);
		struct buf page = escaped("", STR("x"), ""), nodes, text;
		buf_init(&nodes, 0);
		buf_init(&text, 0);
		escape_markdown(&page, buf_str(&one));
		escape_markdown(&page, buf_str(&two));
		buf_addz(&page, "y\n");
		read_back(buf_str(&page), &nodes, &text);
		if (!str_eq(buf_str(&nodes), STR("D p")))
			print_error("texts <%s> <%s>\n", one.p, two.p);
		assert_string_equal(nodes.p, "D p");
		buf_release(&text);
		buf_release(&nodes);
		buf_release(&page);
	}
	buf_release(&two);
	buf_release(&one);
}

/* Long runs of one character, and long lines, take linear time. */
static void test_long_runs(void **state)
{
	(void)state;
	for (const char *c = "#&<*_~\\[ -1^\n"; *c; c++) {
		struct buf out, s;
		buf_init(&out, 0);
		buf_init(&s, 0);
		buf_fill(&s, *c, 1 << 20);
		escape_markdown(&out, buf_str(&s));
		assert_true(out.n <= 2 << 20);
		buf_clear(&out);
		for (size_t i = 0; i < 1 << 16; i++)
			escape_markdown(&out, str_slice(buf_str(&s), i, i + 1));
		buf_release(&s);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_plain_text_is_unchanged),
	    cmocka_unit_test(test_escapes),
	    cmocka_unit_test(test_html),
	    cmocka_unit_test(test_text_stays_text),
	    cmocka_unit_test(test_two_texts),
	    cmocka_unit_test(test_long_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
