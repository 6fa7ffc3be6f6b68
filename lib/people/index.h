/* Finds contacts by a key: an open hash table over slices. */
#ifndef KITH_PEOPLE_INDEX_H
#define KITH_PEOPLE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct index_slot {
	struct str key;
	uint32_t who;
};

struct index {
	struct index_slot *slots;
	size_t mask;
	unsigned shift; /* what is left of 64 bits are a place's */
};

/* expected: how many keys will be put in. */
void index_init(struct index *index, size_t expected);
void index_release(struct index *index);
/*
 * Puts a key in, which must live as long as the index. Returns UINT32_MAX,
 * or who has the key already, in which case the first one stays.
 */
uint32_t index_put(struct index *index, struct str key, uint32_t who);
/* UINT32_MAX for nobody. */
uint32_t index_get(const struct index *index, struct str key);

#endif
