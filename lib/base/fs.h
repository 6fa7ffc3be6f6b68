/*
 * Files, safely: paths are relative to an open folder, and no link on the way
 * leads out of it; nothing is read that is not a regular file; a write is
 * atomic. Where dir is AT_FDCWD the path is the caller's own word: it may be
 * absolute, and its links lead where they lead. Thread-safe. A failure has
 * the path in its place, and not in its message.
 */
#ifndef KITH_BASE_FS_H
#define KITH_BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

enum fs_kind {
	FS_NONE, /* there is nothing */
	FS_FILE,
	FS_FOLDER,
	FS_LINK,  /* a symbolic link, not followed */
	FS_OTHER, /* FIFO, device, socket; what cannot be looked at */
};

/* What stands at path below dir (an open folder, or AT_FDCWD), without following a last link. */
enum fs_kind fs_kind(int dir, const char *path);

/* When what stands there was last written, in seconds since 1970; INT64_MIN for nothing. */
int64_t fs_written(int dir, const char *path);

/*
 * Whether a part of the path is git's own folder, in any spelling that some
 * file system takes for it (`.GIT`, `GIT~1`, `.git.`, one with a character that nobody sees).
 */
bool fs_names_git(struct str path);

/*
 * open(2), close-on-exec, of something that stays below dir: EXDEV where the
 * path or a link leads out. flags: O_PATH, O_RDONLY, O_DIRECTORY...; with
 * O_NOFOLLOW no link is followed anywhere on the way (ELOOP). Returns a
 * descriptor, or -1 with errno. Without openat2 (Linux 5.6) every link in the
 * path, the last part's too, is refused.
 */
int fs_open_below(int dir, const char *path, int flags) ATTR_MUST_CHECK;

/*
 * The path, below dir, of the file that a path leads to when links are
 * followed: the path itself where there is none on the way, or nothing at its
 * end. In the arena, or path. Fails with KITH_INVALID where a link leads out.
 */
int fs_real(struct str *out, int dir, const char *path, struct arena *arena,
	    struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Reads a whole regular file into *out (initialised by the caller; cleared
 * here). Links are followed only where they stay below dir. Fails with
 * KITH_NOT_FOUND where there is none, KITH_INVALID where it is no regular
 * file or larger than max bytes, else KITH_IO.
 */
int fs_read(int dir, const char *path, size_t max, struct buf *out,
	    struct kith_error *err) ATTR_MUST_CHECK;
/* The same, with an errno (EINVAL: not a regular file, EFBIG: larger than max) or 0 returned. */
int fs_load(int dir, const char *path, size_t max, struct buf *out) ATTR_MUST_CHECK;

/* Writes all of it, however many calls that takes; -1 with errno, and some of it may be written. */
int fs_write_all(int fd, struct str bytes) ATTR_MUST_CHECK;

/*
 * Replaces or makes a file, atomically: a temporary file in the same folder,
 * fsync, rename, fsync of the folder. An old file is exchanged for it: what
 * somebody else saved at the last moment comes out, and goes back (plainly
 * renamed over where the file system cannot exchange). Who has it open to write
 * into it in place is asked for before and after (KITH_CHANGED), so that nothing
 * goes into a file that was replaced. That cannot be held of files of another
 * user and on file systems without leases (fcntl(2), F_SETLEASE; NFS): what is
 * written there right after the exchange is lost. Bytes of two others, of which only one can have
 * the name, are told of and kept beside it (NAME.kept; KITH_FAILED). Mode, owner and extended
 * attributes of the old file are kept; a new one gets mode 0666 less the umask. expected: what the
 * file must still hold (KITH_CHANGED where it does not); p == NULL: it must not be there yet. A
 * path that is a link is followed inside dir, and its target replaced; one that leads out, or into
 * git's own folder, is refused. So is a file with further hard links, which would be split off
 * without a word, and one whose owner or attributes cannot be kept, but for the owner of a file
 * that its group may write to. Either the old bytes or the new ones are there at any moment; no
 * temporary file is left by a failure (a kill may leave one: its name begins with FS_TEMPORARY).
 * When only the last fsync fails, the new bytes are there and the failure is told.
 */
#define FS_TEMPORARY ".kith-"
int fs_replace(int dir, const char *path, struct str bytes, struct str expected,
	       struct kith_error *err) ATTR_MUST_CHECK;

/* A file that changes: its bytes before and after; p == NULL where there is none. */
struct fs_file {
	const char *path;
	struct str before, after;
	unsigned
	    mode; /* of one that comes: its permissions; 0: as fs_replace and fs_carry_all say */
};

/* The permissions of a regular file, no link; 0 where it is none. */
unsigned fs_mode(int dir, const char *path);

/*
 * Replaces it or makes it (with the folders above it), or takes it away: then a
 * regular file, no link (KITH_INVALID), that still holds what is expected
 * (KITH_CHANGED); its folder stays, and is flushed to disk. It is moved aside
 * and compared once more before it goes.
 */
int fs_carry(int dir, const struct fs_file *file, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * All of them, and what is taken away last: until then every byte of a file
 * that moves is still somewhere. After a failure those that were carried are
 * put back; *as_before: false where that failed, too. Where one goes and one
 * comes, that is a file with a new name, which keeps its mode.
 */
int fs_carry_all(int dir, const struct fs_file *files, size_t count, bool *as_before,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* Reads a whole file, as fs_read, as a text of the arena; p == NULL after a failure. */
int fs_read_text(struct str *out, int dir, const char *path, size_t max, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* A path without links (realpath(3)), in the arena; p == NULL, with errno, where there is none. */
struct str fs_absolute(const char *path, struct arena *arena);

/* Makes a folder and those above it, where missing; 0777 less the umask. */
int fs_make_folders(int dir, const char *path, struct kith_error *err) ATTR_MUST_CHECK;

/* One thing found in a tree of folders. */
struct fs_entry {
	struct str path; /* relative to the folder where the walk began, NUL-terminated */
	enum fs_kind kind;
	int error; /* why it cannot be read; ENAMETOOLONG: too deep */
};

struct fs_list {
	struct fs_entry *items;
	size_t count, cap;
};

/*
 * Whether to pass something over (true), or, for a folder, to enter it
 * (false). name: the last part of path. Both live in the walk's arena.
 */
typedef bool fs_skip(void *context, struct str path, struct str name, enum fs_kind kind);

/*
 * All that is below `path` in dir, but folders themselves, in no order.
 * Folders are entered, links never. Paths begin with `path` (unless that is
 * "." or ""), and live in the arena. Folders that cannot be read, and those
 * more than 64 deep, go to *unreadable (may be NULL). path itself may be or
 * hold links that stay below dir. KITH_NOT_FOUND where it is not there,
 * KITH_INVALID where it is no folder. Both lists are set up here, and
 * released by the caller with fs_list_release, after a failure too.
 */
int fs_walk(int dir, const char *path, fs_skip *skip, void *context, struct arena *arena,
	    struct fs_list *out, struct fs_list *unreadable,
	    struct kith_error *err) ATTR_MUST_CHECK;
void fs_list_release(struct fs_list *list);

/* Everything that was written to the disk that fd is on gets there. -1 with errno. */
int fs_sync_disk(int fd);

#endif
