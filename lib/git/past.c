#include "git/past.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "git/content.h"
#include "git/history.h"

/* ---- The commit ---- */

/* Where the committer was: the day that git log shows. */
static civil_day committed_day(const git_commit *commit)
{
	return day_of_time(git_commit_time(commit), git_commit_time_offset(commit));
}

static int holds_path(bool *holds, const git_commit *commit, const char *path)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = git_commit_tree(&tree, commit);
	if (rc == 0)
		rc = git_tree_entry_bypath(&entry, tree, path);
	*holds = rc == 0;
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* One commit of a line of first parents; true ends the walk. */
typedef int line_visit(void *context, const git_commit *commit);

/* Visits until something but 0 is returned, which is given back; 0 at the line's end. */
static int walk_first_parents(const struct git_repo *repo, const git_oid *from, line_visit *visit,
			      void *context)
{
	git_commit *commit = NULL;
	int rc = git_commit_lookup(&commit, repo->handle, from);
	while (rc == 0) {
		git_commit *parent = NULL;
		rc = visit(context, commit);
		if (rc == 0 && git_commit_parentcount(commit) == 0)
			break;
		if (rc == 0)
			rc = git_commit_parent(&parent, commit, 0);
		git_commit_free(commit);
		commit = parent;
		/* The end of a shallow clone. */
		if (rc == GIT_ENOTFOUND && git_repository_is_shallow(repo->handle) == 1)
			rc = 0;
		if (!commit)
			return rc;
	}
	git_commit_free(commit);
	return rc;
}

enum { LINE_FOUND = 1 };

struct line_search {
	struct git_past *out;
	civil_day day;
	const char *path;
};

static int is_within_day(void *context, const git_commit *commit)
{
	struct line_search *search = context;
	if (committed_day(commit) > search->day)
		return 0;
	git_oid_tostr(search->out->id, GIT_ID_SIZE, git_commit_id(commit));
	return LINE_FOUND;
}

static int note_beginning(void *context, const git_commit *commit)
{
	struct line_search *search = context;
	bool holds;
	int rc = holds_path(&holds, commit, search->path);
	if (rc == 0 && holds)
		search->out->begins = committed_day(commit);
	return rc;
}

static int fill_past(struct git_past *out, const struct git_repo *repo, const char *path)
{
	git_commit *commit = NULL;
	git_oid id;
	int rc = git_oid_fromstr(&id, out->id);
	if (rc == 0)
		rc = git_commit_lookup(&commit, repo->handle, &id);
	if (rc == 0) {
		out->day = committed_day(commit);
		rc = holds_path(&out->holds, commit, path);
	}
	git_commit_free(commit);
	return rc;
}

int past_find(struct git_past *out, struct git_repo *repo, const char *name, civil_day day,
	      const char *path, struct kith_error *err)
{
	struct line_search search = {out, day, path};
	git_oid head;
	*out = (struct git_past){.day = NO_DAY, .begins = NO_DAY};
	repo_enter(repo);
	out->shallow = git_repository_is_shallow(repo->handle) == 1;
	bool unborn = git_repository_head_unborn(repo->handle) == 1;
	if (!unborn && history_find(repo, "HEAD", out->id, err))
		return -1;
	int rc = unborn ? 0 : git_oid_fromstr(&head, out->id);
	out->id[0] = '\0';
	if (name && history_find(repo, name, out->id, err))
		return -1;
	if (rc == 0 && !name && !unborn)
		rc = walk_first_parents(repo, &head, is_within_day, &search);
	if (rc >= 0 && out->id[0])
		rc = fill_past(out, repo, path);
	if (rc >= 0 && !out->holds && !unborn)
		rc = walk_first_parents(repo, &head, note_beginning, &search);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot read the history") : 0;
}

/* ---- Its files ---- */

#define MOST_ENTRIES ((size_t)1000000)
#define MOST_BYTES   ((uint64_t)1 << 30)
/* A larger file is there with its size alone: nobody reads it. */
#define LARGEST ((size_t)64 * 1024 * 1024)
/* Folders are entered no deeper; what is read is not as deep. */
#define DEEPEST 100

struct unpacking {
	const struct git_repo *repo;
	const struct git_unpacking *order;
	git_odb *odb;
	int workdir;     /* the same folder in the work tree, open; -1 without */
	bool filters;    /* some are set up: each file is asked about */
	struct buf path; /* below the folder that is unpacked */
	struct buf bytes;
	bool writes; /* false: they are only counted, and their names looked at */
	size_t entries, depth;
	uint64_t total;
	struct kith_error *err;
};

static int unpack_failed(struct unpacking *u)
{
	return kith_fail_errno(u->err, "cannot unpack %s", u->path.p);
}

static int unpack_unreadable(struct unpacking *u)
{
	return repo_fail(u->err, KITH_FAILED, "cannot read %s of that commit", u->path.p);
}

static bool has_filters(const struct git_repo *repo)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool found = false;
	if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
	    git_config_iterator_new(&iterator, config) == 0)
		while (!found && git_config_next(&entry, iterator) == 0)
			found = str_starts(str_of(entry->name), STR("filter."));
	git_config_iterator_free(iterator);
	git_config_free(config);
	return found;
}

static int write_unpacked(struct unpacking *u, struct str bytes, size_t size)
{
	int fd = openat(u->order->dir, u->path.p,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return unpack_failed(u);
	int rc = fs_write_all(fd, bytes);
	if (rc == 0 && size > bytes.n)
		rc = ftruncate(fd, (off_t)size);
	if (rc < 0)
		unpack_failed(u);
	close(fd);
	return rc;
}

/* What git would do more to it on its way to the disk than put other ends to its lines. */
static int unpack_foreign(struct unpacking *u, const git_oid *id)
{
	struct arena arena;
	arena_init(&arena);
	buf_clear(&u->bytes);
	const char *path = arena_printf(&arena, "%s%s", u->order->folder, u->path.p).p;
	int rc = content_load(&u->bytes, u->repo, path, id, LARGEST, u->err);
	arena_release(&arena);
	return rc ? rc : write_unpacked(u, buf_str(&u->bytes), 0);
}

static bool is_unpacked_foreign(struct unpacking *u)
{
	struct arena arena;
	if (!u->filters)
		return false;
	arena_init(&arena);
	bool foreign = content_is_foreign(
	    u->repo, arena_printf(&arena, "%s%s", u->order->folder, u->path.p).p);
	arena_release(&arena);
	return foreign;
}

static int count_bytes(struct unpacking *u, size_t size)
{
	u->total += size;
	return u->total > MOST_BYTES
		   ? kith_fail(u->err, KITH_INVALID, "that commit holds more text than can be read")
		   : 0;
}

/*
 * Most of it is as HEAD has it, and lies in the work tree, where it takes a third of the time to
 * get: whether it has these very bytes tells their name.
 */
static bool is_in_workdir(struct unpacking *u, const git_oid *id)
{
	git_oid found;
	return u->workdir >= 0 && fs_load(u->workdir, u->path.p, LARGEST, &u->bytes) == 0 &&
	       git_odb_hash(&found, u->bytes.p, u->bytes.n, GIT_OBJECT_BLOB) == 0 &&
	       git_oid_equal(&found, id);
}

/* same: HEAD has it so, too. */
static int unpack_file(struct unpacking *u, const git_oid *id, bool link, bool same)
{
	git_odb_object *object = NULL;
	git_object_t type;
	size_t size;
	if (!link && !u->order->wanted(u->path.p))
		return write_unpacked(u, STR(""), 0);
	if (!link && same && is_in_workdir(u, id))
		return count_bytes(u, u->bytes.n) ? -1 : write_unpacked(u, buf_str(&u->bytes), 0);
	int rc = git_odb_read_header(&size, &type, u->odb, id);
	if (!link && (rc == GIT_ENOTFOUND || (rc == 0 && is_unpacked_foreign(u))))
		return unpack_foreign(u, id);
	if (rc == 0 && !link && size > LARGEST)
		return write_unpacked(u, STR(""), size);
	if (rc == 0 && count_bytes(u, size))
		return -1;
	/* No work tree can have had such a link. */
	if (rc == 0 && link && (size == 0 || size >= PATH_MAX))
		return 0;
	if (rc == 0)
		rc = git_odb_read(&object, u->odb, id);
	if (rc < 0)
		return unpack_unreadable(u);
	struct str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
	if (!link) {
		rc = write_unpacked(u, bytes, 0);
	} else {
		buf_clear(&u->bytes);
		buf_add(&u->bytes, bytes);
		if (symlinkat(u->bytes.p, u->order->dir, u->path.p))
			rc = unpack_failed(u);
	}
	git_odb_object_free(object);
	return rc;
}

static int unpack_tree(struct unpacking *u, const git_oid *id, const git_oid *head);

static bool may_be_named_so(struct str name)
{
	return name.n && !str_eq(name, STR(".")) && !str_eq(name, STR("..")) &&
	       str_find_char(name, '/') == name.n && !fs_names_git(name);
}

/*
 * Each folder on the way was made here, by a mkdir that must have succeeded, and nobody else may
 * write there: so no link that the tree may hold is ever followed.
 */
static int unpack_entry(struct unpacking *u, const git_tree_entry *entry, const git_oid *head)
{
	const git_filemode_t mode = git_tree_entry_filemode(entry);
	const git_oid *id = git_tree_entry_id(entry);
	if (++u->entries > MOST_ENTRIES)
		return kith_fail(u->err, KITH_INVALID,
				 "that commit holds more files than can be read");
	/* Behind the folder's own name the path must be short enough to be taken away again. */
	if (u->path.n > PATH_MAX / 2 || !may_be_named_so(str_of(git_tree_entry_name(entry))))
		return kith_fail(u->err, KITH_INVALID,
				 "that commit holds a file that cannot be on a disk: %s",
				 u->path.p);
	if (mode != GIT_FILEMODE_TREE && mode != GIT_FILEMODE_COMMIT)
		return u->writes ? unpack_file(u, id, mode == GIT_FILEMODE_LINK,
					       head && git_oid_equal(head, id))
				 : 0;
	if (u->writes && mkdirat(u->order->dir, u->path.p, 0700))
		return unpack_failed(u);
	/* Of another repository, a submodule, there is an empty folder. */
	return mode == GIT_FILEMODE_TREE && u->depth < DEEPEST ? unpack_tree(u, id, head) : 0;
}

/* head: what HEAD has in its place; NULL where that is not known. */
static int unpack_tree(struct unpacking *u, const git_oid *id, const git_oid *head)
{
	git_tree *tree = NULL, *now = NULL;
	size_t n = u->path.n;
	if (git_tree_lookup(&tree, u->repo->handle, id) < 0)
		return unpack_unreadable(u);
	if (head && git_tree_lookup(&now, u->repo->handle, head) < 0)
		now = NULL;
	int rc = 0;
	u->depth++;
	for (size_t i = 0; rc == 0 && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		buf_addz(&u->path, n ? "/" : "");
		const char *name = git_tree_entry_name(entry);
		const git_tree_entry *there = now ? git_tree_entry_byname(now, name) : NULL;
		buf_addz(&u->path, name);
		rc = unpack_entry(u, entry, there ? git_tree_entry_id(there) : NULL);
		buf_cut(&u->path, n);
	}
	u->depth--;
	git_tree_free(now);
	git_tree_free(tree);
	return rc;
}

/* The tree of a commit, or of the folder in it. */
static int find_tree(git_oid *out, struct unpacking *u, const git_oid *id)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	struct str folder = str_of(u->order->folder);
	int rc = git_commit_lookup(&commit, u->repo->handle, id);
	if (rc == 0)
		rc = git_commit_tree(&tree, commit);
	if (rc == 0 && folder.n) {
		buf_clear(&u->bytes);
		buf_add(&u->bytes, str_upto(folder, folder.n - 1));
		rc = git_tree_entry_bypath(&entry, tree, u->bytes.p);
	}
	if (rc == 0)
		*out = entry ? *git_tree_entry_id(entry) : *git_tree_id(tree);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	git_commit_free(commit);
	return rc;
}

/* All of it: first looked at, so that nothing is written of what is too much. */
static int unpack_all(struct unpacking *u)
{
	git_oid id, tree, head;
	struct str folder = str_of(u->order->folder);
	int rc = git_oid_fromstr(&id, u->order->id);
	if (rc == 0)
		rc = find_tree(&tree, u, &id);
	if (rc < 0)
		return repo_fail(u->err, KITH_FAILED, "cannot read the files of commit %s",
				 u->order->id);
	bool known = git_reference_name_to_id(&head, u->repo->handle, "HEAD") == 0 &&
		     find_tree(&head, u, &head) == 0;
	if (unpack_tree(u, &tree, NULL))
		return -1;
	u->writes = true;
	u->entries = 0;
	buf_clear(&u->bytes);
	buf_addz(&u->bytes, git_repository_workdir(u->repo->handle));
	buf_add(&u->bytes, folder);
	u->workdir = open(u->bytes.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rc = unpack_tree(u, &tree, known ? &head : NULL);
	if (u->workdir >= 0)
		close(u->workdir);
	return rc;
}

int past_unpack(struct git_repo *repo, const struct git_unpacking *order, struct kith_error *err)
{
	struct unpacking u = {.repo = repo, .order = order, .workdir = -1, .err = err};
	repo_enter(repo);
	buf_init(&u.path, 0);
	buf_init(&u.bytes, 0);
	u.filters = has_filters(repo);
	int rc = git_repository_odb(&u.odb, repo->handle);
	rc = rc < 0 ? repo_fail(err, KITH_FAILED, "cannot read the repository") : unpack_all(&u);
	git_odb_free(u.odb);
	buf_release(&u.bytes);
	buf_release(&u.path);
	if (rc == 0)
		memcpy(repo->as_of, order->id, GIT_ID_SIZE);
	return rc;
}
