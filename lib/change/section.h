/*
 * Sections of a contact's body, and how things stand in them: the style of a
 * list's items, the blank lines between, where a line can be put. What is
 * written is a `struct section_piece`: whole lines, at the beginning of a
 * line or at the end of the file.
 */
#ifndef KITH_CHANGE_SECTION_H
#define KITH_CHANGE_SECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "note/note.h"
#include "note/splice.h"
#include "people/config.h"

/* Whether all dated lines below it are entries (see contact_log_kind). */
bool section_is_log(const struct note *note, const struct block *heading,
		    const struct config *config, struct arena *arena);

/* The level that a new section gets: as the file's others, a title apart; 2 where there is none. */
int section_level(const struct note *note);

/* Whether the file's headings have a blank line below them, as most of them do. */
bool section_is_airy(const struct note *note);

/*
 * A section's own text: from its heading's first byte to before the next
 * heading of any level, less the blank lines at the end.
 */
struct span section_own(const struct note *note, const struct block *heading);

/* How an item is written: what stands before its text, and below that for further lines. */
struct item_style {
	struct str lead;   /* indentation, mark and blanks: `  - ` */
	struct str indent; /* of further lines */
};

/* That of an item which stands alone on its line; false for one inside another's first line. */
bool section_item_style(struct item_style *out, const struct note *note, const struct block *item,
			struct arena *arena);
/* That of the file's first item, or `- `. */
struct item_style section_any_style(const struct note *note, struct arena *arena);

/* The beginning of the line of the body that holds an offset. */
size_t section_line(const struct note *note, size_t at);
/* The beginning of the first line that begins at the offset or after it; the end without one. */
size_t section_next_line(struct str image, size_t at);
/* How many blank lines stand before a line that begins at `at`, in the body. */
size_t section_blanks_before(const struct note *note, size_t at);

/* Lines to be written. */
struct section_piece {
	size_t at;          /* the beginning of a line, or the file's end */
	size_t before;      /* blank lines first */
	struct str heading; /* a heading's line; "" for none */
	bool airy;          /* a blank line below it */
	struct str text;    /* lines with LF between, none at the end, without what is above */
	size_t after;       /* blank lines at the end */
};

/*
 * The splice that writes a piece, with the line ends of its surroundings, and
 * a blank line after it where what follows would be taken into it otherwise.
 * A file without a line end at its end keeps none.
 */
struct splice section_splice(const struct note *note, const struct section_piece *piece,
			     struct arena *arena);

/* A piece for a new section at the file's end. */
struct section_piece section_at_end(const struct note *note, struct str heading);

/* A piece in a section that has no list of what is added: after its own text. *style: for it. */
struct section_piece section_after_text(const struct note *note, const struct block *heading,
					struct item_style *style, struct arena *arena);

/* `## NAME`. */
struct str section_heading(int level, struct str name, struct arena *arena);

/* Text of several lines below lead, as they are. */
struct str section_item(struct item_style style, struct str first, struct str further,
			struct arena *arena);

/* Whether nothing stands before a block in its line, so that its lines are its own. */
bool section_is_alone(const struct note *note, const struct block *block);

/* All lines of a block that is alone, with the blank lines that part it from what follows. */
struct span section_taken(const struct note *note, const struct block *block);

/*
 * An item or a section of one file, to be put into another as it stands: its
 * lines without the indentation that they had there, joined by LF, whatever
 * they end in. Written it is by section_item, also below a heading's mark.
 */
struct section_raw {
	struct str first; /* without list mark or `##` */
	struct str below; /* all that belongs to it, blanks at the ends of lines included */
};

/* under: the level of a heading that its own headings go below; 0 lets them be. */
void section_take_raw(struct section_raw *out, const struct note *note, const struct block *block,
		      int under, struct arena *arena);

/* Where fields and tags go in an item's line: at its end, before a `^block-id`. */
size_t section_fields_at(struct str line);

#endif
