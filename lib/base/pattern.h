/*
 * Regular expressions that take time in proportion to the text, whatever they say: all ways are
 * followed at once (Thompson 1968), so there is nothing to go back to. Case does not count, in any
 * script; nothing matches a line's end.
 *
 *	x . [a-z] [^a-z] \d \w \s \D \W \S    a character
 *	x* x+ x? x{3} x{3,} x{3,5}            several of them
 *	xy  x|y  (x)                          one after the other, either
 *	^ $ \b \B                             a line's start and end, a word's edge, none
 *
 * A `\` before another sign takes its meaning. There are no references back (`\1`).
 */
#ifndef KITH_BASE_PATTERN_H
#define KITH_BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

struct pattern;

/* The longest source, in bytes. */
#define PATTERN_MAX 1000

/* KITH_INVALID, with the column in the source, where it is none or too large. In the arena. */
int pattern_make(const struct pattern **out, struct str source, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

/*
 * The first place from `from` on that matches, of those the longest; one of no characters is none.
 * scratch: as it was afterwards.
 */
bool pattern_find(const struct pattern *pattern, struct str text, size_t from, size_t *begins,
		  size_t *ends, struct arena *scratch);

#endif
