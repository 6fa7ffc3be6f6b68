/*
 * A page made again: what is kith's is written anew, what is the person's
 * stays to the byte, where it stands.
 */
#ifndef KITH_REPORT_REMAKE_H
#define KITH_REPORT_REMAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "report/page.h"

/* What has become of an item that the new page does not hold. */
struct page_fate {
	bool drop;       /* its person is gone or silenced */
	struct str line; /* Markdown for its italics; "" for none */
};
typedef struct page_fate page_fate_of(void *context, const struct page_chunk *item);

/*
 * Makes the old page again by the new one, appended to out. offered: the page
 * as kith wrote it last (NULL where that is not known): what the person took
 * out of it since is hidden, and stays off the page; `hidden` in the front
 * matter remembers it. items: whether
 * the new one was made for items, so that it should have ids. Fails with
 * KITH_INVALID, and a message that says what to do, where the old page is no
 * review, or where either comes from a template without ids, be it for some
 * of the items alone.
 */
int remake_page(struct buf *out, struct str old, struct str made, const struct page *offered,
		bool items, page_fate_of *fate, void *context,
		struct kith_error *err) ATTR_MUST_CHECK;

#endif
