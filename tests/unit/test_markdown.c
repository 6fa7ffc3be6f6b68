/* The blocks of a body: what each is, its first line, and where it ends. */
#include "note/markdown.h"
#include "reading.h"

/* `h2 {Log}`, `i1 {text}`, `p {text}`, `.p {text}` in an item; with @: all its bytes. */
static void say(struct buf *b, struct str image, const struct block *block, bool whole)
{
	static const char *const kinds[] = {"h", "i", "p"};
	fact(b, "");
	buf_addz(b, block->kind == BLOCK_PARAGRAPH && block->nested ? "." : "");
	buf_addz(b, kinds[block->kind]);
	if (block->kind != BLOCK_PARAGRAPH)
		buf_printf(b, "%d", block->level);
	buf_addz(b, " {");
	buf_add(b, whole ? str_slice(image, block->start, block->end)
			 : span_str(image, block->content));
	buf_addz(b, "}");
}

struct markdown_case {
	const char *text, *blocks;
};

static void check(const struct markdown_case *cases, size_t count, bool whole)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct arena arena, scratch;
		struct buf got;
		struct str image = str_of(cases[i].text);
		arena_init(&arena);
		arena_init(&scratch);
		buf_init(&got, 0);
		struct blocks blocks = markdown_read(image, 0, &arena, &scratch);
		for (size_t n = 0; n < blocks.count; n++)
			say(&got, image, &blocks.items[n], whole);
		bad += differs(&got, cases[i].blocks, cases[i].text);
		buf_release(&got);
		arena_release(&arena);
		arena_release(&scratch);
	}
	assert_int_equal(bad, 0);
}

static void kinds(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"", ""},
	    {"\n\n", ""},
	    {"text\nmore\n", "p {text}"},
	    {"# A\n## B ##\n###### C\n", "h1 {A}; h2 {B}; h6 {C}"},
	    {"####### no\n", "p {####### no}"},
	    {"#no\n", "p {#no}"},
	    {"# A #b\n", "h1 {A #b}"},
	    {"#\n", "h1 {}"},
	    {"A\n===\nB\n---\n", "h1 {A}; h2 {B}"},
	    {"  # A\n", "h1 {A}"},
	    {"- a\n* b\n+ c\n", "i1 {a}; .p {a}; i1 {b}; .p {b}; i1 {c}; .p {c}"},
	    {"1. a\n2) b\n", "i1 {a}; .p {a}; i1 {b}; .p {b}"},
	    {"-\ta\n", "i1 {a}; .p {a}"},
	    {"-a\n", "p {-a}"},
	    {"- a\n  - b\n    - c\n", "i1 {a}; .p {a}; i2 {b}; .p {b}; i3 {c}; .p {c}"},
	    {"- a\n\n  b\n", "i1 {a}; .p {a}; .p {b}"},
	    {"-\n- b\n", "i1 {}; i1 {b}; .p {b}"},
	    {"- [ ] a\n", "i1 {[ ] a}; .p {[ ] a}"},
	    {"- [x] a\n\n[x]: y\n", "i1 {[x] a}; .p {[x] a}"},
	    {"- a\n  # b\n", "i1 {a}; .p {a}"},
	    {"- a\r\n- b\r\n", "i1 {a}; .p {a}; i1 {b}; .p {b}"},
	    {"text\n2026. was\n", "p {text}"},
	    {"2026. was\n", "i1 {was}; .p {was}"},
	    /* Code, quotes and HTML are left out. */
	    {"```\n- a\n```\n- b\n", "i1 {b}; .p {b}"},
	    {"~~~\n# a\n", ""},
	    {"    - a\n", ""},
	    {"> - a\n> # b\n", ""},
	    {"<div>\n- a\n</div>\n\n- b\n", "i1 {b}; .p {b}"},
	    {"<!--\n- a\n-->\n- b\n", "i1 {b}; .p {b}"},
	    {"<details>\n\n- a\n\n</details>\n", "i1 {a}; .p {a}"},
	    {"- > a\n", "i1 {}"},
	    {"- ```\n  - a\n  ```\n", "i1 {}"},
	    {"[a]: b\n\n- [[a]]\n", "i1 {[[a]]}; .p {[[a]]}"},
	    {"***\n- a\n", "i1 {a}; .p {a}"},
	};
	check(cases, ARRAY_LEN(cases), false);
}

static void ends(void **state)
{
	(void)state;
	static const struct markdown_case cases[] = {
	    {"- a\n  more\n\n- b\n\n\ntext\n",
	     "i1 {- a\n  more\n}; .p {a\n  more\n}; i1 {- b\n}; .p {b\n}; p {text\n}"},
	    {"- a\n  - b\n\n    c\n- d\n", "i1 {- a\n  - b\n\n    c\n}; .p {a\n}; "
					   "i2 {- b\n\n    c\n}; .p {b\n}; .p {c\n}; i1 {- d\n}; "
					   ".p {d\n}"},
	    {"- a\n\n# B\ntext\n", "i1 {- a\n}; .p {a\n}; h1 {# B\ntext\n}; p {text\n}"},
	    {"# A\n\n## B\n\nb\n\n# C\n", "h1 {# A\n\n## B\n\nb\n}; h2 {## B\n\nb\n}; p {b\n}; "
					  "h1 {# C\n}"},
	    {"A\n===\ntext\n", "h1 {A\n===\ntext\n}; p {text\n}"},
	    {"- a\n  ```\n  x\n  ```\n- b\n",
	     "i1 {- a\n  ```\n  x\n  ```\n}; .p {a\n}; i1 {- b\n}; .p {b\n}"},
	    {"- a", "i1 {- a}; .p {a}"},
	    {"- a\nlazy\n", "i1 {- a\nlazy\n}; .p {a\nlazy\n}"},
	    {"- a\r\n\r\n- b\r\n", "i1 {- a\r\n}; .p {a\r\n}; i1 {- b\r\n}; .p {b\r\n}"},
	};
	check(cases, ARRAY_LEN(cases), true);
}

/* Offsets are the file's, and what stands before the body is not looked at. */
static void the_body_of_a_file(void **state)
{
	struct arena arena, scratch;
	struct str image = STR("---\n- no\n---\n- a\n");
	(void)state;
	arena_init(&arena);
	arena_init(&scratch);
	struct blocks blocks = markdown_read(image, 13, &arena, &scratch);
	assert_int_equal(blocks.count, 2);
	assert_int_equal(blocks.items[0].start, 13);
	assert_int_equal(blocks.items[0].content.from, 15);
	assert_int_equal(blocks.items[0].end, image.n);
	arena_release(&arena);
	arena_release(&scratch);
}

/* A long run of one piece, after which an item must still be found. */
static void hostile(void **state)
{
	(void)state;
	static const char *const pieces[] = {"![[]()", "[",   "*a ",   "`",  "<!-- ", "> ", "- ",
					     "**",     "a](", "&amp;", "\\", "![",    "<a "};
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		struct arena arena, scratch;
		struct buf text;
		buf_init(&text, 0);
		arena_init(&arena);
		arena_init(&scratch);
		for (int n = 0; n < 20000; n++)
			buf_addz(&text, pieces[i]);
		buf_addz(&text, "\n\n");
		struct blocks blocks = markdown_read(buf_str(&text), 0, &arena, &scratch);
		for (size_t n = 0; n < blocks.count; n++) {
			assert_true(blocks.items[n].end <= text.n);
			assert_true(blocks.items[n].content.to <= blocks.items[n].end);
		}
		buf_release(&text);
		arena_release(&arena);
		arena_release(&scratch);
	}
}

static void as_html(void **state)
{
	static const struct html_case {
		const char *text, *html;
		enum markdown_form form;
		bool files;
	} cases[] = {
	    {"a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n",
	     MARKDOWN_BLOCKS, false},
	    {"# A\n- b\n", "<h1>A</h1>\n<ul>\n<li>b</li>\n</ul>\n", MARKDOWN_BLOCKS, false},
	    {"# no heading", "# no heading", MARKDOWN_LINE, false},
	    {"1. no item", "1. no item", MARKDOWN_LINE, false},
	    {"", "", MARKDOWN_LINE, false},
	    {"a < b & c", "a &lt; b &amp; c", MARKDOWN_LINE, false},
	    {"<b>x</b> <!-- y -->z", "&lt;b&gt;x&lt;/b&gt; z", MARKDOWN_LINE, false},
	    {"<script>\nx\n</script>\n", "<p>&lt;script&gt;\nx\n&lt;/script&gt;\n</p>\n",
	     MARKDOWN_BLOCKS, false},
	    {"<!-- y -->\n\nz", "<p>z</p>\n", MARKDOWN_BLOCKS, false},
	    {"![a *b*](http://x.example/y.png)", "a <em>b</em>", MARKDOWN_LINE, true},
	    {"[![a](b.png)](https://x.example)", "<a href=\"https://x.example\">a</a>",
	     MARKDOWN_LINE, false},
	    {"![[a](https://x.example)](b)", "<a href=\"https://x.example\">a</a>", MARKDOWN_LINE,
	     false},
	    {"[a](javascript:b) [c](JAVASCRIPT:d)", "a c", MARKDOWN_LINE, true},
	    {"[a](java&#10;script:b)", "a", MARKDOWN_LINE, true},
	    {"[a](data:text/html,b) [c](//d) [e](/f) [g](vbscript:h)", "a c e g", MARKDOWN_LINE,
	     true},
	    {"[a](b.md) [c](../d%20e.md)", "a c", MARKDOWN_LINE, false},
	    {"[a](b.md) [c](../d%20e.md)", "<a href=\"b.md\">a</a> <a href=\"../d%20e.md\">c</a>",
	     MARKDOWN_LINE, true},
	    {"<https://x.example/?a&b> <a@x.example>",
	     "<a href=\"https://x.example/?a&amp;b\">https://x.example/?a&amp;b</a> "
	     "<a href=\"mailto:a@x.example\">a@x.example</a>",
	     MARKDOWN_LINE, false},
	    {"[a](<https://x.example/\"onclick=b> \"c\\\"d\")",
	     "<a href=\"https://x.example/%22onclick=b\" title=\"c&quot;d\">a</a>", MARKDOWN_LINE,
	     false},
	};
	size_t bad = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena scratch;
		struct buf got;
		arena_init(&scratch);
		buf_init(&got, 0);
		markdown_add_html(&got, str_of(cases[i].text), cases[i].form, cases[i].files,
				  &scratch);
		bad += differs(&got, cases[i].html, cases[i].text);
		buf_release(&got);
		arena_release(&scratch);
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds),
	    cmocka_unit_test(ends),
	    cmocka_unit_test(the_body_of_a_file),
	    cmocka_unit_test(hostile),
	    cmocka_unit_test(as_html),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
