/* Inside the module: several files flushed to disk at once, which takes hardly longer than one. */
#ifndef KITH_GIT_FLUSH_H
#define KITH_GIT_FLUSH_H

#include <stdbool.h>
#include <stddef.h>

enum { FLUSH_MAX = 192 };

/* Open files, owned. Zeroed: none. */
struct flush {
	int fds[FLUSH_MAX];
	size_t count;
};

/* At most FLUSH_MAX. */
void flush_add(struct flush *flush, int fd);
/* fsync (if asked to) and close of all; -1 with errno where one fails. It is empty afterwards. */
int flush_all(struct flush *flush, bool sync);

#endif
