/*
 * A review as a page of Markdown, in pieces: what is kith's, and what is the
 * person's. kith's are the front matter, the headings of its sections, items whose first
 * line holds its `^id`, lines that are wholly in italics, and below an item such lines
 * before any other. A line that another program wrapped is one line still.
 */
#ifndef KITH_REPORT_PAGE_H
#define KITH_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* --- lines: indentation, bullets --- */

/* In columns, with a tab's stop at every fourth (CommonMark 0.30, 2.2). */
static inline size_t line_indent(struct str line)
{
	size_t columns = 0;
	for (size_t i = 0; i < line.n && str_is_blank_char(line.p[i]); i++)
		columns += line.p[i] == '\t' ? 4 - columns % 4 : 1;
	return columns;
}

static inline bool line_is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* Past a bullet at the very start and the blanks after it; s itself where there is none. */
static inline struct str line_after_bullet(struct str s)
{
	bool bullet = s.n > 1 && (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+');
	return bullet && str_is_blank_char(s.p[1]) ? str_ltrim_blanks(str_from(s, 1)) : s;
}

/* Whether the line is an item's first, with a bullet or a number. */
static inline bool line_has_bullet(struct str line)
{
	struct str s = str_ltrim_blanks(line);
	size_t digits = str_digits(s);
	if (digits == 0)
		return line_after_bullet(s).n < s.n;
	s = str_from(s, digits);
	return s.n > 1 && (s.p[0] == '.' || s.p[0] == ')') && str_is_blank_char(s.p[1]);
}

/* --- pages --- */

/* One line of a page, its line end included. */
struct page_line {
	struct str text;
	bool kith; /* wholly in italics, and no line of the person's above it in the item */
	bool code; /* in fenced code, or its end */
};

/* A first line of kith's is shorter, in bytes: names and texts are cut. */
#define PAGE_HEAD_MAX 8192

enum chunk_kind { CHUNK_BLANK, CHUNK_OWN, CHUNK_KITH, CHUNK_ITEM };

/* A line of a section, or an item with what is nested in it. */
struct page_chunk {
	enum chunk_kind kind;
	struct str head;         /* the line; an item's first; several where it was wrapped */
	struct str says;         /* the same as one line */
	struct str id;           /* of an item, in says */
	bool code;               /* of the person's, in fenced code, or its end */
	struct page_line *lines; /* below an item's first line */
	size_t count;
};

/* What stands below a heading of the first or second level; the first one has no heading. */
struct page_section {
	struct str heading; /* the line, or two, with their line ends; empty for the first */
	struct str name;    /* the text in it */
	int level;          /* 1 or 2; 0 for the first */
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

/* The line of a key in the front matter, with all of its list, which may stand on lines of its
 * own. */
struct str page_front_lines(struct str front, const char *key);
/* The list's texts without quotes, in the arena. */
struct strs page_front_list(struct str front, const char *key, struct arena *arena);
/* Whether a line of the front matter is that of a key. */
bool page_is_front_key(struct str line, const char *key);

/* Whether a text (an item's, say, of several lines) is wholly in italics. */
bool page_is_italic(struct str text);

/*
 * A nested item as it stands below that one, its text behind the indentation and the bullet of
 * what is nested there already; a text without a bullet is left so. In the arena.
 */
struct str page_nested_line(const struct page_chunk *item, struct str line, struct arena *arena);

/* Whether it is a review that kith wrote: its front matter says so. */
bool page_is_review(const struct page *page);
/* The first item with that id; NULL. */
const struct page_chunk *page_find_item(const struct page *page, struct str id);
/* Whether an item of it has an id. */
bool page_has_ids(const struct page *page);
/* Whether something of the section with a link could be ticked and has no id. */
bool page_has_idless_tasks(const struct page_section *section);
/*
 * Whether an item is ticked (any mark between its brackets), has lines of the
 * person's, or, of somebody under Reach out, words beside the name.
 */
bool page_item_is_touched(const struct page_chunk *item);

#endif
