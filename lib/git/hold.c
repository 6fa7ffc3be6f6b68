#include "git/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { PAUSE_MS = 10, HOLD_MS = 30000, LOCK_MS = 5000 };

#define LOCK_NAME "kith.lock"

static void hold_pause(void)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};
	nanosleep(&pause, NULL);
}

bool hold_wait(unsigned try)
{
	if (try >= LOCK_MS / PAUSE_MS)
		return false;
	hold_pause();
	return true;
}

/* The process that wrote the lock file; 0 for none. */
static long read_holder(int fd)
{
	char pid[32];
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);
	long number = str_number(str_trim((struct str){pid, n > 0 ? (size_t)n : 0}), INT_MAX);
	return number > 0 ? number : 0;
}

static int fail_held(const struct hold *hold, int fd, struct kith_error *err)
{
	long pid = read_holder(fd);
	char who[64] = "";
	if (pid)
		snprintf(who, sizeof(who), " (process %ld)", pid);
	return kith_fail(err, KITH_BUSY,
			 "another kith%s has been at work in this repository for %d seconds, and "
			 "holds %s; try again when it is done",
			 who, HOLD_MS / 1000, hold->file);
}

/* Whether the file that is locked still has its name: its holder takes it away at the end. */
static bool has_still_its_name(const char *path, int fd)
{
	struct stat a, b;
	return fstat(fd, &a) == 0 && lstat(path, &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

/* 1: held, 0: somebody else has it, -1: failed. */
static int try_hold(struct hold *hold, bool last, struct kith_error *err)
{
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY;
	int fd = open(hold->file, flags | O_CREAT | O_EXCL, 0600);
	bool fresh = fd >= 0;
	if (fd < 0 && errno == EEXIST)
		fd = open(hold->file, flags);
	if (fd < 0)
		return errno == ENOENT ? 0 : kith_fail_errno(err, "cannot open %s", hold->file);
	int rc = flock(fd, LOCK_EX | LOCK_NB), cause = rc ? errno : 0;
	if (cause == EWOULDBLOCK || cause == EINTR || !has_still_its_name(hold->file, fd)) {
		if (last)
			rc = fail_held(hold, fd, err);
		close(fd);
		return last ? rc : 0;
	}
	hold->fd = fd;
	hold->certain = rc == 0;
	hold->crashed = !fresh && hold->certain;
	hold->dead = hold->crashed ? read_holder(fd) : 0;
	return 1;
}

int hold_take(struct hold *hold, const struct git_repo *repo, struct kith_error *err)
{
	*hold = (struct hold){.fd = -1,
			      .process = (long)getpid(),
			      .folder = git_repository_path(repo->handle),
			      .common = git_repository_commondir(repo->handle)};
	arena_init(&hold->arena);
	hold->file = arena_printf(&hold->arena, "%s" LOCK_NAME, hold->folder).p;
	for (int spent = 0;; spent += PAUSE_MS) {
		int held = try_hold(hold, spent >= HOLD_MS, err);
		if (held < 0)
			return -1;
		if (held)
			break;
		hold_pause();
	}
	char pid[32];
	int n = snprintf(pid, sizeof(pid), "%ld\n", hold->process);
	if (ftruncate(hold->fd, 0) == 0 && pwrite(hold->fd, pid, (size_t)n, 0) < 0)
		return kith_fail_errno(err, "cannot write %s", hold->file);
	return 0;
}

void hold_release(struct hold *hold)
{
	if (!hold->file)
		return;
	if (hold->fd >= 0) {
		unlink(hold->file);
		close(hold->fd);
	}
	hold_unblock(hold);
	arena_release(&hold->arena);
	*hold = (struct hold){.fd = -1};
}

void hold_block(struct hold *hold)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	sigset_t set;
	if (hold->blocked)
		return;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		sigaddset(&set, ending[i]);
	pthread_sigmask(SIG_BLOCK, &set, &hold->before);
	hold->blocked = true;
}

void hold_unblock(struct hold *hold)
{
	if (hold->blocked)
		pthread_sigmask(SIG_SETMASK, &hold->before, NULL);
	hold->blocked = false;
}

static bool is_link_to_hold(const char *path)
{
	char found[sizeof(LOCK_NAME)];
	ssize_t n = readlink(path, found, sizeof(found));
	return n >= 0 && str_eq((struct str){found, (size_t)n}, STR(LOCK_NAME));
}

bool hold_owns(const struct hold *hold, const char *name)
{
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%s%s", hold->folder, name);
	bool owns = is_link_to_hold(path.p);
	buf_release(&path);
	return owns;
}

static int make_plain_lock(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	return fd < 0 ? -1 : close(fd);
}

int hold_lock(struct hold *hold, const char *name)
{
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%s%s", hold->folder, name);
	int rc = symlink(LOCK_NAME, path.p), cause = errno;
	if (rc < 0 && cause == EEXIST && hold->certain && is_link_to_hold(path.p)) {
		unlink(path.p);
		rc = symlink(LOCK_NAME, path.p);
		cause = errno;
	}
	/* A file system without links: git's own way, which a kill leaves behind. */
	if (rc < 0 && (cause == EPERM || cause == ENOSYS || cause == EOPNOTSUPP)) {
		rc = make_plain_lock(path.p);
		cause = errno;
		hold->plain = true;
	}
	buf_release(&path);
	errno = cause;
	return rc;
}

void hold_unlock(const struct hold *hold, const char *name)
{
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%s%s", hold->folder, name);
	if (hold->plain || hold_owns(hold, name))
		unlink(path.p);
	buf_release(&path);
}
