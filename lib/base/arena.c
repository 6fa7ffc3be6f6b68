#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define POISONED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONED 1
#endif
#endif

#ifdef POISONED
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n)   ((void)0)
#define UNPOISON(p, n) ((void)0)
#endif

#define FIRST_CHUNK ((size_t)64 * 1024)
#define LAST_CHUNK  ((size_t)4 * 1024 * 1024)
#define HUGE_PAGE   ((size_t)2 * 1024 * 1024)

struct arena_chunk {
	struct arena_chunk *next;
	size_t size; /* of the whole chunk, this header included */
	char pad[16];
};

void arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

static void free_chunk(struct arena_chunk *chunk)
{
	UNPOISON(chunk, chunk->size);
	free(chunk);
}

void arena_release(struct arena *a)
{
	for (struct arena_chunk *c = a->chunks, *next; c; c = next) {
		next = c->next;
		free_chunk(c);
	}
	arena_init(a);
}

void arena_adopt(struct arena *a, struct arena *from)
{
	struct arena_chunk **tail = &a->chunks;
	while (*tail)
		tail = &(*tail)->next;
	*tail = from->chunks;
	if (tail == &a->chunks) {
		a->at = from->at;
		a->end = from->end;
	}
	arena_init(from);
}

/*
 * Large chunks ask for huge pages: a page fault costs more than parsing the
 * text that would fill a small page.
 */
static struct arena_chunk *chunk_memory(size_t size)
{
	if (size < HUGE_PAGE)
		return mem_alloc(size);
	void *p = NULL;
	if (posix_memalign(&p, HUGE_PAGE, size) != 0)
		mem_die();
	(void)madvise(p, size, MADV_HUGEPAGE);
	return p;
}

static void add_chunk(struct arena *a, size_t need)
{
	size_t size = a->chunks ? a->chunks->size * 2 : FIRST_CHUNK;
	if (size > LAST_CHUNK)
		size = LAST_CHUNK;
	if (need > SIZE_MAX / 2)
		mem_die();
	if (need + sizeof(struct arena_chunk) > size)
		size = need + sizeof(struct arena_chunk);
	struct arena_chunk *c = chunk_memory(size);
	c->next = a->chunks;
	c->size = size;
	a->chunks = c;
	a->at = (char *)c + sizeof(*c);
	a->end = (char *)c + size;
	POISON(a->at, (size_t)(a->end - a->at));
}

void arena_reserve(struct arena *a, size_t size)
{
	if (!a->at || (size_t)(a->end - a->at) < size)
		add_chunk(a, size);
}

char *arena_bytes(struct arena *a, size_t size)
{
	if ((size_t)(a->end - a->at) < size || !a->at)
		add_chunk(a, size);
	char *p = a->at;
	a->at += size;
	UNPOISON(p, size);
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t skip = (size_t)(-(uintptr_t)a->at & 15);
	if (size > SIZE_MAX / 2)
		mem_die();
	if (!a->at || (size_t)(a->end - a->at) < size + skip) {
		add_chunk(a, size);
		skip = 0;
	}
	char *p = a->at + skip;
	a->at = p + size;
	UNPOISON(p, size);
	return p;
}

void *arena_zalloc(struct arena *a, size_t size)
{
	return memset(arena_alloc(a, size), 0, size);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

struct str arena_take(struct arena *a, struct buf *b)
{
	struct str text = arena_str(a, buf_str(b));
	buf_release(b);
	return text;
}

struct str arena_printf(struct arena *a, const char *format, ...)
{
	/* Most texts are short: written in place, they are measured only once. */
	const size_t guess = 128;
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	char *p = arena_bytes(a, guess);
	int n = vsnprintf(p, guess, format, args);
	va_end(args);
	if (n < 0)
		mem_die();
	size_t size = (size_t)n + 1;
	if (size <= guess) {
		a->at = p + size;
		POISON(a->at, guess - size);
	} else {
		p = arena_bytes(a, size);
		vsnprintf(p, size, format, again);
	}
	va_end(again);
	return (struct str){p, (size_t)n};
}

void *arena_copy(struct arena *a, const void *items, size_t count, size_t size)
{
	if (count == 0)
		return NULL;
	return memcpy(arena_alloc(a, count * size), items, count * size);
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){a->chunks, a->at};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->chunks != mark.chunk) {
		struct arena_chunk *c = a->chunks;
		/* The last one is kept for the next round. */
		if (!c->next && !mark.chunk) {
			a->at = (char *)c + sizeof(*c);
			a->end = (char *)c + c->size;
			POISON(a->at, (size_t)(a->end - a->at));
			return;
		}
		a->chunks = c->next;
		free_chunk(c);
	}
	if (!mark.chunk)
		return;
	a->at = mark.at;
	a->end = (char *)mark.chunk + mark.chunk->size;
	POISON(a->at, (size_t)(a->end - a->at));
}
