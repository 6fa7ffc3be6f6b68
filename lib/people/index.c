#include "people/index.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

void index_init(struct index *index, size_t expected)
{
	size_t size = 16;
	unsigned bits = 4;
	while (size < expected * 2) {
		size *= 2;
		bits++;
	}
	*index = (struct index){mem_zalloc(size, sizeof(struct index_slot)), size - 1, 64 - bits};
}

void index_release(struct index *index)
{
	free(index->slots);
	*index = (struct index){0};
}

static struct index_slot *slot_of(const struct index *index, struct str key)
{
	/* Fibonacci hashing (Knuth, volume 3, 6.4): FNV's low bits alone are easily made equal. */
	size_t at = (size_t)(hash_fnv1a(key) * UINT64_C(0x9E3779B97F4A7C15) >> index->shift);
	while (index->slots[at].key.p && !str_eq(index->slots[at].key, key))
		at = (at + 1) & index->mask;
	return &index->slots[at];
}

uint32_t index_put(struct index *index, struct str key, uint32_t who)
{
	struct index_slot *slot = slot_of(index, key);
	if (slot->key.p)
		return slot->who;
	*slot = (struct index_slot){key, who};
	return UINT32_MAX;
}

uint32_t index_get(const struct index *index, struct str key)
{
	const struct index_slot *slot = slot_of(index, key);
	return slot->key.p ? slot->who : UINT32_MAX;
}
