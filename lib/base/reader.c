/*
 * Whatever is not plain sailing (links, failures, files that read as empty or
 * fill their slot) is left to fs_load, which looks before it opens; so the
 * outcome is the same with and without the ring, and only the common case has
 * to be quick.
 *
 * The ring works on direct descriptors, which never enter the process's table
 * and cost no contention between threads. The kernel reads regular files up
 * to their end or the slot's; a short read is thus a short file.
 */
#include "base/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"

#define BATCH ((size_t)32)
#define SLOT  ((size_t)16 * 1024)
/* A ring's set-up costs as much as reading some dozens of files. */
#define WORTH_A_RING ((size_t)64)
#define OPEN_FLAGS   (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

struct reader {
	bool plain, trusting, used;
	bool open; /* the ring is */
	struct io_uring ring;
	char *slots;     /* BATCH * SLOT bytes */
	char *abandoned; /* where a failed ring might still write */
	struct buf whole;
	int got[BATCH]; /* by file of the batch: bytes in its slot; < 1: not read that way */
};

/* What one run is about. */
struct run {
	int dir;
	const struct str *paths;
	size_t max;
};

struct reader *reader_new(bool plain)
{
	struct reader *r = mem_zalloc(1, sizeof(*r));
	r->plain = plain;
	return r;
}

static void close_ring(struct reader *r)
{
	if (r->open)
		io_uring_queue_exit(&r->ring);
	r->open = false;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	close_ring(r);
	free(r->slots);
	free(r->abandoned);
	buf_release(&r->whole);
	free(r);
}

void reader_trust(struct reader *r)
{
	r->trusting = true;
}

/* Refused by old kernels, by containers and by administrators: then never asked again. */
static bool open_ring(struct reader *r)
{
	if (r->open || r->plain)
		return r->open;
	int rc = io_uring_queue_init(BATCH, &r->ring,
				     IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN);
	if (rc == -EINVAL)
		rc = io_uring_queue_init(BATCH, &r->ring, 0);
	r->open = rc == 0;
	if (r->open && io_uring_register_files_sparse(&r->ring, BATCH) != 0)
		close_ring(r);
	r->plain = !r->open;
	return r->open;
}

static void abandon_ring(struct reader *r)
{
	close_ring(r);
	r->plain = true;
	r->abandoned = r->slots;
	r->slots = mem_alloc(BATCH * SLOT);
}

/* Submits what is queued, waits for count results and notes them where they belong. */
static bool ring_round(struct reader *r, size_t count, int *results)
{
	size_t seen = 0;
	while (seen < count) {
		struct io_uring_cqe *cqe;
		unsigned head, n = 0;
		int rc = io_uring_submit_and_wait(&r->ring, (unsigned)(count - seen));
		if (rc < 0 && rc != -EINTR)
			return false;
		io_uring_for_each_cqe(&r->ring, head, cqe)
		{
			results[cqe->user_data] = cqe->res;
			n++;
		}
		io_uring_cq_advance(&r->ring, n);
		seen += n;
	}
	return true;
}

/* Opens what the batch marks with 0 in got; says in `opened` what came of it. */
static bool ring_open_files(struct reader *r, const struct run *run, size_t at, size_t count,
			    int *opened)
{
	struct open_how how = {.flags = OPEN_FLAGS,
			       .resolve = run->dir == AT_FDCWD ? 0 : RESOLVE_BENEATH};
	size_t queued = 0;
	for (size_t i = 0; i < count; i++) {
		opened[i] = -1;
		if (r->got[i] != 0)
			continue;
		struct io_uring_sqe *sqe = io_uring_get_sqe(&r->ring);
		io_uring_prep_openat2_direct(sqe, run->dir, run->paths[at + i].p, &how,
					     (unsigned)i);
		sqe->user_data = i;
		queued++;
	}
	return ring_round(r, queued, opened);
}

/* Reads what was opened, or closes it. */
static bool ring_use_files(struct reader *r, size_t count, const int *opened, bool closing,
			   int *results)
{
	size_t queued = 0;
	for (size_t i = 0; i < count; i++) {
		if (opened[i] < 0)
			continue;
		struct io_uring_sqe *sqe = io_uring_get_sqe(&r->ring);
		if (closing) {
			io_uring_prep_close_direct(sqe, (unsigned)i);
		} else {
			io_uring_prep_read(sqe, (int)i, r->slots + i * SLOT, (unsigned)SLOT, 0);
			sqe->flags |= IOSQE_FIXED_FILE;
		}
		sqe->user_data = i;
		queued++;
	}
	return ring_round(r, queued, results);
}

/* False where the ring broke down. */
static bool ring_batch(struct reader *r, const struct run *run, size_t at, size_t count)
{
	int opened[BATCH], ignored[BATCH];
	size_t refused = 0;
	if (!ring_open_files(r, run, at, count, opened) ||
	    !ring_use_files(r, count, opened, false, r->got) ||
	    !ring_use_files(r, count, opened, true, ignored))
		return false;
	for (size_t i = 0; i < count; i++)
		refused += r->got[i] == -EAGAIN || r->got[i] == -EOPNOTSUPP;
	/* A file system that cannot do it without waiting: the ring only costs there. */
	if (refused > count / 2) {
		close_ring(r);
		r->plain = true;
	}
	return true;
}

static int read_plainly(const struct run *run, const char *path, char *slot)
{
	size_t n = 0;
	int fd = fs_open_below(run->dir, path, OPEN_FLAGS);
	if (fd < 0)
		return -1;
	while (n < SLOT) {
		ssize_t got = read(fd, slot + n, SLOT - n);
		if (got == 0)
			break;
		if (got < 0 && errno != EINTR) {
			n = 0;
			break;
		}
		n += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	return (int)n;
}

/* Whether it is a regular file that a slot may hold. */
static bool is_small_file(int dir, const char *path)
{
	struct stat st;
	return fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size < (off_t)SLOT;
}

static void read_batch(struct reader *r, const struct run *run, size_t at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		r->got[i] = r->trusting || is_small_file(run->dir, run->paths[at + i].p) ? 0 : -1;
	if (r->used && !r->plain) {
		if (ring_batch(r, run, at, count))
			return;
		abandon_ring(r);
		for (size_t i = 0; i < count; i++)
			r->got[i] = -1;
	}
	for (size_t i = 0; i < count; i++)
		if (r->got[i] == 0)
			r->got[i] = read_plainly(run, run->paths[at + i].p, r->slots + i * SLOT);
}

static void deliver(struct reader *r, const struct run *run, size_t index, size_t slot,
		    reader_got *got, void *context)
{
	struct str bytes = {r->slots + slot * SLOT, 0};
	int error = 0;
	if (r->got[slot] > 0 && (size_t)r->got[slot] < SLOT) {
		bytes.n = (size_t)r->got[slot];
		error = bytes.n > run->max ? EFBIG : 0;
	} else {
		error = fs_load(run->dir, run->paths[index].p, run->max, &r->whole);
		bytes = buf_str(&r->whole);
	}
	if (error)
		bytes.n = 0;
	got(context, index, bytes, error);
}

void reader_run(struct reader *r, int dir, const struct str *paths, size_t count, size_t max,
		reader_got *got, void *context)
{
	const struct run run = {dir, paths, max};
	if (count == 0)
		return;
	if (!r->slots) {
		r->slots = mem_alloc(BATCH * SLOT);
		buf_init(&r->whole, 0);
	}
	r->used = count >= WORTH_A_RING && open_ring(r);
	for (size_t at = 0; at < count; at += BATCH) {
		size_t n = count - at < BATCH ? count - at : BATCH;
		read_batch(r, &run, at, n);
		for (size_t i = 0; i < n; i++)
			deliver(r, &run, at + i, i, got, context);
	}
}
