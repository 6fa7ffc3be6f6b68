/*
 * The order is what makes a commit safe against others and against a kill:
 * blobs, the index's lock, the tree, the new index into the lock, HEAD (by
 * compare-and-swap), the lock into place. Before HEAD moves a failure leaves
 * nothing but loose objects.
 */
#include "git/commit.h"

#include "git/plan.h"
#include "git/program.h"
#include "git/stage.h"
#include "git/status.h"

static int check_state(const struct git_repo *repo, struct kith_error *err)
{
	const char *words = git_state_words(status_state(repo));
	if (!words)
		return 0;
	return kith_fail(err, KITH_FAILED,
			 "the repository is in the middle of %s; finish or abort it first "
			 "(git status says how)",
			 words);
}

static int put_changes(const struct plan *plan, git_index *index, struct kith_error *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_change *change = &plan->changes[i];
		if (!change->differs)
			continue;
		if (change->remove
			? stage_remove(index, change->path, err)
			: stage_put(index, change->path, &change->blob, change->mode, err))
			return -1;
	}
	return 0;
}

/* Somebody else moved HEAD, holds its lock, or made the branch: look again. */
static bool is_race(int rc)
{
	return rc == GIT_EMODIFIED || rc == GIT_ELOCKED || rc == GIT_EEXISTS;
}

/* libgit2's code: 0 when HEAD is the new commit. */
static int move_head(const struct plan *plan, git_oid *id)
{
	git_repository *handle = plan->repo->handle;
	const git_commit *parents[1] = {plan->parent};
	int rc = git_commit_create(id, handle, "HEAD", plan->author, plan->committer, NULL,
				   plan->message.ptr, plan->tree, plan->parent ? 1 : 0, parents);
	git_oid head;
	if (rc == 0)
		rc = git_reference_name_to_id(&head, handle, "HEAD");
	if (rc == 0 && plan->parent && git_oid_equal(&head, git_commit_id(plan->parent)))
		return -1;
	return rc;
}

static int move_failed(int rc, struct kith_error *err)
{
	if (rc == GIT_ELOCKED)
		return repo_fail(err, KITH_BUSY,
				 "another git program holds the branch; try again when it is "
				 "done. If none is running, a crash left this lock there: "
				 "remove it");
	return repo_fail(err, is_race(rc) ? KITH_BUSY : KITH_FAILED, "git cannot move HEAD");
}

/* One try; *moved is libgit2's code of moving HEAD. */
static int try_commit(struct plan *plan, struct stage *stage, git_oid *id, int *moved,
		      struct kith_error *err)
{
	git_index *index = NULL;
	*moved = 0;
	int rc = check_state(plan->repo, err);
	if (rc == 0)
		rc = stage_open(&index, stage, err);
	if (rc == 0)
		rc = plan_read_head(plan, index, err);
	if (rc || plan->differing == 0)
		goto out;
	rc = plan_make_tree(plan, err);
	if (rc)
		goto out;
	if (program_needed(plan->repo)) {
		rc = program_commit(plan, stage, index, id, err);
		goto out;
	}
	rc = put_changes(plan, index, err) || stage_write(stage, index, err) ? -1 : 0;
	if (rc == 0)
		*moved = move_head(plan, id);
out:
	git_index_free(index);
	return rc;
}

static int commit_locked(struct plan *plan, struct stage *stage, git_oid *id,
			 struct kith_error *err)
{
	for (unsigned try = 0;; try++) {
		int moved = 0;
		if (try_commit(plan, stage, id, &moved, err))
			return -1;
		if (plan->differing == 0)
			return 0;
		if (moved == 0)
			return stage_publish(stage, err);
		if (!is_race(moved) || !stage_wait(try))
			return move_failed(moved, err);
	}
}

int commit_files(struct git_repo *repo, const struct git_file *files, size_t count,
		 const char *message, char id[41], struct kith_error *err)
{
	struct plan plan = {0};
	struct stage stage = {0};
	git_oid made;
	id[0] = '\0';
	repo_enter(repo);
	int rc = check_state(repo, err);
	if (rc == 0)
		rc = plan_init(&plan, repo, files, count, message, err);
	if (rc == 0)
		rc = stage_lock(&stage, repo, err);
	if (rc == 0)
		rc = commit_locked(&plan, &stage, &made, err);
	if (rc == 0 && plan.differing > 0)
		git_oid_tostr(id, 41, &made);
	stage_release(&stage);
	plan_release(&plan);
	return rc;
}
