/*
 * A review as a page of Markdown, and how it is made again: what is kith's
 * is written anew, what is the person's stays to the byte, where it stands.
 * kith's are the front matter, the headings of its sections, items that end
 * in its `^id`, and lines that are wholly in italics.
 */
#ifndef KITH_REPORT_PAGE_H
#define KITH_REPORT_PAGE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/* One line of a page, its line end included. */
struct page_line {
	struct str text;
	bool kith; /* wholly in italics */
	bool code; /* in fenced code, or its end */
};

/* A first line of kith's is shorter, in bytes: names and texts are cut. */
#define PAGE_HEAD_MAX 8192

enum chunk_kind { CHUNK_BLANK, CHUNK_OWN, CHUNK_KITH, CHUNK_ITEM };

/* A line of a section, or an item with what is nested in it. */
struct page_chunk {
	enum chunk_kind kind;
	struct str head;         /* the line; an item's first */
	struct str id;           /* of an item */
	bool code;               /* of the person's, in fenced code, or its end */
	struct page_line *lines; /* below an item's first line */
	size_t count;
};

/* What stands below a heading of the first or second level; the first one has no heading. */
struct page_section {
	struct str heading; /* the line, with its line end; empty for the first */
	struct page_chunk *chunks;
	size_t count;
};

struct page {
	struct str front; /* from the first fence to the second, both included; empty without */
	struct page_section *sections;
	size_t count;
};

/* Slices of bytes; arrays in the arena. */
void page_parse(struct page *page, struct str bytes, struct arena *arena);

/* Whether it is a review that kith wrote: its front matter says so. */
bool page_is_review(const struct page *page);
/* Whether an item of it has an id. */
bool page_has_ids(const struct page *page);
/* Whether something of the section with a link could be ticked and has no id. */
bool page_has_idless_tasks(const struct page_section *section);
/*
 * Whether an item is ticked (any mark between its brackets), has lines of the
 * person's, or, of somebody under Reach out, words beside the name.
 */
bool page_item_is_touched(const struct page_chunk *item);

/* What has become of an item that the new page does not hold. */
struct page_fate {
	bool drop;         /* its person is gone or silenced */
	struct str *lines; /* Markdown for its italics */
	size_t count;
};
typedef struct page_fate page_fate_of(void *context, const struct page_chunk *item);

/*
 * Makes the old page again by the new one, appended to out. items: whether
 * the new one was made for items, so that it should have ids. Fails with
 * KITH_INVALID, and a message that says what to do, where the old page is no
 * review, or where either comes from a template without ids, be it for some
 * of the items alone.
 */
int page_merge(struct buf *out, struct str old, struct str made, bool items, page_fate_of *fate,
	       void *context, struct kith_error *err) ATTR_MUST_CHECK;

#endif
