/* Two files of one person become one: what comes over, to where, and what is refused. */
#include "change/unite.h"
#include "reading.h"

/* The file that stays, the other, the united one; or a part of the refusal, after `status: `. */
struct unite_case {
	const char *who, *other, *after;
};

static const struct relink pair = {
    {"grace", 5}, {"ada", 3}, {"people/grace.md", 15}, {"people/ada.md", 13}};

static int unite(struct buf *got, struct unite_told *told, struct reading *r, const char *who,
		 const char *other)
{
	struct kith_error err = {0};
	struct str image = str_of(who);
	buf_clear(got);
	int failed =
	    unite_files(got, told, &pair, &r->config, image, str_of(other), &r->arena, &err);
	if (failed) {
		assert_int_equal(got->n, 0);
		buf_printf(got, "%d: %s", (int)err.status, err.message);
	}
	return failed;
}

static void check(const struct unite_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", STR(""));
		(void)unite(&got, NULL, &r, cases[i].who, cases[i].other);
		struct str wanted = str_of(cases[i].after);
		bool refusal = wanted.n && str_is_digit(wanted.p[0]);
		if (refusal && str_find(buf_str(&got), wanted) < got.n)
			wanted = buf_str(&got);
		bad += differs(&got, wanted.p, cases[i].other);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases))

static void values(void **state)
{
	(void)state;
	static const struct unite_case cases[] = {
	    /* The other's name becomes an alias, unless it is the same but for case and marks. */
	    {"---\nname: Ada\n---\n", "---\nname: Grace\n---\n",
	     "---\nname: Ada\naliases: [Grace]\n---\n"},
	    {"---\nname: Ada\n---\n",
	     "---\nname: \xC3\x81"
	     "DA\n---\n",
	     "---\nname: Ada\n---\n"},
	    {"---\nname: Ada\nnickname: Countess\n---\n",
	     "---\nname: Grace\naliases: [countess, Amazing]\n---\n",
	     "---\nname: Ada\nnickname: [Countess, Amazing, Grace]\n---\n"},
	    /* What is missing comes over as it is written. */
	    {"---\nname: Ada\n---\n",
	     "---\nname: Ada\n# where\norganization: 'Navy' # now\nmail:\n  work: g@x.y\n---\n",
	     "---\nname: Ada\n# where\norganization: 'Navy' # now\nmail:\n  work: g@x.y\n---\n"},
	    {"---\nname: Ada\norg:\n---\n", "---\nname: Ada\norg: Navy\n---\n",
	     "---\nname: Ada\norg: Navy\n---\n"},
	    {"- 2026-01-01 call\n", "---\nname: Ada\norg: Navy\n---\n",
	     "---\norg: Navy\n---\n- 2026-01-01 call\n"},
	    {"", "---\nname: Ada\n---\n", ""},
	    /* Equal values, and differing ones. */
	    {"---\nname: Ada\norg: Navy\ncadence: 6w\nbirthday: 1906-12-09\n---\n",
	     "---\nname: Ada\ncompany: NAVY\nevery: 6 weeks\nborn: 19061209\n---\n",
	     "---\nname: Ada\norg: Navy\ncadence: 6w\nbirthday: 1906-12-09\n---\n"},
	    {"---\nname: Ada\norg: Digital\nbirthday: 1906-12-09\n---\n",
	     "---\nname: Ada\ncompany: Navy\nbirthday: 1906-12-10\n---\n",
	     "---\nname: Ada\norg: Digital\nbirthday: 1906-12-09\n"
	     "merged: {birthday: [1906-12-10], org: [Navy]}\n---\n"},
	    {"---\nname: Ada\ncadence: 6w\n---\n",
	     "---\nname: Grace\nfull name: Grace Hopper\nfamily: Murray\nevery: 8w\n---\n",
	     "---\nname: Ada\ncadence: 6w\naliases: [Grace, Murray, Grace Hopper]\n"
	     "merged: {cadence: [8w]}\n---\n"},
	    {"---\nname: Ada\norg: [Digital]\n---\n", "---\nname: Ada\norg: Navy\n---\n",
	     "---\nname: Ada\norg: [Digital, Navy]\n---\n"},
	    {"---\nname: Ada\norg: A\nmerged: {org: B}\n---\n",
	     "---\nname: Ada\norg: C\nmerged: {title: D}\n---\n",
	     "---\nname: Ada\norg: A\nmerged: {org: [B, C], title: [D]}\n---\n"},
	    {"---\nname: Ada\ntitle: Ada\n---\n", "---\nname: Ada\ntitle: Admiral\n---\n",
	     "---\nname: Ada\ntitle: Ada\nrole: Admiral\n---\n"},
	    {"---\nname: Ada\ntitle: Ada\n---\n", "---\nname: Ada\ntitle: [Admiral, CTO]\n---\n",
	     "---\nname: Ada\ntitle: Ada\nrole: [Admiral, CTO]\n---\n"},
	    {"---\nname: Ada\ntier: gold\n---\n",
	     "---\nname: Ada\ncadence: 6 weeks\ntier: close\n---\n",
	     "---\nname: Ada\ncadence: 6 weeks\ntier: gold\nmerged: {tier: [close]}\n---\n"},
	    /* Of two last contacts the later one counts; what is no day is kept. */
	    {"---\nname: Ada\nlast_contact: 2026-05-01 # by letter\n---\n",
	     "---\nname: Ada\nlast contacted: 2026-06-02\n---\n",
	     "---\nname: Ada\nlast_contact: 2026-06-02 # by letter\n---\n"},
	    {"---\nname: Ada\nlastContact: 2026-06-02\n---\n",
	     "---\nname: Ada\nlast_contact: 2026-05-01\n---\n",
	     "---\nname: Ada\nlastContact: 2026-06-02\n---\n"},
	    {"---\nname: Ada\nlast_contact: 2026-05-01\n---\n",
	     "---\nname: Ada\nlast_contact: 2026-05-03\nlast contacted: 2026-05-02\n---\n",
	     "---\nname: Ada\nlast_contact: 2026-05-03\nlast contacted: 2026-05-02\n---\n"},
	    /* Two synonyms in one file stay two. */
	    {"---\nname: Ada\nlast_contact: 2026-05-01\n---\n",
	     "---\nname: Ada\nlast contacted: 2026-05-03\nlast_contact: 2026-05-02\n---\n",
	     "---\nname: Ada\nlast contacted: 2026-05-03\nlast_contact: 2026-05-02\n---\n"},
	    {"---\nname: Ada\nlast_contact: 2026-05-01\n---\n",
	     "---\nname: Ada\nlast_contact: in June\n---\n",
	     "---\nname: Ada\nlast_contact: 2026-05-01\nmerged: {last_contact: [in June]}\n---\n"},
	    /* Lists, in whatever form. */
	    {"---\nname: Ada\nphone:\n  - +44 1 23\ntags: a, b\n---\n",
	     "---\nname: Ada\ntel: {mobile: +44123, home: +44 2}\ntags: ['#B', c]\n---\n",
	     "---\nname: Ada\nphone:\n  - mobile +44123\n  - home +44 2\n"
	     "tags: [a, b, c]\n---\n"},
	    {"---\nname: Ada\nemail: {work: a@x}\n---\n",
	     "---\nname: Ada\nemail: [a@x, b@x]\n---\n",
	     "---\nname: Ada\nemail: [work a@x, b@x]\n---\n"},
	    {"---\nname: Ada\nknows: [bob]\n---\n",
	     "---\nname: Ada\nknows: {boss: bob, friend: [[eve]]}\n---\n",
	     "---\nname: Ada\nknows: {other: [bob], boss: bob, friend: [[eve]]}\n---\n"},
	    {"---\nname: Ada\ndates: {prize: 2020-01-01}\n---\n",
	     "---\nname: Ada\ndates:\n  - 2020-01-01 prize\n  - 2021-02-03 talk yearly\n"
	     "  - 2022-01-01 Prize\n---\n",
	     "---\nname: Ada\ndates:\n  - 2020-01-01 prize\n  - 2021-02-03 talk yearly\n"
	     "  - 2022-01-01 Prize\n---\n"},
	    /* They do not know themselves. */
	    {"---\nname: Ada\nknows: ['[[grace]]', bob]\nvia: grace\n---\n",
	     "---\nname: Ada\nrelated: {self: ada, boss: eve}\n---\n",
	     "---\nname: Ada\nknows: {other: [bob], boss: eve}\n---\n"},
	    /* Own keys. */
	    {"---\nname: Ada\nlanguages: [en]\ncolour: red\n---\n",
	     "---\nname: Ada\nlanguages: [de, en]\ncolour: blue\ntier: gold\n---\n",
	     "---\nname: Ada\nlanguages: [de, en]\ncolour: red\ntier: gold\n"
	     "merged: {colour: [blue]}\n---\n"},
	    /* What cannot be read to its end is not united. */
	    {"---\nname: Ada\n---\n", "---\nname: [Grace\norg: x\n---\n", "3: this is not YAML"},
	    {"---\nname: Ada\n---\n", "---\nname: Ada\norg: x\norg: y\n---\n",
	     "3: the key \"org\""},
	    {"---\n{name: [Ada}\n---\n", "---\nname: Ada\norg: x\n---\n", "3: this is not YAML"},
	};
	CHECK(cases);
}

/* Front matter as no one should write it, and some do. */
static void odd_fronts(void **state)
{
	(void)state;
	static const struct unite_case cases[] = {
	    /* In braces, or indented. */
	    {"---\n{name: Ada, # hers\n org: 'A'}\n---\n",
	     "---\n  name: Ada\n  tags:\n    - x\n---\n",
	     "---\nname: Ada\n# hers\norg: 'A'\ntags:\n  - x\n---\n"},
	    {"---\n  name: Ada\n  bio: |\n    a\n\n---\n",
	     "---\n{name: Ada, email: [a@x,\nb@x]}\n---\n",
	     "---\n  name: Ada\n  bio: |\n    a\n  email: [a@x,\n    b@x]\n\n---\n"},
	    {"---\n{}\n---\n", "---\nname: Ada\n---\n", "3: its keys"},
	    /* A key that stands twice, in the file that stays. */
	    {"---\nname: Ada\norg: x\norg: y\n---\n", "---\nname: Ada\ncompany: z\n---\n",
	     "---\nname: Ada\norg: x\norg: y\nmerged: {org: [z]}\n---\n"},
	    /* Anchors, aliases, tags and keys behind `?` stay to the byte. */
	    {"---\nname: Ada\na: &x 1\n---\n",
	     "---\n? name\n: Ada # n\na: !!str 1\nb: *x\n? c\n: d\n---\n",
	     "---\nname: Ada\n# n\na: &x 1\nb: *x\n? c\n: d\nmerged: {a: [\"!!str 1\"]}\n---\n"},
	    {"---\nname: Ada\nb: *y\n---\n", "---\nname: Ada\nb: *x\n---\n",
	     "---\nname: Ada\nb: *y\nmerged: {b: [\"*x\"]}\n---\n"},
	    /* Another indentation of lists; a comment that is indented. */
	    {"---\nname: Ada\ntags:\n- a\n---\n",
	     "---\n   # c\nname: Ada\ntags:\n    # d\n    - b\n---\n",
	     "---\nname: Ada\n# c\ntags:\n- a\n# d\n- b\n---\n"},
	    {"---\n   # c\nname: Ada\n---\n", "---\nemail: a@x\nname: Ada\n---\n",
	     "---\n   # c\nname: Ada\nemail: a@x\n---\n"},
	    /* A label that clashes. */
	    {"---\nname: Ada\ndates: {joined: 2020-01-01}\n---\n",
	     "---\nname: Ada\ndates: {joined: 2021-01-01}\n---\n",
	     "---\nname: Ada\ndates: {joined: 2020-01-01}\nmerged: {dates.joined: "
	     "[2021-01-01]}\n---\n"},
	    {"---\nname: Ada\nmerged: [x]\n---\n", "---\nname: Ada\nmerged: [y]\ntags: ~\n---\n",
	     "---\nname: Ada\nmerged: [x, y]\ntags: ~\n---\n"},
	    /* The name goes, and not what stands beside it. */
	    {"---\nname: Ada\n---\n", "---\n# top\nname: {first: Ada, last: B} # her name\n---\n",
	     "---\nname: Ada\n# top\n# her name\naliases: [Ada B]\n---\n"},
	};
	CHECK(cases);
}

static void bodies(void **state)
{
	(void)state;
	static const struct unite_case cases[] = {
	    /* Each at its place, with all that belongs to it. */
	    {"# Ada\n\n## Log\n- 2026-09-20 call: a\n- 2026-05-01 call: c\n",
	     "# Ada\n* 2026-10-01 visit: z ^id\n* 2026-06-01 lunch: b #cancelled\n\n  more  \n  "
	     "on it\n* 2026-06-01 tried\n* 2026-01-01 call\n",
	     "# Ada\n\n## Log\n- 2026-10-01 visit: z ^id\n- 2026-09-20 call: a\n"
	     "- 2026-06-01 lunch: b #cancelled\n\n  more  \n  on it\n- 2026-06-01 tried\n"
	     "- 2026-05-01 call: c\n- 2026-01-01 call\n"},
	    /* Oldest first, in another style and with CRLF. */
	    {"# Ada\r\n## Log\r\n1. 2026-05-01 call: c\r\n2. 2026-09-20 call: a\r\n",
	     "# Ada\n- 2026-10-01 visit\n  - nested\n- 2026-06-01 lunch\n",
	     "# Ada\r\n## Log\r\n1. 2026-05-01 call: c\r\n1. 2026-06-01 lunch\r\n"
	     "2. 2026-09-20 call: a\r\n2. 2026-10-01 visit\r\n   - nested\r\n"},
	    /* Headings become items, and items headings. */
	    {"# Ada\n## Log\n- 2026-05-01 call: c\n",
	     "# Ada\n## 2026-06-01 lunch: b\nlong\n\n### Sub\n- x\n\n## 2026-01-01 visit\n",
	     "# Ada\n## Log\n- 2026-06-01 lunch: b\n  long\n\n  ### Sub\n  - x\n"
	     "- 2026-05-01 call: c\n- 2026-01-01 visit\n"},
	    {"# Ada\n## Log\n### 2026-05-01 call: c\ntext\n",
	     "# Ada\n- 2026-06-01 lunch: b\n\n  long\n  - x\n",
	     "# Ada\n## Log\n### 2026-06-01 lunch: b\n\nlong\n- x\n\n### 2026-05-01 call: "
	     "c\ntext\n"},
	    {"# Ada\n## Log\n### 2026-05-01 call: c\n",
	     "# Ada\n## 2026-06-01 lunch: b\n### Sub\nx\n",
	     "# Ada\n## Log\n### 2026-06-01 lunch: b\n#### Sub\nx\n\n### 2026-05-01 call: c\n"},
	    /* In groups. */
	    {"# Ada\n## Log\n### 2026\n- 2026-05-01 call: c\n",
	     "# Ada\n## Log\n### 2026\n- 2026-06-01 lunch\n### 2025\n- 2025-03-01 b\n- 2025-02-01 "
	     "a\n",
	     "# Ada\n## Log\n### 2026\n- 2026-06-01 lunch\n- 2026-05-01 call: c\n\n### 2025\n"
	     "- 2025-03-01 b\n- 2025-02-01 a\n"},
	    /* A log that is not there yet; a last line without its end. */
	    {"# Ada\nText.", "# Ada\n- 2026-06-01 lunch\n- 2026-05-01 call",
	     "# Ada\nText.\n\n## Log\n- 2026-06-01 lunch\n- 2026-05-01 call"},
	    /* What stands in both stands once; what says more stands for itself. */
	    {"# Ada\n- 2026-06-01 lunch: a\n- 2026-05-01 14:00 call: b\n- 2026-04-01 call: c\n",
	     "# Ada\n- 2026-06-01 lunch: a\n- 2026-05-01 call: b\n- 2026-04-01 call: c\n  more\n"
	     "- 2026-03-01 call: d\n",
	     "# Ada\n- 2026-06-01 lunch: a\n- 2026-05-01 call: b\n- 2026-05-01 14:00 call: b\n"
	     "- 2026-04-01 call: c\n  more\n- 2026-04-01 call: c\n- 2026-03-01 call: d\n"},
	    /* With a task in it, or what links lead to, only all of it stands there. */
	    {"# Ada\n- 2026-06-01 call: x\n  - [ ] t\n- 2026-05-01 call: y ^y\n",
	     "# Ada\n- 2026-06-01 call: x\n  - [ ] t\n- 2026-06-01 call: x\n  - [ ] u\n"
	     "- 2026-05-01 call: y ^y\n- 2026-05-01 call: y ^z\n",
	     "# Ada\n- 2026-06-01 call: x\n  - [ ] u\n- 2026-06-01 call: x\n  - [ ] t\n"
	     "- 2026-05-01 call: y ^z\n- 2026-05-01 call: y ^y\n"},
	    /* The two of them are no company. */
	    {"# Ada\n- 2026-06-01 lunch with [[grace]]: a\n- 2026-05-01 with [[bob]], [[grace|G]] "
	     "and "
	     "[[eve]]\n- 2026-04-01 with [[grace]]: call her\n",
	     "# Grace\n- 2026-06-01 lunch with [[ada]]: a\n- 2026-03-01 call with Ada and [[bob]]: "
	     "x\n",
	     "---\naliases: [Grace]\n---\n# Ada\n- 2026-06-01 lunch: a\n"
	     "- 2026-05-01 with [[bob]] and [[eve]]\n- 2026-04-01 with [[ada]]: call her\n"
	     "- 2026-03-01 call with [[bob]]: x\n"},
	    /* Tasks. */
	    {"# Ada\n## Next\n- [ ] a\n- [ ] b #x\n\n## Log\n- 2026-06-01 call\n",
	     "# Ada\n## Promises\n* [x] c  (completion:: 2026-01-01)\n* [ ] a\n* [ ] b\n* [ ] d\n"
	     "  - [ ] e\n  note\n",
	     "# Ada\n## Next\n- [ ] a\n- [ ] b #x\n- [x] c  (completion:: 2026-01-01)\n"
	     "- [ ] d\n  - [ ] e\n  note\n\n## Log\n- 2026-06-01 call\n"},
	    /* One task of both: done, with the fields of both. */
	    {"# Ada\n- [ ] a  (due:: 2026-01-01)\n",
	     "# Ada\n- [x] a  (completion:: 2026-01-02)\n  below\n- [ ] a\n",
	     "# Ada\n- [x] a  (due:: 2026-01-01)  (completion:: 2026-01-02)\n  below\n\n## Next\n- "
	     "[ ] "
	     "a\n"},
	    /* Other text: its paragraphs behind those there, its sections before the log. */
	    {"# Ada\nTea.\n\n## Log\n- 2026-06-01 call\n",
	     "# Ada\n\nA poet.\n\n## Life\n- 1815-12-10 born\n\n## Log\n- 2026-06-01 call\n\n## "
	     "Last\n"
	     "words\n",
	     "# Ada\nTea.\n\nA poet.\n\n## Life\n- 1815-12-10 born\n\n## "
	     "Last\nwords\n\n"
	     "## Log\n- 2026-06-01 call\n"},
	    {"# Ada\n- 2026-06-01 call\n", "# Ada\n\nOld\n===\nx\n\nOlder\n---\ny\n",
	     "# Ada\n- 2026-06-01 call\n\nOld\n===\nx\n\nOlder\n---\ny\n"},
	    {"# Ada\n## 2026-06-01 call\nx\n", "# Ada\ntext\n",
	     "# Ada\n\ntext\n\n## 2026-06-01 call\nx\n"},
	    {"# Ada\n\n## Log\n- 2026-06-01 call\n", "# Ada\n\n```\nnever closed\n",
	     "# Ada\n\n```\nnever closed\n```\n\n## Log\n- 2026-06-01 call\n"},
	    {"- 2026-06-01 call\n\n<!-- open", "# Ada\n- x\n  ~~~~\n  open\n",
	     "- 2026-06-01 call\n\n<!-- open\n-->\n\n- x\n  ~~~~\n  open\n  ~~~~\n"},
	    /* Dated lines of a story are none of the log, though it says the same. */
	    {"# Ada\n## Log\n- 2026-06-01 call\n",
	     "# Ada\n## Life\n- 2026-06-01 call\n\n## Log\n- 2026-06-02 call\n",
	     "# Ada\n\n## Life\n- 2026-06-01 call\n\n## Log\n- 2026-06-02 call\n- 2026-06-01 "
	     "call\n"},
	    {"## Notes\ntea\n\n## Log\n- 2026-06-01 call\n",
	     "## Notes\ncake\n\n# Work\ntea\n\n[a]: b\n",
	     "---\naliases: [grace]\n---\n## Notes\ntea\n\ncake\n\n# Work\ntea\n\n[a]: b\n\n## "
	     "Log\n- 2026-06-01 call\n"},
	    /* Empty headings of the other's own stay. */
	    {"# Ada\n", "# Ada\n## Ideas\n\n## Next\n\n## Log\n", "# Ada\n\n## Ideas\n"},
	};
	CHECK(cases);
}

static void tells(void **state)
{
	(void)state;
	struct reading r;
	struct buf got;
	struct unite_told told;
	buf_init(&got, 0);
	reading_init(&r, NULL, "people/p.md", STR(""));
	assert_int_equal(unite(&got, &told, &r,
			       "---\nname: Ada\norg: Digital\n---\n- 2026-06-01 call: a\n- [ ] t\n",
			       "---\nname: Grace\norg: Navy\nemail: g@x\n---\nText.\n\n"
			       "- 2026-06-01 call: a\n- 2026-05-01 call: b\n- [ ] t\n- [ ] u\n"),
			 0);
	assert_int_equal(told.kept_count, 1);
	assert_true(str_eq(told.kept[0].key, STR("org")));
	assert_true(str_eq(told.kept[0].stays, STR("Digital")));
	assert_true(str_eq(told.kept[0].kept, STR("Navy")));
	assert_int_equal(told.values, 2);
	assert_int_equal(told.entries, 1);
	assert_int_equal(told.tasks, 1);
	assert_int_equal(told.entries_twice, 1);
	assert_int_equal(told.tasks_twice, 1);
	assert_true(told.text);
	buf_release(&got);
	reading_release(&r);
}

/* Merging what was merged already brings nothing new. */
static void is_idempotent(void **state)
{
	(void)state;
	static const char other[] =
	    "---\nname: Grace\ntags: [a, b]\nphone: {mobile: +44 1}\nlanguages: [x]\n---\n"
	    "## Next\n- [ ] t\n\n## Log\n- 2026-06-01 call: a\n  more\n";
	struct reading r;
	struct buf once, twice;
	struct unite_told told;
	buf_init(&once, 0);
	buf_init(&twice, 0);
	reading_init(&r, NULL, "people/p.md", STR(""));
	assert_int_equal(unite(&once, NULL, &r, "---\nname: Ada\n---\n", other), 0);
	assert_int_equal(unite(&twice, &told, &r, once.p, other), 0);
	assert_string_equal(once.p, twice.p);
	assert_int_equal(told.values + told.entries + told.tasks + told.kept_count, 0);
	buf_release(&twice);
	buf_release(&once);
	reading_release(&r);
}

/* Each of them is an edit of the whole file. */
static void too_many_edits(void **state)
{
	(void)state;
	struct reading r;
	struct buf other, got;
	buf_init(&other, 0);
	buf_init(&got, 0);
	reading_init(&r, NULL, "people/p.md", STR(""));
	buf_addz(&other, "---\nname: Grace\ntitle: [CTO");
	for (int i = 0; i < 100; i++)
		buf_printf(&other, ", r%d", i);
	buf_addz(&other, "]\n---\n");
	assert_int_not_equal(unite(&got, NULL, &r, "---\nname: Ada\ntitle: Ada\n---\n", other.p),
			     0);
	assert_non_null(strstr(got.p, "more than 100 values"));
	buf_release(&got);
	buf_release(&other);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values),        cmocka_unit_test(odd_fronts),
	    cmocka_unit_test(bodies),        cmocka_unit_test(tells),
	    cmocka_unit_test(is_idempotent), cmocka_unit_test(too_many_edits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
