/*
 * What of a review's page is in the files already: the list `applied` of its front matter, a
 * record a line, so that a merge unites two machines' lists line by line. A record is words:
 *
 *	ID WHAT DAY CONTENT MADE FROM PLAN
 *
 * the item's id (of a line that names a person itself, the person's); what was applied; the day it
 * was applied for; the key of the page's text that said so; the key of what was made of it; the day
 * that stood there before; the key of the plan that it was made of. `-` stands for none.
 */
#ifndef KITH_REPORT_APPLIED_H
#define KITH_REPORT_APPLIED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"

enum applied_what {
	APPLIED_DONE,    /* a tick */
	APPLIED_DROPPED, /* `[-]` */
	APPLIED_MOVED,   /* `[>]`, or a day ahead */
	APPLIED_LINE,    /* a line of the person's */
	APPLIED_KINDS,
};

/* Room for a key and a NUL. */
#define APPLIED_KEY 8

struct applied {
	struct str id;
	enum applied_what what;
	civil_day day, from; /* NO_DAY */
	struct str content, made, plan;
	struct str text; /* the record as it stands */
	bool gone;       /* it is taken back */
};

struct applied_list {
	struct applied *items;
	size_t count, cap;
};

/* The records of a page's front matter, in the arena; what is none is kept with what =
 * APPLIED_KINDS. */
void applied_read(struct applied_list *list, struct str front, struct arena *arena);
/* One more; its text is made in the arena. */
void applied_add(struct applied_list *list, struct applied record, struct arena *arena);
/* The key with all records that are not gone, as lines of the front matter, appended to out. */
void applied_write(struct buf *out, const struct applied_list *list, struct str eol);

/* The record of that id, not gone; content: "" for any. NULL for none. */
struct applied *applied_find(const struct applied_list *list, struct str id, enum applied_what what,
			     struct str content);

/*
 * The key of a text: what other programs change about Markdown does not count (blanks, bullets,
 * which mark of emphasis, backslashes), nor where links lead.
 */
void applied_key(char out[APPLIED_KEY], struct str text);

#endif
