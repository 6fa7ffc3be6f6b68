#include "git/carry.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/gitcommit.h"
#include "git/share.h"
#include "git/store.h"

int carry_files(const struct git_change *change, const struct plan *plan, bool back,
		bool *as_before, struct kith_error *err)
{
	struct fs_file *files = mem_zalloc(plan->record.count, sizeof(*files));
	size_t count = 0;
	for (size_t i = 0; i < plan->record.count; i++) {
		const struct git_file *file = plan->files[i];
		if (plan->record.files[i].moves)
			files[count++] =
			    back ? (struct fs_file){file->path, file->after, file->before, 0}
				 : (struct fs_file){file->path, file->before, file->after,
						    file->mode};
	}
	mode_t mask = share_begin(change->repo);
	int rc = fs_carry_all(change->workdir, files, count, as_before, err);
	share_end(mask);
	free(files);
	return rc;
}

/* ---- The index ---- */

static bool same_stat(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* How the file stands on disk, if it holds exactly what its entry does; else NULL. */
static const struct stat *fresh_stat(struct git_change *change, const struct git_file *file)
{
	struct stat now, *before = ARENA_NEW(&change->arena, struct stat);
	struct buf bytes;
	if (!file->index.p || !file->after.p || !str_eq(file->after, file->index))
		return NULL;
	buf_init(&bytes, 0);
	bool fresh = fstatat(change->workdir, file->path, before, AT_SYMLINK_NOFOLLOW) == 0 &&
		     S_ISREG(before->st_mode) &&
		     fs_load(change->workdir, file->path, file->index.n, &bytes) == 0 &&
		     str_eq(buf_str(&bytes), file->index) &&
		     fstatat(change->workdir, file->path, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		     same_stat(before, &now);
	buf_release(&bytes);
	return fresh ? before : NULL;
}

/* Puts into the index what it does not have yet. */
static int carry_entries(struct carry_outcome *out, struct git_change *change,
			 const struct record *record, const struct plan *plan,
			 struct kith_error *err)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct record_file *file = &record->files[i];
		const git_index_entry *entry = stage_find(&change->stage, file->path);
		git_oid id = stage_id(entry);
		bool done = git_oid_equal(&id, &file->index_new);
		if (done && (!entry || entry->mode == file->index_mode))
			continue;
		if (!done && !git_oid_equal(&id, &file->index_old)) {
			out->left = true;
			continue;
		}
		out->entries++;
		if (stage_put(&change->stage, file->path, &file->index_new, file->index_mode,
			      plan ? fresh_stat(change, plan->files[i]) : NULL, err))
			return -1;
	}
	return 0;
}

/* ---- HEAD ---- */

/*
 * The commit as planned where HEAD is as it was then, else one like it on
 * today's HEAD, which the record has to name before it can be at HEAD.
 */
static int make_again(git_oid *out, const struct git_change *change, const struct branch *head,
		      const struct record *record, const git_commit *draft, bool *same,
		      struct kith_error *err)
{
	const struct git_repo *repo = change->repo;
	struct record again = *record;
	git_oid tree;
	*same = record->given && !head->unborn &&
		(git_oid_equal(&head->id, &record->draft) ||
		 git_graph_descendant_of(repo->handle, &head->id, &record->draft) == 1);
	if (*same)
		return 0;
	if (record->given && !git_oid_equal(&head->id, &record->from))
		return kith_fail(err, KITH_CHANGED, "somebody else committed meanwhile");
	bool as_planned = record->given ? true
			  : head->unborn
			      ? git_commit_parentcount(draft) == 0
			      : git_commit_parentcount(draft) == 1 &&
				    git_oid_equal(git_commit_parent_id(draft, 0), &head->id);
	*out = record->draft;
	if (as_planned)
		return 0;
	if (plan_tree(&tree, same, repo, head, record, err))
		return -1;
	if (*same)
		return 0;
	if (plan_commit(out, repo, &tree, head, git_commit_author(draft),
			git_commit_committer(draft), git_commit_message(draft), err))
		return -1;
	again.draft = *out;
	if (store_publish(repo, err))
		return -1;
	return record_write(&again, change->hold.folder, repo->around.fsync, err);
}

static int move_head(struct carry_outcome *out, struct git_change *change,
		     const struct record *record, const git_commit *draft, struct kith_error *err)
{
	struct branch head;
	git_transaction *lock = NULL;
	git_oid id;
	bool same = false;
	if (branch_lock(&lock, &head, &change->hold, change->repo, err))
		return -1;
	int rc = make_again(&id, change, &head, record, draft, &same, err);
	if (rc == 0 && !same) {
		rc = branch_move(lock, &head, &id, git_commit_committer(draft),
				 git_commit_message(draft), err);
		if (rc == 0)
			git_oid_cpy(&out->id, &id);
	}
	git_transaction_free(lock);
	return rc;
}

/* By libgit2. */
static int commit_here(struct carry_outcome *out, struct git_change *change,
		       const struct record *record, const struct plan *plan,
		       const git_commit *draft, struct kith_error *err)
{
	const mode_t mask = share_begin(change->repo);
	int rc = carry_entries(out, change, record, plan, err);
	if (rc == 0)
		rc = stage_prepare(&change->stage, err);
	if (rc == 0 && draft)
		rc = move_head(out, change, record, draft, err);
	if (rc == 0)
		rc = stage_publish(&change->stage, err);
	share_end(mask);
	return rc;
}

/* By the git program, which runs hooks and signs. */
static int commit_there(struct carry_outcome *out, struct git_change *change,
			const struct record *record, const struct plan *plan,
			const git_commit *draft, struct kith_error *err)
{
	if (gitcommit_run(&out->id, change, record, draft, err) ||
	    carry_entries(out, change, record, plan, err))
		return -1;
	if (!git_oid_is_zero(&out->id) &&
	    gitcommit_follow(&out->entries, change, record, &out->id, err))
		return -1;
	if (stage_prepare(&change->stage, err) || stage_publish(&change->stage, err))
		return -1;
	out->unsynced = gitcommit_sync(change->repo, err) != 0;
	return out->unsynced ? -1 : 0;
}

int carry_commit(struct carry_outcome *out, struct git_change *change, const struct record *record,
		 const struct plan *plan, struct kith_error *err)
{
	git_commit *draft = NULL;
	*out = (struct carry_outcome){.entries = 0};
	if (!git_oid_is_zero(&record->draft) &&
	    git_commit_lookup(&draft, change->repo->handle, &record->draft) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read the commit that was planned");
	int rc = draft && !record->given && gitcommit_needed(change->repo)
		     ? commit_there(out, change, record, plan, draft, err)
		     : commit_here(out, change, record, plan, draft, err);
	git_commit_free(draft);
	return rc;
}
