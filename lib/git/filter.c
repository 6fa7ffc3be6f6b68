#include "git/filter.h"

#include "git/child.h"

static bool is_set(git_config *config, const char *driver, const char *key)
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

static bool is_driver(const struct git_repo *repo, const char *driver)
{
	static const char *const keys[] = {"clean", "smudge", "process", "required"};
	git_config *config = NULL;
	bool set = false;
	if (git_repository_config_snapshot(&config, repo->handle) < 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(keys) && !set; i++)
		set = is_set(config, driver, keys[i]);
	git_config_free(config);
	return set;
}

bool filter_foreign(const struct git_repo *repo, const char *path)
{
	const char *names[] = {"filter", "working-tree-encoding", "ident"};
	const char *values[ARRAY_LEN(names)];
	if (git_attr_get_many(values, repo->handle, GIT_ATTR_CHECK_FILE_THEN_INDEX, path,
			      ARRAY_LEN(names), names) < 0)
		return true;
	if (git_attr_value(values[0]) == GIT_ATTR_VALUE_STRING && is_driver(repo, values[0]))
		return true;
	/* Set or unset without a value is no encoding; git says so. */
	git_attr_value_t encoding = git_attr_value(values[1]);
	if (encoding == GIT_ATTR_VALUE_STRING ? !str_ieq(str_of(values[1]), STR("UTF-8"))
					      : encoding != GIT_ATTR_VALUE_UNSPECIFIED)
		return true;
	return git_attr_value(values[2]) == GIT_ATTR_VALUE_TRUE;
}

/* By an iterator: where an expression does not match, libgit2 1.5 leaks. */
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

bool filter_promised(const struct git_repo *repo, const git_oid *id)
{
	git_odb *odb = NULL;
	bool missing = git_repository_odb(&odb, repo->handle) == 0 && !git_odb_exists(odb, id);
	git_odb_free(odb);
	return missing && has_promisor(repo->handle);
}

int filter_store(char id[GIT_ID_SIZE], const struct git_repo *repo, const char *path,
		 struct str bytes, struct kith_error *err)
{
	struct arena arena;
	struct buf out;
	arena_init(&arena);
	buf_init(&out, 256);
	const char *what = arena_printf(&arena, "git cannot store %s", path).p;
	const char *args[] = {"hash-object", "-w", "--stdin",
			      arena_printf(&arena, "--path=%s", path).p, NULL};
	struct child child = {.repo = repo, .input = bytes, .out = &out};
	int rc = child_run(&child, args, what, err);
	struct str name = str_trim(buf_str(&out));
	if (rc == 0 && name.n != GIT_ID_SIZE - 1)
		rc = kith_fail(err, KITH_FAILED, "%s: it gave no name for it", what);
	if (rc == 0) {
		memcpy(id, name.p, name.n);
		id[name.n] = '\0';
	}
	buf_release(&out);
	arena_release(&arena);
	return rc;
}

int filter_show(struct buf *out, const struct git_repo *repo, const char *id, const char *path,
		size_t max, struct kith_error *err)
{
	struct arena arena;
	struct buf bytes;
	arena_init(&arena);
	buf_init(&bytes, max);
	const char *args[] = {"cat-file", "--filters", arena_printf(&arena, "--path=%s", path).p,
			      arena_printf(&arena, "%s^{blob}", id).p, NULL};
	struct child child = {.repo = repo, .out = &bytes};
	buf_clear(out);
	int rc = child_run(&child, args,
			   arena_printf(&arena, "git cannot read a copy of %s", path).p, err);
	if (rc == 0)
		buf_add(out, buf_str(&bytes));
	if (rc == 0 && (bytes.overflow || out->overflow))
		rc = kith_fail(err, KITH_INVALID, "%s is larger than %zu bytes", path, max);
	buf_release(&bytes);
	arena_release(&arena);
	return rc;
}
