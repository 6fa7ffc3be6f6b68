#include "report/carried.h"

/* In carried.S, laid out as struct carried: two slices a row. */
extern const struct carried kith_carried[];
extern const size_t kith_carried_count;

const struct carried *carried_list(size_t *count)
{
	*count = kith_carried_count;
	return kith_carried;
}

struct str carried_find(struct str path)
{
	for (size_t i = 0; i < kith_carried_count; i++)
		if (str_eq(kith_carried[i].path, path))
			return kith_carried[i].bytes;
	return STR_NONE;
}
