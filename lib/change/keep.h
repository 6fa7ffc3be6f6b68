/* The key of a last contact that the owner keeps by hand (the setting keep_last_contact). */
#ifndef KITH_CHANGE_KEEP_H
#define KITH_CHANGE_KEEP_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "change/entries.h"
#include "people/config.h"

/*
 * Sets that key in the file that stands in out from `from` on, where the settings want it, the
 * file has it, an entry that was just written counts, and the key's day is earlier.
 */
int keep_last_contact(struct buf *out, size_t from, const struct config *config,
		      const struct entry_text *entry, struct kith_error *err) ATTR_MUST_CHECK;

#endif
