#include "change/unite.h"

#include "base/fs.h"
#include "base/text.h"
#include "change/rename.h"
#include "change/unite_parts.h"
#include "note/quick.h"

void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image)
{
	struct reporter reporter;
	struct arena scratch;
	struct diag diag;
	arena_init(&scratch);
	diag_init(&diag, u->arena);
	side->image = image;
	contact_init(&side->contact, path);
	reporter_init(&reporter, image, path, &diag);
	/* Notes that are passed over read as well. */
	(void)contact_read(&side->contact, u->config, &note_reader_quick, u->arena, &scratch,
			   &reporter);
	if (!note_read(&side->note, &note_reader_quick, u->arena, &reporter))
		side->note = (struct note){.image = image};
	diag_release(&diag);
	arena_release(&scratch);
}

static bool is_name(const struct uniting *u, const struct contact *c, struct str key)
{
	if (str_eq(key, text_key(c->name, u->arena)))
		return true;
	for (size_t i = 0; i < c->aliases.count; i++)
		if (str_eq(key, text_key(c->aliases.items[i], u->arena)))
			return true;
	return false;
}

bool unite_is_self(const struct uniting *u, struct str target)
{
	const struct relink *r = u->relink;
	const struct str names[] = {r->slug, r->to_slug, r->path, r->to_path};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str name = names[i];
		if (text_same(target, name, u->arena) ||
		    (str_ends(name, STR(".md")) && str_eq(target, str_upto(name, name.n - 3))))
			return true;
	}
	struct str key = text_key(target, u->arena);
	return is_name(u, &u->who.contact, key) || is_name(u, &u->other.contact, key);
}

/* With links to the other rewritten. */
static int relinked(struct uniting *u, struct str path, struct str *image)
{
	struct buf b;
	struct str text = arena_str(u->arena, path);
	buf_init(&b, 0);
	int failed = relink_contact(&b, u->relink, u->config, text, *image, u->err);
	if (!failed)
		*image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
	return failed;
}

/* A byte-order mark stands before front matter that is new. */
static struct str without_mark(struct str body)
{
	return str_starts(body, STR("\xEF\xBB\xBF")) ? str_from(body, 3) : body;
}

static int unite(struct uniting *u, struct str *image, struct str other)
{
	const struct relink *r = u->relink;
	struct unite_side now;
	unite_read(u, &u->who, r->to_path, *image);
	unite_read(u, &u->other, r->path, other);
	if (u->who.contact.unread || u->other.contact.unread) {
		kith_fail(u->err, KITH_INVALID, "it cannot be read, so nothing is united");
		return kith_fail_at(u->err, u->who.contact.unread ? r->to_path.p : r->path.p, 0, 0);
	}
	if (relinked(u, r->to_path, image) || relinked(u, r->path, &other))
		return -1;
	unite_read(u, &u->who, r->to_path, *image);
	unite_read(u, &u->other, r->path, other);
	unite_read(u, &u->other, r->path, unite_drop_company(u, &u->other));
	unite_read(u, &u->who, r->to_path, unite_drop_company(u, &u->who));
	*image = u->who.image;
	/* The body first: then lines in messages are those of the file. */
	if (unite_bodies(u, image))
		return -1;
	unite_read(u, &now, r->to_path, *image);
	struct str body = str_from(*image, now.note.body);
	if (unite_fronts(u, image))
		return -1;
	unite_read(u, &now, r->to_path, *image);
	if (unite_check_fronts(u, &now))
		return -1;
	struct str name = text_line(u->other.contact.name, u->arena);
	if (!is_name(u, &now.contact, text_key(name, u->arena)) ||
	    !str_ends(str_from(*image, now.note.body), without_mark(body)) ||
	    now.contact.entries_count != u->who.contact.entries_count + u->told->entries)
		return kith_fail(u->err, KITH_FAILED,
				 "with its front matter united it would read as something else");
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

/* A file of the change, and what its edit needs. */
struct unite_file {
	const struct unite_plan *plan;
	struct str path;
};

static int edit_person(void *context, const struct change_copy *copy, struct str before,
		       struct buf *after, bool *gone, struct kith_error *err)
{
	const struct unite_file *file = context;
	const struct relink *r = &file->plan->relink;
	struct str other;
	struct arena arena;
	(void)gone;
	if (!before.p)
		return kith_fail(err, KITH_NOT_FOUND, "%s is not there", r->to_path.p);
	if (change_read(copy, r->path, &other, err))
		return -1;
	if (!other.p)
		return kith_fail(err, KITH_NOT_FOUND, "%s is not there", r->path.p);
	arena_init(&arena);
	int failed =
	    unite_files(after, NULL, r, &file->plan->journal->config, before, other, &arena, err);
	arena_release(&arena);
	return failed;
}

static int edit_contact(void *context, const struct change_copy *copy, struct str before,
			struct buf *after, bool *gone, struct kith_error *err)
{
	const struct unite_file *file = context;
	(void)copy;
	*gone = !before.p;
	return *gone ? 0
		     : relink_contact(after, &file->plan->relink, &file->plan->journal->config,
				      file->path, before, err);
}

static int edit_review(void *context, const struct change_copy *copy, struct str before,
		       struct buf *after, bool *gone, struct kith_error *err)
{
	const struct unite_file *file = context;
	(void)copy, (void)err;
	*gone = !before.p;
	if (before.p)
		(void)relink_review(after, &file->plan->relink, file->plan->ids, file->path,
				    before);
	return 0;
}

static void add_file(struct unite_plan *plan, struct str path, change_edit *edit,
		     struct arena *arena)
{
	struct unite_file *file = ARENA_NEW(arena, struct unite_file);
	*file = (struct unite_file){plan, path};
	plan->files[plan->change.count++] = (struct change_file){path, edit, file};
}

static int add_contacts(struct unite_plan *plan, struct arena *arena, struct kith_error *err)
{
	const struct journal *journal = plan->journal;
	struct buf b;
	int failed = 0;
	buf_init(&b, 0);
	for (uint32_t i = 0; i < journal->count && !failed; i++) {
		const struct contact *c = &journal->contacts[i];
		if (i == plan->who || i == plan->other || c->unread)
			continue;
		buf_clear(&b);
		failed =
		    relink_contact(&b, &plan->relink, &journal->config, c->path, c->image, err);
		if (failed || str_eq(buf_str(&b), c->image))
			continue;
		add_file(plan, c->path, edit_contact, arena);
		plan->contacts++;
	}
	buf_release(&b);
	return failed;
}

static int add_reviews(struct unite_plan *plan, const struct strs *reviews, struct arena *arena,
		       struct kith_error *err)
{
	const struct journal *journal = plan->journal;
	struct buf page, b;
	int failed = 0;
	buf_init(&page, 0);
	buf_init(&b, 0);
	for (size_t i = 0; i < reviews->count && !failed; i++) {
		struct str path = reviews->items[i];
		failed = fs_read(journal->dir, path.p, journal->config.max_file, &page, err);
		buf_clear(&b);
		if (failed || !relink_review(&b, &plan->relink, plan->ids, path, buf_str(&page)))
			continue;
		add_file(plan, path, edit_review, arena);
		plan->reviews++;
	}
	buf_release(&b);
	buf_release(&page);
	return failed;
}

int unite_plan(struct unite_plan *plan, const struct journal *journal, uint32_t who, uint32_t other,
	       struct arena *arena, struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who], *o = &journal->contacts[other];
	struct strs reviews;
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
	plan->relink =
	    (struct relink){o->slug, c->slug, arena_str(arena, o->path), arena_str(arena, c->path)};
	/* Once on what was read, to tell of it; a refusal comes before anything is done. */
	buf_init(&united, 0);
	int failed = unite_files(&united, &plan->told, &plan->relink, &journal->config, c->image,
				 o->image, arena, err);
	buf_release(&united);
	if (failed || rename_list_reviews(&reviews, journal, arena, err))
		return -1;
	plan->files = ARENA_ARRAY(arena, struct change_file, journal->count + reviews.count + 2);
	plan->ids = relink_ids_new(journal, &plan->relink);
	add_file(plan, plan->relink.to_path, edit_person, arena);
	if (add_contacts(plan, arena, err) || add_reviews(plan, &reviews, arena, err))
		return -1;
	add_file(plan, plan->relink.path, change_take_away, arena);
	plan->change.files = plan->files;
	plan->change.subject =
	    arena_printf(arena, "Merge %.*s into %.*s", STR_ARG(text_line(o->name, arena)),
			 STR_ARG(text_line(c->name, arena)));
	plan->change.body = STR("");
	plan->change.trailer =
	    arena_printf(arena, "merge %.*s %.*s", STR_ARG(c->slug), STR_ARG(o->slug));
	return 0;
}

void unite_release(struct unite_plan *plan)
{
	relink_ids_free(plan->ids);
	plan->ids = NULL;
}
