/* Whom to reach out to in a week: everybody who is due, and who of them stands on the page. */
#ifndef KITH_INSIGHT_REACH_H
#define KITH_INSIGHT_REACH_H

#include "insight/week.h"

struct reach_search {
	const struct journal *journal;
	civil_day monday;
	struct reckoner at_monday; /* who is dormant is reckoned as of the week's Monday */
	struct reaches due;
};

void reach_init(struct reach_search *search, const struct journal *journal, civil_day monday);
void reach_release(struct reach_search *search);
/* Adds somebody who is due in the week. */
void reach_add(struct reach_search *search, uint32_t who, const struct reckoning *reckoning);

/*
 * Sorts those who are due, new ties first, then who has a date in the week,
 * then by ratio, then by slug, and takes the first `reach_out` of the
 * settings, of them the dormant ones whose turn it is. The rest can wait, in
 * the same order.
 */
void reach_choose(struct reach_search *search, struct reaches *chosen, struct reaches *can_wait);

#endif
