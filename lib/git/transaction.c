#include "git/transaction.h"

#include <fcntl.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/carry.h"
#include "git/content.h"
#include "git/identity.h"
#include "git/plan.h"
#include "git/recover.h"
#include "git/store.h"
#include "git/worktree.h"

/* Trees up to this size are kept in memory, so that none is read twice; libgit2's own limit. */
#define TREE_KEPT    ((size_t)64 * 1024 * 1024)
#define TREE_DEFAULT ((size_t)4096)

static int check_state(const struct git_repo *repo, struct kith_error *err)
{
	enum git_state state = worktree_state(repo);
	return state == GIT_CLEAN
		   ? 0
		   : kith_fail(err, KITH_FAILED, "the repository is in the middle of %s; %s",
			       git_state_words(state), git_state_way(state));
}

/*
 * Each call in sets libgit2 up, and leaves it as it is without a change. libgit2
 * looks for .gitattributes in the index, too, and under text=auto for what the
 * file was: it sees the index as it was when it was locked.
 */
void transaction_enter(const struct git_change *change)
{
	repo_enter(change->repo);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, TREE_KEPT);
	git_repository_set_index(change->repo->handle, change->stage.index);
}

/* What is stored, or carried out, needs no attributes; and an index of no repository is written as
 * it is. */
void transaction_leave(const struct git_change *change)
{
	git_repository_set_index(change->repo->handle, NULL);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, TREE_DEFAULT);
}

static int open_workdir(struct git_change *change, struct kith_error *err)
{
	const char *path = git_repository_workdir(change->repo->handle);
	change->workdir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return change->workdir < 0 ? kith_fail_errno(err, "cannot open %s", path) : 0;
}

static int transaction_start(struct git_change *change, struct kith_error *err)
{
	struct git_repo *repo = change->repo;
	/* What was read of .gitattributes and .gitignore may be older than the files. */
	git_attr_cache_flush(repo->handle);
	if (check_state(repo, err) ||
	    identity_find(&change->author, &change->committer, repo, err) ||
	    open_workdir(change, err) || hold_take(&change->hold, repo, err))
		return -1;
	hold_block(&change->hold);
	change->touched = change->hold.crashed && !hold_owns(&change->hold, "index.lock");
	if (stage_lock(&change->stage, &change->hold, repo, err) || check_state(repo, err) ||
	    store_open(repo, err))
		return -1;
	return recover_change(change, err) || branch_read(&change->head, repo, err) ? -1 : 0;
}

int transaction_begin(struct git_change **out, struct git_repo *repo, struct kith_error *err)
{
	struct git_change *change = mem_zalloc(1, sizeof(*change));
	*change = (struct git_change){.repo = repo, .workdir = -1};
	arena_init(&change->arena);
	transaction_enter(change);
	int rc = transaction_start(change, err);
	transaction_leave(change);
	if (rc)
		transaction_end(change);
	*out = rc ? NULL : change;
	return rc;
}

const char *transaction_recovered(const struct git_change *change)
{
	return change->recovered;
}

/* The entry's blob; *there: false where there is none. */
static int find_copy(git_oid *id, bool *there, const struct git_change *change, enum git_copy copy,
		     const char *path, struct kith_error *err)
{
	struct branch_entry had;
	const git_index_entry *entry = stage_find(&change->stage, path);
	*there = false;
	if (copy == GIT_COPY_HEAD) {
		if (branch_look(&had, &change->head, change->repo, path, err))
			return -1;
		*there = had.mode != 0;
		*id = had.id;
		return *there ? plan_check_mode(had.mode, path, "HEAD", err) : 0;
	}
	if (!entry)
		return stage_blocks(&change->stage, path)
			   ? plan_check_mode(GIT_FILEMODE_TREE, path, "the index", err)
			   : 0;
	*id = stage_id(entry);
	*there = !git_oid_is_zero(id);
	return plan_check_mode(entry->mode, path, "the index", err);
}

int transaction_read(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		     struct buf *out, bool *there, struct kith_error *err)
{
	git_oid id;
	buf_clear(out);
	*there = false;
	if (plan_check_path(path, err))
		return -1;
	transaction_enter(change);
	int rc = find_copy(&id, there, change, copy, path, err);
	if (rc == 0 && *there)
		rc = content_load(out, change->repo, path, &id, max, err);
	transaction_leave(change);
	return rc;
}

/* Whether HEAD still has for our paths what it had when they were read. */
static int check_head(struct git_change *change, const struct git_file *files, size_t count,
		      struct kith_error *err)
{
	struct branch now;
	if (branch_read(&now, change->repo, err))
		return -1;
	bool same = now.unborn == change->head.unborn &&
		    (now.unborn || git_oid_equal(&now.tree, &change->head.tree));
	for (size_t i = 0; !same && i < count; i++) {
		struct branch_entry a, b;
		if (branch_look(&a, &change->head, change->repo, files[i].path, err) ||
		    branch_look(&b, &now, change->repo, files[i].path, err))
			return -1;
		if (a.mode != b.mode || !git_oid_equal(&a.id, &b.id))
			return kith_fail(err, KITH_CHANGED,
					 "%s was changed in the branch by somebody else meanwhile",
					 files[i].path);
	}
	change->head = now;
	return 0;
}

/* Whether the branch is at the commit that was planned. */
static bool head_moved(struct git_change *change, const struct record *record)
{
	struct branch now;
	return !git_oid_is_zero(&record->draft) && branch_read(&now, change->repo, NULL) == 0 &&
	       !now.unborn && git_oid_equal(&now.id, &record->draft);
}

/*
 * Remembers what is written and not committed, until something is. A help, and no more: it is
 * written as it comes, for a lock could be left behind where even that cannot be taken away.
 */
static void note_refused(const struct git_change *change, const struct record *record, bool refused)
{
	struct arena arena;
	char line[GIT_OID_HEXSZ + 1];
	arena_init(&arena);
	const char *path =
	    arena_printf(&arena, "%s" GIT_REFUSED, git_repository_path(change->repo->handle)).p;
	if (refused && !git_oid_is_zero(&record->draft)) {
		int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
		git_oid_fmt(line, &record->draft);
		line[GIT_OID_HEXSZ] = '\n';
		if (fd >= 0 && fs_write_all(fd, (struct str){line, sizeof(line)}))
			unlink(path);
		if (fd >= 0)
			close(fd);
	} else {
		unlink(path);
	}
	arena_release(&arena);
}

/*
 * With the record on disk: to the end, or back. *settled: false where neither
 * could be had, so that the record must stay for the next run.
 */
static int transaction_carry_out(struct git_change *change, const struct plan *plan,
				 struct git_outcome *outcome, bool *settled, struct kith_error *err)
{
	struct carry_outcome carried;
	*settled = true;
	if (carry_files(change, plan, false, settled, err)) {
		if (!*settled)
			kith_fail_context(err, "it is written, all or in part, and not committed; "
					       "the next kith that writes here finishes it");
		return -1;
	}
	outcome->written = *settled = true;
	int rc = carry_commit(&carried, change, &plan->record, plan, err);
	if (rc && git_oid_is_zero(&carried.id) && head_moved(change, &plan->record))
		git_oid_cpy(&carried.id, &plan->record.draft);
	if (!git_oid_is_zero(&carried.id))
		git_oid_tostr(outcome->id, sizeof(outcome->id), &carried.id);
	/* What came in is no change of one's own, to be committed another time. */
	if (rc && plan->record.given && !outcome->id[0]) {
		bool as_before;
		*settled = carry_files(change, plan, true, &as_before, NULL) == 0;
		outcome->written = !*settled;
		return *settled
			   ? -1
			   : kith_fail_context(err, "it is in the files and not committed; the "
						    "next kith that writes here finishes it");
	}
	note_refused(change, &plan->record, rc && !outcome->id[0]);
	if (rc == 0 || !outcome->id[0])
		return rc;
	if (carried.unsynced)
		return kith_fail_context(err, "it is committed, but a power cut may take it away "
					      "again; look at the disk");
	*settled = false;
	return kith_fail_context(err, "it is committed, but git's index is as before; the next "
				      "kith that writes here mends it");
}

int transaction_carry(struct git_change *change, const struct plan *plan,
		      struct git_outcome *outcome, struct kith_error *err)
{
	const char *folder = change->hold.folder;
	bool settled;
	if (store_publish(change->repo, err) ||
	    record_write(&plan->record, folder, change->repo->around.fsync, err))
		return -1;
	int rc = transaction_carry_out(change, plan, outcome, &settled, err);
	if (settled)
		record_clear(folder);
	return rc;
}

int transaction_commit(struct git_change *change, const struct git_file *files, size_t count,
		       const struct git_message *message, struct git_outcome *outcome,
		       struct kith_error *err)
{
	struct plan plan;
	*outcome = (struct git_outcome){.written = false};
	if (change->spent)
		return kith_fail(err, KITH_FAILED, "a change can be committed once only");
	change->spent = true;
	transaction_enter(change);
	int rc = check_head(change, files, count, err);
	/* What goes into the store is synced all at once. */
	if (change->repo->stored)
		git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	if (rc == 0)
		rc = plan_make(&plan, change, files, count, message, err);
	git_repository_set_index(change->repo->handle, NULL);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, change->repo->around.fsync ? 1 : 0);
	if (rc == 0)
		rc = transaction_carry(change, &plan, outcome, err);
	transaction_leave(change);
	return rc;
}

void transaction_end(struct git_change *change)
{
	if (!change)
		return;
	/* Only ours: under the lock. */
	if (change->stage.held)
		store_close(change->repo);
	stage_release(&change->stage);
	hold_release(&change->hold);
	git_signature_free(change->author);
	git_signature_free(change->committer);
	if (change->workdir >= 0)
		close(change->workdir);
	arena_release(&change->arena);
	free(change);
}
