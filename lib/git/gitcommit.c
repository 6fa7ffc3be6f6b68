#include "git/gitcommit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/gitconfig.h"
#include "git/program.h"
#include "git/store.h"

static bool hook_enabled(const char *folder, const char *name, struct arena *arena)
{
	return access(arena_printf(arena, "%s/%s", folder, name).p, X_OK) == 0;
}

static const char *hook_folder(const struct git_repo *repo, struct arena *arena)
{
	git_config *config = NULL;
	git_buf path = GIT_BUF_INIT;
	const char *folder = NULL;
	if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
	    git_config_get_path(&path, config, "core.hooksPath") == 0 && path.size > 0)
		folder =
		    arena_printf(arena, "%s%s",
				 path.ptr[0] == '/' ? "" : git_repository_workdir(repo->handle),
				 path.ptr)
			.p;
	git_buf_dispose(&path);
	git_config_free(config);
	return folder ? folder
		      : arena_printf(arena, "%shooks", git_repository_commondir(repo->handle)).p;
}

bool gitcommit_has_hook(const struct git_repo *repo, const char *name)
{
	struct arena arena;
	arena_init(&arena);
	bool has = hook_enabled(hook_folder(repo, &arena), name, &arena);
	arena_release(&arena);
	return has;
}

bool gitcommit_needed(const struct git_repo *repo)
{
	static const char *const hooks[] = {
	    "pre-commit",  "prepare-commit-msg",    "commit-msg",
	    "post-commit", "reference-transaction", "post-index-change"};
	struct arena arena;
	arena_init(&arena);
	const char *folder = hook_folder(repo, &arena);
	bool needed = gitconfig_bool(repo->handle, "commit.gpgSign", false);
	for (size_t i = 0; !needed && i < ARRAY_LEN(hooks); i++)
		needed = hook_enabled(folder, hooks[i], &arena);
	arena_release(&arena);
	return needed;
}

const char *gitcommit_folder(const struct git_repo *repo)
{
	git_buf found = GIT_BUF_INIT;
	char *here = realpath(".", NULL);
	bool within =
	    here && str_starts(str_of(here), str_of(git_repository_workdir(repo->handle)));
	if (within && git_repository_discover(&found, here, 1, NULL) == 0)
		within = str_eq(str_of(git_repository_path(repo->handle)), str_of(found.ptr));
	git_buf_dispose(&found);
	free(here);
	return within ? "." : NULL;
}

int gitcommit_sync(const struct git_repo *repo, struct kith_error *err)
{
	if (!repo->around.fsync)
		return 0;
	int fd = open(git_repository_path(repo->handle), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || fs_sync_disk(fd) < 0
		     ? kith_fail_errno(err, "cannot write the commit to the disk")
		     : 0;
	if (fd >= 0)
		close(fd);
	return rc;
}

static int run_commit(const struct git_change *change, const struct record *record,
		      const git_commit *draft, struct kith_error *err)
{
	const char *args[] = {"-c",
			      "i18n.commitEncoding=UTF-8",
			      "commit",
			      "-q",
			      "--cleanup=verbatim",
			      "-F",
			      "-",
			      record->no_verify ? "--no-verify" : NULL,
			      NULL};
	struct program_call call = {.repo = change->repo,
				    .index = change->stage.copy,
				    .keep = change->hold.fd,
				    .folder = gitcommit_folder(change->repo),
				    .author = git_commit_author(draft),
				    .as_user = true,
				    .input = str_of(git_commit_message(draft))};
	/* Hooks see settings that are given, so none is that need not be. */
	bool encoded = gitconfig_has(change->repo->handle, "i18n.commitEncoding");
	return program_run(&call, encoded ? args : args + 2,
			   "git, or a hook of this repository, refused the commit", err);
}

static bool same_place(const struct branch *a, const struct branch *b)
{
	return a->unborn == b->unborn && (a->unborn || git_oid_equal(&a->id, &b->id));
}

static int check_parent(const git_oid *made, const struct branch *before,
			const struct git_change *change, struct kith_error *err)
{
	git_commit *commit = NULL;
	char name[GIT_ID_SIZE];
	if (git_commit_lookup(&commit, change->repo->handle, made) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read HEAD after the commit");
	unsigned parents = git_commit_parentcount(commit);
	bool ours = before->unborn ? parents == 0
				   : parents == 1 && git_oid_equal(git_commit_parent_id(commit, 0),
								   &before->id);
	git_commit_free(commit);
	git_oid_tostr(name, sizeof(name), made);
	return ours ? 0
		    : kith_fail(err, KITH_CHANGED,
				"somebody else moved the branch while git committed; look at "
				"commit %s, which may take back what they did",
				name);
}

/* Runs git commit on the private index. What counts is where HEAD is afterwards. */
static int commit_on(git_oid *made, const struct branch *before, struct git_change *change,
		     const struct record *record, const git_commit *draft, struct kith_error *err)
{
	struct branch after;
	struct kith_error why = {0};
	int rc = run_commit(change, record, draft, &why);
	if (branch_read(&after, change->repo, err))
		return -1;
	if (same_place(before, &after))
		return kith_fail(err, rc ? why.status : KITH_FAILED, "%s",
				 rc ? why.message : "git made no commit, without a word");
	git_oid_cpy(made, &after.id);
	return check_parent(made, before, change, err);
}

int gitcommit_run(git_oid *made, struct git_change *change, const struct record *record,
		  const git_commit *draft, struct kith_error *err)
{
	struct branch head;
	git_oid tree;
	bool same;
	*made = (git_oid){{0}};
	if (branch_read(&head, change->repo, err) ||
	    plan_tree(&tree, &same, change->repo, &head, record, err))
		return -1;
	if (same)
		return 0;
	if (store_publish(change->repo, err) || stage_copy_tree(&change->stage, &tree, err))
		return -1;
	return commit_on(made, &head, change, record, draft, err);
}

/* ---- What the commit changed besides ---- */

static int compare_record_path(const void *key, const void *item)
{
	return strcmp(key, ((const struct record_file *)item)->path);
}

/* Whether the index shall follow the commit there. */
static bool is_followed(const struct git_change *change, const struct record *record,
			const git_diff_delta *delta)
{
	const char *path = delta->new_file.path;
	const struct record_file *file =
	    bsearch(path, record->files, record->count, sizeof(*file), compare_record_path);
	if (file)
		return git_oid_equal(&file->head_new, &file->index_new) &&
		       !git_oid_equal(&file->head_new, &delta->new_file.id);
	const git_index_entry *entry = stage_find(&change->stage, path);
	return entry ? git_oid_equal(&entry->id, &delta->old_file.id)
		     : delta->status == GIT_DELTA_ADDED;
}

static int diff_made(git_diff **out, git_repository *handle, const git_oid *made)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *old = NULL, *new = NULL;
	int rc = git_commit_lookup(&commit, handle, made);
	if (rc == 0)
		rc = git_commit_tree(&new, commit);
	if (rc == 0 && git_commit_parentcount(commit) > 0) {
		rc = git_commit_parent(&parent, commit, 0);
		if (rc == 0)
			rc = git_commit_tree(&old, parent);
	}
	if (rc == 0)
		rc = git_diff_tree_to_tree(out, handle, old, new, NULL);
	git_tree_free(old);
	git_tree_free(new);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc;
}

int gitcommit_follow(size_t *count, struct git_change *change, const struct record *record,
		     const git_oid *made, struct kith_error *err)
{
	git_diff *diff = NULL;
	int rc = 0;
	if (diff_made(&diff, change->repo->handle, made) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read what git committed");
	for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		if (!is_followed(change, record, delta))
			continue;
		++*count;
		rc = stage_put(&change->stage, delta->new_file.path, &delta->new_file.id,
			       delta->new_file.mode, NULL, err);
	}
	git_diff_free(diff);
	return rc;
}

/* ---- An open merge ---- */

/* git would say so, too, and not name them. */
static int check_resolved(const struct git_repo *repo, struct kith_error *err)
{
	git_index *index = NULL;
	git_index_conflict_iterator *conflicts = NULL;
	const git_index_entry *base, *ours, *theirs;
	struct buf names;
	buf_init(&names, 0);
	if (git_repository_index(&index, repo->handle) == 0 && git_index_read(index, 0) == 0 &&
	    git_index_conflict_iterator_new(&conflicts, index) == 0)
		while (git_index_conflict_next(&base, &ours, &theirs, conflicts) == 0)
			buf_printf(&names, " %s", (ours ? ours : theirs ? theirs : base)->path);
	git_index_conflict_iterator_free(conflicts);
	git_index_free(index);
	int rc = names.n == 0
		     ? 0
		     : kith_fail(err, KITH_FAILED,
				 "the merge has left conflicts; resolve and git add:%s", names.p);
	buf_release(&names);
	return rc;
}

static int commit_merge(const struct git_repo *repo, const struct git_message *how,
			struct kith_error *err)
{
	const char *args[] = {"commit", "-q", NULL, NULL, NULL, NULL};
	size_t n = 2;
	if (how->no_verify)
		args[n++] = "--no-verify";
	if (!how->text)
		args[n++] = "--cleanup=strip";
	struct arena arena;
	arena_init(&arena);
	args[n] = how->text ? arena_printf(&arena, "--message=%s", how->text).p : "--no-edit";
	struct program_call call = {
	    .repo = repo, .folder = gitcommit_folder(repo), .as_user = true};
	int rc =
	    program_run(&call, args, "git, or a hook of this repository, refused the commit", err);
	arena_release(&arena);
	return rc;
}

int gitcommit_merge(char id[GIT_ID_SIZE], struct git_repo *repo, const struct git_message *how,
		    struct kith_error *err)
{
	struct branch now;
	repo_enter(repo);
	if (check_resolved(repo, err) || commit_merge(repo, how, err) ||
	    branch_read(&now, repo, err))
		return -1;
	git_oid_tostr(id, GIT_ID_SIZE, &now.id);
	return gitcommit_sync(repo, err);
}
