/*
 * How a file writes its entries: marks around the date, the separators, links
 * with labels or without; and the line of an entry in that style.
 */
#ifndef KITH_CHANGE_ENTRY_STYLE_H
#define KITH_CHANGE_ENTRY_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "change/entries.h"
#include "people/entry.h"

struct entry_style {
	struct str open, close; /* marks around the date */
	bool slashes;           /* 2026/11/23 */
	bool labels;            /* [[slug|name]] */
	struct str head_sep;    /* between date and channel: a blank, or `: ` */
	struct str text_sep;    /* before the text: `: `, ` - ` */
};

/* `2026-11-23 call with [[slug]]: text`. */
struct entry_style entry_style_plain(void);

enum entry_sep {
	ENTRY_SEP_NONE,
	ENTRY_SEP_COLON,
	ENTRY_SEP_DASH,
	ENTRY_SEP_EN,
	ENTRY_SEP_EM,
	ENTRY_SEP_COUNT
};

/* What the entries around do, counted. To be zeroed first. */
struct entry_style_votes {
	size_t head[ENTRY_SEP_COUNT], text[ENTRY_SEP_COUNT];
	size_t entries, slashes, with_label, without_label;
};

/* Counts one entry; line: its content. */
void entry_style_count(struct entry_style_votes *votes, const struct entry *entry, struct str line);
/* What most do; the marks around the date are those of the line next to it. */
struct entry_style entry_style_of(const struct entry_style_votes *votes, struct str next_line,
				  struct arena *arena);

/* The first line of a text of several. */
struct str entry_style_first_line(struct str text);

/*
 * The entry's first line. guard: stands between the separator and the text,
 * "" for nothing.
 */
void entry_style_write(struct buf *out, const struct entry_text *entry,
		       const struct entry_style *style, const char *guard);

#endif
