#define _GNU_SOURCE /* O_PATH, syscall, renameat2, d_type */
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

#define MANY_TRIES 32
#define MAX_LINKS  40
#define MAX_NAMES  1000
#define CHUNK      ((size_t)16 * 1024)
#define ACL        "system.posix_acl_access"
#define FILE_FLAGS (O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define MAX_DEPTH  64

/*
 * Whether some file system takes that name for the other: Windows drops dots and blanks at the
 * end, and what follows a colon; HFS+ passes over what nobody sees.
 */
static bool is_taken_for(struct str name, struct str other)
{
	size_t at = 0;
	while (name.n) {
		size_t n = text_unseen(name);
		bool ends = at == other.n;
		if (!n && ends && name.p[0] == ':')
			break;
		if (!n && ends && name.p[0] != '.' && name.p[0] != ' ')
			return false;
		if (!n && !ends && !str_ieq(str_upto(name, 1), str_slice(other, at, at + 1)))
			return false;
		at += !n && !ends;
		name = str_from(name, n ? n : 1);
	}
	return at == other.n;
}

bool fs_names_git(struct str path)
{
	for (struct str rest = path; rest.n;) {
		struct str part = str_upto(rest, str_find_char(rest, '/'));
		rest = str_from(rest, part.n + 1);
		if (is_taken_for(part, STR(".git")) || is_taken_for(part, STR("git~1")))
			return true;
	}
	return false;
}

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

static enum fs_kind kind_of_mode(mode_t mode)
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
		return kind_of_mode(st.st_mode);
	return errno == ENOENT || errno == ENOTDIR ? FS_NONE : FS_OTHER;
}

int64_t fs_written(int dir, const char *path)
{
	struct stat st;
	return fstatat(dir, path, &st, 0) == 0 ? (int64_t)st.st_mtime : INT64_MIN;
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
	int rc = mkdirat(folder, name, 0777);
	int cause = errno;
	if (rc == 0)
		(void)fsync(folder);
	close(folder);
	errno = cause;
	return rc && errno != EEXIST ? -1 : 0;
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
static bool real_place_of(int fd, char place[PATH_MAX])
{
	char link[64];
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, place, PATH_MAX - 1);
	if (n > 0)
		place[n] = '\0';
	return n > 0;
}

/* Where it stands below dir, without slashes before it; in place. */
static bool real_place_below(struct str *out, int dir, int fd, char place[PATH_MAX])
{
	char folder[PATH_MAX];
	bool known = real_place_of(dir, folder) && real_place_of(fd, place) &&
		     str_starts(str_of(place), str_of(folder));
	*out = str_from(str_of(known ? place : ""), known ? strlen(folder) : 0);
	while (str_starts(*out, STR("/")))
		*out = str_from(*out, 1);
	return known;
}

int fs_real(struct str *out, int dir, const char *path, struct arena *arena, struct kith_error *err)
{
	char file[PATH_MAX];
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
	bool known = real_place_below(out, dir, fd, file);
	close(fd);
	if (!known)
		return kith_fail(err, KITH_IO, "%s: cannot find out where it leads", path);
	*out = arena_str(arena, *out);
	return 0;
}

/*
 * ---- replacing, and taking away ----
 *
 * The order is what makes it safe: everything is written and on the disk before
 * the name moves, and what stands there is compared before it does. Between the
 * two somebody else may save, so the names are exchanged (or the file is moved
 * aside), what came out is compared once more, and goes back where it is theirs.
 */

struct replacement {
	int folder, old, fd;     /* fd: the temporary file; -1 for what is not open */
	bool exists;             /* whether there is a file to replace */
	bool temporary;          /* whether there is a temporary file to remove */
	bool written_to;         /* another has the old one open, and may write into it yet */
	struct stat before;      /* the file to replace, as it was found */
	struct stat ours;        /* the temporary file, as it was written */
	mode_t mode;             /* of a new file; 0: by the umask */
	char name[NAME_MAX + 1]; /* its name in the folder, links followed */
	char temp[64];
};

static int cannot(const char *what, struct kith_error *err)
{
	if (errno == EXDEV)
		return kith_fail(err, KITH_INVALID,
				 "is a link that leads out of the folder, or into git's own");
	return kith_fail_errno(err, "cannot be %s", what);
}

static bool leads_into_git(int dir, int folder)
{
	char place[PATH_MAX];
	struct str below;
	return real_place_below(&below, dir, folder, place) && fs_names_git(below);
}

/* Splits place after its last slash; the name is copied, the folder opened. */
static int open_folder_of(struct replacement *r, int dir, char *place)
{
	char *slash = strrchr(place, '/'), *name = slash ? slash + 1 : place;
	size_t n = strlen(name);
	errno = n > NAME_MAX ? ENAMETOOLONG : EISDIR;
	if (n == 0 || n > NAME_MAX || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return -1;
	memcpy(r->name, name, n + 1);
	*name = '\0';
	r->folder = fs_open_below(dir, place, O_RDONLY | O_DIRECTORY);
	/* "" is the folder itself, but not to openat. */
	if (r->folder < 0 && errno == ENOENT && place[0] == '\0')
		r->folder = fs_open_below(dir, ".", O_RDONLY | O_DIRECTORY);
	if (r->folder >= 0 && dir != AT_FDCWD && leads_into_git(dir, r->folder)) {
		errno = EXDEV;
		return -1;
	}
	return r->folder < 0 ? -1 : 0;
}

/* Puts the link's target behind (or in place of) the folder's path in place. */
static int follow_link(const struct replacement *r, int dir, char *place)
{
	char target[PATH_MAX];
	size_t at = strlen(place);
	ssize_t n = readlinkat(r->folder, r->name, target, sizeof(target));
	if (n < 0)
		return -1;
	if (n > 0 && target[0] == '/')
		at = 0;
	errno = n > 0 && target[0] == '/' ? EXDEV : ENAMETOOLONG;
	if ((errno == EXDEV && dir != AT_FDCWD) || at + (size_t)n >= PATH_MAX)
		return -1;
	memcpy(place + at, target, (size_t)n);
	place[at + (size_t)n] = '\0';
	return 0;
}

/* Finds the folder and the name that path stands for, and what is there; a last link is followed.
 */
static int find_target(struct replacement *r, int dir, const char *path, bool follow)
{
	char place[PATH_MAX];
	size_t n = strlen(path);
	errno = ENAMETOOLONG;
	if (n >= sizeof(place))
		return -1;
	memcpy(place, path, n + 1);
	for (int i = 0; i < MAX_LINKS; i++) {
		if (open_folder_of(r, dir, place) != 0)
			return -1;
		r->exists = fstatat(r->folder, r->name, &r->before, AT_SYMLINK_NOFOLLOW) == 0;
		if (!r->exists)
			return errno == ENOENT ? 0 : -1;
		if (!follow || !S_ISLNK(r->before.st_mode))
			return 0;
		if (follow_link(r, dir, place) != 0)
			return -1;
		close(r->folder);
		r->folder = -1;
	}
	errno = ELOOP;
	return -1;
}

static int changed(struct kith_error *err, const char *how)
{
	return kith_fail(err, KITH_CHANGED, "%s", how);
}

/* Opens what is to be replaced or removed; what: for a failure. */
static int open_there(struct replacement *r, const char *what, struct kith_error *err)
{
	if (!r->exists)
		return changed(err, "is no longer there");
	if (S_ISREG(r->before.st_mode)) {
		r->old = openat(r->folder, r->name, O_RDONLY | FILE_FLAGS);
		if (r->old < 0 || fstat(r->old, &r->before) != 0)
			return cannot(what, err);
	}
	if (!S_ISREG(r->before.st_mode))
		return kith_fail(err, KITH_INVALID, "is not a regular file");
	return 0;
}

static int open_to_replace(struct replacement *r, bool expected, struct kith_error *err)
{
	if (!expected)
		return r->exists ? changed(err, "is there already") : 0;
	if (open_there(r, "written", err))
		return -1;
	if (r->before.st_nlink > 1)
		return kith_fail(err, KITH_FAILED,
				 "has other names (hard links), which would keep the old text; "
				 "put a copy in its place first");
	return 0;
}

static void name_temporary(struct replacement *r, unsigned i)
{
	snprintf(r->temp, sizeof(r->temp), FS_TEMPORARY "%ld-%u", (long)getpid(), i);
}

static int make_temporary_file(struct replacement *r)
{
	mode_t mode = r->exists ? 0600 : 0666;
	for (unsigned i = 0; i < MAX_NAMES; i++) {
		name_temporary(r, i);
		r->fd = openat(r->folder, r->temp, O_WRONLY | O_CREAT | O_EXCL | FILE_FLAGS, mode);
		r->temporary = r->fd >= 0;
		if (r->temporary)
			return 0;
		if (errno != EEXIST && errno != EINTR)
			return -1;
	}
	return -1;
}

/* One attribute; those that the kernel keeps itself need not be settable. */
static int copy_attribute(int from, int to, const char *name, char *value)
{
	bool kernel = strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0;
	ssize_t n = fgetxattr(from, name, value, XATTR_SIZE_MAX);
	if (n < 0)
		return kernel || errno == ENODATA ? 0 : -1;
	return fsetxattr(to, name, value, (size_t)n, 0) == 0 || kernel ? 0 : -1;
}

static int copy_attributes(int from, int to)
{
	int rc = 0;
	/* The folder's default ACL is not the file's. */
	(void)fremovexattr(to, ACL);
	ssize_t n = flistxattr(from, NULL, 0);
	if (n == 0 || (n < 0 && (errno == ENOTSUP || errno == ENOSYS)))
		return 0;
	char *names = mem_alloc(XATTR_LIST_MAX + 1), *value = mem_alloc(XATTR_SIZE_MAX);
	n = flistxattr(from, names, XATTR_LIST_MAX);
	if (n < 0)
		rc = -1;
	for (ssize_t at = 0; at < n && !rc; at += (ssize_t)strlen(names + at) + 1)
		rc = copy_attribute(from, to, names + at, value);
	int cause = errno;
	free(value);
	free(names);
	errno = cause;
	return rc;
}

static int keep_all_attributes(const struct replacement *r)
{
	struct stat st;
	const struct stat *old = &r->before;
	if (fstat(r->fd, &st) != 0)
		return -1;
	/* Who may write as one of its group takes the file over, as with git. */
	if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
	    fchown(r->fd, old->st_uid, old->st_gid) != 0 &&
	    (!(old->st_mode & S_IWGRP) || fchown(r->fd, (uid_t)-1, old->st_gid) != 0))
		return -1;
	if (copy_attributes(r->old, r->fd) != 0)
		return -1;
	return fchmod(r->fd, old->st_mode & 07777);
}

static int sync_file(int fd)
{
	int rc;
	do
		rc = fsync(fd);
	while (rc && errno == EINTR);
	return rc;
}

static int write_temporary(struct replacement *r, struct str bytes, struct kith_error *err)
{
	if (make_temporary_file(r) != 0 || fs_write_all(r->fd, bytes) != 0)
		return cannot("written", err);
	if (r->exists ? keep_all_attributes(r) != 0 : r->mode && fchmod(r->fd, r->mode) != 0)
		return kith_fail_errno(err, "its owner, mode and attributes cannot be kept");
	if (sync_file(r->fd) != 0 || fstat(r->fd, &r->ours) != 0)
		return cannot("written", err);
	int fd = r->fd;
	r->fd = -1;
	return close(fd) != 0 && errno != EINTR ? cannot("written", err) : 0;
}

static bool still_holds(int fd, struct str expected)
{
	char chunk[CHUNK];
	size_t at = 0;
	for (;;) {
		ssize_t n = pread(fd, chunk, sizeof(chunk), (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 && at == expected.n;
		if ((size_t)n > expected.n - at || memcmp(chunk, expected.p + at, (size_t)n) != 0)
			return false;
		at += (size_t)n;
	}
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/*
 * Whether that name is the file that was found, holds what is expected, and nobody has it open to
 * write into it. The last is told by a lease (fcntl(2)), which is refused then, and which who opens
 * it meanwhile ends; no more is known of files of others, and where there are no leases.
 */
static bool is_as_expected(struct replacement *r, const char *name, struct str expected)
{
	struct stat now;
	/* A signal that nobody heeds: that of a lease's end ends the program by default. */
	bool leased =
	    fcntl(r->old, F_SETSIG, SIGURG) == 0 && fcntl(r->old, F_SETLEASE, F_RDLCK) == 0;
	r->written_to = !leased && errno == EAGAIN;
	bool same = !r->written_to && still_holds(r->old, expected) &&
		    fstatat(r->folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		    same_file(&r->before, &now);
	if (leased)
		r->written_to = fcntl(r->old, F_GETLEASE) != F_RDLCK;
	if (leased)
		(void)fcntl(r->old, F_SETLEASE, F_UNLCK);
	return same && !r->written_to;
}

static int changed_meanwhile(const struct replacement *r, struct kith_error *err)
{
	return changed(err, r->written_to ? "is open in another program, which may write into it "
					    "yet; close it there"
					  : "was changed by somebody else meanwhile");
}

static int check_unchanged(struct replacement *r, struct str expected, struct kith_error *err)
{
	return !r->exists || is_as_expected(r, r->name, expected) ? 0 : changed_meanwhile(r, err);
}

/* Some file systems and sandboxes know no flags of renameat2. */
static bool knows_no_flags(void)
{
	return errno == EINVAL || errno == ENOSYS || errno == EPERM;
}

/* Gives the temporary file this name, if nothing has that name. */
static int rename_new(struct replacement *r, const char *name)
{
	if (renameat2(r->folder, r->temp, r->folder, name, RENAME_NOREPLACE) == 0) {
		r->temporary = false;
		return 0;
	}
	/* A link does the same. */
	return knows_no_flags() ? linkat(r->folder, r->temp, r->folder, name, 0) : -1;
}

static int sync_folder(const struct replacement *r, const char *what, struct kith_error *err)
{
	if (sync_file(r->folder) != 0 && errno != EINVAL && errno != ENOTSUP)
		return kith_fail_errno(err, "was %s, but its folder may not be on the disk", what);
	return 0;
}

/* Somebody else's bytes that stand nowhere else are kept beside the file, under a name to see. */
static int keep_aside(struct replacement *r, struct kith_error *err)
{
	char kept[NAME_MAX + 1];
	int n = snprintf(kept, sizeof(kept), "%s.kept", r->name);
	bool named = n < (int)sizeof(kept) && rename_new(r, kept) == 0;
	if (!named)
		r->temporary = false;
	return kith_fail(err, KITH_FAILED,
			 "was changed by two others at once; what one of them wrote is in %s",
			 named ? kept : r->temp);
}

static int exchange(const struct replacement *r)
{
	return renameat2(r->folder, r->temp, r->folder, r->name, RENAME_EXCHANGE);
}

/*
 * Their file goes back. What comes out for it must be what was put there last: a
 * file that another save has replaced is older than what came out, which goes back
 * in its turn; one that was written to as it stood there is a text of its own.
 */
static int give_back(struct replacement *r, struct kith_error *err)
{
	struct stat put = r->ours, theirs, out;
	for (int i = 0; i < MANY_TRIES; i++) {
		if (fstatat(r->folder, r->temp, &theirs, AT_SYMLINK_NOFOLLOW) != 0 ||
		    exchange(r) != 0 || fstatat(r->folder, r->temp, &out, AT_SYMLINK_NOFOLLOW) != 0)
			break;
		if (same_file(&out, &put))
			return changed_meanwhile(r, err);
		if (out.st_dev == put.st_dev && out.st_ino == put.st_ino)
			break;
		put = theirs;
	}
	return keep_aside(r, err);
}

static int move_over(struct replacement *r, struct str expected, struct kith_error *err)
{
	if (exchange(r) == 0)
		return is_as_expected(r, r->temp, expected) ? 0 : give_back(r, err);
	if (errno == ENOENT)
		return changed(err, "is no longer there");
	if (!knows_no_flags() || renameat(r->folder, r->temp, r->folder, r->name) != 0)
		return cannot("written", err);
	r->temporary = false;
	return 0;
}

static int move_in_place(struct replacement *r, struct str expected, struct kith_error *err)
{
	if (r->exists && move_over(r, expected, err))
		return -1;
	if (!r->exists && rename_new(r, r->name) != 0)
		return errno == EEXIST ? changed(err, "is there already") : cannot("written", err);
	return sync_folder(r, "written", err);
}

static void clean_up(struct replacement *r)
{
	if (r->fd >= 0)
		close(r->fd);
	/* Where that fails, once more: nobody looks for it later. */
	if (r->temporary && unlinkat(r->folder, r->temp, 0) != 0)
		(void)unlinkat(r->folder, r->temp, 0);
	if (r->old >= 0)
		close(r->old);
	if (r->folder >= 0)
		close(r->folder);
}

static int replace_file(int dir, const struct fs_file *file, mode_t mode, struct kith_error *err)
{
	const char *path = file->path;
	struct str bytes = file->after, expected = file->before;
	struct replacement r = {.folder = -1, .old = -1, .fd = -1, .mode = mode};
	int rc = -1;
	if (find_target(&r, dir, path, true) != 0)
		cannot("written", err);
	else if (open_to_replace(&r, expected.p != NULL, err) == 0 &&
		 write_temporary(&r, bytes, err) == 0 && check_unchanged(&r, expected, err) == 0)
		rc = move_in_place(&r, expected, err);
	clean_up(&r);
	return rc ? kith_fail_at(err, path, 0, 0) : 0;
}

int fs_replace(int dir, const char *path, struct str bytes, struct str expected,
	       struct kith_error *err)
{
	return replace_file(dir, &(struct fs_file){path, expected, bytes, 0}, 0, err);
}

/* Moves the file to a temporary name that is free. */
static int move_aside(struct replacement *r)
{
	struct stat st;
	for (unsigned i = 0; i < MAX_NAMES && !r->temporary; i++) {
		name_temporary(r, i);
		if (fstatat(r->folder, r->temp, &st, AT_SYMLINK_NOFOLLOW) == 0)
			continue;
		if (errno != ENOENT || renameat(r->folder, r->name, r->folder, r->temp) != 0)
			return -1;
		r->temporary = true;
	}
	return r->temporary ? 0 : -1;
}

static int take_away(struct replacement *r, struct str expected, struct kith_error *err)
{
	if (move_aside(r) != 0)
		return cannot("removed", err);
	if (!is_as_expected(r, r->temp, expected))
		return rename_new(r, r->name) == 0 ? changed_meanwhile(r, err) : keep_aside(r, err);
	if (unlinkat(r->folder, r->temp, 0) != 0)
		return cannot("removed", err);
	r->temporary = false;
	return sync_folder(r, "removed", err);
}

static int remove_file(int dir, const char *path, struct str expected, struct kith_error *err)
{
	struct replacement r = {.folder = -1, .old = -1, .fd = -1};
	int rc = -1;
	if (find_target(&r, dir, path, false) != 0 && errno != ENOENT)
		cannot("removed", err);
	else if (open_there(&r, "removed", err) == 0 && check_unchanged(&r, expected, err) == 0)
		rc = take_away(&r, expected, err);
	clean_up(&r);
	return rc ? kith_fail_at(err, path, 0, 0) : 0;
}

static int make_parent(int dir, const char *path, struct kith_error *err)
{
	struct str folder = str_folder(str_of(path));
	if (folder.n == 0)
		return 0;
	struct arena arena;
	arena_init(&arena);
	int rc = fs_make_folders(dir, arena_str(&arena, str_upto(folder, folder.n - 1)).p, err);
	arena_release(&arena);
	return rc;
}

static int carry_file(int dir, const struct fs_file *file, mode_t mode, struct kith_error *err)
{
	if (!file->after.p)
		return file->before.p ? remove_file(dir, file->path, file->before, err) : 0;
	if (!file->before.p && make_parent(dir, file->path, err))
		return -1;
	return replace_file(dir, file, file->mode ? file->mode : mode, err);
}

int fs_carry(int dir, const struct fs_file *file, struct kith_error *err)
{
	return carry_file(dir, file, 0, err);
}

unsigned fs_mode(int dir, const char *path)
{
	struct stat st;
	bool file = fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
	return file ? st.st_mode & 07777 : 0;
}

/* Of the one file that goes where one comes, which is that file under another name; else 0. */
static mode_t mode_of_moved(int dir, const struct fs_file *files, size_t count)
{
	const struct fs_file *from = NULL;
	size_t gone = 0, fresh = 0;
	for (size_t i = 0; i < count; i++) {
		fresh += !files[i].before.p && files[i].after.p;
		if (files[i].after.p || !files[i].before.p)
			continue;
		from = &files[i];
		gone++;
	}
	return gone == 1 && fresh == 1 ? fs_mode(dir, from->path) : 0;
}

/* How far fs_carry_all came: up to that file of those that are written, or of those that go. */
struct reached {
	bool going;
	size_t at;
};

/* Whether a file is as it was to become. */
static bool is_carried(int dir, const struct fs_file *file)
{
	struct buf now;
	buf_init(&now, 0);
	int cause = fs_load(dir, file->path, file->after.n, &now);
	bool is = file->after.p ? cause == 0 && str_eq(buf_str(&now), file->after)
				: cause == ENOENT || cause == ENOTDIR;
	buf_release(&now);
	return is;
}

static bool carry_back(int dir, const struct fs_file *file, bool last, struct kith_error *err)
{
	const struct fs_file back = {file->path, file->after, file->before, 0};
	struct kith_error why = {0};
	if (fs_carry(dir, &back, &why) == 0 || (last && !is_carried(dir, file)))
		return true;
	kith_fail_context(err, "%s could not be put back as it was (%s)", file->path, why.message);
	return false;
}

/*
 * Puts back what was done until then; the file at which it failed, too, where
 * only its last step did: so that one may well be as it was, and is looked at
 * where it cannot be put back. Old files come back before new ones go: where that fails, all stays.
 */
static bool put_all_back(int dir, const struct fs_file *files, size_t count, struct reached reached,
			 struct kith_error *err)
{
	bool good = true;
	for (int fresh = 0; fresh < 2 && good; fresh++)
		for (size_t i = count; i-- > 0;) {
			bool same_turn = !files[i].after.p == reached.going;
			bool done = same_turn ? i <= reached.at : reached.going;
			bool last = same_turn && i == reached.at;
			if (done && !files[i].before.p == (fresh == 1))
				good = carry_back(dir, &files[i], last, err) && good;
		}
	return good;
}

int fs_carry_all(int dir, const struct fs_file *files, size_t count, bool *as_before,
		 struct kith_error *err)
{
	mode_t mode = mode_of_moved(dir, files, count);
	for (int going = 0; going < 2; going++)
		for (size_t i = 0; i < count; i++) {
			if (!files[i].after.p != (going == 1) ||
			    carry_file(dir, &files[i], mode, err) == 0)
				continue;
			*as_before =
			    put_all_back(dir, files, count, (struct reached){going, i}, err);
			return -1;
		}
	*as_before = false;
	return 0;
}

/*
 * ---- walking ----
 *
 * A stack of folders to be entered, in place of recursion. Kinds come with the
 * names; only file systems that do not tell them cost a call for each entry.
 */

struct folder {
	struct str path;
	int depth; /* of what is in it; from 1 */
};

struct fs_walking {
	int root;      /* the folder where it began */
	size_t prefix; /* bytes of a path that lead there */
	fs_skip *skip;
	void *context;
	struct arena *arena;
	struct fs_list *out, *unreadable;
	struct folder *stack;
	size_t count, cap;
};

static void list_add(struct fs_list *list, struct fs_entry entry)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = entry;
}

static void cannot_enter(struct fs_walking *w, struct str path, int cause)
{
	if (w->unreadable)
		list_add(w->unreadable, (struct fs_entry){path, FS_FOLDER, cause});
}

static void push_walk_folder(struct fs_walking *w, struct str path, int depth)
{
	w->stack = mem_grow(w->stack, w->count, &w->cap, sizeof(*w->stack));
	w->stack[w->count++] = (struct folder){path, depth};
}

static struct str path_in(struct arena *arena, struct str folder, struct str name)
{
	bool slash = folder.n && folder.p[folder.n - 1] != '/';
	size_t n = folder.n + slash;
	char *p = arena_bytes(arena, n + name.n + 1);
	if (folder.n)
		memcpy(p, folder.p, folder.n);
	if (slash)
		p[folder.n] = '/';
	memcpy(p + n, name.p, name.n + 1);
	return (struct str){p, n + name.n};
}

static enum fs_kind entry_kind(int dir, const struct dirent *entry)
{
	switch (entry->d_type) {
	case DT_REG:
		return FS_FILE;
	case DT_DIR:
		return FS_FOLDER;
	case DT_LNK:
		return FS_LINK;
	case DT_UNKNOWN:
		return fs_kind(dir, entry->d_name);
	default:
		return FS_OTHER;
	}
}

static void walk_entry(struct fs_walking *w, struct folder folder, int dir,
		       const struct dirent *entry)
{
	const char *name = entry->d_name;
	if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
		return;
	enum fs_kind kind = entry_kind(dir, entry);
	if (kind == FS_NONE)
		return;
	struct str path = path_in(w->arena, folder.path, str_of(name));
	struct str last = str_from(path, path.n - strlen(name));
	if (w->skip && w->skip(w->context, path, last, kind))
		return;
	if (kind != FS_FOLDER)
		list_add(w->out, (struct fs_entry){path, kind, 0});
	else if (folder.depth < MAX_DEPTH)
		push_walk_folder(w, path, folder.depth + 1);
	else
		cannot_enter(w, path, ENAMETOOLONG);
}

static DIR *open_to_walk(const struct fs_walking *w, struct folder folder)
{
	const char *path = folder.path.n > w->prefix ? folder.path.p + w->prefix : ".";
	path += strspn(path, "/");
	int fd = fs_open_below(w->root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	if (!stream && errno == ENOMEM)
		mem_die();
	if (!stream && fd >= 0)
		close(fd);
	return stream;
}

static void walk_one(struct fs_walking *w, struct folder folder)
{
	DIR *stream = open_to_walk(w, folder);
	if (!stream) {
		/* What went away meanwhile was not there. */
		if (errno != ENOENT)
			cannot_enter(w, folder.path, errno);
		return;
	}
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(stream);
		if (!entry)
			break;
		walk_entry(w, folder, dirfd(stream), entry);
	}
	if (errno != 0)
		cannot_enter(w, folder.path, errno);
	closedir(stream);
}

static int cannot_begin(const char *path, struct kith_error *err)
{
	if (errno == ENOENT)
		kith_fail(err, KITH_NOT_FOUND, "there is no such folder");
	else if (errno == ENOTDIR)
		kith_fail(err, KITH_INVALID, "is not a folder");
	else if (errno == EXDEV)
		kith_fail(err, KITH_INVALID, "is a link that leads out of the folder");
	else
		kith_fail_errno(err, "the folder cannot be read");
	return kith_fail_at(err, path, 0, 0);
}

int fs_walk(int dir, const char *path, fs_skip *skip, void *context, struct arena *arena,
	    struct fs_list *out, struct fs_list *unreadable, struct kith_error *err)
{
	struct fs_walking w = {
	    .skip = skip, .context = context, .arena = arena, .out = out, .unreadable = unreadable};
	*out = (struct fs_list){0};
	if (unreadable)
		*unreadable = (struct fs_list){0};
	if (strcmp(path, ".") == 0)
		path = "";
	w.root = fs_open_below(dir, path[0] ? path : ".", O_RDONLY | O_DIRECTORY);
	if (w.root < 0)
		return cannot_begin(path, err);
	w.prefix = strlen(path);
	push_walk_folder(&w, arena_str(arena, str_of(path)), 1);
	while (w.count)
		walk_one(&w, w.stack[--w.count]);
	free(w.stack);
	close(w.root);
	return 0;
}

void fs_list_release(struct fs_list *list)
{
	free(list->items);
	*list = (struct fs_list){0};
}

int fs_sync_disk(int fd)
{
	return syncfs(fd);
}
