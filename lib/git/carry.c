#include "git/carry.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/making.h"
#include "git/program.h"

int carry_files(const struct git_change *change, const struct plan *plan, bool *as_before,
		struct kith_error *err)
{
	struct fs_file *files = mem_zalloc(plan->record.count, sizeof(*files));
	size_t count = 0;
	for (size_t i = 0; i < plan->record.count; i++) {
		const struct git_file *file = plan->files[i];
		if (plan->record.files[i].moves)
			files[count++] = (struct fs_file){file->path, file->before, file->after};
	}
	int rc = fs_carry_all(change->workdir, files, count, as_before, err);
	free(files);
	return rc;
}

/* ---- The index ---- */

static bool same_time(const struct stat *a, const struct stat *b)
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
		     same_time(before, &now);
	buf_release(&bytes);
	return fresh ? before : NULL;
}

/* The edits that are still to be made in the index. */
static struct index_edit *index_edits(struct carried *out, struct git_change *change,
				      const struct record *record, const struct plan *plan)
{
	struct index_edit *edits =
	    ARENA_ARRAY(&change->arena, struct index_edit, record->count + 1);
	for (size_t i = 0; i < record->count; i++) {
		const struct record_file *file = &record->files[i];
		const struct index_entry *entry = index_find(&change->stage.index, file->path);
		struct index_view view = {.mode = 0};
		if (entry)
			index_look(&view, entry);
		if (view.intent)
			view.id = (git_oid){{0}};
		if (git_oid_equal(&view.id, &file->index_new))
			continue;
		if (!git_oid_equal(&view.id, &file->index_old)) {
			out->left = true;
			continue;
		}
		edits[out->entries++] = (struct index_edit){
		    .path = file->path,
		    .remove = git_oid_is_zero(&file->index_new),
		    .id = file->index_new,
		    .mode = file->index_mode,
		    .stat = plan ? fresh_stat(change, plan->files[i]) : NULL,
		};
	}
	return edits;
}

/* ---- HEAD ---- */

/* The commit as planned where HEAD is as it was then, else one like it on today's HEAD. */
static int make_again(git_oid *out, struct object_batch *batch, const struct head *head,
		      const struct record *record, const git_commit *draft, bool *same,
		      struct kith_error *err)
{
	git_oid tree;
	bool as_planned = head->unborn
			      ? git_commit_parentcount(draft) == 0
			      : git_commit_parentcount(draft) == 1 &&
				    git_oid_equal(git_commit_parent_id(draft, 0), &head->id);
	*same = false;
	if (as_planned) {
		git_oid_cpy(out, &record->draft);
		return 0;
	}
	if (making_tree(&tree, same, batch, head, record, err))
		return -1;
	return *same ? 0
		     : making_commit(out, batch, &tree, head, git_commit_author(draft),
				     git_commit_committer(draft), git_commit_message(draft), err);
}

static int move_head(struct carried *out, struct git_change *change, const struct record *record,
		     const git_commit *draft, struct flush *with, struct kith_error *err)
{
	struct head head;
	git_oid id;
	bool same = false;
	if (head_lock(&head, &change->hold, change->repo, err))
		return -1;
	int rc = make_again(&id, &change->objects, &head, record, draft, &same, err);
	if (rc == 0 && !same)
		rc = object_name_all(&change->objects, NULL, err);
	if (rc == 0 && !same) {
		rc = head_move(&head, &change->hold, change->repo, &id, git_commit_committer(draft),
			       git_commit_message(draft), with, err);
		if (rc == 0)
			git_oid_cpy(&out->id, &id);
	} else if (rc == 0 && git_oid_equal(&head.id, &record->draft)) {
		/* A kill came between the branch and its log. */
		struct head before = head;
		before.unborn = git_commit_parentcount(draft) == 0;
		if (!before.unborn)
			git_oid_cpy(&before.id, git_commit_parent_id(draft, 0));
		head_log(&before, &change->hold, change->repo, &record->draft,
			 git_commit_committer(draft), git_commit_message(draft));
	}
	head_unlock(&head, &change->hold);
	return rc;
}

/* By libgit2 and our own hands. */
static int commit_here(struct carried *out, struct git_change *change, const struct record *record,
		       const struct plan *plan, const git_commit *draft, struct kith_error *err)
{
	struct flush flush = {.count = 0};
	const struct index_edit *edits = index_edits(out, change, record, plan);
	int rc = stage_prepare(&change->stage, edits, out->entries, &flush, err);
	if (rc == 0 && draft)
		rc = move_head(out, change, record, draft, &flush, err);
	if (flush_all(&flush, rc == 0 && change->repo->around.fsync) < 0 && rc == 0)
		rc = kith_fail_errno(err, "cannot write the index");
	return rc == 0 ? stage_publish(&change->stage, err) : -1;
}

/* By the git program, which runs hooks and signs. */
static int commit_there(struct carried *out, struct git_change *change, const struct record *record,
			const struct plan *plan, const git_commit *draft, struct kith_error *err)
{
	if (program_commit(&out->id, change, record, draft, err))
		return -1;
	struct index_edit *edits = index_edits(out, change, record, plan);
	if (!git_oid_is_zero(&out->id) &&
	    program_follow(&edits, &out->entries, change, record, &out->id, err))
		return -1;
	if (stage_prepare(&change->stage, edits, out->entries, NULL, err) ||
	    stage_publish(&change->stage, err))
		return -1;
	return 0;
}

int carry_commit(struct carried *out, struct git_change *change, const struct record *record,
		 const struct plan *plan, struct kith_error *err)
{
	git_commit *draft = NULL;
	*out = (struct carried){.entries = 0};
	if (!git_oid_is_zero(&record->draft) &&
	    git_commit_lookup(&draft, change->repo->handle, &record->draft) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read the commit that was planned");
	int rc = draft && program_needed(change->repo)
		     ? commit_there(out, change, record, plan, draft, err)
		     : commit_here(out, change, record, plan, draft, err);
	git_commit_free(draft);
	return rc;
}
