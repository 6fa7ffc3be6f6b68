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

/* The same of a note that is no contact of the journal; self: NO_CONTACT, or whose entry it is. */
void people_finish_of(const struct journal *journal, const struct contact *contact, uint32_t self,
		      struct entry *entry, struct arena *arena, struct reporter *reporter);

/* How many bytes the links at the start of s are, `[[ada]], [[grace]]`; and whom they lead to. */
size_t people_links_length(struct str s);
void people_linked(const struct journal *journal, struct str s, uint32_t *who, uint32_t *count,
		   uint32_t most);

/*
 * The names of those in `with PEOPLE…`, in their order, of a text that no
 * journal has finished. journal: by which links and plain names are read;
 * NULL: only links count. A link to nobody stands as its label or target. The
 * list lives in the arena, the names in the journal or the text.
 */
struct strs people_names(const struct journal *journal, struct str rest, struct arena *arena);

/*
 * How long what joins two people is at the start of s: `,`, `;`, `&`, or `and`
 * before a blank; 0 where it is none of them.
 */
size_t people_joint(struct str s);
/* The same of all that stands between two people there, with its blanks. */
size_t people_joint_length(struct str s);
/* Where a plain name at the start of s may end at the earliest from i on. */
size_t people_name_length(struct str s, size_t i);

#endif
