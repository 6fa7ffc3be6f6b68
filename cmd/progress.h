/*
 * What takes long says how far it is, on a terminal, in a line that goes away again. Only the walk
 * through history does: for more than a second with thousands of commits, or of contacts.
 */
#ifndef KITH_CMD_PROGRESS_H
#define KITH_CMD_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	int fd; /* a terminal */
	size_t count;
	int64_t next; /* when it is told again, in milliseconds; 0: nothing has begun */
	bool shown;
};

/* One more commit is looked at; context: the progress. */
void progress_tick(void *context);
/* Takes the line away, for other text to stand there. */
void progress_clear(struct progress *progress);

#endif
