#include "git/content.h"

#include "git/filter.h"

static int store_foreign(git_oid *out, const struct git_repo *repo, const char *path,
			 struct str bytes, struct kith_error *err)
{
	char id[GIT_ID_SIZE];
	if (filter_store(id, repo, path, bytes, err))
		return -1;
	return git_oid_fromstr(out, id) < 0
		   ? repo_fail(err, KITH_FAILED, "git cannot store %s", path)
		   : 0;
}

int content_store(git_oid *out, bool *plain, struct object_batch *batch, const char *path,
		  struct str bytes, struct kith_error *err)
{
	git_filter_list *filters = NULL;
	git_buf stored = GIT_BUF_INIT;
	*plain = false;
	if (filter_foreign(batch->repo, path))
		return store_foreign(out, batch->repo, path, bytes, err);
	int rc = git_filter_list_load(&filters, batch->repo->handle, NULL, path, GIT_FILTER_TO_ODB,
				      GIT_FILTER_DEFAULT);
	*plain = !filters;
	if (rc == 0 && filters) {
		rc = git_filter_list_apply_to_buffer(&stored, filters, bytes.p ? bytes.p : "",
						     bytes.n);
		*plain = rc == 0 && str_eq(bytes, (struct str){stored.ptr, stored.size});
		bytes = (struct str){stored.ptr, stored.size};
	}
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "git cannot store %s", path);
	else
		rc = object_write(out, batch, GIT_OBJECT_BLOB, bytes, err);
	git_filter_list_free(filters);
	git_buf_dispose(&stored);
	return rc < 0 ? -1 : 0;
}

static int too_large(const char *path, size_t max, struct kith_error *err)
{
	return kith_fail(err, KITH_INVALID, "%s is larger than %zu bytes in git", path, max);
}

/* The same the other way round. Adds to out what the blob's bytes stand for. */
static int show(struct buf *out, const struct git_repo *repo, const char *path, struct str bytes,
		size_t max, struct kith_error *err)
{
	git_filter_list *filters = NULL;
	git_buf shown = GIT_BUF_INIT;
	int rc = git_filter_list_load(&filters, repo->handle, NULL, path, GIT_FILTER_TO_WORKTREE,
				      GIT_FILTER_DEFAULT);
	if (rc == 0 && filters) {
		rc = git_filter_list_apply_to_buffer(&shown, filters, bytes.n ? bytes.p : "",
						     bytes.n);
		bytes = (struct str){shown.ptr, shown.size};
	}
	if (rc < 0)
		rc = repo_fail(err, KITH_FAILED, "git cannot show %s", path);
	else if (max && bytes.n > max)
		rc = too_large(path, max, err);
	else
		buf_add(out, bytes);
	git_filter_list_free(filters);
	git_buf_dispose(&shown);
	return rc;
}

/* What the git program makes of it. */
static int show_foreign(struct buf *out, const struct git_repo *repo, const char *path,
			const git_oid *id, size_t max, struct kith_error *err)
{
	char name[GIT_ID_SIZE];
	struct buf bytes;
	git_oid_tostr(name, sizeof(name), id);
	buf_init(&bytes, 0);
	int rc = filter_show(&bytes, repo, name, path, max, err);
	if (rc == 0)
		buf_add(out, buf_str(&bytes));
	buf_release(&bytes);
	return rc;
}

int content_load(struct buf *out, const struct git_repo *repo, const char *path, const git_oid *id,
		 size_t max, struct kith_error *err)
{
	if (filter_foreign(repo, path) || filter_promised(repo, id))
		return show_foreign(out, repo, path, id, max, err);
	git_odb_object *object = NULL;
	struct str bytes;
	struct kith_error why = {0};
	int rc = object_read(&object, &bytes, repo, id, GIT_OBJECT_BLOB, max, &why);
	if (rc && why.status == KITH_INVALID)
		return too_large(path, max, err);
	if (rc)
		return kith_fail(err, why.status, "%s: %s", path, why.message);
	rc = show(out, repo, path, bytes, max, err);
	git_odb_object_free(object);
	return rc;
}
