/* Finds the journal: -C, else KITH_DIR, else the nearest kith.yaml upward, else the user's own. */
#ifndef KITH_CMD_LOCATE_H
#define KITH_CMD_LOCATE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "git/git.h"

/*
 * Opens the journal's folder. folder: what -C says, or NULL. *path: absolute
 * and without links, in the arena. Returns a descriptor, or -1 with a message
 * that says what to do.
 */
int locate_journal(const char **path, const char *folder, const struct git_surroundings *around,
		   struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

#endif
