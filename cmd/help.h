/* The help, made from the commands' descriptors. */
#ifndef KITH_CMD_HELP_H
#define KITH_CMD_HELP_H

#include "command.h"

/* All commands, grouped, with a line each. */
void help_overview(struct out *out);
/* One command: usage, text, options, examples. */
void help_of_command(struct out *out, const struct command *command);

#endif
