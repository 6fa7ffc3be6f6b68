/*
 * Rows of cells as text in aligned columns, for a terminal of some width.
 * Marks, wide characters and emoji take the columns they take there. Cells
 * are made safe (see text_add_line); what does not fit ends with `…`. The
 * only escape codes are those of the roles and of links, and only when asked for.
 */
#ifndef KITH_REPORT_TABLE_H
#define KITH_REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

/* What a text is, which a terminal shows as colour. */
enum role {
	ROLE_PLAIN,
	ROLE_STRONG,  /* bold: names, headings */
	ROLE_DIM,     /* what matters less */
	ROLE_WRONG,   /* red: errors, what went */
	ROLE_SOON,    /* yellow: for today, warnings */
	ROLE_GOOD,    /* green: celebrated, done */
	ROLE_COMMAND, /* cyan: something to type */
};

/* Adds s, with the role's escape codes around it where color is set and s is not empty. */
void role_add(struct buf *b, enum role role, struct str s, bool color);

struct table_column {
	const char *heading; /* NULL for none; a table has a line of headings if one column has */
	bool right;          /* numbers: aligned to the right */
	/*
	 * How few columns it may be cut to where the table is too wide; 0: it is
	 * never cut, and its texts should be short ones. The widest that may be cut are cut first;
	 * where that is not enough, the last column stands on a line of its own.
	 */
	size_t min;
	/* The column goes altogether where it does not fit even so; the highest first. 0: never. */
	int drop;
};

struct table_cell {
	struct str text; /* one line, cleaned */
	enum role role;
	size_t width;
	struct str file; /* p == NULL for none */
};

struct table {
	const struct table_column *columns;
	size_t columns_count;
	struct table_cell *cells; /* row by row */
	size_t count, cap;
	size_t indent; /* blanks before each row; 0 */
	/* `file://host/home/ada/people/`, where the files of cells are, for a terminal that has
	   links (OSC 8); "": there are none. They come with colours alone. */
	struct str links;
	struct arena arena;
};

#define TABLE_COLUMNS_MAX 16

/* columns: at most TABLE_COLUMNS_MAX, which must live as long as the table. */
void table_init(struct table *table, const struct table_column *columns, size_t count);
void table_release(struct table *table);
/* The next cell, row after row. The text is copied where it has to be cleaned, else borrowed. */
void table_add(struct table *table, struct str text, enum role role);
/* The same from a format. */
#define table_addf(table, role, ...)                                                               \
	table_add((table), arena_printf(&(table)->arena, __VA_ARGS__), (role))
/* What the last cell leads to: a file's path, borrowed. */
void table_link(struct table *table, struct str file);
/*
 * Adds all rows, each with a line end, without blanks at the end. An empty
 * column takes no room. width: 0 for no limit: then nothing is cut. A table without rows adds
 * nothing.
 */
void table_render(const struct table *table, size_t width, bool color, struct buf *out);

/* How else rows are written; the headings first, for those who want to know them. */
enum table_format {
	TABLE_FITTED, /* as above */
	TABLE_PLAIN,  /* aligned, without headings, never cut */
	TABLE_CSV,    /* RFC 4180, but that lines end with LF */
	TABLE_TSV,    /* cells have no tabs, since they are one clean line */
};

/* width and color count for TABLE_FITTED alone. */
void table_write(const struct table *table, enum table_format format, size_t width, bool color,
		 struct buf *out);

#endif
