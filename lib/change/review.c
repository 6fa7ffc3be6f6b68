#include "change/review.h"

#include <fcntl.h>

#include "base/fs.h"
#include "change/templates.h"
#include "report/remake.h"
#include "report/review.h"
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

json_t *review_make_model(const struct journal *journal, const struct review_order *order)
{
	struct week week;
	week_make(&week, journal, order->today, order->monday, (struct standing){NULL, 0});
	json_t *model = review_model(journal, &week);
	week_release(&week);
	return model;
}

/* A page, afresh where old is "". */
static int make_page(struct buf *out, const struct journal *journal,
		     const struct review_order *order, struct str old, struct kith_error *err)
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
	json_t *model = review_model(journal, &week);
	int rc =
	    templates_render(&made, journal->dir, "review.md", order->template_file, model, err);
	if (rc == 0 && old.n) {
		struct standing_fates fates = {journal, &week, ids_new(journal), &arena};
		rc = remake_page(out, old, buf_str(&made), NULL, week_has_items(&week), standing_fate,
				 &fates, err);
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
	return make_page(out, journal, order, STR(""), err);
}

int review_page_make(struct review_page *out, const struct journal *journal,
		     const struct review_order *order, int dir, const char *path,
		     struct kith_error *err)
{
	*out = (struct review_page){.there = fs_kind(dir, path) != FS_NONE};
	buf_init(&out->old, 0);
	buf_init(&out->page, 0);
	if ((out->there && fs_read(dir, path, MAX_PAGE, &out->old, err)) ||
	    make_page(&out->page, journal, order, buf_str(&out->old), err))
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
