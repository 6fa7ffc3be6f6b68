/* What has become of the items that stand on a week's page, when it is made again. */
#ifndef KITH_REPORT_STANDING_H
#define KITH_REPORT_STANDING_H

#include "insight/week.h"
#include "report/ids.h"
#include "report/remake.h"

/* The contact that an item is about, by its first line's first link; NO_CONTACT. */
uint32_t standing_person(const struct journal *journal, struct str head, struct arena *arena);

/*
 * Whose items stand under Reach out of a page, in the arena: the active
 * contacts, and NO_CONTACT for each item that stays though its person is gone.
 */
struct standing standing_people(const struct journal *journal, const struct page *page,
				struct arena *arena);

/* `talked on Tue 24`: what is over is said with its day; of another week with its month. */
struct str standing_said_on(civil_day monday, const char *what, civil_day day, struct arena *arena);

/* For remake_page: what an item that the new page does not hold has come to. */
struct standing_fates {
	const struct journal *journal;
	const struct week *week;
	struct ids *ids;
	const struct page *past; /* as kith wrote it so far, the newest first */
	size_t past_count;
	struct arena *arena;
};
struct page_fate standing_fate(void *fates, const struct page_chunk *item);

#endif
