/* What happened, in people's terms: phrases about one contact, and about a set of files. */
#include "change/describe.h"

#include "base/text.h"
#include "reading.h"

#define FRONT(keys)  "---\nname: Ada Lovelace\n" keys "---\n"
#define LOG(entries) FRONT("") "## Log\n" entries
#define NEXT(tasks)  FRONT("") "## Next\n" tasks
#define OLD          "- 2026-01-02 call: before\n"
#define TODAY        20780 /* 2026-11-23 */

struct describe_case {
	const char *before, *after, *phrases;
};

static void check(const struct describe_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading before, after;
		struct strs phrases;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&before, NULL, "people/ada.md", str_of(cases[i].before));
		reading_init(&after, NULL, "people/ada.md", str_of(cases[i].after));
		const struct describe_setting setting = {.config = &after.config, .today = TODAY};
		describe_contact(&phrases, &before.contact, &after.contact, &setting, &after.arena);
		for (size_t p = 0; p < phrases.count; p++) {
			buf_addz(&got, p ? "; " : "");
			buf_add(&got, phrases.items[p]);
			assert_true(text_is_line(phrases.items[p]));
		}
		bad += differs(&got, cases[i].phrases, cases[i].after);
		buf_release(&got);
		reading_release(&before);
		reading_release(&after);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases))

static void entries(void **state)
{
	(void)state;
	static const struct describe_case cases[] = {
	    {LOG(OLD), LOG(OLD), ""},
	    {LOG(OLD), LOG("- 2026-11-23 coffee: looms\n" OLD), "Log coffee with Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 call: x\n" OLD), "Log a call with Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 Email\n" OLD), "Log an email with Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 looms\n" OLD), "Log a conversation with Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 gift: x\n" OLD), "Log a gift for Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 gift: x #got\n" OLD), "Log a gift from Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 note: x\n" OLD), "Note about Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 tried\n" OLD), "Try to reach Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-11-23 a\n- 2026-11-22 b\n- 2026-11-21 c\n" OLD),
	     "Log 3 conversations with Ada Lovelace"},
	    {LOG(OLD), LOG("- 2026-12-01 lunch: x #planned\n" OLD),
	     "Plan lunch with Ada Lovelace on 2026-12-01"},
	    {LOG(OLD), LOG("- 2026-12-01 lunch: x\n" OLD),
	     "Plan lunch with Ada Lovelace on 2026-12-01"},
	    {LOG("- 2026-12-01 lunch: x #planned\n"), LOG("- 2026-12-01 lunch: x #cancelled\n"),
	     "Cancel lunch with Ada Lovelace on 2026-12-01"},
	    {LOG("- 2026-12-01 lunch: x #planned\n"), LOG("- 2026-12-08 lunch: x #planned\n"),
	     "Move lunch with Ada Lovelace to 2026-12-08"},
	    {LOG("- 2026-12-01 call: x #planned\n"), LOG("- 2026-12-08 call: x #planned\n"),
	     "Move the call with Ada Lovelace to 2026-12-08"},
	    {LOG("- 2026-11-20 lunch: x #planned\n"), LOG("- 2026-11-20 lunch: it was good\n"),
	     "Log lunch with Ada Lovelace"},
	    {LOG("- 2026-11-20 visit: x\n"), LOG("- 2026-11-20 visit: y\n"),
	     "Change the visit with Ada Lovelace of 2026-11-20"},
	    {LOG("- 2026-11-20 visit: x\n" OLD), LOG(OLD),
	     "Remove the visit with Ada Lovelace of 2026-11-20"},
	    {LOG("- 2026-11-20 tried\n" OLD), LOG(OLD),
	     "Remove the attempt to reach Ada Lovelace of 2026-11-20"},
	    {FRONT(""), LOG("- 2026-11-23 call: x\n"), "Log a call with Ada Lovelace"},
	};
	CHECK(cases);
}

static void tasks(void **state)
{
	(void)state;
	static const struct describe_case cases[] = {
	    {NEXT(""), NEXT("- [ ] send her the paper  (due:: 2026-12-01)\n"),
	     "Promise Ada Lovelace: send her the paper"},
	    {FRONT(""), NEXT("- [ ] #waiting slides\n"), "Wait for Ada Lovelace: slides"},
	    {NEXT(""), NEXT("- [ ] #waiting #asked a reference\n"),
	     "Ask Ada Lovelace: a reference"},
	    {NEXT(""), NEXT("- [ ] #topic looms\n"), "Topic for Ada Lovelace: looms"},
	    {NEXT("- [ ] a\n"), NEXT("- [x] a  (completion:: 2026-11-23)\n"),
	     "Done for Ada Lovelace: a"},
	    {NEXT("- [ ] #waiting a\n"), NEXT("- [x] #waiting a\n"), "Got from Ada Lovelace: a"},
	    {NEXT("- [ ] #topic a\n"), NEXT("- [x] #topic a\n"), "Brought up with Ada Lovelace: a"},
	    {NEXT("- [ ] a\n"), NEXT("- [-] a\n"), "Drop for Ada Lovelace: a"},
	    {NEXT("- [x] a\n"), NEXT("- [ ] a\n"), "Open again for Ada Lovelace: a"},
	    {NEXT("- [ ] a (due:: 2026-11-30)\n"), NEXT("- [ ] a (due:: 2026-12-01)\n"),
	     "New date for Ada Lovelace: a, by 2026-12-01"},
	    {NEXT("- [ ] send the paper\n"), NEXT("- [ ] send the papers\n"),
	     "Change a promise to Ada Lovelace: send the papers"},
	    {NEXT("- [ ] a\n"), NEXT(""), "Remove a promise to Ada Lovelace: a"},
	    {NEXT(""), NEXT("- [ ] introduce her to [[michael-faraday|Faraday]]\n"),
	     "Promise Ada Lovelace: introduce her to Faraday"},
	    {NEXT(""), NEXT("- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n"),
	     "Promise Ada Lovelace: 4 things"},
	    {NEXT(""),
	     NEXT("- [ ] a text that is much too long to stand in a subject as it is, by far\n"),
	     "Promise Ada Lovelace: a text that is much too long to stand in a subject as it is…"},
	};
	CHECK(cases);
}

static void fields(void **state)
{
	(void)state;
	static const struct describe_case cases[] = {
	    {FRONT("org: A\n"), FRONT("org: Digital\n"), "Ada Lovelace is now at Digital"},
	    {FRONT(""), FRONT("org: Digital\n"), "Ada Lovelace is at Digital"},
	    {FRONT("org: [A, B]\n"), FRONT("org: A\n"), "Ada Lovelace is no longer at B"},
	    {FRONT("org: '[[a|A]]'\n"), FRONT("org: '[[b|A]]'\n"),
	     "Change the org of Ada Lovelace"},
	    {FRONT("title: X\n"), FRONT("title: CTO\n"), "Ada Lovelace is now CTO"},
	    {FRONT("org: A\ntitle: X\n"), FRONT("org: B\ntitle: CTO\n"),
	     "Ada Lovelace is now CTO at B"},
	    {FRONT("location: X\n"), FRONT("location: Bath\n"), "Ada Lovelace is in Bath now"},
	    {FRONT(""), FRONT("email: a@b.c\n"), "New e-mail of Ada Lovelace"},
	    {FRONT("email: [a@b.c, b@b.c]\n"), FRONT("email: a@b.c\n"),
	     "Remove an e-mail of Ada Lovelace"},
	    {FRONT(""), FRONT("snooze: 2026-12-01\n"), "Snooze Ada Lovelace until 2026-12-01"},
	    {FRONT("snooze: 2026-12-01\n"), FRONT(""), "End the snooze of Ada Lovelace"},
	    {FRONT(""), FRONT("snooze: soon\n"), "Add the snooze of Ada Lovelace"},
	    {FRONT(""), FRONT("status: paused\n"), "Pause Ada Lovelace"},
	    {FRONT("status: paused\n"), FRONT(""), "Resume Ada Lovelace"},
	    {FRONT(""), FRONT("status: archived\n"), "Archive Ada Lovelace"},
	    {FRONT(""), FRONT("status: deceased\n"), "Note the death of Ada Lovelace"},
	    {FRONT(""), FRONT("status: odd\n"), "Add the status of Ada Lovelace"},
	    {FRONT(""), FRONT("cadence: 6w\n"), "Keep in touch with Ada Lovelace every 6 weeks"},
	    {FRONT(""), FRONT("cadence: monthly\n"), "Keep in touch with Ada Lovelace every month"},
	    {FRONT(""), FRONT("cadence: 2 weeks until 2027-02-01 then 2 months\n"),
	     "Keep in touch with Ada Lovelace every 2 weeks until 2027-02-01, then every 2 months"},
	    {FRONT("cadence: 6w\n"), FRONT("cadence: none\n"), "No check-ins with Ada Lovelace"},
	    {FRONT("cadence: 6w\n"), FRONT(""), "Remove the cadence of Ada Lovelace"},
	    {FRONT(""), FRONT("birthday: --11-26\n"), "Note the birthday of Ada Lovelace"},
	    {FRONT(""), FRONT("tags: [a, b]\n"), "Tag Ada Lovelace with a, b"},
	    {FRONT("tags: a\n"), FRONT("tags: b\n"), "Change the tags of Ada Lovelace"},
	    {FRONT("phone: 1\n"), FRONT("phone: 2\n"), "Change the phone of Ada Lovelace"},
	    {FRONT("shoe_size: 1\n"), FRONT("shoe_size: 2\n"), "Change shoe_size of Ada Lovelace"},
	    {FRONT(""), FRONT("a: 1\nb: 2\nc: 3\nd: 4\n"), "Change 4 details of Ada Lovelace"},
	    {FRONT(""), FRONT("met: 2026-01-02\nknows: '[[b]]'\n"),
	     "Note how Ada Lovelace was met; Note whom Ada Lovelace knows"},
	    {FRONT("met: 2026-01-02\nknows: '[[b]]'\n"), FRONT(""),
	     "Remove how Ada Lovelace was met; Remove whom Ada Lovelace knows"},
	    {FRONT("met: 2026-01-02\nknows: ['[[b]]', '[[c]]']\n"),
	     FRONT("met: 2026-01-03\nknows: '[[b]]'\n"),
	     "Change how Ada Lovelace was met; Change whom Ada Lovelace knows"},
	    {"---\nname: Ada Byron\n---\n", FRONT("aliases: [Ada Byron]\n"),
	     "Rename Ada Byron to Ada Lovelace"},
	    {FRONT(""), "---\nname: \"Ada\\e[31m\\nX\"\n---\n", "Rename Ada Lovelace to Ada[31m X"},
	};
	CHECK(cases);
}

static void text(void **state)
{
	(void)state;
	static const struct describe_case cases[] = {
	    {FRONT("") "a\n", FRONT("") "b\n", "Change the notes on Ada Lovelace"},
	    {FRONT("") "a\n", FRONT("") "# X\na\n", "Change the notes on Ada Lovelace"},
	    {FRONT("") "a\n", FRONT("# hm\n") "a\n", "Tidy the file of Ada Lovelace"},
	    {LOG(OLD), FRONT("org: X\n") "hello\n## Log\n- 2026-11-23 call: x\n" OLD,
	     "Log a call with Ada Lovelace; Ada Lovelace is at X; Change the notes on Ada "
	     "Lovelace"},
	    /* A field in the text. */
	    {FRONT("") "born:: 1984-11-26\na\n", FRONT("") "born:: 1985-11-26\na\n",
	     "Change the birthday of Ada Lovelace"},
	    {FRONT("") "a\n", FRONT("") "born:: 1985-11-26\n\n- **Org**: X\n\na\n",
	     "Ada Lovelace is at X; Note the birthday of Ada Lovelace"},
	    {FRONT("") "born:: 1984-11-26\na\n", FRONT("") "born:: 1985-11-26\nb\n",
	     "Change the birthday of Ada Lovelace; Change the notes on Ada Lovelace"},
	    {FRONT("born: 1984-11-26\n") "born:: 1985-11-26\n",
	     FRONT("born: 1984-11-26\n") "born:: 1985-11-27\n", "Change the notes on Ada Lovelace"},
	};
	CHECK(cases);
}

/* A set of files, made from the rows of a table. */
struct file_row {
	const char *path, *old_path, *before, *after;
};

struct set {
	struct arena arena;
	struct config config;
	struct description description;
};

static void set_init(struct set *s, const struct file_row *rows, size_t count)
{
	arena_init(&s->arena);
	config_default(&s->config, &s->arena);
	struct describe_file *files = ARENA_ARRAY(&s->arena, struct describe_file, count);
	for (size_t i = 0; i < count; i++) {
		struct str path = str_of(rows[i].path), old = str_of(rows[i].old_path);
		bool person = str_starts(path, STR("people/"));
		files[i] = (struct describe_file){
		    .path = path, .old_path = old, .was = rows[i].before, .is = rows[i].after};
		if (person) {
			files[i].before = describe_read(old.p ? old : path, str_of(rows[i].before),
							&s->config, &s->arena);
			files[i].after =
			    describe_read(path, str_of(rows[i].after), &s->config, &s->arena);
		}
	}
	const struct describe_setting setting = {.config = &s->config, .today = TODAY};
	describe_files(&s->description, files, count, &setting, &s->arena);
}

static void assert_set(const struct file_row *rows, size_t count, const char *subject,
		       const char *body)
{
	struct set s;
	set_init(&s, rows, count);
	assert_string_equal(arena_str(&s.arena, s.description.subject).p, subject);
	assert_string_equal(arena_str(&s.arena, s.description.body).p, body);
	for (size_t i = 0; i < s.description.count; i++)
		assert_true(s.description.phrases[i].file < count);
	arena_release(&s.arena);
}

#define GRACE(keys) "---\nname: Grace Hopper\n" keys "---\n"

static void sets(void **state)
{
	(void)state;
	static const struct file_row issue[] = {
	    {"people/ada.md", NULL, LOG(OLD), LOG("- 2026-11-23 call: x\n" OLD)},
	    {"people/grace.md", NULL, GRACE("org: Navy\n"), GRACE("org: Digital\n")}};
	assert_set(issue, 2, "Log a call with Ada Lovelace; Grace Hopper is now at Digital", "");
	static const struct file_row others[] = {{"kith.yaml", NULL, "a", "b"},
						 {"notes.md", NULL, NULL, "b"},
						 {"people/ada.md", NULL, NULL, FRONT("")},
						 {"people/grace.md", NULL, GRACE(""), NULL},
						 {"reviews/2026-W48.md", NULL, NULL, "b"},
						 {"templates/review.md", NULL, "a", "b"}};
	assert_set(
	    others, 6,
	    "Add Ada Lovelace; Remove Grace Hopper; Write the review of week 48, 2026; and 3 "
	    "more",
	    "- Add Ada Lovelace\n- Remove Grace Hopper\n- Write the review of week 48, 2026\n"
	    "- Change the settings\n- Add notes.md\n- Change the template review.md");
	assert_set(others + 4, 1, "Write the review of week 48, 2026", "");
	static const struct file_row fresh[] = {{".gitignore", NULL, NULL, "a"},
						{"kith.yaml", NULL, NULL, "b"},
						{"people/ada.md", NULL, NULL, FRONT("")},
						{"templates/review.md", NULL, NULL, "a"}};
	assert_set(fresh, 4, "Start the journal; Add Ada Lovelace", "");
	assert_set(NULL, 0, "", "");
}

static void renames(void **state)
{
	(void)state;
	static const struct file_row renamed[] = {
	    {"people/ada-lovelace.md", "people/ada-byron.md", "---\nname: Ada Byron\n---\n",
	     FRONT("aliases: [Ada Byron]\n")},
	    {"people/grace.md", NULL, GRACE("") "[[ada-byron|Ada Byron]], [[ada-byron]]\n",
	     GRACE("") "[[ada-lovelace|Ada Lovelace]], [[ada-lovelace]]\n"}};
	assert_set(renamed, 2, "Rename Ada Byron to Ada Lovelace", "");
	const struct file_row more[] = {renamed[0],
					{"people/grace.md", NULL, GRACE("") "[[ada-byron]]\n",
					 GRACE("") "[[ada-lovelace]] too\n"}};
	assert_set(more, 2, "Rename Ada Byron to Ada Lovelace; Change the notes on Grace Hopper",
		   "");
	static const struct file_row moved[] = {
	    {"people/old/ada.md", "people/ada.md", FRONT(""), FRONT("")}};
	assert_set(moved, 1, "Move the file of Ada Lovelace to people/old/ada.md", "");
	static const struct file_row unnamed[] = {{"people/bob.md", "people/rob.md", "x\n", "x\n"}};
	assert_set(unnamed, 1, "Rename rob to bob", "");
	/* Two files made from one template look renamed to git. */
	static const struct file_row alike[] = {
	    {"people/grace.md", "people/ada.md", FRONT("tags: [a]\n"), GRACE("tags: [a]\n")}};
	assert_set(alike, 1, "Remove Ada Lovelace; Add Grace Hopper", "");
}

static void bulk(void **state)
{
	(void)state;
	enum { COUNT = 300 };
	static struct file_row rows[COUNT];
	struct arena arena;
	struct set s;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT; i++)
		rows[i] = (struct file_row){arena_printf(&arena, "people/p%zu.md", i).p, NULL, NULL,
					    arena_printf(&arena, "---\nname: P %zu\n---\n", i).p};
	set_init(&s, rows, COUNT);
	assert_int_equal(s.description.count, 1);
	assert_true(str_eq(s.description.subject, STR("Add 300 people")));
	assert_true(str_starts(s.description.body, STR("- Add P 0\n- Add P 1\n")));
	assert_true(str_ends(s.description.body, STR("\n- Add P 99\n- and 200 more")));
	arena_release(&s.arena);
	arena_release(&arena);
}

/* What is passed over is no contact. */
static void templates(void **state)
{
	(void)state;
	static const struct file_row rows[] = {
	    {"people/t.md", NULL, NULL, "---\nname: {{x}}\n---\n"}};
	struct set s;
	set_init(&s, rows, 1);
	assert_true(str_eq(s.description.subject, STR("Add people/t.md")));
	arena_release(&s.arena);
}

static void singles(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct str names[] = {STR("Ada"), STR("Grace"), STR("Bob"), STR("Eve")};
	struct entry e = {.day = TODAY + 8, .channel = STR("coffee")};
	static const char *const wanted[] = {"coffee with Ada", "coffee with Ada and Grace",
					     "coffee with Ada, Grace and Bob",
					     "coffee with Ada, Grace, Bob and 1 more"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str got = describe_talk(&e, &(struct strs){names, i + 1}, &arena);
		assert_string_equal(got.p, wanted[i]);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(entries), cmocka_unit_test(tasks),     cmocka_unit_test(fields),
	    cmocka_unit_test(text),    cmocka_unit_test(sets),      cmocka_unit_test(renames),
	    cmocka_unit_test(bulk),    cmocka_unit_test(templates), cmocka_unit_test(singles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
