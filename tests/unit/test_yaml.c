/* The tree of a front matter: what each text is, where it stands, and how it is written. */
#include "note/yaml.h"
#include "reading.h"

/* `{a: [b, "c"]}` in one spelling, whatever the source's. */
static void write_node(struct buf *b, const struct yaml_node *node)
{
	static const char open[] = "[{", close[] = "]}";
	if (node->kind == YAML_SCALAR) {
		bool plain = node->style == YAML_PLAIN;
		buf_addz(b, plain ? "" : "\"");
		buf_add(b, node->value);
		buf_addz(b, plain ? "" : "\"");
		return;
	}
	size_t which = node->kind == YAML_MAP, i = 0;
	buf_addc(b, open[which]);
	for (const struct yaml_node *n = node->first; n; n = n->next, i++) {
		bool value = node->kind == YAML_MAP && i % 2 == 1;
		buf_addz(b, value ? ": " : i ? ", " : "");
		write_node(b, n);
	}
	buf_addc(b, close[which]);
	assert_int_equal(node->count, node->kind == YAML_MAP ? i / 2 : i);
}

struct tree {
	struct arena arena;
	struct diag diag;
	struct str image;
	struct yaml_node *root;
};

static void tree_init(struct tree *t, struct str text)
{
	struct reporter reporter;
	arena_init(&t->arena);
	diag_init(&t->diag, &t->arena);
	t->image = arena_str(&t->arena, text);
	reporter_init(&reporter, t->image, STR("p.md"), &t->diag);
	t->root = yaml_read(t->image, (struct span){0, text.n}, &t->arena, &reporter);
}

static void tree_release(struct tree *t)
{
	diag_release(&t->diag);
	arena_release(&t->arena);
}

struct yaml_case {
	const char *text, *tree, *findings;
};

static void check(const struct yaml_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct tree t;
		struct buf got;
		buf_init(&got, 0);
		tree_init(&t, str_of(cases[i].text));
		if (t.root)
			write_node(&got, t.root);
		bad += differs(&got, cases[i].tree, cases[i].text);
		buf_clear(&got);
		facts_findings(&got, &t.diag);
		bad += differs(&got, cases[i].findings, cases[i].text);
		buf_release(&got);
		tree_release(&t);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases))

static void trees(void **state)
{
	(void)state;
	static const struct yaml_case cases[] = {
	    {"", "", ""},
	    {"# comment\n", "", ""},
	    {"a: b\n", "{a: b}", ""},
	    {"a: b", "{a: b}", ""},
	    {"a: b\r\nc: d\r\n", "{a: b, c: d}", ""},
	    {"a:\n", "{a: }", ""},
	    {"a:\nb: c\n", "{a: , b: c}", ""},
	    {"a: [b, 'c', \"d\"]\n", "{a: [b, \"c\", \"d\"]}", ""},
	    {"a: {b: c, d: [e]}\n", "{a: {b: c, d: [e]}}", ""},
	    {"a:\n- b\n- c\n", "{a: [b, c]}", ""},
	    {"a:\n  - b: c\n    d: e\n", "{a: [{b: c, d: e}]}", ""},
	    {"a: |\n  b\n  c\n", "{a: \"b\nc\n\"}", ""},
	    {"a: >-\n  b\n  c\n", "{a: \"b c\"}", ""},
	    {"a: b  # c\n", "{a: b}", ""},
	    {"a: 'it''s'\n", "{a: \"it's\"}", ""},
	    {"a: \"\\u0141\\n\"\n", "{a: \"Ł\n\"}", ""},
	    {"a: b\n  c\n", "{a: b c}", ""},
	    {"Ł: ż\n山: 田\n", "{Ł: ż, 山: 田}", ""},
	    {"? a\n: b\n", "{a: b}", ""},
	    {"a: [[b]]\n", "{a: [[b]]}", ""},
	    /* Nothing is resolved: it is all text. */
	    {"a: no\nb: on\nc: yes\nd: 08\ne: 0x1F\nf: 1e3\ng: 2026-11-30\nh: ~\ni: null\n",
	     "{a: no, b: on, c: yes, d: 08, e: 0x1F, f: 1e3, g: 2026-11-30, h: ~, i: null}", ""},
	    {"- a\n- b\n", "[a, b]", ""},
	    {"a\n", "a", ""},
	};
	CHECK(cases);
}

static void faults(void **state)
{
	(void)state;
	static const struct yaml_case cases[] = {
	    {"a: &x b\nc: d\n", "{a: b, c: d}", "1:4 error"},
	    {"a: *x\nc: d\n", "{a: , c: d}", "1:4 error"},
	    {"*x : b\nc: d\n", "{: b, c: d}", "1:1 error"},
	    {"a: !!str b\n", "{a: b}", "1:4 error"},
	    {"a: &x [b]\n", "{a: [b]}", "1:4 error"},
	    {"a: &x {b: c}\n", "{a: {b: c}}", "1:4 error"},
	    {"a: b\n---\nc: d\n", "{a: b}", "2:1 error"},
	    {"a: b\nc: [d\n", "{a: b, c: [d]}", "3:1 error"},
	    {"a: b\nc: 'd\n", "{a: b}", "3:1 error"},
	    {"a: b\nc: d: e\n", "{a: b, c: d}", "2:5 error"},
	    {"a: b\nc:\n\t- d\n", "{a: b}", "3:1 error"},
	    {"a: b\n c: d\n", "{a: b c}", "2:3 error"},
	    {"a: b\nc: @d\n", "{a: b}", "2:4 error"},
	    {"a: b\nc: `d`\n", "{a: b}", "2:4 error"},
	    /* The line of a byte that YAML does not allow, and all after it, are left out. */
	    {"a: b\nc: d\x01\ne: f\n", "{a: b}", "2:5 error"},
	    {"a: b\nc: d\x7F\n", "{a: b}", "2:5 error"},
	    {"a: b\nc: \xFF\n", "{a: b}", "2:4 error"},
	    {"a: b\nc: \xC3\n", "{a: b}", "2:4 error"},
	    {"a: b\nc: \xED\xA0\x80\n", "{a: b}", "2:4 error"},
	    {"a: b\nc: \xEF\xBF\xBE\n", "{a: b}", "2:4 error"},
	    {"a: b\xC2\x80\n", "", "1:5 error"},
	    {"ł: ż\nc: d\x01\n", "{ł: ż}", "2:5 error"},
	};
	CHECK(cases);
}

static void depth(void **state)
{
	(void)state;
	static const size_t depths[] = {1, 63, 64, 65, 1000, 50000};
	for (size_t i = 0; i < ARRAY_LEN(depths); i++) {
		struct tree t;
		struct buf text;
		buf_init(&text, 0);
		buf_fill(&text, '[', depths[i]);
		buf_fill(&text, ']', depths[i]);
		tree_init(&t, buf_str(&text));
		assert_int_equal(t.diag.count > 0, depths[i] > 64);
		assert_non_null(t.root);
		if (depths[i] > 64)
			assert_true(is_told(&t.diag, "64 deep"));
		buf_release(&text);
		tree_release(&t);
	}
}

/* The bytes of each scalar and flow collection, quotes and brackets included. */
static void spans(void **state)
{
	(void)state;
	static const struct {
		const char *text, *value;
		enum yaml_style style;
	} cases[] = {
	    {"a: b c # d\n", "b c", YAML_PLAIN},        {"a: 'b'\n", "'b'", YAML_SINGLE},
	    {"a: \"b\\n\"\n", "\"b\\n\"", YAML_DOUBLE}, {"ł: 'ż'\n", "'ż'", YAML_SINGLE},
	    {"a: [b, c] # d\n", "[b, c]", YAML_FLOW},   {"a: {b: c}\n", "{b: c}", YAML_FLOW},
	    {"a: b\n  c\n", "b\n  c", YAML_PLAIN},      {"a:\n", "", YAML_PLAIN},
	    {"😀: 😀 b\r\n", "😀 b", YAML_PLAIN},          {"a: |\n  b\n", "|\n  b\n", YAML_LITERAL},
	    {"a: >\n  b\n", ">\n  b\n", YAML_FOLDED},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tree t;
		tree_init(&t, str_of(cases[i].text));
		const struct yaml_node *value = t.root->first->next;
		assert_int_equal(value->style, cases[i].style);
		if (!str_eq(span_str(t.image, value->span), str_of(cases[i].value)))
			print_error("%s", cases[i].text);
		assert_true(str_eq(span_str(t.image, value->span), str_of(cases[i].value)));
		tree_release(&t);
	}
	struct tree t;
	tree_init(&t, STR("ł: ż\nb:\n- c\n"));
	assert_int_equal(t.root->style, YAML_BLOCK);
	const struct yaml_node *b = t.root->first->next->next;
	assert_true(str_eq(span_str(t.image, b->span), STR("b")));
	assert_true(str_eq(span_str(t.image, b->next->first->span), STR("c")));
	/* What stands there as it is, is not copied. */
	assert_ptr_equal(b->value.p, t.image.p + b->span.from);
	tree_release(&t);
}

/* Inside a file the places are the file's. */
static void a_part_of_a_file(void **state)
{
	static const char text[] = "ż\na: b\nc: &x d\nrest";
	struct arena arena;
	struct diag diag;
	struct reporter reporter;
	(void)state;
	arena_init(&arena);
	diag_init(&diag, &arena);
	reporter_init(&reporter, str_of(text), STR("p.md"), &diag);
	struct yaml_node *root = yaml_read(str_of(text), (struct span){3, 15}, &arena, &reporter);
	assert_int_equal(root->count, 2);
	assert_int_equal(root->first->span.from, 3);
	assert_int_equal(diag.count, 1);
	assert_int_equal(diag.items[0].line, 3);
	assert_int_equal(diag.items[0].column, 4);
	diag_release(&diag);
	arena_release(&arena);
}

static void null(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool null;
	} cases[] = {
	    {"a:\n", true},         {"a: ~\n", true},      {"a: null\n", true},
	    {"a: Null\n", true},    {"a: NULL\n", true},   {"a: ''\n", false},
	    {"a: 'null'\n", false}, {"a: \"~\"\n", false}, {"a: []\n", false},
	    {"a: none\n", false},   {"a: nullx\n", false}, {"a: |\n", false},
	};
	assert_true(yaml_is_null(NULL));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tree t;
		tree_init(&t, str_of(cases[i].text));
		assert_int_equal(yaml_is_null(t.root->first->next), cases[i].null);
		tree_release(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(trees), cmocka_unit_test(faults),           cmocka_unit_test(depth),
	    cmocka_unit_test(spans), cmocka_unit_test(a_part_of_a_file), cmocka_unit_test(null),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
