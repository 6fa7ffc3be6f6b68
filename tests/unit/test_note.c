/* A file's two halves: where the fences are, and what is wrong with the whole. */
#include "note/note.h"
#include "reading.h"

struct split_case {
	const char *text, *front, *body;
	bool closed;
};

static void splits(void **state)
{
	(void)state;
	static const struct split_case cases[] = {
	    {"---\na: b\n---\nbody\n", "a: b\n", "body\n", true},
	    {"---\na: b\n...\nbody\n", "a: b\n", "body\n", true},
	    {"---\r\na: b\r\n---\r\nbody\r\n", "a: b\r\n", "body\r\n", true},
	    {"---\n---\nbody\n", "", "body\n", true},
	    {"---\na: b\n---", "a: b\n", "", true},
	    {"--- \t\na: b\n---  \nbody\n", "a: b\n", "body\n", true},
	    {"\xEF\xBB\xBF---\na: b\n---\nbody\n", "a: b\n", "body\n", true},
	    {"---\na: |\n  ---\nb: c\n---\nbody\n", "a: |\n  ---\nb: c\n", "body\n", true},
	    {"---\na: b\n----\n---\n", "a: b\n----\n", "", true},
	    {"body\n---\na: b\n---\n", NULL, "body\n---\na: b\n---\n", true},
	    {"\n \r\n---\na: b\n---\nbody", "a: b\n", "body", true},
	    {"\xEF\xBB\xBF\n---\na: b\n---\n", "a: b\n", "", true},
	    {" ---\na: b\n---\n", NULL, " ---\na: b\n---\n", true},
	    {"----\n", NULL, "----\n", true},
	    {"--- a\n", NULL, "--- a\n", true},
	    {"", NULL, "", true},
	    {"\xEF\xBB\xBF"
	     "body",
	     NULL, "body", true},
	    /* It never closes: a blank line or a heading is the guess. */
	    {"---\na: b\n\nbody\n", "a: b\n", "\nbody\n", false},
	    {"---\na: b\n# Title\n", "a: b\n", "# Title\n", false},
	    {"---\na: b\n", "a: b\n", "", false},
	    {"---", "", "", false},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct note note;
		struct str image = str_of(cases[i].text);
		struct buf got, wanted;
		buf_init(&got, 0);
		buf_init(&wanted, 0);
		bool closed = note_split(&note, image);
		assert_int_equal(note.has_front, cases[i].front != NULL);
		fact_text(&got, "", note.has_front ? span_str(image, note.front) : STR_NONE);
		fact_text(&got, "", str_from(image, note.body));
		fact_text(&wanted, "", str_of(cases[i].front));
		fact_text(&wanted, "", str_of(cases[i].body));
		bad += differs(&got, wanted.p, cases[i].text);
		assert_int_equal(closed, cases[i].closed);
		buf_release(&got);
		buf_release(&wanted);
	}
	assert_int_equal(bad, 0);
}

static void faults(void **state)
{
	(void)state;
	const struct {
		struct str text;
		const char *findings;
		bool read;
	} cases[] = {
	    {STR("---\na: b\n---\n"), "", true},
	    {STR("---\na: b\n"), "1:1 error", true},
	    {STR("---\n- a\n---\n"), "2:1 error", true},
	    {STR("---\na\n---\n"), "2:1 error", true},
	    {STR("---\n~\n---\n"), "", true},
	    {STR("\xFF\xFE"
		 "a\0"),
	     "1:1 error", false},
	    {STR("\xFE\xFF\0a"), "1:1 error", false},
	    {STR("żó\xFF\n"), "1:3 error", true},
	    {STR("żó\0\n"), "1:3 error", true},
	    {STR("a\0\xFF\n"), "1:2 error; 1:3 error", true},
	    /* Markers of a merge: seven, alone or before a blank, at the start of a line. */
	    {STR("<<<<<<< a\n=======\n>>>>>>> b\n"), "1:1 error; 3:1 error", true},
	    {STR("a\n<<<<<<<\n"), "2:1 error", true},
	    {STR(" <<<<<<< a\n"), "", true},
	    {STR("<<<<<< a\n<<<<<<<< a\n<<<<<<<a\n"), "", true},
	    {STR("```\n<<<<<<< a\n```\n"), "2:1 error", true},
	    {STR("title\n=======\n"), "", true},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct note note;
		struct arena arena;
		struct diag diag;
		struct reporter reporter;
		struct buf got;
		arena_init(&arena);
		diag_init(&diag, &arena);
		buf_init(&got, 0);
		reporter_init(&reporter, cases[i].text, STR("p.md"), &diag);
		assert_int_equal(note_read(&note, &note_reader_libs, &arena, &reporter),
				 cases[i].read);
		facts_findings(&got, &diag);
		bad += differs(&got, cases[i].findings, cases[i].text.p);
		buf_release(&got);
		diag_release(&diag);
		arena_release(&arena);
	}
	assert_int_equal(bad, 0);
}

/* Fifty findings of one file, and a last one that says so. */
static void no_flood(void **state)
{
	struct arena arena;
	struct diag diag;
	struct reporter reporter;
	struct note note;
	struct buf text;
	(void)state;
	arena_init(&arena);
	diag_init(&diag, &arena);
	buf_init(&text, 0);
	for (int i = 0; i < 1000; i++)
		buf_addz(&text, "<<<<<<< a\n");
	reporter_init(&reporter, buf_str(&text), STR("p.md"), &diag);
	assert_true(note_read(&note, &note_reader_libs, &arena, &reporter));
	assert_int_equal(diag.count, 51);
	assert_true(is_told(&diag, "more is wrong"));
	buf_release(&text);
	diag_release(&diag);
	arena_release(&arena);
}

static void places(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t offset;
		int line, column;
	} cases[] = {
	    {"abc", 0, 1, 1},
	    {"abc", 2, 1, 3},
	    {"a\nb", 2, 2, 1},
	    {"a\r\nb", 3, 2, 1},
	    {"żółć x", 9, 1, 6},
	    {"\xEF\xBB\xBF"
	     "ab",
	     3, 1, 1},
	    {"\xEF\xBB\xBF"
	     "ab",
	     4, 1, 2},
	    {"a\n\n", 3, 3, 1},
	    {"a\n", 99, 2, 1},
	    {"\xFF\xFE x", 3, 1, 4},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct place place = span_place(str_of(cases[i].text), cases[i].offset);
		assert_int_equal(place.line, cases[i].line);
		assert_int_equal(place.column, cases[i].column);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(splits),
	    cmocka_unit_test(faults),
	    cmocka_unit_test(no_flood),
	    cmocka_unit_test(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
