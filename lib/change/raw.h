/*
 * List items and sections of one file, to be put into another as they stand:
 * their lines without the indentation that they had there, and headings
 * pushed down so that they stay inside what they are put into.
 */
#ifndef KITH_CHANGE_RAW_H
#define KITH_CHANGE_RAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "change/section.h"
#include "note/note.h"

/* Whether nothing stands before a block in its line, so that its lines are its own. */
bool raw_is_alone(const struct note *note, const struct block *block);

/* Lines are joined by LF, whatever they end in there. */
struct raw_block {
	struct str first; /* without list mark or `##` */
	struct str below; /* all that belongs to it, blanks at the ends of lines included */
};

/* under: the level of a heading that its own headings go below; 0 lets them be. */
void raw_take(struct raw_block *out, const struct note *note, const struct block *block, int under,
	      struct arena *arena);

/* A block written as an item, or below a heading's mark. */
struct str raw_item(struct item_style style, const struct raw_block *raw, struct arena *arena);

/* The smallest level of the headings that begin in a stretch; 0 for none. */
int raw_level(const struct note *note, struct span at);

/*
 * Adds the whole lines of a stretch, each with an LF; headings go down by so
 * many levels, to 6 at most.
 */
void raw_add_lines(struct buf *b, const struct note *note, struct span at, size_t indentation,
		   int down);

#endif
