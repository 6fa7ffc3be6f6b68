#include "git/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 50, WAIT_TRIES = 100 };

bool stage_wait(unsigned try)
{
	if (try >= WAIT_TRIES)
		return false;
	const struct timespec pause = {0, WAIT_MS * 1000000L};
	nanosleep(&pause, NULL);
	return true;
}

static void block_signals(sigset_t *before)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

static bool try_lock(struct stage *s)
{
	block_signals(&s->before);
	int fd = open(s->lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd >= 0) {
		s->held = true;
		close(fd);
		return true;
	}
	int cause = errno;
	pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	errno = cause;
	return false;
}

int stage_lock(struct stage *s, const struct git_repo *repo, struct kith_error *err)
{
	const char *folder = git_repository_path(repo->handle);
	*s = (struct stage){.fsync = repo->around.fsync};
	arena_init(&s->arena);
	s->index = arena_printf(&s->arena, "%sindex", folder).p;
	s->lock = arena_printf(&s->arena, "%sindex.lock", folder).p;
	s->copy = arena_printf(&s->arena, "%skith-index", folder).p;
	s->copying = arena_printf(&s->arena, "%skith-index.lock", folder).p;
	for (unsigned try = 0; !try_lock(s); try++) {
		if (errno != EEXIST)
			return kith_fail_errno(err, "cannot lock the index by %s", s->lock);
		if (!stage_wait(try))
			return kith_fail(err, KITH_BUSY,
					 "another git program is at work in this repository: it "
					 "holds %s. Try again when it is done. If none is running, "
					 "a crash left that file there: remove it",
					 s->lock);
	}
	return 0;
}

void stage_release(struct stage *s)
{
	if (s->held) {
		unlink(s->copy);
		unlink(s->copying);
		unlink(s->lock);
		s->held = false;
		pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	}
	if (s->index)
		arena_release(&s->arena);
	s->index = NULL;
}

static int pump(int from, int to)
{
	char block[65536];
	for (;;) {
		ssize_t n = read(from, block, sizeof(block));
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		for (ssize_t done = 0; done < n;) {
			ssize_t m = write(to, block + done, (size_t)(n - done));
			if (m < 0 && errno != EINTR)
				return -1;
			done += m > 0 ? m : 0;
		}
	}
}

static int copy_index(struct stage *s, struct kith_error *err)
{
	/* We hold the lock: whatever has these names is left from a crash. */
	unlink(s->copying);
	unlink(s->copy);
	int from = open(s->index, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (from < 0 && errno == ENOENT)
		return 0;
	if (from < 0)
		return kith_fail_errno(err, "cannot read %s", s->index);
	int rc = 0;
	int to = open(s->copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (to < 0 || pump(from, to) < 0)
		rc = kith_fail_errno(err, "cannot copy the index to %s", s->copy);
	if (to >= 0 && close(to) < 0 && rc == 0)
		rc = kith_fail_errno(err, "cannot write %s", s->copy);
	close(from);
	return rc;
}

int stage_open(git_index **out, struct stage *s, struct kith_error *err)
{
	git_index *index = NULL;
	if (copy_index(s, err))
		return -1;
	/* Split and sparse indexes have extensions that libgit2 does not know. */
	if (git_index_open(&index, s->copy) < 0)
		return repo_fail(err, repo_unsupported(), "cannot read git's index %s", s->index);
	if (git_index_has_conflicts(index)) {
		git_index_free(index);
		return kith_fail(err, KITH_FAILED,
				 "there are unresolved conflicts in the repository; resolve them "
				 "and commit first (git status shows them)");
	}
	*out = index;
	return 0;
}

static bool is_file_mode(uint32_t mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

int stage_put(git_index *index, const char *path, const git_oid *blob, git_filemode_t mode,
	      struct kith_error *err)
{
	git_index_entry entry = {.mode = mode, .id = *blob, .path = path};
	const git_index_entry *old = git_index_get_bypath(index, path, 0);
	if (old) {
		entry.flags = old->flags & GIT_INDEX_ENTRY_VALID;
		entry.flags_extended = old->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
		if (is_file_mode(old->mode))
			entry.mode = old->mode;
	}
	if (git_index_add(index, &entry) < 0)
		return repo_fail(err, KITH_FAILED, "cannot put %s into the index", path);
	return 0;
}

int stage_remove(git_index *index, const char *path, struct kith_error *err)
{
	int rc = git_index_remove(index, path, 0);
	if (rc < 0 && rc != GIT_ENOTFOUND)
		return repo_fail(err, KITH_FAILED, "cannot take %s out of the index", path);
	return 0;
}

/*
 * The new index gets the old one's time of change: git takes an entry whose
 * file is not older than the index for possibly changed (racy-git(7)), and a
 * later time would turn such an entry into an unchanged one.
 */
static int keep_attributes(const struct stage *s, struct kith_error *err)
{
	struct stat st;
	if (stat(s->index, &st) != 0)
		return errno == ENOENT ? 0 : kith_fail_errno(err, "cannot look at %s", s->index);
	const struct timespec times[2] = {st.st_atim, st.st_mtim};
	if (chmod(s->copy, st.st_mode & 07777) < 0 || utimensat(AT_FDCWD, s->copy, times, 0) < 0)
		return kith_fail_errno(err, "cannot set mode and time of %s", s->copy);
	return 0;
}

int stage_write(struct stage *s, git_index *index, struct kith_error *err)
{
	if (git_index_write(index) < 0)
		return repo_fail(err, KITH_FAILED, "cannot write the index %s", s->copy);
	if (keep_attributes(s, err))
		return -1;
	if (rename(s->copy, s->lock) < 0)
		return kith_fail_errno(err, "cannot rename %s to %s", s->copy, s->lock);
	return 0;
}

static void sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

int stage_publish(struct stage *s, struct kith_error *err)
{
	if (rename(s->lock, s->index) < 0)
		return kith_fail_errno(err,
				       "the commit was made, but the index is as before; cannot "
				       "replace %s",
				       s->index);
	s->held = false;
	unlink(s->copy);
	pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	if (s->fsync) {
		size_t n = strlen(s->index) - strlen("index");
		sync_folder(arena_str(&s->arena, (struct str){s->index, n}).p);
	}
	return 0;
}
