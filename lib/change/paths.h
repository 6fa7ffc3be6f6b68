/* What a path of the journal is, by the settings alone: also of files that are gone. */
#ifndef KITH_CHANGE_PATHS_H
#define KITH_CHANGE_PATHS_H

#include <stdbool.h>

#include "base/str.h"
#include "people/config.h"

/* Whether a file there would be read as a contact, if it is one. */
bool paths_is_contact(const struct config *config, struct str path);

/*
 * Whether a new file there belongs to the journal without anybody saying so:
 * contacts, reviews, settings, templates, git's own two files.
 */
bool paths_is_own(const struct config *config, struct str path);

/* Whether path is folder or below it; "" and "." hold everything. */
bool paths_is_below(struct str path, struct str folder);

#endif
