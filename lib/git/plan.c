#include "git/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "git/config.h"
#include "git/content.h"
#include "git/making.h"
#include "git/tree.h"

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

static uint32_t fresh_mode(const struct git_change *change, const char *path)
{
	struct stat st;
	bool runs = fstatat(change->workdir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && (st.st_mode & S_IXUSR);
	return runs && config_bool(change->repo->handle, "core.fileMode", true)
		   ? GIT_FILEMODE_BLOB_EXECUTABLE
		   : GIT_FILEMODE_BLOB;
}

/* What HEAD and the index have, and with what mode the file goes into each. */
static int look(struct record_file *to, const struct git_file *file,
		const struct git_change *change, struct kith_error *err)
{
	struct tree_view view;
	const struct index_entry *entry = index_find(&change->stage.index, file->path);
	if (tree_look(&view, change->repo, change->head.unborn ? NULL : &change->head.tree,
		      file->path, err))
		return -1;
	if (view.mode != GIT_FILEMODE_UNREADABLE) {
		if (plan_check_mode(view.mode, file->path, "HEAD", err))
			return -1;
		to->head_old = view.id;
		to->head_mode = view.mode;
	}
	if (entry) {
		struct index_view has;
		index_look(&has, entry);
		if (plan_check_mode(has.mode, file->path, "the index", err))
			return -1;
		to->index_mode = has.mode;
		if (!has.intent)
			to->index_old = has.id;
	} else if (file->index.p && index_blocks(&change->stage.index, file->path)) {
		return plan_check_mode(GIT_FILEMODE_TREE, file->path, "the index", err);
	}
	if (!to->head_mode)
		to->head_mode = to->index_mode ? to->index_mode : fresh_mode(change, file->path);
	if (!to->index_mode)
		to->index_mode = to->head_mode;
	return 0;
}

static int check_ignored(const struct record_file *to, const struct git_change *change,
			 struct kith_error *err)
{
	int ignored = 0;
	if (!git_oid_is_zero(&to->head_old) || index_find(&change->stage.index, to->path))
		return 0;
	if (git_ignore_path_is_ignored(&ignored, change->repo->handle, to->path) == 0 && !ignored)
		return 0;
	return kith_fail(err, KITH_INVALID,
			 "git ignores %s (.gitignore), so it cannot be committed", to->path);
}

static bool same_slice(struct str a, struct str b)
{
	return a.p == b.p && a.n == b.n;
}

static bool same_bytes(struct str a, struct str b)
{
	return a.p && b.p && str_eq(a, b);
}

/* Stores what the file shall hold, so that it can be written by another run. */
static int store_file(struct record_file *to, const struct git_file *file, bool head_plain,
		      struct git_change *change, struct kith_error *err)
{
	to->moves =
	    !same_slice(file->before, file->after) && !same_bytes(file->before, file->after);
	if (!to->moves)
		return 0;
	if (file->before.p && object_id(&to->before, file->before, err))
		return -1;
	if (head_plain && same_bytes(file->after, file->head)) {
		to->after = to->head_new;
		return 0;
	}
	return file->after.p
		   ? object_write(&to->after, &change->objects, GIT_OBJECT_BLOB, file->after, err)
		   : 0;
}

/*
 * Under text=auto and core.autocrlf a file keeps the CR LF that the index has
 * of it: libgit2 sees what the copy at hand had.
 */
static int lend_old(struct git_change *change, const char *path, uint32_t mode, const git_oid *had,
		    const git_oid *else_had, struct kith_error *err)
{
	git_index_entry entry = {
	    .mode = mode, .id = git_oid_is_zero(had) ? *else_had : *had, .path = path};
	if (git_oid_is_zero(&entry.id))
		return 0;
	return git_index_add(change->attributes, &entry) < 0
		   ? repo_fail(err, KITH_FAILED, "cannot store %s", path)
		   : 0;
}

static int plan_file(struct record_file *to, const struct git_file *file, struct git_change *change,
		     struct kith_error *err)
{
	bool plain = false, index_plain;
	to->path = file->path;
	if (plan_check_path(file->path, err) || look(to, file, change, err))
		return -1;
	if ((file->head.p || file->index.p) && check_ignored(to, change, err))
		return -1;
	if (file->head.p &&
	    (lend_old(change, to->path, to->head_mode, &to->head_old, &to->index_old, err) ||
	     content_store(&to->head_new, &plain, &change->objects, file->path, file->head, err)))
		return -1;
	if (same_bytes(file->head, file->index))
		to->index_new = to->head_new;
	else if (file->index.p &&
		 (lend_old(change, to->path, to->index_mode, &to->index_old, &to->head_old, err) ||
		  content_store(&to->index_new, &index_plain, &change->objects, file->path,
				file->index, err)))
		return -1;
	return store_file(to, file, plain, change, err);
}

static int by_path(const void *a, const void *b)
{
	const struct git_file *const *x = a, *const *y = b;
	return strcmp((*x)->path, (*y)->path);
}

static int check_twins(const struct plan *plan, struct kith_error *err)
{
	for (size_t i = 1; i < plan->record.count; i++)
		if (strcmp(plan->files[i - 1]->path, plan->files[i]->path) == 0)
			return kith_fail(err, KITH_INVALID, "%s is given twice",
					 plan->files[i]->path);
	return 0;
}

static int make_draft(struct plan *plan, struct git_change *change,
		      const struct git_message *message, struct kith_error *err)
{
	git_buf text = GIT_BUF_INIT;
	git_oid tree;
	bool same = true;
	int rc = git_message_prettify(&text, message->text, 0, '#');
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot use the commit's message");
	else if (text.size == 0)
		rc = kith_fail(err, KITH_INVALID, "a commit needs a message");
	if (rc == 0)
		rc = making_tree(&tree, &same, &change->objects, &change->head, &plan->record, err);
	if (rc == 0 && !same)
		rc = making_commit(&plan->record.draft, &change->objects, &tree, &change->head,
				   change->author, change->committer, text.ptr, err);
	git_buf_dispose(&text);
	return rc < 0 ? -1 : 0;
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
	qsort(plan->files, count, sizeof(*plan->files), by_path);
	if (check_twins(plan, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (plan_file(&record->files[i], plan->files[i], change, err))
			return -1;
	return make_draft(plan, change, message, err);
}
