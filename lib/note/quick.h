/*
 * The same reading as libyaml's and cmark's, by hand, for the plain texts
 * that nearly all files consist of. Whatever else a half holds, the whole half
 * is handed over to yaml_read or markdown_read, so that every input gives the
 * same tree, the same blocks and the same findings. The libraries are the
 * judge: tests/unit/test_quick.c and tests/fuzz/fuzz_quick.c compare them.
 */
#ifndef KITH_NOTE_QUICK_H
#define KITH_NOTE_QUICK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "note/note.h"

extern const struct note_reader note_reader_quick;

/*
 * Reads the front matter that stands at `at`: a map in column 0, whose values
 * stand on one line (plain, quoted without escapes, `[a, b]`, `{a: b}`), are
 * empty, or are a list or a map of such values below. False where it holds
 * anything else; then nothing is left in the arena.
 */
bool quick_front(struct yaml_node **root, struct str image, struct span at,
		 struct arena *arena) ATTR_MUST_CHECK;

/*
 * Reads the body from that offset on: `#` headings, list items and
 * paragraphs. False where it may hold anything else; then nothing is left in
 * the arena.
 */
bool quick_body(struct blocks *blocks, struct str image, size_t body,
		struct arena *arena) ATTR_MUST_CHECK;

#endif
