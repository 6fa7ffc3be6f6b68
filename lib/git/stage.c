#include "git/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"

#define LOCK      "index.lock"
#define INDEX_MAX ((size_t)1 << 31)

static int try_lock_index(struct stage *s)
{
	hold_block(s->hold);
	s->held = hold_lock(s->hold, LOCK) == 0;
	if (s->held)
		return 0;
	int cause = errno;
	hold_unblock(s->hold);
	errno = cause;
	return -1;
}

/* The private file, and libgit2's lock of it, which a run that was killed may have left. */
static void remove_copy(const struct stage *s)
{
	unlink(s->copy);
	unlink(arena_printf(&s->hold->arena, "%s.lock", s->copy).p);
}

static int write_copy(const struct stage *s, struct str bytes)
{
	int fd = open(s->copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return -1;
	int rc = fs_write_all(fd, bytes), cause = errno;
	if (close(fd) < 0 && rc == 0)
		return -1;
	errno = cause;
	return rc;
}

/* A second name for the file will do, where there can be one: it is replaced, never written to. */
static int copy_index(const struct stage *s, struct kith_error *err)
{
	struct buf bytes;
	remove_copy(s);
	if (linkat(AT_FDCWD, s->path, AT_FDCWD, s->copy, AT_SYMLINK_FOLLOW) == 0 || errno == ENOENT)
		return 0;
	buf_init(&bytes, INDEX_MAX);
	int cause = fs_load(AT_FDCWD, s->path, INDEX_MAX, &bytes), rc = 0;
	errno = cause;
	if (cause)
		rc = kith_fail_errno(err, "cannot read git's index %s", s->path);
	else if (write_copy(s, buf_str(&bytes)) < 0)
		rc = kith_fail_errno(err, "cannot write %s", s->copy);
	buf_release(&bytes);
	return rc;
}

/* What libgit2 1.5 cannot read, by its words (there are no codes), and what makes it readable. */
static int fail_index(struct kith_error *err)
{
	static const struct {
		const char *words, *what, *command;
	} forms[] = {
	    {"mandatory extension: 'link'", "git's index is split",
	     "git config core.splitIndex false && git update-index --no-split-index"},
	    {"mandatory extension: 'sdir'", "git's index is sparse",
	     "git sparse-checkout reapply --no-sparse-index"},
	    {"checksum does not match", "git's index is damaged, or has no checksum",
	     "git config index.skipHash false && git update-index --force-write-index"},
	};
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (strstr(repo_reason(), forms[i].words))
			return kith_fail(
			    err, KITH_UNSUPPORTED,
			    "%s, which libgit2 cannot read; to make it plain, type: %s",
			    forms[i].what, forms[i].command);
	return repo_fail(err, KITH_FAILED, "cannot read git's index");
}

int stage_read(struct stage *s, struct kith_error *err)
{
	git_index_free(s->index);
	s->index = NULL;
	s->edited = false;
	if (copy_index(s, err))
		return -1;
	if (git_index_open(&s->index, s->copy) < 0)
		return fail_index(err);
	if (git_index_has_conflicts(s->index))
		return kith_fail(err, KITH_FAILED,
				 "there are unresolved conflicts in the repository; resolve and "
				 "git add them first (git status shows them)");
	return 0;
}

int stage_lock(struct stage *s, struct hold *hold, const struct git_repo *repo,
	       struct kith_error *err)
{
	*s = (struct stage){.hold = hold, .repo = repo};
	s->path = arena_printf(&hold->arena, "%sindex", hold->folder).p;
	s->copy = arena_printf(&hold->arena, "%skith-index", hold->folder).p;
	for (unsigned try = 0; try_lock_index(s) != 0; try++) {
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
	return stage_read(s, err);
}

void stage_release(struct stage *s)
{
	git_index_free(s->index);
	if (s->held) {
		remove_copy(s);
		hold_unlock(s->hold, LOCK);
	}
	*s = (struct stage){0};
}

/* ---- Entries ---- */

const git_index_entry *stage_find(const struct stage *s, const char *path)
{
	return git_index_get_bypath(s->index, path, 0);
}

git_oid stage_id(const git_index_entry *entry)
{
	bool none = !entry || (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
	return none ? (git_oid){{0}} : entry->id;
}

bool stage_blocks(const struct stage *s, const char *path)
{
	struct arena arena;
	arena_init(&arena);
	const char *below = arena_printf(&arena, "%s/", path).p;
	bool blocks = git_index_find_prefix(NULL, s->index, below) == 0;
	for (const char *p = strchr(path, '/'); p && !blocks; p = strchr(p + 1, '/'))
		blocks = stage_find(s, arena_str(&arena, (struct str){path, (size_t)(p - path)}).p);
	arena_release(&arena);
	return blocks;
}

static void note_file(git_index_entry *entry, const struct stat *st)
{
	entry->ctime = (git_index_time){(int32_t)st->st_ctim.tv_sec, (uint32_t)st->st_ctim.tv_nsec};
	entry->mtime = (git_index_time){(int32_t)st->st_mtim.tv_sec, (uint32_t)st->st_mtim.tv_nsec};
	entry->dev = (uint32_t)st->st_dev;
	entry->ino = (uint32_t)st->st_ino;
	entry->uid = st->st_uid;
	entry->gid = st->st_gid;
	entry->file_size = (uint32_t)st->st_size;
}

int stage_put(struct stage *s, const char *path, const git_oid *id, uint32_t mode,
	      const struct stat *st, struct kith_error *err)
{
	const git_index_entry *old = stage_find(s, path);
	git_index_entry entry = {.path = path, .id = *id, .mode = mode};
	int rc = 0;
	s->edited = true;
	if (old) {
		entry.flags = old->flags & GIT_INDEX_ENTRY_VALID;
		entry.flags_extended = old->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
	}
	if (st)
		note_file(&entry, st);
	if (!git_oid_is_zero(id))
		rc = git_index_add(s->index, &entry);
	else if (old)
		rc = git_index_remove(s->index, path, 0);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot change git's index for %s", path) : 0;
}

/* ---- Writing ---- */

/*
 * The new index gets the old one's time of change: git takes an entry whose
 * file is not older than the index for possibly changed (racy-git(7)), and a
 * later time would turn such an entry into an unchanged one.
 */
static int keep_attributes(const struct stage *s)
{
	struct stat st;
	if (stat(s->path, &st) != 0)
		return errno == ENOENT ? 0 : -1;
	const struct timespec times[2] = {st.st_atim, st.st_mtim};
	return chmod(s->copy, st.st_mode & 07777) < 0 || utimensat(AT_FDCWD, s->copy, times, 0) < 0
		   ? -1
		   : 0;
}

/* libgit2 syncs what it writes, but the index. */
static int sync_copy(const struct stage *s)
{
	int fd = open(s->copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return -1;
	int rc = fsync(fd), cause = errno;
	close(fd);
	errno = cause;
	return rc;
}

int stage_prepare(struct stage *s, struct kith_error *err)
{
	if (!s->edited)
		return 0;
	if (git_index_write(s->index) < 0)
		return repo_fail(err, KITH_FAILED, "cannot write the index %s", s->copy);
	return keep_attributes(s) < 0 || (s->repo->around.fsync && sync_copy(s) < 0)
		   ? kith_fail_errno(err, "cannot write %s", s->copy)
		   : 0;
}

int stage_publish(struct stage *s, struct kith_error *err)
{
	if (!s->edited)
		return 0;
	s->edited = false;
	if (rename(s->copy, s->path) < 0)
		return kith_fail_errno(err, "cannot replace %s", s->path);
	return 0;
}

int stage_copy_tree(struct stage *s, const git_oid *id, struct kith_error *err)
{
	git_tree *tree = NULL;
	git_index *index = NULL;
	if (copy_index(s, err))
		return -1;
	int rc = git_tree_lookup(&tree, s->repo->handle, id);
	if (rc == 0)
		rc = git_index_open(&index, s->copy);
	if (rc == 0)
		rc = git_index_read_tree(index, tree);
	if (rc == 0)
		rc = git_index_write(index);
	git_index_free(index);
	git_tree_free(tree);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot write the index for git commit") : 0;
}
