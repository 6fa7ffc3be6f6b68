#include "people/index.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

void index_init(struct index *index, size_t expected)
{
	size_t size = 16;
	while (size < expected * 2)
		size *= 2;
	*index = (struct index){mem_zalloc(size, sizeof(struct index_slot)), size - 1};
}

void index_release(struct index *index)
{
	free(index->slots);
	*index = (struct index){0};
}

static struct index_slot *slot_of(const struct index *index, struct str key)
{
	size_t at = (size_t)hash_fnv1a(key) & index->mask;
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
