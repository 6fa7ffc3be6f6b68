/* Line ends of a whole file: versions are merged with LF, and the result gets those of the side
 * that changed them. */
#ifndef KITH_MERGE_ENDS_H
#define KITH_MERGE_ENDS_H

#include "base/arena.h"
#include "base/str.h"

enum line_ends {
	ENDS_NONE, /* not a line ends */
	ENDS_LF,
	ENDS_CRLF,
	ENDS_MIXED, /* left as they are */
};

enum line_ends ends_of(struct str text);

/* The text with these ends, in the arena; itself where nothing changes. */
struct str ends_as(struct str text, enum line_ends ends, struct arena *arena);

enum line_ends ends_choose(enum line_ends base, enum line_ends ours, enum line_ends theirs);

#endif
