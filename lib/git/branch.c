#include "git/branch.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

enum { LOCK_LOOKS = 100, LOCK_BYTES = GIT_ID_SIZE };

/* Keeps the name; -1 where it is too long. */
static int keep_ref(struct branch *head, const char *name)
{
	size_t n = name ? strlen(name) : sizeof(head->ref);
	if (n >= sizeof(head->ref))
		return -1;
	memcpy(head->ref, name, n + 1);
	return 0;
}

/* The branch that HEAD names, which has no commit. */
static int read_unborn(struct branch *head, const struct git_repo *repo)
{
	git_reference *ref = NULL;
	int rc = git_reference_lookup(&ref, repo->handle, "HEAD");
	if (rc == 0)
		rc = keep_ref(head, git_reference_symbolic_target(ref));
	git_reference_free(ref);
	return rc;
}

int branch_read(struct branch *head, const struct git_repo *repo, struct kith_error *err)
{
	git_reference *ref = NULL;
	git_commit *commit = NULL;
	*head = (struct branch){.unborn = true};
	int rc = git_repository_head(&ref, repo->handle);
	if (rc == GIT_EUNBORNBRANCH) {
		rc = read_unborn(head, repo);
	} else if (rc == 0) {
		head->unborn = false;
		rc = keep_ref(head, git_reference_name(ref));
		git_oid_cpy(&head->id, git_reference_target(ref));
	}
	git_reference_free(ref);
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "HEAD cannot be followed to a branch");
	if (head->unborn)
		return 0;
	if (git_commit_lookup(&commit, repo->handle, &head->id) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read HEAD's commit");
	git_oid_cpy(&head->tree, git_commit_tree_id(commit));
	git_commit_free(commit);
	return 0;
}

/* Whether a part of the path, but the last, is a file, a link or a submodule. */
static int check_folders(const git_tree *tree, const char *path, struct kith_error *err)
{
	struct arena arena;
	int rc = 0;
	arena_init(&arena);
	for (const char *p = strchr(path, '/'); p && rc == 0; p = strchr(p + 1, '/')) {
		git_tree_entry *entry = NULL;
		const char *above = arena_str(&arena, (struct str){path, (size_t)(p - path)}).p;
		if (git_tree_entry_bypath(&entry, tree, above) != 0)
			;
		else if (git_tree_entry_type(entry) == GIT_OBJECT_COMMIT)
			rc = kith_fail(err, KITH_UNSUPPORTED,
				       "%s is a submodule: commit it there (git -C %s commit -a), "
				       "then %s itself",
				       above, above, above);
		else if (git_tree_entry_type(entry) != GIT_OBJECT_TREE)
			rc = kith_fail(err, KITH_UNSUPPORTED,
				       "%s is a file or a link in HEAD, not a folder", above);
		git_tree_entry_free(entry);
	}
	arena_release(&arena);
	return rc;
}

int branch_look(struct branch_entry *out, const struct branch *head, const struct git_repo *repo,
		const char *path, struct kith_error *err)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	*out = (struct branch_entry){.mode = 0};
	if (head->unborn)
		return 0;
	int rc = git_tree_lookup(&tree, repo->handle, &head->tree);
	if (rc == 0)
		rc = git_tree_entry_bypath(&entry, tree, path);
	if (rc == 0) {
		git_oid_cpy(&out->id, git_tree_entry_id(entry));
		out->mode = git_tree_entry_filemode(entry);
	} else if (rc == GIT_ENOTFOUND && tree) {
		rc = check_folders(tree, path, err);
	} else {
		rc = repo_fail(err, KITH_FAILED, "cannot read HEAD's files");
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc;
}

/* ---- Moving ---- */

static void name_lock(struct buf *out, const char *ref, const struct hold *hold)
{
	bool own = strcmp(ref, "HEAD") == 0;
	buf_printf(out, "%s%s.lock", own ? hold->folder : hold->common, ref);
}

static int branch_is_busy(const struct branch *head, const struct hold *hold,
			  struct kith_error *err)
{
	struct buf path;
	buf_init(&path, 0);
	name_lock(&path, head->ref, hold);
	kith_fail(err, KITH_BUSY,
		  "another git program holds the branch, by %s; try again when it is done. If "
		  "none is running, a crash left this lock there: remove it",
		  path.p);
	buf_release(&path);
	return -1;
}

/* HEAD as a link is git's oldest way of writing it; a commit would cut it off from its branch. */
static int check_plain(const struct hold *hold, struct kith_error *err)
{
	struct stat st;
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%sHEAD", hold->folder);
	bool link = lstat(path.p, &st) == 0 && S_ISLNK(st.st_mode);
	buf_release(&path);
	return link ? kith_fail(err, KITH_UNSUPPORTED,
				"HEAD is a symbolic link, as very old versions of git made it; "
				"git symbolic-ref HEAD \"$(git symbolic-ref HEAD)\" renews it")
		    : 0;
}

/* 1: locked; 0: somebody has it, or HEAD went elsewhere; -1: failed. */
static int try_lock_branch(git_transaction **lock, struct branch *head, const struct git_repo *repo,
			   struct kith_error *err)
{
	struct branch before;
	*lock = NULL;
	if (branch_read(&before, repo, err))
		return -1;
	*head = before;
	int rc = git_transaction_new(lock, repo->handle);
	if (rc == 0)
		rc = git_transaction_lock_ref(*lock, before.ref);
	if (rc == GIT_ELOCKED)
		return 0;
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "cannot lock %s", before.ref);
	if (branch_read(head, repo, err))
		return -1;
	return strcmp(head->ref, before.ref) == 0;
}

int branch_lock(git_transaction **lock, struct branch *head, const struct hold *hold,
		const struct git_repo *repo, struct kith_error *err)
{
	*lock = NULL;
	if (check_plain(hold, err))
		return -1;
	for (unsigned try = 0;; try++) {
		int rc = try_lock_branch(lock, head, repo, err);
		if (rc > 0)
			return 0;
		git_transaction_free(*lock);
		*lock = NULL;
		if (rc < 0)
			return -1;
		if (!hold_wait(try))
			return branch_is_busy(head, hold, err);
	}
}

int branch_move(git_transaction *lock, const struct branch *head, const git_oid *to,
		const git_signature *who, const char *message, struct kith_error *err)
{
	struct buf words;
	buf_init(&words, 0);
	buf_printf(&words, "commit%s: ", head->unborn ? " (initial)" : "");
	buf_add(&words, str_upto(str_of(message), str_find_char(str_of(message), '\n')));
	int rc = git_transaction_set_target(lock, head->ref, to, who, words.p);
	if (rc == 0)
		rc = git_transaction_commit(lock);
	buf_release(&words);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot move %s", head->ref) : 0;
}

/* ---- After a kill ---- */

/* Whether the lock, a plain file, holds that text or a beginning of it. */
static bool lock_holds(bool *nothing, const char *path, struct str text)
{
	struct buf bytes;
	buf_init(&bytes, LOCK_BYTES);
	bool read = fs_load(AT_FDCWD, path, LOCK_BYTES, &bytes) == 0;
	*nothing = read && bytes.n == 0;
	bool holds = read && bytes.n > 0 && str_starts(text, buf_str(&bytes));
	buf_release(&bytes);
	return holds;
}

void branch_clear(const char *ref, const git_oid *to, const struct hold *hold)
{
	char text[GIT_ID_SIZE + 1];
	struct buf path;
	bool nothing = true, ours = false;
	if (!hold->certain)
		return;
	git_oid_tostr(text, sizeof(text), to);
	text[GIT_ID_SIZE - 1] = '\n';
	buf_init(&path, 0);
	name_lock(&path, ref, hold);
	for (unsigned i = 0; i < LOCK_LOOKS && nothing && !ours; i++) {
		ours = lock_holds(&nothing, path.p, (struct str){text, GIT_ID_SIZE});
		if (nothing)
			hold_wait(0);
	}
	if (ours || nothing)
		unlink(path.p);
	buf_release(&path);
}
