#include "git/treediff.h"

#include <stdlib.h>

#include "base/mem.h"

enum { TREES_MAX = 1000000, DEPTH_MAX = 256 };

static bool is_same_entry(const git_tree_entry *a, const git_tree_entry *b)
{
	return a == b || (a && b && git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
			  git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b));
}

static bool is_tree_entry(const git_tree_entry *entry)
{
	return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static void name_entry(char out[GIT_ID_SIZE], const git_tree_entry *entry)
{
	if (entry && !is_tree_entry(entry))
		git_oid_tostr(out, GIT_ID_SIZE, git_tree_entry_id(entry));
}

static int add_differing(struct treediff *d, const char *path, const git_tree_entry *before,
			 const git_tree_entry *after)
{
	if (d->count >= TREES_MAX)
		return GIT_EUSER;
	d->items = mem_grow(d->items, d->count, &d->cap, sizeof(*d->items));
	struct git_delta *to = &d->items[d->count++];
	*to = (struct git_delta){.path = arena_copy(&d->arena, path, strlen(path) + 1, 1)};
	name_entry(to->before, before);
	name_entry(to->after, after);
	to->ran = before && git_tree_entry_filemode(before) == GIT_FILEMODE_BLOB_EXECUTABLE;
	return 0;
}

static const git_tree_entry *tree_entry_at(const git_tree *tree, size_t at)
{
	return tree ? git_tree_entry_byindex(tree, at) : NULL;
}

static int compare_entries(struct treediff *d, struct buf *path, const git_tree_entry *before,
			   const git_tree_entry *after);

/* git_tree_entry_cmp holds a folder's name for ending in '/', so equal names are of one kind. */
static int compare_trees(struct treediff *d, struct buf *path, const git_tree *before,
			 const git_tree *after)
{
	size_t n = path->n;
	int rc = ++d->trees > TREES_MAX || ++d->depth > DEPTH_MAX ? GIT_EUSER : 0;
	for (size_t i = 0, j = 0; rc == 0;) {
		const git_tree_entry *a = tree_entry_at(before, i), *b = tree_entry_at(after, j);
		if (!a && !b)
			break;
		int order = !a ? 1 : !b ? -1 : git_tree_entry_cmp(a, b);
		a = order <= 0 ? a : NULL;
		b = order >= 0 ? b : NULL;
		i += a != NULL;
		j += b != NULL;
		if (is_same_entry(a, b))
			continue;
		if (n > 0)
			buf_addc(path, '/');
		buf_addz(path, git_tree_entry_name(a ? a : b));
		rc = compare_entries(d, path, a, b);
		buf_cut(path, n);
	}
	d->depth--;
	return rc;
}

/* One name that is not the same on both sides; NULL: it is not there. */
static int compare_entries(struct treediff *d, struct buf *path, const git_tree_entry *before,
			   const git_tree_entry *after)
{
	git_tree *a = NULL, *b = NULL;
	int rc = 0;
	if ((before && !is_tree_entry(before)) || (after && !is_tree_entry(after)))
		rc = add_differing(d, path->p, before, after);
	if (rc == 0 && is_tree_entry(before))
		rc = git_tree_lookup(&a, d->handle, git_tree_entry_id(before));
	if (rc == 0 && is_tree_entry(after))
		rc = git_tree_lookup(&b, d->handle, git_tree_entry_id(after));
	if (rc == 0 && (a || b))
		rc = compare_trees(d, path, a, b);
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}

static int find_entry(git_tree_entry **out, const git_tree *tree, const char *path)
{
	int rc = tree ? git_tree_entry_bypath(out, tree, path) : 0;
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

static int compare_folder(struct treediff *d, struct buf *path, const git_tree *before,
			  const git_tree *after, const char *folder)
{
	git_tree_entry *a = NULL, *b = NULL;
	buf_clear(path);
	buf_addz(path, folder);
	while (str_ends(buf_str(path), STR("/")))
		buf_cut(path, path->n - 1);
	if (path->n == 0)
		return compare_trees(d, path, before, after);
	int rc = find_entry(&a, before, path->p);
	if (rc == 0)
		rc = find_entry(&b, after, path->p);
	if (rc == 0 && !is_same_entry(a, b))
		rc = compare_entries(d, path, a, b);
	git_tree_entry_free(a);
	git_tree_entry_free(b);
	return rc;
}

static int compare_differing(const void *a, const void *b)
{
	return strcmp(((const struct git_delta *)a)->path, ((const struct git_delta *)b)->path);
}

/* Folders may lie in each other. */
static void sort_differing(struct treediff *d)
{
	size_t kept = 0;
	if (d->count)
		qsort(d->items, d->count, sizeof(*d->items), compare_differing);
	for (size_t i = 0; i < d->count; i++)
		if (!kept || compare_differing(&d->items[kept - 1], &d->items[i]) != 0)
			d->items[kept++] = d->items[i];
	d->count = kept;
}

int treediff_find(struct treediff *d, git_repository *handle, const git_tree *before,
		  const git_tree *after, const char *const *folders, size_t count,
		  struct kith_error *err)
{
	struct buf path;
	int rc = 0;
	*d = (struct treediff){.handle = handle};
	arena_init(&d->arena);
	buf_init(&path, 0);
	for (size_t i = 0; i < count && rc == 0; i++)
		rc = compare_folder(d, &path, before, after, folders[i]);
	buf_release(&path);
	sort_differing(d);
	if (rc == GIT_EUSER)
		return kith_fail(err, KITH_INVALID,
				 "a commit changes more files or deeper folders than can be told");
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot read a folder of a commit") : 0;
}

void treediff_release(struct treediff *d)
{
	free(d->items);
	arena_release(&d->arena);
	*d = (struct treediff){.cap = 0};
}
