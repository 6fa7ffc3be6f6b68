/* What the two halves of fields.h share, and nobody else needs. */
#ifndef KITH_CHANGE_FIELDS_PARTS_H
#define KITH_CHANGE_FIELDS_PARTS_H

#include <stdbool.h>

#include "change/fields.h"
#include "people/contact.h"

/* The key that is meant; KEY_UNKNOWN for one's own, and for `tier` and its like. */
enum key fields_key(const struct field_edit *edit);

/* Whether a relation is named (`sister: ada-lovelace`), and how. */
bool fields_split_named(struct str text, struct str *label);

/* Reads a file, which must live as long as *contact; the first error in it, or p == NULL. */
struct str fields_read(struct contact *contact, struct str image, const struct config *config,
		       struct arena *arena);

#endif
