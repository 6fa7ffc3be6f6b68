/*
 * Reads many small files. Where the kernel lets us, opening, reading and
 * closing go through io_uring in batches, which costs less than plain calls,
 * down to a third where calls are dear (they are most of a small file's
 * price); else, and for whatever the ring refuses, plain calls do the same.
 * One reader per thread: it must run in the thread where it ran first. It
 * costs nothing before that.
 */
#ifndef KITH_BASE_READER_H
#define KITH_BASE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct reader;

/* plain: never use io_uring (for tests, and where it is known to fail). */
struct reader *reader_new(bool plain);
void reader_free(struct reader *r);

/*
 * Says that the paths of later runs are known to be regular files, or links,
 * as fs_walk tells for nothing. Then the kind is looked at only where there
 * is a doubt: links, failures, and what reads as empty or as more than 16
 * KiB. Without this, each path is looked at before it is opened, which costs
 * a system call. A FIFO or device put in a known file's place meanwhile does
 * not block, but what it has to say may be taken for the file's bytes.
 */
void reader_trust(struct reader *r);

/*
 * One file's outcome. error: 0, or an errno: ENOENT, EACCES, EFBIG (larger
 * than max), EINVAL (not a regular file), EXDEV (a link out of the folder),
 * ELOOP (a circle of links). bytes: void after the call returns; empty with
 * an error. index: which of the paths.
 */
typedef void reader_got(void *context, size_t index, struct str bytes, int error);

/*
 * Reads the files at paths (NUL-terminated slices, relative to dir), in
 * order, and calls got once for each, in order. max: bytes of one file. A
 * link is followed where it stays below dir (see base/fs.h for AT_FDCWD).
 */
void reader_run(struct reader *r, int dir, const struct str *paths, size_t count, size_t max,
		reader_got *got, void *context);

#endif
