/* Who is meant by a query: each row over one journal, on one day; and where one is wrong. */
#include "insight/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "folder.h"

#define TODAY "2026-11-23"

static const char files[] =
    "=== kith.yaml\n"
    "since: 2026-01-01\n"
    "queries: {mentors: 'tag:mentor sort:-last', far: 'query:mentors last:..3mo',\n"
    "  ring: 'query:round', round: 'not query:ring', wrong: 'tagg:x', many: 'query:more',\n"
    "  more: 'limit:1 query:most', most: 'ada or bob'}\n"
    "=== people/ada.md\n"
    "---\nname: Ada Lovelace\naliases: Countess\norg: Analytical Engines\ntitle: CTO\n"
    "location: New London\ntags: [mentor, maths/logic]\ninterests: looms\n"
    "email: ada@engines.example\nbirthday: 1984-12-10\nmet: 2025-03-02 at a soirée\n"
    "cadence: 6 weeks\nhobby: [sailing, chess]\n---\n"
    "Runs on tea.\n## Log\n- 2026-10-20 call: the Jacquard Loom\n"
    "=== people/bob.md\n"
    "---\nname: Bob Żółć\norg: [Navy, Digital]\nformerly: clerk, Engines Ltd (2019–2024)\n"
    "tags: mentor\nmet: 2026-11-10\nintroduced_by: '[[ada]]'\nknows: {friend: '[[eve]]'}\n"
    "cadence: none\n---\n## Next\n- [ ] the gray slides  (due:: 2026-11-30)\n"
    "## Log\n- 2026-02-20 coffee: a grey day\n"
    "=== people/cat.md\n"
    "---\nname: Cat\nstatus: paused\nbirthday: 1990-12-01\n---\n## Log\n- 2026-11-20 call\n"
    "=== people/dan.md\n"
    "---\nname: Dan\nstatus: archived\ntags: mentor\n---\n"
    "=== people/eve.md\n"
    "---\nname: Eve\nmet: 2026-11-15\nadded: 2026-11-01\ndates: {talk: 2026-12-03}\n---\n"
    "## Log\n- 2026-12-01 lunch: x #planned\n";

static const struct asked {
	const char *query, *who;
} asked[] = {
    {"", "ada bob eve"},
    {"ada", "ada"},
    {"COUNTESS", "ada"},
    {"engines", "ada"},
    {"engines lovelace", "ada"},
    {"lovelace engines", "ada"},
    {"gines", ""},
    {"zolc", "bob"},
    {"\"analytical engines\"", "ada"},
    {"\"engines analytical\"", ""},
    {"loom", "ada"},
    {"engines.example", "ada"},
    {"ada or bob", "ada bob"},
    {"ada and bob", ""},
    {"ada OR bob and eve", "ada"},
    {"(ada or bob) and eve", ""},
    {"not ada", "bob eve"},
    {"-ada", "bob eve"},
    {"not not ada", "ada"},
    {"not (ada or bob)", "eve"},
    {"\"or\"", ""},
    {"name:lovelace", "ada"},
    {"org:\"analytical eng\"", "ada"},
    {"company:digital", "bob"},
    {"org:digital or formerly:engines", "bob"},
    {"formerly:navy", ""},
    {"in:london", "ada"},
    {"city:york", ""},
    {"tag:mentor", "ada bob"},
    {"tag:maths", "ada"},
    {"tag:math", ""},
    {"#mentor", "ada bob"},
    {"has:email", "ada"},
    {"not has:email", "bob eve"},
    {"has:promise", "bob"},
    {"has:hobby", "ada"},
    {"has:cadence", "ada bob"},
    {"hobby:sail", "ada"},
    {"via:lovelace", "bob"},
    {"knows:eve", "bob"},
    {"is:paused", "cat"},
    {"is:paused or is:archived", "cat dan"},
    {"not is:active", "cat dan"},
    {"status:archived", "dan"},
    {"tag:mentor is:archived", "dan"},
    {"is:new", "eve"},
    {"is:dormant", ""},
    {"is:planned", "eve"},
    {"cadence:none", "bob"},
    {"cadence:6w", "ada"},
    {"cadence:6-weeks", "ada"},
    {"cadence:light", "eve"},
    {"last:3mo..", "ada"},
    {"last:..3mo", "bob"},
    {"last:none", "eve"},
    {"last:never", "eve"},
    {"last:..", "ada bob"},
    {"last:2026-10", "ada"},
    {"last:2026-W43", "ada"},
    {"last:2026-10-20", "ada"},
    {"last:2026-10-21..", ""},
    {"last:..2026-02", "bob"},
    {"last:february", "bob"},
    {"last:\"20 oct\"", "ada"},
    {"last:10mo..1mo", "ada bob"},
    {"last:34d..", "ada"},
    {"last:33d..", ""},
    {"last:..34d", "bob"},
    {"last:..33d", "ada bob"},
    {"met:2025", "ada"},
    {"met:2025..2026", "ada bob eve"},
    {"met:this-year", "bob eve"},
    {"met:last-year", "ada"},
    {"met:soirée", "ada"},
    {"met:/s.*e$/", "ada"},
    {"birthday:next-month", "ada"},
    {"birthday:..17d", "ada"},
    {"birthday:..16d", ""},
    {"birthday:17d..", ""},
    {"birthday:december", "ada"},
    {"birthday:none", "bob eve"},
    {"dates:..2w", "eve"},
    {"due:..2w", "ada"},
    {"due:none", "bob eve"},
    {"planned:..2w", "eve"},
    {"added:2026-11", "eve"},
    {"text:tea", "ada"},
    {"text:name", ""},
    {"text:\"jacquard loom\"", "ada"},
    {"/gr[ae]y/", "bob"},
    {"text:/gray \\w+/", "bob"},
    {"(/loom/)", "ada"},
    {"org:/^navy$/", "bob"},
    {"slug:ada", "ada"},
    {"path:people", "ada bob eve"},
    {"sort:last", "bob ada eve"},
    {"sort:-last", "ada bob eve"},
    {"sort:-name", "eve bob ada"},
    {"sort:org", "ada bob eve"},
    {"sort:-last limit:1", "ada"},
    {"limit:0", ""},
    {"query:mentors", "ada bob"},
    {"query:mentors sort:last", "bob ada"},
    {"query:far", "bob"},
    {"QUERY:Mentors ada", "ada"},
    {"query:many", "ada"},
    {"eve or query:mentors", "ada bob eve"},
};

static const struct wrong_query {
	const char *query;
	int column;
	const char *why;
} wrong_queries[] = {
    {"ada tagg:x", 5, "there is no key \"tagg\" (did you mean \"tag\"?)"},
    {"hobbie:x", 1, "(did you mean \"hobby\"?)"},
    {"https://x.y", 1, "put \"https:…\" into quotes"},
    {"ada \"bob", 5, "the quote is not closed"},
    {"\"a\"b", 4, "a blank is missing"},
    {"ada (bob", 5, "the parenthesis is not closed"},
    {"ada)", 4, "closes nothing"},
    {"a ()", 3, "nothing stands in"},
    {"/ada", 1, "the expression is not closed"},
    {"ada /b(c/", 7, "( is not closed"},
    {"in:/b(c/", 6, "( is not closed"},
    {"tag:/x/", 6, "takes no /expression/"},
    {"last:", 1, "not has:last"},
    {"é last:2026-02-30", 8, "February 2026 has 28 days"},
    {"last:03/04/2026", 6, "3 April or 4 March"},
    {"last:yesterdy", 6, "did you mean \"yesterday\"?"},
    {"last:3mo", 6, "last:3mo.. or last:..3mo"},
    {"last:2026..2025", 6, "ends before it begins"},
    {"is:pausd", 4, "did you mean \"paused\"?"},
    {"is:quite-other", 4, "it is one of active"},
    {"has:emial", 5, "did you mean \"email\"?"},
    {"cadence:6weks", 9, "weeks"},
    {"sort:foo", 6, "nobody has a key"},
    {"sort:is", 6, "nothing to sort by"},
    {"limit:-1", 7, "needs a number"},
    {"query:mentor", 7, "did you mean \"mentors\"?"},
    {"ada query:wrong", 11, "in the query \"wrong\" of kith.yaml: there is no key"},
    {"query:ring", 7, "leads back to itself"},
    {"or ada", 1, "nothing stands beside or"},
    {"ada or", 7, "nothing stands beside or"},
    {"ada or or bob", 8, "nothing stands beside or"},
    {"ada and", 5, "nothing stands after and"},
    {"and ada", 1, "join conditions"},
    {"not", 1, "nothing stands after not"},
    {"not and", 1, "nothing stands after not"},
    {"not sort:last", 5, "that can be asked for"},
    {"ada or sort:last", 8, "that can be asked for"},
    {"*", 1, "no letter or digit"},
    {"a\xff", 2, "UTF-8"},
};

static struct folder folder;
static civil_day today;

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

static void test_who(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct kith_error err = {0};
		struct query query;
		struct buf b;
		size_t count, hidden;
		if (query_parse(&query, str_of(asked[i].query), &reader, &err))
			fail_msg("%s: %s", asked[i].query, err.message);
		uint32_t *who =
		    query_select(&query, &folder.journal, today, false, &count, &hidden, &arena);
		buf_init(&b, 0);
		for (size_t w = 0; w < count; w++) {
			buf_addz(&b, w ? " " : "");
			buf_add(&b, folder.journal.contacts[who[w]].slug);
		}
		if (strcmp(b.p, asked[i].who) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", asked[i].query, b.p, asked[i].who);
		buf_release(&b);
		assert_true(query_explain(&query, &arena).n > 0);
	}
	arena_release(&arena);
}

static void test_wrong(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	for (size_t i = 0; i < ARRAY_LEN(wrong_queries); i++) {
		const struct wrong_query *w = &wrong_queries[i];
		struct kith_error err = {0};
		struct query query;
		if (query_parse(&query, str_of(w->query), &reader, &err) == 0)
			fail_msg("%s is understood", w->query);
		assert_int_equal(err.status, KITH_INVALID);
		if (err.column != w->column || !strstr(err.message, w->why))
			fail_msg("%s: %d: %s", w->query, err.column, err.message);
	}
	arena_release(&arena);
}

/* What is too much is said to be: nesting, conditions, queries that multiply, length. */
static void test_too_much(void **state)
{
	static const struct {
		const char *piece;
		size_t count;
		const char *why;
	} cases[] = {{"(", 60, "too deeply"}, {"a ", 1500, "too many"}, {"ab", 3000, "at most"}};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct kith_error err = {0};
		struct query query;
		struct buf b;
		buf_init(&b, 0);
		for (size_t n = 0; n < cases[i].count; n++)
			buf_addz(&b, cases[i].piece);
		assert_int_equal(query_parse(&query, buf_str(&b), &reader, &err), -1);
		assert_non_null(strstr(err.message, cases[i].why));
		buf_release(&b);
	}
	arena_release(&arena);
}

static void test_joins_words(void **state)
{
	static const struct {
		const char *words[3], *text;
	} cases[] = {
	    {{"ada", "bob"}, "ada bob"},
	    {{"org:Analytical Engines", "ada"}, "org:\"Analytical Engines\" ada"},
	    {{"org:Marks and Spencer"}, "org:\"Marks and Spencer\""},
	    {{"tag:mentor last:..3mo"}, "tag:mentor last:..3mo"},
	    {{"org:\"A B\""}, "org:\"A B\""},
	    {{"tag:a", "(tag:b or tag:c)"}, "tag:a (tag:b or tag:c)"},
	    {{"tag:a (tag:b or tag:c)"}, "tag:a (tag:b or tag:c)"},
	    {{"/a b/"}, "/a b/"},
	    {{"text:/a b/"}, "text:/a b/"},
	    {{"Ada Lovelace"}, "Ada Lovelace"},
	};
	struct arena arena;
	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t count = 0;
		while (count < 3 && cases[i].words[count])
			count++;
		struct str text = query_join(cases[i].words, count, &arena);
		assert_string_equal(arena_str(&arena, text).p, cases[i].text);
	}
	arena_release(&arena);
}

static void test_explains(void **state)
{
	struct arena arena;
	struct query query;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	struct str text = STR("tag:mentor (not last:..3mo or in:London) sort:-due limit:3");
	assert_int_equal(query_parse(&query, text, &reader, NULL), 0);
	assert_string_equal(arena_str(&arena, query_explain(&query, &arena)).p,
			    "all of\n"
			    "  has the tag mentor\n"
			    "  one of\n"
			    "    not\n"
			    "      the last contact: until 2026-08-22\n"
			    "    the place has \"London\"\n"
			    "sorted by due, the last first\n"
			    "at most 3\n");
	arena_release(&arena);
}

/* In the place of a person's day stands the task's. */
static void test_task_day(void **state)
{
	struct arena arena;
	struct term_match match;
	struct query query;
	(void)state;
	arena_init(&arena);
	const struct term_reader reader = {&folder.journal, today, &arena, false};
	assert_int_equal(query_parse(&query, STR("due:..2w"), &reader, NULL), 0);
	term_match_init(&match, &folder.journal, today);
	assert_false(query_fits(&query, &match, 1, NULL));
	assert_true(query_fits(&query, &match, 1, &folder.journal.contacts[1].tasks[0]));
	term_match_release(&match);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who),      cmocka_unit_test(test_wrong),
	    cmocka_unit_test(test_too_much), cmocka_unit_test(test_joins_words),
	    cmocka_unit_test(test_explains), cmocka_unit_test(test_task_day),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
