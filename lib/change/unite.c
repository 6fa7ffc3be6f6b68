#include "change/unite.h"

#include "base/text.h"
#include "change/rename.h"
#include "change/unite_body.h"
#include "change/unite_front.h"

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

/* A byte-order mark stands before front matter that is new. */
static struct str without_mark(struct str body)
{
	return str_starts(body, STR("\xEF\xBB\xBF")) ? str_from(body, 3) : body;
}

static void read_both(struct uniting *u, struct str image, struct str other)
{
	unite_read(u, &u->who, u->relink->to_path, image);
	unite_read(u, &u->other, u->relink->path, other);
}

/*
 * Reads both as if all links to the two were to one already, which *image and *other are then,
 * and company of each other gone.
 */
static int read_as_one(struct uniting *u, struct str *image, struct str *other)
{
	const struct relink *r = u->relink;
	read_both(u, *image, *other);
	for (int i = 0; i < 2; i++) {
		const struct contact *c = i ? &u->other.contact : &u->who.contact;
		if (!c->unread && !c->too_costly)
			continue;
		kith_fail(u->err, KITH_INVALID,
			  c->unread ? "it cannot be read, so nothing is united"
				    : "its text holds %s, so it is not read, and nothing is united",
			  c->too_costly);
		return kith_fail_at(u->err, i ? r->path.p : r->to_path.p, 0, 0);
	}
	if (relinked(u, r->to_path, image) || relinked(u, r->path, other))
		return -1;
	read_both(u, *image, *other);
	unite_read(u, &u->other, r->path, unite_drop_company(u, &u->other));
	unite_read(u, &u->who, r->to_path, unite_drop_company(u, &u->who));
	return 0;
}

/* body: what stands below the front matter. */
static int check_united(struct uniting *u, struct str image, struct str body)
{
	struct unite_side now;
	unite_read(u, &now, u->relink->to_path, image);
	if (unite_check_fronts(u, &now))
		return -1;
	struct str name = text_line(u->other.contact.name, u->arena);
	if (!unite_is_name(u, &now.contact, text_key(name, u->arena)) ||
	    !str_ends(str_from(image, now.note.body), without_mark(body)) ||
	    now.contact.entries_count != u->who.contact.entries_count + u->told->entries)
		return kith_fail(u->err, KITH_FAILED,
				 "with its front matter united it would read as something else");
	return 0;
}

static int unite(struct uniting *u, struct str *image, struct str other)
{
	struct unite_side now;
	struct str who = *image;
	if (read_as_one(u, &who, &other))
		return -1;
	*image = u->who.image;
	/* The body first: then lines in messages are those of the file. */
	if (unite_bodies(u, image))
		return -1;
	unite_read(u, &now, u->relink->to_path, *image);
	struct str body = str_from(*image, now.note.body);
	return unite_fronts(u, image) || check_united(u, *image, body) ? -1 : 0;
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
