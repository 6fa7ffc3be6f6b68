/* What a path is to a journal. */
#ifndef KITH_CHANGE_PATHS_H
#define KITH_CHANGE_PATHS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/config.h"

/* By the settings alone, also for files that are gone: whether one there would be read as a
 * contact, if it is one. */
bool paths_is_contact(const struct config *config, struct str path);

/*
 * Whether a new file there belongs to the journal without anybody saying so:
 * contacts, reviews, settings, templates, git's own two files.
 */
bool paths_is_own(const struct config *config, struct str path);

/* A path without its last part: `a/b` of `a/b/c`, `.` of `a`, `/` of `/a` and of `/`. */
struct str paths_parent(struct str path);

/* The nearest folder with a kith.yaml, at an absolute path or above it; p == NULL for none. */
struct str paths_journal_above(struct str path, struct arena *arena);

/*
 * A path that starts at a folder (ending in '/', or ""), or, with a '/' before it, at the top:
 * `people/../people/ada.md` and `./ada.md` made plain. p == NULL where it leads out.
 */
struct str paths_plain(struct str folder, struct str path, struct arena *arena);

/* The way from a folder (ending in '/', or "") to a path. */
struct str paths_between(struct str folder, struct str path, struct arena *arena);

#endif
