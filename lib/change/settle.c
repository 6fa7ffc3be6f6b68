#include "change/settle.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "change/field_edits.h"
#include "change/paths.h"
#include "change/rename.h"
#include "merge/merge.h"
#include "merge/pieces.h"
#include "people/fields.h"

/* So many sentences are told. */
#define MOST_TOLD 20

/* A file that a side added, read when it is first asked for; NULL where it is nobody's. */
struct added_contact {
	const struct contact *contact;
	bool read;
};

struct settlement {
	const struct settle_order *order;
	struct settle_result *out;
	const struct git_merge *merge;
	const struct config *config;
	struct added_contact *ours, *theirs; /* as the sides' files; NULL until one is asked for */
	struct arena *arena;
};

static void tell_settled(struct settlement *s, const char *format, ...) ATTR_PRINTF(2, 3);

static void tell_settled(struct settlement *s, const char *format, ...)
{
	char text[1024];
	va_list args;
	if (s->out->told.count == MOST_TOLD)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	s->out->told.items[s->out->told.count++] =
	    text_line(arena_str(s->arena, str_of(text)), s->arena);
}

static struct str settled_path(struct settlement *s, struct str path)
{
	return arena_printf(s->arena, "%.*s%.*s", STR_ARG(s->order->where->below), STR_ARG(path));
}

static struct git_settled *find_settled(struct settlement *s, struct str whole)
{
	for (size_t i = 0; i < s->out->count; i++)
		if (str_eq(str_of(s->out->files[i].path), whole))
			return &s->out->files[i];
	return NULL;
}

static void put_settled(struct settlement *s, struct str path, struct str bytes)
{
	struct str whole = settled_path(s, path);
	struct git_settled *there = find_settled(s, whole);
	if (!there)
		there = &s->out->files[s->out->count++];
	*there = (struct git_settled){whole.p, bytes};
}

/* p == NULL for none, and for what is too large. */
static struct str blob_of(struct settlement *s, const char *id, const char *path)
{
	const struct gather_order *where = s->order->where;
	struct kith_error ignored = {0};
	struct buf bytes;
	buf_init(&bytes, 0);
	bool there = id[0] && where->git->blob(where->repo, id, path, s->config->max_file, &bytes,
					       &ignored) == 0;
	struct str text = there ? arena_str(s->arena, buf_str(&bytes)) : STR_NONE;
	buf_release(&bytes);
	return text;
}

/* What stands at a path by now: what was settled there, else what git made of it. */
static struct str merged_at(struct settlement *s, struct str path)
{
	struct str whole = settled_path(s, path);
	const struct git_settled *there = find_settled(s, whole);
	return there ? there->bytes : blob_of(s, s->merge->tree, whole.p);
}

static const struct gathered_file *find_changed(const struct settle_side *side, struct str path)
{
	for (size_t i = 0; i < side->count; i++)
		if (str_eq(side->files[i].path, path))
			return &side->files[i];
	return NULL;
}

/* The path below the journal, if the file is one of those that kith merges. */
static bool is_mergeable(struct settlement *s, const char *path, struct str *below)
{
	struct str whole = str_of(path), folder = s->order->where->below;
	*below = str_from(whole, str_starts(whole, folder) ? folder.n : whole.n);
	return below->n && merge_kind_of(*below, s->config) != MERGE_NONE;
}

/* Where git moved a file along with its folder, or (back) where it came from; else the path. */
static struct str moved_path(struct settlement *s, struct str path, bool back)
{
	struct str whole = settled_path(s, path), other;
	for (size_t i = 0; i < s->merge->clashes_count; i++) {
		const struct git_clash *c = &s->merge->clashes[i];
		if (strcmp(c->kind, GIT_MOVED) == 0 && c->count == 2 &&
		    str_eq(str_of(c->paths[back ? 0 : 1]), whole) &&
		    is_mergeable(s, c->paths[back ? 1 : 0], &other))
			return other;
	}
	return path;
}

static struct str stem_of(struct str path)
{
	struct str name = str_base(path);
	return str_ends(name, STR(".md")) ? str_upto(name, name.n - 3) : name;
}

/* ---- Three versions of one file ---- */

struct str settle_words(const struct merge_decision *decision, struct str path,
			const struct config *config, struct arena *arena)
{
	struct str stays = describe_short(decision->stays, arena), stem = stem_of(path);
	struct str other = describe_short(decision->other, arena), key = decision->key;
	if (decision->what == MERGE_BOTH)
		return arena_printf(arena, "%.*s: both stay: \"%.*s\" and \"%.*s\"", STR_ARG(path),
				    STR_ARG(stays), STR_ARG(other));
	bool contact = paths_is_contact(config, path);
	struct str way = contact ? fields_kept_way(stem, key, decision->other, true, arena)
				 : STR("`kith check` says how it is settled");
	return arena_printf(arena, "%.*s: %.*s stays %.*s, and %.*s is kept under merged: %.*s",
			    STR_ARG(path), STR_ARG(key), STR_ARG(stays), STR_ARG(other),
			    STR_ARG(way));
}

static void tell_decisions(struct settlement *s, struct str path, const struct merge_result *merged)
{
	for (size_t i = 0; i < merged->count; i++)
		tell_settled(
		    s, "%.*s",
		    STR_ARG(settle_words(&merged->decisions[i], path, s->config, s->arena)));
}

/* False where one of them cannot be read as what it is. */
static bool merge_three(struct str *out, struct settlement *s, struct str path,
			const struct merge_versions *versions)
{
	struct merge_result merged;
	struct kith_error ignored = {0};
	if (merge_files(&merged, merge_kind_of(path, s->config), versions, s->config, s->arena,
			&ignored) ||
	    merged.unread.p)
		return false;
	*out = merged.bytes;
	tell_decisions(s, path, &merged);
	return true;
}

/* Of what both sides changed and git merged, by the driver. */
static void tell_merged(struct settlement *s)
{
	for (size_t i = 0; i < s->order->ours.count; i++) {
		const struct gathered_file *a = &s->order->ours.files[i];
		const struct gathered_file *b = find_changed(&s->order->theirs, a->path);
		struct str ignored;
		if (!b || !a->bytes.p || !b->bytes.p || str_eq(a->bytes, b->bytes) ||
		    merge_kind_of(a->path, s->config) == MERGE_NONE)
			continue;
		const struct merge_versions three = {a->head, a->bytes, b->bytes};
		(void)merge_three(&ignored, s, a->path, &three);
	}
}

/* ---- What git could not do ---- */

/* A name below `conflicts` that nothing has, here or in what comes in. */
static struct str beside_path(struct settlement *s, struct str path)
{
	for (int n = 1;; n++) {
		struct str beside =
		    n == 1 ? arena_printf(s->arena, SETTLE_FOLDER "/%.*s", STR_ARG(path))
			   : arena_printf(s->arena, SETTLE_FOLDER "/%.*s.%d", STR_ARG(path), n);
		if (fs_kind(s->order->where->dir, beside.p) == FS_NONE && !merged_at(s, beside).p)
			return beside;
	}
}

/* What cannot be merged: ours there, and theirs beside it. */
static void put_apart(struct settlement *s, struct str path, const struct merge_versions *versions)
{
	struct str beside = beside_path(s, path);
	put_settled(s, path, versions->ours);
	put_settled(s, beside, versions->theirs);
	tell_settled(s,
		     "%.*s cannot be merged, for one of both is not readable: ours stays, and "
		     "theirs is %.*s",
		     STR_ARG(path), STR_ARG(beside));
}

static void settle_content(struct settlement *s, struct str path, const struct git_conflict *file)
{
	const struct merge_versions three = {blob_of(s, file->stages[0], file->path),
					     blob_of(s, file->stages[1], file->path),
					     blob_of(s, file->stages[2], file->path)};
	struct str merged;
	if (merge_three(&merged, s, path, &three))
		put_settled(s, path, merged);
	else
		put_apart(s, path, &three);
}

/* The old name is its name, or among its aliases, as `kith rename` and `kith merge` leave it. A
 * number or an entry that two have in common makes no successor. */
static bool has_name_of(const struct contact *after, const struct contact *before)
{
	bool same = str_eq(after->name, before->name);
	for (size_t i = 0; i < after->aliases.count && !same; i++)
		same = str_eq(after->aliases.items[i], before->name);
	return same;
}

static const struct contact *read_added(struct settlement *s, const struct settle_side *side,
					size_t at)
{
	struct added_contact **all = side == &s->order->ours ? &s->ours : &s->theirs;
	const struct gathered_file *f = &side->files[at];
	if (!*all)
		*all = ARENA_ARRAY(s->arena, struct added_contact, side->count);
	struct added_contact *added = &(*all)[at];
	if (!added->read && !f->head.p && f->bytes.p && paths_is_contact(s->config, f->path))
		added->contact = describe_read(f->path, f->bytes, s->config, s->arena);
	added->read = true;
	return added->contact;
}

/* Whom the side that has the file no more may have made of it: git looks for like bytes alone. */
static const struct gathered_file *find_successor(struct settlement *s,
						  const struct settle_side *side, struct str path,
						  struct str base)
{
	const struct contact *before = paths_is_contact(s->config, path)
					   ? describe_read(path, base, s->config, s->arena)
					   : NULL;
	for (size_t i = 0; before && i < side->count; i++) {
		const struct contact *after = read_added(s, side, i);
		if (after && has_name_of(after, before))
			return &side->files[i];
	}
	return NULL;
}

/* Taken away on one side, and changed on the other: it stays, or goes where it was renamed to. */
static void settle_taken(struct settlement *s, struct str path, const struct git_conflict *file)
{
	bool here = file->stages[1][0] != '\0'; /* it is still */
	const struct settle_side *side = here ? &s->order->theirs : &s->order->ours;
	struct str base = blob_of(s, file->stages[0], file->path);
	struct str kept = blob_of(s, file->stages[here ? 1 : 2], file->path), merged;
	const struct gathered_file *to = find_successor(s, side, path, base);
	struct str at = to ? moved_path(s, to->path, false) : STR_NONE;
	struct str moved = to ? merged_at(s, at) : STR_NONE;
	const struct merge_versions three = {base, here ? kept : moved, here ? moved : kept};
	if (moved.p && merge_three(&merged, s, at, &three)) {
		put_settled(s, path, STR_NONE);
		put_settled(s, at, merged);
		return;
	}
	tell_settled(s, "%.*s was taken away %s and changed %s: it stays", STR_ARG(path),
		     here ? "there" : "here", here ? "here" : "there");
}

/* The name that a file's bytes give; p == NULL where they are nobody's. */
static struct str name_in(struct settlement *s, struct str path, struct str bytes)
{
	const struct contact *c = describe_read(path, bytes, s->config, s->arena);
	return c ? c->name : STR_NONE;
}

/* With that name, and the other one and the other file's as aliases. */
static bool put_both_names(struct str *out, struct settlement *s, struct str path, struct str bytes,
			   struct str name, struct str other, struct str other_stem)
{
	const struct contact *c = describe_read(path, bytes, s->config, s->arena);
	struct field_edit items[3] = {{EDIT_SET, STR("name"), name}};
	struct field_edits edits = {items, 1, path};
	struct kith_error ignored = {0};
	struct buf b;
	if (!c || !name.p || !other.p)
		return false;
	if (!str_eq(text_key(name, s->arena), text_key(other, s->arena)))
		items[edits.count++] = (struct field_edit){EDIT_APPEND, STR("aliases"), other};
	if (!str_eq(other_stem, stem_of(path)) &&
	    !str_eq(rename_stem(s->config, other, s->arena), other_stem) &&
	    !str_eq(rename_stem(s->config, name, s->arena), other_stem))
		items[edits.count++] = (struct field_edit){EDIT_APPEND, STR("aliases"), other_stem};
	field_edits_settle(&edits, c, s->arena);
	buf_init(&b, 0);
	bool done = field_edits_apply(&b, bytes, s->config, &edits, &ignored) == 0;
	*out = done ? arena_str(s->arena, buf_str(&b)) : bytes;
	buf_release(&b);
	return done;
}

/* What a side has there, or where it was before its folder went elsewhere; p == NULL for nothing.
 */
static struct str bytes_at(struct settlement *s, const struct settle_side *side, struct str path)
{
	const struct gathered_file *f = find_changed(side, path);
	f = f ? f : find_changed(side, moved_path(s, path, true));
	return f ? f->bytes : STR_NONE;
}

/* One file got two names: the one that sorts first stays. */
static void settle_renamed(struct settlement *s, struct str base, struct str ours,
			   struct str theirs)
{
	bool first = str_cmp(ours, theirs) < 0;
	struct str stays = first ? ours : theirs, goes = first ? theirs : ours;
	const struct merge_versions three = {base, bytes_at(s, &s->order->ours, ours),
					     bytes_at(s, &s->order->theirs, theirs)};
	struct str a = name_in(s, ours, three.ours), b = name_in(s, theirs, three.theirs);
	struct str merged, named;
	size_t told = s->out->told.count;
	put_settled(s, goes, STR_NONE);
	if (!merge_three(&merged, s, stays, &three)) {
		put_apart(s, stays, &three);
		return;
	}
	named = merged;
	/* Of the names nothing is left to decide. */
	if (put_both_names(&named, s, stays, merged, first ? a : b, first ? b : a, stem_of(goes)))
		s->out->told.count = told;
	put_settled(s, stays, named);
	tell_settled(s, "%.*s and %.*s are two new names of one file: it is called %.*s now%s",
		     STR_ARG(ours), STR_ARG(theirs), STR_ARG(stays),
		     str_eq(stem_of(ours), stem_of(theirs)) ? ""
							    : ", and the other name is an alias");
}

/* The clash that gave one file two names, of which path is the Nth: the old, ours, theirs. */
static const struct git_clash *find_renames_of(const struct git_merge *merge, const char *path,
					       size_t nth)
{
	for (size_t i = 0; i < merge->clashes_count; i++) {
		const struct git_clash *c = &merge->clashes[i];
		if (strcmp(c->kind, "CONFLICT (rename/rename)") == 0 && c->count == 3 &&
		    strcmp(c->paths[nth], path) == 0)
			return c;
	}
	return NULL;
}

static struct str base_of(struct settlement *s, const struct git_merge *merge, const char *path)
{
	for (size_t i = 0; i < merge->count; i++)
		if (strcmp(merge->files[i].path, path) == 0)
			return blob_of(s, merge->files[i].stages[0], path);
	return STR_NONE;
}

/* Taken away on one side, and changed on the other. */
static bool one_took_away(const struct git_conflict *file)
{
	return file->stages[0][0] && !file->stages[1][0] != !file->stages[2][0];
}

static bool settle_one(struct settlement *s, const struct git_conflict *file)
{
	bool base = file->stages[0][0], ours = file->stages[1][0], theirs = file->stages[2][0];
	const struct git_clash *c;
	struct str path, other;
	if (!file->plain || !is_mergeable(s, file->path, &path))
		return false;
	if (ours && theirs)
		settle_content(s, path, file);
	else if (one_took_away(file))
		settle_taken(s, path, file);
	else if (!ours)
		/* The two other names of such a one: with ours. */
		return find_renames_of(s->merge, file->path, base ? 0 : 2) != NULL;
	else if ((c = find_renames_of(s->merge, file->path, 1)) &&
		 is_mergeable(s, c->paths[2], &other))
		settle_renamed(s, base_of(s, s->merge, c->paths[0]), path, other);
	else
		return false;
	return true;
}

static bool is_unreadable(struct settlement *s, const struct gathered_file *f)
{
	const struct piece_reader reader = {
	    .kind = merge_kind_of(f->path, s->config), .config = s->config, .arena = s->arena};
	struct sequence pieces;
	struct str why;
	return reader.kind != MERGE_NONE && !pieces_read(&pieces, &reader, f->bytes, &why);
}

static bool is_settled_as(const struct settlement *s, struct str bytes)
{
	for (size_t i = 0; i < s->out->count; i++)
		if (s->out->files[i].bytes.p && str_eq(s->out->files[i].bytes, bytes))
			return true;
	return false;
}

/*
 * A file that cannot be read, which the other side gave another name that is taken by now: of what
 * git made of the two nothing has its bytes.
 */
static void keep_unreadable(struct settlement *s, const struct settle_side *side)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct gathered_file *f = &side->files[i];
		if (!f->head.p || !f->bytes.p || merged_at(s, f->path).p || !is_unreadable(s, f) ||
		    is_settled_as(s, f->bytes))
			continue;
		struct str beside = beside_path(s, f->path);
		put_settled(s, beside, f->bytes);
		tell_settled(s, "%.*s cannot be read, and has another name now: it is %.*s",
			     STR_ARG(f->path), STR_ARG(beside));
	}
}

void settle_files(struct settle_result *out, const struct settle_order *order,
		  const struct git_merge *merge, struct arena *arena)
{
	struct settlement s = {.order = order,
			       .out = out,
			       .merge = merge,
			       .config = order->where->config,
			       .arena = arena};
	*out = (struct settle_result){
	    .files = ARENA_ARRAY(arena, struct git_settled,
				 2 * merge->count + order->ours.count + order->theirs.count),
	    .told = {ARENA_ARRAY(arena, struct str, MOST_TOLD), 0},
	    .open = {ARENA_ARRAY(arena, struct str, merge->count), 0}};
	/* Those that were taken away last: they may go into one that is settled, too. */
	for (int taken = 0; taken < 2; taken++)
		for (size_t i = 0; i < merge->count; i++)
			if (one_took_away(&merge->files[i]) == taken &&
			    !settle_one(&s, &merge->files[i]))
				out->open.items[out->open.count++] =
				    arena_str(arena, str_of(merge->files[i].path));
	keep_unreadable(&s, &order->ours);
	keep_unreadable(&s, &order->theirs);
	tell_merged(&s);
}

void settle_report(struct diag *diag, int dir, struct arena *arena)
{
	struct kith_error ignored = {0};
	struct fs_list files;
	int rc = fs_walk(dir, SETTLE_FOLDER, NULL, NULL, arena, &files, NULL, &ignored);
	for (size_t i = 0; rc == 0 && i < files.count; i++)
		diag_add(diag, SEVERITY_WARNING, files.items[i].path, 0, 0,
			 "a merge could not read it: put what it has more into %.*s, then take "
			 "it away",
			 STR_ARG(str_from(files.items[i].path, strlen(SETTLE_FOLDER "/"))));
	fs_list_release(&files);
}
