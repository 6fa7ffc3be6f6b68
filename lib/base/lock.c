#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_MS = 5 };

static int try_lock(int fd)
{
	int rc;
	do
		rc = flock(fd, LOCK_EX | LOCK_NB);
	while (rc && errno == EINTR);
	return rc;
}

int lock_folder(int dir, unsigned wait, struct kith_error *err)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};
	/* flock belongs to an open file: one of our own. */
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return kith_fail_errno(err, "cannot open the journal's folder");
	for (unsigned waited = 0; try_lock(fd) != 0; waited += PAUSE_MS) {
		if (errno != EWOULDBLOCK)
			return fd;
		if (waited >= wait) {
			close(fd);
			return kith_fail(err, KITH_BUSY,
					 "another kith has been at work in this journal for %u "
					 "seconds; try again when it is done",
					 wait / 1000);
		}
		nanosleep(&pause, NULL);
	}
	return fd;
}

void lock_release(int lock)
{
	if (lock >= 0)
		close(lock);
}
