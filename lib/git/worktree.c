#include "git/worktree.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/fs.h"
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

enum git_state worktree_standing(const struct git_repo *repo)
{
	enum git_state state = worktree_state(repo);
	git_index *index = NULL;
	if (state == GIT_CLEAN && git_repository_index(&index, repo->handle) == 0 &&
	    git_index_has_conflicts(index))
		state = GIT_CONFLICTED;
	git_index_free(index);
	return state;
}

struct status_item {
	const char *path;
	enum git_difference what;
};

struct status_list {
	struct status_item *items;
	size_t count, cap;
	struct arena arena;
};

/* But another repository, which is a folder here. */
static void add_found(struct status_list *list, struct str path, enum git_difference what)
{
	if (str_ends(path, STR("/")))
		return;
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = (struct status_item){arena_str(&list->arena, path).p, what};
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

#define IN_WORK_TREE                                                                               \
	(GIT_STATUS_WT_NEW | GIT_STATUS_WT_MODIFIED | GIT_STATUS_WT_DELETED |                      \
	 GIT_STATUS_WT_UNREADABLE)

/* What a commit of the whole file would change. libgit2 goes by the size, as git does, also where
 * only line ends differ that it would convert. */
static enum git_difference weigh_entry(git_repository *handle, const git_status_entry *entry)
{
	const git_diff_delta *staged = entry->head_to_index, *work = entry->index_to_workdir;
	git_oid has = {{0}};
	if (entry->status == GIT_STATUS_WT_NEW)
		return GIT_UNKNOWN;
	if (entry->status & (GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_CONFLICTED))
		return GIT_DIFFERS;
	const git_oid *had = staged ? &staged->old_file.id : &work->old_file.id;
	if (!(entry->status & IN_WORK_TREE))
		has = staged->new_file.id;
	else if (!(entry->status & GIT_STATUS_WT_DELETED) &&
		 git_repository_hashfile(&has, handle, entry_path(entry), GIT_OBJECT_BLOB, NULL) <
		     0)
		return GIT_DIFFERS;
	return git_oid_equal(had, &has) ? GIT_BESIDE : GIT_DIFFERS;
}

/* False where git has to be asked. */
static bool read_status_entry(struct status_list *list, const struct git_repo *repo,
			      const git_status_entry *entry)
{
	const char *path = entry_path(entry);
	if ((entry->status & GIT_STATUS_WT_MODIFIED) && content_is_foreign(repo, path))
		return false;
	/* libgit2 does not know that a file may be left out. */
	if ((entry->status & GIT_STATUS_WT_DELETED) &&
	    gitconfig_bool(repo->handle, "core.sparseCheckout", false))
		return false;
	if (entry->status != GIT_STATUS_IGNORED)
		add_found(list, str_of(path), weigh_entry(repo->handle, entry));
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

/* The next of git's texts, each with NUL after it. */
static struct str take_text(struct str *rest)
{
	size_t n = str_find_char(*rest, '\0');
	struct str text = str_upto(*rest, n);
	*rest = str_from(*rest, n + 1);
	return text;
}

/* A list of paths that git prints, with NUL after each. */
static int read_paths(struct status_list *list, const struct git_repo *repo,
		      const char *const *args, enum git_difference what, struct kith_error *err)
{
	struct buf out;
	buf_init(&out, 0);
	struct program_call call = {.repo = repo, .out = &out};
	int rc = program_run(&call, args, "cannot find out what is not committed", err);
	for (struct str rest = buf_str(&out); rc == 0 && rest.n > 0;)
		add_found(list, take_text(&rest), what);
	buf_release(&out);
	return rc;
}

/* git-diff(1) takes no file for changed that is stored as it was. */
static int read_status_by_git(struct status_list *list, const struct git_repo *repo,
			      const char *folder, struct kith_error *err)
{
	const char *no_files = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
	const char *below = *folder ? folder : ".";
	const char *changed[] = {"-c",
				 "core.fileMode=false",
				 "diff",
				 "--name-only",
				 "-z",
				 "--no-renames",
				 "--no-relative",
				 "--ignore-submodules=all",
				 git_repository_head_unborn(repo->handle) == 1 ? no_files : "HEAD",
				 "--",
				 below,
				 NULL};
	const char *others[] = {"ls-files", "-z",  "--others", "--exclude-standard",
				"--",       below, NULL};
	return read_paths(list, repo, changed, GIT_DIFFERS, err) ||
	       read_paths(list, repo, others, GIT_UNKNOWN, err);
}

static int compare_found(const void *a, const void *b)
{
	const struct status_item *x = a, *y = b;
	int order = strcmp(x->path, y->path);
	return order ? order : (int)x->what - (int)y->what;
}

/* Sorted, each path once. */
static void sort_found(struct status_list *list)
{
	size_t kept = 0;
	if (list->count > 0)
		qsort(list->items, list->count, sizeof(*list->items), compare_found);
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || strcmp(list->items[kept - 1].path, list->items[i].path) != 0)
			list->items[kept++] = list->items[i];
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
	return rc ? -1 : 0;
}

int worktree_changed(struct git_repo *repo, const char *folder, git_changed *visit, void *context,
		     struct kith_error *err)
{
	struct status_list list = {0};
	int rc = found_read(&list, repo, folder, err);
	for (size_t i = 0; rc == 0 && i < list.count; i++)
		visit(context, list.items[i].path, list.items[i].what);
	free(list.items);
	arena_release(&list.arena);
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
	struct arena arena;
	arena_init(&arena);
	bool found = git_index_find(NULL, index, path) == 0 ||
		     git_index_find_prefix(NULL, index, arena_printf(&arena, "%s/", path).p) == 0;
	arena_release(&arena);
	git_index_free(index);
	return found;
}

int worktree_check_rules(const struct git_repo *repo, const char *path, struct kith_error *err)
{
	const char *args[] = {
	    "--no-literal-pathspecs", "check-ignore", "-v", "-z", "--stdin", NULL};
	int ignored = 0, status = 0;
	if (git_ignore_path_is_ignored(&ignored, repo->handle, path) == 0 && !ignored)
		return 0;
	struct buf out;
	buf_init(&out, 0);
	struct program_call call = {
	    .repo = repo, .out = &out, .status = &status, .input = str_of(path)};
	int rc = program_run(&call, args, "", NULL);
	struct str rest = buf_str(&out);
	struct str file = take_text(&rest), line = take_text(&rest), rule = take_text(&rest);
	if (rc || file.n == 0)
		kith_fail(err, KITH_INVALID, "git ignores %s, so it cannot be committed", path);
	else
		kith_fail(err, KITH_INVALID,
			  "git ignores %s (%.*s:%.*s: %.*s), so it cannot be committed", path,
			  STR_ARG(file), STR_ARG(line), STR_ARG(rule));
	buf_release(&out);
	return -1;
}

bool worktree_ignored(const struct git_repo *repo, const char *path)
{
	int ignored = 0;
	repo_enter(repo);
	return git_ignore_path_is_ignored(&ignored, repo->handle, path) == 0 && ignored &&
	       !is_tracked(repo, path);
}

int worktree_check_known(const struct git_repo *repo, const char *path, struct kith_error *err)
{
	struct arena arena;
	int rc = 0;
	repo_enter(repo);
	if (is_tracked(repo, path))
		return 0;
	if (worktree_check_rules(repo, path, err))
		return -1;
	arena_init(&arena);
	const char *file = arena_printf(&arena, "%s%s", worktree_path(repo), path).p;
	if (fs_kind(AT_FDCWD, file) == FS_FILE)
		rc = kith_fail(err, KITH_UNSUPPORTED,
			       "%s is in a repository of its own, or a submodule; commit it there",
			       path);
	arena_release(&arena);
	return rc;
}
