#include "git/backend_carry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/backend.h"
#include "git/child.h"
#include "git/plumbing.h"

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool differs(const struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (!is(work->files[i].head_old, work->files[i].head_new))
			return true;
	return false;
}

/* ---- The private indexes ---- */

/* The index as it is; where there is none, git makes it. */
static int copy_index(const struct backend_change *c, struct kith_error *err)
{
	struct buf bytes;
	int rc = 0;
	buf_init(&bytes, 0);
	errno = fs_load(AT_FDCWD, c->index, (size_t)1 << 31, &bytes);
	if (errno == 0)
		rc = fs_replace(AT_FDCWD, c->next_index, buf_str(&bytes), STR_NONE, err);
	else if (errno != ENOENT)
		rc = kith_fail_errno(err, "cannot read %s", c->index);
	buf_release(&bytes);
	return rc;
}

static int prepare_next(const struct backend_change *c, const struct work *work,
			struct kith_error *err)
{
	struct plumbing_edit *edits = mem_zalloc(work->count + 1, sizeof(*edits));
	size_t count = 0;
	for (size_t i = 0; i < work->count; i++) {
		const struct work_file *file = &work->files[i];
		bool there = !is(file->index_new, WORK_NONE);
		if (is(file->index_new, file->index_old))
			continue;
		edits[count++] = (struct plumbing_edit){
		    .path = file->path,
		    .mode = there ? file->index_mode : 0,
		    .id = there                            ? file->index_new
			  : is(file->index_old, WORK_NONE) ? file->head_old
							   : file->index_old,
		    .assumed = (file->index_flags & WORK_ASSUMED) != 0,
		    .skipped = (file->index_flags & WORK_SKIPPED) != 0,
		};
	}
	unlink(c->next_index);
	int rc = count > 0 ? copy_index(c, err) : 0;
	if (rc == 0)
		rc = plumbing_edit_index(c->base.repo, c->next_index, edits, count, err);
	free(edits);
	return rc;
}

/* HEAD and our files. */
static int prepare_commit(const struct backend_change *c, const struct work *work,
			  struct kith_error *err)
{
	const char *args[] = {"read-tree", c->head[0] ? c->head : "--empty", NULL};
	struct child child = {.repo = c->base.repo, .index = c->scratch};
	struct plumbing_edit *edits = mem_zalloc(work->count + 1, sizeof(*edits));
	size_t count = 0;
	for (size_t i = 0; i < work->count; i++) {
		const struct work_file *file = &work->files[i];
		bool there = !is(file->head_new, WORK_NONE);
		if (!is(file->head_new, file->head_old))
			edits[count++] = (struct plumbing_edit){
			    .path = file->path,
			    .mode = there ? file->head_mode : 0,
			    .id = there ? file->head_new : file->head_old,
			};
	}
	unlink(c->scratch);
	int rc = child_run(&child, args, "cannot read HEAD", err);
	if (rc == 0)
		rc = plumbing_edit_index(c->base.repo, c->scratch, edits, count, err);
	free(edits);
	return rc;
}

int backend_prepare(const struct backend_change *c, const struct work *work, struct kith_error *err)
{
	return prepare_next(c, work, err) || prepare_commit(c, work, err) ? -1 : 0;
}

/* ---- The commit ---- */

static int run_commit(const struct backend_change *c, const struct work *work, struct str message,
		      struct kith_error *err)
{
	struct arena arena;
	const char *args[] = {"-c",
			      "i18n.commitEncoding=UTF-8",
			      "commit",
			      "-q",
			      "--cleanup=whitespace",
			      "-F",
			      "-",
			      work->no_verify ? "--no-verify" : NULL,
			      NULL};
	arena_init(&arena);
	struct child child = {.repo = c->base.repo,
			      .index = c->scratch,
			      .keep = c->base.hold.fd,
			      .env = child_identity(c->base.author, c->base.committer, &arena),
			      .input = message};
	int rc =
	    child_run(&child, args, "git, or a hook of this repository, refused the commit", err);
	arena_release(&arena);
	return rc;
}

/* Whether the commit's only parent is what HEAD was. */
static int check_parent(const struct backend_change *c, const char *made, struct kith_error *err)
{
	const char *args[] = {"rev-parse", "--verify", "-q", NULL, NULL};
	struct arena arena;
	struct buf out;
	int status = 1;
	struct child child = {.repo = c->base.repo, .out = &out, .status = &status};
	arena_init(&arena);
	buf_init(&out, 256);
	args[3] = arena_printf(&arena, "%s^1", made).p;
	int rc = child_run(&child, args, "", err);
	if (rc == 0 && !str_eq(str_trim(buf_str(&out)), str_of(c->head)))
		rc = kith_fail(err, KITH_CHANGED,
			       "somebody else moved the branch while git committed; look at "
			       "commit %s, which may take back what they did",
			       made);
	buf_release(&out);
	arena_release(&arena);
	return rc;
}

static int commit(struct backend_change *c, const struct work *work, struct str message,
		  char id[GIT_ID_SIZE], struct kith_error *err)
{
	char now[GIT_ID_SIZE];
	if (backend_head(now, c->base.repo, err))
		return -1;
	if (!is(now, c->head))
		return kith_fail(err, KITH_CHANGED,
				 "somebody else moved the branch meanwhile; try again");
	/* What counts is where HEAD is afterwards, whatever git says. */
	struct kith_error why = {0};
	int rc = run_commit(c, work, message, &why);
	if (backend_head(id, c->base.repo, err))
		return -1;
	if (!is(id, c->head))
		return check_parent(c, id, err);
	id[0] = '\0';
	return kith_fail(err, rc ? why.status : KITH_FAILED, "%s",
			 rc ? why.message : "git made no commit, without a word");
}

static const struct work_file *find_file(const struct work *work, const char *path)
{
	for (size_t i = 0; i < work->count; i++)
		if (is(work->files[i].path, path))
			return &work->files[i];
	return NULL;
}

/* Whether the index had what HEAD had before, or was to have what HEAD has now. */
static int goes_along(bool *out, const struct backend_change *c, const struct work *work,
		      const struct plumbing_difference *change, struct kith_error *err)
{
	const struct work_file *file = find_file(work, change->path);
	struct plumbing_view view;
	*out = file && is(file->head_new, file->index_new) && !is(file->head_new, change->after);
	if (file)
		return 0;
	if (plumbing_look_index(&view, c->base.repo, change->path, err))
		return -1;
	*out = view.mode == change->before_mode && (!view.mode || is(view.id, change->before));
	return 0;
}

/* A hook may have put other bytes, and other files, into the commit: the index follows. */
static int follow(const struct backend_change *c, const struct work *work, const char *made,
		  struct kith_error *err)
{
	struct plumbing_difference *changes;
	struct plumbing_edit *edits;
	struct arena arena;
	size_t found, count = 0;
	arena_init(&arena);
	int rc = plumbing_compare(&changes, &found, c->base.repo, c->head, made, &arena, err);
	edits = ARENA_ARRAY(&arena, struct plumbing_edit, found + 1);
	for (size_t i = 0; rc == 0 && i < found; i++) {
		const struct plumbing_difference *change = &changes[i];
		bool along;
		rc = goes_along(&along, c, work, change, err);
		if (rc || !along)
			continue;
		bool there = change->after_mode != 0;
		edits[count++] =
		    (struct plumbing_edit){.path = change->path,
					   .mode = change->after_mode,
					   .id = there ? change->after : change->before};
	}
	if (rc == 0 && count > 0 && access(c->next_index, F_OK) != 0)
		rc = copy_index(c, err);
	if (rc == 0)
		rc = plumbing_edit_index(c->base.repo, c->next_index, edits, count, err);
	arena_release(&arena);
	return rc;
}

static int publish(const struct backend_change *c, struct kith_error *err)
{
	if (access(c->next_index, F_OK) != 0)
		return 0;
	return rename(c->next_index, c->index) < 0
		   ? kith_fail_errno(err,
				     "the commit was made, but the index is as before; cannot "
				     "replace %s",
				     c->index)
		   : 0;
}

int backend_finish(struct backend_change *c, const struct work *work, struct str message,
		   char id[GIT_ID_SIZE], struct kith_error *err)
{
	id[0] = '\0';
	if (differs(work) && (commit(c, work, message, id, err) || follow(c, work, id, err)))
		return -1;
	return publish(c, err);
}
