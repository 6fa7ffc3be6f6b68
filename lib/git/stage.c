#include "git/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "git/share.h"

#define LOCK "index.lock"

static int try_lock(struct stage *s)
{
	hold_block(s->hold);
	s->held = hold_lock(s->hold, s->hold->folder, LOCK) == 0;
	if (s->held)
		return 0;
	int cause = errno;
	hold_unblock(s->hold);
	errno = cause;
	return -1;
}

/*
 * The new index gets the old one's time of change: git takes an entry whose
 * file is not older than the index for possibly changed (racy-git(7)), and a
 * later time would turn such an entry into an unchanged one.
 */
static int keep_attributes(const struct stage *s, int fd)
{
	struct stat st;
	if (stat(s->path, &st) != 0) {
		share_open(s->repo, fd);
		return errno == ENOENT ? 0 : -1;
	}
	const struct timespec times[2] = {st.st_atim, st.st_mtim};
	return fchmod(fd, st.st_mode & 07777) < 0 || futimens(fd, times) < 0 ? -1 : 0;
}

static int write_copy(const struct stage *s, struct str bytes, bool sync, struct flush *flush,
		      struct kith_error *err)
{
	/* We hold the lock: whatever has this name is left from a crash. */
	unlink(s->copy);
	int fd = open(s->copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return kith_fail_errno(err, "cannot make %s", s->copy);
	struct flush own = {.count = 0};
	int rc = fs_write_all(fd, bytes) < 0 || keep_attributes(s, fd) < 0 ? -1 : 0;
	if (rc < 0)
		kith_fail_errno(err, "cannot write %s", s->copy);
	flush_add(rc == 0 && flush ? flush : &own, fd);
	if (flush_all(&own, sync) < 0 && rc == 0)
		rc = kith_fail_errno(err, "cannot write %s", s->copy);
	return rc;
}

static int read_index(struct stage *s, struct kith_error *err)
{
	if (index_read(&s->index, s->path, err))
		return -1;
	if (s->index.conflicts)
		return kith_fail(err, KITH_FAILED,
				 "there are unresolved conflicts in the repository; resolve them "
				 "and commit first (git status shows them)");
	return 0;
}

int stage_lock(struct stage *s, struct hold *hold, const struct git_repo *repo,
	       struct kith_error *err)
{
	*s = (struct stage){.hold = hold, .repo = repo};
	s->path = arena_printf(&hold->arena, "%sindex", hold->folder).p;
	s->copy = arena_printf(&hold->arena, "%skith-index", hold->folder).p;
	for (unsigned try = 0; try_lock(s) != 0; try++) {
		if (errno != EEXIST)
			return kith_fail_errno(err, "cannot lock the index by %s" LOCK,
					       hold->folder);
		if (!hold_wait(try))
			return kith_fail(err, KITH_BUSY,
					 "another git program is at work in this repository: it "
					 "holds %s" LOCK ". Try again when it is done. If none is "
					 "running, a crash left that file there: remove it",
					 hold->folder);
	}
	return read_index(s, err);
}

void stage_release(struct stage *s)
{
	if (s->held) {
		unlink(s->copy);
		hold_unlock(s->hold, s->hold->folder, LOCK);
	}
	index_release(&s->index);
	*s = (struct stage){0};
}

int stage_prepare(struct stage *s, const struct index_edit *edits, size_t count,
		  struct flush *later, struct kith_error *err)
{
	struct buf bytes;
	if (count == 0)
		return 0;
	buf_init(&bytes, 0);
	int rc = index_edited(&bytes, &s->index, edits, count, err);
	if (rc == 0)
		rc = write_copy(s, buf_str(&bytes), s->repo->around.fsync, later, err);
	s->ready = rc == 0;
	buf_release(&bytes);
	return rc;
}

int stage_publish(struct stage *s, struct kith_error *err)
{
	if (!s->ready)
		return 0;
	s->ready = false;
	if (rename(s->copy, s->path) < 0)
		return kith_fail_errno(err, "cannot replace %s", s->path);
	return 0;
}

int stage_copy(struct stage *s, struct kith_error *err)
{
	s->ready = false;
	/* libgit2's lock for it, from a crash. */
	unlink(arena_printf(&s->hold->arena, "%s.lock", s->copy).p);
	if (s->index.bytes.n)
		return write_copy(s, buf_str(&s->index.bytes), false, NULL, err);
	unlink(s->copy);
	return 0;
}
