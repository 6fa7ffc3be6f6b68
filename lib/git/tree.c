#include "git/tree.h"

#include "base/buf.h"

enum { MAX_DEPTH = 128 };

/* One entry in a tree's bytes: MODE SPACE NAME NUL ID. */
struct entry {
	struct str whole, name;
	git_oid id;
	unsigned mode;
};

static bool next_entry(struct str *rest, struct entry *out)
{
	size_t space = str_find_char(*rest, ' '), end = str_find_char(*rest, '\0');
	if (space > 6 || space >= end || rest->n - end < 1 + GIT_OID_RAWSZ)
		return false;
	*out = (struct entry){.whole = str_upto(*rest, end + 1 + GIT_OID_RAWSZ),
			      .name = str_slice(*rest, space + 1, end)};
	for (size_t i = 0; i < space; i++)
		out->mode = out->mode * 8 + (unsigned)(rest->p[i] - '0');
	memcpy(out->id.id, rest->p + end + 1, GIT_OID_RAWSZ);
	*rest = str_from(*rest, out->whole.n);
	return true;
}

static bool is_tree(unsigned mode)
{
	return mode == GIT_FILEMODE_TREE;
}

static int damaged(struct kith_error *err)
{
	return kith_fail(err, KITH_FAILED,
			 "the repository is damaged: a tree cannot be read; "
			 "git fsck tells more");
}

/* git's order: a folder's name counts as if it ended in '/'. */
static int by_name(struct str a, bool a_tree, struct str b, bool b_tree)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order)
		return order;
	unsigned char x = a.n > n ? (unsigned char)a.p[n] : a_tree ? '/' : 0;
	unsigned char y = b.n > n ? (unsigned char)b.p[n] : b_tree ? '/' : 0;
	return (x > y) - (x < y);
}

/* Finds a name as a file or as a folder. 1: found, 0: not there, -1: failed. */
static int find(struct entry *out, struct str bytes, struct str name, struct kith_error *err)
{
	while (bytes.n) {
		if (!next_entry(&bytes, out))
			return damaged(err);
		if (str_eq(out->name, name))
			return 1;
	}
	return 0;
}

int tree_look(struct tree_view *out, const struct git_repo *repo, const git_oid *tree,
	      const char *path, struct kith_error *err)
{
	struct str rest = str_of(path);
	struct entry entry;
	git_oid id;
	*out = (struct tree_view){.mode = GIT_FILEMODE_UNREADABLE};
	if (!tree)
		return 0;
	git_oid_cpy(&id, tree);
	for (size_t depth = 0; depth < MAX_DEPTH; depth++) {
		git_odb_object *object;
		struct str bytes, name = str_upto(rest, str_find_char(rest, '/'));
		if (object_read(&object, &bytes, repo, &id, GIT_OBJECT_TREE, 0, err))
			return -1;
		int found = find(&entry, bytes, name, err);
		git_odb_object_free(object);
		if (found <= 0)
			return found;
		rest = str_from(rest, name.n + 1);
		if (rest.n == 0) {
			out->id = entry.id;
			out->mode = (git_filemode_t)entry.mode;
			return 0;
		}
		if (!is_tree(entry.mode))
			return kith_fail(err, KITH_UNSUPPORTED,
					 "%.*s is a file, a link or a submodule in HEAD, not a "
					 "folder",
					 (int)(rest.p - 1 - path), path);
		git_oid_cpy(&id, &entry.id);
	}
	return kith_fail(err, KITH_INVALID, "%s has too many folders", path);
}

static void add_entry(struct buf *out, unsigned mode, struct str name, const git_oid *id)
{
	buf_printf(out, "%o ", mode);
	buf_add(out, name);
	buf_addc(out, '\0');
	buf_add(out, (struct str){(const char *)id->id, GIT_OID_RAWSZ});
}

/* How many of the edits, from the first, have the first one's name at this depth. */
static size_t of_one_name(const struct tree_edit *edits, size_t count, size_t skip, struct str name)
{
	size_t n = 0;
	while (n < count) {
		struct str path = str_from(str_of(edits[n].path), skip);
		if (!str_starts(path, name) || (path.n > name.n && path.p[name.n] != '/'))
			break;
		n++;
	}
	return n;
}

struct work {
	struct object_batch *batch;
	struct kith_error *err;
};

/* The edits of one name in a folder: one file's, or those below one folder. */
struct group {
	const struct tree_edit *edits;
	size_t count, skip; /* skip: how much of the paths lies above */
	struct str name;
	bool folder;
};

/* A tree in the making: its old bytes that are still to come, and the new ones. */
struct merge {
	struct str rest, last;
	bool last_tree;
	struct buf out;
};

static int edit_tree(bool *empty, git_oid *out, const struct work *work, const git_oid *tree,
		     const struct tree_edit *edits, size_t count, size_t skip, size_t depth);

/* The new entry for one name, of a file or a folder; *gone where there is none. */
static int make_entry(struct entry *made, bool *gone, const struct work *work,
		      const struct entry *old, const struct group *group, size_t depth)
{
	const struct tree_edit *edit = group->edits;
	made->name = group->name;
	if (!group->folder) {
		*gone = edit->remove;
		made->id = edit->id;
		made->mode = edit->mode;
		return 0;
	}
	made->mode = GIT_FILEMODE_TREE;
	return edit_tree(gone, &made->id, work, old ? &old->id : NULL, edit, group->count,
			 group->skip + group->name.n + 1, depth + 1);
}

/* Takes the entries before the group's place off the bytes; *old is the one that has its name. */
static int pass(struct merge *m, struct entry *old, bool *found, const struct group *group,
		struct kith_error *err)
{
	*found = false;
	while (m->rest.n) {
		struct entry entry;
		struct str after = m->rest;
		if (!next_entry(&after, &entry))
			return damaged(err);
		bool tree = is_tree(entry.mode);
		if (m->last.p && by_name(m->last, m->last_tree, entry.name, tree) >= 0)
			return damaged(err);
		int order = group ? by_name(entry.name, tree, group->name, group->folder) : -1;
		if (order > 0)
			return 0;
		m->last = entry.name;
		m->last_tree = tree;
		if (order == 0) {
			*old = entry;
			*found = true;
			return 0;
		}
		m->rest = after;
	}
	return 0;
}

static int merge_group(struct merge *m, const struct work *work, const struct group *group,
		       size_t depth)
{
	struct entry old = {.name = STR("")}, made = {.name = STR("")};
	bool found, gone = false;
	struct str from = m->rest;
	if (pass(m, &old, &found, group, work->err))
		return -1;
	buf_add(&m->out, str_upto(from, (size_t)(m->rest.p - from.p)));
	if (make_entry(&made, &gone, work, found ? &old : NULL, group, depth))
		return -1;
	if (!gone)
		add_entry(&m->out, made.mode, made.name, &made.id);
	m->rest = str_from(m->rest, found ? old.whole.n : 0);
	return 0;
}

static int merge_all(struct merge *m, const struct work *work, const struct tree_edit *edits,
		     size_t count, size_t skip, size_t depth)
{
	struct entry none;
	bool found;
	for (size_t i = 0; i < count;) {
		struct str path = str_from(str_of(edits[i].path), skip);
		struct group group = {.edits = edits + i, .skip = skip};
		group.name = str_upto(path, str_find_char(path, '/'));
		group.folder = group.name.n < path.n;
		group.count = of_one_name(edits + i, count - i, skip, group.name);
		if (merge_group(m, work, &group, depth))
			return -1;
		i += group.count;
	}
	struct str from = m->rest;
	if (pass(m, &none, &found, NULL, work->err))
		return -1;
	buf_add(&m->out, from);
	return 0;
}

/* Makes the tree of one folder. Recursive by folders, at most MAX_DEPTH deep. */
static int edit_tree(bool *empty, git_oid *out, const struct work *work, const git_oid *tree,
		     const struct tree_edit *edits, size_t count, size_t skip, size_t depth)
{
	git_odb_object *object = NULL;
	struct merge m = {.rest = STR("")};
	if (depth >= MAX_DEPTH)
		return kith_fail(work->err, KITH_INVALID, "%s has too many folders", edits[0].path);
	if (tree &&
	    object_read(&object, &m.rest, work->batch->repo, tree, GIT_OBJECT_TREE, 0, work->err))
		return -1;
	buf_init(&m.out, 0);
	/* Room for all at once. */
	(void)buf_room(&m.out, m.rest.n + count * 64);
	int rc = merge_all(&m, work, edits, count, skip, depth);
	*empty = rc == 0 && m.out.n == 0;
	if (rc == 0 && (!*empty || depth == 0))
		rc = object_write(out, work->batch, GIT_OBJECT_TREE, buf_str(&m.out), work->err);
	git_odb_object_free(object);
	buf_release(&m.out);
	return rc;
}

int tree_edited(git_oid *out, struct object_batch *batch, const git_oid *tree,
		const struct tree_edit *edits, size_t count, struct kith_error *err)
{
	const struct work work = {batch, err};
	bool empty = false;
	return edit_tree(&empty, out, &work, tree, edits, count, 0, 0);
}
