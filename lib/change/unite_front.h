/* Front matter whose keys do not begin lines of their own: indented, or in braces. */
#ifndef KITH_CHANGE_UNITE_FRONT_H
#define KITH_CHANGE_UNITE_FRONT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* The file with its keys at the beginning of lines, and by how many blanks they were indented. As
 * it is where that would read as something else. */
struct str unite_front_flush(struct str image, size_t *indent, struct arena *arena);

/* The other way: each line of the front matter indented by so many blanks. */
struct str unite_front_indent(struct str image, size_t indent, struct arena *arena);

#endif
