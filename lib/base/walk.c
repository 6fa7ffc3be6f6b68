/*
 * fs_walk of base/fs.h: a stack of folders to be entered, in place of
 * recursion. Kinds come with the names; only file systems that do not tell
 * them cost a call for each entry.
 */
#define _DEFAULT_SOURCE /* d_type */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"

#define MAX_DEPTH 64

struct folder {
	struct str path;
	int depth; /* of what is in it; from 1 */
};

struct walk {
	int root;      /* the folder where it began */
	size_t prefix; /* bytes of a path that lead there */
	fs_skip *skip;
	void *context;
	struct arena *arena;
	struct fs_list *out, *unreadable;
	struct folder *stack;
	size_t count, cap;
};

static void list_add(struct fs_list *list, struct str path, enum fs_kind kind)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = (struct fs_entry){path, kind};
}

static void cannot_enter(struct walk *w, struct str path)
{
	if (w->unreadable)
		list_add(w->unreadable, path, FS_FOLDER);
}

static void push(struct walk *w, struct str path, int depth)
{
	w->stack = mem_grow(w->stack, w->count, &w->cap, sizeof(*w->stack));
	w->stack[w->count++] = (struct folder){path, depth};
}

static struct str join(struct arena *arena, struct str folder, struct str name)
{
	bool slash = folder.n && folder.p[folder.n - 1] != '/';
	size_t n = folder.n + slash;
	char *p = arena_bytes(arena, n + name.n + 1);
	if (folder.n)
		memcpy(p, folder.p, folder.n);
	if (slash)
		p[folder.n] = '/';
	memcpy(p + n, name.p, name.n + 1);
	return (struct str){p, n + name.n};
}

static enum fs_kind entry_kind(int dir, const struct dirent *entry)
{
	switch (entry->d_type) {
	case DT_REG:
		return FS_FILE;
	case DT_DIR:
		return FS_FOLDER;
	case DT_LNK:
		return FS_LINK;
	case DT_UNKNOWN:
		return fs_kind(dir, entry->d_name);
	default:
		return FS_OTHER;
	}
}

static void walk_entry(struct walk *w, struct folder folder, int dir, const struct dirent *entry)
{
	const char *name = entry->d_name;
	if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
		return;
	enum fs_kind kind = entry_kind(dir, entry);
	if (kind == FS_NONE)
		return;
	struct str path = join(w->arena, folder.path, str_of(name));
	struct str last = str_from(path, path.n - strlen(name));
	if (w->skip && w->skip(w->context, path, last, kind))
		return;
	if (kind != FS_FOLDER)
		list_add(w->out, path, kind);
	else if (folder.depth < MAX_DEPTH)
		push(w, path, folder.depth + 1);
	else
		cannot_enter(w, path);
}

static DIR *open_folder(const struct walk *w, struct folder folder)
{
	const char *path = folder.path.n > w->prefix ? folder.path.p + w->prefix : ".";
	path += strspn(path, "/");
	int fd = fs_open_below(w->root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	if (!stream && errno == ENOMEM)
		mem_die();
	if (!stream && fd >= 0)
		close(fd);
	return stream;
}

static void walk_folder(struct walk *w, struct folder folder)
{
	DIR *stream = open_folder(w, folder);
	if (!stream) {
		/* What went away meanwhile was not there. */
		if (errno != ENOENT)
			cannot_enter(w, folder.path);
		return;
	}
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(stream);
		if (!entry)
			break;
		walk_entry(w, folder, dirfd(stream), entry);
	}
	if (errno != 0)
		cannot_enter(w, folder.path);
	closedir(stream);
}

static int cannot_begin(const char *path, struct kith_error *err)
{
	if (errno == ENOENT)
		kith_fail(err, KITH_NOT_FOUND, "there is no such folder");
	else if (errno == ENOTDIR)
		kith_fail(err, KITH_INVALID, "is not a folder");
	else if (errno == EXDEV)
		kith_fail(err, KITH_INVALID, "is a link that leads out of the folder");
	else
		kith_fail_errno(err, "the folder cannot be read");
	return kith_fail_at(err, path, 0, 0);
}

int fs_walk(int dir, const char *path, fs_skip *skip, void *context, struct arena *arena,
	    struct fs_list *out, struct fs_list *unreadable, struct kith_error *err)
{
	struct walk w = {
	    .skip = skip, .context = context, .arena = arena, .out = out, .unreadable = unreadable};
	*out = (struct fs_list){0};
	if (unreadable)
		*unreadable = (struct fs_list){0};
	if (strcmp(path, ".") == 0)
		path = "";
	w.root = fs_open_below(dir, path[0] ? path : ".", O_RDONLY | O_DIRECTORY);
	if (w.root < 0)
		return cannot_begin(path, err);
	w.prefix = strlen(path);
	push(&w, arena_str(arena, str_of(path)), 1);
	while (w.count)
		walk_folder(&w, w.stack[--w.count]);
	free(w.stack);
	close(w.root);
	return 0;
}

void fs_list_release(struct fs_list *list)
{
	free(list->items);
	*list = (struct fs_list){0};
}
