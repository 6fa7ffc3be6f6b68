#include "git/backend_recover.h"

#include <errno.h>

#include "base/fs.h"
#include "git/backend.h"
#include "git/plumbing.h"

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* Whether HEAD has all of it. */
static int is_made(bool *made, const struct backend_change *c, const struct work *work,
		   struct kith_error *err)
{
	*made = true;
	for (size_t i = 0; i < work->count && *made; i++) {
		struct plumbing_view view = {0};
		if (c->head[0] &&
		    plumbing_look_commit(&view, c->base.repo, c->head, work->files[i].path, err))
			return -1;
		*made = is(view.mode ? view.id : WORK_NONE, work->files[i].head_new);
	}
	return 0;
}

/* Writes a file that is still as it was before; one that is not is left alone. */
static int redo_file(const struct backend_change *c, const struct work_file *file,
		     struct kith_error *err)
{
	char sum[WORK_SUM_SIZE];
	struct buf now, after;
	int rc = 0;
	buf_init(&now, 0);
	buf_init(&after, 0);
	int cause = fs_load(c->base.workdir, file->path, (size_t)1 << 31, &now);
	struct str bytes = cause == 0 ? buf_str(&now) : STR_NONE;
	work_sum(sum, bytes);
	if ((cause == 0 || cause == ENOENT) && is(sum, file->before)) {
		bool there = !is(file->after, WORK_NONE);
		rc = there ? plumbing_load(&after, c->base.repo, file->after, err) : 0;
		if (rc == 0)
			rc = backend_write_file(c, file->path, bytes,
						there ? buf_str(&after) : STR_NONE, err);
	}
	buf_release(&now);
	buf_release(&after);
	return rc;
}

/* Entries that changed since are not touched. */
static int look_again(const struct backend_change *c, struct work *work, bool made,
		      struct kith_error *err)
{
	for (size_t i = 0; i < work->count; i++) {
		struct work_file *file = &work->files[i];
		struct plumbing_view view;
		if (plumbing_look_index(&view, c->base.repo, file->path, err))
			return -1;
		if (!is(view.mode && !view.intent ? view.id : WORK_NONE, file->index_old))
			work_set_id(file->index_new, file->index_old);
		if (made)
			work_set_id(file->head_old, file->head_new);
	}
	return 0;
}

static int redo(struct backend_change *c, struct work *work, bool made, struct str message,
		struct kith_error *err)
{
	char id[GIT_ID_SIZE];
	int rc = look_again(c, work, made, err);
	if (rc == 0)
		rc = backend_prepare(c, work, err);
	for (size_t i = 0; rc == 0 && i < work->count; i++)
		if (work->files[i].moves)
			rc = redo_file(c, &work->files[i], err);
	return rc ? rc : backend_finish(c, work, message, id, err);
}

static const char *told(struct arena *arena, const char *words, struct str message)
{
	struct str subject = str_upto(message, str_find_char(message, '\n'));
	return arena_printf(arena, "%s: %.*s", words, STR_ARG(subject)).p;
}

int backend_recover(struct backend_change *c, struct kith_error *err)
{
	const char *folder = git_repository_path(c->base.repo->handle);
	struct arena *arena = &c->base.arena;
	struct kith_error why = {0};
	struct work work;
	struct buf message;
	bool found, made = false;
	if (work_read(&work, &found, folder, arena, err))
		return -1;
	if (!found) {
		work_clear(folder);
		return 0;
	}
	buf_init(&message, 0);
	bool moved = !is(work.head, c->head[0] ? c->head : WORK_NONE);
	int rc = is_made(&made, c, &work, err);
	if (rc == 0)
		rc = plumbing_load(&message, c->base.repo, work.message, err);
	if (rc == 0 && moved && !made)
		c->base.recovered = told(arena,
					 "an earlier change was cut off, and others have "
					 "committed since; look at git status for what of it is "
					 "not committed",
					 buf_str(&message));
	else if (rc == 0 && redo(c, &work, made, buf_str(&message), &why) == 0)
		c->base.recovered =
		    told(arena, "finished an earlier change that was cut off", buf_str(&message));
	else if (rc == 0)
		c->base.recovered =
		    told(arena,
			 arena_printf(arena,
				      "an earlier change was cut off and cannot be finished (%s); "
				      "git status shows what of it is there",
				      why.message)
			     .p,
			 buf_str(&message));
	if (rc == 0)
		work_clear(folder);
	buf_release(&message);
	return rc ? rc : backend_head(c->head, c->base.repo, err);
}
