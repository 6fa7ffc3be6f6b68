/* Writing a page that is made again: old lines to the byte, new ones beside them. */
#ifndef KITH_REPORT_PAGE_WRITE_H
#define KITH_REPORT_PAGE_WRITE_H

#include "report/page.h"

struct page_writer {
	struct buf *out;
	struct arena *arena;
	bool crlf;  /* how the old page ends its lines */
	bool added; /* the last line written is a new one */
	bool list;  /* the last line that is not blank belongs to a list */
};

/* A new line, with the old page's line end. */
void page_write_new(struct page_writer *w, struct str line);
/* A line of the old page, to the byte. */
void page_write_old(struct page_writer *w, struct str line);
/* One blank line before what follows, unless it stands there. */
void page_write_gap(struct page_writer *w);

/*
 * An item of the old page: its first line and the person's below it to the
 * byte, kith's by the new page's item; by the fate where made is NULL.
 */
void page_write_item(struct page_writer *w, const struct page_chunk *item,
		     const struct page_chunk *made, const struct page_fate *fate);

#endif
