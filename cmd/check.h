/* The named checks of `kith check`. */
#ifndef KITH_CMD_CHECK_H
#define KITH_CMD_CHECK_H

#include <stddef.h>

/* The name of the check with that number, and what it looks at; NULL behind the last. */
const char *check_name(size_t i, const char **what);

#endif
