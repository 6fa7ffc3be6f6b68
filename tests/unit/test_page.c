/*
 * A page made again: what is the person's stays, to the byte and in order.
 * Examples first; then random pages, edited at random, made again by other
 * random pages: no line of a person's is ever lost, a second time changes
 * nothing, and what the new page says is there once.
 */
#include "report/remake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FRONT "---\nkith: review\ngenerated: 2026-11-23\n---\n# Week\n"
#define A     "- [ ] **[A](../people/a.md)** ^r-aaaaaaa\n"
#define B     "- [ ] **[B](../people/b.md)** ^r-bbbbbbb\n"
#define C     "- [ ] **[C](../people/c.md)** ^r-ccccccc\n"

static struct page_fate still(void *context, const struct page_chunk *item)
{
	(void)context;
	(void)item;
	return (struct page_fate){.line = STR("talked on Tue 24")};
}

static struct page_fate gone(void *context, const struct page_chunk *item)
{
	(void)context;
	(void)item;
	return (struct page_fate){.drop = true};
}

/* Allocated; the caller frees it. */
static char *merged(const char *old, const char *made, page_fate_of *fate)
{
	struct kith_error err = {0};
	struct buf out;
	buf_init(&out, 0);
	int result = remake_page(&out, str_of(old), str_of(made), NULL, false, fate, NULL, &err);
	if (result < 0)
		fail_msg("%s of:\n%s", err.message, old);
	struct str s = buf_str(&out);
	char *copy = malloc(s.n + 1);
	assert_non_null(copy);
	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	buf_release(&out);
	return copy;
}

static void test_examples(void **state)
{
	static const struct {
		const char *what, *old, *made, *want;
		page_fate_of *fate;
	} rows[] = {
	    {"nothing has changed", FRONT "\n## Reach out\n\n" A "  - *one*\n\n*2 more*\n",
	     FRONT "\n## Reach out\n\n" A "  - *one*\n\n*2 more*\n",
	     FRONT "\n## Reach out\n\n" A "  - *one*\n\n*2 more*\n", still},
	    {"a line in italics below a line of one's own is one's own",
	     FRONT "\n## Reach out\n\n" A "  - *one*\n    - mine\n  - *two*\n  - call: mine too\n",
	     FRONT "\n## Reach out\n\n" A "  - *one*\n  - *two*\n  - *three*\n",
	     FRONT "\n## Reach out\n\n" A "  - *one*\n  - *three*\n    - mine\n  - *two*\n"
		   "  - call: mine too\n",
	     still},
	    {"lines in italics give way to new ones in their place",
	     FRONT "\n## Reach out\n\n" A "  - *9 weeks*\n  - mine\n  - *last*\n",
	     FRONT "\n## Reach out\n\n" A "  - *10 weeks*\n  - *last*\n",
	     FRONT "\n## Reach out\n\n" A "  - *10 weeks*\n  - mine\n  - *last*\n", still},
	    {"who is no longer due stays, and it says why",
	     FRONT "\n## Reach out\n\n" A "  - *9 weeks*\n" B "  - *5 weeks*\n",
	     FRONT "\n## Reach out\n\n" B "  - *5 weeks*\n",
	     FRONT "\n## Reach out\n\n" A "  - *talked on Tue 24*\n" B "  - *5 weeks*\n", still},
	    {"who is gone goes, with a section that was theirs alone",
	     FRONT "\n## Reach out\n\n" A "  - *9 weeks*\n\n## Ahead\n\n*5 promises*\n",
	     FRONT "\n## Ahead\n\n*5 promises*\n", FRONT "\n## Ahead\n\n*5 promises*\n", gone},
	    {"but stays when ticked or written under",
	     FRONT "\n## Reach out\n\n- [x] **[A](a.md)** ^r-aaaaaaa\n  - *9 weeks*\n" B
		   "  - mine\n" C,
	     FRONT, FRONT "\n## Reach out\n\n- [x] **[A](a.md)** ^r-aaaaaaa\n" B "  - mine\n",
	     gone},
	    {"with all lines that its first one was wrapped to",
	     FRONT "\n## Reach out\n\n- [ ] **[A](.---\nkith: review\n-- ./a.md)** ^r-aaaaaaa\n"
		   "  - *9 weeks\n",
	     FRONT,
	     FRONT "\n## Reach out\n\n- [ ] **[A](.---\nkith: review\n-- ./a.md)** ^r-aaaaaaa\n"
		   "  - *9 weeks\n",
	     gone},
	    {"a new item follows the one it follows", FRONT "\n## Reach out\n\n" A C "\n*2 more*\n",
	     FRONT "\n## Reach out\n\n" A B C "\n*1 more*\n",
	     FRONT "\n## Reach out\n\n" A B C "\n*1 more*\n", still},
	    {"also the first, and also after one that moved to another section",
	     FRONT "\n## Reach out\n\n" C "\n## Mine\n\n" A, FRONT "\n## Reach out\n\n" B A C,
	     FRONT "\n## Reach out\n\n" B C "\n## Mine\n\n" A, still},
	    {"and behind one that moved", FRONT "\n## Reach out\n\n" C "\n## Mine\n\n" A,
	     FRONT "\n## Reach out\n\n" C A B, FRONT "\n## Reach out\n\n" C B "\n## Mine\n\n" A,
	     still},
	    {"the order of a person stays", FRONT "\n## Reach out\n\n" C A,
	     FRONT "\n## Reach out\n\n" A B C, FRONT "\n## Reach out\n\n" C A B, still},
	    {"an item twice stays twice, what is new comes once", FRONT "\n## Reach out\n\n" A A,
	     FRONT "\n## Reach out\n\n" A B, FRONT "\n## Reach out\n\n" A B A, still},
	    {"a heading twice", FRONT "\n## Reach out\n\n" A "\n## Reach out\n\nmine\n",
	     FRONT "\n## Reach out\n\n" A B "\n*1 more*\n",
	     FRONT "\n## Reach out\n\n" A B "\n*1 more*\n\n## Reach out\n\nmine\n", still},
	    {"a note below a line of last week stays below it",
	     FRONT "\n## Last week\n\n- *Mon*\n  - mine\n- *Tue*\n\n*2 talks*\n",
	     FRONT "\n## Last week\n\n- *Mon*\n- *Mon too*\n- *Tue*\n- *Wed*\n\n*4 talks*\n",
	     FRONT "\n## Last week\n\n- *Mon*\n  - mine\n- *Mon too*\n- *Tue*\n- *Wed*\n\n"
		   "*4 talks*\n",
	     still},
	    {"of equal lines as many as there are",
	     FRONT "\n## Last week\n\n- *Mon*\n- *Tue*\n- *Tue*\n- *Wed*\n",
	     FRONT "\n## Last week\n\n- *Mon*\n- *Mon*\n- *Mon*\n- *Tue*\n- *Wed*\n",
	     FRONT "\n## Last week\n\n- *Mon*\n- *Mon*\n- *Mon*\n- *Tue*\n- *Wed*\n", still},
	    {"a heading of the first level is the person's, whatever it says",
	     FRONT "\n# Ahead\n\n*mine, in italics*\n\n## Mine\n\n*mine*\n", FRONT,
	     FRONT "\n# Ahead\n\n*mine, in italics*\n\n## Mine\n\n*mine*\n", still},
	    {"words beside a name are the person's",
	     FRONT "\n## Reach out\n\n- [ ] **[A](a.md)** call after 5pm ^r-aaaaaaa\n"
		   "- [ ] soon **[B](b.md)** ^r-bbbbbbb\n- [ ]  **[C](c.md)**  ^r-ccccccc\n"
		   "- [ ] **[D](d.md) and [E](e.md)** ^r-ddddddd\n",
	     FRONT,
	     FRONT "\n## Reach out\n\n- [ ] **[A](a.md)** call after 5pm ^r-aaaaaaa\n"
		   "- [ ] soon **[B](b.md)** ^r-bbbbbbb\n"
		   "- [ ] **[D](d.md) and [E](e.md)** ^r-ddddddd\n",
	     gone},
	    {"a tab below an item that is moved in", FRONT "\n## Reach out\n\n   " A "\t- mine\n",
	     FRONT, FRONT "\n## Reach out\n\n   " A "\t- mine\n", gone},
	    {"italics in a section of one's own",
	     FRONT "\n## Mine\n\n*mine*\n\n* * *\n\n- x\n  - *nested*\n", FRONT,
	     FRONT "\n## Mine\n\n*mine*\n\n* * *\n\n- x\n  - *nested*\n", still},
	    {"what only looks like italics, in a section of kith's",
	     FRONT "\n## Ahead\n\n*5 promises*\n\n* * *\n_ _ _\n*a* and *b*\n_a_ b _c_\n**b**\n",
	     FRONT "\n## Ahead\n\n*6 promises*\n",
	     FRONT "\n## Ahead\n\n*6 promises*\n\n* * *\n_ _ _\n*a* and *b*\n_a_ b _c_\n**b**\n",
	     still},
	    {"code is nobody's",
	     FRONT "\n## Ahead\n\n*5 promises*\n\n```\n## Ahead\n*mine*\n" A "```\n",
	     FRONT "\n## Ahead\n\n*6 promises*\n",
	     FRONT "\n## Ahead\n\n*6 promises*\n\n```\n## Ahead\n*mine*\n" A "```\n", still},
	    {"a fence that is not closed hides nothing",
	     FRONT "\n## Reach out\n\n" A "  ```\n  mine\n" B "\n```\n\n*2 more*\n",
	     FRONT "\n## Reach out\n\n" A B "\n*3 more*\n",
	     FRONT "\n## Reach out\n\n" A "  ```\n  mine\n" B "\n```\n\n*3 more*\n", still},
	    {"a star in a code span", FRONT "\n## Needs a look\n\n- *`a*b.md`: no*\n",
	     FRONT "\n## Needs a look\n\n- *`a*b.md`: no*\n",
	     FRONT "\n## Needs a look\n\n- *`a*b.md`: no*\n", still},
	    {"a line without an end", FRONT "\n## Mine\n\nmine", FRONT, FRONT "\n## Mine\n\nmine",
	     still},
	    {"a section comes where it belongs",
	     FRONT "\n## Ahead\n\n*5 promises*\n\n## Mine\n\nmine\n",
	     FRONT "\n## Reach out\n\n" A "\n## Ahead\n\n*5 promises*\n\n## Last week\n\n- *Mon*\n",
	     FRONT "\n## Reach out\n\n" A "\n## Ahead\n\n*5 promises*\n\n## Last week\n\n- *Mon*\n"
		   "\n## Mine\n\nmine\n",
	     still},
	    {"a heading taken out: the items stay where they are",
	     FRONT "\n## This week\n\n" A "\n" B,
	     FRONT "\n## This week\n\n" A "\n## Reach out\n\n" B,
	     FRONT "\n## This week\n\n" A "\n" B, still},
	    {"a line that counts stands once, behind what is new",
	     FRONT "\n## Ahead\n\n*1 is older*\n", FRONT "\n## Ahead\n\n" A "\n*2 are older*\n",
	     FRONT "\n## Ahead\n\n" A "\n*2 are older*\n", still},
	    {"an underlined heading, and one that is closed",
	     FRONT "\nReach out\n---\n\n" A "\n## Ahead ##\n\n" B,
	     FRONT "\n## Reach out\n\n" A C "\n## Ahead\n\n" B,
	     FRONT "\nReach out\n---\n\n" A C "\n## Ahead ##\n\n" B, still},
	    {"what was taken out leaves no gap", FRONT "\n## Reach out\n\n\n## Ahead\n\n" B,
	     FRONT "\n## Reach out\n\n*1 more*\n\n## Ahead\n\n" B,
	     FRONT "\n## Reach out\n\n*1 more*\n\n## Ahead\n\n" B, still},
	    {"a section comes before the first that follows it, whatever stands above",
	     FRONT "\n## Mine\n\nmine\n\n## Last week\n\n- *Mon*\n",
	     FRONT "\n## Drifting\n\n*A*\n\n## Last week\n\n- *Mon*\n",
	     FRONT "\n## Mine\n\nmine\n\n## Drifting\n\n*A*\n\n## Last week\n\n- *Mon*\n", still},
	    {"a day that is another by now",
	     FRONT "\n## Ahead\n\n- [ ] **Thu 26** · x ^p-aaaaaaa\n",
	     FRONT "\n## Ahead\n\n- [ ] **Fri 27** 12:30 · x ^p-aaaaaaa\n  - *promised*\n",
	     FRONT "\n## Ahead\n\n- [ ] **Thu 26** · x ^p-aaaaaaa\n  - *now Fri 27 12:30*\n"
		   "  - *promised*\n",
	     still},
	    {"quiet no longer", FRONT "\n*A quiet week.*\n", FRONT "\n## Reach out\n\n" A,
	     FRONT "\n## Reach out\n\n" A, still},
	    {"a page with CRLF stays so",
	     "---\r\nkith: review\r\ngenerated: 1\r\n---\r\n# Week\r\n\r\n## Ahead\r\n\r\nmine\r\n",
	     "---\nkith: review\ngenerated: 2\n---\n# Week\n\n## Ahead\n\n*5*\n",
	     "---\r\nkith: review\r\ngenerated: 2\r\n---\r\n# Week\r\n\r\n## Ahead\r\n\r\nmine\r\n"
	     "\r\n*5*\r\n",
	     still},
	    {"the front matter is the person's but for the day",
	     "---\nkith: review\ngenerated: 1\napplied: [r-aaaaaaa]\nmood: fine\n---\n# Week\n",
	     "---\nkith: review\ngenerated: 2\napplied: []\n---\n# Week\n",
	     "---\nkith: review\ngenerated: 2\napplied: [r-aaaaaaa]\nmood: fine\n---\n# Week\n",
	     still},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *got = merged(rows[i].old, rows[i].made, rows[i].fate);
		if (strcmp(got, rows[i].want) != 0)
			print_error("%s:\n", rows[i].what);
		assert_string_equal(got, rows[i].want);
		char *again = merged(got, rows[i].made, rows[i].fate);
		if (strcmp(again, got) != 0)
			print_error("%s, a second time:\n", rows[i].what);
		assert_string_equal(again, got);
		free(again);
		free(got);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *old, *made;
	} rows[] = {
	    {"shopping\n", FRONT "\n## Ahead\n\n" A},
	    {"# Week\n\n" A, FRONT "\n## Ahead\n\n" A},
	    {FRONT "\n## Ahead\n\n- [ ] [A](a.md)\n", FRONT "\n## Ahead\n\n" A},
	    {FRONT "\n## Ahead\n\n" A, FRONT "\n## Ahead\n\n- [ ] [A](a.md)\n"},
	    {FRONT "\n## Ahead\n\n" A, FRONT "\n## Ahead\n\n" A "\n## Also\n\n- [ ] [B](b.md)\n"},
	    {FRONT "\n## Ahead\n\n- without\n", FRONT "\n## Ahead\n\n- without, again\n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kith_error err = {0};
		struct buf out;
		buf_init(&out, 0);
		assert_int_equal(remake_page(&out, str_of(rows[i].old), str_of(rows[i].made), NULL,
					     true, still, NULL, &err),
				 -1);
		assert_int_equal(err.status, KITH_INVALID);
		assert_int_equal(buf_str(&out).n, 0);
		buf_release(&out);
	}
}

/* --- at random --- */

struct dice {
	uint64_t state;
};

static unsigned roll(struct dice *d, unsigned sides)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(d->state >> 33) % sides;
}

static const char *const headings[] = {"This week", "Reach out", "Ahead", "Last week", "Drifting"};

/* A page of kith's: some of 30 items, each in its section, and lines in italics. */
static void make_page(struct buf *out, struct dice *d)
{
	buf_printf(out, "---\nkith: review\ngenerated: %u\napplied: []\n---\n# Week 48\n",
		   roll(d, 1000));
	for (unsigned s = 0; s < 5; s++) {
		bool items = s < 3;
		if (roll(d, 4) == 0)
			continue;
		buf_printf(out, "\n## %s\n\n", headings[s]);
		for (unsigned i = 0; i < 10; i++) {
			if (roll(d, 3) == 0)
				continue;
			if (!items) {
				buf_printf(out, "- *talk %u*\n", i);
				continue;
			}
			buf_printf(out, "- [ ] **[P%u](../people/p.md)** ^r-%caaaaa%c\n", i,
				   (char)('a' + s), (char)('a' + i));
			for (unsigned n = roll(d, 3); n > 0; n--)
				buf_printf(out, "  - *note %u of %u*\n", n, roll(d, 3));
		}
		if (roll(d, 2))
			buf_printf(out, "\n*%u more %u*\n", s, roll(d, 3));
	}
}

/* The lines of a text, each without its end; the caller frees the array. */
static struct str *lines_of(struct str text, size_t *count)
{
	struct str *lines = malloc((text.n + 1) * sizeof(*lines));
	assert_non_null(lines);
	struct str line;
	*count = 0;
	while (str_next_line(&text, &line))
		lines[(*count)++] = line;
	return lines;
}

/* nested: one that may stand among the lines below an item. */
static void add_own(struct buf *out, struct dice *d, unsigned number, bool nested)
{
	static const struct {
		const char *before, *after;
	} lines[] = {
	    {"  - own ", ""},    {"    - own ", ""}, {"\town ", ""},         {"  own ", ""},
	    {"  > own ", ""},    {"- own ", ""},     {"own ", ""},           {"* * *  own ", ""},
	    {"> own ", ""},      {"- [ ] own ", ""}, {"own *", "* of *it*"}, {"1. own ", ""},
	    {"_own_ or _", "_"}, {"### own ", ""},   {"## own ", ""},
	};
	unsigned i = roll(d, nested ? 5 : ARRAY_LEN(lines));
	buf_printf(out, "%s%u%s", lines[i].before, number, lines[i].after);
}

/* Edits a page as a person may: ticks, writes, moves, takes out. Own lines hold "own N". */
static void edit_page(struct buf *out, struct str page, struct dice *d, bool fences)
{
	size_t count;
	struct str *lines = lines_of(page, &count);
	unsigned number = 0;
	const char *end = roll(d, 4) ? "\n" : "\r\n";
	for (size_t i = 0; i < count; i++) {
		struct str line = lines[i];
		bool front = i < 6;
		if (!front && roll(d, 12) == 0) {
			/* An item goes with what is below it. */
			while (i + 1 < count && str_starts(lines[i + 1], STR("  ")))
				i++;
			continue;
		}
		if (!front && roll(d, 12) == 0 && i + 1 < count &&
		    str_eq(str_upto(line, 4), str_upto(lines[i + 1], 4))) {
			lines[i] = lines[i + 1];
			lines[i + 1] = line;
			line = lines[i];
		}
		if (!front && roll(d, 6) == 0) {
			add_own(out, d, number++, str_starts(line, STR("  ")));
			buf_addz(out, end);
		}
		if (!front && fences && roll(d, 10) == 0) {
			static const char *const marks[] = {"```", "~~~~", "  ```", "````"};
			buf_printf(out, "%s%s", marks[roll(d, 4)], end);
		}
		if (str_starts(line, STR("- [ ] **")) && roll(d, 4) == 0)
			buf_printf(out, "- [x] %.*s own %u%.*s", (int)(line.n - 17), line.p + 6,
				   number++, 11, line.p + line.n - 11);
		else
			buf_add(out, line);
		buf_addz(out, end);
	}
	free(lines);
}

/* Every line of the person's in old is in out, to the byte and in order. */
static void check_kept(struct str old, struct str out)
{
	size_t old_count, out_count, at = 0;
	struct str *a = lines_of(old, &old_count), *b = lines_of(out, &out_count);
	for (size_t i = 0; i < old_count; i++) {
		if (str_find(a[i], STR("own")) == a[i].n && str_find(a[i], STR("own_")) == a[i].n &&
		    !str_starts(str_trim(a[i]), STR("```")) && !str_starts(a[i], STR("~~~")))
			continue;
		while (at < out_count && !str_eq(a[i], b[at]))
			at++;
		if (at == out_count)
			print_error("lost: %.*s\nof:\n%.*s\nin:\n%.*s\n", STR_ARG(a[i]),
				    STR_ARG(old), STR_ARG(out));
		assert_true(at < out_count);
		at++;
	}
	free(a);
	free(b);
}

static size_t times(struct str text, struct str needle)
{
	size_t n = 0, at;
	while ((at = str_find(text, needle)) < text.n) {
		n++;
		text = str_from(text, at + needle.n);
	}
	return n;
}

/* Every item of the new page is there: once, or as often as the person had it. */
static void check_news(struct str old, struct str made, struct str out)
{
	size_t count;
	struct str *lines = lines_of(made, &count);
	for (size_t i = 0; i < count; i++) {
		struct str id = str_from(lines[i], lines[i].n > 10 ? lines[i].n - 10 : lines[i].n);
		if (!str_starts(id, STR("^r-")))
			continue;
		size_t before = times(old, id);
		if (times(out, id) != (before ? before : 1))
			print_error("%.*s in:\n%.*s\nof:\n%.*s\nand:\n%.*s\n", STR_ARG(id),
				    STR_ARG(out), STR_ARG(old), STR_ARG(made));
		assert_int_equal(times(out, id), before ? before : 1);
	}
	free(lines);
}

static struct page_fate by_letter(void *context, const struct page_chunk *item)
{
	(void)context;
	return item->id.p[8] % 3 == 0 ? gone(NULL, item) : still(NULL, item);
}

static void merge_into(struct buf *out, struct str old, struct str made)
{
	struct kith_error err = {0};
	if (remake_page(out, old, made, NULL, false, by_letter, NULL, &err) < 0)
		fail_msg("%s", err.message);
}

static void test_random(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 3000; seed++) {
		struct dice d = {seed};
		struct buf first, old, made, out, again;
		bool fences = seed % 3 == 0;
		buf_init(&first, 0);
		buf_init(&old, 0);
		buf_init(&made, 0);
		buf_init(&out, 0);
		buf_init(&again, 0);
		make_page(&first, &d);
		edit_page(&old, buf_str(&first), &d, fences);
		make_page(&made, &d);
		merge_into(&out, buf_str(&old), buf_str(&made));
		check_kept(buf_str(&old), buf_str(&out));
		if (!fences)
			check_news(buf_str(&old), buf_str(&made), buf_str(&out));
		merge_into(&again, buf_str(&out), buf_str(&made));
		/* Halves of fences may pair otherwise when kith's lines between them change. */
		check_kept(buf_str(&old), buf_str(&again));
		if (!fences && !str_eq(buf_str(&again), buf_str(&out)))
			print_error("seed %u, old:\n%.*s\nmade:\n%.*s\nout:\n%.*s\nagain:\n%.*s\n",
				    seed, STR_ARG(buf_str(&old)), STR_ARG(buf_str(&made)),
				    STR_ARG(buf_str(&out)), STR_ARG(buf_str(&again)));
		assert_true(fences || str_eq(buf_str(&again), buf_str(&out)));
		buf_release(&first);
		buf_release(&old);
		buf_release(&made);
		buf_release(&out);
		buf_release(&again);
	}
}

/* A page that is made again as it was made stays to the byte, whatever a person wrote. */
static void test_unchanged(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 1000; seed++) {
		struct dice d = {seed};
		struct buf made, old, out;
		size_t count;
		buf_init(&made, 0);
		buf_init(&old, 0);
		buf_init(&out, 0);
		make_page(&made, &d);
		struct str *lines = lines_of(buf_str(&made), &count);
		for (size_t i = 0; i < count; i++) {
			buf_printf(&old, "%.*s\n", STR_ARG(lines[i]));
			if (i > 6 && roll(&d, 5) == 0) {
				add_own(&old, &d, (unsigned)i,
					i + 1 < count && str_starts(lines[i + 1], STR("  ")));
				buf_addc(&old, '\n');
			}
		}
		merge_into(&out, buf_str(&old), buf_str(&made));
		/* A heading of the person's parts kith's lines from theirs: those come again. */
		if (str_find(buf_str(&old), STR("## own")) == buf_str(&old).n) {
			if (!str_eq(buf_str(&old), buf_str(&out)))
				print_error("seed %u\n%.*s\nout:\n%.*s\n", seed,
					    STR_ARG(buf_str(&old)), STR_ARG(buf_str(&out)));
			assert_true(str_eq(buf_str(&old), buf_str(&out)));
		}
		free(lines);
		buf_release(&made);
		buf_release(&old);
		buf_release(&out);
	}
}

/* Many equal lines cost no more than others: taken one by one against all they would take minutes.
 */
static void test_equal_lines(void **state)
{
	struct buf old, made, out;
	(void)state;
	buf_init(&old, 0);
	buf_init(&made, 0);
	buf_init(&out, 0);
	buf_addz(&old, FRONT "\n## Last week\n\n");
	buf_addz(&made, FRONT "\n## Last week\n\n");
	for (int i = 0; i < 200000; i++) {
		buf_addz(&old, "- *Mon*\n");
		buf_addz(&made, "- *Mon*\n");
	}
	buf_addz(&made, "- *Tue*\n");
	merge_into(&out, buf_str(&old), buf_str(&made));
	assert_true(str_eq(buf_str(&out), buf_str(&made)));
	buf_release(&old);
	buf_release(&made);
	buf_release(&out);
}

/* Each item's fate is asked for once. */
static struct page_fate counted(void *context, const struct page_chunk *item)
{
	++*(int *)context;
	return gone(NULL, item);
}

static void test_asked_once(void **state)
{
	struct kith_error err = {0};
	struct buf out;
	int times_asked = 0;
	(void)state;
	buf_init(&out, 0);
	assert_int_equal(remake_page(&out, STR(FRONT "\n## Ahead\n\n" A B "mine\n"), STR(FRONT),
				     NULL, false, counted, &times_asked, &err),
			 0);
	assert_int_equal(times_asked, 2);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_examples),    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_random),      cmocka_unit_test(test_unchanged),
	    cmocka_unit_test(test_equal_lines), cmocka_unit_test(test_asked_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
