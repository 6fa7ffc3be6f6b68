/* Who is named in the front matter: introductions and acquaintances. */
#ifndef KITH_PEOPLE_INTRODUCTIONS_H
#define KITH_PEOPLE_INTRODUCTIONS_H

#include "people/journal.h"

/* Finds whom a relation means; nobody, or several, is reported as a warning. */
void introductions_resolve(const struct journal *journal, struct relation *relation,
			   struct reporter *reporter);

/* Reports each chain of introductions that returns to its start, once, as a warning. */
void introductions_check(struct journal *journal);

#endif
