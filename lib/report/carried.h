/* The files below templates/, carried in the program: made by carried.sh when building. */
#ifndef KITH_REPORT_CARRIED_H
#define KITH_REPORT_CARRIED_H

#include <stddef.h>

#include "base/str.h"

/* path: below templates/, NUL-terminated. The list is sorted by path. */
struct carried {
	struct str path, bytes;
};

const struct carried *carried_list(size_t *count);
/* The bytes of one; p == NULL where there is none. */
struct str carried_find(struct str path);

#endif
