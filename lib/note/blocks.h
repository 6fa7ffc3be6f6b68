/*
 * What every reader of Markdown blocks has in common, once it knows where a
 * block begins: which bytes are its content, and where a section ends.
 */
#ifndef KITH_NOTE_BLOCKS_H
#define KITH_NOTE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "note/markdown.h"
#include "note/span.h"

/*
 * The content of a block of that kind whose marker or text is at start, its
 * first line (without what ends it) at line_end: the line without marker,
 * blanks at both ends and a heading's closing #s.
 */
struct span blocks_content(struct str image, size_t start, size_t line_end, enum block_kind kind);

/* Whether a CR stands without LF, which is a line's end for cmark. */
bool blocks_lone_cr(struct str text);

/* `end`, moved back over the blank lines before it. */
size_t blocks_trim(struct str image, size_t end);

/* Ends each heading at the next of its level or above; deep items that begin with one have no text.
 */
void blocks_settle_sections(struct str image, struct block *items, size_t count);

#endif
