/*
 * The module's one symbol: all else is hidden. What reads and writes objects,
 * references or the index is done by the git program where libgit2 does not
 * know the repository's format.
 */
#include "git/backend.h"
#include "git/change.h"
#include "git/diff.h"
#include "git/history.h"
#include "git/status.h"
#include "git/walk.h"
#include "git/worktree.h"

static int begin(struct git_change **out, struct git_repo *repo, struct kith_error *err)
{
	return repo->program ? backend_begin(out, repo, err) : change_begin(out, repo, err);
}

static int read_copy(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		     struct buf *out, bool *there, struct kith_error *err)
{
	return change->repo->program ? backend_read(change, copy, path, max, out, there, err)
				     : change_read(change, copy, path, max, out, there, err);
}

static int commit(struct git_change *change, const struct git_file *files, size_t count,
		  const struct git_message *message, struct git_outcome *outcome,
		  struct kith_error *err)
{
	return change->repo->program ? backend_commit(change, files, count, message, outcome, err)
				     : change_commit(change, files, count, message, outcome, err);
}

static void end(struct git_change *change)
{
	if (change && change->repo->program)
		backend_end(change);
	else
		change_end(change);
}

static int find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		struct kith_error *err)
{
	return repo->program ? backend_find(repo, name, id, err)
			     : history_find(repo, name, id, err);
}

static int walk(struct git_repo *repo, const struct git_walk *how, git_visit *visit, void *context,
		struct kith_error *err)
{
	return repo->program ? backend_walk(repo, how, visit, context, err)
			     : walk_commits(repo, how, visit, context, err);
}

static int blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		struct buf *out, struct kith_error *err)
{
	return repo->program ? backend_blob(repo, id, path, max, out, err)
			     : history_blob(repo, id, path, max, out, err);
}

static const struct git_api api = {
    .open = repo_open,
    .init = repo_init,
    .close = repo_close,
    .workdir = status_workdir,
    .state = status_state,
    .ignored = worktree_ignored,
    .begin = begin,
    .recovered = change_recovered,
    .read = read_copy,
    .commit = commit,
    .end = end,
    .pending = worktree_pending,
    .changed = worktree_changed,
    .find = find,
    .walk = walk,
    .blob = blob,
    .diff = diff_text,
    .hunks = diff_hunks,
};

__attribute__((visibility("default"))) extern const struct git_module kith_git_module;
const struct git_module kith_git_module = {GIT_MODULE_ABI, &api};
