/* Birthdays and other dates of a contact, as they come round. */
#ifndef KITH_INSIGHT_DATES_H
#define KITH_INSIGHT_DATES_H

#include <stddef.h>

#include "base/date.h"
#include "people/contact.h"

#define BIRTHDAY ((size_t)-1)

struct occurrence {
	civil_day day;
	size_t which; /* of contact->dates, or BIRTHDAY */
	int years;    /* how old, or how long ago it was first; 0 where that is not known */
};

/*
 * Calls f for each day in from..to (both included) on which a date of the
 * contact falls; those of the dead, the paused and the archived never do. leap_march: 29 February
 * falls on 1 March in common years, else on 28 February.
 */
typedef void dates_found(void *context, const struct contact *contact, struct occurrence found);
void dates_each(const struct contact *contact, civil_day from, civil_day to, bool leap_march,
		dates_found *f, void *context);

/* The first one in from..to, of one date or DATES_ANY; day is NO_DAY where there is none. */
#define DATES_ANY ((size_t)-2)
struct occurrence dates_first(const struct contact *contact, size_t which, civil_day from,
			      civil_day to, bool leap_march);

#endif
