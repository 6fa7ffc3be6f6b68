#define _GNU_SOURCE /* O_PATH, syscall */
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MANY_TRIES 32

static int open_plainly(int dir, const char *path, int flags)
{
	int fd;
	do
		fd = openat(dir, path, flags | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* One part of a path, in the folder at; no link is followed. */
static int open_part(int at, struct str part, int flags)
{
	char name[NAME_MAX + 1];
	errno = part.n > NAME_MAX ? ENAMETOOLONG : EXDEV;
	if (part.n == 0 || part.n > NAME_MAX || str_eq(part, STR("..")))
		return -1;
	memcpy(name, part.p, part.n);
	name[part.n] = '\0';
	return open_plainly(at, name, flags | O_NOFOLLOW);
}

/* For kernels and sandboxes without openat2: part by part. */
static int open_by_parts(int dir, const char *path, int flags)
{
	int at = dir;
	for (;;) {
		size_t n = strcspn(path, "/");
		const char *rest = path + n + strspn(path + n, "/");
		int fd = open_part(at, (struct str){path, n}, *rest ? O_PATH | O_DIRECTORY : flags);
		int cause = errno;
		if (at != dir)
			close(at);
		errno = cause;
		if (fd < 0 || !*rest)
			return fd;
		at = fd;
		path = rest;
	}
}

int fs_open_below(int dir, const char *path, int flags)
{
	struct open_how how = {.flags = (unsigned)flags | O_CLOEXEC};
	if (dir == AT_FDCWD)
		return open_plainly(dir, path, flags);
	if (path[0] == '\0')
		path = ".";
	how.resolve = RESOLVE_BENEATH | (flags & O_NOFOLLOW ? RESOLVE_NO_SYMLINKS : 0);
	/* EAGAIN: something was renamed while a `..` was being resolved. */
	for (int i = 0; i < MANY_TRIES; i++) {
		long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));
		if (fd >= 0)
			return (int)fd;
		if (errno == ENOSYS || errno == EPERM)
			return open_by_parts(dir, path, flags);
		if (errno != EAGAIN && errno != EINTR)
			break;
	}
	return -1;
}

static enum fs_kind kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return FS_FILE;
	if (S_ISDIR(mode))
		return FS_FOLDER;
	return S_ISLNK(mode) ? FS_LINK : FS_OTHER;
}

enum fs_kind fs_kind(int dir, const char *path)
{
	struct stat st;
	if (fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return kind_of(st.st_mode);
	return errno == ENOENT || errno == ENOTDIR ? FS_NONE : FS_OTHER;
}

/* Closes fd, with errno for what it is, unless it is a regular file. */
static int only_regular(int fd)
{
	struct stat st;
	int cause = EINVAL;
	if (fstat(fd, &st) != 0)
		cause = errno;
	else if (S_ISREG(st.st_mode))
		return fd;
	else if (S_ISLNK(st.st_mode))
		cause = ELOOP;
	close(fd);
	errno = cause;
	return -1;
}

/* Opens a regular file for reading. Other things are found out before they are opened; EINVAL. */
static int open_regular(int dir, const char *path)
{
	int fd = fs_open_below(dir, path, O_PATH);
	if (fd < 0 || only_regular(fd) < 0)
		return -1;
	close(fd);
	fd = fs_open_below(dir, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	return fd < 0 ? -1 : only_regular(fd);
}

/* Adds what is left in fd, in one call where it has the size that fstat told. */
static int load_open(int fd, size_t max, struct buf *out)
{
	char more[4096];
	struct stat st;
	if (fstat(fd, &st) != 0)
		return errno;
	if (st.st_size < 0 || (uintmax_t)st.st_size > max)
		return EFBIG;
	size_t size = (size_t)st.st_size;
	if (size && !buf_room(out, size))
		return EFBIG;
	for (;;) {
		bool known = out->n < size;
		char *to = known ? out->p + out->n : more;
		ssize_t got = read(fd, to, known ? size - out->n : sizeof(more));
		if (got == 0)
			return 0;
		if (got < 0 && errno != EINTR)
			return errno;
		if (got > 0 && known)
			buf_took(out, (size_t)got);
		else if (got > 0)
			buf_add(out, (struct str){more, (size_t)got});
		if (out->n > max || out->overflow)
			return EFBIG;
	}
}

int fs_load(int dir, const char *path, size_t max, struct buf *out)
{
	buf_clear(out);
	int fd = open_regular(dir, path);
	if (fd < 0)
		return errno;
	int cause = load_open(fd, max, out);
	close(fd);
	if (cause)
		buf_clear(out);
	return cause;
}

int fs_read(int dir, const char *path, size_t max, struct buf *out, struct kith_error *err)
{
	int cause = fs_load(dir, path, max, out);
	if (cause == 0)
		return 0;
	errno = cause;
	if (cause == ENOENT || cause == ENOTDIR)
		kith_fail(err, KITH_NOT_FOUND, "there is no such file");
	else if (cause == EINVAL)
		kith_fail(err, KITH_INVALID, "is not a regular file");
	else if (cause == EXDEV)
		kith_fail(err, KITH_INVALID, "is a link that leads out of the folder");
	else if (cause == EFBIG)
		kith_fail(err, KITH_INVALID, "is larger than %zu bytes", max);
	else
		kith_fail_errno(err, "cannot be read");
	return kith_fail_at(err, path, 0, 0);
}

int fs_read_text(struct str *out, int dir, const char *path, size_t max, struct arena *arena,
		 struct kith_error *err)
{
	struct buf b;
	buf_init(&b, 0);
	int rc = fs_read(dir, path, max, &b, err);
	*out = rc ? STR_NONE : arena_str(arena, buf_str(&b));
	buf_release(&b);
	return rc;
}

struct str fs_absolute(const char *path, struct arena *arena)
{
	char *real = realpath(path, NULL);
	struct str kept = real ? arena_str(arena, str_of(real)) : STR_NONE;
	int cause = errno;
	free(real);
	errno = cause;
	return kept;
}

int fs_write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n == 0 ? EIO : errno;
			return -1;
		}
		bytes = str_from(bytes, (size_t)n);
	}
	return 0;
}

/* Makes the folder path, whose parents are there. */
static int make_folder(int dir, char *path)
{
	char *slash = strrchr(path, '/');
	const char *parent = slash ? slash == path ? "/" : path : ".";
	char *name = slash ? slash + 1 : path;
	if (slash && slash != path)
		*slash = '\0';
	int folder = fs_open_below(dir, parent, O_RDONLY | O_DIRECTORY);
	if (slash)
		*slash = '/';
	if (folder < 0)
		return -1;
	int failed = mkdirat(folder, name, 0777);
	int cause = errno;
	if (failed == 0)
		(void)fsync(folder);
	close(folder);
	errno = cause;
	return failed && errno != EEXIST ? -1 : 0;
}

static bool is_folder(int dir, const char *path)
{
	int fd = fs_open_below(dir, path, O_PATH | O_DIRECTORY);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int fs_make_folders(int dir, const char *path, struct kith_error *err)
{
	char part[PATH_MAX];
	size_t n = strlen(path), at = 0;
	bool failed = n >= sizeof(part);
	errno = ENAMETOOLONG;
	while (at < n && !failed) {
		at += strspn(path + at, "/");
		at += strcspn(path + at, "/");
		memcpy(part, path, at);
		part[at] = '\0';
		if (!is_folder(dir, part))
			failed = errno != ENOENT || make_folder(dir, part) != 0;
	}
	if (!failed && is_folder(dir, path))
		return 0;
	kith_fail_errno(err, "the folder cannot be made");
	return kith_fail_at(err, path, 0, 0);
}

/* Where an open file or folder stands, by the kernel's word. */
static bool place_of(int fd, char place[PATH_MAX])
{
	char link[64];
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, place, PATH_MAX - 1);
	if (n > 0)
		place[n] = '\0';
	return n > 0;
}

int fs_real(struct str *out, int dir, const char *path, struct arena *arena, struct kith_error *err)
{
	char folder[PATH_MAX], file[PATH_MAX];
	struct stat st = {0};
	*out = str_of(path);
	int fd = fs_open_below(dir, path, O_PATH | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return 0;
	bool plain = fd >= 0 && fstat(fd, &st) == 0 && !S_ISLNK(st.st_mode);
	if (fd >= 0)
		close(fd);
	if (plain)
		return 0;
	fd = fs_open_below(dir, path, O_PATH);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0) {
		kith_fail(err, KITH_INVALID, "is a link that leads out of the folder");
		return kith_fail_at(err, path, 0, 0);
	}
	bool known = place_of(dir, folder) && place_of(fd, file);
	close(fd);
	struct str below = known ? str_of(file) : STR("");
	if (!known || !str_starts(below, str_of(folder)))
		return kith_fail(err, KITH_IO, "%s: cannot find out where it leads", path);
	*out = str_from(below, strlen(folder));
	while (str_starts(*out, STR("/")))
		*out = str_from(*out, 1);
	*out = arena_str(arena, *out);
	return 0;
}
