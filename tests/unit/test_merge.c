/* Three versions of a file in one: which of them stands where, and that nothing is lost. */
#include "merge/merge.h"
#include "reading.h"

struct merge_case {
	const char *base, *ours, *theirs, *result; /* NULL: no such file */
};

static struct str merged(struct reading *r, enum merge_kind kind, const char *base,
			 const char *ours, const char *theirs)
{
	struct kith_error err = {0};
	struct merge_result result;
	struct merge_versions versions = {str_of(base), str_of(ours), str_of(theirs)};
	if (merge_files(&result, kind, &versions, &r->config, &r->arena, &err))
		return str_of(arena_printf(&r->arena, "failed: %s", err.message).p);
	if (result.unread.p)
		return arena_printf(&r->arena, "unread: %.*s", STR_ARG(result.unread));
	return arena_str(&r->arena, result.bytes);
}

static size_t check_bytes(const char *law, struct str got, const char *wanted)
{
	struct buf b;
	buf_init(&b, 0);
	buf_add(&b, got);
	size_t bad = differs(&b, wanted, law);
	buf_release(&b);
	return bad;
}

static void check(enum merge_kind kind, const struct merge_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		const struct merge_case *c = &cases[i];
		struct reading r;
		reading_init(&r, NULL, "people/p.md", STR(""));
		struct str got = merged(&r, kind, c->base, c->ours, c->theirs);
		bad += check_bytes("the result", got, c->result);
		/* A result merged with either side again is as it was. */
		bad += check_bytes("with ours again", merged(&r, kind, c->base, got.p, c->ours),
				   c->result);
		bad += check_bytes("with theirs again", merged(&r, kind, c->base, got.p, c->theirs),
				   c->result);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(kind, cases) check(kind, cases, ARRAY_LEN(cases))

static void front_matter(void **state)
{
	(void)state;
	static const struct merge_case cases[] = {
	    {"---\ntags: [a, b]  # mine\n---\n", "---\ntags: [a, b, c]  # mine\n---\n",
	     "---\ntags: [b]  # mine\n---\n", "---\ntags: [b, c]  # mine\n---\n"},
	    {"---\ntitle: CTO\n---\n", "---\ntitle: CEO\n---\n", "---\ntitle: COO\n---\n",
	     "---\ntitle: CEO\nmerged: {title: [COO]}\n---\n"},
	    {"---\nname: A\ncadence: 6w\n---\n", "---\nname: A\n---\n",
	     "---\nname: A\ncadence: 8w\n---\n", "---\nname: A\ncadence: 8w\n---\n"},
	    {NULL, "---\nname: Ada\nemail: a@b.c\n---\n", "---\nname: Ada\nphone: 123456\n---\n",
	     "---\nname: Ada\nemail: a@b.c\nphone: 123456\n---\n"},
	    {"---\nname: A\nlast_contact: 2026-01-01\nadded: 2026-01-05\nstatus: active\n---\n",
	     "---\nname: A\nlast_contact: 2026-03-01\nadded: 2026-01-04\nstatus: paused\n---\n",
	     "---\nname: A\nlast_contact: 2026-02-01\nadded: 2026-01-03\nstatus: archived\n---\n",
	     "---\nname: A\nlast_contact: 2026-03-01\nadded: 2026-01-03\nstatus: archived\n---\n"},
	    {"---\nphone: {mobile: 1, home: 2}\n---\n", "---\nphone: {mobile: 3, home: 2}\n---\n",
	     "---\nphone: {mobile: 4, home: 2, work: 5}\n---\n",
	     "---\nphone: {mobile: 3, home: 2, work: 5}\nmerged: {phone.mobile: [4]}\n---\n"},
	    {"---\nphone:\n  mobile: 1\n  home: 2\n---\n",
	     "---\nphone:\n  # hers\n  mobile: 1\n  home: 3\n---\n",
	     "---\nphone:\n  mobile: 1\n  home: 2\n  work: 5\n---\n",
	     "---\nphone:\n  # hers\n  mobile: 1\n  home: 3\n  work: 5\n---\n"},
	    {"---\ntags:\n  - a\n  - b\n---\n", "---\ntags:\n  - a\n  - b\n  - c\n---\n",
	     "---\ntags:\n  - b\n---\n", "---\ntags:\n  - b\n  - c\n---\n"},
	    /* A list that one side wrote in another form. */
	    {"---\ntags: [a, b]\n---\n", "---\ntags: [a, b, c]\n---\n",
	     "---\ntags:\n  - a\n  - b\n  - d\n---\n",
	     "---\ntags:\n  - a\n  - b\n  - c\n  - d\n---\n"},
	    {"---\ntags: a\n---\n", "---\ntags: [a, b]\n---\n", "---\ntags: c\n---\n",
	     "---\ntags: [b, c]\n---\n"},
	    {"---\ntags: a, b\n---\n", "---\ntags: [a, b, c]\n---\n", "---\ntags: a, d\n---\n",
	     "---\ntags: [a, c, d]\n---\n"},
	    /* What is new goes before a comment at the end, which is no text of it. */
	    {"", "---\nname: L\n # them\n---\n", "---\nname: L\nbio: >-\n  x\n---\n",
	     "---\nname: L\nbio: >-\n  x\n# them\n---\n"},
	    /* A map that one side wrote in another form. */
	    {"---\nphone: {mobile: 1, home: 2}\n---\n", "---\nphone: {mobile: 3, home: 2}\n---\n",
	     "---\nphone:\n  mobile: 1\n  home: 2\n  work: 5\n---\n",
	     "---\nphone:\n  mobile: 3\n  home: 2\n  work: 5\n---\n"},
	    /* A comment behind a colon is not the start of another value. */
	    {"---\nemail:\n  work: a\n---\n", "---\nemail: # ours\n  work: a\n---\n",
	     "---\nemail: a@y\n---\n", "---\n# ours\nemail: a@y\n---\n"},
	    {"---\n# hello\nname: A\n---\n", "---\n# hello\n# more\nname: A\n---\n",
	     "---\n# hello\nname: B\n---\n", "---\n# hello\n# more\nname: B\n---\n"},
	    {"---\ncompany: X\n---\n", "---\norg: X\n---\n", "---\ncompany: Y\n---\n",
	     "---\norg: Y\n---\n"},
	    {"---\nname: A\ntags: [a]\n---\n", "---\nname: A\n---\n",
	     "---\nname: B\ntags: [a]\n---\n", "---\nname: B\n---\n"},
	    {"Text\n", "---\nname: A\n---\nText\n", "Text\n\nMore\n",
	     "---\nname: A\n---\nText\n\nMore\n"},
	    {"---\nname: A\n---\n", "---\nname: A\n---\nText\n", "---\nname: A\ntags: [b]\n---\n",
	     "---\nname: A\ntags: [b]\n---\nText\n"},
	};
	CHECK(MERGE_CONTACT, cases);
}

static void settings(void **state)
{
	(void)state;
	static const struct merge_case cases[] = {
	    {"version: 1\n# who\ncadence_default: light\n",
	     "version: 1\n# who\ncadence_default: close\n",
	     "version: 1\nsince: 2026-01-01\n# who\ncadence_default: light\n# end\n",
	     "version: 1\nsince: 2026-01-01\n# who\ncadence_default: close\n# end\n"},
	    {NULL, "ignore: x\n", "ignore:\n- \"*.draft.md\"\n",
	     "ignore:\n- \"*.draft.md\"\n- x\n"},
	    {"version: 1\nreviews: a\n", "version: 1\nreviews: b\n", "version: 1\nreviews: c\n",
	     "version: 1\nreviews: b\nmerged: {reviews: [c]}\n"},
	};
	CHECK(MERGE_SETTINGS, cases);
}

static void bodies(void **state)
{
	(void)state;
	static const struct merge_case cases[] = {
	    {"## Log\n- 2026-09-20 x\n", "## Log\n- 2026-11-20 call: a\n- 2026-09-20 x\n",
	     "## Log\n- 2026-11-20 call: b\n- 2026-09-20 x\n",
	     "## Log\n- 2026-11-20 call: a\n- 2026-11-20 call: b\n- 2026-09-20 x\n"},
	    {"## Log\n\n- 2026-09-20 x\n", "## Log\n\n- 2026-09-20 x\n- 2026-11-20 call: a\n",
	     "## Log\n\n- 2026-09-20 x\n- 2026-11-20 call: b\n",
	     "## Log\n\n- 2026-09-20 x\n- 2026-11-20 call: a\n- 2026-11-20 call: b\n"},
	    {"## Next\n- [ ] send it  (due:: 2026-11-30)\n",
	     "## Next\n- [x] send it  (due:: 2026-11-30)  (completion:: 2026-11-28)\n",
	     "## Next\n- [ ] send it  (due:: 2026-12-05)\n",
	     "## Next\n- [x] send it  (due:: 2026-12-05)  (completion:: 2026-11-28)\n"},
	    {"One\r\n\r\n## Log\r\n- 2026-09-20 x\r\n",
	     "One\r\n\r\n## Log\r\n- 2026-11-20 y\r\n- 2026-09-20 x\r\n",
	     "One\n\n## Log\n- 2026-09-20 x\n", "One\n\n## Log\n- 2026-11-20 y\n- 2026-09-20 x\n"},
	    {"a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"},
	    {"a\n", "b\n", "c\n", "b\n" MERGE_BOTH_KEPT "\nc\n"},
	    {"## Log\n- 2026-09-20 x\n", "## Log\n- 2026-09-20 y\n", "## Log\n- 2026-09-20 z\n",
	     "## Log\n- 2026-09-20 y\n- 2026-09-20 z " MERGE_BOTH_KEPT "\n"},
	    {"- [ ] a (due:: 2026-01-01)\n", "- [ ] a (due:: 2026-01-02)\n",
	     "- [ ] a (due:: 2026-01-03)\n",
	     "- [ ] a (due:: 2026-01-02)\n- [ ] a (due:: 2026-01-03) " MERGE_BOTH_KEPT "\n"},
	    /* Nested lines of both. */
	    {"## Log\n- 2026-09-20 x\n", "## Log\n- 2026-09-20 x\n  - one\n",
	     "## Log\n- 2026-09-20 x\n  - two\n", "## Log\n- 2026-09-20 x\n  - one\n  - two\n"},
	    /* A field that goes leaves no gap to what is below. */
	    {"- [ ] it (due:: 2026-11-30)\n", "- [ ] it\n", "- [ ] it  (due:: 2026-11-30)\nBath\n",
	     "- [ ] it\nBath\n"},
	    {"P\n\nQ\n", "P\n\nR\n\nQ\n", "P\n", "P\n\nR\n"},
	    {"```\na\n\nb\n```\n", "```\na\n\nc\n```\n", "```\na\n\nd\n```\n",
	     "```\na\n\nc\n```\n" MERGE_BOTH_KEPT "\n```\na\n\nd\n```\n"},
	    {"## A\na\n\n## B\nb\n", "## A\na\n\n## C\nb\n", "## A\na\nx\n\n## B\nb\n\nmore\n",
	     "## A\na\nx\n\n## C\nb\n\nmore\n"},
	};
	CHECK(MERGE_CONTACT, cases);
}

static void pages(void **state)
{
	(void)state;
	static const struct merge_case cases[] = {
	    {"- [ ] **Ada** ^r-1\n", "- [x] **Ada** ^r-1\n", "- [ ] **Ada** ^r-1\n  - went\n",
	     "- [x] **Ada** ^r-1\n  - went\n"},
	    {"---\ngenerated: 2026-11-23\n---\n- [ ] **Ada** ^r-1\n  - *a*\n",
	     "---\ngenerated: 2026-11-24\n---\n- [x] **Ada** ^r-1\n  - *b*\n",
	     "---\ngenerated: 2026-11-25\n---\n- [-] **Ada** ^r-1\n  - *c*\n  - *d*\n  - own\n",
	     "---\ngenerated: 2026-11-25\n---\n- [x] **Ada** ^r-1\n  - *c*\n  - *d*\n  - own\n"},
	};
	CHECK(MERGE_REVIEW, cases);
}

static void unread(void **state)
{
	(void)state;
	static const struct {
		const char *theirs, *why;
	} cases[] = {
	    {"---\nname: [A\n---\n", "this is not YAML"},
	    {"---\nname: A\nname: B\n---\n", "the key \"name\" stands here a second time"},
	    {"---\n  name: A\n---\n", "its keys do not begin lines of their own"},
	    {"---\nname: A\n", "the front matter that begins here never closes"},
	    {"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", "it holds the marks of a merge"},
	    {"Text\n\n```\ncode\n", "code or HTML that begins in it never closes"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		reading_init(&r, NULL, "people/p.md", STR(""));
		struct str got = merged(&r, MERGE_CONTACT, "", "Text\n", cases[i].theirs);
		assert_true(str_starts(got, STR("unread: ")));
		assert_true(str_find(got, str_of(cases[i].why)) < got.n);
		reading_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(front_matter), cmocka_unit_test(settings), cmocka_unit_test(bodies),
	    cmocka_unit_test(pages),        cmocka_unit_test(unread),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
