/*
 * Most texts here are ASCII and need no change, so every function has a path
 * for them that neither allocates nor asks Unicode's tables. Keys and slugs
 * are in fold.c.
 */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"

#define SHORT_TEXT 64

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

/* Extended grapheme clusters: Unicode Standard Annex 29. */
static struct cluster next_cluster(struct str s, size_t at)
{
	int32_t point, next, state = 0;
	struct cluster c = {at + utf8_decode_any(s, at, &point), 1, char_width(point)};
	if (point < 0x80 && point != '\r' && (c.end == s.n || utf8_byte(s, c.end) < 0x80))
		return c;
	while (c.end < s.n) {
		size_t n = utf8_decode_any(s, c.end, &next);
		if (utf8proc_grapheme_break_stateful(point, next, &state))
			break;
		size_t width = char_width(next);
		/* A flag is two letters; a variation selector 16 asks for an emoji's width. */
		if (next == 0xfe0f || (is_regional(point) && is_regional(next)))
			width = 2;
		if (width > c.width)
			c.width = width;
		c.end += n;
		c.characters++;
		point = next;
	}
	return c;
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
