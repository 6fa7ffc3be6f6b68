#include "change/rewrite.h"

#include <string.h>

#include "base/date.h"
#include "base/fs.h"
#include "change/paths.h"

civil_day rewrite_page_monday(struct str path)
{
	struct str name = str_base(path);
	struct iso_week week;
	bool page =
	    str_ends(name, STR(".md")) && week_parse(str_upto(name, name.n - strlen(".md")), &week);
	return page ? week_monday(week) : NO_DAY;
}

/* Paths of the review pages, below the journal; none where the folder is missing. */
int rewrite_list_pages(struct strs *out, const struct journal *journal, bool others,
		       struct arena *arena, struct kith_error *err)
{
	struct fs_list list = {0};
	struct str folder = journal->config.reviews;
	*out = (struct strs){NULL, 0};
	if (fs_kind(journal->dir, folder.p) == FS_NONE)
		return 0;
	int rc = fs_walk(journal->dir, folder.p, NULL, NULL, arena, &list, NULL, err);
	out->items = ARENA_ARRAY(arena, struct str, list.count);
	for (size_t i = 0; i < list.count && !rc; i++) {
		struct str path = list.items[i].path;
		if (list.items[i].kind == FS_FILE && str_ends(path, STR(".md")) &&
		    (others || rewrite_page_monday(path) != NO_DAY))
			out->items[out->count++] = path;
	}
	fs_list_release(&list);
	return rc;
}

int rewrite_init(struct rewrite *r, const struct journal *journal, size_t more, struct arena *arena,
		 struct kith_error *err)
{
	*r = (struct rewrite){.journal = journal, .arena = arena, .notes = {.dir = -1}};
	diag_init(&r->left, arena);
	if (rewrite_list_pages(&r->pages, journal, false, arena, err))
		return -1;
	r->files = ARENA_ARRAY(arena, struct change_file, journal->count + r->pages.count + more);
	return 0;
}

void rewrite_release(struct rewrite *r)
{
	relink_ids_free(r->ids);
	r->ids = NULL;
	notes_release(&r->notes);
	diag_release(&r->left);
}

void rewrite_add(struct rewrite *r, struct str path, change_edit *edit, void *context)
{
	r->files[r->count++] = (struct change_file){.path = path, .edit = edit, .context = context};
}

/* ---- contacts ---- */

struct linking {
	const struct rewrite *rewrite;
	struct str path;
};

static int edit_contact(void *context, const struct change_copy *copy, struct str before,
			struct buf *after, bool *gone, struct kith_error *err)
{
	const struct linking *file = context;
	const struct rewrite *r = file->rewrite;
	(void)copy;
	*gone = !before.p;
	return *gone
		   ? 0
		   : relink_contact(after, r->relink, &r->journal->config, file->path, before, err);
}

static void add_contacts(struct rewrite *r)
{
	const struct journal *journal = r->journal;
	struct buf b;
	buf_init(&b, 0);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (c->unread || str_eq(c->path, r->relink->path) ||
		    str_eq(c->path, r->relink->to_path))
			continue;
		buf_clear(&b);
		struct kith_error err = {0};
		if (relink_contact(&b, r->relink, &journal->config, c->path, c->image, &err))
			diag_add(&r->left, SEVERITY_WARNING, c->path, err.line, err.column, "%s",
				 err.message);
		else
			relink_tell_left(&r->left, r->relink, NULL, c->path, buf_str(&b));
		if (b.n == 0 || str_eq(buf_str(&b), c->image))
			continue;
		struct linking *file = ARENA_NEW(r->arena, struct linking);
		*file = (struct linking){r, c->path};
		rewrite_add(r, c->path, edit_contact, file);
		r->contacts++;
	}
	buf_release(&b);
}

/* ---- other notes of the repository ---- */

static int edit_note(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct linking *file = context;
	const struct rewrite *r = file->rewrite;
	(void)copy, (void)err;
	*gone = !before.p;
	if (before.p)
		(void)relink_note(after, r->relink, &r->notes.place, file->path, before);
	return 0;
}

static void add_other_note(struct rewrite *r, const struct notes_repo *repo, struct str whole,
			   struct str image)
{
	struct str path = paths_between(r->notes.place.below, whole, r->arena);
	struct buf b;
	buf_init(&b, 0);
	bool changed = relink_note(&b, r->relink, &r->notes.place, path, image);
	if (changed && repo->repo && repo->git->ignored(repo->repo, whole.p)) {
		diag_add(&r->left, SEVERITY_WARNING, path, 0, 0,
			 "git ignores this note, so its links to \"%.*s\" stay as they are",
			 STR_ARG(r->relink->slug));
	} else {
		relink_tell_left(&r->left, r->relink, &r->notes.place, path, buf_str(&b));
		if (changed) {
			struct linking *file = ARENA_NEW(r->arena, struct linking);
			*file = (struct linking){r, path};
			rewrite_add(r, path, edit_note, file);
			r->others++;
		}
	}
	buf_release(&b);
}

static void add_other_notes(struct rewrite *r, const struct notes_repo *repo)
{
	struct buf image;
	buf_init(&image, 0);
	for (size_t i = 0; i < r->notes.count; i++) {
		struct str whole = r->notes.paths[i];
		struct kith_error err = {0};
		if (fs_read(r->notes.dir, whole.p, r->journal->config.max_file, &image, &err) == 0)
			add_other_note(r, repo, whole, buf_str(&image));
		else if (err.status != KITH_NOT_FOUND)
			diag_add(&r->left, SEVERITY_WARNING, whole, 0, 0,
				 "cannot be read, so links in it stay as they are: %s",
				 err.message);
	}
	buf_release(&image);
}

/* ---- review pages ---- */

struct paging {
	rewrite_page *page;
	const void *context;
	struct str path;
};

static int edit_page(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct paging *file = context;
	(void)copy, (void)err;
	*gone = !before.p;
	if (before.p)
		(void)file->page(after, file->context, file->path, before);
	return 0;
}

int rewrite_pages(struct rewrite *r, rewrite_page *page, const void *context,
		  struct kith_error *err)
{
	struct buf image, b;
	int rc = 0;
	buf_init(&image, 0);
	buf_init(&b, 0);
	for (size_t i = 0; i < r->pages.count && !rc; i++) {
		struct str path = r->pages.items[i];
		rc = fs_read(r->journal->dir, path.p, r->journal->config.max_file, &image, err);
		buf_clear(&b);
		if (rc || !page(&b, context, path, buf_str(&image)))
			continue;
		struct paging *file = ARENA_NEW(r->arena, struct paging);
		*file = (struct paging){page, context, path};
		rewrite_add(r, path, edit_page, file);
		r->reviews++;
	}
	buf_release(&b);
	buf_release(&image);
	return rc;
}

static bool relink_page(struct buf *out, const void *context, struct str path, struct str image)
{
	const struct rewrite *r = context;
	return relink_review(out, r->relink, r->ids, path, image);
}

int rewrite_relinked(struct rewrite *r, const struct journal *journal,
		     const struct notes_repo *repo, const struct relink *relink, change_edit *edit,
		     void *context, struct arena *arena, struct kith_error *err)
{
	if (rewrite_init(r, journal, 2, arena, err))
		return -1;
	if (str_eq(relink->path, relink->to_path)) {
		rewrite_add(r, relink->to_path, edit, context);
		return 0;
	}
	if (notes_list(&r->notes, journal, &r->pages, repo, relink->slug, arena, err))
		return -1;
	r->files = ARENA_ARRAY(arena, struct change_file,
			       journal->count + r->pages.count + r->notes.count + 2);
	rewrite_add(r, relink->to_path, edit, context);
	r->relink = relink;
	r->ids = relink_ids_new(journal, relink);
	add_contacts(r);
	if (rewrite_pages(r, relink_page, r, err))
		return -1;
	add_other_notes(r, repo);
	rewrite_add(r, relink->path, change_take_away, NULL);
	return 0;
}

struct change rewrite_change(const struct rewrite *r, struct str subject, struct str trailer)
{
	return (struct change){.files = r->files,
			       .count = r->count,
			       .subject = subject,
			       .body = STR(""),
			       .trailer = trailer};
}
