/*
 * Most texts here are ASCII and need no change, so every function has a path
 * for them that neither allocates nor asks Unicode's tables.
 */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/attr.h"
#include "base/mem.h"
#include "base/utf8.h"

#define SHORT_TEXT  64
#define SLUG_MAX    200
#define SLUG_POINTS 1024 /* decomposed, these make more than SLUG_MAX bytes */
#define PART_MAX    32   /* one character's decomposition: Unicode's longest has 18 */
#define FEW_MARKS   32

size_t text_invalid_at(struct str s)
{
	int32_t point;
	size_t at = utf8_ascii_end(s, 0);
	while (at < s.n) {
		size_t n = utf8_decode(s, at, &point);
		if (n == 0)
			return at;
		at += n;
		if (at < s.n && utf8_byte(s, at) < 0x80)
			at = utf8_ascii_end(s, at);
	}
	return s.n;
}

size_t text_length(struct str s)
{
	int32_t point;
	size_t at = utf8_ascii_end(s, 0), length = at;
	while (at < s.n) {
		at += utf8_decode_any(s, at, &point);
		length++;
		if (at < s.n && utf8_byte(s, at) < 0x80) {
			size_t end = utf8_ascii_end(s, at);
			length += end - at;
			at = end;
		}
	}
	return length;
}

/* A cluster that a terminal draws as one: where it ends, how long and how wide it is. */
struct cluster {
	size_t end, characters, width;
};

static bool is_regional(int32_t c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static size_t char_width(int32_t c)
{
	if (c < 0x7f)
		return c >= ' ';
	int width = utf8proc_charwidth(c);
	return width > 0 ? (size_t)width : 0;
}

/* A mark with a place of its own on terminals: vowel signs of Devanagari and its kin, Thai's AM. */
static bool is_spacing_mark(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_MC || c == 0xe33 || c == 0xeb3;
}

/* Extended grapheme clusters: Unicode Standard Annex 29. */
static struct cluster grapheme_cluster(struct str s, size_t at)
{
	int32_t point, next, state = 0;
	struct cluster c = {at + utf8_decode_any(s, at, &point), 1, char_width(point)};
	while (c.end < s.n) {
		size_t n = utf8_decode_any(s, c.end, &next);
		if (utf8proc_grapheme_break_stateful(point, next, &state))
			break;
		size_t width = char_width(next);
		/* A flag is two letters; a variation selector 16 asks for an emoji's width. */
		if (next == 0xfe0f || (is_regional(point) && is_regional(next)))
			width = 2;
		if (is_spacing_mark(next))
			c.width++;
		else if (width > c.width)
			c.width = width;
		c.end += n;
		c.characters++;
		point = next;
	}
	return c;
}

/* Nearly all is printable ASCII, and a cluster alone. */
static inline struct cluster next_cluster(struct str s, size_t at)
{
	if (s.p[at] >= ' ' && s.p[at] < 0x7F && (at + 1 == s.n || utf8_byte(s, at + 1) < 0x80))
		return (struct cluster){at + 1, 1, 1};
	return grapheme_cluster(s, at);
}

size_t text_width(struct str s)
{
	size_t width = 0;
	for (size_t at = 0; at < s.n;) {
		struct cluster c = next_cluster(s, at);
		width += c.width;
		at = c.end;
	}
	return width;
}

struct str text_fit(struct str s, size_t width)
{
	size_t at = 0;
	while (at < s.n) {
		struct cluster c = next_cluster(s, at);
		if (c.width > width)
			break;
		width -= c.width;
		at = c.end;
	}
	return str_upto(s, at);
}

struct str text_upto(struct str s, size_t characters)
{
	size_t at = 0;
	while (at < s.n && characters) {
		struct cluster c = next_cluster(s, at);
		if (c.characters > characters)
			break;
		characters -= c.characters;
		at = c.end;
	}
	return str_upto(s, at);
}

enum line_part { LINE_KEEP, LINE_BLANK, LINE_NOTHING };

static enum line_part line_part(int32_t c)
{
	if (c > ' ' && c < 0x7f)
		return LINE_KEEP;
	if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85)
		return LINE_BLANK;
	if (c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069))
		return LINE_NOTHING;
	utf8proc_category_t category = utf8proc_category(c);
	bool white = category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
	return white ? LINE_BLANK : LINE_KEEP;
}

/*
 * The first place from `at` on that cannot stay as it is. blank: whether a
 * blank stands before it, kept up to date.
 */
static size_t line_same(struct str s, size_t at, bool *blank)
{
	while (at < s.n) {
		/* Nearly all of it, and so worth a way of its own. */
		if (s.p[at] > ' ' && s.p[at] < 0x7F) {
			*blank = false;
			at++;
			continue;
		}
		int32_t point;
		size_t n = utf8_decode(s, at, &point);
		bool space = n && point == ' ';
		if (n == 0 || (space ? *blank : line_part(point) != LINE_KEEP))
			break;
		*blank = space;
		at += n;
	}
	return at;
}

void text_add_line(struct buf *b, struct str s)
{
	bool blank = false;
	for (size_t at = 0; at < s.n;) {
		int32_t point = 0;
		size_t end = line_same(s, at, &blank);
		buf_add(b, str_slice(s, at, end));
		if (end == s.n)
			return;
		size_t n = utf8_decode(s, end, &point);
		if (n == 0) {
			buf_add(b, STR("\xef\xbf\xbd"));
			blank = false;
		} else if (line_part(point) == LINE_BLANK) {
			if (!blank)
				buf_addc(b, ' ');
			blank = true;
		}
		at = end + (n ? n : 1);
	}
}

bool text_is_line(struct str s)
{
	bool blank = false;
	return line_same(s, 0, &blank) == s.n;
}

struct str text_line(struct str s, struct arena *arena)
{
	if (text_is_line(s))
		return s;
	struct buf b;
	buf_init(&b, 0);
	text_add_line(&b, s);
	return arena_take(arena, &b);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Three rows of the table of distances: of this character of a, the one before, and before that. */
struct rows {
	size_t *now, *before, *earlier;
};

/* Fills the cells of row i within max of the diagonal; returns their least. */
static size_t distance_row(const struct rows *r, struct str a, struct str b, size_t i, size_t max)
{
	size_t from = i > max ? i - max : 1, to = least(i + max, b.n), best = max + 1;
	r->now[from - 1] = from == 1 ? i : max + 1;
	if (from == 1)
		best = i;
	for (size_t j = from; j <= to; j++) {
		bool same = a.p[i - 1] == b.p[j - 1];
		size_t cell = r->before[j - 1] + (same ? 0 : 1);
		cell = least(cell, least(r->before[j], r->now[j - 1]) + 1);
		if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
			cell = least(cell, r->earlier[j - 2] + 1);
		r->now[j] = cell;
		best = least(best, cell);
	}
	if (to < b.n)
		r->now[to + 1] = max + 1;
	return best;
}

static size_t distance(size_t *cells, struct str a, struct str b, size_t max)
{
	struct rows r = {cells, cells + b.n + 1, cells + 2 * (b.n + 1)};
	size_t last = 0;
	for (size_t j = 0; j <= b.n; j++)
		r.before[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t best = distance_row(&r, a, b, i, max);
		if (best > max && last > max)
			return max + 1;
		last = best;
		r = (struct rows){.now = r.earlier, .before = r.now, .earlier = r.before};
	}
	return least(r.before[b.n], max + 1);
}

size_t text_distance(struct str a, struct str b, size_t max)
{
	while (a.n && b.n && a.p[0] == b.p[0]) {
		a = str_from(a, 1);
		b = str_from(b, 1);
	}
	while (a.n && b.n && a.p[a.n - 1] == b.p[b.n - 1]) {
		a.n--;
		b.n--;
	}
	size_t longer = a.n > b.n ? a.n : b.n, shorter = least(a.n, b.n);
	if (longer - shorter > max)
		return max + 1;
	if (shorter == 0)
		return longer;
	max = least(max, longer);
	size_t few[3 * (SHORT_TEXT + 1)];
	if (b.n <= SHORT_TEXT)
		return distance(few, a, b, max);
	size_t *cells = mem_zalloc(3 * (b.n + 1), sizeof(*cells));
	size_t result = distance(cells, a, b, max);
	free(cells);
	return result;
}

bool text_nearer(struct str slip, struct str word, size_t *below)
{
	size_t distance = *below ? text_distance(slip, word, *below - 1) : 0;
	if (distance >= *below)
		return false;
	*below = distance;
	return true;
}

/*
 * ---- keys and slugs ----
 *
 * What is not ASCII goes through one fold: decomposed, case folded, filtered by
 * what the result is for, its marks put in canonical order, and composed again.
 * The ordering is ours because utf8proc's is quadratic in the length of a run of
 * marks.
 */

enum fold_for { FOLD_CASE, FOLD_KEY, FOLD_WORDS, FOLD_SLUG };

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

#define RIGHT_QUOTE 0x2019

static bool is_apostrophe(int32_t point)
{
	return point == '\'' || point == RIGHT_QUOTE;
}

static bool is_word_point(int32_t point, utf8proc_category_t category)
{
	if (point < 0x80)
		return str_is_alpha((char)point) || str_is_digit((char)point);
	return category != UTF8PROC_CATEGORY_CN && category < UTF8PROC_CATEGORY_ZS &&
	       (category < UTF8PROC_CATEGORY_PC || category > UTF8PROC_CATEGORY_PO);
}

/* Whether it stands between words. A mark in a slug needs a letter to stand on. */
static bool fold_leaves_out(const struct fold *f, int32_t point, utf8proc_category_t category)
{
	if (f->what_for == FOLD_WORDS)
		return !is_word_point(point, category);
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
	if ((is_mark(category) && f->latin) || (f->what_for == FOLD_WORDS && is_apostrophe(point)))
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
	bool joins = words_only && filler == ' ';
	char *p = arena_bytes(arena, s.n + 1);
	size_t n = 0;
	bool gap = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (joins && is_apostrophe(c))
			continue;
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

struct str text_words(struct str s, struct arena *arena)
{
	if (utf8_is_ascii(s))
		return ascii_fold(s, true, ' ', arena);
	return fold(s, FOLD_WORDS, arena);
}

bool text_is_word_char(int32_t point)
{
	return is_word_point(point, utf8proc_category(point));
}

int32_t text_lower_char(int32_t point)
{
	return utf8proc_tolower(point);
}

int32_t text_upper_char(int32_t point)
{
	return utf8proc_toupper(point);
}

static inline bool may_be_in_word(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The same from a place on where not all may be ASCII: no word begins before it. */
static bool next_wide_word(struct str *rest, size_t from, struct str *word)
{
	struct str s = *rest;
	size_t begun = s.n, at = from;
	for (size_t n; at < s.n; at += n) {
		int32_t point;
		n = utf8_decode_any(s, at, &point);
		bool part = text_is_word_char(point) || (begun < s.n && is_apostrophe(point));
		if (part && begun == s.n)
			begun = at;
		if (!part && begun < s.n)
			break;
	}
	*word = str_slice(s, begun, at);
	*rest = str_from(s, at);
	return begun < s.n;
}

bool text_next_word(struct str *rest, struct str *word, bool *plain)
{
	struct str s = *rest;
	size_t from = 0, to;
	while (from < s.n && !may_be_in_word(s.p[from]))
		from++;
	for (to = from; to < s.n && (unsigned char)s.p[to] < 0x80; to++)
		if (!may_be_in_word(s.p[to]) && s.p[to] != '\'')
			break;
	*plain = to == s.n || (unsigned char)s.p[to] < 0x80;
	if (!*plain)
		return next_wide_word(rest, from, word);
	*word = str_slice(s, from, to);
	*rest = str_from(s, to);
	return to > from;
}

/*
 * Sounds of Greek and Cyrillic letters without marks, from alpha and from a on: by BGN/PCGN for
 * the most part. glibc's iconv does this only in some locales, and ICU is 30 MB.
 */
static const char *const greek[] = {"a", "v", "g", "d", "e",  "z",  "i", "th", "i",
				    "k", "l", "m", "n", "x",  "o",  "p", "r",  "s",
				    "s", "t", "y", "f", "ch", "ps", "o"};
static const char *const cyrillic[] = {
    "a", "b", "v",  "g", "d",  "e",  "zh", "z",  "i",  "i",    "k",  "l", "m", "n", "o",  "p",
    "r", "s", "t",  "u", "f",  "kh", "ts", "ch", "sh", "shch", "",   "y", "",  "e", "yu", "ya",
    "e", "e", "dj", "g", "ye", "dz", "i",  "i",  "j",  "lj",   "nj", "c", "k", "i", "u",  "dz"};

/* The sound of a letter; NULL where it is of no such script. after: the letter before it. */
static const char *sound_of(int32_t point, int32_t after)
{
	/* ου, αυ, ευ */
	if (point == 0x3c5 && (after == 0x3bf || after == 0x3b1 || after == 0x3b5))
		return "u";
	if (point >= 0x3b1 && point <= 0x3c9)
		return greek[point - 0x3b1];
	if (point >= 0x430 && point <= 0x45f)
		return cyrillic[point - 0x430];
	return point == 0x491 ? "g" : NULL;
}

struct str text_latin(struct str s, struct arena *arena)
{
	struct buf b;
	int32_t point, after = 0;
	if (utf8_is_ascii(s))
		return s;
	buf_init(&b, 0);
	struct str key = text_key(s, arena);
	for (size_t at = 0; at < key.n; after = point) {
		int32_t part[PART_MAX];
		int boundary = 0;
		size_t n = utf8_decode_any(key, at, &point);
		if (utf8proc_decompose_char(point, part, PART_MAX,
					    (utf8proc_option_t)UTF8PROC_DECOMPOSE, &boundary) > 0)
			point = part[0];
		const char *sound = sound_of(point, after);
		if (sound)
			buf_addz(&b, sound);
		else if (!is_mark(utf8proc_category(point)))
			buf_add(&b, str_slice(key, at, at + n));
		at += n;
	}
	return arena_take(arena, &b);
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

size_t text_unseen(struct str s)
{
	/* From, to. */
	static const int32_t ranges[][2] = {
	    {0xa0, 0xa0},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},
	    {0x115f, 0x1160}, {0x1680, 0x1680}, {0x180e, 0x180e}, {0x2000, 0x200f},
	    {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}, {0x3164, 0x3164},
	    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0},
	};
	int32_t point;
	size_t n = s.n && utf8_byte(s, 0) >= 0x80 ? utf8_decode(s, 0, &point) : 0;
	for (size_t i = 0; n && i < ARRAY_LEN(ranges); i++)
		if (point >= ranges[i][0] && point <= ranges[i][1])
			return n;
	return 0;
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
