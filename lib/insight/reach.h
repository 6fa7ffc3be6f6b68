/* Whom to reach out to in a week: everybody who is due, and who of them stands on the page. */
#ifndef KITH_INSIGHT_REACH_H
#define KITH_INSIGHT_REACH_H

#include "insight/dates.h"
#include "insight/reckon.h"
#include "people/journal.h"

/* Somebody who is due. */
struct reach {
	uint32_t who;
	struct reckoning reckoning;
	struct occurrence date; /* the first in the week; day is NO_DAY without one */
};

struct reaches {
	struct reach *items;
	size_t count, cap;
};

/* People who stand under Reach out already, on the page made earlier in the week. */
struct standing {
	const uint32_t *who;
	size_t count;
};

struct reach_search {
	const struct journal *journal;
	civil_day from, to;       /* the week, or another span of days */
	struct reckoner at_start; /* who is dormant is reckoned as of the first day */
	struct reaches due;
	struct reaches over; /* dormant and due as of the first day, and not due any more */
};

/* today: the last day that is known about, from..to the span of days. */
void reach_init(struct reach_search *search, const struct journal *journal, civil_day today,
		civil_day from, civil_day to);
void reach_release(struct reach_search *search);
/* Adds somebody who is due by the last day. */
void reach_add(struct reach_search *search, uint32_t who, const struct reckoning *reckoning);
/*
 * Notes somebody who is not due by the last day: who was on the first one still
 * has a turn among the dormant, so that turns stay the same all week.
 */
void reach_pass(struct reach_search *search, uint32_t who, const struct reckoning *reckoning);

/* Moves those of another search of the same days into this one, and lets it go. */
void reach_join(struct reach_search *search, struct reach_search *other);

/* All who are due, in the order below. */
void reach_sort(struct reach_search *search, struct reaches *out);

/*
 * Sorts those who are due, new ties first, then who has a date in the week,
 * then who has an interval of their own or by a tag, then by ratio, then by slug, and takes the
 * first `reach_out` of the settings, of them the dormant ones whose turn it is. The rest can wait,
 * in the same order. Who stands on the page already is chosen again, and takes a place whether
 * still due or not: a done item's place isn't filled again, and neither is that of a dormant one.
 */
void reach_choose(struct reach_search *search, struct standing standing, struct reaches *chosen,
		  struct reaches *can_wait);

#endif
