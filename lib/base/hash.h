/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): for spreading and for ids, not for
 * secrets. */
#ifndef KITH_BASE_HASH_H
#define KITH_BASE_HASH_H

#include <stdint.h>

#include "base/str.h"

static inline uint64_t hash_fnv1a(struct str s)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

#endif
