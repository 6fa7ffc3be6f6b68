#include "git/worktree.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/content.h"
#include "git/gitconfig.h"
#include "git/program.h"

const char *worktree_path(const struct git_repo *repo)
{
	return git_repository_workdir(repo->handle);
}

enum git_state worktree_state(const struct git_repo *repo)
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

/* A path with what there is to say of it; one may come up twice. */
struct status_item {
	const char *path;
	bool changed, untracked;
};

struct status_list {
	struct status_item *items;
	size_t count, cap;
	struct arena arena;
};

static void add_found(struct status_list *list, struct str path, bool changed, bool untracked)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] =
	    (struct status_item){arena_str(&list->arena, path).p, changed, untracked};
}

static void clear_found(struct status_list *list)
{
	arena_release(&list->arena);
	arena_init(&list->arena);
	list->count = 0;
}

static const char *entry_path(const git_status_entry *entry)
{
	return entry->head_to_index ? entry->head_to_index->new_file.path
				    : entry->index_to_workdir->new_file.path;
}

/* False where git has to be asked. */
static bool read_status_entry(struct status_list *list, const struct git_repo *repo,
			      const git_status_entry *entry)
{
	unsigned what = entry->status & ~(unsigned)GIT_STATUS_IGNORED;
	const char *path = entry_path(entry);
	if ((what & GIT_STATUS_WT_MODIFIED) && content_is_foreign(repo, path))
		return false;
	/* libgit2 does not know that a file may be left out. */
	if ((what & GIT_STATUS_WT_DELETED) &&
	    gitconfig_bool(repo->handle, "core.sparseCheckout", false))
		return false;
	if (what)
		add_found(list, str_of(path), what != GIT_STATUS_WT_NEW,
			  (what & GIT_STATUS_WT_NEW) != 0);
	return true;
}

static bool read_status(struct status_list *list, const struct git_repo *repo, const char *folder)
{
	git_status_options options = {
	    .version = GIT_STATUS_OPTIONS_VERSION,
	    .show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR,
	    .flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
		     GIT_STATUS_OPT_EXCLUDE_SUBMODULES | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH,
	};
	git_status_list *found = NULL;
	/* A text of the arena may be written to, as git_strarray asks. */
	char *pattern = arena_copy(&list->arena, folder, strlen(folder) + 1, 1);
	if (*folder)
		options.pathspec = (git_strarray){&pattern, 1};
	bool good = git_status_list_new(&found, repo->handle, &options) == 0;
	for (size_t i = 0; good && i < git_status_list_entrycount(found); i++)
		good = read_status_entry(list, repo, git_status_byindex(found, i));
	git_status_list_free(found);
	return good;
}

/* git-status(1), "Porcelain Format Version 1": two letters, a blank, the path, NUL. */
static int read_status_by_git(struct status_list *list, const struct git_repo *repo,
			      const char *folder, struct kith_error *err)
{
	struct buf out;
	const char *args[] = {"status",
			      "--porcelain=v1",
			      "-z",
			      "--untracked-files=all",
			      "--no-renames",
			      "--ignore-submodules=all",
			      "--",
			      *folder ? folder : ".",
			      NULL};
	buf_init(&out, 0);
	struct program_call call = {.repo = repo, .out = &out};
	int rc = program_run(&call, args, "cannot find out what is not committed", err);
	for (struct str rest = buf_str(&out); rc == 0 && rest.n > 3;) {
		size_t n = str_find_char(rest, '\0');
		bool untracked = str_starts(rest, STR("??"));
		if (n > 3 && rest.p[0] != '!')
			add_found(list, str_slice(rest, 3, n), !untracked, untracked);
		rest = str_from(rest, n + 1);
	}
	buf_release(&out);
	return rc;
}

static int compare_found_paths(const void *a, const void *b)
{
	const struct status_item *x = a, *y = b;
	return strcmp(x->path, y->path);
}

/* Sorted, each path once. */
static void sort_found(struct status_list *list)
{
	size_t kept = 0;
	if (list->count > 0)
		qsort(list->items, list->count, sizeof(*list->items), compare_found_paths);
	for (size_t i = 0; i < list->count; i++) {
		struct status_item *last = kept > 0 ? &list->items[kept - 1] : NULL;
		if (last && compare_found_paths(last, &list->items[i]) == 0) {
			last->changed |= list->items[i].changed;
			last->untracked |= list->items[i].untracked;
		} else {
			list->items[kept++] = list->items[i];
		}
	}
	list->count = kept;
}

static int found_read(struct status_list *list, const struct git_repo *repo, const char *folder,
		      struct kith_error *err)
{
	struct str below = str_of(folder);
	struct arena arena;
	int rc = 0;
	while (str_ends(below, STR("/")))
		below.n--;
	arena_init(&arena);
	arena_init(&list->arena);
	const char *path = arena_str(&arena, below).p;
	repo_enter(repo);
	if (!read_status(list, repo, path)) {
		clear_found(list);
		rc = read_status_by_git(list, repo, path, err);
	}
	sort_found(list);
	arena_release(&arena);
	return rc;
}

static void found_release(struct status_list *list)
{
	free(list->items);
	arena_release(&list->arena);
}

int worktree_pending(struct git_repo *repo, const char *folder, struct git_pending *out,
		     struct kith_error *err)
{
	struct status_list list = {0};
	*out = (struct git_pending){0};
	int rc = found_read(&list, repo, folder, err);
	for (size_t i = 0; rc == 0 && i < list.count; i++) {
		out->changed += list.items[i].changed;
		out->untracked += list.items[i].untracked;
	}
	found_release(&list);
	return rc;
}

int worktree_changed(struct git_repo *repo, const char *folder, git_changed *visit, void *context,
		     struct kith_error *err)
{
	struct status_list list = {0};
	int rc = found_read(&list, repo, folder, err);
	for (size_t i = 0; rc == 0 && i < list.count; i++)
		visit(context, list.items[i].path, list.items[i].changed);
	found_release(&list);
	return rc;
}

static bool is_tracked_by_git(const struct git_repo *repo, const char *path)
{
	const char *args[] = {"ls-files", "--error-unmatch", "--", path, NULL};
	int status = 1;
	struct program_call call = {.repo = repo, .status = &status};
	return program_run(&call, args, "", NULL) == 0 && status == 0;
}

static bool is_tracked(const struct git_repo *repo, const char *path)
{
	git_index *index = NULL;
	if (git_repository_index(&index, repo->handle) < 0 || git_index_read(index, 0) < 0) {
		git_index_free(index);
		return is_tracked_by_git(repo, path);
	}
	bool found = git_index_find(NULL, index, path) == 0;
	git_index_free(index);
	return found;
}

bool worktree_ignored(const struct git_repo *repo, const char *path)
{
	int ignored = 0;
	repo_enter(repo);
	return git_ignore_path_is_ignored(&ignored, repo->handle, path) == 0 && ignored &&
	       !is_tracked(repo, path);
}
