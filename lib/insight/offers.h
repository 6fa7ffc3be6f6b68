/*
 * What may stand at a place of a command line, as far as it is typed: for completion. Case and
 * marks do not count. What would not be one line on a terminal is not offered.
 */
#ifndef KITH_INSIGHT_OFFERS_H
#define KITH_INSIGHT_OFFERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "insight/terms.h"
#include "insight/todo.h"
#include "people/journal.h"

struct offer {
	struct str word;
	struct str about; /* for people; p == NULL: `3 people`, by how often it came */
	size_t times;
};

struct offers {
	struct str kept;  /* of what is typed, what stays in front of each word: `ada,`, `tag:` */
	struct str begun; /* the rest */
	struct offer *items;
	size_t count, cap;
	bool quotes; /* values of several words are put into quotes */
	struct arena *arena;
};

/* typed: as far as the word goes. All but the list of items lives in the arena; release it. */
void offers_init(struct offers *o, struct str typed, struct arena *arena);
void offers_release(struct offers *o);

/* So many bytes of what is begun are kept. */
void offers_keep(struct offers *o, size_t n);
/* Offers a word, where it begins so. */
void offers_add(struct offers *o, struct str word, struct str about);
/* Sorts them, each once. */
void offers_finish(struct offers *o);

enum offers_whom {
	OFFERS_ACTIVE = 1, /* nobody who is paused, archived or deceased */
	OFFERS_LISTED = 2, /* one of several, with commas between */
	OFFERS_NAMED = 4,  /* by a name, where the slug does not hold what is typed */
};

/*
 * People by slug, or by path where slugs do not tell them apart, whose slug or any word of whose
 * names begins so. whom: bits.
 */
void offers_people(struct offers *o, const struct journal *journal, unsigned whom);

/* What somebody has under a key of a query: `tag`, `in`. */
void offers_values(struct offers *o, struct str key, const struct term_reader *reader);
/* The end of a query: a key, or what may stand after it. */
void offers_query(struct offers *o, const struct term_reader *reader);
/* Names of keys that can be shown, with commas between. */
void offers_columns(struct offers *o, const struct term_reader *reader);
/* `KEY=`, of several values also `KEY+=` and `KEY-=`, or what may stand after it. */
void offers_fields(struct offers *o, const struct term_reader *reader);

/* The number of each task, with its text; begun may also begin a word of that. */
void offers_tasks(struct offers *o, const struct todo *todo);

enum offers_time {
	OFFERS_PAST = 1,     /* days that were */
	OFFERS_AHEAD = 2,    /* days to come */
	OFFERS_INTERVAL = 4, /* `2 weeks` */
	OFFERS_SPAN = 8,     /* `last-month`, as in a query */
};

/* Words for days (base/datewords.h) and intervals, with the day that is meant. time: bits. */
void offers_time(struct offers *o, unsigned time, civil_day today);

#endif
