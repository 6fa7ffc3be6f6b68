/* Reads PEOPLE after `with`: links, or names exactly as a contact's, between `,` `;` `and` `&`. */
#ifndef KITH_PEOPLE_PEOPLE_H
#define KITH_PEOPLE_PEOPLE_H

#include "people/journal.h"

/*
 * Finishes an entry whose `rest` was left open by entry_read: sets `with`
 * and the text. A link to nobody is reported as a warning; a plain text that
 * names nobody is text.
 */
void people_finish_entry(const struct journal *journal, const struct contact *contact,
			 struct entry *entry, struct arena *arena, struct reporter *reporter);

#endif
