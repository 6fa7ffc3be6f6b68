#include "base/needle.h"

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
	unsigned char first = utf8_byte(word, 0);
	if (first < 0x80 && str_lower(word.p[0]) != wanted.p[0])
		return FIT_NOT;
	struct arena_mark mark = arena_mark(scratch);
	struct str key = text_words(word, scratch);
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

bool needle_find(const struct needle *needle, struct str text, size_t from, struct needle_hit *hit,
		 struct arena *scratch)
{
	struct str rest = str_from(text, from), word;
	bool plain;
	while (text_next_word(&rest, &word, &plain)) {
		struct str after = rest, last = word;
		enum fit fit = fit_word(word, plain, needle->words[0], scratch);
		if (fit == FIT_NOT && needle->inside && !plain) {
			size_t at = str_find(word, needle->words[0]);
			last = str_slice(word, at, at + needle->words[0].n);
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
