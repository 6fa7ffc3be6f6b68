/* What `kith log` and `kith plan` have in common: all but the words of their help. */
#ifndef KITH_CMD_LOG_H
#define KITH_CMD_LOG_H

#include "people/head.h"
#include "write.h"

/*
 * Writes one entry, as the words of the command line, a prompt, a pipe or an editor say. kind: an
 * enum head_kind.
 */
int log_write(struct writing *w, const struct person *nobody);

#endif
