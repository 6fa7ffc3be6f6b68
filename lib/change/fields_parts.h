/* What the two halves of fields.h share, and nobody else needs. */
#ifndef KITH_CHANGE_FIELDS_PARTS_H
#define KITH_CHANGE_FIELDS_PARTS_H

#include <stdbool.h>

#include "change/fields.h"
#include "people/contact.h"
#include "people/keys.h"

/* What a key may hold, and how more is added. */
enum shape {
	SHAPE_SINGLE,
	SHAPE_LIST,
	SHAPE_LABELLED, /* texts with or without a label */
	SHAPE_RELATION,
	SHAPE_DATES,
};

enum shape fields_shape(enum key key);

/* The key that is meant; KEY_UNKNOWN for one's own, and for `tier` and its like. */
enum key fields_key(const struct field_edit *edit);

/* The next of the tags in a text split at commas, without `#`; false at the end. */
bool fields_next_tag(struct str *rest, struct str *tag);

/* Whether a relation is named (`sister: ada-lovelace`), and how. */
bool fields_split_named(struct str text, struct str *label);

/* One edit, unverified; *image becomes the new file, in the arena. */
int fields_apply_one(struct str *image, const struct config *config, const struct field_edit *edit,
		     struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* Reads a file, which must live as long as *contact; the first error in it, or p == NULL. */
struct str fields_read(struct contact *contact, struct str image, const struct config *config,
		       struct arena *arena);

#endif
