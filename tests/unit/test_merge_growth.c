/*
 * Versions of double size take about double the time to merge, whatever stands in them: pieces
 * that come again and again, each side with its own. By the processor's time; what is over in a
 * moment is quick enough.
 *
 *	KB=4000 build/unit/test_merge_growth	each family, this large; else none
 */
#include <time.h>

#include "../fault/texts.h"
#include "merge/merge.h"
#include "reading.h"

/* In a piece, %d is its number, %r a letter by chance, %c one that counts. */
struct growth_family {
	const char *name;
	enum merge_kind kind;
	const char *before, *own; /* what a side has besides, before the others or behind them */
	const char *base, *ours, *theirs, *after;
};

#define BODY     MERGE_CONTACT, "---\nname: Ada\n---\n", "%s\n\n"
#define IN_LOG   MERGE_CONTACT, "---\nname: Ada\n---\n## Log\n", "- 2026-09-20 call: %s\n"
#define IN_FRONT MERGE_CONTACT, "---\nname: Ada\n", "%s: x\n"
#define IN_LIST  MERGE_CONTACT, "---\nname: Ada\ntags: [", "%s, "
#define IN_MAP   MERGE_CONTACT, "---\nname: Ada\npets:\n", "  %s: x\n"
#define IN_PAGE                                                                                    \
	MERGE_REVIEW, "---\nkith: review\ngenerated: 2026-11-23\n---\n## Reach out\n", "- [ ] %s\n"

static const struct growth_family families[] = {
    {"lines of one letter", BODY, "%c\n", "%c\n", "%c\n", ""},
    {"letters by chance", BODY, "%r\n", "%r\n", "%r\n", ""},
    {"one line", BODY, "a ", "a ", "a ", "\n"},
    {"other lines", BODY, "a\n", "b\n", "c\n", ""},
    {"paragraphs", BODY, "a %d\n\n", "a %d\n\n", "a %d\n\n", ""},
    {"paragraphs by chance", BODY, "%r\n\n", "%r\n\n", "%r\n\n", ""},
    {"equal paragraphs", BODY, "a\n\n", "a\n\n", "a\n\n", ""},
    {"paragraphs that clash", BODY, "a %d\n\n", "b %d\n\n", "c %d\n\n", ""},
    {"paragraphs that one takes away", BODY, "a %d\n\n", "", "a %d, c\n\n", ""},
    {"blank lines", BODY, "\n", "\n", "\n", ""},
    {"lone CRs", BODY, "a\r", "a\r", "b\r", ""},
    {"CRLF on one side", BODY, "a %d\n", "a %d\r\n", "a %d\n", ""},
    {"headings", BODY, "# a\n", "# a\n", "# b\n", ""},
    {"headings by chance", BODY, "# %r\n", "# %r\n", "# %r\n", ""},
    {"deeper and deeper", BODY, "#### %d\n", "## %d\n", "### %d\n", ""},
    {"code", BODY, "```\na\n```\n", "```\nb\n```\n", "```\nc\n```\n", ""},
    {"quotes that nest", BODY, ">", ">", ">", " a\n"},
    {"comments of both kept", BODY, MERGE_BOTH_KEPT "\n", "a\n", MERGE_BOTH_KEPT "\n", ""},
    {"equal entries", IN_LOG, "- 2026-09-20 call\n", "- 2026-09-20 call\n", "- 2026-09-20 call\n",
     ""},
    {"entries of one day", IN_LOG, "- 2026-09-20 call: %d\n", "- 2026-09-20 call: %d\n",
     "- 2026-09-20 call: %d\n", ""},
    {"entries that clash", IN_LOG, "- 2026-09-20 call: %d\n", "- 2026-09-20 call: %d a\n",
     "- 2026-09-20 call: %d b\n", ""},
    {"new entries of both", IN_LOG, "", "- 2026-09-20 call: a %d\n", "- 2026-09-20 call: b %d\n",
     ""},
    {"entries with lines", IN_LOG, "- 2026-09-20\n  a\n", "- 2026-09-20\n  b\n",
     "- 2026-09-20\n  a\n", ""},
    {"items in items", IN_LOG, "- - - - a\n", "- - - - b\n", "- - - - a\n", ""},
    {"tasks", BODY, "- [ ] a %d\n", "- [x] a %d\n", "- [ ] a %d  (due:: 2026-11-30)\n", ""},
    {"equal tasks", BODY, "- [ ] a\n", "- [x] a\n", "- [-] a\n", ""},
    {"tasks of many fields", BODY, "- [ ] a (due:: 2026-11-30) ", "(created:: 2026-11-30) ",
     "(due:: 2026-12-01) ", "\n"},
    {"keys", IN_FRONT, "k%d: a\n", "k%d: a\n", "k%d: b\n", "---\n"},
    {"keys that clash", IN_FRONT, "k%d: a\n", "k%d: b\n", "k%d: c\n", "---\n"},
    {"new keys of both", IN_FRONT, "", "k%d: b\n", "j%d: c\n", "---\n"},
    {"comments of keys", IN_FRONT, "# a\n", "# a\n", "# b\n", "---\n"},
    {"a list", IN_LIST, "a%d, ", "a%d, ", "b%d, ", "z]\n---\n"},
    {"a list of equal items", IN_LIST, "a, ", "a, ", "b, ", "z]\n---\n"},
    {"a map", IN_MAP, "  a%d: x\n", "  a%d: x\n", "  a%d: y\n", "---\n"},
    {"a map that clashes", IN_MAP, "  a%d: x\n", "  a%d: z\n", "  a%d: y\n", "---\n"},
    {"items of a page", IN_PAGE, "- [ ] a ^r-%d\n", "- [x] a ^r-%d\n", "- [ ] a ^r-%d\n  - b\n",
     ""},
    {"equal items of a page", IN_PAGE, "- [ ] a ^r-1\n", "- [x] a ^r-1\n", "- [ ] a ^r-1\n  - b\n",
     ""},
    {"settings", MERGE_SETTINGS, "", "%s: x\n", "k%d: a\n", "k%d: b\n", "k%d: a\n", ""},
};

static void add_pieces(struct buf *out, const char *piece, size_t bytes, struct dice *dice)
{
	size_t end = out->n + bytes, number = 0;
	while (*piece && out->n < end) {
		for (const char *at = piece; *at; at++) {
			if (*at != '%') {
				buf_addc(out, *at);
				continue;
			}
			at++;
			if (*at == 'd')
				buf_printf(out, "%zu", number);
			else
				buf_addc(out, (char)('a' + (*at == 'r' ? dice_roll(dice, 26)
								       : number % 26)));
		}
		number++;
	}
}

/* A piece with %s in it. */
static void add_own(struct buf *out, const char *own, const char *name)
{
	struct str rest = str_of(own);
	size_t at = str_find(rest, STR("%s"));
	buf_add(out, str_upto(rest, at));
	buf_addz(out, name);
	buf_add(out, str_from(rest, at + 2));
}

enum grown_version { BASE, OURS, THEIRS };

static void make_version(struct buf *out, const struct growth_family *family, const char *piece,
			 size_t bytes, enum grown_version version)
{
	struct dice dice;
	dice_init(&dice, version);
	buf_init(out, 0);
	buf_addz(out, family->before);
	if (version == OURS)
		add_own(out, family->own, "ours");
	add_pieces(out, piece, bytes, &dice);
	if (version == THEIRS)
		add_own(out, family->own, "theirs");
	buf_addz(out, family->after);
}

/* The least processor time of so many runs, in seconds. */
static double merging_took(const struct growth_family *family, size_t bytes, int runs)
{
	struct buf base, ours, theirs;
	double least = 0;
	make_version(&base, family, family->base, bytes, BASE);
	make_version(&ours, family, family->ours, bytes, OURS);
	make_version(&theirs, family, family->theirs, bytes, THEIRS);
	struct merge_versions versions = {buf_str(&base), buf_str(&ours), buf_str(&theirs)};
	for (int i = 0; i < runs; i++) {
		struct merge_result got;
		struct kith_error err = {0};
		struct config config;
		struct arena arena;
		arena_init(&arena);
		config_default(&config, &arena);
		clock_t begun = clock();
		if (merge_files(&got, family->kind, &versions, &config, &arena, &err))
			fail_msg("%s: refused: %s", family->name, err.message);
		double took = (double)(clock() - begun) / CLOCKS_PER_SEC;
		least = i == 0 || took < least ? took : least;
		arena_release(&arena);
	}
	buf_release(&base);
	buf_release(&ours);
	buf_release(&theirs);
	return least;
}

/*
 * What is not linear is not so at any try; what is may be disturbed. Over two doublings: in one of
 * them memory may grow beyond a cache. Linear is 4 and quadratic 16.
 */
static bool grows_too_fast(const struct growth_family *family, size_t bytes)
{
	static const double factor = 8, moment = 0.05;
	double whole = merging_took(family, bytes, 1), quarter = 0;
	if (getenv("KB"))
		print_message("%s: %.3f s\n", family->name, whole);
	if (whole < moment)
		return false;
	for (int runs = 1; runs <= 27; runs *= 3) {
		quarter = merging_took(family, bytes / 4, runs);
		whole = merging_took(family, bytes, runs);
		if (whole < moment || whole <= factor * quarter)
			return false;
	}
	print_error("%s: %zu bytes take %.3f s, a quarter of it %.3f s\n", family->name, bytes,
		    whole, quarter);
	return true;
}

static void time_grows_as_size_does(void **state)
{
	(void)state;
	const char *kb = getenv("KB");
	size_t bad = 0;
	/* Asked for alone: beside other tests it would count on a speed. */
	if (!kb)
		skip();
	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		bad += grows_too_fast(&families[i], strtoul(kb, NULL, 10) * 1000);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(time_grows_as_size_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
