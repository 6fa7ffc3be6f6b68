/*
 * What notes and entries say: each entry, and each paragraph or item beside them, is asked a query
 * whose words mean its text, or the name of the person in whose file it stands. Pure functions of
 * the journal, the query and the day.
 */
#ifndef KITH_INSIGHT_SEARCH_H
#define KITH_INSIGHT_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "insight/query.h"
#include "note/span.h"

struct search_hit {
	uint32_t who;
	bool person;               /* the name has all of it, and no text is shown */
	bool whole;                /* all that was found are whole words */
	const struct entry *entry; /* NULL: a note */
	civil_day day;             /* of the entry; NO_DAY */
	struct span unit, found;   /* in the file: all of it, and the first that was found */
	/* Where it stands that is in no person's file: `found` is in the entry's text. NULL. */
	const struct entry_place *place;
};

struct search_hits {
	struct search_hit *items;
	size_t count, cap;
};

/*
 * All that fits a query that was read with words_are_text: people first, then whole words, of
 * those the latest first; the limit is left to the caller. Release it with search_release.
 */
void search_journal(struct search_hits *out, const struct query *query,
		    const struct journal *journal, civil_day today);
void search_release(struct search_hits *hits);

#endif
