/* What `kith log` and `kith plan` have in common: all but the words of their help. */
#ifndef KITH_CMD_LOG_H
#define KITH_CMD_LOG_H

#include "command.h"
#include "people/head.h"

/* Writes one entry, as the words of the command line, a prompt, a pipe or an editor say. */
int log_run(struct context *context, enum head_kind kind);

/* The options of both; with OPT_END. */
extern const struct opt log_options[];

#endif
