/* Words about somebody just met: where the name ends, and what the rest says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "people/met.h"

#define TODAY 20780 /* 2026-11-23, a Monday */

/* The words between blanks; quotes are not needed: `_` stands for a blank in a word. */
static size_t split(const char **words, struct str line, struct arena *arena)
{
	size_t count = 0;
	while (line.n) {
		size_t end = str_find_char(line, ' ');
		struct str copy = arena_str(arena, str_upto(line, end));
		char *p = arena_copy(arena, copy.p, copy.n + 1, 1);
		for (size_t i = 0; i < copy.n; i++)
			if (p[i] == '_')
				p[i] = ' ';
		words[count++] = p;
		line = str_from(line, end + 1);
	}
	return count;
}

static void parse(struct buf *out, const char *line, struct arena *arena)
{
	const char *words[32];
	struct kith_error err = {0};
	struct met met;
	size_t count = split(words, str_of(line), arena);
	if (met_parse(&met, words, count, TODAY, arena, &err) < 0) {
		assert_int_equal(err.status, KITH_INVALID);
		buf_printf(out, "! %s", err.message);
		return;
	}
	buf_printf(out, "%.*s | %.*s | %.*s", STR_ARG(met.name), STR_ARG(met_value(&met, arena)),
		   STR_ARG(met.via));
}

static void words(void **state)
{
	(void)state;
	static const struct {
		const char *line, *want;
	} cases[] = {
	    {"Bo", "Bo | 2026-11-23 | "},
	    {"Bo Diddley", "Bo Diddley | 2026-11-23 | "},
	    {"Bo yesterday", "Bo | 2026-11-22 | "},
	    {"Bo Diddley 2 weeks ago", "Bo Diddley | 2026-11-09 | "},
	    {"Bo nov 20, 2025", "Bo | 2025-11-20 | "},
	    {"Bo monday", "Bo | 2026-11-23 | "},
	    {"Bo tuesday", "Bo | 2026-11-17 | "},
	    {"yesterday", "yesterday | 2026-11-23 | "},
	    {"Ming_Sun", "Ming Sun | 2026-11-23 | "},
	    {"at", "at | 2026-11-23 | "},
	    {"Bo at a bar", "Bo | 2026-11-23 at a bar | "},
	    {"Bo 2026-11-01 at a bar", "Bo | 2026-11-01 at a bar | "},
	    {"Bo via ada", "Bo | 2026-11-23 | ada"},
	    {"Bo at a bar via ada lovelace", "Bo | 2026-11-23 at a bar | ada lovelace"},
	    {"Bo via ada at a bar", "Bo | 2026-11-23 at a bar | ada"},
	    {"Bo via ada at a bar via Rome", "Bo | 2026-11-23 at a bar via Rome | ada"},
	    {"Bo at a bar via Rome via ada", "Bo | 2026-11-23 at a bar via Rome | ada"},
	    {"Bo At Via", "Bo At Via | 2026-11-23 | "},
	    {"Bo tomorrow", "! tomorrow is ahead: `kith met` is for somebody you have met"},
	    {"Bo at", "! after \"at\" a place or occasion is missing"},
	    {"Bo at via ada", "! after \"at\" a place or occasion is missing"},
	    {"Bo at a bar via", "! after \"via\" the person who introduced you is missing"},
	    {"_", "! a name is missing"},
	    {"Ming Sun", "! \"Sun\" may be a day or part of the name; write one of these:\n"
			 "  kith met \"Ming Sun\"\n  kith met Ming Sunday"},
	    {"Bo 2026-02-30", "! \"2026-02-30\" is not a date (February 2026 has 28 days)"},
	};
	struct arena arena;
	size_t bad = 0;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf got;
		buf_init(&got, 0);
		parse(&got, cases[i].line, &arena);
		if (!str_eq(buf_str(&got), str_of(cases[i].want))) {
			print_error("%s:\n got %s\nwant %s\n", cases[i].line, got.p, cases[i].want);
			bad++;
		}
		buf_release(&got);
	}
	arena_release(&arena);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(words)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
