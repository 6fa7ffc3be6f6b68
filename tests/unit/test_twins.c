/* Who is there already: names, addresses and numbers, in their many spellings. */
#include "people/journal.h"
#include "people/twins.h"
#include "reading.h"

static const struct twin_case {
	const char *there, *new, *want; /* front matter; the sign, or "" */
} cases[] = {
    {"name: Ada Lovelace", "name: Ada Lovelace", "name: Ada Lovelace"},
    {"name: Łukasz Żółć", "name: lukasz  ZOLC", "name: Łukasz Żółć"},
    {"name: Ada\naliases: [Countess]", "name: countess", "name: Countess"},
    {"name: Ada", "name: X\naliases: [x, ADA]", "name: Ada"},
    {"name: Ada Lovelace", "name: Ada", ""},
    {"name: Ada", "name: Adam", ""},
    {"name: A\nemail: a@b.example", "name: B\nemail: A@B.EXAMPLE", "e-mail: a@b.example"},
    {"name: A\nemail: {work: x@b.example}", "name: B\nemail: [y@b.example, x@b.example]",
     "e-mail: x@b.example"},
    {"name: A\nemail: a@b.example", "name: B\nemail: a@b.exampl", ""},
    {"name: A\nphone: +44 7700 900123", "name: B\nphone: 07700 900123", "phone: +44 7700 900123"},
    {"name: A\nphone: 07700 900123", "name: B\nphone: 0044 (7700) 900-123", "phone: 07700 900123"},
    {"name: A\nphone: 900 1234", "name: B\nphone: 9001234", "phone: 900 1234"},
    {"name: A\nphone: 900 1234", "name: B\nphone: +44 7700 9001234", ""},
    {"name: A\nphone: 4711", "name: B\nphone: 4711", ""},
    {"name: A\nphone: 0000000000", "name: B\nphone: 00000000", ""},
    {"name: A\nphone: +44 7700 900123", "name: B\nphone: +44 7700 900124", ""},
    {"name: A\nphone: see the card", "name: B\nphone: see the card", ""},
};

static void find(struct buf *got, const struct twin_case *c)
{
	struct reading there, new;
	struct buf a, b;
	struct twins twins;
	buf_init(&a, 0);
	buf_init(&b, 0);
	buf_printf(&a, "---\n%s\n---\n", c->there);
	buf_printf(&b, "---\n%s\n---\n", c->new);
	reading_init(&there, NULL, "people/a.md", buf_str(&a));
	reading_init(&new, NULL, "people/b.md", buf_str(&b));
	struct journal journal = {.contacts = &there.contact, .count = 1};
	twins_find(&twins, &journal, &new.contact, &new.arena);
	for (size_t i = 0; i < twins.count; i++)
		buf_printf(got, "%s: %.*s", twin_sign_name(twins.items[i].sign),
			   STR_ARG(twins.items[i].text));
	reading_release(&there);
	reading_release(&new);
	buf_release(&a);
	buf_release(&b);
}

static void signs(void **state)
{
	size_t bad = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf got;
		buf_init(&got, 0);
		find(&got, &cases[i]);
		if (!str_eq(buf_str(&got), str_of(cases[i].want))) {
			print_error("%s / %s:\n got %s\nwant %s\n", cases[i].there, cases[i].new,
				    got.p, cases[i].want);
			bad++;
		}
		buf_release(&got);
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(signs)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
