/*
 * The repairs of what `kith check` finds that need no guess: pure functions of a file's bytes.
 */
#ifndef KITH_CHANGE_MEND_H
#define KITH_CHANGE_MEND_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "people/config.h"
#include "people/contact.h"

/*
 * Appends a contact's file to out, without the values under `merged` that stand under their own
 * key already, to the letter: nothing is left to choose there. As it is where there are none.
 * KITH_FAILED where the file is in the way, or anything else would go.
 */
int mend_kept(struct buf *out, struct str path, struct str image, const struct config *config,
	      struct kith_error *err) ATTR_MUST_CHECK;

/* How many of them a contact has. */
size_t mend_count_kept(const struct contact *contact, struct arena *arena);

#endif
