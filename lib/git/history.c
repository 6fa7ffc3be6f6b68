#include "git/history.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/content.h"
#include "git/program.h"
#include "git/treediff.h"

enum { RENAMES_MAX = 200 };

/* ---- Names and blobs ---- */

static int commit_unresolved(int rc, const char *name, struct kith_error *err)
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

static int resolve_commit(git_oid *id, const struct git_repo *repo, const char *name,
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
	return rc < 0 ? commit_unresolved(rc, name, err) : 0;
}

int history_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err)
{
	git_oid found;
	id[0] = '\0';
	repo_enter(repo);
	if (resolve_commit(&found, repo, name, err))
		return -1;
	git_oid_tostr(id, GIT_ID_SIZE, &found);
	return 0;
}

int history_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err)
{
	git_oid name;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	buf_clear(out);
	repo_enter(repo);
	if (strlen(id) != GIT_OID_HEXSZ || git_oid_fromstr(&name, id) < 0)
		return kith_fail(err, KITH_INVALID, "'%s' is no name of a blob", id);
	int rc = 0;
	if (git_tree_lookup(&tree, repo->handle, &name) == 0) {
		if (git_tree_entry_bypath(&entry, tree, path) < 0)
			rc = kith_fail(err, KITH_NOT_FOUND, "there is no %s", path);
		else
			name = *git_tree_entry_id(entry);
	}
	if (rc == 0)
		rc = content_load(out, repo, path, &name, max, err);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc;
}

/* ---- What a commit changed ---- */

struct history_reader {
	const struct git_repo *repo;
	const struct git_walk *walk;
	bool shallow, stopped;
	git_oid until; /* zeros: to the first */
	git_visit *visit;
	void *context;
	struct kith_error *err;
};

/* What differs between two trees, by path. The texts are those of one of the two. */
struct delta_list {
	struct treediff found;
	git_diff *diff; /* where renames were looked for */
	struct git_delta *items;
	size_t count;
};

static int compare_delta_paths(const void *a, const void *b)
{
	const struct git_delta *x = a, *y = b;
	return strcmp(x->path, y->path);
}

static void name_side(char out[GIT_ID_SIZE], const git_diff_file *file)
{
	out[0] = '\0';
	if (!git_oid_is_zero(&file->id))
		git_oid_tostr(out, GIT_ID_SIZE, &file->id);
}

static void list_deltas(struct delta_list *list)
{
	list->count = git_diff_num_deltas(list->diff);
	list->items = mem_zalloc(list->count + 1, sizeof(*list->items));
	for (size_t i = 0; i < list->count; i++) {
		const git_diff_delta *delta = git_diff_get_delta(list->diff, i);
		struct git_delta *to = &list->items[i];
		to->path = delta->new_file.path;
		to->from_path = delta->status == GIT_DELTA_RENAMED ? delta->old_file.path : NULL;
		to->ran = delta->old_file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
		name_side(to->before, &delta->old_file);
		name_side(to->after, &delta->new_file);
	}
	qsort(list->items, list->count, sizeof(*list->items), compare_delta_paths);
}

static void delta_list_release(struct delta_list *list)
{
	if (list->items != list->found.items)
		free(list->items);
	git_diff_free(list->diff);
	treediff_release(&list->found);
	*list = (struct delta_list){.count = 0};
}

/* Too many to be compared with each other are left as they are. */
static bool may_be_renamed(const struct treediff *found)
{
	size_t came = 0, went = 0;
	for (size_t i = 0; i < found->count; i++) {
		came += !found->items[i].before[0];
		went += !found->items[i].after[0];
	}
	return came > 0 && went > 0 && came <= RENAMES_MAX && went <= RENAMES_MAX;
}

/* What libgit2 makes of the paths that differ. What a partial clone lacks is not renamed. */
static int find_renames(struct delta_list *list, const struct history_reader *r, git_tree *before,
			git_tree *after)
{
	const struct treediff *found = &list->found;
	git_diff_options options = {
	    .version = GIT_DIFF_OPTIONS_VERSION,
	    .flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_INCLUDE_TYPECHANGE,
	    .ignore_submodules = GIT_SUBMODULE_IGNORE_NONE,
	    .pathspec = {mem_zalloc(found->count, sizeof(char *)), found->count},
	};
	git_diff_find_options how = {
	    .version = GIT_DIFF_FIND_OPTIONS_VERSION,
	    .flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_DONT_IGNORE_WHITESPACE,
	    .rename_limit = RENAMES_MAX,
	};
	for (size_t i = 0; i < found->count; i++) {
		const char *path = found->items[i].path;
		options.pathspec.strings[i] =
		    arena_copy(&list->found.arena, path, strlen(path) + 1, 1);
	}
	int rc = git_diff_tree_to_tree(&list->diff, r->repo->handle, before, after, &options);
	free(options.pathspec.strings);
	if (rc == 0)
		rc = git_diff_find_similar(list->diff, &how);
	if (rc < 0 && rc != GIT_ENOTFOUND)
		return repo_fail(r->err, KITH_FAILED, "cannot read what a commit changed");
	list_deltas(list);
	return 0;
}

/* parent: NULL for none. */
static int diff_with_parent(struct delta_list *out, const struct history_reader *r,
			    const git_commit *commit, const git_commit *parent, bool renames)
{
	static const char *const all[] = {""};
	const struct git_walk *walk = r->walk;
	git_tree *before = NULL, *after = NULL;
	*out = (struct delta_list){.count = 0};
	int rc = git_commit_tree(&after, commit);
	if (rc == 0 && parent)
		rc = git_commit_tree(&before, parent);
	if (rc < 0)
		repo_fail(r->err, KITH_FAILED, "cannot read the files of a commit");
	else
		rc = treediff_find(&out->found, r->repo->handle, before, after,
				   walk->folders_count ? walk->folders : all,
				   walk->folders_count ? walk->folders_count : 1, r->err);
	out->items = out->found.items;
	out->count = out->found.count;
	if (rc == 0 && renames && may_be_renamed(&out->found))
		rc = find_renames(out, r, before, after);
	git_tree_free(before);
	git_tree_free(after);
	return rc;
}

static void intersect_deltas(struct delta_list *list, const struct delta_list *other)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (other->count > 0 && bsearch(&list->items[i], other->items, other->count,
						sizeof(*other->items), compare_delta_paths))
			list->items[kept++] = list->items[i];
	list->count = kept;
}

static int diff_with_parents(struct delta_list *out, const struct history_reader *r,
			     const git_commit *commit, git_commit *const *parents, size_t count)
{
	bool renames = r->walk->renames && count == 1;
	int rc = diff_with_parent(out, r, commit, count > 0 ? parents[0] : NULL, renames);
	for (size_t i = 1; rc == 0 && i < count && out->count > 0; i++) {
		struct delta_list other;
		rc = diff_with_parent(&other, r, commit, parents[i], false);
		if (rc == 0)
			intersect_deltas(out, &other);
		delta_list_release(&other);
	}
	return rc;
}

/* ---- The walk ---- */

static int fail_commit(const struct history_reader *r, const git_oid *id)
{
	char name[GIT_ID_SIZE];
	git_oid_tostr(name, sizeof(name), id);
	return repo_fail(r->err, KITH_FAILED, "cannot read commit %s", name);
}

/* At the end of a shallow clone the parents' names are known and nothing else. */
static int take_parents(git_commit **parents, size_t *count, const struct history_reader *r,
			const git_commit *commit)
{
	*count = 0;
	for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
		int rc = git_commit_parent(&parents[*count], commit, i);
		if (rc == 0)
			++*count;
		else if (rc != GIT_ENOTFOUND || !r->shallow)
			return fail_commit(r, git_commit_parent_id(commit, i));
	}
	return 0;
}

static int tell_commit(struct history_reader *r, const git_commit *commit,
		       git_commit *const *parents, size_t count)
{
	const git_signature *author = git_commit_author(commit);
	struct delta_list deltas;
	struct git_commit_info info = {
	    .parents = count,
	    .message = git_commit_message_raw(commit),
	    .author = author->name,
	    .email = author->email,
	    .time = author->when.time,
	    .zone = author->when.offset,
	};
	git_oid_tostr(info.id, sizeof(info.id), git_commit_id(commit));
	if (count > 0)
		git_oid_tostr(info.parent, sizeof(info.parent), git_commit_id(parents[0]));
	int rc = diff_with_parents(&deltas, r, commit, parents, count);
	if (rc == 0) {
		info.deltas = deltas.items;
		info.count = deltas.count;
		r->stopped = !r->visit(r->context, &info);
	} else {
		kith_fail_context(r->err, "commit %s", info.id);
	}
	delta_list_release(&deltas);
	return rc;
}

/* *next: the only parent; else zeros. With `line` a merge is not told: *merge. */
static int visit_commit(git_oid *next, bool *merge, struct history_reader *r, const git_oid *id,
			bool line)
{
	const struct git_surroundings *around = &r->repo->around;
	git_commit *commit = NULL;
	size_t count = 0;
	if (around->tick)
		around->tick(around->tick_context);
	if (git_commit_lookup(&commit, r->repo->handle, id) < 0)
		return fail_commit(r, id);
	git_commit **parents = mem_zalloc(git_commit_parentcount(commit) + 1, sizeof(*parents));
	int rc = take_parents(parents, &count, r, commit);
	*merge = count > 1;
	*next = count == 1 ? *git_commit_id(parents[0]) : (git_oid){{0}};
	if (rc == 0 && !(line && *merge))
		rc = tell_commit(r, commit, parents, count);
	for (size_t i = 0; i < count; i++)
		git_commit_free(parents[i]);
	free(parents);
	git_commit_free(commit);
	return rc;
}

static int tell_sorted(struct history_reader *r, const git_oid *from)
{
	git_revwalk *sorted = NULL;
	git_oid id, next;
	bool merge;
	int rc = git_revwalk_new(&sorted, r->repo->handle);
	if (rc == 0)
		rc = git_revwalk_sorting(sorted, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (rc == 0)
		rc = git_revwalk_push(sorted, from);
	if (rc == 0 && !git_oid_is_zero(&r->until))
		rc = git_revwalk_hide(sorted, &r->until);
	while (rc == 0 && !r->stopped && (rc = git_revwalk_next(&id, sorted)) == 0)
		if (visit_commit(&next, &merge, r, &id, false)) {
			git_revwalk_free(sorted);
			return -1;
		}
	git_revwalk_free(sorted);
	return rc < 0 && rc != GIT_ITEROVER ? fail_commit(r, from) : 0;
}

/* libgit2's walk fails at the end of a shallow clone: the git program sorts it. */
static int tell_sorted_shallow(struct history_reader *r, const git_oid *from)
{
	char name[GIT_ID_SIZE];
	bool ends = !git_oid_is_zero(&r->until);
	const char *args[] = {
	    "rev-list", "--date-order", name, ends ? "--not" : NULL, ends ? r->walk->until : NULL,
	    NULL};
	struct buf out;
	struct str line;
	git_oid id, next;
	bool merge;
	git_oid_tostr(name, sizeof(name), from);
	buf_init(&out, 0);
	struct program_call call = {.repo = r->repo, .out = &out};
	int rc = program_run(&call, args, "cannot read the history", r->err);
	struct str rest = buf_str(&out);
	while (rc == 0 && !r->stopped && str_next_line(&rest, &line) &&
	       git_oid_fromstrn(&id, line.p, line.n) == 0)
		rc = visit_commit(&next, &merge, r, &id, false);
	buf_release(&out);
	return rc;
}

static int walk_line(struct history_reader *r, git_oid id)
{
	git_oid next;
	bool merge = false;
	while (!r->stopped && !git_oid_is_zero(&id) && !git_oid_equal(&id, &r->until)) {
		if (visit_commit(&next, &merge, r, &id, true))
			return -1;
		if (merge)
			return r->shallow ? tell_sorted_shallow(r, &id) : tell_sorted(r, &id);
		id = next;
	}
	return 0;
}

int history_walk(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err)
{
	struct history_reader r = {
	    .repo = repo, .walk = walk, .visit = visit, .context = context, .err = err};
	const char *begin = walk->from ? walk->from : repo->as_of[0] ? repo->as_of : "HEAD";
	git_oid from;
	repo_enter(repo);
	if (!walk->from && git_repository_head_unborn(repo->handle) == 1)
		return 0;
	if (resolve_commit(&from, repo, begin, err))
		return -1;
	if (walk->until && walk->until[0] && resolve_commit(&r.until, repo, walk->until, err))
		return -1;
	r.shallow = git_repository_is_shallow(repo->handle) == 1;
	return walk_line(&r, from);
}

int history_between(struct git_repo *repo, const char *from, const char *to, git_visit *visit,
		    void *context, struct kith_error *err)
{
	const struct git_walk all = {.renames = true};
	const struct history_reader r = {.repo = repo, .walk = &all, .err = err};
	struct delta_list deltas = {.count = 0};
	git_commit *before = NULL, *after = NULL;
	git_oid id;
	repo_enter(repo);
	int rc = resolve_commit(&id, repo, to, err);
	if (rc == 0 && git_commit_lookup(&after, repo->handle, &id) < 0)
		rc = fail_commit(&r, &id);
	if (rc == 0 && from[0])
		rc = resolve_commit(&id, repo, from, err);
	if (rc == 0 && from[0] && git_commit_lookup(&before, repo->handle, &id) < 0)
		rc = fail_commit(&r, &id);
	if (rc == 0)
		rc = diff_with_parent(&deltas, &r, after, before, true);
	if (rc == 0)
		visit(context, &(struct git_commit_info){
				   .deltas = deltas.items, .count = deltas.count, .message = ""});
	delta_list_release(&deltas);
	git_commit_free(before);
	git_commit_free(after);
	return rc;
}
