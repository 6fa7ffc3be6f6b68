/*
 * The blocks of a Markdown text that kith reads, with their bytes: headings,
 * list items, and the paragraphs between. Code, quotes and HTML are left
 * out. What is a block is cmark's word; the content is the raw first line.
 */
#ifndef KITH_NOTE_MARKDOWN_H
#define KITH_NOTE_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "note/span.h"

enum block_kind {
	BLOCK_HEADING,
	BLOCK_ITEM,
	BLOCK_PARAGRAPH,
	BLOCK_OTHER, /* code, a quote, HTML, a rule, a heading in an item: of markdown_read_all
			alone */
};

struct block {
	enum block_kind kind;
	bool nested; /* a paragraph inside an item */
	int level; /* a heading's level 1–6; an item's depth from 1; of others inside an item its */
	size_t start;        /* offset of the marker: `-`, `1.`, `#`, or of the text */
	struct span content; /* the first line without marker and line end */
	size_t end;          /* after all that is nested in it, for a heading its whole section,
				less the blank lines at the end */
};

struct blocks {
	struct block *items; /* in the order of the text; nested ones after their parent */
	size_t count;
};

/*
 * Reads image from offset `body` to its end. Scratch is used for cmark's
 * tree and is as it was afterwards; the blocks live in the arena.
 */
struct blocks markdown_read(struct str image, size_t body, struct arena *arena,
			    struct arena *scratch);

/* The same with the blocks that kith does not read. */
struct blocks markdown_read_all(struct str image, size_t body, struct arena *arena,
				struct arena *scratch);

/* What a word of a text is to who reads it. */
enum markdown_place {
	MARKDOWN_GONE,      /* nowhere: in a link's definition that no link uses */
	MARKDOWN_TEXT,      /* words to read */
	MARKDOWN_TARGET,    /* where a link or an image leads */
	MARKDOWN_HTML,      /* in HTML, but in no comment */
	MARKDOWN_ELSEWHERE, /* in code, a title, a comment of HTML, an image's description */
};

/*
 * Where the words of a text are that begin with `prefix`, go on with their number from 0 to
 * count, and end in `z`: `kithlink0z`. The text is not read where note_costly says why.
 */
void markdown_find_words(enum markdown_place *places, size_t count, struct str prefix,
			 struct str text, struct arena *scratch);

enum markdown_form {
	MARKDOWN_BLOCKS, /* a text with its paragraphs, lists and so on */
	MARKDOWN_LINE,   /* one line from the middle of a paragraph, without tags around it */
};

/*
 * Adds a text as HTML that holds no element of the text's own: what stands there as HTML is shown
 * as it is written, but for comments. Nothing in it is loaded: an image is its description. A link
 * leads to the web, a mail or a phone number; with `files` to a relative path, too; of any other
 * its words stay. The text is UTF-8 without control characters, and not read where note_costly says
 * why.
 */
void markdown_add_html(struct buf *out, struct str text, enum markdown_form form, bool files,
		       struct arena *scratch);

/* Adds a text as roff for man(7), as cmark makes it: see report/roff.h for what that lacks. */
void markdown_add_roff(struct buf *out, struct str text, struct arena *scratch);

#endif
