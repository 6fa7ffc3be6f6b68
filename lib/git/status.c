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

static bool tracked(git_repository *handle, const char *path)
{
	git_index *index = NULL;
	bool found = git_repository_index(&index, handle) == 0 && git_index_read(index, 0) == 0 &&
		     git_index_find(NULL, index, path) == 0;
	git_index_free(index);
	return found;
}

bool status_ignored(const struct git_repo *repo, const char *path)
{
	int ignored = 0;
	repo_enter(repo);
	return git_ignore_path_is_ignored(&ignored, repo->handle, path) == 0 && ignored &&
	       !tracked(repo->handle, path);
}

static void count(struct git_pending *out, const git_status_entry *entry)
{
	if (entry->status & GIT_STATUS_WT_NEW)
		out->untracked++;
	if (entry->status & ~(unsigned)(GIT_STATUS_WT_NEW | GIT_STATUS_IGNORED))
		out->changed++;
}

int status_pending(struct git_repo *repo, const char *folder, struct git_pending *out,
		   struct kith_error *err)
{
	git_status_options options = {
	    .version = GIT_STATUS_OPTIONS_VERSION,
	    .show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR,
	    .flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
		     GIT_STATUS_OPT_EXCLUDE_SUBMODULES | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH,
	};
	git_status_list *list = NULL;
	struct arena arena;
	struct str below = str_of(folder);
	*out = (struct git_pending){0};
	repo_enter(repo);
	arena_init(&arena);
	while (str_ends(below, STR("/")))
		below.n--;
	/* A text of the arena may be written to, as git_strarray asks. */
	char *pattern = arena_bytes(&arena, below.n + 1);
	memcpy(pattern, below.p, below.n);
	pattern[below.n] = '\0';
	if (below.n > 0)
		options.pathspec = (git_strarray){&pattern, 1};
	int rc = git_status_list_new(&list, repo->handle, &options);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot find out what is not committed");
	for (size_t i = 0; rc == 0 && i < git_status_list_entrycount(list); i++)
		count(out, git_status_byindex(list, i));
	git_status_list_free(list);
	arena_release(&arena);
	return rc < 0 ? -1 : 0;
}
