/*
 * Writes entries into a contact's bytes: under the file's own log section
 * (else a new `## Log`, the first of log_headings, at the end), newest first,
 * or oldest first where the entries there run that way, in the style of the
 * entries around: bullet, separators, headings instead of items, indentation,
 * line ends. Pure functions of bytes; each verifies its result (see
 * note/edit.h and people/differences.h) and refuses with KITH_FAILED.
 */
#ifndef KITH_CHANGE_ENTRIES_H
#define KITH_CHANGE_ENTRIES_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "people/config.h"
#include "people/entry.h"

/* Somebody after `with`: [[slug]], or [[slug|name]] where the file writes labels. */
struct entry_companion {
	struct str slug, name;
};

/* An entry to be written. */
struct entry_text {
	civil_day day;
	struct str time;    /* "" for none */
	struct str channel; /* as the settings spell it; "" for none */
	const struct entry_companion *with;
	size_t with_count;
	struct str text; /* one line or several; further lines are indented below; "" for none */
	bool planned;    /* #planned at its end */
	bool again;      /* also where the same entry stands there */
};

/*
 * The whole new file, appended to out; out stays as it was on failure. image:
 * a contact's file. A text that would be read as more of the head is written
 * as one (`call her` as `2026-11-23 call: her`), and separators before it go.
 * KITH_INVALID for control characters in the text, and for a slug that no
 * link can hold; KITH_EXISTS where the same entry stands there; KITH_FAILED where the result would
 * not read back.
 */
int entries_add(struct buf *out, struct str image, const struct config *config,
		const struct entry_text *entry, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Takes #planned from the entry whose first line, from its date on, is that
 * one: it took place. KITH_NOT_FOUND where no planned entry is.
 */
int entries_hold(struct buf *out, struct str image, const struct config *config, struct str line,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* KITH_INVALID for control characters; KITH_FAILED for a line that would define a link. */
int entries_check_text(struct str text, struct kith_error *err) ATTR_MUST_CHECK;

/* What an entry's first line is to say instead. */
struct entry_turn {
	bool planned, cancelled; /* whether these tags stand there */
	civil_day day;           /* NO_DAY: as it is */
	struct str more;         /* joins the text, or is it where there is none; "" */
	struct str less;         /* what joined it once, and goes; "" */
};

/* The line of that entry, from its date on, as it is then. In the arena. */
struct str entries_turned_line(const struct entry *entry, struct str line,
			       const struct entry_turn *turn, struct arena *arena);

/*
 * Does so to the entry whose first line is that one. KITH_NOT_FOUND where none is, KITH_FAILED
 * where it would not read back.
 */
int entries_turn(struct buf *out, struct str image, const struct config *config, struct str line,
		 const struct entry_turn *turn, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Takes an entry out with all that belongs to it: the one of which this is all, from its date on
 * (blanks at the ends apart). KITH_NOT_FOUND where none is.
 */
int entries_take(struct buf *out, struct str image, const struct config *config, struct str all,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* An entry of another file, to be written as it stands there. */
struct entry_raw {
	const struct note *note;
	const struct block *block; /* the item or the heading */
	civil_day day;
};

/*
 * All of them, each at its place by date, with all that belongs to it: an item
 * below its first line, a heading's section too. What they are written as is
 * the file's way: items or headings. They stand in the order of their file.
 * Verified: so many entries more, those that were there as they were.
 */
int entries_add_raw(struct buf *out, struct str image, const struct config *config,
		    const struct entry_raw *entries, size_t count,
		    struct kith_error *err) ATTR_MUST_CHECK;

#endif
