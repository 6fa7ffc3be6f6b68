#include "git/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/commit.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/content.h"
#include "git/gitcommit.h"
#include "git/gitconfig.h"
#include "git/plan.h"
#include "git/program.h"
#include "git/share.h"
#include "git/store.h"
#include "git/treediff.h"

/* ---- The trees ---- */

/* The next of the texts that end with a NUL; p == NULL at the end. */
static struct str take_field(struct str *rest)
{
	struct str field = str_upto(*rest, str_find_char(*rest, '\0'));
	if (field.n == rest->n)
		return STR_NONE;
	*rest = str_from(*rest, field.n + 1);
	return field;
}

static struct git_conflict *conflict_at(struct git_merge *out, struct str path, size_t *cap,
					struct arena *arena)
{
	struct git_conflict *last = out->count ? &out->files[out->count - 1] : NULL;
	if (last && str_eq(path, str_of(last->path)))
		return last;
	out->files = mem_grow(out->files, out->count, cap, sizeof(*out->files));
	out->files[out->count] =
	    (struct git_conflict){.path = arena_str(arena, path).p, .plain = true};
	return &out->files[out->count++];
}

/* `MODE ID STAGE\tPATH`, as `git merge-tree -z` has it. */
static bool read_stage(struct git_merge *out, struct str field, size_t *cap, struct arena *arena)
{
	size_t tab = str_find_char(field, '\t'), blank = str_find_char(field, ' ');
	struct str id = str_upto(str_from(field, blank + 1), GIT_OID_HEXSZ);
	if (tab + 1 >= field.n || tab < 1 || id.n != GIT_OID_HEXSZ)
		return false;
	int stage = field.p[tab - 1] - '1';
	struct git_conflict *file = conflict_at(out, str_from(field, tab + 1), cap, arena);
	if (stage < 0 || stage > 2)
		return false;
	memcpy(file->stages[stage], id.p, GIT_OID_HEXSZ);
	file->plain &= str_starts(field, STR("100"));
	return true;
}

/* `COUNT PATH... KIND WORDS`: of those that clash, what git says. */
static bool read_message(struct git_merge *out, struct str *rest, size_t *cap, struct arena *arena)
{
	struct str number = take_field(rest);
	long count = number.p ? str_number(number, 1000) : -1;
	if (count < 0)
		return false;
	struct git_clash clash = {.paths = ARENA_ARRAY(arena, const char *, (size_t)count)};
	for (; clash.count < (size_t)count; clash.count++)
		clash.paths[clash.count] = arena_str(arena, take_field(rest)).p;
	struct str kind = take_field(rest), words = take_field(rest);
	if (!words.p || !(str_starts(kind, STR("CONFLICT")) || str_eq(kind, STR(GIT_MOVED))))
		return words.p != NULL;
	clash.kind = arena_str(arena, kind).p;
	clash.words = arena_str(arena, str_rtrim(words)).p;
	out->clashes = mem_grow(out->clashes, out->clashes_count, cap, sizeof(*out->clashes));
	out->clashes[out->clashes_count++] = clash;
	return true;
}

static bool read_merged(struct git_merge *out, struct str text, struct arena *arena)
{
	struct git_merge read = {.tree = ""};
	struct str tree = take_field(&text), field;
	size_t cap = 0, clashes_cap = 0;
	bool good = tree.n == GIT_OID_HEXSZ;
	if (good)
		memcpy(read.tree, tree.p, GIT_OID_HEXSZ);
	while (good && (field = take_field(&text)).n)
		good = read_stage(&read, field, &cap, arena);
	while (good && text.n)
		good = read_message(&read, &text, &clashes_cap, arena);
	*out = read;
	out->files = arena_copy(arena, read.files, read.count, sizeof(*read.files));
	out->clashes = arena_copy(arena, read.clashes, read.clashes_count, sizeof(*read.clashes));
	free(read.files);
	free(read.clashes);
	return good;
}

/* A work tree of nothing, for what git lays down for drivers where it is called. */
static const char *make_scratch(const struct git_change *change, struct arena *arena)
{
	const char *folder = arena_printf(arena, "%s" MERGE_SCRATCH, change->hold.folder).p;
	mkdir(folder, 0777);
	return folder;
}

int merge_trees(struct git_merge *out, struct git_change *change, const char *ours,
		const char *theirs, const struct git_driver *driver, bool unrelated,
		struct arena *arena, struct kith_error *err)
{
	const char *folder = make_scratch(change, arena);
	/* Also for files that a clone does not know to be the driver's. */
	const char *args[] = {
	    "-c",
	    arena_printf(arena, "merge.default=%s", driver->name).p,
	    "-c",
	    arena_printf(arena, "merge.%s.driver=%s", driver->name, driver->command).p,
	    "-c",
	    "merge.directoryRenames=true",
	    "merge-tree",
	    "--write-tree",
	    "-z",
	    unrelated ? "--allow-unrelated-histories" : "--messages",
	    ours,
	    theirs,
	    NULL};
	const char *env[] = {arena_printf(arena, "GIT_DIR=%s", change->hold.folder).p,
			     "GIT_WORK_TREE=.", NULL};
	struct buf text;
	struct kith_error why = {0};
	const mode_t mask = share_begin(change->repo);
	transaction_enter(change);
	buf_init(&text, 0);
	const struct program_call call = {
	    .repo = change->repo, .out = &text, .folder = folder, .env = env};
	int rc = program_run(&call, args, "git cannot merge", &why);
	rmdir(folder);
	/* A conflict ends git with 1, and is printed whole. */
	bool read = read_merged(out, buf_str(&text), arena);
	if (!read)
		kith_fail(err, KITH_FAILED, "%s: %s", change->hold.folder,
			  rc ? why.message : "git merge-tree prints what kith cannot read");
	memcpy(out->ours, ours, strlen(ours) + 1);
	memcpy(out->theirs, theirs, strlen(theirs) + 1);
	buf_release(&text);
	transaction_leave(change);
	share_end(mask);
	return read ? 0 : -1;
}

/* ---- The commit ---- */

/* The merged tree with what was settled. */
static int settle_tree(git_oid *out, const struct git_repo *repo, const struct git_merge *merge,
		       const struct git_settled *settled, size_t count, struct kith_error *err)
{
	git_tree_update *updates = mem_zalloc(count + 1, sizeof(*updates));
	git_tree *tree = NULL;
	int rc = git_oid_fromstr(out, merge->tree);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		updates[i] = (git_tree_update){
		    .action = settled[i].bytes.p ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
		    .filemode = GIT_FILEMODE_BLOB,
		    .path = settled[i].path};
		if (settled[i].bytes.p &&
		    content_store(&updates[i].id, repo, settled[i].path, settled[i].bytes, err))
			rc = GIT_EUSER;
	}
	if (rc == 0 && count) {
		rc = git_tree_lookup(&tree, repo->handle, out);
		if (rc == 0)
			rc = git_tree_create_updated(out, repo->handle, tree, count, updates);
	}
	git_tree_free(tree);
	free(updates);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot store the merged files") : 0;
}

static int run_hook(const struct git_change *change, const char *name, const char *file,
		    struct kith_error *err)
{
	const char *args[] = {
	    "hook", "run",
	    name,   file ? "--" : NULL,
	    file,   file && strcmp(name, "prepare-commit-msg") == 0 ? "merge" : NULL,
	    NULL};
	const struct program_call call = {.repo = change->repo,
					  .index = change->stage.copy,
					  .keep = change->hold.fd,
					  .folder = gitcommit_folder(change->repo),
					  .as_user = true};
	struct arena arena;
	arena_init(&arena);
	const char *what =
	    arena_printf(&arena, "the hook %s of this repository refused the merge", name).p;
	int rc = gitcommit_has_hook(change->repo, name) ? program_run(&call, args, what, err) : 0;
	arena_release(&arena);
	return rc;
}

/* As `git merge` runs them: on an index of the merged tree, and on the message in a file. */
static int run_merge_hooks(struct buf *message, struct git_change *change, const git_oid *tree,
			   struct kith_error *err)
{
	static const char *const hooks[] = {"pre-merge-commit", "prepare-commit-msg", "commit-msg"};
	const char *path = arena_printf(&change->arena, "%skith-message", change->hold.folder).p;
	bool any = false;
	for (size_t i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++)
		any |= gitcommit_has_hook(change->repo, hooks[i]);
	if (!any)
		return 0;
	unlink(path);
	const struct fs_file file = {path, STR_NONE, buf_str(message), 0};
	int rc = store_publish(change->repo, err) || stage_copy_tree(&change->stage, tree, err) ||
		 fs_carry(AT_FDCWD, &file, err);
	for (size_t i = 0; rc == 0 && i < sizeof(hooks) / sizeof(hooks[0]); i++)
		rc = run_hook(change, hooks[i], i ? path : NULL, err);
	if (rc == 0)
		rc = fs_read(AT_FDCWD, path, SIZE_MAX / 2, message, err);
	unlink(path);
	return rc ? -1 : 0;
}

/* By the git program, which signs. */
static int sign_merge(char id[GIT_ID_SIZE], const struct git_change *change,
		      const struct git_merge *merge, const git_oid *tree, struct str message,
		      struct kith_error *err)
{
	char name[GIT_ID_SIZE];
	const char *args[] = {"commit-tree", "-S", "-p", merge->ours, "-p",
			      merge->theirs, "-F", "-",  name,        NULL};
	struct buf out;
	buf_init(&out, 0);
	git_oid_tostr(name, sizeof(name), tree);
	const struct program_call call = {
	    .repo = change->repo, .author = change->author, .input = message, .out = &out};
	int rc = store_publish(change->repo, err) ||
		 program_run(&call, args, "git makes no commit of the merge", err);
	if (rc)
		kith_fail_context(err, "%s", change->hold.folder);
	if (rc == 0 && out.n < GIT_OID_HEXSZ)
		rc = kith_fail(err, KITH_FAILED, "git made no commit of the merge");
	if (rc == 0)
		memcpy(id, out.p, GIT_OID_HEXSZ);
	id[rc == 0 ? GIT_OID_HEXSZ : 0] = '\0';
	buf_release(&out);
	return rc;
}

static int store_merge(char id[GIT_ID_SIZE], const struct git_change *change,
		       const struct git_merge *merge, const git_oid *tree, const char *message,
		       struct kith_error *err)
{
	git_oid parents[2], made;
	const git_oid *both[] = {&parents[0], &parents[1]};
	if (gitconfig_bool(change->repo->handle, "commit.gpgSign", false))
		return sign_merge(id, change, merge, tree, str_of(message), err);
	if (git_oid_fromstr(&parents[0], merge->ours) < 0 ||
	    git_oid_fromstr(&parents[1], merge->theirs) < 0 ||
	    git_commit_create_from_ids(&made, change->repo->handle, NULL, change->author,
				       change->committer, NULL, message, tree, 2, both) < 0)
		return repo_fail(err, KITH_FAILED, "cannot store the commit in the repository");
	git_oid_tostr(id, GIT_ID_SIZE, &made);
	return store_publish(change->repo, err);
}

int merge_commit(char id[GIT_ID_SIZE], struct git_change *change, const struct git_merge *merge,
		 const struct git_settled *settled, size_t count, const char *message,
		 struct kith_error *err)
{
	git_oid tree;
	struct buf text;
	const mode_t mask = share_begin(change->repo);
	transaction_enter(change);
	buf_init(&text, 0);
	buf_addz(&text, message);
	int rc = settle_tree(&tree, change->repo, merge, settled, count, err) ||
		 run_merge_hooks(&text, change, &tree, err) ||
		 store_merge(id, change, merge, &tree, text.p, err);
	buf_release(&text);
	transaction_leave(change);
	share_end(mask);
	return rc ? -1 : 0;
}

/* ---- To a commit ---- */

struct advance {
	struct git_change *change;
	struct branch to; /* the commit, as a branch at it would be */
	struct plan plan;
	struct git_file *files;
};

static int fail_open(const char *path, const char *how, struct kith_error *err)
{
	return kith_fail(err, KITH_FAILED,
			 "%s %s, and something else comes in for it: commit it (git commit -- "
			 "'%s') or take it back first",
			 path, how, path);
}

/* What stands there; p == NULL for nothing. */
static int load_work_file(struct str *out, const struct git_change *change, const char *path,
			  struct arena *arena, struct kith_error *err)
{
	struct buf bytes;
	buf_init(&bytes, 0);
	int cause = fs_load(change->workdir, path, SIZE_MAX / 2, &bytes);
	*out = cause ? STR_NONE : arena_str(arena, buf_str(&bytes));
	buf_release(&bytes);
	if (cause == 0 || cause == ENOENT || cause == ENOTDIR)
		return 0;
	return kith_fail(err, KITH_UNSUPPORTED,
			 "%s is no plain file here, and something comes in for it: move it away",
			 path);
}

/* Whether the file is, for git, what HEAD has. */
static int check_as_head(const struct git_change *change, const struct record_file *row,
			 struct str now, struct str target, struct kith_error *err)
{
	struct buf bytes;
	git_oid id = {{0}};
	bool same = now.p ? target.p && str_eq(now, target) : git_oid_is_zero(&row->head_old);
	if (same || (!now.p && !target.p))
		return 0;
	buf_init(&bytes, 0);
	if (now.p && !git_oid_is_zero(&row->head_old))
		same = content_load(&bytes, change->repo, row->path, &row->head_old, SIZE_MAX / 2,
				    err) == 0 &&
		       (str_eq(buf_str(&bytes), now) ||
			(content_store(&id, change->repo, row->path, now, err) == 0 &&
			 git_oid_equal(&id, &row->head_old)));
	buf_release(&bytes);
	if (err->status)
		return -1;
	return same
		   ? 0
		   : fail_open(row->path,
			       now.p ? "has changes that are not committed" : "was taken away here",
			       err);
}

static int load_target(struct str *out, const struct git_change *change,
		       const struct record_file *row, struct arena *arena, struct kith_error *err)
{
	struct buf bytes;
	*out = STR_NONE;
	if (git_oid_is_zero(&row->head_new))
		return 0;
	buf_init(&bytes, 0);
	int rc = content_load(&bytes, change->repo, row->path, &row->head_new, SIZE_MAX / 2, err);
	if (rc == 0)
		*out = arena_str(arena, buf_str(&bytes));
	buf_release(&bytes);
	return rc;
}

static int plan_advanced_file(struct advance *a, size_t at, const char *path,
			      struct kith_error *err)
{
	struct git_change *change = a->change;
	struct record_file *row = &a->plan.record.files[at];
	struct branch_entry from, to;
	struct str now, target;
	const git_index_entry *entry = stage_find(&change->stage, path);
	row->path = path;
	if (branch_look(&from, &change->head, change->repo, path, err) ||
	    branch_look(&to, &a->to, change->repo, path, err) ||
	    (from.mode && plan_check_mode(from.mode, path, "HEAD", err)) ||
	    (to.mode && plan_check_mode(to.mode, path, "what comes in", err)))
		return -1;
	row->head_old = from.id;
	row->head_new = to.id;
	row->index_old = stage_id(entry);
	row->index_new = to.id;
	row->head_mode = row->index_mode = to.mode ? to.mode : from.mode;
	if (!git_oid_equal(&row->index_old, &from.id) && !git_oid_equal(&row->index_old, &to.id))
		return fail_open(path, "is staged otherwise", err);
	if (load_work_file(&now, change, path, &change->arena, err) ||
	    load_target(&target, change, row, &change->arena, err) ||
	    check_as_head(change, row, now, target, err))
		return -1;
	row->moves = now.p && target.p ? !str_eq(now, target) : now.p != target.p;
	if (row->moves && now.p && git_odb_hash(&row->before, now.p, now.n, GIT_OBJECT_BLOB) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read %s", path);
	a->files[at] =
	    (struct git_file){path, now, row->moves ? target : now, target, target, 0, false};
	a->plan.files[at] = &a->files[at];
	return row->moves && target.p ? content_keep(&row->after, change->repo, target, err) : 0;
}

static int plan_advance(struct advance *a, const git_oid *id, struct kith_error *err)
{
	static const char *const all[] = {""};
	struct git_change *change = a->change;
	struct treediff found = {.cap = 0};
	git_tree *old = NULL, *new = NULL;
	int rc = git_tree_lookup(&new, change->repo->handle, &a->to.tree);
	if (rc == 0 && !change->head.unborn)
		rc = git_tree_lookup(&old, change->repo->handle, &change->head.tree);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot read what comes in");
	else
		rc = treediff_find(&found, change->repo->handle, old, new, all, 1, err);
	size_t count = found.count;
	a->files = ARENA_ARRAY(&change->arena, struct git_file, count + 1);
	a->plan = (struct plan){
	    .files = ARENA_ARRAY(&change->arena, const struct git_file *, count + 1),
	    .record = {.files = ARENA_ARRAY(&change->arena, struct record_file, count + 1),
		       .count = count,
		       .ref = change->head.ref,
		       .draft = *id,
		       .given = true,
		       .from = change->head.id},
	};
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = plan_advanced_file(
		    a, i, arena_str(&change->arena, str_of(found.items[i].path)).p, err);
	treediff_release(&found);
	git_tree_free(old);
	git_tree_free(new);
	return rc ? -1 : 0;
}

static int find_advance(struct advance *a, git_oid *id, const char *name, struct kith_error *err)
{
	const struct git_change *change = a->change;
	git_commit *commit = NULL;
	a->to = (struct branch){.unborn = false};
	if (git_oid_fromstr(id, name) < 0 ||
	    git_commit_lookup(&commit, change->repo->handle, id) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read what comes in from %s",
				 change->hold.folder);
	a->to.id = *id;
	a->to.tree = *git_commit_tree_id(commit);
	git_commit_free(commit);
	return 0;
}

/* The executable bits, which no file is written with. */
static void carry_modes(const struct advance *a)
{
	for (size_t i = 0; i < a->plan.record.count; i++) {
		const struct record_file *row = &a->plan.record.files[i];
		struct stat st;
		if (git_oid_is_zero(&row->head_new) ||
		    fstatat(a->change->workdir, row->path, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		bool runs = row->head_mode == GIT_FILEMODE_BLOB_EXECUTABLE;
		mode_t mode = (st.st_mode & 0777) | (runs ? (st.st_mode & 0444) >> 2 : 0);
		mode = runs ? mode : mode & ~(mode_t)0111;
		if (mode != (st.st_mode & 0777))
			(void)!fchmodat(a->change->workdir, row->path, mode, 0);
	}
}

static bool is_same_folder(const struct stat *a, int dir, const char *path)
{
	struct stat b;
	return fstatat(dir, path, &b, AT_SYMLINK_NOFOLLOW) == 0 && a->st_dev == b.st_dev &&
	       a->st_ino == b.st_ino;
}

/* Folders in which nothing is left, as git takes them away; but for the one that one stands in. */
static void remove_folders(const struct advance *a)
{
	struct stat here;
	bool stands = stat(".", &here) == 0;
	for (size_t i = 0; i < a->plan.record.count; i++) {
		const struct record_file *row = &a->plan.record.files[i];
		struct str path = str_of(row->path);
		bool gone = git_oid_is_zero(&row->head_new) && row->moves;
		while (gone && (path.n -= str_base(path).n) > 0) {
			path.n--;
			const char *folder = arena_str(&a->change->arena, path).p;
			gone = !(stands && is_same_folder(&here, a->change->workdir, folder)) &&
			       unlinkat(a->change->workdir, folder, AT_REMOVEDIR) == 0;
		}
	}
}

/* KITH_CHANGED where somebody committed since the caller looked. from: "" for an unborn branch. */
static int check_standing(const struct git_change *change, const char *from, struct kith_error *err)
{
	char now[GIT_ID_SIZE] = "";
	if (!change->head.unborn)
		git_oid_tostr(now, sizeof(now), &change->head.id);
	return strcmp(now, from) == 0
		   ? 0
		   : kith_fail(err, KITH_CHANGED, "somebody else committed meanwhile");
}

int merge_advance(struct git_change *change, const char *from, const char *id, bool look,
		  struct git_outcome *outcome, struct kith_error *err)
{
	struct advance a = {.change = change};
	git_oid to;
	*outcome = (struct git_outcome){.written = false};
	transaction_enter(change);
	int rc = check_standing(change, from, err) || find_advance(&a, &to, id, err) ||
			 plan_advance(&a, &to, err)
		     ? -1
		     : 0;
	if (rc == 0 && !look) {
		rc = transaction_carry(change, &a.plan, outcome, err);
		if (gitconfig_bool(change->repo->handle, "core.fileMode", true))
			carry_modes(&a);
		if (rc == 0)
			remove_folders(&a);
	}
	transaction_leave(change);
	return rc;
}

int merge_fast_forward(struct git_repo *repo, const char *id, struct kith_error *err)
{
	const char *args[] = {"merge", "--ff-only", "--quiet", id, NULL};
	const struct program_call call = {.repo = repo};
	repo_enter(repo);
	return program_run(&call, args, "what comes in cannot be brought into the files", err);
}

void merge_tell_hook(struct git_repo *repo)
{
	const char *args[] = {"hook", "run", "post-merge", "--", "0", NULL};
	const struct program_call call = {
	    .repo = repo, .folder = gitcommit_folder(repo), .as_user = true};
	repo_enter(repo);
	if (gitcommit_has_hook(repo, "post-merge"))
		(void)!program_run(&call, args, "the hook post-merge failed", NULL);
}
