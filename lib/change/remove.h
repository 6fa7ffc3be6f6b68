/*
 * Takes a contact away: the file, and what review pages say of the person.
 * Links from other contacts stay as they are; who has them is told.
 */
#ifndef KITH_CHANGE_REMOVE_H
#define KITH_CHANGE_REMOVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "people/journal.h"

struct remove_plan {
	const struct journal *journal;
	uint32_t who;
	struct change change;
	uint32_t *linked_from; /* other contacts that link there */
	size_t linked_count;
	size_t reviews; /* pages that change */
};

/*
 * Texts live in the arena; the journal must live as long. KITH_INVALID where
 * the file is a link.
 */
int remove_plan(struct remove_plan *plan, const struct journal *journal, uint32_t who,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

#endif
