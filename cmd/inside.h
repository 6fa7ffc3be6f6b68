/* Paths on a command line that mean files of the journal. */
#ifndef KITH_CMD_INSIDE_H
#define KITH_CMD_INSIDE_H

#include <stdbool.h>

#include "base/str.h"
#include "command.h"

/*
 * The path below the journal that a word means: from the current folder, else
 * from the journal's. The file need not be there. "." for the journal itself.
 * False after saying that it leads out of the journal: end with EXIT_USAGE.
 */
bool inside_path(struct str *out, struct context *context, const char *word);

#endif
