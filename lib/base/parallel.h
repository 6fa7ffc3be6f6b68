/* The same work on several threads, each on its own part. */
#ifndef KITH_BASE_PARALLEL_H
#define KITH_BASE_PARALLEL_H

#include <stddef.h>

#define PARALLEL_MAX 8

/*
 * Calls work(context, 0) to work(context, threads - 1), at once as far as
 * threads can be had, and returns when all have ended. threads: 1 to
 * PARALLEL_MAX; the caller's own thread is the first.
 */
typedef void parallel_work(void *context, size_t worker);
void parallel_run(size_t threads, parallel_work *work, void *context);

/* Which of `items` are a worker's, where each takes a part in their order: *from up to *to. */
void parallel_part(size_t items, size_t threads, size_t worker, size_t *from, size_t *to);

/* How many threads are worth it: one for each `least` items, at most `most`, at least 1. */
size_t parallel_threads(size_t items, size_t least, size_t most);

#endif
