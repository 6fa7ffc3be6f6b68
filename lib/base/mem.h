/*
 * Memory that is there: each function returns it or ends the process, in one
 * place (mem_die). Every write to disk is safe against a kill at any moment,
 * so it is safe against this one too; limits on the input keep it rare.
 */
#ifndef KITH_BASE_MEM_H
#define KITH_BASE_MEM_H

#include <stddef.h>

#include "base/attr.h"

/* Says "out of memory" on standard error and ends the process with status 1. */
void mem_die(void) ATTR_NORETURN;

/* As malloc, calloc and realloc of count * size bytes; overflow ends the process too. */
void *mem_alloc(size_t size) ATTR_MALLOC;
void *mem_zalloc(size_t count, size_t size) ATTR_MALLOC;
void *mem_realloc(void *p, size_t count, size_t size);

/*
 * Makes room in an array for one more item. items: the array (or NULL),
 * count: how many it holds, cap: how many fit, updated; size: bytes of one.
 * Returns the array, perhaps moved.
 */
void *mem_grow(void *items, size_t count, size_t *cap, size_t size);

/* The same for the items of another array, added after what is there; *count is updated. */
void *mem_append(void *items, size_t *count, size_t *cap, const void *more, size_t more_count,
		 size_t size);

#endif
