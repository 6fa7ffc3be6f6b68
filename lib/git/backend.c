#include "git/backend.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "git/backend_recover.h"
#include "git/carry.h"
#include "git/config.h"
#include "git/filter.h"
#include "git/identity.h"
#include "git/plan.h"
#include "git/plumbing.h"
#include "git/status.h"
#include "git/worktree.h"

static struct backend_change *whole(struct git_change *change)
{
	return (struct backend_change *)change;
}

/* ---- Working out ---- */

static unsigned fresh_mode(const struct backend_change *c, const char *path)
{
	struct stat st;
	bool runs = fstatat(c->base.workdir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && (st.st_mode & S_IXUSR);
	return runs && config_bool(c->base.repo->handle, "core.fileMode", true) ? 0100755 : 0100644;
}

/* commits: HEAD or the index is to have the file. */
static int look(struct work_file *to, bool commits, const struct backend_change *c,
		struct kith_error *err)
{
	const struct git_repo *repo = c->base.repo;
	struct plumbing_view head = {0}, index;
	if ((c->head[0] && plumbing_look_commit(&head, repo, c->head, to->path, err)) ||
	    plumbing_look_index(&index, repo, to->path, err))
		return -1;
	if ((head.mode && plan_check_mode(head.mode, to->path, "HEAD", err)) ||
	    (index.mode && plan_check_mode(index.mode, to->path, "the index", err)))
		return -1;
	if (commits && !head.mode && !index.mode && worktree_ignored(repo, to->path))
		return kith_fail(err, KITH_INVALID,
				 "git ignores %s (.gitignore), so it cannot be committed",
				 to->path);
	work_set_id(to->head_old, head.mode ? head.id : WORK_NONE);
	work_set_id(to->index_old, index.mode && !index.intent ? index.id : WORK_NONE);
	to->head_mode = head.mode ? head.mode : index.mode ? index.mode : fresh_mode(c, to->path);
	to->index_mode = index.mode ? index.mode : to->head_mode;
	to->index_flags = (index.assumed ? WORK_ASSUMED : 0) | (index.skipped ? WORK_SKIPPED : 0);
	return 0;
}

static bool same_slice(struct str a, struct str b)
{
	return a.p == b.p && a.n == b.n;
}

static int store(char id[GIT_ID_SIZE], const struct git_repo *repo, const char *path,
		 struct str bytes, struct kith_error *err)
{
	if (bytes.p)
		return filter_store(id, repo, path, bytes, err);
	work_set_id(id, WORK_NONE);
	return 0;
}

static int work_file_make(struct work_file *to, const struct git_file *file,
			  const struct backend_change *c, struct kith_error *err)
{
	const struct git_repo *repo = c->base.repo;
	*to =
	    (struct work_file){.path = file->path, .moves = !same_slice(file->before, file->after)};
	if (plan_check_path(file->path, err) || look(to, file->head.p || file->index.p, c, err))
		return -1;
	work_sum(to->before, file->before);
	work_set_id(to->after, WORK_NONE);
	if (to->moves && file->after.p && plumbing_store(to->after, repo, file->after, err))
		return -1;
	if (store(to->head_new, repo, file->path, file->head, err))
		return -1;
	if (file->head.p && file->index.p && str_eq(file->head, file->index)) {
		work_set_id(to->index_new, to->head_new);
		return 0;
	}
	return store(to->index_new, repo, file->path, file->index, err);
}

static int work_make(struct work *work, const struct backend_change *c,
		     const struct git_file *files, size_t count, const struct git_message *message,
		     struct arena *arena, struct kith_error *err)
{
	*work = (struct work){.files = ARENA_ARRAY(arena, struct work_file, count + 1),
			      .count = count,
			      .no_verify = message->no_verify};
	work->ref = c->ref;
	work_set_id(work->head, c->head[0] ? c->head : WORK_NONE);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i; j++)
			if (strcmp(files[i].path, files[j].path) == 0)
				return kith_fail(err, KITH_INVALID, "%s is given twice",
						 files[i].path);
		if (work_file_make(&work->files[i], &files[i], c, err))
			return -1;
	}
	return plumbing_store(work->message, c->base.repo, str_of(message->text), err);
}

/* All of them, or none. */
static int write_files(const struct backend_change *c, const struct git_file *files, size_t count,
		       struct kith_error *err)
{
	int rc = 0;
	size_t done = 0;
	for (; rc == 0 && done < count; done++) {
		const struct git_file *file = &files[done];
		if (!same_slice(file->before, file->after))
			rc =
			    carry_file(c->base.workdir, file->path, file->before, file->after, err);
	}
	if (rc == 0)
		return 0;
	for (size_t i = done - 1; i-- > 0;)
		if (!same_slice(files[i].before, files[i].after))
			carry_file(c->base.workdir, files[i].path, files[i].after, files[i].before,
				   NULL);
	return -1;
}

int backend_commit(struct git_change *change, const struct git_file *files, size_t count,
		   const struct git_message *message, struct git_outcome *outcome,
		   struct kith_error *err)
{
	struct backend_change *c = whole(change);
	const char *folder = git_repository_path(c->base.repo->handle);
	struct work work;
	*outcome = (struct git_outcome){.written = false};
	repo_enter(c->base.repo);
	if (change->spent)
		return kith_fail(err, KITH_INVALID, "this change was committed already");
	change->spent = true;
	if (work_make(&work, c, files, count, message, &c->base.arena, err) ||
	    backend_prepare(c, &work, err) || work_write(&work, folder, err))
		return -1;
	int rc = write_files(c, files, count, err);
	outcome->written = rc == 0;
	if (rc == 0)
		rc = backend_finish(c, &work, str_of(message->text), outcome->id, err);
	work_clear(folder);
	return rc;
}

/* ---- Beginning and end ---- */

static int lock_index(struct backend_change *c, struct kith_error *err)
{
	struct hold *hold = &c->base.hold;
	hold_block(hold);
	for (unsigned try = 0; hold_lock(hold, hold->folder, "index.lock") < 0; try++) {
		if (errno != EEXIST)
			return kith_fail_errno(err, "cannot lock the index by %s.lock", c->index);
		if (!hold_wait(try))
			return kith_fail(err, KITH_BUSY,
					 "another git program is at work in this repository: it "
					 "holds %s.lock. Try again when it is done. If none is "
					 "running, a crash left that file there: remove it",
					 c->index);
	}
	c->locked = true;
	return 0;
}

static int check_state(const struct backend_change *c, struct kith_error *err)
{
	const char *words = git_state_words(status_state(c->base.repo));
	bool conflicts = false;
	if (words)
		return kith_fail(err, KITH_FAILED,
				 "the repository is in the middle of %s; finish or abort it first "
				 "(git status says how)",
				 words);
	if (plumbing_conflicts(&conflicts, c->base.repo, err))
		return -1;
	return conflicts ? kith_fail(err, KITH_FAILED,
				     "there are unresolved conflicts in the repository; resolve "
				     "them and commit first (git status shows them)")
			 : 0;
}

static int begin(struct backend_change *c, struct kith_error *err)
{
	struct git_repo *repo = c->base.repo;
	struct arena *arena = &c->base.arena;
	const char *folder = git_repository_path(repo->handle);
	c->index = arena_printf(arena, "%sindex", folder).p;
	c->next_index = arena_printf(arena, "%skith-index", folder).p;
	c->scratch = arena_printf(arena, "%skith-commit-index", folder).p;
	c->base.workdir =
	    open(git_repository_workdir(repo->handle), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->base.workdir < 0)
		return kith_fail_errno(err, "cannot open the work tree");
	if (identity_find(&c->base.author, &c->base.committer, repo, err) ||
	    hold_take(&c->base.hold, repo, err) || lock_index(c, err) || check_state(c, err) ||
	    backend_head(c->head, repo, err) || backend_branch(&c->ref, repo, arena, err))
		return -1;
	return backend_recover(c, err);
}

int backend_begin(struct git_change **out, struct git_repo *repo, struct kith_error *err)
{
	struct backend_change *c = mem_zalloc(1, sizeof(*c));
	*out = NULL;
	c->base.repo = repo;
	c->base.workdir = -1;
	arena_init(&c->base.arena);
	repo_enter(repo);
	if (begin(c, err)) {
		backend_end(&c->base);
		return -1;
	}
	*out = &c->base;
	return 0;
}

static void remove_index(const char *path, struct arena *arena)
{
	if (!path)
		return;
	unlink(path);
	unlink(arena_printf(arena, "%s.lock", path).p);
}

void backend_end(struct git_change *change)
{
	if (!change)
		return;
	struct backend_change *c = whole(change);
	if (c->locked) {
		remove_index(c->next_index, &change->arena);
		remove_index(c->scratch, &change->arena);
		hold_unlock(&change->hold, change->hold.folder, "index.lock");
	}
	hold_release(&change->hold);
	git_signature_free(change->author);
	git_signature_free(change->committer);
	if (change->workdir >= 0)
		close(change->workdir);
	arena_release(&change->arena);
	free(c);
}

int backend_read(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		 struct buf *out, bool *there, struct kith_error *err)
{
	const struct backend_change *c = whole(change);
	struct plumbing_view view = {0};
	bool head = copy == GIT_COPY_HEAD;
	buf_clear(out);
	*there = false;
	repo_enter(change->repo);
	if (plan_check_path(path, err))
		return -1;
	int rc = 0;
	if (!head)
		rc = plumbing_look_index(&view, change->repo, path, err);
	else if (c->head[0])
		rc = plumbing_look_commit(&view, change->repo, c->head, path, err);
	if (rc || !view.mode)
		return rc;
	if (plan_check_mode(view.mode, path, head ? "HEAD" : "the index", err))
		return -1;
	*there = !view.intent;
	return view.intent ? 0 : filter_show(out, change->repo, view.id, path, max, err);
}
