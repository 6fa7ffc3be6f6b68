/*
 * The file of one contact: front matter, notes, tasks and a log, as people
 * write them, against 2026-11-23 as today.
 */
#ifndef KITH_BENCH_PAGE_H
#define KITH_BENCH_PAGE_H

#include "world.h"

#include <stddef.h>

struct page;

struct page *page_new(const struct world *w);
void page_free(struct page *p);
/* Writes the contact with this index; the text is the page's until the next. */
const char *page_fill(struct page *p, size_t index, size_t *size);

#endif
