/* The tables behind journal_resolve: slugs, and names when somebody asks for one. */
#ifndef KITH_PEOPLE_LOOKUP_H
#define KITH_PEOPLE_LOOKUP_H

#include "people/journal.h"

/* Makes the table of slugs and reports twins. Contacts must be sorted by path. */
void lookup_init(struct journal *journal);
void lookup_release(struct journal *journal);

#endif
