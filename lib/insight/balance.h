/* Asking and giving: who was asked for more than given, said once. */
#ifndef KITH_INSIGHT_BALANCE_H
#define KITH_INSIGHT_BALANCE_H

#include "insight/week.h"

/*
 * Adds the contact where it has 3 or more #asked since the later of the last
 * #gave and a year before as_of, one of them in the week before monday.
 * Entries and tasks of the contact's own file count.
 */
void balance_add(struct balances *out, const struct journal *journal, uint32_t who, civil_day as_of,
		 civil_day monday);

/* How often one asked and gave within a year, in the contact's own file. */
struct balance_year {
	size_t asked, gave;
};
struct balance_year balance_year(const struct contact *contact, civil_day as_of);

#endif
