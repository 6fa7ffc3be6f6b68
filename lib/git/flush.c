#include "git/flush.h"

#include <errno.h>
#include <unistd.h>

#include "base/parallel.h"

enum { THREADS = 8 };

struct work {
	const struct flush *flush;
	size_t threads;
	int causes[THREADS];
};

void flush_add(struct flush *flush, int fd)
{
	flush->fds[flush->count++] = fd;
}

static void sync_part(void *context, size_t worker)
{
	struct work *work = context;
	size_t from, to;
	parallel_part(work->flush->count, work->threads, worker, &from, &to);
	for (size_t i = from; i < to; i++) {
		int failed;
		do
			failed = fsync(work->flush->fds[i]);
		while (failed && errno == EINTR);
		if (failed)
			work->causes[worker] = errno;
	}
}

int flush_all(struct flush *flush, bool sync)
{
	struct work work = {.flush = flush};
	int cause = 0;
	work.threads = flush->count < THREADS ? flush->count : (size_t)THREADS;
	if (sync && flush->count)
		parallel_run(work.threads, sync_part, &work);
	for (size_t i = 0; i < THREADS; i++)
		cause = cause ? cause : work.causes[i];
	for (size_t i = 0; i < flush->count; i++)
		if (close(flush->fds[i]) < 0 && cause == 0 && errno != EINTR)
			cause = errno;
	flush->count = 0;
	errno = cause;
	return cause ? -1 : 0;
}
