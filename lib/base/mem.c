#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void mem_die(void)
{
	static const char text[] = "kith: out of memory; no file is half-written\n";
	ssize_t ignored = write(2, text, sizeof(text) - 1);
	(void)ignored;
	_exit(1);
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		mem_die();
	return p;
}

void *mem_zalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);
	if (!p)
		mem_die();
	return p;
}

void *mem_realloc(void *p, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		mem_die();
	size_t bytes = count * size;
	void *moved = realloc(p, bytes ? bytes : 1);
	if (!moved)
		mem_die();
	return moved;
}

void *mem_grow(void *items, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 8;
	return mem_realloc(items, *cap, size);
}

void *mem_append(void *items, size_t *count, size_t *cap, const void *more, size_t more_count,
		 size_t size)
{
	if (more_count == 0)
		return items;
	if (*count + more_count > *cap) {
		*cap = *count + more_count;
		items = mem_realloc(items, *cap, size);
	}
	memcpy((char *)items + *count * size, more, more_count * size);
	*count += more_count;
	return items;
}
