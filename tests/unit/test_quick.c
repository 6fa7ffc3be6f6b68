/*
 * The libraries are the judge: over every file of the journals here, over
 * pages as the bench makes them, and over thousands of damaged copies of all
 * these, the quick reader must say what they say. And it must be quick where
 * it matters: what it may not hand over, and what it must, stands in tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>

#include "../fuzz/same_note.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fs.h"

#define ROUNDS  12000
#define PAGES   300
#define LARGEST ((size_t)16 * 1024)

/* Copies the text, so that AddressSanitizer sees each byte read past its end. */
static void expect_same(struct str text, const char *what)
{
	char *copy = malloc(text.n ? text.n : 1);
	assert_non_null(copy);
	memcpy(copy, text.p, text.n);
	struct str image = {copy, text.n};
	for (int as_note = 0; as_note < 2; as_note++) {
		struct difference d = same_note(image, as_note);
		if (d.found)
			fail_msg("%s: %s\n%.*s", what, d.text, STR_ARG(image));
	}
	free(copy);
}

static bool is_quick_front(struct str image, struct span at)
{
	struct arena arena;
	struct yaml_node *root;
	arena_init(&arena);
	bool quick = quick_front(&root, image, at, &arena);
	arena_release(&arena);
	return quick;
}

static bool is_quick_body(struct str image, size_t body)
{
	struct arena arena;
	struct blocks blocks;
	arena_init(&arena);
	bool quick = quick_body(&blocks, image, body, &arena);
	arena_release(&arena);
	return quick;
}

static const char *const quick_fronts[] = {
    "name: Ada Lovelace\n",
    "name: Ada\norg:\n",
    "name:   Ada   # so she said  \n\n# a line\n  # another\n",
    "a: b\r\nc:\r\n  - d\r\n  - e # f\r\n\r\n# g\r\nh: i\r\n",
    "name: \"Ada #: [x]\"\n'a key': 'it: is'\n\"b\": ''\n",
    "tags: [a, b c , \"d, e\", 'f', [g], [], {h: i}]  # j\n",
    "link: [[ada-lovelace]]\n",
    "phone: {mobile: +48 601, home: [1, \"2\"], empty: []}\n",
    "birthday: --12-10\nurl: http://a.example/?b=c&d#e\nnote: it's [half] {done}, isn't it\n",
    "tags:\n- a\n- \"b\"\n- [c, d]\nname: Ada\n",
    "tags:\n    - a\n\n    # between\n    - --b\n# after\n\n\n",
    "tags:   # below\n  a: b\n  c:\n  \"d\": [e]\nname: Ada\n",
    "Łukasz: Żółć # 山田\n山: [田, {太: 郎}]\n",
    "a:b: c:d\n1: 2\nurl: -\xc3\xa9\n",
};

static const char *const handed_fronts[] = {
    "",
    "name: Ada",
    "# nothing\n",
    "- a\n",
    "just text\n",
    "  a: b\n",
    "a: |\n  b\n",
    "a: b\n  c\n",
    "a:\n  b\n",
    "a: b: c\n",
    "a: *b\n",
    "a: &b c\n",
    "a: !b c\n",
    "a: \"b\\n\"\n",
    "a: 'b''c'\n",
    "a:\tb\n",
    "a: b\n\tc",
    "a: [b,\n  c]\n",
    "a: [b, ]\n",
    "a: [b: c]\n",
    "a: [b:]\n",
    "a: [b:, c]\n",
    "a: {b: c:}\n",
    "a: {'b''c': d}\n",
    "'b''c': d\n",
    "a: {b}\n",
    "? a\n",
    "a: b\n---\nc: d\n",
    "... a: b\n",
    "%YAML 1.1\n",
    "a: [b]#c\n",
    "a: \"b\"#c\n",
    "a: \x7f\n",
    "a: \xc2\x85\n",
    "a: \xe2\x80\xa8\n",
    "a: \xef\xbb\xbf\n",
    "a: \xff\n",
    "a: b\rc: d\n",
    "a:\n- b\n  c\n",
    "a:\n  - b\n - c\n",
    "a:\n  b: c\n   d: e\n",
    "a:\n- b: c\n",
    "a:\n- - b\n",
    "a:\n-\n- b\n",
    "a: b\n- c\n",
    "a:\n  b: c\n- d\n",
};

static const char *const quick_bodies[] = {
    "",
    "\n  \n",
    "text\nmore\n    and more\n\nnew\n",
    "# One\n## Two ##\n#hashtag\n####### seven\n### \n   # Four\n# One more",
    "- a\n- b\n  c\n\n  d\n- [ ] e\n* f\n+ g\n  - h\n    - i\nlazy\n\nend\n",
    "1. a\n2. b\n   10) c\n\n\n3. d\n",
    "text\n2. no item\n1. an item\n2. the next\n",
    "- - - a\n    b\n",
    "- 2026-01-02 call: `code` and *em*  \r\n  more\r\n\r\n# B\r\n",
    "**bold** -x --y _z_ ~~w~~ ``v``\n-x\n--y\n_z_\n~~w~~\n``v``\n*em*\n",
    "[ ] task\n\n[[link]] text\n\n[a](b)\n",
    "2026. was\n\n1234567890. is not\n",
    "\xff\xfe not UTF-8\n\n- a\0b\n",
};

static const char *const handed_bodies[] = {
    "> a\n",
    "<b>\n",
    "```\na\n```\n",
    "~~~\n",
    "a\n===\n",
    "a\n---\n",
    "---\n",
    "* * *\n",
    "___\n",
    "    code\n",
    "-\n",
    "- \n  a\n",
    "-     code\n",
    "1.\n",
    "- a\n\n      b\n",
    "[a]: b\n",
    "[a\nb]: c\n",
    "[a\\]: b\n",
    "- # a\n",
    "- a\n  # b\n",
    "\ta\n",
    "-\ta\n",
    "a\rb\n",
    "- a\n  ===\n",
    "- a\n  > b\n",
    "\xef\xbb\xbf# a\n",
    "a\n\v\n",
    "- a\n    \f\n",
    "- - -\n",
    "a\n-\n",
};

static void test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(quick_fronts); i++) {
		struct str text = str_of(quick_fronts[i]);
		expect_same(text, "a quick front");
		if (!is_quick_front(text, (struct span){0, text.n}))
			fail_msg("handed over: %s", text.p);
	}
	for (size_t i = 0; i < ARRAY_LEN(handed_fronts); i++) {
		struct str text = str_of(handed_fronts[i]);
		expect_same(text, "a front that is handed over");
		if (is_quick_front(text, (struct span){0, text.n}))
			fail_msg("not handed over: %s", text.p);
	}
	for (size_t i = 0; i < ARRAY_LEN(quick_bodies); i++) {
		struct str text = str_of(quick_bodies[i]);
		expect_same(text, "a quick body");
		if (!is_quick_body(text, 0))
			fail_msg("handed over: %s", text.p);
	}
	for (size_t i = 0; i < ARRAY_LEN(handed_bodies); i++) {
		struct str text = str_of(handed_bodies[i]);
		expect_same(text, "a body that is handed over");
		if (is_quick_body(text, 0))
			fail_msg("not handed over: %s", text.p);
	}
}

/* The texts of a folder's files, at most LARGEST of each. */
struct texts {
	struct arena arena;
	struct str items[1024];
	size_t count;
};

static void take_folder(struct texts *t, const char *folder)
{
	struct fs_list list;
	struct kith_error err = {0};
	struct buf b;
	assert_int_equal(fs_walk(AT_FDCWD, folder, NULL, NULL, &t->arena, &list, NULL, &err), 0);
	buf_init(&b, 0);
	for (size_t i = 0; i < list.count && t->count < ARRAY_LEN(t->items); i++) {
		if (list.items[i].kind != FS_FILE || !str_ends(list.items[i].path, STR(".md")))
			continue;
		assert_int_equal(fs_read(AT_FDCWD, list.items[i].path.p, (size_t)1 << 20, &b, &err),
				 0);
		t->items[t->count++] = arena_str(&t->arena, str_upto(buf_str(&b), LARGEST));
	}
	buf_release(&b);
	fs_list_release(&list);
}

/* How many of the halves of these texts are read without a library. */
static size_t count_quick(const struct texts *t)
{
	size_t quick = 0;
	for (size_t i = 0; i < t->count; i++) {
		struct note note;
		note_split(&note, t->items[i]);
		quick += is_quick_front(t->items[i], note.front);
		quick += is_quick_body(t->items[i], note.body);
	}
	return quick;
}

static void test_journals(void **state)
{
	struct texts *t = *state;
	t->count = 0;
	take_folder(t, "templates/example");
	assert_true(t->count > 30);
	assert_true(count_quick(t) * 10 >= t->count * 2 * 9);
	take_folder(t, "tests/journals");
	assert_true(t->count > 100);
	for (size_t i = 0; i < t->count; i++)
		expect_same(t->items[i], "a file of the journals");
}

/* xorshift: the same numbers in every run. */
struct dice {
	uint64_t state;
};

static size_t below(struct dice *d, size_t n)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return n ? (size_t)((d->state >> 11) % n) : 0;
}

static const char *const keys[] = {
    "name: Zbigniew Kučera\n",
    "aliases: [Zbigniew, \"Z. K.\"]\n",
    "email: zbigniew@wetter.example\n",
    "phone: {mobile: \"+48 601 942420\", work: [1, 2]}\n",
    "org:\n  - Institut für Wetterkunde\n  - Open Data Society   # since May\n",
    "tags:\n- climbing\n- board\n",
    "dates:\n  wedding: 2020-02-12\n  moved: \"03-04\"\n",
    "cadence: every 6 weeks # at least\n",
    "birthday: --10-21\n",
    "introduced_by: \"[[franziska-krause]]\"\n",
    "met: 2020-02-12 at a talk on open data\n",
    "# a comment\n\n",
    "location:\n",
    "url: https://wetter.example/people?id=1#top\n",
};

static const char *const lines[] = {
    "- 2026-10-25 meeting: the old days; birthday wishes, and a long answer #gave\n",
    "- 2026-04-30 10:30 coffee with [[helen-cooper]] and [[amy|Amy]]: a quick hello\n",
    "  - [[amy-morris]] says she is looking for people who know photography.\n",
    "  Would get along with [[andrei]], both love forecasting.\n",
    "- [ ] write down the recipe  (due:: 2026-12-17)\n",
    "- [x] #waiting her comments on the draft  (created:: 2026-10-25)\n",
    "\n",
    "\n## Log\n",
    "### 2026\n\n",
    "Lives with two cats and too many books, *really*.\n",
    "1. first\n2. second\n",
    "* 2023-07-15 lunch: příští rok se stěhují do Plzně\n",
    "# Notes #\n",
};

static struct str make_page(struct buf *b, struct dice *d)
{
	buf_clear(b);
	buf_addz(b, "---\nname: Zbigniew\n");
	for (size_t n = below(d, 14); n > 0; n--)
		buf_addz(b, keys[below(d, ARRAY_LEN(keys))]);
	buf_addz(b, "---\n");
	for (size_t n = below(d, 40); n > 0; n--)
		buf_addz(b, lines[below(d, ARRAY_LEN(lines))]);
	return buf_str(b);
}

static void test_pages(void **state)
{
	struct texts *t = *state;
	struct dice dice = {20260825};
	struct buf b;
	buf_init(&b, 0);
	t->count = 0;
	for (size_t i = 0; i < PAGES; i++) {
		t->items[t->count++] = arena_str(&t->arena, make_page(&b, &dice));
		expect_same(buf_str(&b), "a page");
	}
	assert_int_equal(count_quick(t), 2 * PAGES);
	buf_release(&b);
}

/* A text that is damaged step by step. */
struct draft {
	char p[4 * LARGEST];
	size_t n;
};

static void splice(struct draft *d, size_t at, size_t remove, struct str insert)
{
	if (remove > d->n - at)
		remove = d->n - at;
	if (d->n - remove + insert.n > sizeof(d->p))
		return;
	memmove(d->p + at + insert.n, d->p + at + remove, d->n - at - remove);
	if (insert.n)
		memcpy(d->p + at, insert.p, insert.n);
	d->n = d->n - remove + insert.n;
}

static const char *const pieces[] = {
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "# ",
    "## ",
    "> ",
    "```\n",
    "~~~",
    "---",
    "===",
    "***",
    "- - -",
    "    ",
    "  ",
    " ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "[",
    "]",
    "[[",
    "]]",
    "[a]: ",
    "{",
    "}",
    "{a: b}",
    "[a]",
    ": ",
    ":",
    " #",
    "#",
    "'",
    "\"",
    "''",
    "\\",
    "|",
    "?",
    "? ",
    "-",
    "&",
    "!",
    "%",
    "@",
    "`",
    "<",
    ",",
    ", ",
    "\v",
    "\f",
    "\x7f",
    "\x01",
    "\xff",
    "é",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "_",
    "...",
    "a: b\n",
    "- a\n",
    "a:\n",
    "  - a\n",
    "  a: b\n",
    "\xef\xbb\xbf",
    "-\n",
    "1.\n",
    "![",
};

static size_t some_line(const struct draft *d, struct dice *dice)
{
	size_t at = below(dice, d->n + 1);
	while (at > 0 && d->p[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_length(const struct draft *d, size_t at)
{
	struct str rest = {d->p + at, d->n - at};
	size_t lf = str_find_char(rest, '\n');
	return lf < rest.n ? lf + 1 : lf;
}

static void damage(struct draft *d, struct dice *dice)
{
	size_t line = some_line(d, dice), length = line_length(d, line), at = below(dice, d->n + 1);
	struct str piece = str_of(pieces[below(dice, ARRAY_LEN(pieces))]);
	char copy[256];
	switch (below(dice, 9)) {
	case 0:
		splice(d, line, length, STR(""));
		return;
	case 1:
		if (length <= sizeof(copy)) {
			memcpy(copy, d->p + line, length);
			splice(d, some_line(d, dice), 0, (struct str){copy, length});
		}
		return;
	case 2:
		splice(d, line, 0, piece);
		return;
	case 3:
		splice(d, line, 0, str_upto(STR("      "), below(dice, 6) + 1));
		return;
	case 4:
		splice(d, line, below(dice, 5), STR(""));
		return;
	case 5:
		splice(d, at, below(dice, 3), STR(""));
		return;
	case 6:
		splice(d, at, 1, piece);
		return;
	case 7:
		splice(d, line + length - (length > 0), 0, piece);
		return;
	default:
		splice(d, at, 0, piece);
	}
}

static void use_crlf(struct draft *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->p[i] == '\n')
			splice(d, i++, 0, STR("\r"));
}

static void test_damaged(void **state)
{
	struct texts *t = *state;
	struct dice dice = {31415926535};
	struct draft *draft = malloc(sizeof(*draft));
	struct buf b;
	assert_non_null(draft);
	buf_init(&b, 0);
	t->count = 0;
	take_folder(t, "templates/example");
	take_folder(t, "tests/journals");
	for (size_t i = 0; i < ROUNDS; i++) {
		bool made = below(&dice, 2) == 0;
		struct str text = made ? make_page(&b, &dice) : t->items[below(&dice, t->count)];
		text = str_upto(text, 3000);
		memcpy(draft->p, text.p, text.n);
		draft->n = text.n;
		for (size_t n = below(&dice, 4) + 1; n > 0; n--)
			damage(draft, &dice);
		if (below(&dice, 10) == 0)
			use_crlf(draft);
		if (below(&dice, 20) == 0)
			draft->n = below(&dice, draft->n + 1);
		expect_same((struct str){draft->p, draft->n}, "a damaged file");
	}
	buf_release(&b);
	free(draft);
}

/* A half that is handed over leaves nothing behind, and its size is no matter. */
static void test_arena(void **state)
{
	(void)state;
	struct arena arena;
	struct yaml_node *root;
	struct blocks blocks;
	struct str front = STR("a: b\nc: [d, e]\nf: |\n  g\n"), body = STR("- a\n- b\n\n> c\n");
	arena_init(&arena);
	(void)arena_alloc(&arena, 100);
	const char *at = arena.at;
	assert_false(quick_front(&root, front, (struct span){0, front.n}, &arena));
	assert_false(quick_body(&blocks, body, 0, &arena));
	assert_ptr_equal(arena.at, at);
	arena_release(&arena);
}

static void test_long(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 0);
	buf_addz(&b, "---\n");
	for (int i = 0; i < 3000; i++)
		buf_addz(&b, "k:\n- a\n- [b,c,d,e,f,g,h,i,j,k,l,m]\n");
	buf_addz(&b, "---\n");
	for (int i = 0; i < 3000; i++)
		buf_addz(&b, "- - - a\n# b\n");
	expect_same(buf_str(&b), "many nodes and blocks");
	buf_clear(&b);
	for (int i = 0; i < 40; i++)
		buf_addz(&b, "- ");
	buf_addz(&b, "deep\n");
	expect_same(buf_str(&b), "deep lists");
	buf_clear(&b);
	for (int i = 0; i < 1030; i++)
		buf_addz(&b, "k");
	buf_addz(&b, ": v\nshort: v\n");
	expect_same(buf_str(&b), "a long key");
	/* Where libyaml still looks for a key, 1,024 characters are its limit; nowhere else. */
	static const char *const around[][2] = {
	    {"a: ", "\n"},      {"a: \"", "\"\n"},   {"a: [[", "], b]\n"},    {"a: {b: ", "}\n"},
	    {"a:\n- ", "\n"},   {"a:\n- '", "'\n"},  {"a:\n  - [b, ", "]\n"}, {"a: [", ", b]\n"},
	    {"a: {", ": b}\n"}, {"a:\n  ", ": b\n"}, {"a: b # ", "\n"},       {"\"", "\": b\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(around); i++)
		for (size_t n = 990; n < 1100; n += n < 1030 ? 1 : 50) {
			buf_clear(&b);
			buf_addz(&b, around[i][0]);
			for (size_t j = 0; j < n; j++)
				buf_addc(&b, 'k');
			buf_addz(&b, around[i][1]);
			buf_addz(&b, "c: d\n");
			expect_same(buf_str(&b), "a long text");
		}
	/* The libraries' reader masks `![` where there are many, which makes a definition of this.
	 */
	buf_clear(&b);
	buf_addz(&b, "[a![b]: c\n\n");
	for (int i = 0; i < 2100; i++)
		buf_addz(&b, "![");
	expect_same(buf_str(&b), "many images");
	buf_release(&b);
}

static int set_up(void **state)
{
	struct texts *t = calloc(1, sizeof(*t));
	assert_non_null(t);
	arena_init(&t->arena);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct texts *t = *state;
	arena_release(&t->arena);
	free(t);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test_setup_teardown(test_journals, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_pages, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_damaged, set_up, tear_down),
	    cmocka_unit_test(test_arena),
	    cmocka_unit_test(test_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
