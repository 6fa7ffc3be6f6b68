/*
 * What lies between today and some day: who is due, and the dates, plans and
 * promises on the way. The same reckoning as the week's, without its limits.
 */
#ifndef KITH_INSIGHT_AGENDA_H
#define KITH_INSIGHT_AGENDA_H

#include "insight/week.h"

struct agenda {
	civil_day today, until;  /* both included */
	struct reaches people;   /* due by then: new ties, then who has a date, then by ratio */
	struct items items;      /* late promises first, then what has a day, by day */
	size_t late;             /* how many of the items are promises whose day is past */
	struct items waiting;    /* what one waits for, its day by then */
	size_t without_interval; /* active people whom nothing ever makes due */
};

/* Release it with agenda_release. */
void agenda_make(struct agenda *agenda, const struct journal *journal, civil_day today,
		 civil_day until);
void agenda_release(struct agenda *agenda);

#endif
