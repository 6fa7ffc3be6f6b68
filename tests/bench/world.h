/*
 * The people of a generated journal: who they are, before a word is written.
 * All of it is the same for one count and seed. A failure ends the program.
 */
#ifndef KITH_BENCH_WORLD_H
#define KITH_BENCH_WORLD_H

#include "tables.h"

#include <stddef.h>
#include <stdint.h>

enum { POOLS_MAX = 32, NAME_MAX_BYTES = 240 };

struct list {
	char **item;
	size_t n;
};

struct contact {
	const char *name, *slug, *given, *mail;
	const char *latin; /* the name in ASCII; NULL where the name is in Latin letters */
	const struct pool *pool;
	size_t region;
};

struct world {
	size_t count;
	uint64_t seed;
	struct contact *contact;
	size_t *slot; /* a hash table of contacts by slug: index + 1 */
	size_t slots;
	struct list places[POOLS_MAX], phrases[POOLS_MAX], given[POOLS_MAX], family[POOLS_MAX];
};

/* Makes the contacts; count and seed are set. They live as long as the program. */
void world_build(struct world *w);
/* A region, drawn by the shares of the pools. */
size_t world_draw_region(uint64_t *random);

/* Says what failed, with errno's reason, and ends the program. */
_Noreturn void die(const char *what);
void *zalloc(size_t count, size_t size);
/* The parts of a text; a list without items for an empty text. */
struct list split(const char *text, char at);
void list_free(struct list *l);

/* One step of a mix of bits, a number below n from a state that moves on, FNV-1a. */
uint64_t mix(uint64_t z);
unsigned below(uint64_t *random, size_t n);
uint64_t fnv(const char *s);

#endif
