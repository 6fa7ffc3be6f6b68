/* `#tags` and `^block-ids` in a line of text. */
#ifndef KITH_PEOPLE_TAGS_H
#define KITH_PEOPLE_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* Tags that mean something to kith. */
enum own_tag {
	TAG_PLANNED = 1,
	TAG_CANCELLED = 2,
	TAG_WAITING = 4,
	TAG_TOPIC = 8,
	TAG_GAVE = 16,
	TAG_GOT = 32,
	TAG_ASKED = 64,
	TAG_OTHER = 128, /* any other tag */
};

/*
 * Finds the next tag at or after *at: `#` at the start or after a blank or
 * an opening bracket, then letters, digits, `_`, `-`, `/`, not digits alone;
 * not inside `code`. *tag is the text without `#`, *at moves behind it.
 */
bool tags_next(struct str s, size_t *at, struct str *tag);
/* The next of the tags in a text split at commas, without `#`; false at the end. */
bool tags_next_listed(struct str *rest, struct str *tag);
enum own_tag tags_which(struct str tag);
/* All that stand in s, as bits. */
unsigned tags_in(struct str s);

/*
 * s without the tags whose bits are in drop and without a `^block-id` at
 * its end, trimmed; blanks on both sides of what went become one. s itself
 * (trimmed) where nothing goes.
 */
struct str tags_strip(struct str s, unsigned drop, struct arena *arena);

#endif
