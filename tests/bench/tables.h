/*
 * What generated contacts are made of: by region names, places and a few words
 * in the language; and English prose. A list is one text; words are parted by
 * blanks, phrases by `|`.
 */
#ifndef KITH_BENCH_TABLES_H
#define KITH_BENCH_TABLES_H

#include <stddef.h>

enum { FAMILY_FIRST = 1, JOINED = 2, TWICE = 4 };

/*
 * A name is `text`, `text:slug` or `text:slug:plain`. Without a slug it is the
 * text in ASCII's lower case; plain is what stands in an address, the slug if
 * it is missing.
 */
struct pool {
	unsigned share;      /* of a thousand contacts */
	unsigned order;      /* FAMILY_FIRST; JOINED: family first, no blank; TWICE: two given */
	const char *phone;   /* how numbers begin */
	const char *places;  /* phrases */
	const char *phrases; /* what entries say in the language; may be empty */
	const char *given;   /* words */
	const char *family;  /* words */
};

/* The shares add up to 1000. */
extern const struct pool name_pools[];
extern const size_t name_pool_count;

enum {
	ORGS,
	DOMAINS,
	TITLES,
	TAGS,
	TOPICS,
	MONTHS,
	TEXTS,
	SENTENCES,
	PROMISES,
	HOPES,
	OCCASIONS,
	PROSE_LISTS
};

/*
 * Phrases. In them, %s stands for she, %S for She, %h her (book), %i (to) her, %t
 * a topic, %o an organisation, %p a place, %m a month, %l a link to someone.
 * DOMAINS are those of the ORGS, in the same order.
 */
extern const char *const prose[PROSE_LISTS];

#endif
