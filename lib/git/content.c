#include "git/content.h"

#include "git/program.h"

/* ---- What libgit2 does not do ---- */

static bool is_filter_set(git_config *config, const char *driver, const char *key)
{
	struct arena arena;
	git_config_entry *entry = NULL;
	arena_init(&arena);
	const char *name = arena_printf(&arena, "filter.%s.%s", driver, key).p;
	bool set = git_config_get_entry(&entry, config, name) == 0;
	git_config_entry_free(entry);
	arena_release(&arena);
	return set;
}

static bool is_filter_driver(const struct git_repo *repo, const char *driver)
{
	static const char *const keys[] = {"clean", "smudge", "process", "required"};
	git_config *config = NULL;
	bool set = false;
	if (git_repository_config_snapshot(&config, repo->handle) < 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(keys) && !set; i++)
		set = is_filter_set(config, driver, keys[i]);
	git_config_free(config);
	return set;
}

bool content_is_foreign(const struct git_repo *repo, const char *path)
{
	const char *names[] = {"filter", "working-tree-encoding", "ident"};
	const char *values[ARRAY_LEN(names)];
	if (git_attr_get_many(values, repo->handle, GIT_ATTR_CHECK_FILE_THEN_INDEX, path,
			      ARRAY_LEN(names), names) < 0)
		return true;
	if (git_attr_value(values[0]) == GIT_ATTR_VALUE_STRING && is_filter_driver(repo, values[0]))
		return true;
	/* Set or unset without a value is no encoding; git says so. */
	git_attr_value_t encoding = git_attr_value(values[1]);
	if (encoding == GIT_ATTR_VALUE_STRING ? !str_ieq(str_of(values[1]), STR("UTF-8"))
					      : encoding != GIT_ATTR_VALUE_UNSPECIFIED)
		return true;
	return git_attr_value(values[2]) == GIT_ATTR_VALUE_TRUE;
}

/* A partial clone: git gets a blob when it is asked for it. By an iterator: where an expression
 * does not match, libgit2 1.5 leaks. */
static bool has_promisor(git_repository *handle)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool found = false;
	if (git_repository_config_snapshot(&config, handle) == 0 &&
	    git_config_iterator_new(&iterator, config) == 0)
		while (!found && git_config_next(&entry, iterator) == 0) {
			struct str name = str_of(entry->name);
			found =
			    str_eq(name, STR("extensions.partialclone")) ||
			    (str_starts(name, STR("remote.")) && str_ends(name, STR(".promisor")));
		}
	git_config_iterator_free(iterator);
	git_config_free(config);
	return found;
}

static int store_by_git(git_oid *out, const struct git_repo *repo, const char *path,
			struct str bytes, struct kith_error *err)
{
	struct arena arena;
	struct buf name;
	arena_init(&arena);
	buf_init(&name, 256);
	const char *what = arena_printf(&arena, "git cannot store %s", path).p;
	const char *args[] = {"hash-object", "-w", "--stdin",
			      arena_printf(&arena, "--path=%s", path).p, NULL};
	struct program_call call = {.repo = repo, .input = bytes, .out = &name};
	int rc = program_run(&call, args, what, err);
	struct str id = str_trim(buf_str(&name));
	if (rc == 0 && git_oid_fromstrn(out, id.p, id.n) < 0)
		rc = kith_fail(err, KITH_FAILED, "%s: it gave no name for it", what);
	buf_release(&name);
	arena_release(&arena);
	return rc;
}

static int content_too_large(const char *path, size_t max, struct kith_error *err)
{
	return kith_fail(err, KITH_INVALID, "%s is larger than %zu bytes in git", path, max);
}

static int load_by_git(struct buf *out, const struct git_repo *repo, const char *path,
		       const git_oid *id, size_t max, struct kith_error *err)
{
	struct arena arena;
	struct buf bytes;
	char name[GIT_ID_SIZE];
	arena_init(&arena);
	buf_init(&bytes, max);
	git_oid_tostr(name, sizeof(name), id);
	const char *args[] = {"cat-file", "--filters", arena_printf(&arena, "--path=%s", path).p,
			      name, NULL};
	struct program_call call = {.repo = repo, .out = &bytes};
	int rc = program_run(&call, args,
			     arena_printf(&arena, "git cannot read a copy of %s", path).p, err);
	if (rc == 0)
		buf_add(out, buf_str(&bytes));
	if (rc == 0 && (bytes.overflow || out->overflow))
		rc = content_too_large(path, max, err);
	buf_release(&bytes);
	arena_release(&arena);
	return rc;
}

/* ---- What it does ---- */

int content_keep(git_oid *out, const struct git_repo *repo, struct str bytes,
		 struct kith_error *err)
{
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, repo->handle);
	if (rc == 0)
		rc = git_odb_write(out, odb, bytes.n ? bytes.p : "", bytes.n, GIT_OBJECT_BLOB);
	git_odb_free(odb);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot store an object in the repository") : 0;
}

int content_store(git_oid *out, const struct git_repo *repo, const char *path, struct str bytes,
		  struct kith_error *err)
{
	git_filter_list *filters = NULL;
	git_buf stored = GIT_BUF_INIT;
	if (content_is_foreign(repo, path))
		return store_by_git(out, repo, path, bytes, err);
	int rc = git_filter_list_load(&filters, repo->handle, NULL, path, GIT_FILTER_TO_ODB,
				      GIT_FILTER_DEFAULT);
	if (rc == 0 && filters) {
		rc = git_filter_list_apply_to_buffer(&stored, filters, bytes.n ? bytes.p : "",
						     bytes.n);
		bytes = (struct str){stored.ptr, stored.size};
	}
	rc = rc < 0 ? repo_fail(err, KITH_FAILED, "git cannot store %s", path)
		    : content_keep(out, repo, bytes, err);
	git_filter_list_free(filters);
	git_buf_dispose(&stored);
	return rc;
}

static int load_by_libgit2(struct buf *out, const struct git_repo *repo, const char *path,
			   const git_oid *id, size_t max, struct kith_error *err)
{
	git_blob_filter_options options = {.version = GIT_BLOB_FILTER_OPTIONS_VERSION};
	git_buf bytes = GIT_BUF_INIT;
	git_blob *blob = NULL;
	int rc = 0;
	if (git_blob_lookup(&blob, repo->handle, id) < 0 ||
	    git_blob_filter(&bytes, blob, path, &options) < 0)
		rc = repo_fail(err, KITH_FAILED, "cannot read a copy of %s", path);
	else if (bytes.size <= max)
		buf_add(out, (struct str){bytes.ptr, bytes.size});
	if (rc == 0 && (bytes.size > max || out->overflow))
		rc = content_too_large(path, max, err);
	git_buf_dispose(&bytes);
	git_blob_free(blob);
	return rc;
}

/*
 * `$Id: 1a2b… $` as it is without a blob's name: what stands on disk has that of an older blob,
 * and would differ from every copy in that line.
 */
static int load_without_ident(struct buf *out, const struct git_repo *repo, const char *path,
			      const git_oid *id, size_t max, struct kith_error *err)
{
	const char *ident = NULL;
	struct buf bytes;
	buf_init(&bytes, max);
	int rc = load_by_git(&bytes, repo, path, id, max, err);
	bool named = git_attr_get(&ident, repo->handle, GIT_ATTR_CHECK_FILE_THEN_INDEX, path,
				  "ident") == 0 &&
		     git_attr_value(ident) == GIT_ATTR_VALUE_TRUE;
	struct str rest = buf_str(&bytes);
	while (rest.n && named) {
		size_t at = str_find(rest, STR("$Id: "));
		struct str name = str_from(rest, at + strlen("$Id"));
		size_t end = str_find_char(str_upto(name, str_line(name)), '$');
		buf_add(out, str_upto(rest, at));
		bool whole = at < rest.n && end < name.n && name.p[end] == '$';
		buf_addz(out, at == rest.n ? "" : "$Id");
		rest = whole ? str_from(name, end) : name;
	}
	buf_add(out, rest);
	buf_release(&bytes);
	return rc;
}

int content_load(struct buf *out, const struct git_repo *repo, const char *path, const git_oid *id,
		 size_t max, struct kith_error *err)
{
	git_odb *odb = NULL;
	git_object_t type = GIT_OBJECT_BLOB;
	size_t size = 0;
	int rc = git_repository_odb(&odb, repo->handle);
	/* The size alone, before anything is unpacked. */
	if (rc == 0)
		rc = git_odb_read_header(&size, &type, odb, id);
	git_odb_free(odb);
	if (rc == GIT_ENOTFOUND && !has_promisor(repo->handle))
		return kith_fail(err, KITH_NOT_FOUND, "the repository lacks a copy of %s", path);
	if (rc < 0 && rc != GIT_ENOTFOUND)
		return repo_fail(err, KITH_FAILED, "cannot read a copy of %s", path);
	if (type != GIT_OBJECT_BLOB)
		return kith_fail(err, KITH_INVALID, "%s is no file there", path);
	if (rc < 0 || content_is_foreign(repo, path))
		return load_without_ident(out, repo, path, id, max, err);
	return size > max ? content_too_large(path, max, err)
			  : load_by_libgit2(out, repo, path, id, max, err);
}
