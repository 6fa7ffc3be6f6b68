/* Asking and giving: who was asked for more than given, said once. */
#ifndef KITH_INSIGHT_BALANCE_H
#define KITH_INSIGHT_BALANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"

/* How often one asked and gave, by the entries and tasks of the contact's own file. */
struct balance {
	size_t asked, gave;
	civil_day last_gave; /* NO_DAY, or more than a year ago */
};

/*
 * Whether there are 3 or more #asked since the later of the last #gave and a
 * year before as_of, one of them in the week before monday: so many are `asked`.
 */
bool balance_is_uneven(struct balance *out, const struct contact *contact, civil_day as_of,
		       civil_day monday);

/* Of the year before as_of. */
struct balance balance_year(const struct contact *contact, civil_day as_of);

#endif
