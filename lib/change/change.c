/*
 * A person may have lines of their own in a file, staged or not. So nothing
 * that a file holds is ever copied into the commit or the index: the edit is
 * made again on what each of them holds, and where it cannot be made there,
 * the file alone is written.
 */
#include "change/change.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/lock.h"
#include "change/commit.h"
#include "change/paths.h"
#include "note/note.h"

/* Milliseconds. */
#define PATIENCE 30000

/* So often a change is made anew where somebody else saved in between. */
#define MOST_TRIES 4

enum which { COPY_FILES, COPY_HEAD, COPY_INDEX };

/* A file before and after, in one copy. The same slice twice: unchanged. */
struct made {
	struct str before, after;
};

/* One try. Its texts live in its arena. */
struct attempt {
	const struct change *change;
	const struct change_order *order;
	struct arena *arena;
	struct git_repo *repo;  /* NULL: nothing is committed */
	struct git_change *git; /* begun; NULL likewise */
	int dir;                /* the journal's folder; the work tree's, where a file is outside */
	bool whole;             /* so it is */
	struct str below;       /* that folder in the work tree */
	struct str *paths;      /* of the files, links followed; below that folder */
	struct made *files, *head, *index;
	bool *kept_out;    /* by file: HEAD has it, the index does not, and that stays so */
	struct str *first; /* by file: committed by itself, before the change; p == NULL: not so */
	bool unknown;      /* HEAD does not have one of the files */
	char first_id[GIT_ID_SIZE]; /* that commit; "" for none */
	bool refused;               /* git would never hold what is to be committed first */
};

struct change_copy {
	const struct attempt *attempt;
	enum which which;
};

static struct str git_path(const struct attempt *m, struct str path)
{
	return arena_printf(m->arena, "%.*s%.*s", STR_ARG(m->below), STR_ARG(path));
}

/* A path below the journal as it is below the folder. */
static struct str folder_path(const struct attempt *m, struct str path)
{
	struct str here = m->whole ? paths_plain(m->order->below, path, m->arena) : path;
	return arena_str(m->arena, here);
}

static int read_work_file(const struct attempt *m, struct str path, struct str *bytes,
			  struct kith_error *err)
{
	*bytes = STR_NONE;
	if (fs_kind(m->dir, path.p) == FS_NONE)
		return 0;
	return fs_read_text(bytes, m->dir, path.p, m->order->max_file, m->arena, err);
}

static int read_git(const struct attempt *m, enum git_copy copy, struct str path, struct str *bytes,
		    struct kith_error *err)
{
	return commit_read(bytes, m->order->git, m->git, copy, m->below, path, m->order->max_file,
			   m->arena, err);
}

/* What git has of a file. */
struct in_git {
	struct str head, index;
	bool kept_out; /* as in struct attempt; then index is head's */
	bool unknown;  /* HEAD has nothing of it; then head is what is staged, if anything */
};

static int read_in_git(const struct attempt *m, struct str path, struct in_git *out,
		       struct kith_error *err)
{
	*out = (struct in_git){.unknown = false};
	if (read_git(m, GIT_COPY_HEAD, path, &out->head, err) ||
	    read_git(m, GIT_COPY_INDEX, path, &out->index, err))
		return -1;
	out->unknown = !out->head.p;
	out->kept_out = out->head.p && !out->index.p;
	if (out->kept_out)
		out->index = out->head;
	else if (out->unknown)
		out->head = out->index;
	return 0;
}

bool change_copy_is_file(const struct change_copy *copy)
{
	return copy->which == COPY_FILES;
}

bool change_copy_is_head(const struct change_copy *copy)
{
	return copy->which == COPY_HEAD;
}

int change_copy_read(const struct change_copy *copy, struct str path, struct str *bytes,
		     struct kith_error *err)
{
	const struct attempt *m = copy->attempt;
	struct in_git known = {.head = STR_NONE};
	path = folder_path(m, path);
	if (copy->which != COPY_FILES && read_in_git(m, path, &known, err))
		return -1;
	if (copy->which == COPY_FILES || (known.unknown && !known.head.p))
		return read_work_file(m, path, bytes, err);
	*bytes = copy->which == COPY_HEAD ? known.head : known.index;
	return 0;
}

int change_take_away(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	(void)context, (void)copy, (void)before, (void)after, (void)err;
	*gone = true;
	return 0;
}

/* Which side of a merge an edit belongs to is nobody's guess. */
static int check_merged(const struct change_file *file, struct str after, struct kith_error *err)
{
	size_t at = note_conflict(after);
	if (at == after.n)
		return 0;
	struct place place = span_place(after, at);
	kith_fail(err, KITH_FAILED,
		  "a merge left its marks here; choose between the two versions first, and take "
		  "the marks out");
	return kith_fail_at(err, file->path.p, place.line, place.column);
}

/* The file, where the edit's message does not say it. */
static int fail_in(const struct change_copy *copy, struct str path, struct kith_error *err)
{
	if (!err || str_find(str_of(err->message), path) < strlen(err->message))
		return -1;
	return kith_fail_at(err, arena_str(copy->attempt->arena, path).p, 0, 0);
}

static int apply_one(const struct change_copy *copy, const struct change_file *file,
		     struct made *made, struct kith_error *err)
{
	struct buf after;
	bool gone = false;
	buf_init(&after, 0);
	int rc = file->edit(file->context, copy, made->before, &after, &gone, err);
	if (gone)
		made->after = STR_NONE;
	else if (made->before.p && str_eq(made->before, buf_str(&after)))
		made->after = made->before;
	else
		made->after = arena_str(copy->attempt->arena, buf_str(&after));
	buf_release(&after);
	if (rc == 0 && change_copy_is_file(copy) && made->after.p)
		rc = check_merged(file, made->after, err);
	return rc < 0 ? fail_in(copy, file->path, err) : 0;
}

static int apply_edits(const struct attempt *m, enum which which, struct made *made,
		       struct kith_error *err)
{
	const struct change_copy copy = {m, which};
	for (size_t i = 0; i < m->change->count; i++)
		if (apply_one(&copy, &m->change->files[i], &made[i], err))
			return -1;
	return 0;
}

static int read_work_files(struct attempt *m, struct kith_error *err)
{
	for (size_t i = 0; i < m->change->count; i++)
		if (read_work_file(m, m->paths[i], &m->files[i].before, err))
			return -1;
	return 0;
}

static bool same(struct str a, struct str b)
{
	return !a.p == !b.p && str_eq(a, b);
}

/*
 * What of a file is a person's own, which no commit of kith's may hold: all of
 * it where it is taken away, else what is staged, or the file that git does not know.
 */
static struct str held_first(const struct attempt *m, size_t i, const struct in_git *known)
{
	const struct change_file *file = &m->change->files[i];
	const struct made *made = &m->files[i];
	struct str held = file->was.p ? file->was : made->before;
	if (!made->before.p)
		return STR_NONE;
	if (file->takes)
		return known->unknown || !same(known->head, made->before) ? held : STR_NONE;
	if (!known->unknown || (!file->was.p && same(made->before, made->after)))
		return STR_NONE;
	return known->head.p ? known->head : held;
}

/* What git does not know counts as the file itself, so that it is committed whole. */
static int read_copies(struct attempt *m, struct kith_error *err)
{
	m->unknown = false;
	for (size_t i = 0; i < m->change->count; i++) {
		struct in_git known;
		struct str file = m->files[i].before;
		if (read_in_git(m, m->paths[i], &known, err))
			return -1;
		bool whole = known.unknown && !known.head.p;
		m->head[i].before = whole ? file : known.head;
		m->index[i].before = whole ? file : known.index;
		m->kept_out[i] = known.kept_out;
		m->first[i] = held_first(m, i, &known);
		m->unknown = m->unknown || (known.unknown && file.p);
	}
	return 0;
}

/* ---- What comes first: files as a person made them, in a commit of their own. ---- */

static size_t gather_first(const struct attempt *m, struct git_file *files)
{
	size_t count = 0;
	for (size_t i = 0; i < m->change->count; i++) {
		struct str file = m->files[i].before, held = m->first[i];
		if (held.p)
			files[count++] =
			    (struct git_file){.path = git_path(m, m->paths[i]).p,
					      .before = file,
					      .after = file,
					      .head = held,
					      .index = m->kept_out[i] ? STR_NONE : held};
	}
	return count;
}

/* Without the trailer: it is nothing that kith did, and so nothing for undo to take back. */
static struct str first_message(const struct attempt *m, size_t count)
{
	struct str subject = m->change->subject;
	/* No path: what makes history forget somebody looks for names. */
	const char *what = count == 1 ? "Keep a file as it was" : "Keep files as they were";
	return arena_printf(m->arena, "%s\n\nBefore: %.*s\n", what, STR_ARG(subject));
}

static int commit_first(struct attempt *m, struct kith_error *err)
{
	const struct git_api *git = m->order->git;
	struct git_file *files = ARENA_ARRAY(m->arena, struct git_file, m->change->count);
	size_t count = gather_first(m, files);
	struct git_outcome outcome = {0};
	if (count == 0)
		return 0;
	const struct git_message message = {.text = first_message(m, count).p,
					    .no_verify = m->order->no_verify};
	if (git->commit(m->git, files, count, &message, &outcome, err)) {
		m->refused = !outcome.written;
		return -1;
	}
	memcpy(m->first_id, outcome.id, sizeof(m->first_id));
	git->end(m->git);
	m->git = NULL;
	return git->begin(&m->git, m->repo, err) || read_copies(m, err) ? -1 : 0;
}

/* Where nothing is committed, nobody holds what goes. */
static int check_git_holds(const struct attempt *m, struct kith_error *err)
{
	for (size_t i = 0; m->change->keep && i < m->change->count; i++)
		if (m->change->files[i].takes && m->files[i].before.p)
			return kith_fail(err, KITH_FAILED,
					 "git would not hold %.*s, which would be gone for good",
					 STR_ARG(m->paths[i]));
	return 0;
}

static bool all_before_same(const struct attempt *m, const struct made *a, const struct made *b)
{
	for (size_t i = 0; i < m->change->count; i++)
		if (!same(a[i].before, b[i].before))
			return false;
	return true;
}

static int apply_known(const struct attempt *m, enum which which, struct made *made,
		       struct kith_error *err)
{
	struct kith_error why = {0};
	if (apply_edits(m, which, made, m->change->git_alone ? err : &why) == 0)
		return 0;
	if (m->change->git_alone)
		return -1;
	kith_fail(err, why.status, "%s has other lines there than the file: %s",
		  which == COPY_HEAD ? "the last commit" : "what is staged (git add)", why.message);
	return kith_fail_at(err, why.path, why.line, why.column);
}

/* The same edits on what git has; nothing is parsed again where that is what the files hold. */
static int make_copy(struct attempt *m, enum which which, struct made *made, struct kith_error *err)
{
	if (m->change->git_alone || !all_before_same(m, made, m->files))
		return apply_known(m, which, made, err);
	for (size_t i = 0; i < m->change->count; i++)
		made[i].after = m->files[i].after;
	return 0;
}

static int make_copies(struct attempt *m, struct kith_error *err)
{
	return read_copies(m, err) || commit_first(m, err) ||
	       make_copy(m, COPY_HEAD, m->head, err) || make_copy(m, COPY_INDEX, m->index, err);
}

static bool changes(const struct attempt *m, const struct made *made)
{
	for (size_t i = 0; i < m->change->count; i++)
		if (!same(made[i].before, made[i].after))
			return true;
	return false;
}

/* A file may hold the change already, and only git not. */
static bool changes_anything(const struct attempt *m)
{
	return changes(m, m->files) || (m->change->adopt && m->unknown) ||
	       (m->git && (changes(m, m->head) || changes(m, m->index)));
}

/* Where the edits cannot be made on what git has: the files alone. */
static int write_files(const struct attempt *m, struct kith_error *err)
{
	struct fs_file *files = ARENA_ARRAY(m->arena, struct fs_file, m->change->count);
	size_t count = 0;
	bool as_before;
	for (size_t i = 0; i < m->change->count; i++)
		if (!same(m->files[i].before, m->files[i].after))
			files[count++] =
			    (struct fs_file){m->paths[i].p, m->files[i].before, m->files[i].after,
					     m->change->files[i].mode};
	return fs_carry_all(m->dir, files, count, &as_before, err);
}

/* The trailer, with the permissions of the one file that goes, where a new one's are others. */
static struct str trailer_with_mode(const struct attempt *m)
{
	struct str trailer = m->change->trailer;
	unsigned mode = 0;
	size_t gone = 0;
	for (size_t i = 0; i < m->change->count; i++) {
		const struct made *made = &m->files[i];
		if (!made->before.p && made->after.p)
			return trailer;
		if (made->before.p && !made->after.p && ++gone)
			mode = fs_mode(m->dir, m->paths[i].p);
	}
	return gone == 1 && mode && mode != 0644
		   ? arena_printf(m->arena, "%.*s\n" CHANGE_MODE "%o", STR_ARG(trailer), mode)
		   : trailer;
}

static int commit_change(struct attempt *m, struct change_result *result, struct kith_error *err)
{
	size_t count = m->change->count;
	struct git_file *files = ARENA_ARRAY(m->arena, struct git_file, count);
	const struct change *c = m->change;
	struct str text =
	    commit_message(c->subject, c->body, m->order->message, trailer_with_mode(m), m->arena);
	struct git_message message = {text.p, m->order->no_verify, COMMIT_SEAL};
	struct git_outcome outcome = {0};
	for (size_t i = 0; i < count; i++)
		files[i] = (struct git_file){.path = git_path(m, m->paths[i]).p,
					     .before = m->files[i].before,
					     .after = m->files[i].after,
					     .head = m->head[i].after,
					     .index = m->kept_out[i] ? STR_NONE : m->index[i].after,
					     .mode = c->files[i].mode,
					     .runs = c->files[i].runs};
	int rc = m->order->git->commit(m->git, files, count, &message, &outcome, err);
	result->written = outcome.written;
	memcpy(result->id, outcome.id, sizeof(result->id));
	return rc;
}

/* The reason, kept past the failure that it comes from. */
static void note_uncommitted(struct change_result *result, struct kith_error *err,
			     struct arena *arena)
{
	struct str why = arena_str(arena, str_of(err->message)), path = str_of(err->path);
	if (path.n && str_find(why, path) == why.n)
		why = err->line ? arena_printf(arena, "%s:%d: %s", err->path, err->line, why.p)
				: arena_printf(arena, "%s: %s", err->path, why.p);
	result->uncommitted = why;
	result->beyond = err->status == KITH_UNSUPPORTED;
	*err = (struct kith_error){0};
}

/* Edits, writes and commits; what git has is read and locked. */
static int make_change(struct attempt *m, struct change_result *result, struct arena *arena,
		       struct kith_error *err)
{
	struct kith_error why = {0};
	bool blocked = false;
	if (read_work_files(m, err) || apply_edits(m, COPY_FILES, m->files, err))
		return -1;
	if (!m->git && check_git_holds(m, err))
		return -1;
	if (m->git && make_copies(m, &why)) {
		/* With nothing to write, nothing is done. */
		if (m->change->keep || m->refused || !changes(m, m->files)) {
			*err = why;
			return -1;
		}
		blocked = true;
		note_uncommitted(result, &why, arena);
		m->order->git->end(m->git);
		m->git = NULL;
	}
	result->unchanged = !blocked && !changes_anything(m);
	if (result->unchanged) {
		result->uncommitted = STR("");
		memcpy(result->id, m->first_id, sizeof(result->id));
		return 0;
	}
	if (!m->git) {
		result->written = write_files(m, err) == 0;
		return result->written ? 0 : -1;
	}
	if (commit_change(m, result, err) == 0)
		return 0;
	if (!result->written)
		return -1;
	note_uncommitted(result, err, arena);
	return 0;
}

static int open_git(struct attempt *m, struct kith_error *err)
{
	const struct change_order *o = m->order;
	const char *folder = m->whole ? o->top : o->journal;
	return commit_open(&m->repo, &m->below, o->git, o->around, folder, m->arena, err) ||
	       o->git->begin(&m->git, m->repo, err);
}

/* Opens the repository and takes its locks; without one, says so in the result. */
static int begin_change(struct attempt *m, struct change_result *result, struct arena *arena,
			struct kith_error *err)
{
	const struct change_order *o = m->order;
	struct kith_error why = {0};
	if (!o->git || m->change->files_alone)
		return 0;
	if (open_git(m, &why) == 0) {
		const char *recovered = o->git->recovered(m->git);
		if (recovered)
			result->recovered = arena_str(arena, str_of(recovered));
		return 0;
	}
	if (!m->repo && why.status == KITH_NOT_FOUND) {
		result->uncommitted = STR("there is no git repository here; `git init` makes one");
		return 0;
	}
	if (!m->change->anyway) {
		*err = why;
		return -1;
	}
	note_uncommitted(result, &why, arena);
	return 0;
}

static int find_paths(struct attempt *m, struct kith_error *err)
{
	m->paths = ARENA_ARRAY(m->arena, struct str, m->change->count);
	for (size_t i = 0; i < m->change->count; i++) {
		struct str path = folder_path(m, m->change->files[i].path);
		if (fs_real(&m->paths[i], m->dir, path.p, m->arena, err))
			return -1;
	}
	return 0;
}

static int attempt_init(struct attempt *m, const struct change *change,
			const struct change_order *order, struct arena *own, struct kith_error *err)
{
	arena_init(own);
	*m = (struct attempt){.change = change, .order = order, .dir = order->dir, .arena = own};
	for (size_t i = 0; i < change->count; i++)
		m->whole = m->whole || str_starts(change->files[i].path, STR("../"));
	m->files = ARENA_ARRAY(own, struct made, change->count);
	m->head = ARENA_ARRAY(own, struct made, change->count);
	m->index = ARENA_ARRAY(own, struct made, change->count);
	m->kept_out = ARENA_ARRAY(own, bool, change->count);
	m->first = ARENA_ARRAY(own, struct str, change->count);
	if (m->whole)
		m->dir = fs_open_below(AT_FDCWD, order->top, O_RDONLY | O_DIRECTORY);
	return m->dir >= 0 ? 0 : kith_fail_errno(err, "%s", order->top);
}

static void attempt_release(struct attempt *m)
{
	if (m->whole && m->dir >= 0)
		close(m->dir);
	arena_release(m->arena);
}

static int try_once(struct change_result *result, const struct change *change,
		    const struct change_order *order, struct arena *arena, struct kith_error *err)
{
	struct arena own;
	struct attempt m;
	struct str recovered = result->recovered;
	*result = (struct change_result){.uncommitted = STR(""), .recovered = recovered};
	int rc = attempt_init(&m, change, order, &own, err) ||
		 begin_change(&m, result, arena, err) || find_paths(&m, err) ||
		 make_change(&m, result, arena, err);
	if (m.git)
		order->git->end(m.git);
	if (m.repo)
		order->git->close(m.repo);
	attempt_release(&m);
	return rc ? -1 : 0;
}

int change_make(struct change_result *result, const struct change *change,
		const struct change_order *order, struct arena *arena, struct kith_error *err)
{
	struct kith_error why;
	*result = (struct change_result){.recovered = STR("")};
	int lock = lock_folder(order->dir, PATIENCE, err);
	if (lock < 0)
		return -1;
	int rc = -1;
	for (int tries = 0; rc && tries < MOST_TRIES; tries++) {
		why = (struct kith_error){0};
		rc = try_once(result, change, order, arena, &why);
		if (why.status != KITH_CHANGED)
			break;
	}
	if (rc)
		*err = why;
	lock_release(lock);
	return rc;
}

int change_show(struct buf *out, const struct change *change, const struct change_order *order,
		struct kith_error *err)
{
	struct arena own;
	struct attempt m;
	int rc = attempt_init(&m, change, order, &own, err) || find_paths(&m, err) ||
		 read_work_files(&m, err) || apply_edits(&m, COPY_FILES, m.files, err);
	for (size_t i = 0; i < change->count && !rc; i++)
		rc = order->git->diff(out, m.paths[i].p, m.files[i].before, m.paths[i].p,
				      m.files[i].after, err);
	attempt_release(&m);
	return rc ? -1 : 0;
}
