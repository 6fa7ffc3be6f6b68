/*
 * Whether the quick reader and the libraries agree about a file: the whole
 * tree, each block and each finding, down to the last offset.
 */
#ifndef KITH_TESTS_SAME_NOTE_H
#define KITH_TESTS_SAME_NOTE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "note/note.h"
#include "note/quick.h"

/* One reading of one file, and all that it takes. */
struct reading {
	struct arena arena, scratch;
	struct diag diag;
	struct reporter reporter;
	struct note note;
};

/* Where the two differ first, in words. */
struct difference {
	bool found;
	char text[256];
};

static inline void reading_init(struct reading *r, struct str image)
{
	arena_init(&r->arena);
	arena_init(&r->scratch);
	diag_init(&r->diag, &r->arena);
	reporter_init(&r->reporter, image, STR("a.md"), &r->diag);
	r->note = (struct note){.image = image};
}

static inline void reading_release(struct reading *r)
{
	diag_release(&r->diag);
	arena_release(&r->scratch);
	arena_release(&r->arena);
}

static inline void compare(struct difference *d, const char *what, size_t at, size_t libs,
			   size_t quick)
{
	if (d->found || libs == quick)
		return;
	d->found = true;
	snprintf(d->text, sizeof(d->text), "%s at offset %zu: the libraries %zu, quick %zu", what,
		 at, libs, quick);
}

static inline void compare_texts(struct difference *d, const char *what, size_t at, struct str libs,
				 struct str quick)
{
	if (d->found || str_eq(libs, quick))
		return;
	d->found = true;
	snprintf(d->text, sizeof(d->text),
		 "%s at offset %zu: the libraries \"%.*s\", quick \"%.*s\"", what, at,
		 STR_ARG(str_upto(libs, 70)), STR_ARG(str_upto(quick, 70)));
}

/* Nesting ends at 64, so recursion does. */
static inline void compare_trees(struct difference *d, const struct yaml_node *libs,
				 const struct yaml_node *quick)
{
	for (; libs && quick && !d->found; libs = libs->next, quick = quick->next) {
		size_t at = libs->span.from;
		compare(d, "a node's start", at, at, quick->span.from);
		compare(d, "a node's end", at, libs->span.to, quick->span.to);
		compare(d, "a node's kind", at, libs->kind, quick->kind);
		compare(d, "a node's style", at, libs->style, quick->style);
		compare(d, "a node's count", at, libs->count, quick->count);
		compare_texts(d, "a node's value", at, libs->value, quick->value);
		compare_trees(d, libs->first, quick->first);
	}
	compare(d, "a node more",
		libs    ? libs->span.from
		: quick ? quick->span.from
			: 0,
		libs != NULL, quick != NULL);
}

static inline void compare_blocks(struct difference *d, struct blocks libs, struct blocks quick)
{
	for (size_t i = 0; i < libs.count && i < quick.count; i++) {
		const struct block *a = &libs.items[i], *b = &quick.items[i];
		compare(d, "a block's start", a->start, a->start, b->start);
		compare(d, "a block's kind", a->start, a->kind, b->kind);
		compare(d, "a block's nesting", a->start, a->nested, b->nested);
		compare(d, "a block's level", a->start, (size_t)a->level, (size_t)b->level);
		compare(d, "a content's start", a->start, a->content.from, b->content.from);
		compare(d, "a content's end", a->start, a->content.to, b->content.to);
		compare(d, "a block's end", a->start, a->end, b->end);
	}
	compare(d, "the number of blocks", 0, libs.count, quick.count);
	compare(d, "whether there is an array", 0, libs.items != NULL, quick.items != NULL);
}

static inline void compare_findings(struct difference *d, const struct diag *libs,
				    const struct diag *quick)
{
	for (size_t i = 0; i < libs->count && i < quick->count; i++) {
		compare(d, "a finding's line", 0, (size_t)libs->items[i].line,
			(size_t)quick->items[i].line);
		compare(d, "a finding's column", 0, (size_t)libs->items[i].column,
			(size_t)quick->items[i].column);
		compare_texts(d, "a finding", 0, libs->items[i].message, quick->items[i].message);
	}
	compare(d, "the number of findings", 0, libs->count, quick->count);
}

/* Reads the file as a note, or as front matter and a body that both are the whole file. */
static inline void read_with(struct reading *r, const struct note_reader *reader, struct str image,
			     bool as_note)
{
	if (as_note) {
		note_read(&r->note, reader, &r->arena, &r->reporter);
		return;
	}
	r->note.map = reader->front(image, (struct span){0, image.n}, &r->arena, &r->reporter);
	r->note.blocks = reader->body(image, 0, &r->arena, &r->scratch);
}

static inline struct difference same_note(struct str image, bool as_note)
{
	struct reading libs, quick;
	struct difference d = {0};
	reading_init(&libs, image);
	reading_init(&quick, image);
	read_with(&libs, &note_reader_libs, image, as_note);
	read_with(&quick, &note_reader_quick, image, as_note);
	compare_trees(&d, libs.note.map, quick.note.map);
	compare_blocks(&d, libs.note.blocks, quick.note.blocks);
	compare_findings(&d, &libs.diag, &quick.diag);
	reading_release(&libs);
	reading_release(&quick);
	return d;
}

#endif
