/* What differs between two readings of a file: fields, entries, tasks, text. */
#include "people/differences.h"

#include "base/text.h"
#include "people/matching.h"
#include "reading.h"

static void add_values(struct buf *b, const char *sign, struct strs values)
{
	for (size_t i = 0; i < values.count; i++) {
		buf_addz(b, sign);
		text_add_line(b, values.items[i]);
	}
}

static struct str entry_words(const struct contact *c, size_t place)
{
	return place == NO_PLACE          ? STR("")
	       : c->entries[place].rest.p ? c->entries[place].rest
					  : c->entries[place].text;
}

static struct str task_words(const struct contact *c, size_t place)
{
	return place == NO_PLACE ? STR("") : c->tasks[place].text;
}

/* `org -Old +New; entry+ coffee; task~ slides > her slides; text`. */
static void facts_differences(struct buf *b, const struct differences *found,
			      const struct contact *before, const struct contact *after)
{
	static const char *const names[] = {"",       "entry+ ", "entry- ", "entry~ ",
					    "task+ ", "task- ",  "task~ ",  ""};
	for (size_t i = 0; i < found->count; i++) {
		const struct difference *d = &found->items[i];
		fact(b, names[d->kind]);
		if (d->kind == DIFFERENCE_FIELD) {
			buf_add(b, d->key_text);
			add_values(b, " -", d->before);
			add_values(b, " +", d->after);
		} else if (d->kind == DIFFERENCE_TEXT) {
			buf_addz(b, d->headings ? "headings" : "text");
		} else {
			bool task = d->kind >= DIFFERENCE_TASK_ADDED;
			buf_add(b, task ? task_words(before, d->was) : entry_words(before, d->was));
			if (d->was != NO_PLACE && d->is != NO_PLACE)
				buf_addz(b, " > ");
			buf_add(b, task ? task_words(after, d->is) : entry_words(after, d->is));
		}
	}
}

struct difference_case {
	const char *before, *after, *facts;
};

static void check(const struct difference_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading before, after;
		struct differences found;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&before, NULL, "people/p.md", str_of(cases[i].before));
		reading_init(&after, NULL, "people/p.md", str_of(cases[i].after));
		differences_find(&found, &before.contact, &after.contact, &after.arena);
		facts_differences(&got, &found, &before.contact, &after.contact);
		bad += differs(&got, cases[i].facts, cases[i].after);
		buf_release(&got);
		reading_release(&before);
		reading_release(&after);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases)   check(cases, ARRAY_LEN(cases))
#define FRONT(keys)    "---\n" keys "---\n"
#define LOG(entries)   "## Log\n" entries
#define TASKS(entries) "## Next\n" entries

static void fields(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {FRONT("org: A\n"), FRONT("org: A\n"), ""},
	    {FRONT("org: A\n"), FRONT("# new\norg:   'A'\n"), ""},
	    {FRONT("org: A\n"), FRONT("company: A\n"), ""},
	    {FRONT("org: A\n"), FRONT("org: B\n"), "org -A +B"},
	    {FRONT("org: A\n"), FRONT("org: [A, B]\n"), "org -A +A +B"},
	    {FRONT("org: [A, B]\n"), FRONT("org: [B, A]\n"), "org -A -B +B +A"},
	    {FRONT("org: '[[a|X]]'\n"), FRONT("org: '[[b|X]]'\n"), "org -X +X"},
	    {FRONT("name: A\n"), FRONT("name: B\n"), "name -A +B"},
	    {FRONT("given: A\nfamily: B\n"), FRONT("given: A\nfamily: C\n"), "name -A B +A C"},
	    {FRONT("name: N\ngiven: A\n"), FRONT("name: N\ngiven: B\n"), "given -A +B"},
	    {"# A\n", "# B\n", "name -A +B; headings"},
	    {"", FRONT("name: A\n"), "name +A"},
	    {FRONT("email: ada@x.y\n"), FRONT("email: work ada@x.y\n"),
	     "email -ada@x.y +work ada@x.y"},
	    {FRONT("email: work ada@x.y\n"), FRONT("email: {work: ada@x.y}\n"), ""},
	    {FRONT("phone: {mobile: \"+44 1\"}\n"), FRONT(""), "phone -mobile +44 1"},
	    {FRONT("address: {home: 1 Rd}\n"), FRONT("address: 1 Rd\n"),
	     "address -home: 1 Rd +1 Rd"},
	    {FRONT("snooze: 2026/12/1\n"), FRONT("snooze: 2026-12-01\n"), ""},
	    {FRONT(""), FRONT("snooze: 2026-12-01\n"), "snooze +2026-12-01"},
	    {FRONT("snooze: soon\n"), FRONT("snooze: later\n"), "snooze -soon +later"},
	    {FRONT("cadence: 6 weeks\n"), FRONT("cadence: every 6 weeks\n"),
	     "cadence -6 weeks +every 6 weeks"},
	    {FRONT("tier: close\n"), FRONT("tier: light\n"), "cadence -close +light"},
	    {FRONT("tier: gold\n"), FRONT("tier: silver\n"), "tier -gold +silver"},
	    {FRONT("status: paused\n"), FRONT("status: active\n"), "status -paused +active"},
	    {FRONT("birthday: 1984-11-26\n"), FRONT("birthday: --11-26\n"),
	     "birthday -1984-11-26 +--11-26"},
	    {FRONT("met: 2024-03-02\n"), FRONT("met: 2024-03-02 at Babbage's soirée\n"),
	     "met -2024-03-02 +2024-03-02 at Babbage's soirée"},
	    {FRONT("met: 2024-02-31 there\n"), FRONT("met: 2024-02-30 there\n"),
	     "met -2024-02-31 there +2024-02-30 there"},
	    {FRONT("dates: {joined X: 2021-05-01 yearly}\n"), FRONT("dates: [2026-12-03 talk]\n"),
	     "dates -2021-05-01 joined X yearly +2026-12-03 talk"},
	    {FRONT("dates: {born: 2019}\n"), FRONT("dates: {born: 2020}\n"),
	     "dates -{born: 2019} +{born: 2020}"},
	    {FRONT("knows: {boss: '[[b]]'}\n"), FRONT("knows: '[[b]]'\n"),
	     "knows -boss: [[b]] +[[b]]"},
	    {FRONT("introduced_by: [[b]]\n"), FRONT("introduced_by: [[c]]\n"),
	     "introduced_by -[[b]] +[[c]]"},
	    {FRONT("uid: a\nlocation: B\n"), FRONT("uid: b\nlocation: C\n"),
	     "location -B +C; uid -a +b"},
	};
	CHECK(cases);
}

/* A contact's tags hold those of its body; the key's own are told apart. */
static void tags(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {FRONT("tags: [a]\n"), FRONT("tags: [a, b]\n"), "tags -a +a +b"},
	    {FRONT("tags: a, b\n"), FRONT("tags: ['#a', b]\n"), ""},
	    {FRONT("tags: [a]\n"), FRONT("tags: [a]\n") "#b here\n", "text"},
	    {FRONT("tags: [a]\n") "#b\n", FRONT("tags: [a, b]\n") "#b\n", "tags -a +a +b"},
	    {FRONT("tags: [a]\n") LOG("- 2026-01-02 call\n"),
	     FRONT("tags: [a]\n") LOG("- 2026-02-02 x #looms\n- 2026-01-02 call\n"),
	     "entry+ x #looms"},
	};
	CHECK(cases);
}

static void own_keys(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {FRONT("a: 1\n"), FRONT("a: '1'\n"), ""},
	    {FRONT("a: 1\n"), FRONT("a: 2\n"), "a -1 +2"},
	    {FRONT("shoe_size: 38\n"), FRONT("Shoe Size: 38\n"), ""},
	    {FRONT("a: 1\nb: 2\n"), FRONT("b: 2\na: 1\n"), ""},
	    {FRONT("b: 2\nc: 3\n"), FRONT("a: 1\nc: 3\n"), "a +1; b -2"},
	    {FRONT("a: [1, 2]\n"), FRONT("a:\n- 1\n- 2\n"), ""},
	    {FRONT("a: [1, 2]\n"), FRONT("a: '[1, 2]'\n"), "a -[1, 2] +[1, 2]"},
	    {FRONT("a: {b: [1, 'x, y']}\n"), FRONT("a: {b: [1, '']}\n"),
	     "a -{b: [1, \"x, y\"]} +{b: [1, \"\"]}"},
	    {FRONT("a:\n"), FRONT("\n"), ""},
	    {FRONT("a: 1\na: 2\n"), FRONT("a: 1\n"), ""},
	};
	CHECK(cases);
}

static void entries(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {LOG("- 2026-01-02 call: a\n"), LOG("* 2026/01/02 Call - a\r\n"), ""},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-03 b\n- 2026-01-02 call: a\n"),
	     "entry+ b"},
	    {LOG("- 2026-01-03 b\n- 2026-01-02 a\n"), LOG("- 2026-01-02 a\n"), "entry- b"},
	    {LOG("- 2026-01-03 b\n- 2026-01-02 a\n"), LOG("- 2026-01-02 a\n- 2026-01-03 b\n"), ""},
	    {LOG("- 2026-01-02 a\n"), LOG("- 2026-01-02 a\n- 2026-01-02 a\n"), "entry+ a"},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-02 email: a\n"), "entry~ a > a"},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-02 call: b\n"), "entry~ a > b"},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-04 call: a\n"), "entry~ a > a"},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-02 14:00 call: a\n"), "entry~ a > a"},
	    {LOG("- 2026-01-02 call: a\n"), LOG("- 2026-01-02 call: a #gave\n"),
	     "entry~ a > a #gave"},
	    {LOG("- 2026-01-02 lunch: a #planned\n"), LOG("- 2026-01-02 lunch: a\n"),
	     "entry~ a > a"},
	    {LOG("- 2026-01-02 call with [[b]]: x\n"), LOG("- 2026-01-02 call with [[c]]: x\n"),
	     "entry~ with [[b]]: x > with [[c]]: x"},
	    {LOG("- 2026-01-02 a\n  more\n"), LOG("- 2026-01-02 a\n\n    more\n"), ""},
	    {LOG("- 2026-01-02 a\n  more\n"), LOG("- 2026-01-02 a\n  less\n"), "entry~ a > a"},
	    {LOG("- 2026-01-02 a\n  - [ ] t\n"), LOG("- 2026-01-02 a\n  - [x] t\n"), "task~ t > t"},
	    {"p\n", "p\n\n" LOG("- 2026-01-02 a\n"), "entry+ a; headings"},
	    {LOG("### 2026-01-02 call\na\n"), LOG("### 2026-01-02 call\nb\n"), "entry~ a > b"},
	    {LOG("- 2026-01-05 the long story\n- 2026-01-02 a\n"),
	     LOG("- 2026-01-06 the long story of it\n- 2026-01-02 a\n"),
	     "entry~ the long story > the long story of it"},
	    {LOG("- 2026-01-05 apples\n- 2026-01-02 a\n"),
	     LOG("- 2026-02-06 quinces\n- 2026-01-02 a\n"), "entry+ quinces; entry- apples"},
	};
	CHECK(cases);
}

static void tasks(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {TASKS("- [ ] a\n"), TASKS("- [ ] a\n- [ ] b\n"), "task+ b"},
	    {TASKS("- [ ] a\n- [ ] b\n"), TASKS("- [ ] b\n"), "task- a"},
	    {TASKS("- [ ] a\n"), TASKS("- [x] a  (completion:: 2026-01-02)\n"), "task~ a > a"},
	    {TASKS("- [ ] a  (due:: 2026-01-02)\n"), TASKS("- [ ] a 📅 2026-01-02\n"), ""},
	    {TASKS("- [ ] a  (due:: 2026-01-02)\n"), TASKS("- [ ] a\n"), "task~ a > a"},
	    {TASKS("- [ ] a\n"), TASKS("- [ ] #waiting a\n"), "task~ a > a"},
	    {TASKS("- [ ] a\n"), TASKS("- [ ] a #looms\n"), "task~ a > a"},
	    {TASKS("- [ ] send the paper\n"), TASKS("- [ ] send the papers\n"),
	     "task~ send the paper > send the papers"},
	    {TASKS("- [ ] a\n  more\n"), TASKS("- [ ] a\n  less\n"), "text"},
	    {TASKS("- [ ] a\n"), TASKS("* [ ] a\r\n"), ""},
	};
	CHECK(cases);
}

static void text(void **state)
{
	(void)state;
	static const struct difference_case cases[] = {
	    {"a\n", "a\r\n\r\n", ""},
	    {"a\n", "b\n", "text"},
	    {"- a\n", "- b\n", "text"},
	    {"a\n## X\nb\n", "a\n## Y\nb\n", "headings"},
	    {"## Life events\n- 2026-01-02 moved\n", "## Life events\n- 2026-01-03 moved\n",
	     "text"},
	    {"a\n" LOG("- 2026-01-02 x\n\nb\n"), "a\n" LOG("- 2026-01-02 x\n\nc\n"), "text"},
	    {"\xFF\xFE"
	     "a",
	     "\xFF\xFE"
	     "b",
	     "text"},
	    {"---\nname: A\n", "---\nname: A\n---\n", ""},
	};
	CHECK(cases);
}

/* What is equal stays so after any number of lines came, went and moved. */
static void many(void **state)
{
	(void)state;
	struct buf before, after;
	struct reading was, is;
	struct differences found;
	size_t added = 0, removed = 0, changed = 0;
	buf_init(&before, 0);
	buf_init(&after, 0);
	buf_addz(&before, "## Log\n");
	buf_addz(&after, "## Log\n");
	for (int i = 0; i < 30000; i++)
		buf_printf(&before, "- 2026-01-02 call: number %d of the list\n", i);
	for (int i = 30000 + 99; i >= 100; i--)
		buf_printf(&after, "- 2026-01-02 call: number %d of the list\n", i);
	reading_init(&was, NULL, "people/p.md", buf_str(&before));
	reading_init(&is, NULL, "people/p.md", buf_str(&after));
	differences_find(&found, &was.contact, &is.contact, &is.arena);
	for (size_t i = 0; i < found.count; i++) {
		added += found.items[i].kind == DIFFERENCE_ENTRY_ADDED;
		removed += found.items[i].kind == DIFFERENCE_ENTRY_REMOVED;
		changed += found.items[i].kind == DIFFERENCE_ENTRY_CHANGED;
	}
	/* The same day and channel: those that went are taken for those that came. */
	assert_int_equal(added + changed, 100);
	assert_int_equal(removed + changed, 100);
	assert_int_equal(found.count, added + removed + changed);
	reading_release(&was);
	reading_release(&is);
	buf_release(&before);
	buf_release(&after);
}

/* 20,000 that are all alike, and none equal: nothing is compared with everything. */
static void alike(void **state)
{
	(void)state;
	enum { COUNT = 20000 };
	struct arena arena;
	arena_init(&arena);
	struct matching_list before = {ARENA_ARRAY(&arena, struct matching_item, COUNT), COUNT};
	struct matching_list after = {ARENA_ARRAY(&arena, struct matching_item, COUNT), COUNT};
	for (size_t i = 0; i < COUNT; i++) {
		before.items[i].whole = arena_printf(&arena, "a%zu", i);
		before.items[i].text = arena_printf(&arena, "%500zu", i);
		after.items[i].whole = arena_printf(&arena, "b%zu", i);
		after.items[i].text = i % 2 ? before.items[i].text : STR("nothing of the sort");
	}
	matching_pair(&before, &after, &arena);
	size_t paired = 0;
	for (size_t i = 0; i < COUNT; i++) {
		assert_false(after.items[i].equal);
		if (after.items[i].other == MATCHING_NONE)
			continue;
		assert_int_equal(before.items[after.items[i].other].other, i);
		paired++;
	}
	assert_int_equal(paired, COUNT / 2);
	arena_release(&arena);
}

static void sameness(void **state)
{
	(void)state;
	struct entry e = {.day = 5, .channel = STR("call"), .text = STR("a")}, f = e;
	struct task t = {.text = STR("a"), .due = NO_DAY}, u = t;
	f.offset = 9;
	u.offset = 9;
	assert_true(differences_same_entry(&e, &f));
	assert_true(differences_same_task(&t, &u));
	f.gave = true;
	u.due = 7;
	assert_false(differences_same_entry(&e, &f));
	assert_false(differences_same_task(&t, &u));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields),  cmocka_unit_test(tags),  cmocka_unit_test(own_keys),
	    cmocka_unit_test(entries), cmocka_unit_test(tasks), cmocka_unit_test(text),
	    cmocka_unit_test(many),    cmocka_unit_test(alike), cmocka_unit_test(sameness),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
