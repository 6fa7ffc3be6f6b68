#include "git/store.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <git2/odb_backend.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/parallel.h"
#include "git/share.h"

enum { STORE_THREADS = 8, STORE_PRIORITY = 99 };

struct store_sync {
	int folder;
	const struct fs_list *files;
	size_t threads;
	int causes[STORE_THREADS];
};

static int remove_stored(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

void store_close(const struct git_repo *repo)
{
	nftw(repo->store, remove_stored, 16, FTW_PHYS | FTW_DEPTH);
}

/* Once for a repository: a backend cannot be taken out again. */
static int add_store(const struct git_repo *repo)
{
	git_odb *odb = NULL;
	git_odb_backend *backend = NULL;
	int rc = git_repository_odb(&odb, repo->handle);
	if (rc == 0)
		rc = git_odb_backend_loose(&backend, repo->store, -1, 0, 0, 0);
	if (rc == 0)
		rc = git_odb_add_backend(odb, backend, STORE_PRIORITY);
	git_odb_free(odb);
	return rc;
}

/* Whether objects can be renamed from there to their places. */
static bool is_one_disk(const struct git_repo *repo)
{
	struct arena arena;
	struct stat here, there;
	arena_init(&arena);
	const char *common = git_repository_commondir(repo->handle);
	bool one = stat(git_repository_path(repo->handle), &here) == 0 &&
		   stat(arena_printf(&arena, "%sobjects", common).p, &there) == 0 &&
		   here.st_dev == there.st_dev;
	arena_release(&arena);
	return one;
}

int store_open(struct git_repo *repo, struct kith_error *err)
{
	/* Of a run that was killed. */
	store_close(repo);
	if (!repo->around.fsync || !is_one_disk(repo))
		return 0;
	if (!repo->stored && add_store(repo) < 0)
		return repo_fail(err, KITH_FAILED, "cannot store objects in the repository");
	repo->stored = true;
	return mkdir(repo->store, 0777) < 0 ? kith_fail_errno(err, "cannot make %s", repo->store)
					    : 0;
}

static void sync_stored(void *context, size_t worker)
{
	struct store_sync *sync = context;
	size_t from, to;
	parallel_part(sync->files->count, sync->threads, worker, &from, &to);
	for (size_t i = from; i < to; i++) {
		int fd = openat(sync->folder, sync->files->items[i].path.p, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || fsync(fd) < 0)
			sync->causes[worker] = errno;
		if (fd >= 0)
			close(fd);
	}
}

/* An errno, or 0. */
static int sync_all_stored(int folder, const struct fs_list *files)
{
	struct store_sync sync = {.folder = folder, .files = files};
	sync.threads = files->count < STORE_THREADS ? files->count : (size_t)STORE_THREADS;
	if (sync.threads > 0)
		parallel_run(sync.threads, sync_stored, &sync);
	for (size_t i = 0; i < sync.threads; i++)
		if (sync.causes[i])
			return sync.causes[i];
	return 0;
}

/* `ab/cdef...` goes to the same place below objects. An errno, or 0. */
static int place_stored(const struct git_repo *repo, const struct fs_list *files,
			struct arena *arena)
{
	const char *objects = git_repository_commondir(repo->handle);
	for (size_t i = 0; i < files->count; i++) {
		const char *path = files->items[i].path.p;
		const char *above = arena_printf(arena, "%sobjects/%.2s", objects, path).p;
		if (mkdir(above, 0777) < 0 && errno != EEXIST)
			return errno;
		if (rename(arena_printf(arena, "%s/%s", repo->store, path).p,
			   arena_printf(arena, "%sobjects/%s", objects, path).p) < 0)
			return errno;
	}
	return 0;
}

int store_publish(const struct git_repo *repo, struct kith_error *err)
{
	struct arena arena;
	struct fs_list files = {0};
	if (!repo->stored)
		return 0;
	arena_init(&arena);
	int folder = open(repo->store, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int cause = folder < 0 ? errno : 0, rc = 0;
	if (!cause)
		rc = fs_walk(folder, ".", NULL, NULL, &arena, &files, NULL, err);
	if (!cause && rc == 0)
		cause = sync_all_stored(folder, &files);
	const mode_t mask = share_begin(repo);
	if (!cause && rc == 0)
		cause = place_stored(repo, &files, &arena);
	share_end(mask);
	errno = cause;
	if (cause)
		rc = kith_fail_errno(err, "cannot store objects in the repository %s",
				     git_repository_path(repo->handle));
	fs_list_release(&files);
	if (folder >= 0)
		close(folder);
	arena_release(&arena);
	return rc;
}
