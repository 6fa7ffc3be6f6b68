/*
 * Edits of a note's bytes, each a pure function from bytes and an intent to
 * bytes: one span changes, and all else stays to the byte: comments, order
 * and quoting of keys, list style, indentation, bullets, CRLF, byte-order
 * mark, a missing last newline. Afterwards the new bytes are parsed and
 * compared with the old ones under the intent: exactly that change and no
 * other, else it is refused (KITH_FAILED) and out is as it was.
 *
 * A refusal says what is in the way and where (line), and what to do.
 */
#ifndef KITH_NOTE_EDIT_H
#define KITH_NOTE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"

enum edit_verb {
	EDIT_SET,    /* the key's value becomes these; the key is added where it is missing */
	EDIT_APPEND, /* added to the key's list; a single text becomes a list */
	EDIT_TAKE,   /* taken from the key's list; the key goes with its last item */
	EDIT_REMOVE, /* the key and its value */
};

/* A value: a text, or a pair in a map (`phone: {mobile: "+44"}`). */
struct edit_value {
	struct str label; /* p == NULL for none: an item, not a pair */
	struct str text;
};

struct edit_front {
	enum edit_verb verb;
	struct str key;                  /* as the file spells it, or as it shall be added */
	const struct edit_value *values; /* all with a label, or none */
	size_t count; /* of SET and APPEND: one makes a single text, unless `list` */
	bool list;    /* SET, APPEND: a new value, or one under a label, is a list, even for one */
	bool under; /* SET of one pair: what stands under its label becomes this, if it is there */
	bool block; /* a new list or map stands over lines, not in brackets */
};

/*
 * Edits front matter: out gets the whole new file. A note without front
 * matter gets one (SET, APPEND). Values are written in the plainest form
 * that reads back as itself, quoted where a YAML 1.1 or 1.2 reader might take
 * it for something else; a set value keeps the quotes it had where it can, and
 * a list or map that replaces its like keeps its style. Texts are compared
 * without blanks at their ends; an unquoted `[[x]]`, which YAML reads as a
 * list in a list, is the text `[[x]]`.
 *
 * - APPEND: a text becomes a list of itself and the new ones; a pair whose
 *   label is there is appended to what stands under it.
 * - TAKE: of a list, the first such item; of a map, the value under the label,
 *   or without a label the first such value, or else the pair of that label.
 * - REMOVE of the only key leaves two fences.
 *
 * KITH_NOT_FOUND where there is nothing to take or remove,
 * KITH_INVALID for texts that no YAML can hold (NUL, not UTF-8) and where the
 * value is of another kind (a pair for a list), KITH_FAILED where the front
 * matter is in the way. Messages begin with `line N: ` where there is one.
 */
int edit_front(struct buf *out, struct str image, const struct edit_front *edit,
	       struct kith_error *err) ATTR_MUST_CHECK;

/* The text of a scalar without blanks at its ends, or of an unquoted `[[x]]`; p == NULL for others.
 */
struct str edit_text(struct str image, const struct yaml_node *node);

#endif
