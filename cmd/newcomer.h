/* Somebody new in the journal: what add and met have in common. */
#ifndef KITH_CMD_NEWCOMER_H
#define KITH_CMD_NEWCOMER_H

#include "change/add.h"
#include "people/keys.h"
#include "write.h"

struct newcomer {
	struct str name;
	struct field_edits edits; /* checked */
	struct str met;           /* the value of `met`; p == NULL without */
};

/*
 * Reads the KEY=VALUE words from that word on, and checks them; room: for so
 * many more edits at the end. An exit status.
 */
int newcomer_fields(struct writing *w, size_t from, size_t room, struct field_edits *edits);

/* Whether one of the edits is about that key, by whatever spelling. */
bool newcomer_has_key(const struct field_edits *edits, enum key wanted);

/* The name as one line; an exit status. */
int newcomer_name(struct context *context, struct str said, struct str *name);

/* Refuses who is there already, writes the file and tells; an exit status. */
int newcomer_write(struct writing *w, const struct newcomer *newcomer);

/* clang-format off */
#define NEWCOMER_OPTIONS \
	{"slug", "SLUG", "the file's name, without .md", 0}, \
	{"force", NULL, "add somebody of the same name, e-mail or phone too", 0}
/* clang-format on */

#endif
