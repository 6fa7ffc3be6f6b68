/* The user's editor. */
#ifndef KITH_CMD_EDITOR_H
#define KITH_CMD_EDITOR_H

#include "base/attr.h"
#include "base/error.h"

/*
 * Opens a file in $VISUAL, else $EDITOR, else vi, and waits for it to end.
 * The variable may hold options, as git and others have it: a shell reads it.
 */
int editor_open(const char *path, struct kith_error *err) ATTR_MUST_CHECK;

#endif
