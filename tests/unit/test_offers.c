/* What may stand next, as far as it is typed: each kind over one journal. */
#include "insight/offers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/datewords.h"
#include "base/interval.h"
#include "folder.h"

#define TODAY "2026-11-23"

static const char files[] =
    "=== kith.yaml\n"
    "queries: {mentors: 'tag:mentor', far: 'last:..3mo'}\n"
    "=== people/ada.md\n"
    "---\nname: Ada Lovelace\naliases: Countess\norg: Analytical Engines\n"
    "tags: [mentor, maths/logic, water law]\nhobby: chess\nlocation: Łódź\n---\n"
    "## Next\n- [ ] send the paper\n- [ ] bring the brass tape\n"
    "=== people/a/john.md\n---\nname: John Smith\norg: Acme\ntags: Mentor\n---\n"
    "=== people/b/john.md\n---\nname: John Wood\norg: acme\n---\n"
    "=== people/-dash.md\n---\nname: Dash\norg: Acme\n---\n"
    "=== people/Anna Maria.md\n---\nstatus: archived\n---\n"
    "=== people/Doe, Jane.md\n---\nemail: jane@doe.example\n---\n"
    "=== people/bad\tline.md\n---\nname: Bad Line\norg: \"a\\eb\"\n---\n";

static struct folder folder;
static civil_day today;

static void offer_who(struct offers *o, const struct term_reader *reader)
{
	offers_people(o, reader->journal, 0);
}

static void offer_some(struct offers *o, const struct term_reader *reader)
{
	offers_people(o, reader->journal, OFFERS_ACTIVE | OFFERS_LISTED);
}

static void offer_named(struct offers *o, const struct term_reader *reader)
{
	offers_people(o, reader->journal, OFFERS_NAMED);
}

static void offer_where(struct offers *o, const struct term_reader *reader)
{
	o->quotes = true;
	offers_query(o, reader);
}

static void offer_open(struct offers *o, const struct term_reader *reader)
{
	struct todo todo = {0};
	todo_add(&todo, &reader->journal->contacts[folder_who(&folder, "ada")]);
	offers_tasks(o, &todo);
	todo_release(&todo);
}

static void offer_ahead(struct offers *o, const struct term_reader *reader)
{
	offers_time(o, OFFERS_AHEAD, reader->today);
}

static void test_offers(void **state)
{
	static const struct {
		void (*offer)(struct offers *o, const struct term_reader *reader);
		const char *typed, *words; /* joined by `|`; `*` at the end: and more */
	} cases[] = {
	    {offer_who, "ad", "ada"},
	    {offer_who, "COUNT", "ada"},
	    {offer_who, "love", "ada"},
	    {offer_who, "john", "people/a/john.md|people/b/john.md"},
	    {offer_who, "dash", "people/-dash.md"},
	    {offer_who, "maria", "Anna Maria"},
	    {offer_who, "jane", "Doe, Jane"},
	    {offer_who, "bad", ""},
	    {offer_who, "lace", ""},
	    {offer_some, "ada,",
	     "ada,ada|ada,people/-dash.md|ada,people/a/john.md|"
	     "ada,people/b/john.md"},
	    {offer_some, "maria", ""},
	    {offer_some, "jane", ""},
	    {offer_named, "count", "Countess"},
	    {offer_named, "love", "Ada Lovelace"},
	    {offer_named, "AD", "ada"},
	    {offers_query, "or", "org:"},
	    {offers_query, "hob", "hobby:"},
	    {offers_query, "tag:m", "tag:Mentor|tag:maths/logic|tag:mentor"},
	    {offers_query, "TAG:W", "TAG:water law"},
	    {offer_where, "tag:w", "tag:\"water law\""},
	    {offer_where, "tag:mentor o", "tag:mentor org:"},
	    {offers_query, "(tag:w", "(tag:water law"},
	    {offers_query, "(ta", "(tag:"},
	    {offers_query, "org:a", "org:Acme|org:Analytical Engines|org:acme"},
	    {offers_query, "org:Analytical en", "org:Analytical Engines"},
	    {offers_query, "in:lo", "in:Łódź"},
	    {offers_query, "hobby:", "hobby:chess"},
	    {offers_query, "is:d", "is:deceased|is:dormant|is:drifting|is:due"},
	    {offers_query, "has:pro", "has:promise"},
	    {offers_query, "has:hob", "has:hobby"},
	    {offers_query, "sort:-la", "sort:-last"},
	    {offers_query, "sort:limit", ""},
	    {offers_query, "query:", "query:far|query:mentors"},
	    {offers_query, "last:this", "last:this-month|last:this-week|last:this-year"},
	    {offers_query, "nothing:", ""},
	    {offers_query, "text:", ""},
	    {offers_query, ":", ""},
	    {offers_columns, "name,hob", "name,hobby"},
	    {offers_fields, "org", "org+=|org-=|org="},
	    {offers_fields, "birth", "birthday="},
	    {offers_fields, "hob", "hobby="},
	    {offers_fields, "org=an", "org=Analytical Engines"},
	    {offers_fields, "tags+=wa", "tags+=water law"},
	    {offers_fields, "status=", "status=active|status=archived|status=paused"},
	    {offers_fields, "snooze=yest", "snooze=yesterday"},
	    {offers_fields, "=", ""},
	    {offer_open, "", "1|2"},
	    {offer_open, "bra", "2"},
	    {offer_open, "2", "2"},
	    {offer_ahead, "to", "today|tomorrow"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena;
		struct offers o;
		struct buf b;
		arena_init(&arena);
		buf_init(&b, 0);
		offers_init(&o, str_of(cases[i].typed), &arena);
		cases[i].offer(&o,
			       &(const struct term_reader){&folder.journal, today, &arena, false});
		offers_finish(&o);
		for (size_t n = 0; n < o.count; n++) {
			buf_addz(&b, n ? "|" : "");
			buf_add(&b, o.items[n].word);
		}
		if (strcmp(b.p, cases[i].words) != 0)
			fail_msg("%s gives %s", cases[i].typed, b.p);
		offers_release(&o);
		buf_release(&b);
		arena_release(&arena);
	}
}

/* How often a value is there, and on what day a word falls. */
static void test_about(void **state)
{
	struct arena arena;
	struct offers o;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	offers_init(&o, STR("org:acm"), &arena);
	offers_query(&o, &reader);
	offers_finish(&o);
	assert_int_equal(o.count, 2);
	assert_int_equal(o.items[0].times, 2);
	assert_null(o.items[0].about.p);
	offers_release(&o);
	offers_init(&o, STR("mon"), &arena);
	offers_time(&o, OFFERS_AHEAD, today);
	assert_int_equal(o.count, 1);
	assert_string_equal(o.items[0].about.p, "Mon 2026-11-30");
	offers_release(&o);
	arena_release(&arena);
}

/* Each word for a time is one where it is offered. */
static void test_times(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	for (unsigned time = OFFERS_PAST; time <= OFFERS_SPAN; time *= 2) {
		struct offers o;
		offers_init(&o, STR(""), &arena);
		offers_time(&o, time, today);
		assert_true(o.count > 3);
		for (size_t i = 0; i < o.count; i++) {
			struct str word = o.items[i].word;
			struct term term;
			struct interval interval;
			civil_day day;
			bool fits =
			    time == OFFERS_INTERVAL ? interval_parse(word, &interval) == INTERVAL_OK
			    : time == OFFERS_SPAN
				? !term_read_key(&term, &reader, STR("last"), NULL) &&
				      !term_read_value(&term, &reader, word, false, NULL)
				: datewords_parse_all(word, today, DATEWORDS_PAST, &day) == DATE_OK;
			if (!fits)
				fail_msg("%s is none", arena_str(&arena, word).p);
		}
		offers_release(&o);
	}
	arena_release(&arena);
}

static int set_up(void **state)
{
	(void)state;
	folder_init(&folder, files);
	folder_load(&folder, 1, false);
	assert_int_equal(date_parse_all(STR(TODAY), &today), DATE_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	folder_release(&folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_offers),
	    cmocka_unit_test(test_about),
	    cmocka_unit_test(test_times),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
