#include "git/status.h"

const char *status_workdir(const struct git_repo *repo)
{
	return git_repository_workdir(repo->handle);
}

enum git_state status_state(const struct git_repo *repo)
{
	repo_enter(repo);
	switch (git_repository_state(repo->handle)) {
	case GIT_REPOSITORY_STATE_NONE:
		return GIT_CLEAN;
	case GIT_REPOSITORY_STATE_MERGE:
		return GIT_MERGING;
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return GIT_REVERTING;
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return GIT_CHERRY_PICKING;
	case GIT_REPOSITORY_STATE_BISECT:
		return GIT_BISECTING;
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
		return GIT_APPLYING;
	default:
		return GIT_REBASING;
	}
}
