#include "git/history.h"

#include "git/filter.h"

static int unresolved(int rc, const char *name, struct kith_error *err)
{
	if (rc == GIT_EAMBIGUOUS)
		return kith_fail(err, KITH_AMBIGUOUS,
				 "'%s' may be several commits; give more of its name", name);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		return kith_fail(err, KITH_NOT_FOUND, "there is no commit named '%s'", name);
	if (rc == GIT_EPEEL)
		return kith_fail(err, KITH_NOT_FOUND, "'%s' is no commit", name);
	/* Numbers too large, searches by a broken expression and the like. */
	return repo_fail(err, KITH_NOT_FOUND, "there is no commit named '%s'", name);
}

int history_resolve(git_oid *id, const struct git_repo *repo, const char *name,
		    struct kith_error *err)
{
	git_object *found = NULL, *commit = NULL;
	int rc = git_revparse_single(&found, repo->handle, name);
	if (rc == 0)
		rc = git_object_peel(&commit, found, GIT_OBJECT_COMMIT);
	if (rc == 0)
		*id = *git_object_id(commit);
	git_object_free(commit);
	git_object_free(found);
	return rc < 0 ? unresolved(rc, name, err) : 0;
}

int history_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err)
{
	git_oid found;
	id[0] = '\0';
	repo_enter(repo);
	if (history_resolve(&found, repo, name, err))
		return -1;
	git_oid_tostr(id, GIT_ID_SIZE, &found);
	return 0;
}

static int too_large(const char *path, size_t max, struct kith_error *err)
{
	return kith_fail(err, KITH_INVALID, "%s is larger than %zu bytes", path, max);
}

/* The size alone, before anything is unpacked; *there: false where the object is missing. */
static int look(size_t *size, bool *there, git_repository *handle, const git_oid *id,
		const char *path, struct kith_error *err)
{
	git_odb *odb = NULL;
	git_object_t type = GIT_OBJECT_BLOB;
	*size = 0;
	int rc = git_repository_odb(&odb, handle);
	if (rc == 0)
		rc = git_odb_read_header(size, &type, odb, id);
	git_odb_free(odb);
	*there = rc == 0;
	if (rc < 0 && rc != GIT_ENOTFOUND)
		return repo_fail(err, KITH_FAILED, "cannot read a copy of %s", path);
	if (type != GIT_OBJECT_BLOB)
		return kith_fail(err, KITH_INVALID, "%s is no file there", path);
	return 0;
}

static int show(struct buf *out, git_repository *handle, const git_oid *id, const char *path,
		size_t max, struct kith_error *err)
{
	git_blob_filter_options options = {.version = GIT_BLOB_FILTER_OPTIONS_VERSION};
	git_buf bytes = GIT_BUF_INIT;
	git_blob *blob = NULL;
	int rc = 0;
	if (git_blob_lookup(&blob, handle, id) < 0 ||
	    git_blob_filter(&bytes, blob, path, &options) < 0)
		rc = repo_fail(err, KITH_FAILED, "cannot read a copy of %s", path);
	else if (bytes.size <= max)
		buf_add(out, (struct str){bytes.ptr, bytes.size});
	if (rc == 0 && (bytes.size > max || out->overflow))
		rc = too_large(path, max, err);
	git_buf_dispose(&bytes);
	git_blob_free(blob);
	return rc;
}

int history_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err)
{
	git_oid name;
	size_t size;
	bool there;
	buf_clear(out);
	repo_enter(repo);
	if (strlen(id) != GIT_OID_HEXSZ || git_oid_fromstr(&name, id) < 0)
		return kith_fail(err, KITH_INVALID, "'%s' is no name of a blob", id);
	if (look(&size, &there, repo->handle, &name, path, err))
		return -1;
	bool promised = !there && filter_promised(repo, &name);
	if (!there && !promised)
		return kith_fail(err, KITH_NOT_FOUND, "the repository lacks a copy of %s", path);
	if (promised || filter_foreign(repo, path))
		return filter_show(out, repo, id, path, max, err);
	return size > max ? too_large(path, max, err)
			  : show(out, repo->handle, &name, path, max, err);
}
