/*
 * fs_replace and fs_remove of base/fs.h. The order is what makes it safe: everything is
 * written and on the disk before the name moves, and what stands there is
 * compared at the last moment before it does.
 */
#define _GNU_SOURCE /* renameat2 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"

#define MAX_LINKS  40
#define MAX_NAMES  1000
#define CHUNK      ((size_t)16 * 1024)
#define ACL        "system.posix_acl_access"
#define FILE_FLAGS (O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

struct replacement {
	int folder, old, fd;     /* fd: the temporary file; -1 for what is not open */
	bool exists;             /* whether there is a file to replace */
	bool temporary;          /* whether there is a temporary file to remove */
	struct stat before;      /* the file to replace, as it was found */
	char name[NAME_MAX + 1]; /* its name in the folder, links followed */
	char temp[64];
};

static int cannot_write(struct kith_error *err)
{
	if (errno == EXDEV)
		return kith_fail(err, KITH_INVALID, "is a link that leads out of the folder");
	return kith_fail_errno(err, "cannot be written");
}

/* Splits place after its last slash; the name is copied, the folder opened. */
static int open_folder(struct replacement *r, int dir, char *place)
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
	return r->folder < 0 ? -1 : 0;
}

/* Puts the link's target behind (or in place of) the folder's path in place. */
static int follow(const struct replacement *r, int dir, char *place)
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

/* Finds the folder and the name that path stands for, and what is there. */
static int find_target(struct replacement *r, int dir, const char *path)
{
	char place[PATH_MAX];
	size_t n = strlen(path);
	errno = ENAMETOOLONG;
	if (n >= sizeof(place))
		return -1;
	memcpy(place, path, n + 1);
	for (int i = 0; i < MAX_LINKS; i++) {
		if (open_folder(r, dir, place) != 0)
			return -1;
		r->exists = fstatat(r->folder, r->name, &r->before, AT_SYMLINK_NOFOLLOW) == 0;
		if (!r->exists)
			return errno == ENOENT ? 0 : -1;
		if (!S_ISLNK(r->before.st_mode))
			return 0;
		if (follow(r, dir, place) != 0)
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

/* Opens what is to be replaced, where that may be done. */
static int open_old(struct replacement *r, bool expected, struct kith_error *err)
{
	if (!expected)
		return r->exists ? changed(err, "is there already") : 0;
	if (!r->exists)
		return changed(err, "is no longer there");
	if (!S_ISREG(r->before.st_mode))
		return kith_fail(err, KITH_INVALID, "is not a regular file");
	r->old = openat(r->folder, r->name, O_RDONLY | FILE_FLAGS);
	if (r->old < 0 || fstat(r->old, &r->before) != 0)
		return cannot_write(err);
	if (!S_ISREG(r->before.st_mode))
		return kith_fail(err, KITH_INVALID, "is not a regular file");
	if (r->before.st_nlink > 1)
		return kith_fail(err, KITH_FAILED,
				 "has other names (hard links), which would keep the old text; "
				 "put a copy in its place first");
	return 0;
}

static int make_temporary(struct replacement *r)
{
	mode_t mode = r->exists ? 0600 : 0666;
	for (unsigned i = 0; i < MAX_NAMES; i++) {
		snprintf(r->temp, sizeof(r->temp), FS_TEMPORARY "%ld-%u", (long)getpid(), i);
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
	int failed = 0;
	/* The folder's default ACL is not the file's. */
	(void)fremovexattr(to, ACL);
	ssize_t n = flistxattr(from, NULL, 0);
	if (n == 0 || (n < 0 && (errno == ENOTSUP || errno == ENOSYS)))
		return 0;
	char *names = mem_alloc(XATTR_LIST_MAX + 1), *value = mem_alloc(XATTR_SIZE_MAX);
	n = flistxattr(from, names, XATTR_LIST_MAX);
	if (n < 0)
		failed = -1;
	for (ssize_t at = 0; at < n && !failed; at += (ssize_t)strlen(names + at) + 1)
		failed = copy_attribute(from, to, names + at, value);
	int cause = errno;
	free(value);
	free(names);
	errno = cause;
	return failed;
}

static int keep_attributes(const struct replacement *r)
{
	struct stat st;
	const struct stat *old = &r->before;
	if (fstat(r->fd, &st) != 0)
		return -1;
	if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
	    fchown(r->fd, old->st_uid, old->st_gid) != 0)
		return -1;
	if (copy_attributes(r->old, r->fd) != 0)
		return -1;
	return fchmod(r->fd, old->st_mode & 07777);
}

static int sync_file(int fd)
{
	int failed;
	do
		failed = fsync(fd);
	while (failed && errno == EINTR);
	return failed;
}

static int write_temporary(struct replacement *r, struct str bytes, struct kith_error *err)
{
	if (make_temporary(r) != 0 || fs_write_all(r->fd, bytes) != 0)
		return cannot_write(err);
	if (r->exists && keep_attributes(r) != 0)
		return kith_fail_errno(err, "its owner, mode and attributes cannot be kept");
	if (sync_file(r->fd) != 0)
		return cannot_write(err);
	int fd = r->fd;
	r->fd = -1;
	return close(fd) != 0 && errno != EINTR ? cannot_write(err) : 0;
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

static int check_unchanged(const struct replacement *r, struct str expected, struct kith_error *err)
{
	struct stat now;
	if (!r->exists)
		return 0;
	if (!still_holds(r->old, expected) ||
	    fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !same_file(&r->before, &now))
		return changed(err, "was changed by somebody else meanwhile");
	return 0;
}

/* Gives the temporary file its name, if nothing has that name. */
static int rename_new(struct replacement *r)
{
	if (renameat2(r->folder, r->temp, r->folder, r->name, RENAME_NOREPLACE) == 0) {
		r->temporary = false;
		return 0;
	}
	/* Some file systems and sandboxes know no RENAME_NOREPLACE; a link does the same. */
	if (errno == EINVAL || errno == ENOSYS || errno == EPERM)
		return linkat(r->folder, r->temp, r->folder, r->name, 0);
	return -1;
}

static int move_in_place(struct replacement *r, struct kith_error *err)
{
	if (r->exists) {
		if (renameat(r->folder, r->temp, r->folder, r->name) != 0)
			return cannot_write(err);
		r->temporary = false;
	} else if (rename_new(r) != 0) {
		return errno == EEXIST ? changed(err, "is there already") : cannot_write(err);
	}
	if (sync_file(r->folder) != 0 && errno != EINVAL && errno != ENOTSUP)
		return kith_fail_errno(err, "was written, but its folder may not be on the disk");
	return 0;
}

static void clean_up(struct replacement *r)
{
	if (r->fd >= 0)
		close(r->fd);
	if (r->temporary)
		(void)unlinkat(r->folder, r->temp, 0);
	if (r->old >= 0)
		close(r->old);
	if (r->folder >= 0)
		close(r->folder);
}

int fs_replace(int dir, const char *path, struct str bytes, struct str expected,
	       struct kith_error *err)
{
	struct replacement r = {.folder = -1, .old = -1, .fd = -1};
	int failed = -1;
	if (find_target(&r, dir, path) != 0)
		cannot_write(err);
	else if (open_old(&r, expected.p != NULL, err) == 0 &&
		 write_temporary(&r, bytes, err) == 0 && check_unchanged(&r, expected, err) == 0)
		failed = move_in_place(&r, err);
	clean_up(&r);
	return failed ? kith_fail_at(err, path, 0, 0) : 0;
}

/* The file at path itself, without following a last link. */
static int find_itself(struct replacement *r, int dir, const char *path)
{
	char place[PATH_MAX];
	size_t n = strlen(path);
	errno = ENAMETOOLONG;
	if (n >= sizeof(place))
		return -1;
	memcpy(place, path, n + 1);
	if (open_folder(r, dir, place) != 0)
		return errno == ENOENT ? 0 : -1;
	r->exists = fstatat(r->folder, r->name, &r->before, AT_SYMLINK_NOFOLLOW) == 0;
	return r->exists || errno == ENOENT ? 0 : -1;
}

static int open_itself(struct replacement *r, struct kith_error *err)
{
	if (!r->exists)
		return changed(err, "is no longer there");
	if (!S_ISREG(r->before.st_mode))
		return kith_fail(err, KITH_INVALID, "is not a regular file");
	r->old = openat(r->folder, r->name, O_RDONLY | FILE_FLAGS);
	return r->old < 0 ? kith_fail_errno(err, "cannot be removed") : 0;
}

static int take_away(const struct replacement *r, struct kith_error *err)
{
	if (unlinkat(r->folder, r->name, 0) != 0)
		return kith_fail_errno(err, "cannot be removed");
	if (sync_file(r->folder) != 0 && errno != EINVAL && errno != ENOTSUP)
		return kith_fail_errno(err, "was removed, but its folder may not be on the disk");
	return 0;
}

int fs_remove(int dir, const char *path, struct str expected, struct kith_error *err)
{
	struct replacement r = {.folder = -1, .old = -1, .fd = -1};
	int failed = -1;
	if (find_itself(&r, dir, path) != 0)
		kith_fail_errno(err, "cannot be removed");
	else if (open_itself(&r, err) == 0 && check_unchanged(&r, expected, err) == 0)
		failed = take_away(&r, err);
	clean_up(&r);
	return failed ? kith_fail_at(err, path, 0, 0) : 0;
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

int fs_carry(int dir, const struct fs_file *file, struct kith_error *err)
{
	if (!file->after.p)
		return file->before.p ? fs_remove(dir, file->path, file->before, err) : 0;
	if (!file->before.p && make_parent(dir, file->path, err))
		return -1;
	return fs_replace(dir, file->path, file->after, file->before, err);
}

/* How far fs_carry_all came: up to that file of those that are written, or of those that go. */
struct reached {
	bool going;
	size_t at;
};

static bool carry_back(int dir, const struct fs_file *file, bool last, struct kith_error *err)
{
	const struct fs_file back = {file->path, file->after, file->before};
	struct kith_error why = {0};
	if (fs_carry(dir, &back, &why) == 0 || last)
		return true;
	kith_fail_context(err, "%s could not be put back as it was (%s)", file->path, why.message);
	return false;
}

/*
 * Puts back what was done until then; the file at which it failed, too, where
 * only its last step did: so that one may well be as it was. Old files come
 * back before new ones go: where that fails, all stays.
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
	for (int going = 0; going < 2; going++)
		for (size_t i = 0; i < count; i++) {
			if (!files[i].after.p != (going == 1) || fs_carry(dir, &files[i], err) == 0)
				continue;
			*as_before =
			    put_all_back(dir, files, count, (struct reached){going, i}, err);
			return -1;
		}
	*as_before = false;
	return 0;
}
