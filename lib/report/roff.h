/*
 * A manual page as roff (man(7)), of Markdown: cmark renders it, and what it
 * cannot say, or says in a way that a reader could not copy, is put right.
 *
 * Two lines `TERM` and `: what it means` are a term and its definition, as in
 * PHP Markdown Extra; code is bold; a code block is indented, and to the letter.
 */
#ifndef KITH_REPORT_ROFF_H
#define KITH_REPORT_ROFF_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

struct roff_title {
	struct str name; /* "kith-log", in capitals on the page */
	char section;    /* '1' */
	const char *day; /* "2026-11-30": of the version, not of the making */
	const char *source, *manual;
};

/* Adds the page to out. The Markdown is the program's own: no costly text is refused. */
void roff_page(struct buf *out, const struct roff_title *title, struct str markdown,
	       struct arena *scratch);

#endif
