#include "git/deltas.h"

#include <stdlib.h>

#include "base/mem.h"

enum { DEPTH_MAX = 256, COUNT_MAX = 1000000, RENAMES_MAX = 200, RENAMED_BYTES_MAX = 4 << 20 };

/* A folder or file against the folders that are looked at. */
enum place { OUTSIDE, ABOVE, INSIDE };

struct comparison {
	struct deltas *deltas;
	struct deltas_reader *reader;
	struct buf path;
	size_t depth;
	struct kith_error *err;
};

void deltas_init(struct deltas *d)
{
	*d = (struct deltas){0};
	arena_init(&d->arena);
}

void deltas_release(struct deltas *d)
{
	free(d->items);
	arena_release(&d->arena);
	*d = (struct deltas){0};
}

void deltas_clear(struct deltas *d)
{
	arena_release(&d->arena);
	arena_init(&d->arena);
	d->count = d->trees = 0;
}

void deltas_reader_release(struct deltas_reader *reader)
{
	for (size_t i = 0; i < DELTAS_TREES; i++)
		git_tree_free(reader->trees[i]);
	memset(reader->trees, 0, sizeof(reader->trees));
}

/* The caller frees what it gets; the reader keeps a reference of its own. */
static int tree_get(git_tree **out, struct deltas_reader *reader, const git_oid *id)
{
	size_t at = 0;
	git_tree *tree;
	while (at < DELTAS_TREES - 1 && reader->trees[at] &&
	       !git_oid_equal(git_tree_id(reader->trees[at]), id))
		at++;
	tree = reader->trees[at];
	if (!tree || !git_oid_equal(git_tree_id(tree), id)) {
		git_tree *fresh;
		int rc = git_tree_lookup(&fresh, reader->handle, id);
		if (rc < 0)
			return rc;
		git_tree_free(tree);
		tree = fresh;
	}
	memmove(reader->trees + 1, reader->trees, at * sizeof(git_tree *));
	reader->trees[0] = tree;
	return git_tree_dup(out, tree);
}

static bool below(struct str path, struct str folder)
{
	return folder.n == 0 ||
	       (str_starts(path, folder) && (path.n == folder.n || path.p[folder.n] == '/'));
}

static enum place place_of(const struct deltas_reader *reader, struct str path)
{
	enum place place = OUTSIDE;
	for (size_t i = 0; i < reader->folders_count; i++) {
		if (below(path, reader->folders[i]))
			return INSIDE;
		if (below(reader->folders[i], path))
			place = ABOVE;
	}
	return place;
}

static int too_much(struct comparison *c)
{
	return kith_fail(c->err, KITH_INVALID,
			 "a commit changes more files or deeper folders than can be told");
}

static void name_blob(char out[GIT_ID_SIZE], const git_tree_entry *entry)
{
	out[0] = '\0';
	if (entry)
		git_oid_tostr(out, GIT_ID_SIZE, git_tree_entry_id(entry));
}

static int add(struct comparison *c, const git_tree_entry *before, const git_tree_entry *after)
{
	struct deltas *d = c->deltas;
	if (d->count >= COUNT_MAX)
		return too_much(c);
	d->items = mem_grow(d->items, d->count, &d->cap, sizeof(*d->items));
	struct git_delta *delta = &d->items[d->count++];
	delta->path = arena_str(&d->arena, buf_str(&c->path)).p;
	delta->from_path = NULL;
	name_blob(delta->before, before);
	name_blob(delta->after, after);
	return 0;
}

static bool is_tree(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static int compare(struct comparison *c, const git_oid *before, const git_oid *after,
		   enum place place);

static const git_oid *tree_id(const git_tree_entry *entry)
{
	return is_tree(entry) ? git_tree_entry_id(entry) : NULL;
}

/* One name that is not the same on both sides. */
static int differ(struct comparison *c, const git_tree_entry *before, const git_tree_entry *after,
		  enum place place)
{
	size_t n = c->path.n;
	int rc = 0;
	if (n > 0)
		buf_addc(&c->path, '/');
	buf_addz(&c->path, git_tree_entry_name(before ? before : after));
	if (place != INSIDE)
		place = place_of(c->reader, buf_str(&c->path));
	bool folder = is_tree(before ? before : after);
	if (folder && place != OUTSIDE)
		rc = compare(c, tree_id(before), tree_id(after), place);
	else if (!folder && place == INSIDE)
		rc = add(c, before, after);
	buf_cut(&c->path, n);
	return rc;
}

static const git_tree_entry *entry_at(const git_tree *tree, size_t at)
{
	return tree ? git_tree_entry_byindex(tree, at) : NULL;
}

static bool same(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b);
}

/* git_tree_entry_cmp holds a folder's name for ending in '/', so equal names are of one kind. */
static int compare_entries(struct comparison *c, const git_tree *before, const git_tree *after,
			   enum place place)
{
	for (size_t i = 0, j = 0;;) {
		const git_tree_entry *a = entry_at(before, i), *b = entry_at(after, j);
		if (!a && !b)
			return 0;
		int order = !a ? 1 : !b ? -1 : git_tree_entry_cmp(a, b);
		i += order <= 0;
		j += order >= 0;
		if (order == 0 && same(a, b))
			continue;
		if (differ(c, order <= 0 ? a : NULL, order >= 0 ? b : NULL, place))
			return -1;
	}
}

static int compare(struct comparison *c, const git_oid *before, const git_oid *after,
		   enum place place)
{
	git_tree *a = NULL, *b = NULL;
	int rc = -1;
	if (++c->deltas->trees > COUNT_MAX || c->depth >= DEPTH_MAX)
		return too_much(c);
	if ((before && tree_get(&a, c->reader, before) < 0) ||
	    (after && tree_get(&b, c->reader, after) < 0)) {
		repo_fail(c->err, KITH_FAILED, "cannot read a folder of a commit");
		goto out;
	}
	c->depth++;
	rc = compare_entries(c, a, b, place);
	c->depth--;
out:
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	const struct git_delta *x = a, *y = b;
	return strcmp(x->path, y->path);
}

/* The order of a sound tree is the order of paths; not every tree is sound. */
static void sort(struct deltas *d)
{
	for (size_t i = 1; i < d->count; i++)
		if (by_path(&d->items[i - 1], &d->items[i]) > 0) {
			qsort(d->items, d->count, sizeof(*d->items), by_path);
			return;
		}
}

int deltas_compare(struct deltas *d, struct deltas_reader *reader, const git_oid *before,
		   const git_oid *after, struct kith_error *err)
{
	struct comparison c = {.deltas = d, .reader = reader, .err = err};
	if (before && after && git_oid_equal(before, after))
		return 0;
	buf_init(&c.path, 0);
	int rc = compare(&c, before, after, place_of(reader, STR("")));
	sort(d);
	buf_release(&c.path);
	return rc;
}

void deltas_intersect(struct deltas *d, const struct deltas *other)
{
	size_t kept = 0;
	for (size_t i = 0, j = 0; i < d->count; i++) {
		while (j < other->count && by_path(&other->items[j], &d->items[i]) < 0)
			j++;
		if (j < other->count && by_path(&other->items[j], &d->items[i]) == 0)
			d->items[kept++] = d->items[i];
	}
	d->count = kept;
}

static bool came(const struct git_delta *delta)
{
	return delta->before[0] == '\0';
}

static bool went(const struct git_delta *delta)
{
	return delta->after[0] == '\0';
}

/* Of a size to be compared; what is no blob is none. */
static bool is_small(git_odb *odb, const char *name)
{
	git_oid id;
	size_t size = 0;
	git_object_t type = GIT_OBJECT_INVALID;
	return git_oid_fromstr(&id, name) == 0 &&
	       git_odb_read_header(&size, &type, odb, &id) == 0 && type == GIT_OBJECT_BLOB &&
	       size <= RENAMED_BYTES_MAX;
}

/* The paths that may be parts of a rename; 0 for none, or too many. */
static size_t candidates(char **paths, struct deltas *d, git_repository *handle)
{
	git_odb *odb = NULL;
	size_t count = 0, new = 0, old = 0;
	for (size_t i = 0; i < d->count; i++) {
		new += came(&d->items[i]);
		old += went(&d->items[i]);
	}
	if (new == 0 || old == 0 || new > RENAMES_MAX || old > RENAMES_MAX ||
	    git_repository_odb(&odb, handle) < 0)
		return 0;
	for (size_t i = 0; i < d->count; i++) {
		const struct git_delta *delta = &d->items[i];
		if ((came(delta) && is_small(odb, delta->after)) ||
		    (went(delta) && is_small(odb, delta->before)))
			paths[count++] =
			    arena_copy(&d->arena, delta->path, strlen(delta->path) + 1, 1);
	}
	git_odb_free(odb);
	return count;
}

static struct git_delta *find(struct deltas *d, const char *path)
{
	const struct git_delta key = {.path = path};
	return bsearch(&key, d->items, d->count, sizeof(key), by_path);
}

/* The file that went is marked by a NULL path, to be taken out. */
static void join(struct deltas *d, const git_diff *diff)
{
	struct git_delta *gone[RENAMES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *found = git_diff_get_delta(diff, i);
		if (found->status != GIT_DELTA_RENAMED || count == RENAMES_MAX)
			continue;
		struct git_delta *from = find(d, found->old_file.path);
		struct git_delta *to = find(d, found->new_file.path);
		if (!from || !to || !went(from) || !came(to))
			continue;
		to->from_path = from->path;
		memcpy(to->before, from->before, sizeof(to->before));
		gone[count++] = from;
	}
	for (size_t i = 0; i < count; i++)
		gone[i]->path = NULL;
	size_t kept = 0;
	for (size_t i = 0; i < d->count; i++)
		if (d->items[i].path)
			d->items[kept++] = d->items[i];
	d->count = kept;
}

static int similar(struct deltas *d, struct deltas_reader *reader, const git_oid *before,
		   const git_oid *after, char **paths, size_t count)
{
	git_diff_options options = {
	    .version = GIT_DIFF_OPTIONS_VERSION,
	    .flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH,
	    .ignore_submodules = GIT_SUBMODULE_IGNORE_ALL,
	    .pathspec = {paths, count},
	};
	git_diff_find_options how = {
	    .version = GIT_DIFF_FIND_OPTIONS_VERSION,
	    .flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_DONT_IGNORE_WHITESPACE,
	    .rename_limit = RENAMES_MAX,
	};
	git_tree *a = NULL, *b = NULL;
	git_diff *diff = NULL;
	int rc = tree_get(&a, reader, before);
	if (rc == 0)
		rc = tree_get(&b, reader, after);
	if (rc == 0)
		rc = git_diff_tree_to_tree(&diff, reader->handle, a, b, &options);
	if (rc == 0)
		rc = git_diff_find_similar(diff, &how);
	if (rc == 0)
		join(d, diff);
	git_diff_free(diff);
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}

int deltas_find_renames(struct deltas *d, struct deltas_reader *reader, const git_oid *before,
			const git_oid *after, struct kith_error *err)
{
	char *paths[2 * RENAMES_MAX];
	size_t count = before ? candidates(paths, d, reader->handle) : 0;
	if (count < 2)
		return 0;
	if (similar(d, reader, before, after, paths, count) < 0)
		return repo_fail(err, KITH_FAILED, "cannot look for renamed files");
	return 0;
}
