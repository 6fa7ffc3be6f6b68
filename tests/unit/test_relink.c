/* Links to a contact that gets another file name: which are rewritten, and which stay. */
#include "change/relink.h"

#include "reading.h"
#include "report/ids.h"

static const struct relink moved = {
    .slug = {"ada-byron", 9},
    .to_slug = {"ada-lovelace", 12},
    .path = {"people/ada-byron.md", 19},
    .to_path = {"people/ada-lovelace.md", 22},
};

struct row {
	const char *path, *text, *expected; /* expected: NULL where nothing changes */
};

static const struct row texts[] = {
    {"people/bob.md", "with [[ada-byron]]\n", "with [[ada-lovelace]]\n"},
    {"people/bob.md", "[[Ada-Byron|Ada]] [[ada-byron#Log]] [[ada-byron#^x]]",
     "[[ada-lovelace|Ada]] [[ada-lovelace#Log]] [[ada-lovelace#^x]]"},
    {"people/bob.md", "[[people/ada-byron.md]] [[people/ada-byron]]",
     "[[people/ada-lovelace.md]] [[people/ada-lovelace]]"},
    {"people/bob.md", "[[ada-byron\\|Ada]] \\[[ada-byron]]",
     "[[ada-lovelace\\|Ada]] \\[[ada-byron]]"},
    {"people/bob.md", "[a](ada-byron.md \"t\") [a](../people/ada-byron.md (t))",
     "[a](ada-lovelace.md \"t\") [a](../people/ada-lovelace.md (t))"},
    {"people/bob.md", "[[Ada Byron]] [[ada-byrons]] [ada-byron]", NULL},
    {"people/bob.md", "`[[ada-byron]]` [[ada-byron]]", "`[[ada-byron]]` [[ada-lovelace]]"},
    {"people/bob.md", "```\n[[ada-byron]]\n```\n[[ada-byron]]\n",
     "```\n[[ada-byron]]\n```\n[[ada-lovelace]]\n"},
    /* Fences in items and quotes, and what looks like one. */
    {"people/bob.md", "- ```\n  [[ada-byron]]\n  ```\n- [[ada-byron]]\n",
     "- ```\n  [[ada-byron]]\n  ```\n- [[ada-lovelace]]\n"},
    {"people/bob.md", "1. ~~~\n   [[ada-byron]]\n\nafter [[ada-byron]]\n",
     "1. ~~~\n   [[ada-byron]]\n\nafter [[ada-lovelace]]\n"},
    {"people/bob.md", "> ```\n> [[ada-byron]]\n> ```\n> [[ada-byron]]\n",
     "> ```\n> [[ada-byron]]\n> ```\n> [[ada-lovelace]]\n"},
    {"people/bob.md", "```\n```sh\n[[ada-byron]]\n```\n[[ada-byron]]\n",
     "```\n```sh\n[[ada-byron]]\n```\n[[ada-lovelace]]\n"},
    {"people/bob.md", "```x``` and\n[[ada-byron]]\n", "```x``` and\n[[ada-lovelace]]\n"},
    {"people/bob.md", "-\n10. [[ada-byron]]", "-\n10. [[ada-lovelace]]"},
    /* As a vault around the journal, and other programs, write paths. */
    {"people/bob.md", "[[journal/people/ada-byron]] [[ada-byron.md]] [x](people/ada-byron.md)",
     "[[journal/people/ada-lovelace]] [[ada-lovelace.md]] [x](people/ada-lovelace.md)"},
    {"people/bob.md", "[[lost/ada-byron]] [x](lost/ada-byron.md) [[xada-byron.md]]", NULL},
    {"people/bob.md", "[her](ada-byron.md) [her](./ada-byron.md#log)",
     "[her](ada-lovelace.md) [her](./ada-lovelace.md#log)"},
    {"people/work/bob.md", "[x](../ada-byron.md)", "[x](../ada-lovelace.md)"},
    {"reviews/2026-W48.md", "[Ada](../people/ada-byron.md), [x](https://a.b/ada-byron.md)",
     "[Ada](../people/ada-lovelace.md), [x](https://a.b/ada-byron.md)"},
    {"people/bob.md", "[a](ada-byron.md", NULL},
    {"people/bob.md", "[out](../../ada-byron.md)", NULL},
    {"people/bob.md", "one\r\n[[ada-byron]]\r\nno end", "one\r\n[[ada-lovelace]]\r\nno end"},
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct buf out;
		buf_init(&out, 0);
		bool changed =
		    relink_file(&out, &moved, str_of(texts[i].path), str_of(texts[i].text));
		const char *expected = texts[i].expected ? texts[i].expected : texts[i].text;
		assert_string_equal(out.p, expected);
		assert_int_equal(changed, texts[i].expected != NULL);
		buf_release(&out);
	}
}

static const struct row contacts[] = {
    {"people/bob.md", "---\nintroduced_by: ada-byron\nknows: {boss: \"[[ada-byron]]\"}\n---\n",
     "---\nintroduced_by: ada-lovelace\nknows: {boss: \"[[ada-lovelace]]\"}\n---\n"},
    {"people/bob.md", "---\nknows:\n  - 'ada-byron'\n  - [[ada-byron]]\n  - Ada Byron\n---\n",
     "---\nknows:\n  - 'ada-lovelace'\n  - [[ada-lovelace]]\n  - Ada Byron\n---\n"},
    {"people/bob.md", "# Brother of [[ada-byron]]\n", "# Brother of [[ada-lovelace]]\n"},
    {"people/bob.md", "---\nnick: ada-byron\n---\n- 2026-01-02 call with [[ada-byron]]: x\n",
     "---\nnick: ada-byron\n---\n- 2026-01-02 call with [[ada-lovelace]]: x\n"},
};

static void test_contacts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(contacts); i++) {
		struct reading r;
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 0);
		reading_init(&r, NULL, contacts[i].path, str_of(contacts[i].text));
		assert_int_equal(relink_contact(&out, &moved, &r.config, str_of(contacts[i].path),
						r.image, &err),
				 0);
		assert_string_equal(out.p, contacts[i].expected);
		reading_release(&r);
		buf_release(&out);
	}
}

/* A file name that YAML reads as something else, where no quotes stand around it, is left. */
static void test_left(void **state)
{
	(void)state;
	const struct relink odd = {moved.slug, STR("a: b"), moved.path, STR("people/a: b.md")};
	static const struct row rows[] = {
	    {"people/bob.md", "---\nnick: [[ada-byron]]\n---\n", NULL},
	    {"people/bob.md", "---\norg: [[ada-byron]]\n---\n", NULL},
	    {"people/bob.md", "---\nnick: [x, {y: \"[[ada-byron]]\"}]\n---\n",
	     "---\nnick: [x, {y: \"[[a: b]]\"}]\n---\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct reading r;
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 0);
		reading_init(&r, NULL, rows[i].path, str_of(rows[i].text));
		int failed =
		    relink_contact(&out, &odd, &r.config, str_of(rows[i].path), r.image, &err);
		assert_int_equal(failed, 0);
		assert_string_equal(out.p, rows[i].expected ? rows[i].expected : rows[i].text);
		reading_release(&r);
		buf_release(&out);
	}
}

/* Time that does not grow with the square of a line. */
static void test_hostile(void **state)
{
	(void)state;
	struct buf text, out;
	buf_init(&text, 0);
	buf_init(&out, 0);
	for (size_t i = 1; i < 2000; i++) {
		buf_fill(&text, '`', i);
		buf_addc(&text, 'a');
	}
	buf_fill(&text, '[', 100000);
	buf_addz(&text, "[[ada-byron]]");
	assert_true(relink_file(&out, &moved, STR("people/bob.md"), buf_str(&text)));
	assert_int_equal(out.n, text.n + 3);
	buf_release(&text);
	buf_release(&out);
}

/* An id is made from the slug, and from texts that hold links. */
static void test_ids(void **state)
{
	(void)state;
	struct reading ada, bob;
	struct buf page, out, expected;
	char was[4][ID_SIZE], is[4][ID_SIZE];
	reading_init(&ada, NULL, "people/ada-byron.md",
		     STR("---\nbirthday: 1815-12-10\n---\n- [ ] send it\n- [ ] send it\n"));
	reading_init(&bob, NULL, "people/bob.md", STR("- [ ] introduce to [[ada-byron]]\n"));
	struct contact both[2] = {ada.contact, bob.contact};
	struct journal journal = {.contacts = both, .count = 2};
	id_make(was[0], 'r', STR("ada-byron"), STR(""), 0);
	id_make(is[0], 'r', STR("ada-lovelace"), STR(""), 0);
	id_make(was[1], 'p', STR("ada-byron"), STR("send it"), 1);
	id_make(is[1], 'p', STR("ada-lovelace"), STR("send it"), 1);
	id_make(was[2], 'd', STR("ada-byron"), STR("birthday"), 0);
	id_make(is[2], 'd', STR("ada-lovelace"), STR("birthday"), 0);
	id_make(was[3], 'p', STR("bob"), STR("introduce to [[ada-byron]]"), 0);
	id_make(is[3], 'p', STR("bob"), STR("introduce to [[ada-lovelace]]"), 0);
	buf_init(&page, 0);
	buf_init(&out, 0);
	buf_init(&expected, 0);
	for (int i = 0; i < 4; i++) {
		buf_printf(&page, "- [ ] thing ^%s\n", was[i]);
		buf_printf(&expected, "- [ ] thing ^%s\n", is[i]);
	}
	buf_addz(&page, "- [ ] other ^r-zzzzzzz x^r-\n");
	buf_addz(&expected, "- [ ] other ^r-zzzzzzz x^r-\n");
	struct relink_ids *ids = relink_ids_new(&journal, &moved);
	assert_true(relink_review(&out, &moved, ids, STR("reviews/2026-W48.md"), buf_str(&page)));
	assert_string_equal(out.p, expected.p);
	relink_ids_free(ids);
	buf_release(&page);
	buf_release(&out);
	buf_release(&expected);
	reading_release(&ada);
	reading_release(&bob);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_texts), cmocka_unit_test(test_contacts),
	    cmocka_unit_test(test_left),  cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
