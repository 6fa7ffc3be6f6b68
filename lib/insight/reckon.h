/*
 * When to get back to somebody: the reckoning of one contact as of a day.
 * Pure functions of the journal and that day; the rules and their numbers
 * are those of the format's chapter on reckoning.
 */
#ifndef KITH_INSIGHT_RECKON_H
#define KITH_INSIGHT_RECKON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "people/journal.h"

/* Whose interval it is. */
enum cadence_from { CADENCE_OWN, CADENCE_TAG, CADENCE_DEFAULT };

struct reckoning {
	civil_day last;                 /* L, the last contact; NO_DAY */
	const struct entry *last_entry; /* where it stands; NULL for `last_contact` or none */
	civil_day base;                 /* B, the later of L and `met`; NO_DAY */
	civil_day tried;                /* the latest attempt after L; NO_DAY */
	struct cadence cadence;         /* in force */
	enum cadence_from from;
	struct str tag;    /* of CADENCE_TAG: which */
	civil_day step3;   /* the day before snooze, `tried` and plans; NO_DAY: never due */
	civil_day due;     /* NO_DAY: never, or planned; of a silenced person never */
	civil_day planned; /* the planned contact that holds it; NO_DAY */
	double ratio;      /* 1 on the day; 0 where there is no interval */
	bool is_new;       /* a new tie */
	bool dormant;
};

/* Scratch for many reckonings in a row. */
struct reckoner {
	const struct journal *journal;
	civil_day as_of;
	civil_day today; /* entries after as_of up to that day were no plans then; as_of */
	civil_day *days; /* of contact, of the latest one asked for */
	size_t days_count, days_cap;
};

void reckoner_init(struct reckoner *r, const struct journal *journal, civil_day as_of);
void reckoner_release(struct reckoner *r);

/* The contact must not be one that could not be read. */
struct reckoning reckon(struct reckoner *r, uint32_t who);
/* The same for one alone; today: as of a reckoner. */
struct reckoning reckon_one(const struct journal *journal, uint32_t who, civil_day as_of,
			    civil_day today);

/*
 * Twice the usual interval in days: the median of the gaps between days of
 * contact in the two years up to the last, at least 14. 0 where there are
 * fewer than 4 such days, or they span less than 4 weeks.
 */
int reckon_usual_twice(struct reckoner *r, uint32_t who, civil_day last);

/* Calls f for each entry that involves the person: of the own file, and of others' with them. */
typedef void reckon_entry(void *context, const struct contact *owner, const struct entry *entry);
void reckon_each_entry(const struct journal *journal, uint32_t who, reckon_entry *f, void *context);

#endif
