#define _GNU_SOURCE /* memmem */
#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/search.h"

bool str_ieq(struct str a, struct str b)
{
	return a.n == b.n && str_istarts(a, b);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_strs(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void str_sort(struct str *items, size_t count)
{
	if (count)
		qsort(items, count, sizeof(*items), compare_strs);
}

bool str_is_among(const struct str *sorted, size_t count, struct str text)
{
	size_t at;
	LOWER_BOUND(at, count, str_cmp(sorted[at], text) < 0);
	return at < count && str_eq(sorted[at], text);
}

bool str_istarts(struct str s, struct str prefix)
{
	if (s.n < prefix.n)
		return false;
	for (size_t i = 0; i < prefix.n; i++)
		if (s.p[i] != prefix.p[i] && str_lower(s.p[i]) != str_lower(prefix.p[i]))
			return false;
	return true;
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

size_t str_find(struct str s, struct str needle)
{
	if (s.n == 0 || needle.n > s.n)
		return needle.n == 0 ? 0 : s.n;
	/* memmem makes a table first, which is slow for a needle of two bytes. */
	if (needle.n == 2) {
		for (size_t i = 0; (i += str_find_char(str_from(s, i), needle.p[0])) + 1 < s.n; i++)
			if (s.p[i + 1] == needle.p[1])
				return i;
		return s.n;
	}
	/* Nor is one made where not even the first byte is there. */
	const char *at = memchr(s.p, needle.p[0], s.n);
	at = at ? memmem(at, s.n - (size_t)(at - s.p), needle.p, needle.n) : NULL;
	return at ? (size_t)(at - s.p) : s.n;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* The high bit of a byte is set where it is 0, and of some above such a one. */
static uint64_t zero_bytes(uint64_t w)
{
	return (w - EACH_BYTE) & ~w & EACH_BYTE << 7;
}

size_t str_line(struct str s)
{
	size_t at = 0;
	for (uint64_t w; s.n - at >= sizeof(w); at += sizeof(w)) {
		memcpy(&w, s.p + at, sizeof(w));
		if (zero_bytes(w ^ EACH_BYTE * '\n') | zero_bytes(w ^ EACH_BYTE * '\r'))
			break;
	}
	while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
		at++;
	return at;
}

/* After the line's end that stands at `end`. */
static size_t after_line(struct str s, size_t end)
{
	if (end < s.n && s.p[end] == '\r' && end + 1 < s.n && s.p[end + 1] == '\n')
		end++;
	return end < s.n ? end + 1 : end;
}

size_t str_full_line(struct str s)
{
	return after_line(s, str_line(s));
}

bool str_begins_line(struct str s, size_t at)
{
	return at == 0 || s.p[at - 1] == '\n' ||
	       (s.p[at - 1] == '\r' && (at == s.n || s.p[at] != '\n'));
}

size_t str_line_start(struct str s, size_t at)
{
	while (!str_begins_line(s, at))
		at--;
	return at;
}

bool str_next_line(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	*line = str_upto(*rest, str_line(*rest));
	*rest = str_from(*rest, after_line(*rest, line->n));
	return true;
}

bool str_holds_line(struct str text, struct str wanted)
{
	struct str line;
	while (str_next_line(&text, &line))
		if (str_eq(str_trim(line), wanted))
			return true;
	return false;
}

struct str str_base(struct str path)
{
	return str_from(path, str_folder(path).n);
}

struct str str_folder(struct str path)
{
	while (path.n && path.p[path.n - 1] != '/')
		path.n--;
	return path;
}

bool str_is_below(struct str path, struct str folder)
{
	while (str_ends(folder, STR("/")))
		folder.n--;
	if (folder.n == 0 || str_eq(folder, STR(".")))
		return true;
	return str_starts(path, folder) && (path.n == folder.n || path.p[folder.n] == '/');
}

long str_number(struct str s, long max)
{
	long value = 0;
	if (s.n == 0 || s.n > 18)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (!str_is_digit(s.p[i]))
			return -1;
		value = value * 10 + (s.p[i] - '0');
	}
	return value <= max ? value : -1;
}
