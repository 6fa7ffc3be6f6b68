#include "git/plan.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "git/config.h"
#include "git/identity.h"
#include "git/status.h"

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct plan_change *)a)->path, ((const struct plan_change *)b)->path);
}

const struct plan_change *plan_find(const struct plan *plan, const char *path)
{
	const struct plan_change key = {.path = path};
	return bsearch(&key, plan->changes, plan->count, sizeof(key), by_path);
}

static int check_path(const char *path, struct kith_error *err)
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

/* libgit2 ignores these; what it would store differs from what git would. */
static int check_attributes(git_repository *handle, const char *path, struct kith_error *err)
{
	const char *names[] = {"filter", "working-tree-encoding", "ident"};
	const char *values[ARRAY_LEN(names)];
	if (git_attr_get_many(values, handle, GIT_ATTR_CHECK_FILE_THEN_INDEX, path,
			      ARRAY_LEN(names), names) < 0)
		return repo_fail(err, repo_unsupported(), "cannot read git's attributes for %s",
				 path);
	const char *why = "commit it with the git program, or take the attribute off";
	if (git_attr_value(values[0]) == GIT_ATTR_VALUE_STRING)
		return kith_fail(err, KITH_UNSUPPORTED,
				 "%s goes through the filter '%s' (.gitattributes), which kith "
				 "does not run; %s",
				 path, values[0], why);
	if (git_attr_value(values[1]) == GIT_ATTR_VALUE_STRING &&
	    !str_ieq(str_of(values[1]), STR("UTF-8")))
		return kith_fail(err, KITH_UNSUPPORTED,
				 "%s has the working-tree-encoding '%s' (.gitattributes), which "
				 "kith does not convert; %s",
				 path, values[1], why);
	if (git_attr_value(values[2]) == GIT_ATTR_VALUE_TRUE)
		return kith_fail(err, KITH_UNSUPPORTED,
				 "%s has the attribute ident (.gitattributes), which kith does "
				 "not expand; %s",
				 path, why);
	return 0;
}

/* The bytes as git stores them: text, eol and core.autocrlf applied. */
static int make_blob(git_oid *out, git_repository *handle, const struct git_file *file,
		     struct kith_error *err)
{
	git_filter_list *filters = NULL;
	git_buf stored = GIT_BUF_INIT;
	int rc = git_filter_list_load(&filters, handle, NULL, file->path, GIT_FILTER_TO_ODB,
				      GIT_FILTER_DEFAULT);
	if (rc == 0 && filters) {
		rc =
		    git_filter_list_apply_to_buffer(&stored, filters, file->bytes.p, file->bytes.n);
		if (rc == 0)
			rc = git_blob_create_from_buffer(out, handle, stored.ptr, stored.size);
	} else if (rc == 0) {
		rc = git_blob_create_from_buffer(out, handle, file->bytes.p, file->bytes.n);
	}
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "git cannot store %s", file->path);
	git_filter_list_free(filters);
	git_buf_dispose(&stored);
	return rc < 0 ? -1 : 0;
}

static int plan_change(struct plan *plan, struct plan_change *change, const struct git_file *file,
		       struct kith_error *err)
{
	git_repository *handle = plan->repo->handle;
	change->path = file->path;
	change->remove = !file->bytes.p;
	if (check_path(file->path, err))
		return -1;
	if (change->remove)
		return 0;
	if (status_ignored(plan->repo, file->path))
		return kith_fail(err, KITH_INVALID,
				 "git ignores %s (.gitignore), so it cannot be committed",
				 file->path);
	if (check_attributes(handle, file->path, err))
		return -1;
	return make_blob(&change->blob, handle, file, err);
}

static int check_twins(const struct plan *plan, struct kith_error *err)
{
	for (size_t i = 1; i < plan->count; i++)
		if (strcmp(plan->changes[i - 1].path, plan->changes[i].path) == 0)
			return kith_fail(err, KITH_INVALID, "%s is given twice",
					 plan->changes[i].path);
	return 0;
}

static int plan_message(struct plan *plan, const char *message, struct kith_error *err)
{
	if (git_message_prettify(&plan->message, message, 0, '#') < 0)
		return repo_fail(err, KITH_FAILED, "cannot use the commit's message");
	if (plan->message.size == 0)
		return kith_fail(err, KITH_INVALID, "a commit needs a message");
	return 0;
}

int plan_init(struct plan *plan, struct git_repo *repo, const struct git_file *files, size_t count,
	      const char *message, struct kith_error *err)
{
	*plan = (struct plan){.repo = repo, .count = count};
	plan->changes = mem_zalloc(count + 1, sizeof(*plan->changes));
	if (plan_message(plan, message, err) ||
	    identity_find(&plan->author, &plan->committer, repo, err))
		return -1;
	/* What was read of .gitattributes and .gitignore may be older than the files. */
	git_attr_cache_flush(repo->handle);
	for (size_t i = 0; i < count; i++)
		if (plan_change(plan, &plan->changes[i], &files[i], err))
			return -1;
	qsort(plan->changes, count, sizeof(*plan->changes), by_path);
	return check_twins(plan, err);
}

static void forget_head(struct plan *plan)
{
	git_tree_free(plan->tree);
	git_tree_free(plan->base);
	git_commit_free(plan->parent);
	plan->tree = plan->base = NULL;
	plan->parent = NULL;
	plan->differing = 0;
}

void plan_release(struct plan *plan)
{
	forget_head(plan);
	git_signature_free(plan->author);
	git_signature_free(plan->committer);
	git_buf_dispose(&plan->message);
	free(plan->changes);
	*plan = (struct plan){0};
}

static int empty_tree(git_tree **out, git_repository *handle)
{
	git_treebuilder *builder = NULL;
	git_oid id;
	int rc = git_treebuilder_new(&builder, handle, NULL);
	if (rc == 0)
		rc = git_treebuilder_write(&id, builder);
	if (rc == 0)
		rc = git_tree_lookup(out, handle, &id);
	git_treebuilder_free(builder);
	return rc;
}

static git_filemode_t fresh_mode(const struct plan *plan, git_index *index, const char *path)
{
	git_repository *handle = plan->repo->handle;
	const git_index_entry *entry = git_index_get_bypath(index, path, 0);
	if (entry &&
	    (entry->mode == GIT_FILEMODE_BLOB || entry->mode == GIT_FILEMODE_BLOB_EXECUTABLE))
		return (git_filemode_t)entry->mode;
	struct arena arena;
	struct stat st;
	arena_init(&arena);
	struct str full = arena_printf(&arena, "%s%s", git_repository_workdir(handle), path);
	bool runs = lstat(full.p, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & S_IXUSR);
	arena_release(&arena);
	return runs && config_bool(handle, "core.fileMode", true) ? GIT_FILEMODE_BLOB_EXECUTABLE
								  : GIT_FILEMODE_BLOB;
}

static int compare(const struct plan *plan, struct plan_change *change, git_index *index,
		   struct kith_error *err)
{
	git_tree_entry *entry = NULL;
	int rc = git_tree_entry_bypath(&entry, plan->base, change->path);
	if (rc == GIT_ENOTFOUND) {
		change->differs = !change->remove;
		change->mode = fresh_mode(plan, index, change->path);
		return 0;
	}
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "cannot read %s in HEAD", change->path);
	change->mode = git_tree_entry_filemode(entry);
	bool same = git_oid_equal(git_tree_entry_id(entry), &change->blob);
	git_tree_entry_free(entry);
	if (change->mode != GIT_FILEMODE_BLOB && change->mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return kith_fail(err, KITH_UNSUPPORTED,
				 "%s is a link, a folder or a submodule in HEAD, not a file",
				 change->path);
	change->differs = change->remove || !same;
	return 0;
}

static int load_head(struct plan *plan, struct kith_error *err)
{
	git_repository *handle = plan->repo->handle;
	git_oid id;
	int rc = git_reference_name_to_id(&id, handle, "HEAD");
	if (rc == GIT_ENOTFOUND)
		rc = empty_tree(&plan->base, handle);
	else if (rc == 0 && (rc = git_commit_lookup(&plan->parent, handle, &id)) == 0)
		rc = git_commit_tree(&plan->base, plan->parent);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot read HEAD") : 0;
}

int plan_read_head(struct plan *plan, git_index *index, struct kith_error *err)
{
	forget_head(plan);
	if (load_head(plan, err))
		return -1;
	for (size_t i = 0; i < plan->count; i++) {
		if (compare(plan, &plan->changes[i], index, err))
			return -1;
		plan->differing += plan->changes[i].differs ? 1 : 0;
	}
	return 0;
}

static int check_exact(const struct plan *plan, struct kith_error *err)
{
	git_diff *diff = NULL;
	if (git_diff_tree_to_tree(&diff, plan->repo->handle, plan->base, plan->tree, NULL) < 0)
		return repo_fail(err, KITH_FAILED, "cannot compare the commit with HEAD");
	size_t deltas = git_diff_num_deltas(diff);
	bool exact = deltas == plan->differing;
	for (size_t i = 0; exact && i < deltas; i++) {
		const struct plan_change *change =
		    plan_find(plan, git_diff_get_delta(diff, i)->new_file.path);
		exact = change && change->differs;
	}
	git_diff_free(diff);
	return exact ? 0
		     : kith_fail(err, KITH_FAILED,
				 "the commit would change other files than it should; nothing was "
				 "committed");
}

int plan_make_tree(struct plan *plan, struct kith_error *err)
{
	git_repository *handle = plan->repo->handle;
	git_tree_update *updates = mem_zalloc(plan->differing + 1, sizeof(*updates));
	size_t n = 0;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_change *change = &plan->changes[i];
		if (!change->differs)
			continue;
		updates[n++] = (git_tree_update){
		    .action = change->remove ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT,
		    .id = change->blob,
		    .filemode = change->mode,
		    .path = change->path,
		};
	}
	git_oid id;
	int rc = git_tree_create_updated(&id, handle, plan->base, n, updates);
	if (rc == 0)
		rc = git_tree_lookup(&plan->tree, handle, &id);
	free(updates);
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "git cannot make the commit's tree");
	return check_exact(plan, err);
}
