/*
 * Edits of front matter: what each verb makes of each style, to the byte; what
 * is refused; and a campaign over generated files, in which the bytes outside
 * the edited lines must be the same, and what is read the edit's difference.
 */
#include "note/edit.h"
#include "note/scalar.h"
#include "note/splice.h"
#include "reading.h"

#define MOST_VALUES 4

/* `a;b` are two values, `label=>text` is a pair. Of a link to rename, `old -> new`. */
static size_t split_values(struct edit_value *out, const char *text)
{
	size_t count = 0;
	for (struct str rest = str_of(text); rest.p && count < MOST_VALUES;) {
		size_t bar = str_find_char(rest, ';');
		struct str one = str_upto(rest, bar), arrow = STR("=>");
		size_t at = str_find(one, arrow);
		struct edit_value value = {STR_NONE, one};
		if (at < one.n)
			value = (struct edit_value){str_upto(one, at), str_from(one, at + 2)};
		out[count++] = value;
		if (bar == rest.n)
			break;
		rest = str_from(rest, bar + 1);
	}
	return count;
}

enum { AS_LIST = 16, AS_BLOCK = 32, UNDER = 64 };

struct edit_case {
	int verb; /* with AS_LIST, AS_BLOCK, UNDER */
	const char *key, *values;
	const char *before, *after; /* after: begins with `!` for a refusal that says so */
};

static size_t check_one(const struct edit_case *c)
{
	struct edit_value values[MOST_VALUES];
	struct kith_error err = {.status = KITH_OK};
	struct buf out, got;
	struct edit_front edit = {.verb = (enum edit_verb)(c->verb & 15),
				  .key = str_of(c->key),
				  .values = values,
				  .count = c->values ? split_values(values, c->values) : 0,
				  .list = c->verb & AS_LIST,
				  .under = c->verb & UNDER,
				  .block = c->verb & AS_BLOCK};
	buf_init(&out, 0);
	buf_init(&got, 0);
	buf_addz(&out, "before");
	int failed = edit_front(&out, str_of(c->before), &edit, &err);
	size_t bad = 0;
	if (failed && err.line)
		kith_fail_context(&err, "line %d", err.line);
	if (failed && c->after[0] == '!') {
		bad = str_find(str_of(err.message), str_of(c->after + 1)) == strlen(err.message) ||
		      !str_eq(buf_str(&out), STR("before")) || err.status == KITH_OK;
		if (bad)
			print_error("%s\n--- %s\n", c->before, err.message);
	} else {
		buf_add(&got, failed ? str_of(err.message) : str_from(buf_str(&out), 6));
		bad = differs(&got, c->after, c->before);
	}
	buf_release(&out);
	buf_release(&got);
	return bad;
}

static void check(const struct edit_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++)
		bad += check_one(&cases[i]);
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases))
#define F(text)      "---\n" text "---\n"

static void sets(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_SET, "org", "New", F("org: Old\n"), F("org: New\n")},
	    {EDIT_SET, "org", "New", F("org: Old # since May\nb: 1\n"),
	     F("org: New # since May\nb: 1\n")},
	    {EDIT_SET, "org", "New: x", F("org: Old\n"), F("org: \"New: x\"\n")},
	    {EDIT_SET, "org", "New", F("org: 'Old'\n"), F("org: 'New'\n")},
	    {EDIT_SET, "org", "It's", F("org: 'Old'\n"), F("org: 'It''s'\n")},
	    {EDIT_SET, "org", "a\nb", F("org: 'Old'\n"), F("org: \"a\\nb\"\n")},
	    {EDIT_SET, "org", "New", F("org: \"Old\" # x\n"), F("org: \"New\" # x\n")},
	    {EDIT_SET, "org", "New", F("org:\n"), F("org: New\n")},
	    {EDIT_SET, "org", "New", F("org: # none yet\nb: 1\n"),
	     F("org: New # none yet\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: ~\n"), F("org: New\n")},
	    {EDIT_SET, "org", "New", F("org:   \n\n\nb: 1\n"), F("org: New   \n\n\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: Old\n  and more\n  words\nb: 1\n"),
	     F("org: New\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: |\n  Old\n  lines\n\n# c\nb: 1\n"),
	     F("org: New\n\n# c\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: >- # why\n  Old\nb: 1\n"),
	     F("org: New # why\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: |+\n  Old\n\n\nb: 1\n"), F("org: New\nb: 1\n")},
	    {EDIT_SET, "org", "New", F("org: |\nb: 1\n"), F("org: New\nb: 1\n")},
	    {EDIT_SET, "org", "", F("org: Old\n"), F("org: \"\"\n")},
	    {EDIT_SET, "snooze", "2026-12-01", F("snooze: 2026-11-01\n"),
	     F("snooze: 2026-12-01\n")},
	    {EDIT_SET, "tags", "a;b", F("tags: x\n"), F("tags: [a, b]\n")},
	    {EDIT_SET, "tags", "a;b", F("tags: [x, y, z] # c\n"), F("tags: [a, b] # c\n")},
	    {EDIT_SET, "tags", "a;b", F("tags: [ x ]\n"), F("tags: [ a, b ]\n")},
	    {EDIT_SET, "tags", "a;b", F("tags: [\"x\"]\n"), F("tags: [\"a\", \"b\"]\n")},
	    {EDIT_SET, "tags", "a;b, c", F("tags:\n"), F("tags: [a, \"b, c\"]\n")},
	    {EDIT_SET, "tags", "a", F("tags: [x]\n"), F("tags: a\n")},
	    {EDIT_SET | AS_LIST, "tags", "a", F("tags: [x]\n"), F("tags: [a]\n")},
	    {EDIT_SET, "tags", "a;b", F("tags:\n  - x\n  - y\nb: 1\n"),
	     F("tags:\n  - a\n  - b\nb: 1\n")},
	    {EDIT_SET, "tags", "a;b", F("tags: # mine\n# c\n-   x # d\n-   y\n# e\nb: 1\n"),
	     F("tags: # mine\n# c\n-   a\n-   b\n# e\nb: 1\n")},
	    {EDIT_SET, "tags", "a", F("tags: # mine\n  - x\n  - y\nb: 1\n"),
	     F("tags: a # mine\nb: 1\n")},
	    {EDIT_SET, "tags", "a;b", F("tags:\n  - {x: y}\n  - - z\nb: 1\n"),
	     F("tags:\n  - a\n  - b\nb: 1\n")},
	    {EDIT_SET, "phone", "home=>1", F("phone:\n  mobile: 2\n  work: 3\nb: 1\n"),
	     F("phone:\n  home: 1\nb: 1\n")},
	    {EDIT_SET, "phone", "home=>1;work=>+2", F("phone: 2\n"),
	     F("phone: {home: 1, work: \"+2\"}\n")},
	    {EDIT_SET, "phone", "1", F("phone:\n  mobile: 2\nb: 1\n"), F("phone: 1\nb: 1\n")},
	    {EDIT_SET, "phone", "1", F("phone: {mobile: 2}\nb: 1\n"), F("phone: 1\nb: 1\n")},
	    {EDIT_SET | UNDER, "phone", "mobile=>1", F("phone: {mobile: '2', work: 3} # x\n"),
	     F("phone: {mobile: '1', work: 3} # x\n")},
	    {EDIT_SET | UNDER, "phone", "mobile=>1",
	     F("phone:\n  work: 3\n  mobile: # x\n    - 2 # y\n    - 4\nb: 1\n"),
	     F("phone:\n  work: 3\n  mobile: 1 # x\nb: 1\n")},
	    {EDIT_SET | UNDER, "phone", "mobile=>1", F("phone:\n  mobile:\n"),
	     F("phone:\n  mobile: 1\n")},
	    {EDIT_SET | AS_BLOCK, "dates", "a=>2026-12-01", F("dates:\nb: 1\n"),
	     F("dates:\n  a: 2026-12-01\nb: 1\n")},
	    {EDIT_SET, "via", "[[x]]", F("via: [[old]]\n"), F("via: \"[[x]]\"\n")},
	    {EDIT_SET, "name", "New", "---\r\nname: Old\r\nb: 1\r\n---\r\nText",
	     "---\r\nname: New\r\nb: 1\r\n---\r\nText"},
	    {EDIT_SET, "name", "New", "\xEF\xBB\xBF---\nname: Old\n...\nText",
	     "\xEF\xBB\xBF---\nname: New\n...\nText"},
	    {EDIT_SET, "name", "New", F("{name: Old, b: 1}\n"), F("{name: New, b: 1}\n")},
	    {EDIT_SET, "name", "New, x", F("{name: , b: 1}\n"), F("{name: \"New, x\", b: 1}\n")},
	    {EDIT_SET, "b", "2", F("{name, b}\n"), F("{name, b: 2}\n")},
	    {EDIT_SET, "name", "New", F("  name: Old\n  b: 1\n"), F("  name: New\n  b: 1\n")},
	    {EDIT_SET, "a b", "2", F("\"a b\" : 1 # x\n"), F("\"a b\" : 2 # x\n")},
	};
	CHECK(cases);
}

static void adds(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_SET, "org", "New", F("name: Ada\n"), F("name: Ada\norg: New\n")},
	    {EDIT_SET, "org", "New", F("name: Ada # x\n\n# the end\n"),
	     F("name: Ada # x\norg: New\n\n# the end\n")},
	    {EDIT_SET, "org", "New", F("tags:\n  - a\n  - b # x\n  # y\n"),
	     F("tags:\n  - a\n  - b # x\norg: New\n  # y\n")},
	    {EDIT_SET, "org", "New", F("bio: |\n  text\n\n\n# c\n"),
	     F("bio: |\n  text\norg: New\n\n\n# c\n")},
	    {EDIT_SET, "org", "New", F("bio: |+\n  text\n\n"), F("bio: |+\n  text\n\norg: New\n")},
	    {EDIT_SET, "org", "New", F("bio:\n"), F("bio:\norg: New\n")},
	    {EDIT_SET, "org", "New", F("a: [x,\n  y]\n"), F("a: [x,\n  y]\norg: New\n")},
	    {EDIT_SET, "org", "New", F("  a: 1\n"), F("  a: 1\n  org: New\n")},
	    {EDIT_SET, "org", "New", F("{a: 1}\n"), F("{a: 1, org: New}\n")},
	    {EDIT_SET, "org", "New", F("{}\n"), F("{org: New}\n")},
	    {EDIT_SET, "org", "New", F("{\n  a: 1 # x\n}\n"), F("{\n  a: 1, # x\n  org: New\n}\n")},
	    {EDIT_SET, "org", "New", F(""), F("org: New\n")},
	    {EDIT_SET, "org", "New", F("# notes\n"), F("# notes\norg: New\n")},
	    {EDIT_SET, "org", "New", "", F("org: New\n")},
	    {EDIT_SET, "org", "New", "Text\n", F("org: New\n") "Text\n"},
	    {EDIT_SET, "org", "New", "\n# Ada\n", F("org: New\n") "\n# Ada\n"},
	    {EDIT_SET, "org", "New", "\xEF\xBB\xBFText\r\nmore",
	     "\xEF\xBB\xBF---\r\norg: New\r\n---\r\nText\r\nmore"},
	    {EDIT_SET, "org", "New", "---\r\na: 1\r\n# c\r\n---\r\n",
	     "---\r\na: 1\r\norg: New\r\n# c\r\n---\r\n"},
	    {EDIT_APPEND | AS_LIST, "tags", "a;b", F("x: 1\n"), F("x: 1\ntags: [a, b]\n")},
	    {EDIT_APPEND | AS_LIST, "tags", "a", F("x: 1\n"), F("x: 1\ntags: [a]\n")},
	    {EDIT_APPEND, "org", "a", F("x: 1\n"), F("x: 1\norg: a\n")},
	    {EDIT_APPEND, "phone", "home=>1", F("x: 1\n"), F("x: 1\nphone: {home: 1}\n")},
	    {EDIT_APPEND | AS_LIST, "merged", "org=>a", F("x: 1\n"),
	     F("x: 1\nmerged: {org: [a]}\n")},
	    {EDIT_APPEND | AS_LIST, "merged", "org=>a;org=>b;c=>d", F("merged:\n  c: [e]\n"),
	     F("merged:\n  c: [e, d]\n  org: [a, b]\n")},
	    {EDIT_APPEND | AS_BLOCK, "dates", "talk: x=>2026-12-03", F("x: 1\n"),
	     F("x: 1\ndates:\n  \"talk: x\": 2026-12-03\n")},
	    {EDIT_SET, "no", "x", F("x: 1\n"), F("x: 1\n\"no\": x\n")},
	};
	CHECK(cases);
}

static void appends(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_APPEND, "tags", "c", F("tags: [a, b] # x\n"), F("tags: [a, b, c] # x\n")},
	    {EDIT_APPEND, "tags", "c;d", F("tags: [a]\n"), F("tags: [a, c, d]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: []\n"), F("tags: [c]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: [a, b,]\n"), F("tags: [a, b, c,]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: [a, b # x\n  ]\n"), F("tags: [a, b, c # x\n  ]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: [\n  a, # x\n  b # y\n]\n"),
	     F("tags: [\n  a, # x\n  b, # y\n  c\n]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: [\n  a,\n  b, # y\n]\n"),
	     F("tags: [\n  a,\n  b, # y\n  c,\n]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: ['a', 'b']\n"), F("tags: ['a', 'b', 'c']\n")},
	    {EDIT_APPEND, "tags", "c", F("tags:\n  - a # x\n  # y\nb: 1\n"),
	     F("tags:\n  - a # x\n  - c\n  # y\nb: 1\n")},
	    {EDIT_APPEND, "tags", "c", F("tags:\n-   a\n"), F("tags:\n-   a\n-   c\n")},
	    {EDIT_APPEND, "tags", "c", F("tags:\n  - |\n    a\n\nb: 1\n"),
	     F("tags:\n  - |\n    a\n  - c\n\nb: 1\n")},
	    {EDIT_APPEND, "tags", "c", F("tags:\n  -\n    a\nb: 1\n"),
	     F("tags:\n  -\n    a\n  - c\nb: 1\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: a\n"), F("tags: [a, c]\n")},
	    {EDIT_APPEND, "tags", "c", F("tags: 'a, b' # x\n"), F("tags: ['a, b', 'c'] # x\n")},
	    {EDIT_APPEND, "org", "c", F("org: a, b\n"), F("org: [\"a, b\", c]\n")},
	    {EDIT_APPEND, "org", "c", F("org: no\n"), F("org: [no, c]\n")},
	    {EDIT_APPEND, "org", "c", F("org: |\n  a\nb: 1\n"), F("org: [\"a\\n\", c]\nb: 1\n")},
	    {EDIT_APPEND, "org", "c", F("org: # x\n"), F("org: c # x\n")},
	    {EDIT_APPEND, "knows", "[[c]]", F("knows: [[a]]\n"), F("knows: [[[a]], \"[[c]]\"]\n")},
	    {EDIT_APPEND, "knows", "[[c]]", F("knows: \"[[a]]\"\n"),
	     F("knows: [\"[[a]]\", \"[[c]]\"]\n")},
	    {EDIT_APPEND, "phone", "home=>1", F("phone: {work: 2}\n"),
	     F("phone: {work: 2, home: 1}\n")},
	    {EDIT_APPEND, "phone", "home=>1", F("phone: {}\n"), F("phone: {home: 1}\n")},
	    {EDIT_APPEND, "phone", "work=>1", F("phone: {work: 2}\n"),
	     F("phone: {work: [2, 1]}\n")},
	    {EDIT_APPEND, "phone", "work=>1", F("phone:\n  work:\n    - 2\n  home: 3\n"),
	     F("phone:\n  work:\n    - 2\n    - 1\n  home: 3\n")},
	    {EDIT_APPEND, "phone", "car=>1", F("phone:\n    work: 2 # x\n    home: 3\n# y\nb: 1\n"),
	     F("phone:\n    work: 2 # x\n    home: 3\n    car: 1\n# y\nb: 1\n")},
	    {EDIT_APPEND, "phone", "work=>1", F("phone:\n  work: # x\n"),
	     F("phone:\n  work: 1 # x\n")},
	    {EDIT_APPEND, "phone", "1", F("phone: {work: 2}\n"),
	     "!line 2: \"phone\" holds values with labels"},
	    {EDIT_APPEND, "phone", "a=>1", F("phone: 2\n"),
	     "!line 2: \"phone\" holds values without labels"},
	};
	CHECK(cases);
}

static void takes(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_TAKE, "tags", "a", F("tags: [a, b, c] # x\n"), F("tags: [b, c] # x\n")},
	    {EDIT_TAKE, "tags", "b", F("tags: [a, b, c]\n"), F("tags: [a, c]\n")},
	    {EDIT_TAKE, "tags", "c", F("tags: [a, b, c]\n"), F("tags: [a, b]\n")},
	    {EDIT_TAKE, "tags", "c", F("tags: [a, b, c,]\n"), F("tags: [a, b,]\n")},
	    {EDIT_TAKE, "tags", "a;c", F("tags: [a, b, c]\n"), F("tags: [b]\n")},
	    {EDIT_TAKE, "tags", "a;b", F("x: 1\ntags: [a, b]\ny: 2\n"), F("x: 1\ny: 2\n")},
	    {EDIT_TAKE, "tags", "b", F("tags: [\n  a, # x\n  b, # y\n  c # z\n]\n"),
	     F("tags: [\n  a, # x\n  c # z\n]\n")},
	    {EDIT_TAKE, "tags", "c", F("tags: [\n  a, # x\n  c # z\n]\n"),
	     F("tags: [\n  a, # x\n]\n")},
	    {EDIT_TAKE, "tags", "c", F("tags: [a, # x\n  c]\n"), F("tags: [a, # x\n  ]\n")},
	    {EDIT_TAKE, "tags", "b", F("tags:\n  - a # x\n  # about b\n  - b # y\n  - c\n"),
	     F("tags:\n  - a # x\n  # about b\n  - c\n")},
	    {EDIT_TAKE, "tags", "a", F("tags:\n- a\n-   b\n"), F("tags:\n-   b\n")},
	    {EDIT_TAKE, "tags", "c", F("tags:\n- a\n-\n  c\nx: 1\n"), F("tags:\n- a\nx: 1\n")},
	    {EDIT_TAKE, "tags", "a", F("x: 1\ntags: # t\n  - a # x\n# y\nz: 1\n"),
	     F("x: 1\n# y\nz: 1\n")},
	    {EDIT_TAKE, "tags", "a", F("x: 1\ntags: a\n"), F("x: 1\n")},
	    {EDIT_TAKE, "tags", "a", F("tags: a\n"), F("")},
	    {EDIT_TAKE, "knows", "[[b]]", F("knows: [[[a]], [[b]], \"[[c]]\"]\n"),
	     F("knows: [[[a]], \"[[c]]\"]\n")},
	    {EDIT_TAKE, "knows", "[[a]]", F("x: 1\nknows: [[a]]\n"), F("x: 1\n")},
	    {EDIT_TAKE, "phone", "2", F("phone: {work: 1, home: 2}\n"), F("phone: {work: 1}\n")},
	    {EDIT_TAKE, "phone", "work", F("phone: {work: 1, home: 2}\n"), F("phone: {home: 2}\n")},
	    {EDIT_TAKE, "phone", "home=>2", F("phone: {work: 2, home: 2}\n"),
	     F("phone: {work: 2}\n")},
	    {EDIT_TAKE, "phone", "2", F("phone:\n  work: [1, 2]\n  home: 3\n"),
	     F("phone:\n  work: [1]\n  home: 3\n")},
	    {EDIT_TAKE, "phone", "2", F("phone:\n  work: [2]\n  home: 3\n"),
	     F("phone:\n  home: 3\n")},
	    {EDIT_TAKE, "phone", "3", F("phone:\n  work: 2 # x\n  home: 3\n# y\n"),
	     F("phone:\n  work: 2 # x\n# y\n")},
	    {EDIT_TAKE, "tags", "d", F("tags: [a, b]\n"), "!there is no \"d\" in \"tags\""},
	    {EDIT_TAKE, "tags", "d", F("x: 1\n"), "!there is no key \"tags\""},
	    {EDIT_TAKE, "phone", "a=>1", F("phone: [1]\n"), "!there is no \"1\""},
	};
	CHECK(cases);
}

static void removes(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_REMOVE, "b", NULL, F("a: 1\nb: 2 # x\nc: 3\n"), F("a: 1\nc: 3\n")},
	    {EDIT_REMOVE, "b", NULL, F("a: 1\nb:\n  - x\n  # y\n# z\nc: 3\n"),
	     F("a: 1\n  # y\n# z\nc: 3\n")},
	    {EDIT_REMOVE, "b", NULL, F("b: |\n  x\n\nc: 3\n"), F("\nc: 3\n")},
	    {EDIT_REMOVE, "b", NULL, F("a: 1\nb: [x,\n  y]\n"), F("a: 1\n")},
	    {EDIT_REMOVE, "b", NULL, F("b: 1\n"), F("")},
	    {EDIT_REMOVE, "b", NULL, F("# c\nb: 1\n"), F("# c\n")},
	    {EDIT_REMOVE, "b", NULL, F("{a: 1, b: 2}\n"), F("{a: 1}\n")},
	    {EDIT_REMOVE, "b", NULL, F("a: 1\nb:\n"), F("a: 1\n")},
	    {EDIT_REMOVE, "b", NULL, "---\r\na: 1\r\nb: 2\r\n---\r\n", "---\r\na: 1\r\n---\r\n"},
	    {EDIT_REMOVE, "b", NULL, F("a: 1\n"), "!there is no key \"b\""},
	    {EDIT_REMOVE, "b", NULL, "Text\n", "!there is no key \"b\""},
	    /* The blank line would become part of the text above. */
	    {EDIT_REMOVE, "b", NULL, F("a: |+\n  x\nb: 1\n\nc: 2\n"), "!line 4: the change would"},
	};
	CHECK(cases);
}

static void refuses(void **state)
{
	(void)state;
	static const struct edit_case cases[] = {
	    {EDIT_SET, "a", "x", "---\na: 1\n", "!line 1: the front matter that begins here never"},
	    {EDIT_SET, "a", "x", F("- a\n"), "!line 2: the front matter is no map"},
	    {EDIT_SET, "a", "x", F("~\n"), "!line 2: the front matter is no map"},
	    {EDIT_SET, "a", "x", F("a: 1\nb: [\n"), "!this is not YAML"},
	    {EDIT_SET, "a", "x", F("a: 1\nb: \x01\n"), "!line 3: a control character"},
	    {EDIT_SET, "a", "x", F("a: 1\nb: \xff\n"), "!line 3: this is not UTF-8"},
	    {EDIT_SET, "a", "x", F("a: 1\na: 2\n"), "!line 3: \"a\" stands here a second time"},
	    {EDIT_SET, "a", "x", F("b: 1\na: &x 2\n"), "!line 3: an anchor"},
	    {EDIT_REMOVE, "a", NULL, F("b: &x 1\na: *x\n"), "!line 3: an anchor"},
	    {EDIT_SET, "a", "x", F("a: [b, !t c]\n"), "!line 2: an anchor"},
	    {EDIT_APPEND, "a", "x", F("a: &x [b]\n"), "!line 2: an anchor"},
	    {EDIT_REMOVE, "a", NULL, F("? a\n: 1\nb: 2\n"), "!line 2: what is to be changed"},
	    {EDIT_SET, "a", "x", "\xFF\xFE-\0", "!UTF-16"},
	    {EDIT_SET, "a", "\xff", F("a: 1\n"), "!the value is not UTF-8"},
	    {EDIT_SET, " ", "x", F("a: 1\n"), "!a key is needed"},
	    {EDIT_SET, "a", "x;b=>y", F("a: 1\n"), "!mixed"},
	    {EDIT_REMOVE, "b", NULL,
	     F("a: 1 # x\xE2\x80\xA8"
	       "b: 2\nc: 3\n"),
	     "!line 2: what is to be"},
	    /* What is refused is refused where it is, and elsewhere not. */
	    {EDIT_SET, "c", "x", F("a: &x 1\nb: *x\nc: 1\n"), F("a: &x 1\nb: *x\nc: x\n")},
	    {EDIT_SET, "c", "x", F("a: 1\na: 2\nc: 1\n"), F("a: 1\na: 2\nc: x\n")},
	    {EDIT_SET, "a", "x", F("? a\n: 1\nb: 2\n"), F("? a\n: x\nb: 2\n")},
	};
	CHECK(cases);
	struct kith_error err = {.status = KITH_OK};
	struct edit_value nul = {STR_NONE, {"a\0b", 3}};
	struct buf out;
	buf_init(&out, 0);
	assert_int_equal(
	    edit_front(&out, STR("---\na: 1\n---\n"),
		       &(struct edit_front){.key = STR("a"), .values = &nul, .count = 1}, &err),
	    -1);
	assert_string_equal(err.message, "the value holds a NUL byte");
	assert_int_equal(out.n, 0);
	buf_release(&out);
}

static void scalars(void **state)
{
	(void)state;
	static const struct {
		const char *text, *block, *flow;
	} cases[] = {
	    {"Ada Lovelace", "Ada Lovelace", NULL},
	    {"2026-11-30", "2026-11-30", NULL},
	    {"2021-05-01 yearly", "2021-05-01 yearly", NULL},
	    {"--11-26", "--11-26", NULL},
	    {"1984?", "1984?", "\"1984?\""},
	    {"42", "42", NULL},
	    {"0", "0", NULL},
	    {"every 6 weeks", "every 6 weeks", NULL},
	    {"+44 7700 900123", "+44 7700 900123", NULL},
	    {"+447700900123", "\"+447700900123\"", NULL},
	    {"447700900123", "447700900123", NULL},
	    {"4477009001234567", "\"4477009001234567\"", NULL},
	    {"-5", "\"-5\"", NULL},
	    {"08", "\"08\"", NULL},
	    {"017", "\"017\"", NULL},
	    {"1_000", "\"1_000\"", NULL},
	    {"12:30", "\"12:30\"", NULL},
	    {"12:30:15.5", "\"12:30:15.5\"", NULL},
	    {"1.5", "\"1.5\"", NULL},
	    {"1e3", "\"1e3\"", NULL},
	    {"1E+3", "\"1E+3\"", NULL},
	    {".5", "\".5\"", NULL},
	    {"0x1F", "\"0x1F\"", NULL},
	    {"0o17", "\"0o17\"", NULL},
	    {"0b1", "\"0b1\"", NULL},
	    {".inf", "\".inf\"", NULL},
	    {"-.INF", "\"-.INF\"", NULL},
	    {".NaN", "\".NaN\"", NULL},
	    {"no", "\"no\"", NULL},
	    {"Yes", "\"Yes\"", NULL},
	    {"ON", "\"ON\"", NULL},
	    {"y", "\"y\"", NULL},
	    {"true", "\"true\"", NULL},
	    {"null", "\"null\"", NULL},
	    {"~", "\"~\"", NULL},
	    {"=", "\"=\"", NULL},
	    {"<<", "\"<<\"", NULL},
	    {"none", "none", NULL},
	    {"", "\"\"", NULL},
	    {" a", "\" a\"", NULL},
	    {"a ", "\"a \"", NULL},
	    {"a: b", "\"a: b\"", NULL},
	    {"a:b", "a:b", NULL},
	    {"a:", "\"a:\"", NULL},
	    {"a #b", "\"a #b\"", NULL},
	    {"a#b", "a#b", NULL},
	    {"#a", "\"#a\"", NULL},
	    {"- a", "\"- a\"", NULL},
	    {"-", "\"-\"", NULL},
	    {"-a", "-a", NULL},
	    {"---", "\"---\"", NULL},
	    {"...", "\"...\"", NULL},
	    {"? a", "\"? a\"", NULL},
	    {"*a", "\"*a\"", NULL},
	    {"&a", "\"&a\"", NULL},
	    {"!a", "\"!a\"", NULL},
	    {"%a", "\"%a\"", NULL},
	    {"@a", "\"@a\"", NULL},
	    {"`a", "\"`a\"", NULL},
	    {"|", "\"|\"", NULL},
	    {">", "\">\"", NULL},
	    {"{a", "\"{a\"", NULL},
	    {"[[charles-babbage]]", "\"[[charles-babbage]]\"", NULL},
	    {"a, b", "a, b", "\"a, b\""},
	    {"a]b", "a]b", "\"a]b\""},
	    {"https://x.y/z", "https://x.y/z", NULL},
	    {"https://x.y/?a=b", "https://x.y/?a=b", "\"https://x.y/?a=b\""},
	    {"ada@analytical.engine", "ada@analytical.engine", NULL},
	    {"It's", "It's", NULL},
	    {"'tis", "\"'tis\"", NULL},
	    {"\"Ada\"", "'\"Ada\"'", NULL},
	    {"\"It's\"", "\"\\\"It's\\\"\"", NULL},
	    {"a\\b", "a\\b", NULL},
	    {"a\\b: c", "'a\\b: c'", NULL},
	    {"a\tb", "\"a\\tb\"", NULL},
	    {"a\r\nb", "\"a\\r\\nb\"", NULL},
	    {"a\x1b[0m", "\"a\\x1B[0m\"", NULL},
	    {"a\x7f", "\"a\\x7F\"", NULL},
	    {"a\xC2\x85"
	     "b",
	     "\"a\\Nb\"", NULL},
	    {"a\xC2\x9B", "\"a\\x9B\"", NULL},
	    {"a\xE2\x80\xA8"
	     "b",
	     "\"a\\Lb\"", NULL},
	    {"a\xE2\x80\xA9"
	     "b",
	     "\"a\\Pb\"", NULL},
	    {"\xEF\xBB\xBF"
	     "a",
	     "\"\\uFEFFa\"", NULL},
	    {"a\xEF\xBF\xBE", "\"a\\uFFFE\"", NULL},
	    {"\xF0\x9F\xBF\xBF", "\"\\U0001FFFF\"", NULL},
	    {"Łódź 🎉", "Łódź 🎉", NULL},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (int flow = 0; flow < 2; flow++) {
			struct buf out;
			buf_init(&out, 0);
			scalar_write(&out, str_of(cases[i].text), YAML_PLAIN, flow);
			bad += differs(&out, flow && cases[i].flow ? cases[i].flow : cases[i].block,
				       cases[i].text);
			/* It must read back as itself, wherever it stands. */
			struct edit_case c = {EDIT_SET, "k", cases[i].text,
					      flow ? "---\n{a: 1}\n---\n" : "---\na: 1\n---\n",
					      NULL};
			struct kith_error err = {.status = KITH_OK};
			struct edit_value value = {STR_NONE, str_of(c.values)};
			struct edit_front edit = {
			    .verb = EDIT_SET, .key = str_of(c.key), .values = &value, .count = 1};
			buf_clear(&out);
			if (edit_front(&out, str_of(c.before), &edit, &err)) {
				print_error("%s: %s\n", c.values, err.message);
				bad++;
			}
			buf_release(&out);
		}
	assert_int_equal(bad, 0);
}

static void splices(void **state)
{
	(void)state;
	struct buf out;
	const struct splice list[] = {{{0, 1}, STR("xx")}, {{2, 2}, STR("-")}, {{3, 4}, STR("")}};
	buf_init(&out, 0);
	splice_add(&out, STR("abcd"), list, ARRAY_LEN(list));
	assert_string_equal(out.p, "xxb-c");
	buf_release(&out);
	assert_true(str_eq(splice_line_end(STR("a\r\nb\n"), 3), STR("\r\n")));
	assert_true(str_eq(splice_line_end(STR("a\r\nb\nc"), 5), STR("\n")));
	assert_true(str_eq(splice_line_end(STR("abc\r\n"), 1), STR("\r\n")));
	assert_true(str_eq(splice_line_end(STR("abc"), 9), STR("\n")));
	assert_true(str_eq(splice_line_end(STR(""), 0), STR("\n")));
	assert_true(str_eq(splice_line_end(STR("\nabc"), 3), STR("\n")));
}

/*
 * The campaign. A file is made of parts: what stands before the key `k`, `k`
 * in some style, and what follows; with one line end or the other, a mark, a
 * comment. What each verb must make of a style stands in the table, in one
 * spelling: <text>, [items], {pairs}.
 */
struct style {
	const char *text, *appended, *taken; /* NULL: refused, or not found */
};

#define GONE "gone"

static const struct style styles[] = {
    {"k: old\n", "[<old><new>]", GONE},
    {"k: 'old'\n", "[<old><new>]", GONE},
    {"k: \"old\"\n", "[<old><new>]", GONE},
    {"\"k\": old\n", "[<old><new>]", GONE},
    {"k :   old   \n", "[<old><new>]", GONE},
    {"k:\n  old\n", "[<old><new>]", GONE},
    {"k: old\n  more\n", "[<old more><new>]", NULL},
    {"k: \"old\n  more\"\n", "[<old more><new>]", NULL},
    {"k: a, old\n", "[<a, old><new>]", NULL},
    {"k:\n", "<new>", NULL},
    {"k: ~\n", "<new>", NULL},
    {"k: null\n", "<new>", NULL},
    {"k: |\n  old\n", "[<old\n><new>]", GONE},
    {"k: >-\n  old\n", "[<old><new>]", GONE},
    {"k: |2\n   old\n  more\n", "[< old\nmore\n><new>]", NULL},
    {"k: |+\n  old\n\n", "[<old\n\n><new>]", GONE},
    {"k: [a, old, c]\n", "[<a><old><c><new>]", "[<a><c>]"},
    {"k: [ old, a ]\n", "[<old><a><new>]", "[<a>]"},
    {"k: [old,a,]\n", "[<old><a><new>]", "[<a>]"},
    {"k: [a, 'old']\n", "[<a><old><new>]", "[<a>]"},
    {"k: [old]\n", "[<old><new>]", GONE},
    {"k: []\n", "[<new>]", NULL},
    {"k: [\n  a, # x\n  old, # y\n  c\n]\n", "[<a><old><c><new>]", "[<a><c>]"},
    {"k: [\n  a,\n  old, # y\n]\n", "[<a><old><new>]", "[<a>]"},
    {"k: [a,\n  old]\n", "[<a><old><new>]", "[<a>]"},
    {"k:\n  [a, old]\n", "[<a><old><new>]", "[<a>]"},
    {"k:\n  - a\n  - old\n  - c\n", "[<a><old><c><new>]", "[<a><c>]"},
    {"k:\n- old\n- a\n", "[<old><a><new>]", "[<a>]"},
    {"k:\n  # x\n  - a # y\n  # z\n  -   old # u\n", "[<a><old><new>]", "[<a>]"},
    {"k:\n-\n  old\n- - b\n  - c\n", "[<old>[<b><c>]<new>]", "[[<b><c>]]"},
    {"k:\n- x: 1\n  y: 2\n- old\n", "[{<x><1><y><2>}<old><new>]", "[{<x><1><y><2>}]"},
    {"k:\n- |\n  b\n\n- old\n", "[<b\n><old><new>]", "[<b\n>]"},
    {"k:\n- a\n-\n- old\n", "[<a>~<old><new>]", "[<a>~]"},
    {"k: {x: a, y: old}\n", NULL, "{<x><a>}"},
    {"k: {x: [a, old], y: 1}\n", NULL, "{<x>[<a>]<y><1>}"},
    {"k:\n  x: a\n  y: old # z\n", NULL, "{<x><a>}"},
    {"k:\n  x:\n    - old\n  y: b\n", NULL, "{<y><b>}"},
    {"k:\n    x: |\n      old\n    y: b\n", NULL, "{<y><b>}"},
    {"", "<new>", NULL},
};

static const char *const before[] = {"",
				     "a: 1\n",
				     "a: one\n# about k\n",
				     "# head\n\na: 'x'\n",
				     "l:\n  - q\n  - r # s\n",
				     "l:\n- q\n",
				     "t: |\n  text\n\n",
				     "t: |+\n  text\n\n",
				     "t: >\n  text\n",
				     "e:\n",
				     "a: \xC5\x81\xC3\xB3\xC4\x91\xC5\xBA # \xF0\x9F\x8E\x89\n"};
static const char *const after[] = {"",        "b: 2\n",         "b:\n  - [u, v]\n", "\nb: 2\n",
				    "# end\n", "# x\nb:\n- y\n", "b: |\n  text\n\n"};
static const char *const bodies[] = {"", "\n", "Text k: old\n\n## Log\n- 2026-01-01 call\n",
				     "- no end"};

static unsigned draw(uint64_t *seed, size_t count)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((*seed >> 33) % count);
}

static void add_part(struct buf *out, const char *text, bool crlf, bool comment)
{
	for (; *text; text++) {
		/* On the first line only, where that is no text itself. */
		if (*text == '\n' && comment)
			buf_addz(out, " # why");
		comment = comment && *text != '\n';
		if (*text == '\n' && crlf)
			buf_addc(out, '\r');
		buf_addc(out, *text);
	}
}

static void write_tree(struct buf *out, const struct yaml_node *node, const char *skip)
{
	if (node->kind == YAML_SCALAR) {
		buf_addz(out, yaml_is_null(node) ? "~" : "<");
		buf_add(out, yaml_is_null(node) ? STR("") : node->value);
		buf_addz(out, yaml_is_null(node) ? "" : ">");
		return;
	}
	buf_addc(out, node->kind == YAML_MAP ? '{' : '[');
	for (const struct yaml_node *n = node->first; n; n = n->next) {
		bool skipped = skip && str_eq(n->value, str_of(skip));
		if (skipped)
			n = n->next;
		else
			write_tree(out, n, NULL);
	}
	buf_addc(out, node->kind == YAML_MAP ? '}' : ']');
}

/* What the file says under `k`, and what it says besides. */
static void read_file(struct buf *value, struct buf *rest, struct str image)
{
	struct arena arena;
	struct diag diag;
	struct reporter reporter;
	struct note note;
	arena_init(&arena);
	diag_init(&diag, &arena);
	reporter_init(&reporter, image, STR("p.md"), &diag);
	buf_clear(value);
	buf_clear(rest);
	assert_true(note_split(&note, image));
	assert_true(note.has_front);
	const struct yaml_node *map = note_reader_libs.front(image, note.front, &arena, &reporter);
	assert_int_equal(diag.count, 0);
	if (map && map->kind == YAML_MAP) {
		write_tree(rest, map, "k");
		for (const struct yaml_node *k = map->first; k; k = k->next->next)
			if (str_eq(k->value, STR("k")))
				write_tree(value, k->next, NULL);
	} else {
		buf_addz(rest, "{}");
	}
	if (value->n == 0)
		buf_addz(value, GONE);
	diag_release(&diag);
	arena_release(&arena);
}

struct made {
	struct buf text;
	size_t from, to; /* where `k` stands */
	bool crlf;
	const struct style *style;
	bool missing;
};

static void make_file(struct made *m, uint64_t *seed)
{
	bool crlf = m->crlf = draw(seed, 2), bom = draw(seed, 4) == 0, comment = draw(seed, 3) == 0;
	m->style = &styles[draw(seed, ARRAY_LEN(styles))];
	m->missing = m->style->text[0] == '\0';
	/* Not where the first line goes on in the next. */
	const char *end = strchr(m->style->text, '\n');
	comment = comment && end && !str_starts(str_of(m->style->text), STR("k: old\n  ")) &&
		  !str_starts(str_of(m->style->text), STR("k: \"old\n"));
	buf_clear(&m->text);
	buf_addz(&m->text, bom ? "\xEF\xBB\xBF" : "");
	add_part(&m->text, "---\n", crlf, false);
	add_part(&m->text, before[draw(seed, ARRAY_LEN(before))], crlf, false);
	m->from = m->text.n;
	add_part(&m->text, m->style->text, crlf, comment);
	m->to = m->text.n;
	const char *next = after[draw(seed, ARRAY_LEN(after))];
	/* A blank line would belong to such a text. */
	bool keeps = strstr(m->style->text, "|+") != NULL;
	add_part(&m->text, keeps && next[0] == '\n' ? next + 1 : next, crlf, false);
	add_part(&m->text, draw(seed, 5) ? "---\n" : "...\n", crlf, false);
	add_part(&m->text, bodies[draw(seed, ARRAY_LEN(bodies))], crlf, false);
}

struct trial {
	enum edit_verb verb;
	const char *values, *set; /* set: what a set makes */
};

static const struct trial trials[] = {
    {EDIT_SET, "new", "<new>"},
    {EDIT_SET, "new: one", "<new: one>"},
    {EDIT_SET, "new;two", "[<new><two>]"},
    {EDIT_SET, "x=>new", "{<x><new>}"},
    {EDIT_APPEND, "new", NULL},
    {EDIT_TAKE, "old", NULL},
    {EDIT_REMOVE, NULL, NULL},
};

static const char *wanted(const struct made *m, const struct trial *t)
{
	switch (t->verb) {
	case EDIT_SET:
		return t->set;
	case EDIT_APPEND:
		return m->style->appended;
	case EDIT_TAKE:
		return m->style->taken;
	default:
		return m->missing ? NULL : GONE;
	}
}

/* What stands before and after `k` is there to the byte. */
static bool is_untouched(const struct made *m, struct str now)
{
	struct str old = buf_str(&m->text);
	if (!m->missing)
		return str_starts(now, str_upto(old, m->from)) &&
		       str_ends(now, str_from(old, m->to));
	size_t same = 0, tail = 0;
	while (same < old.n && same < now.n && old.p[same] == now.p[same])
		same++;
	while (tail < old.n - same && old.p[old.n - 1 - tail] == now.p[now.n - 1 - tail])
		tail++;
	return now.n > old.n && same + tail == old.n;
}

/* New lines end as the others do. */
static bool has_one_line_end(const struct made *m, struct str now)
{
	for (size_t i = 0; i < now.n; i++)
		if (now.p[i] == '\n' && (i > 0 && now.p[i - 1] == '\r') != m->crlf)
			return false;
	return m->crlf || str_find_char(now, '\r') == now.n;
}

struct tally {
	size_t edits, refused, wrong;
};

static void try_edit(struct tally *tally, const struct made *m, const struct trial *t)
{
	struct buf out, value, rest, was, value_before;
	struct edit_value values[MOST_VALUES];
	struct kith_error err = {.status = KITH_OK};
	struct edit_front edit = {.verb = t->verb,
				  .key = STR("k"),
				  .values = values,
				  .count = t->values ? split_values(values, t->values) : 0};
	const char *want = wanted(m, t);
	struct buf *all[] = {&out, &value, &rest, &was, &value_before};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		buf_init(all[i], 0);
	int failed = edit_front(&out, buf_str(&m->text), &edit, &err);
	tally->edits++;
	bool wrong = false;
	if (failed) {
		bool refused = err.status == KITH_FAILED;
		tally->refused += refused;
		wrong = (want && !refused) || out.n;
	} else {
		read_file(&value_before, &was, buf_str(&m->text));
		read_file(&value, &rest, buf_str(&out));
		wrong = !want || !str_eq(buf_str(&value), str_of(want)) ||
			!str_eq(buf_str(&was), buf_str(&rest)) || !is_untouched(m, buf_str(&out)) ||
			!has_one_line_end(m, buf_str(&out));
	}
	if (wrong && tally->wrong++ < 5)
		print_error("--- verb %d %s, wanted %s, got %s %s\n%s\n--- made\n%s\n", t->verb,
			    t->values ? t->values : "", want ? want : "none", value.p, err.message,
			    m->text.p, out.p);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		buf_release(all[i]);
}

static void campaign(void **state)
{
	(void)state;
	struct tally tally = {0};
	struct made made;
	uint64_t seed = 20261123;
	buf_init(&made.text, 0);
	for (int i = 0; i < 3000; i++) {
		make_file(&made, &seed);
		for (size_t t = 0; t < ARRAY_LEN(trials); t++)
			try_edit(&tally, &made, &trials[t]);
	}
	buf_release(&made.text);
	print_message("%zu edits of generated files, %zu refused, %zu wrong\n", tally.edits,
		      tally.refused, tally.wrong);
	assert_int_equal(tally.wrong, 0);
	assert_true(tally.refused * 100 < tally.edits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sets),    cmocka_unit_test(adds),    cmocka_unit_test(appends),
	    cmocka_unit_test(takes),   cmocka_unit_test(removes), cmocka_unit_test(refuses),
	    cmocka_unit_test(scalars), cmocka_unit_test(splices), cmocka_unit_test(campaign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
