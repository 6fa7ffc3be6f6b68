/* The module's one symbol: all else is hidden. */
#include "git/commit.h"
#include "git/status.h"

static const struct git_api api = {
    .open = repo_open,
    .init = repo_init,
    .close = repo_close,
    .workdir = status_workdir,
    .state = status_state,
    .ignored = status_ignored,
    .commit = commit_files,
    .pending = status_pending,
};

__attribute__((visibility("default"))) extern const struct git_module kith_git_module;
const struct git_module kith_git_module = {GIT_MODULE_ABI, &api};
