/* The tables behind journal_resolve: slugs, and names when somebody asks for one. */
#ifndef KITH_PEOPLE_LOOKUP_H
#define KITH_PEOPLE_LOOKUP_H

#include "people/journal.h"

/* Makes the table of slugs and reports twins. Contacts must be sorted by path. */
void lookup_init(struct journal *journal);
void lookup_release(struct journal *journal);

/*
 * Whether a link's target, decoded and without `.md`, says a contact's path: all of it or its
 * end, from a `/` on, or all of it after some folders of a vault around the journal.
 */
bool lookup_is_path(struct str target, struct str path);

/* Warns where a name found nobody, or several. */
void lookup_report(enum journal_found found, struct str name, size_t offset,
		   struct reporter *reporter);

#endif
