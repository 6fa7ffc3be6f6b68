#include "git/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/commit.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/content.h"
#include "git/gitconfig.h"
#include "git/share.h"
#include "git/sum.h"
#include "git/treediff.h"
#include "git/worktree.h"

int plan_check_path(const char *path, struct kith_error *err)
{
	struct str rest = str_of(path);
	bool good = rest.n > 0;
	while (good && rest.n > 0) {
		struct str part = str_upto(rest, str_find_char(rest, '/'));
		good = part.n > 0 && !str_eq(part, STR(".")) && !str_eq(part, STR("..")) &&
		       !str_ieq(part, STR(".git"));
		good = good && part.n + 1 != rest.n;
		rest = str_from(rest, part.n + 1);
	}
	return good ? 0 : kith_fail(err, KITH_INVALID, "'%s' is no path for a file in git", path);
}

int plan_check_mode(uint32_t mode, const char *path, const char *where, struct kith_error *err)
{
	if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE)
		return 0;
	return kith_fail(err, KITH_UNSUPPORTED,
			 "%s is a link, a folder or a submodule in %s, not a file", path, where);
}

static uint32_t fresh_mode(const struct git_change *change, const struct git_file *file)
{
	unsigned mode = fs_mode(change->workdir, file->path);
	bool runs = mode ? mode & S_IXUSR : file->runs;
	return runs && gitconfig_bool(change->repo->handle, "core.fileMode", true)
		   ? GIT_FILEMODE_BLOB_EXECUTABLE
		   : GIT_FILEMODE_BLOB;
}

/* What HEAD and the index have, and with what mode the file goes into each. */
static int look_at_copies(struct record_file *to, const struct git_file *file,
			  const struct git_change *change, struct kith_error *err)
{
	struct branch_entry had;
	const git_index_entry *entry = stage_find(&change->stage, file->path);
	if (branch_look(&had, &change->head, change->repo, file->path, err) ||
	    (had.mode && plan_check_mode(had.mode, file->path, "HEAD", err)) ||
	    (entry && plan_check_mode(entry->mode, file->path, "the index", err)))
		return -1;
	if (!entry && file->index.p && stage_blocks(&change->stage, file->path))
		return plan_check_mode(GIT_FILEMODE_TREE, file->path, "the index", err);
	to->head_old = had.id;
	to->head_mode = had.mode;
	to->index_old = stage_id(entry);
	to->index_mode = entry ? entry->mode : 0;
	if (!to->head_mode)
		to->head_mode = to->index_mode ? to->index_mode : fresh_mode(change, file);
	if (!to->index_mode)
		to->index_mode = to->head_mode;
	return 0;
}

static int check_ignored(const struct record_file *to, const struct git_change *change,
			 struct kith_error *err)
{
	return git_oid_is_zero(&to->head_old) && !stage_find(&change->stage, to->path)
		   ? worktree_check_rules(change->repo, to->path, err)
		   : 0;
}

static bool same_slice(struct str a, struct str b)
{
	return a.p == b.p && a.n == b.n;
}

static bool same_bytes(struct str a, struct str b)
{
	return a.p && b.p && str_eq(a, b);
}

static int hash_file(git_oid *id, struct str bytes)
{
	return bytes.p ? git_odb_hash(id, bytes.p, bytes.n, GIT_OBJECT_BLOB) : 0;
}

/* Stores what the file shall hold, so that it can be written by another run. */
static int plan_work_file(struct record_file *to, const struct git_file *file,
			  const struct git_repo *repo, struct kith_error *err)
{
	to->moves =
	    !same_slice(file->before, file->after) && !same_bytes(file->before, file->after);
	if (!to->moves)
		return 0;
	if (hash_file(&to->before, file->before) < 0 || hash_file(&to->after, file->after) < 0)
		return repo_fail(err, KITH_FAILED, "cannot store %s", file->path);
	/* Where no filter changes anything, it is stored already. */
	return !file->after.p || git_oid_equal(&to->after, &to->head_new)
		   ? 0
		   : content_keep(&to->after, repo, file->after, err);
}

static int plan_file(struct record_file *to, const struct git_file *file, struct git_change *change,
		     struct kith_error *err)
{
	const struct git_repo *repo = change->repo;
	to->path = file->path;
	if (plan_check_path(file->path, err) || look_at_copies(to, file, change, err))
		return -1;
	if ((file->head.p || file->index.p) && check_ignored(to, change, err))
		return -1;
	if (file->head.p && content_store(&to->head_new, repo, file->path, file->head, err))
		return -1;
	if (same_bytes(file->head, file->index))
		to->index_new = to->head_new;
	else if (file->index.p && content_store(&to->index_new, repo, file->path, file->index, err))
		return -1;
	return plan_work_file(to, file, repo, err);
}

static int compare_planned_paths(const void *a, const void *b)
{
	const struct git_file *const *x = a, *const *y = b;
	return strcmp((*x)->path, (*y)->path);
}

static int check_planned_twice(const struct plan *plan, struct kith_error *err)
{
	for (size_t i = 1; i < plan->record.count; i++)
		if (strcmp(plan->files[i - 1]->path, plan->files[i]->path) == 0)
			return kith_fail(err, KITH_INVALID, "%s is given twice",
					 plan->files[i]->path);
	return 0;
}

/* ---- The tree and the commit ---- */

/* Adds what is still to be done in HEAD for one file. */
static int add_update(git_tree_update *updates, size_t *count, const struct git_repo *repo,
		      const struct branch *head, const struct record_file *file,
		      struct kith_error *err)
{
	struct branch_entry had;
	if (branch_look(&had, head, repo, file->path, err))
		return -1;
	if (git_oid_equal(&had.id, &file->head_new))
		return 0;
	if (!git_oid_equal(&had.id, &file->head_old))
		return kith_fail(err, KITH_CHANGED,
				 "%s was changed in the branch by somebody else meanwhile",
				 file->path);
	updates[(*count)++] = (git_tree_update){
	    .action =
		git_oid_is_zero(&file->head_new) ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT,
	    .id = file->head_new,
	    .filemode = (git_filemode_t)(had.mode ? had.mode : file->head_mode),
	    .path = file->path,
	};
	return 0;
}

static int compare_update_path(const void *path, const void *update)
{
	return strcmp(path, ((const git_tree_update *)update)->path);
}

/* That the new tree differs from the old one in just these, in whatever order. */
static int check_tree(const struct git_repo *repo, const git_tree *old, const git_oid *id,
		      const git_tree_update *updates, size_t count, struct kith_error *err)
{
	static const char *const all[] = {""};
	struct treediff found = {.cap = 0};
	git_tree *new = NULL;
	int rc = git_tree_lookup(&new, repo->handle, id);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot look at what is to be committed");
	else
		rc = treediff_find(&found, repo->handle, old, new, all, 1, err);
	bool same = found.count == count;
	for (size_t i = 0; same && i < count; i++)
		same = bsearch(found.items[i].path, updates, count, sizeof(*updates),
			       compare_update_path) != NULL;
	treediff_release(&found);
	git_tree_free(new);
	if (rc == 0 && !same)
		rc = kith_fail(err, KITH_FAILED,
			       "the commit would not hold just the files that are to change, so "
			       "none is made; git fsck tells whether the repository is damaged");
	return rc < 0 ? -1 : 0;
}

int plan_tree(git_oid *out, bool *same, const struct git_repo *repo, const struct branch *head,
	      const struct record *record, struct kith_error *err)
{
	git_tree_update *updates = mem_zalloc(record->count + 1, sizeof(*updates));
	git_tree *old = NULL;
	size_t count = 0;
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < record->count; i++)
		rc = add_update(updates, &count, repo, head, &record->files[i], err);
	*same = count == 0;
	if (rc == 0 && count > 0) {
		if ((!head->unborn && git_tree_lookup(&old, repo->handle, &head->tree) < 0) ||
		    git_tree_create_updated(out, repo->handle, old, count, updates) < 0)
			rc = repo_fail(err, KITH_FAILED,
				       "cannot store the commit's tree in the repository");
		else
			rc = check_tree(repo, old, out, updates, count, err);
	}
	git_tree_free(old);
	free(updates);
	return rc;
}

int plan_commit(git_oid *out, const struct git_repo *repo, const git_oid *tree,
		const struct branch *head, const git_signature *author,
		const git_signature *committer, const char *message, struct kith_error *err)
{
	const git_oid *parents[] = {&head->id};
	return git_commit_create_from_ids(out, repo->handle, NULL, author, committer, NULL, message,
					  tree, head->unborn ? 0 : 1, parents) < 0
		   ? repo_fail(err, KITH_FAILED, "cannot store the commit in the repository")
		   : 0;
}

/* What the commit is to say: the message as git takes it, and what it is sealed with. */
static int plan_message(struct buf *out, const struct plan *plan, const struct git_change *change,
			const struct git_message *message, struct kith_error *err)
{
	git_buf text = GIT_BUF_INIT;
	uint64_t sum = 0;
	int rc = git_message_prettify(&text, message->text, 0, '#');
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot use the commit's message");
	else if (text.size == 0)
		rc = kith_fail(err, KITH_INVALID, "a commit needs a message");
	for (size_t i = 0; rc == 0 && message->seal && i < plan->record.count; i++) {
		const struct record_file *file = &plan->record.files[i];
		rc = sum_add(&sum, change->repo, file->path, &file->head_old, &file->head_new, err);
	}
	if (rc == 0)
		buf_addz(out, text.ptr);
	if (rc == 0 && message->seal)
		buf_printf(out, "%s: %016" PRIx64 "\n", message->seal, sum);
	git_buf_dispose(&text);
	return rc < 0 ? -1 : 0;
}

static int plan_draft(struct plan *plan, struct git_change *change,
		      const struct git_message *message, struct kith_error *err)
{
	struct buf text;
	git_oid tree;
	bool same = true;
	buf_init(&text, 0);
	int rc = plan_message(&text, plan, change, message, err);
	if (rc == 0)
		rc = plan_tree(&tree, &same, change->repo, &change->head, &plan->record, err);
	if (rc == 0 && !same)
		rc = plan_commit(&plan->record.draft, change->repo, &tree, &change->head,
				 change->author, change->committer, text.p, err);
	buf_release(&text);
	return rc < 0 ? -1 : 0;
}

/* What comes where one file goes is that file under another name. */
static void move_modes(struct record *record)
{
	struct record_file *from = NULL, *to = NULL;
	size_t count = 0;
	for (size_t i = 0; i < record->count; i++) {
		struct record_file *file = &record->files[i];
		bool was = !git_oid_is_zero(&file->head_old),
		     is = !git_oid_is_zero(&file->head_new);
		from = was && !is ? file : from;
		to = is && !was && git_oid_is_zero(&file->index_old) ? file : to;
		count += was != is;
	}
	if (count != 2 || !from || !to)
		return;
	to->head_mode = from->head_mode;
	to->index_mode = from->index_mode;
}

int plan_make(struct plan *plan, struct git_change *change, const struct git_file *files,
	      size_t count, const struct git_message *message, struct kith_error *err)
{
	struct record *record = &plan->record;
	*plan = (struct plan){
	    .files = ARENA_ARRAY(&change->arena, const struct git_file *, count + 1),
	    .record = {.files = ARENA_ARRAY(&change->arena, struct record_file, count + 1),
		       .count = count,
		       .ref = change->head.ref,
		       .no_verify = message->no_verify},
	};
	for (size_t i = 0; i < count; i++)
		plan->files[i] = &files[i];
	qsort(plan->files, count, sizeof(*plan->files), compare_planned_paths);
	if (check_planned_twice(plan, err))
		return -1;

	const mode_t mask = share_begin(change->repo);
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = plan_file(&record->files[i], plan->files[i], change, err);
	move_modes(record);
	if (rc == 0)
		rc = plan_draft(plan, change, message, err);
	share_end(mask);
	return rc;
}
