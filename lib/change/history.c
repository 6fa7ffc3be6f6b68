#include "change/history.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "change/describe.h"
#include "change/paths.h"
#include "change/undo.h"

/* With one person's file, so many that were renamed along with it are looked at. */
#define MOST_RENAMED 8

/* A file that was renamed: what it was called in the commits that follow, and is now. */
struct renamed_path {
	struct str was, is;
};

struct history_reading {
	const struct history_order *order;
	struct str path; /* of the one file, in the commit at hand */
	bool ended;      /* the one file was not there before */
	struct history_change *items;
	size_t count, cap;
	bool more, failed;
	struct renamed_path *renamed; /* for a visit */
	size_t renamed_count, renamed_cap;
	struct arena *arena; /* of the result */
	struct arena commit; /* of the commit at hand */
	struct kith_error *err;
};

/* A file of the commit at hand. */
struct changed {
	struct str before, after; /* bytes; p == NULL where there was, is none */
	bool unread;              /* too large, or a link: there are no bytes to look at */
};

static int read_blob(struct history_reading *r, struct str *out, bool *unread, const char *id,
		     const char *path)
{
	struct kith_error err = {0};
	struct buf b;
	*out = STR_NONE;
	if (!id[0])
		return 0;
	buf_init(&b, 0);
	int rc =
	    r->order->git->blob(r->order->repo, id, path, r->order->config->max_file, &b, &err);
	if (!rc)
		*out = arena_str(&r->commit, buf_str(&b));
	buf_release(&b);
	*unread = rc && (err.status == KITH_INVALID || err.status == KITH_UNSUPPORTED);
	if (rc && !*unread && r->err)
		*r->err = err;
	return rc && !*unread ? -1 : 0;
}

static int read_versions(struct history_reading *r, struct changed *out,
			 const struct git_delta *delta)
{
	bool was = false, is = false;
	const char *old_path = delta->from_path ? delta->from_path : delta->path;
	int rc = read_blob(r, &out->before, &was, delta->before, old_path) ||
		 read_blob(r, &out->after, &is, delta->after, delta->path);
	out->unread = was || is;
	return rc ? -1 : 0;
}

static struct str below_journal(const struct history_reading *r, const char *path)
{
	struct str whole = str_of(path);
	return str_starts(whole, r->order->below) ? str_from(whole, r->order->below.n) : STR_NONE;
}

static int describe_delta(struct history_reading *r, struct describe_file *out,
			  struct changed *bytes, const struct git_delta *delta, struct str path)
{
	const struct config *config = r->order->config;
	struct str old = delta->from_path ? below_journal(r, delta->from_path) : STR_NONE;
	*bytes = (struct changed){STR_NONE, STR_NONE, false};
	*out = (struct describe_file){.path = arena_str(&r->commit, path),
				      .was = delta->before[0] != '\0',
				      .is = delta->after[0] != '\0'};
	if (old.p)
		out->old_path = arena_str(&r->commit, old);
	bool contact = paths_is_contact(config, path);
	bool was_contact = old.p ? paths_is_contact(config, old) : contact;
	if (!contact && !was_contact && !r->order->lines)
		return 0;
	if (read_versions(r, bytes, delta))
		return -1;
	if (was_contact && !bytes->unread)
		out->before = describe_read(out->old_path.p ? out->old_path : out->path,
					    bytes->before, config, &r->commit);
	if (contact && !bytes->unread)
		out->after = describe_read(out->path, bytes->after, config, &r->commit);
	return 0;
}

/* The files of a commit, as far as they are told of. */
struct history_files {
	struct describe_file *items;
	struct changed *bytes;
	size_t count;
	size_t one; /* which is the one file; count for none */
};

/* What a file of the commit at hand is called now. */
static struct str path_now(const struct history_reading *r, struct str path)
{
	for (size_t i = r->renamed_count; i-- > 0;)
		if (str_eq(r->renamed[i].was, path))
			return r->renamed[i].is;
	return path;
}

static bool is_told_of(const struct history_reading *r, const struct git_delta *delta,
		       struct str path, size_t *renamed)
{
	const struct history_visit *visit = r->order->visit;
	if (!path.p)
		return false;
	if (visit && visit->wants && !visit->wants(visit->context, delta, path_now(r, path)))
		return false;
	if (!r->order->path.p || str_eq(path, r->path))
		return true;
	return delta->from_path && (*renamed)++ < MOST_RENAMED;
}

static bool holds_one(const struct history_reading *r, const struct git_commit_info *commit)
{
	for (size_t i = 0; i < commit->count; i++)
		if (str_eq(below_journal(r, commit->deltas[i].path), r->path))
			return true;
	return false;
}

static int take_commit_files(struct history_reading *r, struct history_files *files,
			     const struct git_commit_info *commit)
{
	size_t renamed = 0;
	files->items = ARENA_ARRAY(&r->commit, struct describe_file, commit->count);
	files->bytes = ARENA_ARRAY(&r->commit, struct changed, commit->count);
	files->one = commit->count;
	files->count = 0;
	for (size_t i = 0; i < commit->count; i++) {
		const struct git_delta *delta = &commit->deltas[i];
		struct str path = below_journal(r, delta->path);
		if (!is_told_of(r, delta, path, &renamed))
			continue;
		if (r->order->path.p && str_eq(path, r->path))
			files->one = files->count;
		if (describe_delta(r, &files->items[files->count], &files->bytes[files->count],
				   delta, path))
			return -1;
		files->count++;
	}
	return 0;
}

/* Of one file all else is left out. */
static bool is_of_order(const struct history_reading *r, const struct history_files *files,
			size_t i)
{
	return !r->order->path.p || i == files->one;
}

static struct strs take_phrases(struct history_reading *r, const struct history_files *files,
				const struct description *what)
{
	struct strs phrases = {ARENA_ARRAY(r->arena, struct str, what->count + 1), 0};
	for (size_t i = 0; i < what->count; i++)
		if (is_of_order(r, files, what->phrases[i].file))
			phrases.items[phrases.count++] = arena_str(r->arena, what->phrases[i].text);
	return phrases;
}

static struct strs take_paths(struct history_reading *r, const struct history_files *files)
{
	struct strs paths = {ARENA_ARRAY(r->arena, struct str, files->count), 0};
	for (size_t i = 0; i < files->count; i++)
		if (is_of_order(r, files, i))
			paths.items[paths.count++] = arena_str(r->arena, files->items[i].path);
	return paths;
}

static int take_lines(struct history_reading *r, struct str *out, const struct history_files *files)
{
	struct buf b;
	int rc = 0;
	buf_init(&b, 0);
	for (size_t i = 0; i < files->count && !rc; i++) {
		const struct describe_file *f = &files->items[i];
		const char *old_path = f->old_path.p ? f->old_path.p : f->path.p;
		if (!is_of_order(r, files, i))
			continue;
		if (files->bytes[i].unread)
			buf_printf(&b, "%s: too large to show, or no text\n", f->path.p);
		else
			rc = r->order->git->diff(&b, old_path, files->bytes[i].before, f->path.p,
						 files->bytes[i].after, r->err);
	}
	*out = arena_take(r->arena, &b);
	return rc;
}

static int tell_change_of_commit(struct history_reading *r, const struct git_commit_info *commit,
				 const struct history_files *files)
{
	struct description what;
	struct history_change change = {.day = day_of_time(commit->time, commit->zone),
					.lines = STR("")};
	memcpy(change.id, commit->id, sizeof(change.id));
	struct str trailer = undo_trailer(str_of(commit->message));
	/* What kith log wrote is no plan, whatever the clock said that day. */
	bool logged = str_starts(trailer, STR("log "));
	const struct describe_setting setting = {.config = r->order->config,
						 .today = logged ? day_from_ymd(9999, 12, 31)
								 : change.day,
						 .company = r->order->company,
						 .reviewed = str_starts(trailer, STR("review "))};
	describe_files(&what, files->items, files->count, &setting, &r->commit);
	change.author = arena_str(r->arena, text_line(str_of(commit->author), &r->commit));
	change.email = arena_str(r->arena, text_line(str_of(commit->email), &r->commit));
	change.subject =
	    arena_str(r->arena, describe_short(undo_subject(str_of(commit->message)), r->arena));
	change.trailer = arena_str(r->arena, text_line(trailer, &r->commit));
	change.phrases = take_phrases(r, files, &what);
	if (change.phrases.count == 0)
		change.phrases.items[change.phrases.count++] = change.subject;
	change.paths = take_paths(r, files);
	if (r->order->lines && take_lines(r, &change.lines, files))
		return -1;
	r->items = mem_grow(r->items, r->count, &r->cap, sizeof(*r->items));
	r->items[r->count++] = change;
	return 0;
}

/* Calls the visit; false ends. */
static bool call_visit(struct history_reading *r, const struct git_commit_info *commit,
		       const struct history_files *files)
{
	const struct history_visit *visit = r->order->visit;
	struct history_file *seen = ARENA_ARRAY(&r->commit, struct history_file, files->count);
	struct history_commit all = {.info = commit,
				     .day = day_of_time(commit->time, commit->zone),
				     .trailer = undo_trailer(str_of(commit->message)),
				     .files = seen};
	for (size_t i = 0; i < files->count; i++) {
		const struct describe_file *f = &files->items[i];
		if ((f->before || f->after) && is_of_order(r, files, i))
			seen[all.count++] =
			    (struct history_file){path_now(r, f->path), f->before, f->after};
	}
	bool more = visit->visit(visit->context, &all);
	for (size_t i = 0; more && i < files->count; i++) {
		const struct describe_file *f = &files->items[i];
		if (!f->old_path.p || !f->before || !f->after)
			continue;
		r->renamed =
		    mem_grow(r->renamed, r->renamed_count, &r->renamed_cap, sizeof(*r->renamed));
		r->renamed[r->renamed_count++] = (struct renamed_path){
		    arena_str(r->arena, f->old_path), arena_str(r->arena, path_now(r, f->path))};
	}
	return more;
}

/* Where the one file was before this commit. */
static void follow_file(struct history_reading *r, const struct history_files *files)
{
	const struct describe_file *f = &files->items[files->one];
	bool moved =
	    f->old_path.p && (!f->before || !f->after || describe_same_person(f->before, f->after));
	if (moved)
		r->path = arena_str(r->arena, f->old_path);
	else if (!f->was || f->old_path.p)
		r->ended = true;
}

static bool take_in_commit(void *context, const struct git_commit_info *commit)
{
	struct history_reading *r = context;
	struct history_files files;
	bool one = r->order->path.p != NULL;
	if (commit->count == 0 || (one && !holds_one(r, commit)))
		return true;
	if (r->order->most && r->count == r->order->most) {
		r->more = true;
		return false;
	}
	struct arena_mark mark = arena_mark(&r->commit);
	r->failed = take_commit_files(r, &files, commit) != 0;
	if (!r->failed && r->order->visit)
		r->ended = !call_visit(r, commit, &files);
	else if (!r->failed && files.count > 0)
		r->failed = tell_change_of_commit(r, commit, &files) != 0;
	if (!r->failed && !r->ended && one)
		follow_file(r, &files);
	arena_rewind(&r->commit, mark);
	return !r->failed && !r->ended;
}

int history_read(struct history *out, const struct history_order *order, struct arena *arena,
		 struct kith_error *err)
{
	struct history_reading r = {
	    .order = order, .path = order->path, .arena = arena, .err = err};
	const char *folder = arena_str(arena, order->below).p;
	const struct git_walk walk = {.folders = &folder, .folders_count = 1, .renames = true};
	*out = (struct history){NULL, 0, false};
	arena_init(&r.commit);
	int rc = order->git->walk(order->repo, &walk, take_in_commit, &r, err);
	if (!rc && !r.failed) {
		out->items = arena_copy(arena, r.items, r.count, sizeof(*r.items));
		out->count = r.count;
		out->more = r.more;
	}
	arena_release(&r.commit);
	free(r.renamed);
	free(r.items);
	return rc || r.failed ? -1 : 0;
}
