#include "change/review.h"

#include <fcntl.h>

#include "base/fs.h"
#include "change/paths.h"
#include "change/templates.h"
#include "change/undo.h"
#include "report/remake.h"
#include "report/standing.h"

#define MAX_PAGE ((size_t)8 * 1024 * 1024)

struct str review_path(const struct journal *journal, civil_day monday, struct arena *arena)
{
	struct iso_week week = day_week(monday);
	struct str folder = journal->config.reviews;
	if (str_eq(folder, STR(".")))
		return arena_printf(arena, "%04d-W%02d.md", week.year, week.week);
	return arena_printf(arena, "%.*s/%04d-W%02d.md", STR_ARG(folder), week.year, week.week);
}

struct str review_trailer(civil_day monday, struct arena *arena)
{
	struct iso_week week = day_week(monday);
	return arena_printf(arena, "review %04d-W%02d", week.year, week.week);
}

/* So many pages are looked back to, and so many commits for them. */
#define MOST_PAST    64
#define MOST_COMMITS 2000

struct past_search {
	const struct review_past *from;
	struct review_pages *pages;
	size_t commits;
	struct arena *arena;
	struct kith_error *err;
};

/* What was taken back was never offered, and what was before it does not count any more. */
static bool take_past(void *context, const struct git_commit_info *commit)
{
	struct past_search *s = context;
	struct str trailer = undo_trailer(str_of(commit->message));
	const struct git_delta *delta = commit->deltas;
	bool mine = str_eq(trailer, s->from->trailer);
	if (++s->commits > MOST_COMMITS || s->pages->items.count == MOST_PAST)
		return false;
	if (commit->count == 0)
		return true;
	if (str_starts(trailer, STR("undo ")) || !delta->after[0])
		return false;
	if (mine && s->pages->by_hand)
		*s->pages = (struct review_pages){{s->pages->items.items, 0}, false};
	if (mine || s->pages->by_hand) {
		struct buf page;
		buf_init(&page, MAX_PAGE);
		if (s->from->git->blob(s->from->repo, delta->after, delta->path, MAX_PAGE, &page,
				       s->err) < 0) {
			buf_release(&page);
			return false;
		}
		s->pages->items.items[s->pages->items.count++] = arena_take(s->arena, &page);
	}
	return delta->before[0];
}

void review_read_past(struct review_pages *pages, const struct review_past *from,
		      struct arena *arena)
{
	struct kith_error err = {0};
	const char *folders[] = {from->path, NULL};
	struct past_search s = {from, pages, 0, arena, &err};
	*pages = (struct review_pages){{ARENA_ARRAY(arena, struct str, MOST_PAST), 0}, true};
	/* Without them the page is made all the same. */
	(void)from->git->walk(from->repo,
			      &(struct git_walk){.folders = folders, .folders_count = 1}, take_past,
			      &s, &err);
}

json_t *review_make_model(const struct journal *journal, const struct review_order *order)
{
	struct week week;
	week_make(&week, journal, order->today, order->monday, (struct standing){NULL, 0});
	const struct review_place here = {.folder = journal->config.reviews};
	json_t *model =
	    review_model(journal, &week, order->changes, order->place ? order->place : &here);
	week_release(&week);
	return model;
}

/* All that stands on several pages. */
static struct page join_pages(const struct page *pages, size_t count, struct arena *arena)
{
	struct page all = {.front = STR("")};
	for (size_t i = 0; i < count; i++)
		all.count += pages[i].count;
	all.sections = ARENA_ARRAY(arena, struct page_section, all.count);
	all.count = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < pages[i].count; k++)
			all.sections[all.count++] = pages[i].sections[k];
	return all;
}

/* A page, afresh where old is "". */
static int make_page(struct buf *out, const struct journal *journal,
		     const struct review_order *order, struct str old,
		     const struct review_pages *past, struct kith_error *err)
{
	struct arena arena;
	struct page page;
	struct week week;
	struct buf made;
	arena_init(&arena);
	/* Templates multiply: a page has an end. */
	buf_init(&made, MAX_PAGE);
	page_parse(&page, old, &arena);
	week_make(&week, journal, order->today, order->monday,
		  standing_people(journal, &page, &arena));
	const struct review_place here = {.folder = journal->config.reviews};
	json_t *model = review_model(journal, &week, order->changes, &here);
	int rc =
	    templates_render(&made, journal->dir, "review.md", order->template_file, model, err);
	if (rc == 0 && old.n) {
		size_t count = past->items.count, offered = past->by_hand ? count : count > 0;
		struct page *pages = ARENA_ARRAY(&arena, struct page, count);
		for (size_t i = 0; i < count; i++)
			page_parse(&pages[i], past->items.items[i], &arena);
		page = join_pages(pages, offered, &arena);
		struct standing_fates fates = {
		    journal, &week, ids_new(journal), pages, past->by_hand ? 0 : count, &arena};
		rc = remake_page(out, old, buf_str(&made), offered ? &page : NULL,
				 week_has_items(&week), standing_fate, &fates, err);
		ids_free(fates.ids);
	} else if (rc == 0) {
		buf_add(out, buf_str(&made));
	}
	json_decref(model);
	week_release(&week);
	buf_release(&made);
	arena_release(&arena);
	return rc;
}

int review_make_page(struct buf *out, const struct journal *journal,
		     const struct review_order *order, struct kith_error *err)
{
	return make_page(out, journal, order, STR(""), NULL, err);
}

int review_page_make(struct review_page *out, const struct journal *journal,
		     const struct review_order *order, const struct review_pages *past, int dir,
		     const char *path, struct kith_error *err)
{
	*out = (struct review_page){.there = fs_kind(dir, path) != FS_NONE};
	buf_init(&out->old, 0);
	buf_init(&out->page, 0);
	if ((out->there && fs_read(dir, path, MAX_PAGE, &out->old, err)) ||
	    make_page(&out->page, journal, order, buf_str(&out->old), past, err))
		return kith_fail_at(err, path, 0, 0);
	return 0;
}

void review_page_release(struct review_page *page)
{
	buf_release(&page->old);
	buf_release(&page->page);
}

bool review_page_changed(const struct review_page *page)
{
	return !page->there || !str_eq(buf_str(&page->old), buf_str(&page->page));
}

static struct str old_bytes(const struct review_page *page)
{
	return page->there ? buf_str(&page->old) : STR_NONE;
}

int review_page_write(const struct review_page *page, const char *path, struct kith_error *err)
{
	if (!review_page_changed(page))
		return 0;
	return fs_replace(AT_FDCWD, path, buf_str(&page->page), old_bytes(page), err);
}

int review_page_edit(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct review_page *page = context;
	struct str old = old_bytes(page);
	(void)gone;
	if (change_copy_is_file(copy) && (!before.p != !old.p || !str_eq(before, old)))
		return kith_fail(err, KITH_CHANGED,
				 "the page was changed by somebody else "
				 "meanwhile; run kith review again");
	buf_add(after, buf_str(&page->page));
	return 0;
}

void review_report_both_kept(struct journal *journal, struct arena *arena)
{
	const char *folder = arena_str(arena, journal->config.reviews).p;
	struct kith_error ignored = {0};
	struct fs_list pages;
	struct str image;
	int rc = fs_walk(journal->dir, folder, NULL, NULL, arena, &pages, NULL, &ignored);
	for (size_t i = 0; i < pages.count && rc == 0; i++) {
		struct str path = pages.items[i].path;
		struct arena_mark mark = arena_mark(arena);
		struct reporter reporter;
		/* Contacts may be there, too, and have told it. */
		if (str_ends(path, STR(".md")) && !paths_is_contact(&journal->config, path) &&
		    fs_read_text(&image, journal->dir, path.p, journal->config.max_file, arena,
				 &ignored) == 0) {
			reporter_init(&reporter, image, arena_str(&journal->arena, path),
				      &journal->diag);
			note_report_both_kept(&reporter);
		}
		arena_rewind(arena, mark);
	}
	fs_list_release(&pages);
}
