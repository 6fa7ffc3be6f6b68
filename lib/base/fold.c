/*
 * The keys and slugs of base/text.h. Most names are ASCII and need no change,
 * so each has a path for them that asks no table. The rest goes through one
 * fold: decomposed, case folded, filtered by what the result is for, its
 * marks put in canonical order, and composed again. The ordering is ours
 * because utf8proc's is quadratic in the length of a run of marks.
 */
#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/attr.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

#define SLUG_MAX    200
#define SLUG_POINTS 1024 /* decomposed, these make more than SLUG_MAX bytes */
#define PART_MAX    32   /* one character's decomposition: Unicode's longest has 18 */
#define FEW_MARKS   32

enum fold_for { FOLD_CASE, FOLD_KEY, FOLD_SLUG };

struct fold {
	enum fold_for what_for;
	int32_t *p; /* code points; always room for one more than cap says */
	size_t n, cap;
	size_t marks; /* how many at the end have a combining class, unsorted yet */
	bool latin;   /* the last letter is Latin: its marks are dropped */
	bool gap;     /* something between words was left out */
};

static unsigned combining_class(int32_t point)
{
	return (unsigned)utf8proc_get_property(point)->combining_class;
}

static void sort_few(int32_t *p, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int32_t point = p[i];
		unsigned class = combining_class(point);
		size_t j = i;
		for (; j && combining_class(p[j - 1]) > class; j--)
			p[j] = p[j - 1];
		p[j] = point;
	}
}

static void sort_many(int32_t *p, size_t n)
{
	size_t place[257] = {0};
	int32_t *sorted = mem_zalloc(n, sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		place[(combining_class(p[i]) & 255) + 1]++;
	for (size_t c = 1; c < ARRAY_LEN(place); c++)
		place[c] += place[c - 1];
	for (size_t i = 0; i < n; i++)
		sorted[place[combining_class(p[i]) & 255]++] = p[i];
	memcpy(p, sorted, n * sizeof(*p));
	free(sorted);
}

/* The Canonical Ordering Algorithm of the Unicode Standard, section 3.11. */
static void fold_order(struct fold *f)
{
	if (f->marks > FEW_MARKS)
		sort_many(f->p + f->n - f->marks, f->marks);
	else if (f->marks > 1)
		sort_few(f->p + f->n - f->marks, f->marks);
	f->marks = 0;
}

static void fold_push(struct fold *f, int32_t point)
{
	if (f->n == f->cap) {
		f->cap = f->cap * 2 + 64;
		f->p = mem_realloc(f->p, f->cap + 1, sizeof(*f->p));
	}
	if (combining_class(point) == 0)
		fold_order(f);
	else
		f->marks++;
	f->p[f->n++] = point;
}

/* Ranges that hold Latin letters once decomposed; other things in them are no letters. */
static bool is_latin(int32_t c)
{
	static const int32_t ranges[][2] = {
	    {'A', 'Z'},       {'a', 'z'},       {0x00c0, 0x02af},   {0x1d00, 0x1d25},
	    {0x1d6b, 0x1d9a}, {0x1e00, 0x1eff}, {0x2183, 0x2184},   {0x2c60, 0x2c7f},
	    {0xa722, 0xa7ff}, {0xab30, 0xab64}, {0x10780, 0x107ba}, {0x1df00, 0x1df2a},
	};
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

static void fold_letter(struct fold *f, int32_t point)
{
	static const struct {
		int32_t point;
		char spelled[3];
	} table[] = {
	    {0xdf, "ss"}, {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},   {0xfe, "th"}, {0x111, "d"},
	    {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"},
	};
	for (size_t i = 0; point >= 0xdf && point <= 0x167 && i < ARRAY_LEN(table); i++) {
		if (table[i].point != point)
			continue;
		for (const char *z = table[i].spelled; *z; z++)
			fold_push(f, *z);
		return;
	}
	fold_push(f, point);
}

static bool is_white(int32_t c, utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
	       category == UTF8PROC_CATEGORY_ZP || (c >= '\t' && c <= '\r') || c == 0x85;
}

static bool is_mark(utf8proc_category_t category)
{
	return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* Whether it stands between words. A mark in a slug needs a letter to stand on. */
static bool fold_leaves_out(const struct fold *f, int32_t point, utf8proc_category_t category)
{
	if (f->what_for == FOLD_KEY)
		return is_white(point, category);
	if (is_mark(category))
		return f->gap || f->n == 0;
	return category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_NO;
}

/* Adds one character, decomposed and case folded already. */
static void fold_put(struct fold *f, int32_t point)
{
	utf8proc_category_t category = utf8proc_category(point);
	if (f->what_for == FOLD_CASE) {
		fold_push(f, point);
		return;
	}
	if (is_mark(category) && f->latin)
		return;
	if (fold_leaves_out(f, point, category)) {
		f->gap = true;
		f->latin = false;
		return;
	}
	if (f->gap && f->n)
		fold_push(f, f->what_for == FOLD_SLUG ? '-' : ' ');
	f->gap = false;
	if (!is_mark(category))
		f->latin = is_latin(point);
	fold_letter(f, point);
}

static void fold_add(struct fold *f, struct str s)
{
	int options = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
	if (f->what_for != FOLD_CASE)
		options |= UTF8PROC_COMPAT;
	size_t max = f->what_for == FOLD_SLUG ? SLUG_POINTS : SIZE_MAX;
	for (size_t at = 0; at < s.n && f->n < max;) {
		int32_t point, part[PART_MAX];
		int boundary = 0;
		at += utf8_decode_any(s, at, &point);
		utf8proc_ssize_t n = utf8proc_decompose_char(point, part, PART_MAX,
							     (utf8proc_option_t)options, &boundary);
		for (utf8proc_ssize_t i = 0; i < n && i < PART_MAX; i++)
			fold_put(f, part[i]);
	}
	fold_order(f);
}

/* The folded text in normal form C; s itself where that is the same. */
static struct str fold(struct str s, enum fold_for what_for, struct arena *arena)
{
	struct fold f = {.what_for = what_for, .cap = 128};
	f.p = mem_alloc((f.cap + 1) * sizeof(*f.p));
	fold_add(&f, s);
	/* In place; utf8proc ends the bytes with a NUL, hence the one more. */
	utf8proc_ssize_t n =
	    utf8proc_reencode(f.p, (utf8proc_ssize_t)f.n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	struct str folded = {(const char *)f.p, n > 0 ? (size_t)n : 0};
	struct str result = str_eq(folded, s) ? s : arena_str(arena, folded);
	free(f.p);
	return result;
}

static bool is_ascii_key(struct str s)
{
	if (s.n && (str_is_space_char(s.p[0]) || str_is_space_char(s.p[s.n - 1])))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if ((c >= 'A' && c <= 'Z') || (c >= '\t' && c <= '\r') ||
		    (c == ' ' && s.p[i + 1] == ' '))
			return false;
	}
	return true;
}

/* Lower case, each run of what is no part of a word (by the kind of key) one filler. */
static struct str ascii_fold(struct str s, bool words_only, char filler, struct arena *arena)
{
	char *p = arena_bytes(arena, s.n + 1);
	size_t n = 0;
	bool gap = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (words_only ? !str_is_alpha(c) && !str_is_digit(c) : str_is_space_char(c)) {
			gap = true;
			continue;
		}
		if (gap && n)
			p[n++] = filler;
		gap = false;
		p[n++] = str_lower(c);
	}
	p[n] = '\0';
	return (struct str){p, n};
}

struct str text_key(struct str s, struct arena *arena)
{
	if (utf8_is_ascii(s))
		return is_ascii_key(s) ? s : ascii_fold(s, false, ' ', arena);
	return text_invalid_at(s) < s.n ? s : fold(s, FOLD_KEY, arena);
}

struct str text_case_key(struct str s, struct arena *arena)
{
	if (!utf8_is_ascii(s))
		return text_invalid_at(s) < s.n ? s : fold(s, FOLD_CASE, arena);
	size_t i = 0;
	while (i < s.n && s.p[i] == str_lower(s.p[i]))
		i++;
	if (i == s.n)
		return s;
	char *p = arena_bytes(arena, s.n + 1);
	for (i = 0; i < s.n; i++)
		p[i] = str_lower(s.p[i]);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

static bool is_ascii_slug(struct str s)
{
	bool hyphen = true;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '-' ? hyphen : !str_is_digit(c) && !(c >= 'a' && c <= 'z'))
			return false;
		hyphen = c == '-';
	}
	return !hyphen;
}

struct str text_slug(struct str name, struct arena *arena)
{
	struct str slug = name;
	if (!utf8_is_ascii(name))
		slug = fold(name, FOLD_SLUG, arena);
	else if (!is_ascii_slug(name))
		slug = ascii_fold(name, true, '-', arena);
	if (slug.n > SLUG_MAX) {
		slug.n = SLUG_MAX;
		while (slug.n && (utf8_byte(slug, slug.n) & 0xc0) == 0x80)
			slug.n--;
	}
	while (slug.n && slug.p[slug.n - 1] == '-')
		slug.n--;
	return slug.n ? slug : STR("contact");
}

bool text_same(struct str a, struct str b, struct arena *arena)
{
	if (str_ieq(a, b))
		return true;
	if (utf8_is_ascii(a) || utf8_is_ascii(b))
		return false;
	struct arena_mark mark = arena_mark(arena);
	bool same = str_eq(text_case_key(a, arena), text_case_key(b, arena));
	arena_rewind(arena, mark);
	return same;
}
