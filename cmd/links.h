/* What rename and merge have in common: links in other notes, rewritten or not. */
#ifndef KITH_CMD_LINKS_H
#define KITH_CMD_LINKS_H

#include <jansson.h>

#include "change/rewrite.h"
#include "command.h"

/* The repository, for its notes; without one the journal's folder is all. */
struct notes_repo links_repo(struct context *context);

/* `links rewritten in 2 contacts, 1 review and 1 other note`, as a line; "" for none. */
struct str links_report(const struct rewrite *rewrite, struct arena *arena);

/* The same counts, put into what --json prints. */
void links_put(json_t *model, const struct rewrite *rewrite);

/*
 * Says which links stay as they were, and which files may still hold some. status: the
 * command's; returned, or EXIT_PROBLEM where there are such files. With
 * NEEDS_CONTACTS; the journal is as it was before.
 */
int links_tell_left(struct context *context, const struct rewrite *rewrite, int status);

#endif
