#include "git/program.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "git/child.h"
#include "git/config.h"
#include "git/making.h"

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

bool program_needed(const struct git_repo *repo)
{
	static const char *const hooks[] = {"pre-commit", "prepare-commit-msg", "commit-msg",
					    "post-commit", "reference-transaction"};
	struct arena arena;
	arena_init(&arena);
	const char *folder = hook_folder(repo, &arena);
	bool needed = config_bool(repo->handle, "commit.gpgSign", false);
	for (size_t i = 0; !needed && i < ARRAY_LEN(hooks); i++)
		needed = hook_enabled(folder, hooks[i], &arena);
	arena_release(&arena);
	return needed;
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
	struct arena arena;
	arena_init(&arena);
	struct child child = {
	    .repo = change->repo,
	    .index = change->stage.copy,
	    .keep = change->hold.fd,
	    .env = child_identity(git_commit_author(draft), git_commit_committer(draft), &arena),
	    .input = str_of(git_commit_message(draft))};
	int rc =
	    child_run(&child, args, "git, or a hook of this repository, refused the commit", err);
	arena_release(&arena);
	return rc;
}

/* The private index: HEAD's tree with our files; what the index knows of files on disk stays. */
static int write_private(struct git_change *change, const git_oid *id, struct kith_error *err)
{
	git_tree *tree = NULL;
	git_index *index = NULL;
	if (stage_copy(&change->stage, err))
		return -1;
	int rc = git_tree_lookup(&tree, change->repo->handle, id);
	if (rc == 0)
		rc = git_index_open(&index, change->stage.copy);
	if (rc == 0)
		rc = git_index_read_tree(index, tree);
	if (rc == 0)
		rc = git_index_write(index);
	git_index_free(index);
	git_tree_free(tree);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot write the index for git commit") : 0;
}

static bool same_place(const struct head *a, const struct head *b)
{
	return a->unborn == b->unborn && (a->unborn || git_oid_equal(&a->id, &b->id));
}

static int check_parent(const git_oid *made, const struct head *before,
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
static int commit_on(git_oid *made, const struct head *before, struct git_change *change,
		     const struct record *record, const git_commit *draft, struct kith_error *err)
{
	struct head after;
	struct kith_error why = {0};
	int rc = run_commit(change, record, draft, &why);
	if (head_read(&after, change->repo, err))
		return -1;
	if (same_place(before, &after))
		return kith_fail(err, rc ? why.status : KITH_FAILED, "%s",
				 rc ? why.message : "git made no commit, without a word");
	git_oid_cpy(made, &after.id);
	return check_parent(made, before, change, err);
}

int program_commit(git_oid *made, struct git_change *change, const struct record *record,
		   const git_commit *draft, struct kith_error *err)
{
	struct head head;
	git_oid tree;
	bool same;
	*made = (git_oid){{0}};
	if (head_read(&head, change->repo, err) ||
	    making_tree(&tree, &same, &change->objects, &head, record, err))
		return -1;
	if (same)
		return 0;
	if (object_name_all(&change->objects, NULL, err) || write_private(change, &tree, err))
		return -1;
	return commit_on(made, &head, change, record, draft, err);
}

/* ---- What the commit changed besides ---- */

static const struct record_file *find_file(const struct record *record, const char *path)
{
	for (size_t from = 0, to = record->count; from < to;) {
		size_t middle = from + (to - from) / 2;
		int order = strcmp(record->files[middle].path, path);
		if (order == 0)
			return &record->files[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

/* Whether the index shall follow the commit there. */
static bool follows(const struct git_change *change, const struct record *record,
		    const git_diff_delta *delta)
{
	const char *path = delta->new_file.path;
	const struct record_file *file = find_file(record, path);
	if (file)
		return git_oid_equal(&file->head_new, &file->index_new) &&
		       !git_oid_equal(&file->head_new, &delta->new_file.id);
	const struct index_entry *entry = index_find(&change->stage.index, path);
	struct index_view view;
	if (!entry)
		return delta->status == GIT_DELTA_ADDED;
	index_look(&view, entry);
	return git_oid_equal(&view.id, &delta->old_file.id);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct index_edit *)a)->path, ((const struct index_edit *)b)->path);
}

/* Puts the delta in place of ours for that path, or beside the others. */
static void add_delta(struct index_edit *edits, size_t *count, size_t ours,
		      const git_diff_delta *delta, struct arena *arena)
{
	struct index_edit edit = {
	    .path = arena_str(arena, str_of(delta->new_file.path)).p,
	    .remove = delta->status == GIT_DELTA_DELETED,
	    .id = delta->new_file.id,
	    .mode = delta->new_file.mode,
	};
	struct index_edit *old = bsearch(&edit, edits, ours, sizeof(*edits), by_path);
	if (old)
		*old = edit;
	else
		edits[(*count)++] = edit;
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

int program_follow(struct index_edit **edits, size_t *count, struct git_change *change,
		   const struct record *record, const git_oid *made, struct kith_error *err)
{
	git_diff *diff = NULL;
	size_t ours = *count;
	if (diff_made(&diff, change->repo->handle, made) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read what git committed");
	size_t deltas = git_diff_num_deltas(diff);
	struct index_edit *all = ARENA_ARRAY(&change->arena, struct index_edit, ours + deltas + 1);
	if (ours)
		memcpy(all, *edits, ours * sizeof(*all));
	for (size_t i = 0; i < deltas; i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		if (follows(change, record, delta))
			add_delta(all, count, ours, delta, &change->arena);
	}
	qsort(all, *count, sizeof(*all), by_path);
	*edits = all;
	git_diff_free(diff);
	return 0;
}
