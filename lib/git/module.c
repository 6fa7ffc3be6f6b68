/* The module's one symbol: all else is hidden. */
#include "git/change.h"
#include "git/diff.h"
#include "git/history.h"
#include "git/status.h"
#include "git/worktree.h"

static const struct git_api api = {
    .open = repo_open,
    .init = repo_init,
    .close = repo_close,
    .workdir = status_workdir,
    .state = status_state,
    .ignored = worktree_ignored,
    .begin = change_begin,
    .recovered = change_recovered,
    .read = change_read,
    .commit = change_commit,
    .end = change_end,
    .pending = worktree_pending,
    .changed = worktree_changed,
    .find = history_find,
    .walk = history_walk,
    .blob = history_blob,
    .diff = diff_text,
    .hunks = diff_hunks,
};

__attribute__((visibility("default"))) extern const struct git_module kith_git_module;
const struct git_module kith_git_module = {GIT_MODULE_ABI, &api};
