/* UTF-8 (RFC 3629), character by character, with long strides over ASCII. */
#ifndef KITH_BASE_UTF8_H
#define KITH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

#define UTF8_HIGH_BITS   UINT64_C(0x8080808080808080)
#define UTF8_REPLACEMENT 0xfffd

static inline unsigned char utf8_byte(struct str s, size_t at)
{
	return (unsigned char)s.p[at];
}

/* Where the ASCII that begins at s[at] ends; at <= s.n. */
static inline size_t utf8_ascii_end(struct str s, size_t at)
{
	uint64_t w[4];
	for (; s.n - at >= sizeof(w); at += sizeof(w)) {
		memcpy(w, s.p + at, sizeof(w));
		if ((w[0] | w[1] | w[2] | w[3]) & UTF8_HIGH_BITS)
			break;
	}
	for (; s.n - at >= sizeof(w[0]); at += sizeof(w[0])) {
		memcpy(w, s.p + at, sizeof(w[0]));
		if (w[0] & UTF8_HIGH_BITS)
			break;
	}
	while (at < s.n && utf8_byte(s, at) < 0x80)
		at++;
	return at;
}

static inline bool utf8_is_ascii(struct str s)
{
	return utf8_ascii_end(s, 0) == s.n;
}

/* What the second byte may be, by the first: RFC 3629, section 4. */
static inline bool utf8_second_fits(unsigned char first, unsigned char second)
{
	unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
	unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
	return second >= low && second <= high;
}

/* One character from s[at], at < s.n: its length in bytes, or 0 where it is not UTF-8. */
static inline size_t utf8_decode(struct str s, size_t at, int32_t *point)
{
	unsigned char first = utf8_byte(s, at);
	size_t n = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (first < 0x80) {
		*point = first;
		return 1;
	}
	if (first < 0xc2 || first > 0xf4 || s.n - at < n ||
	    !utf8_second_fits(first, utf8_byte(s, at + 1)))
		return 0;
	int32_t value = first & (0x7f >> n);
	for (size_t i = 1; i < n; i++) {
		unsigned char c = utf8_byte(s, at + i);
		if ((c & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (c & 0x3f);
	}
	*point = value;
	return n;
}

/* The same, with U+FFFD for each byte that is not UTF-8. */
static inline size_t utf8_decode_any(struct str s, size_t at, int32_t *point)
{
	size_t n = utf8_decode(s, at, point);
	if (n)
		return n;
	*point = UTF8_REPLACEMENT;
	return 1;
}

/* Without the beginning of a character that a cut left at its end. */
static inline struct str utf8_whole(struct str s)
{
	size_t at = s.n;
	int32_t point;
	while (at > 0 && s.n - at < 3 && (utf8_byte(s, at - 1) & 0xc0) == 0x80)
		at--;
	bool cut = at > 0 && utf8_byte(s, at - 1) >= 0xc0 && !utf8_decode(s, at - 1, &point);
	return (struct str){s.p, cut ? at - 1 : s.n};
}

#endif
