/*
 * `--as-of DATE|COMMIT`: a command that reads is given the journal as it stood then, in a private
 * folder in memory, and the day it was.
 */
#ifndef KITH_CMD_LOOKBACK_H
#define KITH_CMD_LOOKBACK_H

#include "command.h"

/*
 * Where --as-of is given: puts the folder in the place of context->dir, its commit in that of
 * HEAD, and its day, unless --today is said, in that of today. An exit status.
 */
int lookback_begin(struct context *context);

/* Takes the folder away; also where it did not begin. */
void lookback_end(struct context *context);

#endif
