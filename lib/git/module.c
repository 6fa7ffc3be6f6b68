/* The module's one symbol: all else is hidden. */
#include "git/diff.h"
#include "git/driver.h"
#include "git/gitcommit.h"
#include "git/history.h"
#include "git/identity.h"
#include "git/merge.h"
#include "git/past.h"
#include "git/remote.h"
#include "git/sum.h"
#include "git/transaction.h"
#include "git/worktree.h"

static const struct git_api api = {
    .open = repo_open,
    .init = repo_init,
    .close = repo_close,
    .workdir = worktree_path,
    .state = worktree_standing,
    .ignored = worktree_ignored,
    .check_known = worktree_check_known,
    .begin = transaction_begin,
    .recovered = transaction_recovered,
    .read = transaction_read,
    .commit = transaction_commit,
    .end = transaction_end,
    .finish_merge = gitcommit_merge,
    .changed = worktree_changed,
    .email = identity_email,
    .find = history_find,
    .walk = history_walk,
    .look_back = past_find,
    .unpack = past_unpack,
    .blob = history_blob,
    .sum = sum_of_delta,
    .diff = diff_text,
    .hunks = diff_hunks,
    .remote = remote_find,
    .add_remote = remote_add,
    .remove_remote = remote_remove,
    .is_public = remote_is_public,
    .fetch = remote_fetch,
    .push = remote_push,
    .between = history_between,
    .merge_trees = merge_trees,
    .merge_commit = merge_commit,
    .advance = merge_advance,
    .fast_forward = merge_fast_forward,
    .tell_merge = merge_tell_hook,
    .branches = remote_branches,
    .note_sync = remote_note,
    .last_sync = remote_noted,
    .set_driver = driver_set,
    .has_driver = driver_is_set,
    .merge_lines = driver_merge_lines,
};

__attribute__((visibility("default"))) extern const struct git_module kith_git_module;
const struct git_module kith_git_module = {GIT_MODULE_ABI, &api};
