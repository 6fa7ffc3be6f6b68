/* A whole folder: which files are contacts, whom links mean, and who was there. */
#include "folder.h"

/* `path` of each contact, `!` after what cannot be read. */
static void paths(struct buf *b, const struct journal *j)
{
	for (size_t i = 0; i < j->count; i++) {
		fact_text(b, "", j->contacts[i].path);
		buf_addz(b, j->contacts[i].unread ? "!" : "");
	}
}

/* `path:line:column severity`. */
static void findings(struct buf *b, const struct journal *j)
{
	for (size_t i = 0; i < j->diag.count; i++) {
		const struct finding *f = &j->diag.items[i];
		fact_text(b, "", f->path);
		buf_printf(b, ":%d:%d %s", f->line, f->column, severity_name(f->severity));
	}
}

static void check_facts(struct folder *f, void (*say)(struct buf *, const struct journal *),
			const char *wanted)
{
	struct buf got;
	buf_init(&got, 0);
	say(&got, &f->journal);
	assert_int_equal(differs(&got, wanted, ""), 0);
	buf_release(&got);
}

static void which_files(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\nignore: [Archive/, '*.skip.md']\n"
			"=== people/ada.md\n"
			"=== people/sub/deep/bob.md\n"
			"=== people/Charles Babbage.md\n"
			"=== people/.hidden.md\n"
			"=== people/.obsidian/in.md\n"
			"=== people/Archive/old.md\n"
			"=== people/x.skip.md\n"
			"=== people/notes.txt\n"
			"=== people/UPPER.MD\n"
			"=== people/template.md\n---\nname: {{title}}\n---\n"
			"=== elsewhere/eve.md\n"
			"=== reviews/2026-W48.md\n"
			"=== top.md\n");
	folder_load(&f, 2, false);
	check_facts(&f, paths, "people/Charles Babbage.md; people/ada.md; people/sub/deep/bob.md");
	check_facts(&f, findings, "");
	/* .hidden.md, x.skip.md, template.md; what is in folders that are passed over is not seen.
	 */
	assert_true(f.journal.passed.count >= 3);
	folder_release(&f);
}

static void several_folders(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\npeople: [work, friends, work, missing, work/team]\n"
			"=== work/ada.md\n=== friends/bob.md\n=== work/team/eve.md\n"
			"=== people/no.md\n");
	folder_load(&f, 1, true);
	check_facts(&f, paths, "friends/bob.md; work/ada.md; work/team/eve.md");
	folder_release(&f);
	folder_init(&f, "=== kith.yaml\npeople: [people, ./people/, people/.]\n"
			"ignore: [/people/eve.md]\n"
			"=== people/ada.md\n=== people/eve.md\n=== people/sub/eve.md\n");
	folder_load(&f, 1, true);
	check_facts(&f, paths, "people/ada.md; people/sub/eve.md");
	check_facts(&f, findings, "");
	folder_release(&f);
	folder_init(&f, "=== kith.yaml\npeople: ./\n=== ada.md\n=== people/bob.md\n");
	folder_load(&f, 1, true);
	check_facts(&f, paths, "ada.md; people/bob.md");
	folder_release(&f);
}

static void empty_journals(void **state)
{
	(void)state;
	struct folder f;
	struct kith_error err = {0};
	struct journal_options options = {.threads = 1, .plain_reads = true};
	folder_init(&f, "=== kith.yaml\n");
	folder_load(&f, 1, true);
	assert_int_equal(f.journal.count, 0);
	folder_release(&f);
	folder_init(&f, "=== people/ada.md\n");
	assert_int_equal(journal_load(&f.journal, f.dir, &options, &err), -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	folder_release(&f);
	folder_init(&f, "=== kith.yaml\nversion: 9\n=== people/ada.md\n");
	err = (struct kith_error){0};
	assert_int_equal(journal_load(&f.journal, f.dir, &options, &err), -1);
	assert_int_equal(err.status, KITH_UNSUPPORTED);
	check_facts(&f, findings, "kith.yaml:1:10 error");
	folder_release(&f);
}

static void what_cannot_be_read(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\nmax_file: 100\n"
			"=== people/ada.md\nname\n"
			"=== people/large.md\n"
			"----------------------------------------------------------------------\n"
			"----------------------------------------------------------------------\n"
			"=== outside.txt\n");
	assert_int_equal(symlinkat("/etc/passwd", f.dir, "people/out.md"), 0);
	assert_int_equal(symlinkat("ada.md", f.dir, "people/within.md"), 0);
	assert_int_equal(symlinkat("nothing", f.dir, "people/nothing.md"), 0);
	assert_int_equal(symlinkat("loop.md", f.dir, "people/loop.md"), 0);
	assert_int_equal(symlinkat("..", f.dir, "people/up"), 0);
	char fifo[128];
	snprintf(fifo, sizeof(fifo), "%s/people/fifo.md", f.path);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	for (int plain = 0; plain < 2; plain++) {
		folder_load(&f, 1, plain);
		check_facts(&f, paths,
			    "people/ada.md; people/large.md!; people/loop.md!; people/nothing.md!; "
			    "people/out.md!");
		check_facts(&f, findings,
			    "people/fifo.md:1:1 error; people/large.md:1:1 error; "
			    "people/loop.md:1:1 error; people/nothing.md:1:1 error; "
			    "people/out.md:1:1 error; people/within.md:1:1 warning");
		if (!plain)
			journal_release(&f.journal);
	}
	folder_release(&f);
}

static void only_some_notes(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\nonly: {type: person}\n"
			"=== people/ada.md\n---\ntype: person\n---\n"
			"=== people/recipe.md\n---\ntype: recipe\ncadence: 9 wekes\n---\n"
			"- 2026-02-30 a\n"
			"=== people/plain.md\ntext\n");
	folder_load(&f, 1, false);
	check_facts(&f, paths, "people/ada.md");
	/* What is no contact has no faults either. */
	check_facts(&f, findings, "");
	assert_int_equal(f.journal.passed.count, 2);
	folder_release(&f);
}

static void slug_twins(void **state)
{
	(void)state;
	struct folder f;
	uint32_t who;
	folder_init(&f, "=== kith.yaml\n"
			"=== people/a/ada.md\nname\n=== people/b/ada.md\n=== people/c/Ada.md\n"
			"=== people/x/\xC3\xA9.md\n=== people/y/e\xCC\x81.md\n"
			"=== people/bob.md\n---\nintroduced_by: ada\n---\n");
	folder_load(&f, 1, false);
	assert_int_equal(f.journal.count, 6);
	check_facts(&f, findings,
		    "people/b/ada.md:1:1 error; people/bob.md:2:16 warning; "
		    "people/c/Ada.md:1:1 error; people/y/e\xCC\x81.md:1:1 error");
	assert_true(is_told(&f.journal.diag, "people/a/ada.md"));
	assert_int_equal(journal_resolve(&f.journal, STR("ada"), &who), JOURNAL_SEVERAL);
	assert_int_equal(journal_resolve(&f.journal, STR("ADA"), &who), JOURNAL_SEVERAL);
	/* A path says which. */
	assert_int_equal(journal_resolve(&f.journal, STR("people/b/ada"), &who), JOURNAL_FOUND);
	assert_true(str_eq(f.journal.contacts[who].path, STR("people/b/ada.md")));
	folder_release(&f);
}

static void targets(void **state)
{
	(void)state;
	static const struct {
		const char *target;
		enum journal_found found;
		const char *slug;
	} cases[] = {
	    {"ada-lovelace", JOURNAL_FOUND, "ada-lovelace"},
	    {"Ada-Lovelace", JOURNAL_FOUND, "ada-lovelace"},
	    {"Charles Babbage", JOURNAL_FOUND, "Charles Babbage"},
	    {"people/ada-lovelace", JOURNAL_FOUND, "ada-lovelace"},
	    {"people/ada-lovelace.md", JOURNAL_FOUND, "ada-lovelace"},
	    {"../people/ada-lovelace.md", JOURNAL_FOUND, "ada-lovelace"},
	    {"./ada-lovelace.md", JOURNAL_FOUND, "ada-lovelace"},
	    {"vault/journal/people/ada-lovelace", JOURNAL_FOUND, "ada-lovelace"},
	    {"Charles%20Babbage.md", JOURNAL_FOUND, "Charles Babbage"},
	    {"Ada Lovelace", JOURNAL_FOUND, "ada-lovelace"},
	    {"ada  LOVELACE", JOURNAL_FOUND, "ada-lovelace"},
	    {"Countess", JOURNAL_FOUND, "ada-lovelace"},
	    {"Lukasz Zolc", JOURNAL_FOUND, "lukasz"},
	    {"łukasz żółć", JOURNAL_FOUND, "lukasz"},
	    /* A slug comes before a name, a name must be one person's. */
	    {"grace", JOURNAL_FOUND, "grace"},
	    {"Grace Hopper", JOURNAL_SEVERAL, NULL},
	    {"Ada", JOURNAL_NOBODY, NULL},
	    {"Ada Love", JOURNAL_NOBODY, NULL},
	    {"elsewhere/nobody", JOURNAL_NOBODY, NULL},
	    {"", JOURNAL_NOBODY, NULL},
	    {"projects/engine", JOURNAL_OTHER_FILE, NULL},
	    {"engine.md", JOURNAL_OTHER_FILE, NULL},
	    {"picture.png", JOURNAL_OTHER_FILE, NULL},
	    {"../projects/engine.md", JOURNAL_OTHER_FILE, NULL},
	    {"vault/journal/projects/engine", JOURNAL_OTHER_FILE, NULL},
	    {"journal/picture.png", JOURNAL_OTHER_FILE, NULL},
	    {"deep/er/a%20b", JOURNAL_OTHER_FILE, NULL},
	    {"other/engine", JOURNAL_NOBODY, NULL},
	    {"vault/er/a b", JOURNAL_NOBODY, NULL},
	};
	struct folder f;
	folder_init(
	    &f, "=== kith.yaml\n"
		"=== people/ada-lovelace.md\n---\nname: Ada Lovelace\naliases: Countess\n---\n"
		"=== people/Charles Babbage.md\n=== people/lukasz.md\n---\nname: Łukasz Żółć\n---\n"
		"=== people/grace.md\n---\nname: Grace Hopper\n---\n"
		"=== people/hopper.md\n---\nname: Grace Hopper\naliases: grace\n---\n"
		"=== projects/engine.md\n=== picture.png\n=== projects/deep/er/a b.md\n");
	folder_load(&f, 1, false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint32_t who = NO_CONTACT;
		enum journal_found found =
		    journal_resolve(&f.journal, str_of(cases[i].target), &who);
		if (found != cases[i].found)
			print_error("%s\n", cases[i].target);
		assert_int_equal(found, cases[i].found);
		if (cases[i].slug)
			assert_int_equal(who, folder_who(&f, cases[i].slug));
	}
	folder_release(&f);
}

/* Where not all files can be listed, nobody says that a link means none of them. */
static void files_that_are_not_known(void **state)
{
	(void)state;
	struct folder f;
	uint32_t who;
	folder_init(&f, "=== kith.yaml\n=== people/ada.md\n---\nintroduced_by: ghost\n---\n");
	folder_load(&f, 1, false);
	check_facts(&f, findings, "people/ada.md:2:16 warning");
	journal_release(&f.journal);
	struct buf path;
	buf_init(&path, 0);
	for (int i = 0; i < 100; i++)
		buf_addz(&path, "d/");
	buf_addz(&path, "ghost.md");
	folder_put(&f, path.p, STR(""));
	folder_load(&f, 1, false);
	assert_int_equal(journal_resolve(&f.journal, STR("ghost"), &who), JOURNAL_OTHER_FILE);
	check_facts(&f, findings, "");
	buf_release(&path);
	folder_release(&f);
}

static void links_of_the_front_matter(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\n=== notes.md\n"
			"=== people/ada.md\n---\nname: Ada Lovelace\n"
			"introduced_by: [[bob]]\n"
			"knows: {friend: Eve E, other: \"[[nobody]]\", also: [[notes]]}\n"
			"org: \"[[nothing]]\"\n---\n"
			"[[nobody at all]]\n- 2026-01-01 saw [[nobody]]\n"
			"=== people/bob.md\n---\nvia: ghost\n---\n"
			"=== people/eve.md\n---\nname: Eve E\n---\n");
	folder_load(&f, 1, false);
	const struct contact *ada = &f.journal.contacts[folder_who(&f, "ada")];
	assert_int_equal(ada->introduced_by.items[0].who, folder_who(&f, "bob"));
	assert_int_equal(ada->knows.items[0].who, folder_who(&f, "eve"));
	assert_int_equal(ada->knows.items[1].who, NO_CONTACT);
	assert_int_equal(ada->knows.items[2].who, NO_CONTACT);
	check_facts(&f, findings, "people/ada.md:4:31 warning; people/bob.md:2:6 warning");
	folder_release(&f);
}

static void circles(void **state)
{
	(void)state;
	struct folder f;
	folder_init(&f, "=== kith.yaml\n"
			"=== people/a.md\n---\nintroduced_by: c\n---\n"
			"=== people/b.md\n---\nintroduced_by: a\n---\n"
			"=== people/c.md\n---\nintroduced_by: b\n---\n"
			"=== people/d.md\n---\nintroduced_by: a\n---\n"
			"=== people/e.md\n---\nintroduced_by: [d, f]\n---\n"
			"=== people/f.md\n"
			"=== people/s.md\n---\nintroduced_by: s\n---\n");
	folder_load(&f, 1, false);
	assert_int_equal(f.journal.diag.count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(f.journal.diag.items[i].severity, SEVERITY_WARNING);
	assert_true(is_told(&f.journal.diag, "circle"));
	assert_true(str_eq(f.journal.diag.items[1].path, STR("people/s.md")));
	folder_release(&f);
}

/* One finding a person, however often; the names of a long circle have an end. */
static void many_circles(void **state)
{
	(void)state;
	struct folder f;
	struct buf text;
	folder_init(&f, "=== kith.yaml\n");
	for (int i = 0; i < 30; i++) {
		char path[64];
		buf_init(&text, 0);
		buf_printf(&text, "---\nintroduced_by: [p%02d, p00, p00, p%02d]\n---\n",
			   (i + 1) % 30, i);
		snprintf(path, sizeof(path), "people/p%02d.md", i);
		folder_put(&f, path, buf_str(&text));
		buf_release(&text);
	}
	folder_load(&f, 1, false);
	assert_int_equal(f.journal.diag.count, 30);
	assert_true(is_told(&f.journal.diag, "p00 \xE2\x86\x90 p01 \xE2\x86\x90 p00"));
	assert_true(is_told(&f.journal.diag, "p05 \xE2\x86\x90 \xE2\x80\xA6 (30 people)"));
	for (size_t i = 0; i < 30; i++)
		assert_true(f.journal.diag.items[i].message.n < 200);
	folder_release(&f);
}

/* More people than an entry keeps are told of, not dropped without a word. */
static void much_company(void **state)
{
	(void)state;
	for (int people = 64; people <= 65; people++) {
		struct folder f;
		struct buf text;
		buf_init(&text, 0);
		folder_init(&f, "=== kith.yaml\n");
		buf_addz(&text, "- 2026-01-01 call with [[p0]]");
		for (int i = 0; i < people; i++) {
			char path[64];
			buf_printf(&text, ", [[p%d]]", i);
			snprintf(path, sizeof(path), "people/p%d.md", i);
			folder_put(&f, path, STR(""));
		}
		buf_addz(&text, ", [[p0]]: a\n");
		folder_put(&f, "people/ada.md", buf_str(&text));
		folder_load(&f, 1, false);
		const struct contact *ada = &f.journal.contacts[folder_who(&f, "ada")];
		assert_int_equal(ada->entries[0].with_count, 64);
		assert_true(str_eq(ada->entries[0].text, STR("a")));
		check_facts(&f, findings, people == 64 ? "" : "people/ada.md:1:3 warning");
		buf_release(&text);
		folder_release(&f);
	}
}

/* Whom an entry of ada's names, its text, and what is warned of. */
static void company(void **state)
{
	(void)state;
	static const struct {
		const char *entry, *with, *text;
		int warnings;
	} cases[] = {
	    {"call with [[bob]]: a", "bob", "a", 0},
	    {"with [[bob]]: a", "bob", "a", 0},
	    {"call with [[bob]]", "bob", "", 0},
	    {"call with [[bob|Bobby]] - a", "bob", "a", 0},
	    {"call with [Bob](bob.md): a", "bob", "a", 0},
	    {"call with Bob B: a", "bob", "a", 0},
	    {"call with bob b — a", "bob", "a", 0},
	    {"call with Bobby: a", "bob", "a", 0},
	    {"call with [[bob]], [[eve]]: a", "bob eve", "a", 0},
	    {"call with [[bob]]; [[eve]] and Cy & Smith, J.: a", "bob eve cy", "a", 0},
	    {"call with [[bob]] and [[eve]]: a", "bob eve", "a", 0},
	    {"call with Bob B and Roe & Co: a", "bob co", "a", 0},
	    {"call with Bob B, and Cy & Smith, J.", "bob cy", "", 0},
	    {"call with [[bob]] & [[bob]]: a", "bob", "a", 0},
	    {"call with [[ada]] and [[bob]]: a", "bob", "a", 0},
	    {"call with [[ada]]: a", "", "a", 0},
	    {"call with [[nobody]]: a", "", "a", 1},
	    {"call with [[nobody]], [[bob]]: a", "bob", "a", 1},
	    {"call with [[notes]]: a", "", "a", 0},
	    {"call with a friend: a", "", "with a friend: a", 0},
	    {"call with [[bob]] #planned", "bob", "", 0},
	    {"call with Bob B #planned ^b1", "bob", "", 0},
	    {"call with [[bob]] about a", "bob", "about a", 0},
	    {"call with [[bob]] and a friend: a", "bob", "and a friend: a", 0},
	    {"call with Bob", "", "with Bob", 0},
	    {"call with [[bob]], Zoe: hi", "bob", "Zoe: hi", 1},
	    {"call with [[bob]] and Zoe Z: hi", "bob", "and Zoe Z: hi", 1},
	    {"call with [[bob]], Zoe, Ann & Bo - hi", "bob", "Zoe, Ann & Bo - hi", 1},
	    {"call with [[bob]], Twin: hi", "bob", "Twin: hi", 1},
	    {"call with [[bob]], a friend: hi", "bob", "a friend: hi", 0},
	    {"call with [[bob]], Zoe came", "bob", "Zoe came", 0},
	    {"call with [[bob]]; Zoe", "bob", "Zoe", 0},
	    {"call with [[bob]], : hi", "bob", "hi", 0},
	    {"call with Bob B   and   [[eve]]   - hi", "bob eve", "hi", 0},
	    {"call with Bob B     #planned", "bob", "", 0},
	    {"note with [[bob]]: a", "bob", "a", 0},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct folder f;
		struct buf text, got;
		buf_init(&text, 0);
		buf_init(&got, 0);
		buf_printf(&text, "- 2026-01-01 %s\n", cases[i].entry);
		folder_init(&f, "=== kith.yaml\n=== notes.md\n"
				"=== people/bob.md\n---\nname: Bob B\naliases: [Bobby]\n---\n"
				"=== people/co.md\n---\nname: Roe & Co\n---\n"
				"=== people/cy.md\n---\nname: Cy & Smith, J.\n---\n"
				"=== people/eve.md\n---\naliases: [Twin]\n---\n"
				"=== people/fay.md\n---\naliases: [Twin]\n---\n");
		folder_put(&f, "people/ada.md", buf_str(&text));
		folder_load(&f, 1, false);
		const struct contact *ada = &f.journal.contacts[folder_who(&f, "ada")];
		assert_int_equal(ada->entries_count, 1);
		const struct entry *e = &ada->entries[0];
		for (uint32_t w = 0; w < e->with_count; w++) {
			buf_addz(&got, w ? " " : "");
			buf_add(&got, f.journal.contacts[e->with[w]].slug);
			assert_int_equal(f.journal.contacts[e->with[w]].shared_count, 1);
		}
		bad += differs(&got, cases[i].with, text.p);
		buf_clear(&got);
		buf_add(&got, e->text);
		bad += differs(&got, cases[i].text, text.p);
		assert_null(e->rest.p);
		assert_int_equal(f.journal.diag.count, cases[i].warnings);
		assert_false(diag_has_error(&f.journal.diag));
		buf_release(&text);
		buf_release(&got);
		folder_release(&f);
	}
	assert_int_equal(bad, 0);
}

/* All that a journal says, in one text. */
static void everything(struct buf *b, struct journal *j)
{
	paths(b, j);
	buf_addc(b, '\n');
	findings(b, j);
	buf_printf(b, "\n%zu\n", j->passed.count);
	for (size_t i = 0; i < j->count; i++) {
		const struct contact *c = &j->contacts[i];
		facts_entries(b, c);
		facts_tasks(b, c);
		for (size_t e = 0; e < c->entries_count; e++)
			for (uint32_t w = 0; w < c->entries[e].with_count; w++)
				buf_printf(b, " %u", c->entries[e].with[w]);
		for (size_t s = 0; s < c->shared_count; s++)
			buf_printf(b, " <%u:%u>", c->shared[s].contact, c->shared[s].entry);
		for (size_t s = 0; s < c->introduced_by.count; s++)
			buf_printf(b, " by %u", c->introduced_by.items[s].who);
		buf_addc(b, '\n');
	}
}

/* 300 contacts, so that each thread has something to do. */
static void put_many(struct folder *f)
{
	for (int i = 0; i < 300; i++) {
		struct buf text;
		char path[64];
		buf_init(&text, 0);
		buf_printf(&text,
			   "---\nname: Person %d\nintroduced_by: p%d\n%s---\n"
			   "- 2026-01-0%d call with [[p%d]] and Person %d: a\n- [ ] b %d\n%s",
			   i, (i + 7) % 320, i % 9 ? "" : "cadence: 6 wekes\n", i % 9 + 1,
			   (i * 31) % 300, (i * 17) % 300, i, i % 11 ? "" : "- 2026-02-30 x\n");
		snprintf(path, sizeof(path), "people/%d/p%d.md", i % 5, i);
		folder_put(f, path, buf_str(&text));
		buf_release(&text);
	}
}

static void threads_and_ways_of_reading(void **state)
{
	(void)state;
	struct folder f;
	struct buf first, again;
	buf_init(&first, 0);
	buf_init(&again, 0);
	folder_init(&f, "=== kith.yaml\n");
	put_many(&f);
	folder_load(&f, 1, true);
	assert_int_equal(f.journal.count, 300);
	assert_true(f.journal.diag.count > 30);
	everything(&first, &f.journal);
	journal_release(&f.journal);
	for (size_t threads = 1; threads <= 8; threads++)
		for (int plain = 0; plain < 2; plain++) {
			folder_load(&f, threads, plain);
			buf_clear(&again);
			everything(&again, &f.journal);
			assert_true(str_eq(buf_str(&first), buf_str(&again)));
			journal_release(&f.journal);
		}
	buf_release(&first);
	buf_release(&again);
	folder_release(&f);
}

/* Folders enough for several threads to walk: with them the journal is the same. */
static void many_folders(void **state)
{
	(void)state;
	struct folder f;
	struct buf files, wanted;
	struct kith_error err = {0};
	struct fs_list list;
	buf_init(&files, 0);
	buf_init(&wanted, 0);
	buf_addz(&files, "=== kith.yaml\npeople: [people, people/c17]\nignore: [c18/]\n"
			 "=== people/.no/x.md\n=== people/ada.md\n");
	buf_addz(&wanted, "people/ada.md");
	for (int i = 10; i < 60; i++) {
		buf_printf(&files, "=== people/c%d/in/eve.md\n=== people/c%d/.x.md\n", i, i);
		if (i != 18)
			buf_printf(&wanted, "; people/c%d/in/eve.md", i);
	}
	folder_init(&f, files.p);
	for (size_t threads = 1; threads <= 8; threads *= 2) {
		folder_load(&f, threads, true);
		check_facts(&f, paths, wanted.p);
		/* c17 is walked twice, c18 not at all; folders count as well. */
		assert_int_equal(f.journal.passed.count, 51);
		journal_release(&f.journal);
		assert_int_equal(journal_load_config(&f.journal, f.dir, &err), 0);
		f.journal.threads = threads;
		assert_int_equal(journal_list(&f.journal, &list, &err), 0);
		assert_int_equal(list.count, 51);
		fs_list_release(&list);
		journal_release(&f.journal);
	}
	folder_release(&f);
	buf_release(&files);
	buf_release(&wanted);
}

static void closed_folders(void **state)
{
	(void)state;
	struct folder f;
	if (geteuid() == 0)
		skip();
	folder_init(&f, "=== kith.yaml\n=== people/a/ada.md\n=== people/b/bob.md\n");
	assert_int_equal(fchmodat(f.dir, "people/b", 0, 0), 0);
	folder_load(&f, 2, true);
	check_facts(&f, paths, "people/a/ada.md");
	check_facts(&f, findings, "people/b:1:1 error");
	assert_int_equal(fchmodat(f.dir, "people/b", 0700, 0), 0);
	folder_release(&f);
}

static void asked_for_twice(void **state)
{
	(void)state;
	struct folder f;
	struct kith_error err = {0};
	struct str items[] = {STR("people/bob.md"), STR("people/ada.md"), STR("people/bob.md")};
	const struct strs only = {items, 3};
	const struct journal_options options = {
	    .threads = 1, .depth = JOURNAL_NAMES, .only = &only};
	folder_init(&f, "=== kith.yaml\n=== people/ada.md\n=== people/bob.md\n"
			"=== people/eve.md\n");
	assert_int_equal(journal_load(&f.journal, f.dir, &options, &err), 0);
	check_facts(&f, paths, "people/ada.md; people/bob.md");
	folder_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(which_files),
	    cmocka_unit_test(several_folders),
	    cmocka_unit_test(empty_journals),
	    cmocka_unit_test(what_cannot_be_read),
	    cmocka_unit_test(only_some_notes),
	    cmocka_unit_test(slug_twins),
	    cmocka_unit_test(targets),
	    cmocka_unit_test(files_that_are_not_known),
	    cmocka_unit_test(links_of_the_front_matter),
	    cmocka_unit_test(circles),
	    cmocka_unit_test(many_circles),
	    cmocka_unit_test(company),
	    cmocka_unit_test(much_company),
	    cmocka_unit_test(threads_and_ways_of_reading),
	    cmocka_unit_test(many_folders),
	    cmocka_unit_test(closed_folders),
	    cmocka_unit_test(asked_for_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
