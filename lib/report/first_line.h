/* Whether the first line of an item holds nothing but what kith wrote there. */
#ifndef KITH_REPORT_FIRST_LINE_H
#define KITH_REPORT_FIRST_LINE_H

#include <stdbool.h>

#include "people/journal.h"
#include "report/ids.h"
#include "report/page.h"

/*
 * For items of all kinds but `r`, which page_item_is_touched tells. who: whose
 * item it is, or NO_CONTACT; entry: the one with the item's id, or NULL. The id
 * itself vouches for a text, since it is made of it; where it cannot (the text
 * has links, is cut, or is an entry of somebody who is gone) the text is made
 * again from the file. False when in doubt, also for forms of other templates.
 */
bool first_line_is_kiths(const struct journal *journal, struct ids *ids, uint32_t who,
			 const struct entry *entry, const struct page_chunk *item,
			 struct arena *arena);

#endif
