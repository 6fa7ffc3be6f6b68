#include "git/backend_recover.h"

#include <errno.h>

#include "base/fs.h"
#include "git/backend.h"
#include "git/carry.h"
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

/* How a file stands: as before, as it shall be, or otherwise. *now: what it holds. */
static int look_at(bool *before, bool *after, struct buf *now, bool *there,
		   const struct backend_change *c, const struct work_file *file,
		   struct kith_error *err)
{
	char sum[WORK_SUM_SIZE];
	struct buf wanted;
	bool none = is(file->after, WORK_NONE);
	int rc = 0, cause = fs_load(c->base.workdir, file->path, (size_t)1 << 31, now);
	*there = cause == 0;
	work_sum(sum, *there ? buf_str(now) : STR_NONE);
	*before = (*there || cause == ENOENT) && is(sum, file->before);
	*after = !*there && cause == ENOENT && none;
	if (!*there || none)
		return 0;
	buf_init(&wanted, 0);
	rc = plumbing_load(&wanted, c->base.repo, file->after, err);
	*after = rc == 0 && str_eq(buf_str(now), buf_str(&wanted));
	buf_release(&wanted);
	return rc;
}

/* Whether the change had begun, and nobody has changed the files since. */
static int look_at_all(bool *begun, const char **other, const struct backend_change *c,
		       const struct work *work, struct kith_error *err)
{
	struct buf now;
	int rc = 0;
	*begun = false;
	*other = NULL;
	buf_init(&now, 0);
	for (size_t i = 0; rc == 0 && i < work->count; i++) {
		bool before, after, there;
		if (!work->files[i].moves)
			continue;
		rc = look_at(&before, &after, &now, &there, c, &work->files[i], err);
		*begun = *begun || after;
		if (!before && !after)
			*other = work->files[i].path;
	}
	buf_release(&now);
	return rc;
}

/* Writes a file that is still as it was before. */
static int redo_file(const struct backend_change *c, const struct work_file *file,
		     struct kith_error *err)
{
	struct buf now, wanted;
	bool before, after, there;
	buf_init(&now, 0);
	buf_init(&wanted, 0);
	int rc = look_at(&before, &after, &now, &there, c, file, err);
	if (rc == 0 && before && !after) {
		bool none = is(file->after, WORK_NONE);
		rc = none ? 0 : plumbing_load(&wanted, c->base.repo, file->after, err);
		if (rc == 0)
			rc = carry_file(c->base.workdir, file->path,
					there ? buf_str(&now) : STR_NONE,
					none ? STR_NONE : buf_str(&wanted), err);
	}
	buf_release(&now);
	buf_release(&wanted);
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
	for (size_t i = 0; rc == 0 && !made && i < work->count; i++)
		if (work->files[i].moves)
			rc = redo_file(c, &work->files[i], err);
	return rc ? rc : backend_finish(c, work, message, id, err);
}

static const char *told(struct arena *arena, const char *words, struct str message)
{
	struct str subject = str_upto(message, str_find_char(message, '\n'));
	return arena_printf(arena, "%s: %.*s", words, STR_ARG(subject)).p;
}

/* Finishes it, or leaves it; what to tell. */
static const char *settle(struct backend_change *c, struct work *work, bool made,
			  struct str message)
{
	struct arena *arena = &c->base.arena;
	struct kith_error why = {0};
	const char *other = NULL;
	bool begun = false;
	int rc = made ? 0 : look_at_all(&begun, &other, c, work, &why);
	if (rc == 0 && !made && !begun && !other)
		return told(arena, "an earlier change was cut off, and nothing of it was done",
			    message);
	if (rc == 0 && !made && !is(work->head, c->head[0] ? c->head : WORK_NONE))
		return told(arena,
			    "an earlier change was cut off, and others have committed since; look "
			    "at git status for what of it is not committed",
			    message);
	if (rc == 0 && !made && !is(work->ref, c->ref))
		return told(
		    arena,
		    "an earlier change was cut off, and another branch is here now; look at "
		    "git status for what of it is not committed",
		    message);
	if (rc == 0 && other)
		return told(arena,
			    arena_printf(arena,
					 "an earlier change was cut off, and was not finished, "
					 "because %s was changed since",
					 other)
				.p,
			    message);
	if (rc == 0 && redo(c, work, made, message, &why) == 0)
		return told(arena, "finished an earlier change that was cut off", message);
	return told(arena,
		    arena_printf(arena,
				 "an earlier change was cut off and cannot be finished (%s); git "
				 "status shows what of it is there",
				 why.message)
			.p,
		    message);
}

int backend_recover(struct backend_change *c, struct kith_error *err)
{
	const char *folder = git_repository_path(c->base.repo->handle);
	struct work work;
	struct buf message;
	bool found, made;
	if (work_read(&work, &found, folder, &c->base.arena, err) ||
	    (found && is_made(&made, c, &work, err)))
		return -1;
	if (found) {
		struct kith_error gone = {0};
		buf_init(&message, 0);
		/* Without its words it is still known what to do. */
		if (plumbing_load(&message, c->base.repo, work.message, &gone))
			buf_addz(&message, "(its message is lost)");
		c->base.recovered = settle(c, &work, made, buf_str(&message));
		buf_release(&message);
	}
	work_clear(folder);
	return found ? backend_head(c->head, c->base.repo, err) : 0;
}
