/* What comes from outside: the environment, the clock, the place of the program itself. */
#ifndef KITH_CMD_SURROUNDINGS_H
#define KITH_CMD_SURROUNDINGS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "git/git.h"

/* The environment's part and the clock's, with the local time zone's offset. */
void surroundings_fill(struct git_surroundings *around);

/* The local date of that clock. */
civil_day surroundings_date(const struct git_surroundings *around);

#endif
