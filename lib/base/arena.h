/*
 * An arena: memory that lives and dies together. Chunks double from small to
 * 4 MiB, so a short journal touches few pages and a long one makes few calls.
 * Not thread-safe: each worker has its own. Under AddressSanitizer what is
 * not handed out is poisoned.
 */
#ifndef KITH_BASE_ARENA_H
#define KITH_BASE_ARENA_H

#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks; /* the newest first */
	char *at, *end;             /* what is free in the newest */
};

/* A place to go back to: all that was handed out since is void. */
struct arena_mark {
	struct arena_chunk *chunk;
	char *at;
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);
/* Moves all that from holds into a; from is empty afterwards. */
void arena_adopt(struct arena *a, struct arena *from);

/* Makes room for so many bytes in one piece, so that what follows takes no new chunk. */
void arena_reserve(struct arena *a, size_t size);

/* Aligned to 16 bytes, uninitialised; never NULL. */
void *arena_alloc(struct arena *a, size_t size) ATTR_MALLOC;
/* The same for bytes without alignment, so that texts pack tightly. */
char *arena_bytes(struct arena *a, size_t size) ATTR_MALLOC;
void *arena_zalloc(struct arena *a, size_t size) ATTR_MALLOC;

/* A copy of s, with a NUL after it that the slice does not count. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *format, ...) ATTR_PRINTF(2, 3);
/* The same of what a buffer holds, which is released: for texts that are put together. */
struct str arena_take(struct arena *a, struct buf *b);
/* A copy of count items of that size; NULL for none. */
void *arena_copy(struct arena *a, const void *items, size_t count, size_t size);

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

#define ARENA_NEW(a, type)          ((type *)arena_zalloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_zalloc((a), sizeof(type) * (count)))

#endif
