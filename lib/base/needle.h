/*
 * Words looked for in texts, one after another as they stand in the needle: case, marks and what
 * stands between words do not count (base/text.h, text_words), and the last may be the beginning
 * of a longer one. Scripts that put no blanks between words are also found inside of one. Takes
 * time in proportion to the text.
 */
#ifndef KITH_BASE_NEEDLE_H
#define KITH_BASE_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct needle {
	struct str *words; /* as text_words makes them */
	size_t count;
	bool inside; /* the first one is of such a script */
};

/* Where a text has it: bytes, and whether the last word is a whole one. */
struct needle_hit {
	size_t from, to;
	bool whole;
};

/* False where the text has no word. The words live in the arena. */
bool needle_init(struct needle *needle, struct str text, struct arena *arena);

/*
 * The first place from `from` on, which must not stand inside a word; false where there is none.
 * scratch: as it was afterwards.
 */
bool needle_find(const struct needle *needle, struct str text, size_t from, struct needle_hit *hit,
		 struct arena *scratch);

#endif
