#include "base/needle.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* From here on lie the scripts of Chinese, Japanese and their like. */
#define FIRST_WIDE_SCRIPT 0x2e80

bool needle_init(struct needle *needle, struct str text, struct arena *arena)
{
	struct str words = text_words(text, arena);
	size_t count = words.n > 0;
	int32_t point = 0;
	for (size_t i = 0; i < words.n; i++)
		count += words.p[i] == ' ';
	*needle = (struct needle){ARENA_ARRAY(arena, struct str, count), 0, false};
	while (needle->count < count) {
		struct str word = str_upto(words, str_find_char(words, ' '));
		needle->words[needle->count++] = word;
		words = str_from(words, word.n + 1);
	}
	if (count)
		(void)utf8_decode_any(needle->words[0], 0, &point);
	needle->inside = point >= FIRST_WIDE_SCRIPT && needle->words[0].n > 2;
	return count > 0;
}

/* How a word begins with another: not, with a rest, or as a whole. */
enum fit { FIT_NOT, FIT_BEGINS, FIT_WHOLE };

static enum fit fit_plain(struct str word, struct str wanted)
{
	size_t at = 0;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '\'')
			continue;
		if (at == wanted.n)
			return FIT_BEGINS;
		if (str_lower(word.p[i]) != wanted.p[at++])
			return FIT_NOT;
	}
	return at == wanted.n ? FIT_WHOLE : FIT_NOT;
}

static enum fit fit_wide(struct str word, struct str wanted, struct arena *scratch)
{
	/* What stands before the first character that is not ASCII says no to most. */
	for (size_t i = 0; i < word.n && utf8_byte(word, i) < 0x80 && word.p[i] != '\''; i++)
		if (i >= wanted.n || str_lower(word.p[i]) != wanted.p[i])
			return i < wanted.n ? FIT_NOT : FIT_BEGINS;
	struct arena_mark mark = arena_mark(scratch);
	/* Nor do most begin with that letter; what follows it may add marks, and no other letter.
	 */
	struct str first = text_upto(word, 1), key = text_words(first, scratch);
	if (first.n > 1 && (unsigned char)wanted.p[0] < 0x80 && key.n && key.p[0] != wanted.p[0]) {
		arena_rewind(scratch, mark);
		return FIT_NOT;
	}
	key = text_words(word, scratch);
	enum fit fit = !str_starts(key, wanted) ? FIT_NOT
		       : key.n == wanted.n      ? FIT_WHOLE
						: FIT_BEGINS;
	arena_rewind(scratch, mark);
	return fit;
}

static enum fit fit_word(struct str word, bool plain, struct str wanted, struct arena *scratch)
{
	return plain ? fit_plain(word, wanted) : fit_wide(word, wanted, scratch);
}

/* The words after the first must follow; *rest: what stands behind it. */
static bool needle_goes_on(const struct needle *needle, struct str *rest, enum fit *fit,
			   struct str *last, struct arena *scratch)
{
	bool plain;
	for (size_t i = 1; i < needle->count; i++) {
		if (*fit != FIT_WHOLE || !text_next_word(rest, last, &plain))
			return false;
		*fit = fit_word(*last, plain, needle->words[i], scratch);
	}
	return *fit != FIT_NOT;
}

static bool is_in_word(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* The first byte from `at` on that is not ASCII, or is that letter, in whichever case. */
static size_t next_candidate(struct str s, size_t at, char letter)
{
	uint64_t w, wanted = EACH_BYTE * (unsigned char)letter;
	for (; s.n - at >= sizeof(w); at += sizeof(w)) {
		memcpy(&w, s.p + at, sizeof(w));
		/* A byte that becomes 0 here is the letter; some others may seem so, but none is
		 * missed. */
		uint64_t other = (w | EACH_BYTE * 0x20) ^ wanted;
		if ((w | ((other - EACH_BYTE) & ~other)) & UTF8_HIGH_BITS)
			break;
	}
	while (at < s.n && utf8_byte(s, at) < 0x80 && (s.p[at] | 0x20) != letter)
		at++;
	return at;
}

/*
 * Where the next word begins that may fit, at or after `at`, where none began that was not looked
 * at; s.n for none. Most of a text is passed over eight bytes at once.
 */
static size_t next_word_to_try(struct str s, size_t at, char letter)
{
	size_t from = at;
	for (; (at = next_candidate(s, at, letter)) < s.n; at++) {
		size_t begins = at;
		while (begins > from && (is_in_word(s.p[begins - 1]) || s.p[begins - 1] == '\''))
			begins--;
		while (s.p[begins] == '\'')
			begins++;
		if (begins == at || utf8_byte(s, at) >= 0x80)
			return begins;
		/* The letter is within a word: its rest is passed over, for it may be long. */
		while (at + 1 < s.n && (unsigned char)s.p[at + 1] < 0x80 &&
		       (is_in_word(s.p[at + 1]) || s.p[at + 1] == '\''))
			at++;
		from = at + 1 < s.n && (unsigned char)s.p[at + 1] >= 0x80 ? begins : from;
	}
	return s.n;
}

bool needle_find(const struct needle *needle, struct str text, size_t from, struct needle_hit *hit,
		 struct arena *scratch)
{
	char letter = (char)(needle->words[0].p[0] | 0x20);
	struct str rest = text, word;
	bool plain;
	for (size_t at = from; (at = next_word_to_try(text, at, letter)) < text.n;) {
		rest = str_from(text, at);
		if (!text_next_word(&rest, &word, &plain))
			return false;
		at = (size_t)(rest.p - text.p);
		struct str after = rest, last = word;
		enum fit fit = fit_word(word, plain, needle->words[0], scratch);
		if (fit == FIT_NOT && needle->inside && !plain) {
			size_t in = str_find(word, needle->words[0]);
			last = str_slice(word, in, in + needle->words[0].n);
			fit = last.n ? FIT_WHOLE : FIT_NOT;
			word = last.n ? last : word;
		}
		if (fit == FIT_NOT || !needle_goes_on(needle, &after, &fit, &last, scratch))
			continue;
		*hit = (struct needle_hit){(size_t)(word.p - text.p),
					   (size_t)(last.p + last.n - text.p), fit == FIT_WHOLE};
		return true;
	}
	return false;
}
