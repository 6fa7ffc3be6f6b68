#include "change/unite.h"

#include "base/text.h"
#include "change/rename.h"
#include "change/unite_front.h"
#include "change/unite_text.h"
#include "merge/body.h"
#include "merge/lost.h"
#include "merge/merge.h"
#include "merge/pieces.h"
#include "note/quick.h"
#include "people/differences.h"

/* With links to the other rewritten. */
static int relinked(struct uniting *u, struct str path, struct str *image)
{
	struct buf b;
	struct str text = arena_str(u->arena, path);
	buf_init(&b, 0);
	int rc = relink_contact(&b, u->relink, u->config, text, *image, u->err);
	struct str linked = arena_take(u->arena, &b);
	*image = rc ? *image : linked;
	return rc;
}

static void read_both(struct uniting *u, struct str image, struct str other)
{
	unite_read(u, &u->who, u->relink->to_path, image);
	unite_read(u, &u->other, u->relink->path, other);
}

/* A refusal at the place where the reader says the same. */
static int fail_unread(const struct uniting *u, struct str image, struct str path, struct str why)
{
	struct contact c;
	struct diag diag;
	struct reporter reporter;
	struct arena scratch;
	int line = 0;
	arena_init(&scratch);
	diag_init(&diag, u->arena);
	reporter_init(&reporter, image, path, &diag);
	contact_init(&c, path);
	(void)contact_read(&c, u->config, &note_reader_quick, &scratch, &scratch, &reporter);
	for (size_t i = 0; i < diag.count && !line; i++)
		if (str_starts(diag.items[i].message, why))
			line = diag.items[i].line;
	kith_fail(u->err, KITH_INVALID, "%.*s; mend that first", STR_ARG(why));
	kith_fail_at(u->err, path.p, line, 0);
	diag_release(&diag);
	arena_release(&scratch);
	return -1;
}

/* Whether a merge can take it apart; else why not is said. */
static int check_readable(struct uniting *u, const struct unite_side *side, struct str path)
{
	/* A key that stands twice is refused in the other's file only. */
	const struct piece_reader reader = {MERGE_CONTACT, u->config,   u->arena,
					    true,          KEY_UNKNOWN, side == &u->who};
	const struct contact *c = &side->contact;
	struct sequence pieces;
	struct str why = STR("it cannot be read");
	if (c->too_costly)
		why = arena_printf(u->arena, "its text holds %s, so it is not read", c->too_costly);
	if (!c->unread && !c->too_costly && pieces_read(&pieces, &reader, side->image, &why))
		return 0;
	return fail_unread(u, side->image, path, why);
}

/* Reads both as if all links to the two were to one already, which they are then. */
static int read_as_one(struct uniting *u, struct str image, struct str other)
{
	const struct relink *r = u->relink;
	size_t ignored;
	image = unite_front_flush(image, &u->indent, u->arena);
	other = unite_front_flush(other, &ignored, u->arena);
	read_both(u, image, other);
	image = body_close(image, u->who.note.body, u->arena);
	other = body_close(other, u->other.note.body, u->arena);
	read_both(u, image, other);
	if (check_readable(u, &u->other, r->path) || check_readable(u, &u->who, r->to_path) ||
	    relinked(u, r->to_path, &image) || relinked(u, r->path, &other))
		return -1;
	read_both(u, image, other);
	return unite_as_one(u);
}

static int lost(const struct uniting *u, const struct entry *e, const struct task *t)
{
	return kith_fail(u->err, KITH_FAILED,
			 "\"%.*s\" would be lost, or read as something else; nothing was written",
			 STR_ARG(text_upto(e ? e->text : t->text, 80)));
}

/* Whether the entries and tasks of a side are there, and read as they did. */
static int check_items(const struct uniting *u, const struct contact *was,
		       const struct contact *now)
{
	struct differences d;
	differences_find(&d, was, now, u->arena);
	for (size_t i = 0; i < d.count; i++) {
		const struct difference *is = &d.items[i];
		bool entry = is->kind == DIFFERENCE_ENTRY_REMOVED;
		if (is->kind == DIFFERENCE_ENTRY_CHANGED)
			entry =
			    !differences_same_entry(&was->entries[is->was], &now->entries[is->is]);
		bool task = is->kind == DIFFERENCE_TASK_REMOVED;
		if (is->kind == DIFFERENCE_TASK_CHANGED)
			task = !str_eq(was->tasks[is->was].text, now->tasks[is->is].text);
		if (entry || task)
			return lost(u, entry ? &was->entries[is->was] : NULL,
				    task ? &was->tasks[is->was] : NULL);
	}
	return 0;
}

static bool stood_there(const struct strs *list, struct str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], text))
			return true;
	return false;
}

static void tell_united(const struct uniting *u, const struct contact *was,
			const struct contact *other, const struct contact *now)
{
	struct unite_told *told = u->told;
	struct differences d;
	told->entries = now->entries_count - was->entries_count;
	told->tasks = now->tasks_count - was->tasks_count;
	told->entries_twice = other->entries_count - told->entries;
	told->tasks_twice = other->tasks_count - told->tasks;
	differences_find(&d, &u->before, now, u->arena);
	for (size_t i = 0; i < d.count; i++) {
		const struct difference *is = &d.items[i];
		told->text |= is->kind == DIFFERENCE_TEXT && !is->headings;
		for (size_t k = 0; is->kind == DIFFERENCE_FIELD && k < is->after.count; k++)
			told->values +=
			    is->key != KEY_MERGED && !stood_there(&is->before, is->after.items[k]);
	}
}

static int unite(struct uniting *u, struct str *image, struct str other)
{
	struct unite_side was, now;
	struct merge_result result;
	struct str left, all;
	const struct piece_reader reader = {MERGE_CONTACT, u->config,   u->arena,
					    true,          KEY_UNKNOWN, true};
	if (read_as_one(u, *image, other))
		return -1;
	was = u->who;
	if (unite_items(u, &left, &all))
		return -1;
	const struct merge_versions both = {STR_NONE, u->who.image, left};
	if (merge_files(&result, MERGE_PERSON, &both, u->config, u->arena, u->err))
		return -1;
	if (result.unread.p)
		return kith_fail(u->err, KITH_FAILED, "%.*s; nothing is united",
				 STR_ARG(result.unread));
	*image = unite_front_indent(result.bytes, u->indent, u->arena);
	unite_read(u, &now, u->relink->to_path, *image);
	if (lost_check(STR(""), was.image, *image, &reader, u->err) ||
	    lost_check(STR(""), all, *image, &reader, u->err) ||
	    check_items(u, &was.contact, &now.contact) ||
	    check_items(u, &u->other.contact, &now.contact))
		return -1;
	if (!str_eq(now.contact.name, was.contact.name) ||
	    now.contact.entries_count < was.contact.entries_count ||
	    now.contact.tasks_count < was.contact.tasks_count ||
	    now.contact.entries_count - was.contact.entries_count >
		u->other.contact.entries_count ||
	    now.contact.tasks_count - was.contact.tasks_count > u->other.contact.tasks_count)
		return kith_fail(u->err, KITH_FAILED, "united it would read as something else");
	tell_united(u, &was.contact, &u->other.contact, &now.contact);
	u->told->kept = ARENA_ARRAY(u->arena, struct unite_kept, result.count + 1);
	for (size_t i = 0; i < result.count; i++) {
		const struct merge_decision *d = &result.decisions[i];
		if (d->what == MERGE_VALUE)
			u->told->kept[u->told->kept_count++] =
			    (struct unite_kept){d->key, d->stays, d->other};
	}
	return 0;
}

int unite_files(struct buf *out, struct unite_told *told, const struct relink *relink,
		const struct config *config, struct str image, struct str other,
		struct arena *arena, struct kith_error *err)
{
	struct unite_told ignored;
	struct kith_error why = {0};
	struct uniting u = {.relink = relink,
			    .config = config,
			    .told = told ? told : &ignored,
			    .arena = arena,
			    .err = &why};
	*u.told = (struct unite_told){.kept = NULL};
	if (unite(&u, &image, other)) {
		if (err && err->status == KITH_OK)
			*err = why;
		return kith_fail_at(err, relink->to_path.p, 0, 0);
	}
	buf_add(out, image);
	return 0;
}

/* ---- the change ---- */

static int edit_united(void *context, const struct change_copy *copy, struct str before,
		       struct buf *after, bool *gone, struct kith_error *err)
{
	const struct unite_plan *plan = context;
	const struct relink *r = &plan->relink;
	struct str other;
	struct arena arena;
	(void)gone;
	if (!before.p)
		return kith_fail(err, KITH_NOT_FOUND, "%s is not there", r->to_path.p);
	if (change_copy_read(copy, r->path, &other, err))
		return -1;
	if (!other.p)
		return kith_fail(err, KITH_NOT_FOUND, "%s is not there", r->path.p);
	arena_init(&arena);
	int rc = unite_files(after, NULL, r, &plan->journal->config, before, other, &arena, err);
	arena_release(&arena);
	return rc;
}

int unite_plan(struct unite_plan *plan, const struct journal *journal,
	       const struct notes_repo *repo, uint32_t who, uint32_t other, struct arena *arena,
	       struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who], *o = &journal->contacts[other];
	struct buf united;
	*plan = (struct unite_plan){.journal = journal, .who = who, .other = other};
	if (who == other)
		return kith_fail(err, KITH_INVALID, "%.*s is one person, with one file: %.*s",
				 STR_ARG(c->name), STR_ARG(c->path));
	if (str_eq(text_case_key(c->slug, arena), text_case_key(o->slug, arena)))
		return kith_fail(err, KITH_INVALID,
				 "%.*s and %.*s have the same name, so no link tells them apart; "
				 "rename one of the files first",
				 STR_ARG(c->path), STR_ARG(o->path));
	if (rename_check_file(journal, who, arena, err) ||
	    rename_check_file(journal, other, arena, err))
		return -1;
	plan->relink =
	    (struct relink){o->slug, c->slug, arena_str(arena, o->path), arena_str(arena, c->path)};
	/* Once on what was read, to tell of it; a refusal comes before anything is done. */
	buf_init(&united, 0);
	int rc = unite_files(&united, &plan->told, &plan->relink, &journal->config, c->image,
			     o->image, arena, err);
	buf_release(&united);
	if (rc || rewrite_relinked(&plan->rewrite, journal, repo, &plan->relink, edit_united, plan,
				   arena, err))
		return -1;
	/* The other's file, which goes. */
	plan->rewrite.files[plan->rewrite.count - 1].takes = true;
	plan->change = rewrite_change(
	    &plan->rewrite,
	    arena_printf(arena, "Merge %.*s into %.*s", STR_ARG(text_line(o->name, arena)),
			 STR_ARG(text_line(c->name, arena))),
	    arena_printf(arena, "merge %.*s %.*s", STR_ARG(c->slug), STR_ARG(o->slug)));
	return 0;
}

void unite_release(struct unite_plan *plan)
{
	rewrite_release(&plan->rewrite);
}
