/* What rename and merge have in common: links that could not be rewritten. */
#ifndef KITH_CMD_LINKS_H
#define KITH_CMD_LINKS_H

#include "change/relink.h"
#include "command.h"

/*
 * Says which files may still link to what is there no more. status: the
 * command's; returned, or EXIT_PROBLEM where there are such files. With
 * NEEDS_CONTACTS; the journal is as it was before.
 */
int links_tell_unsure(struct context *context, const struct relink *relink, int status);

#endif
