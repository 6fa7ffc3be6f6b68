/* Unicode text: validity, comparison, width on a terminal, slugs. */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* The offset of the first byte that is not UTF-8 (RFC 3629), or s.n. */
size_t text_invalid_at(struct str s);

/*
 * The number of characters (code points) in s; for columns in messages.
 * Invalid bytes count one each.
 */
size_t text_length(struct str s);

/*
 * A key for comparing names: case, marks on Latin letters, and white space
 * (runs, ends) do not count. `Łukasz  ŻÓŁĆ` and `lukasz zolc` are equal.
 * Compatibility forms (full-width letters, ligatures) are equal too.
 * Invalid UTF-8 is compared by its bytes. The key lives in the arena; where
 * the text is such a key already, it is returned as it is.
 */
struct str text_key(struct str s, struct arena *arena);
/* The same for case and normal form alone: which names collide on some file systems. */
struct str text_case_key(struct str s, struct arena *arena);

/*
 * The words of a text as they are compared: as in text_key, parted by one blank each. Letters,
 * digits and what is no punctuation make a word; an apostrophe parts none, and is left out
 * (`O'Brien`, `D’Arcy`).
 */
struct str text_words(struct str s, struct arena *arena);
/*
 * Takes what stands before the next such word, and the word, off *rest; false where there is none.
 * *plain: it is ASCII.
 */
bool text_next_word(struct str *rest, struct str *word, bool *plain);
/* A character in its small form, and its large one. */
int32_t text_lower_char(int32_t point);
int32_t text_upper_char(int32_t point);
/* Whether it belongs to a word. */
bool text_is_word_char(int32_t point);

/*
 * A text in small Latin letters, as somebody without a Greek or Cyrillic keyboard would type it:
 * `Χρήστος` is `christos`, `Юрий` `yurii`. By sound and roughly, to be compared with
 * text_distance; other scripts are left. In the arena; itself where it is ASCII.
 */
struct str text_latin(struct str s, struct arena *arena);

/*
 * Columns on a terminal; marks take none, wide characters two, control
 * characters none. A grapheme cluster (UAX #29) takes what its widest
 * character does, so a family joined of five emoji takes two; flags and what
 * has a variation selector 16 take two.
 */
size_t text_width(struct str s);
/* The longest prefix that takes at most that many columns, cut between grapheme clusters. */
struct str text_fit(struct str s, size_t width);
/* The longest prefix of at most that many characters, cut between grapheme clusters. */
struct str text_upto(struct str s, size_t characters);

/*
 * Adds s as one line that is safe on a terminal and in a page: control
 * characters (C0, DEL, C1), line ends and bidirectional overrides become
 * blanks or nothing, runs of white space (Unicode's; at the ends too) one
 * blank, each byte that is not UTF-8 U+FFFD.
 */
void text_add_line(struct buf *b, struct str s);
/* Whether s is such a line already. */
bool text_is_line(struct str s);
/* The same, made in an arena; s itself where nothing had to change. */
struct str text_line(struct str s, struct arena *arena);

/*
 * The slug of a name: NFKD, marks dropped after Latin letters only, case
 * folded, Latin letters that do not decompose spelled out (ł ø ß æ œ đ ð þ ı
 * ħ ŧ), other scripts kept, everything else one hyphen, NFC, at most 200
 * bytes, `contact` when nothing is left. Letters, numbers and marks are by
 * Unicode's general category; a mark without one of these before it belongs
 * to everything else. The slug of a slug is itself. It lives in the arena, or
 * is (the beginning of) the name, where that is a slug already.
 */
struct str text_slug(struct str name, struct arena *arena);

/*
 * Edit distance (Damerau, adjacent swaps count one) of two short texts, by
 * bytes; more than max gives max + 1. For "did you mean".
 */
size_t text_distance(struct str a, struct str b, size_t max);

/*
 * For the nearest of several words, the first of those as near: whether one is
 * nearer to a slip than *below, which becomes its distance. So at first *below
 * is one more than what is let pass.
 */
bool text_nearer(struct str slip, struct str word, size_t *below);

/*
 * The bytes of a character at the start of s that nobody sees, or takes for a blank: a no-break
 * space, a zero-width one, a mark of direction, a soft hyphen. 0 for all others, ASCII's too.
 */
size_t text_unseen(struct str s);

/* Whether two texts are the same but for case, in any script. arena: as it was afterwards. */
bool text_same(struct str a, struct str b, struct arena *arena);

#endif
