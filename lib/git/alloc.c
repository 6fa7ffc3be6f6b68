#include "git/alloc.h"

#include <git2.h>
#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ALLOC_MAX ((size_t)1 << 31)

static void *get(size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return n > ALLOC_MAX ? NULL : mem_alloc(n);
}

static void *get_array(size_t count, size_t size, const char *file, int line)
{
	if (size && count > ALLOC_MAX / size)
		return NULL;
	return get(count * size, file, line);
}

static void *get_zeroed(size_t count, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return size && count > ALLOC_MAX / size ? NULL : mem_zalloc(count, size);
}

static void *resize(void *p, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return n > ALLOC_MAX ? NULL : mem_realloc(p, 1, n);
}

static void *resize_array(void *p, size_t count, size_t size, const char *file, int line)
{
	if (size && count > ALLOC_MAX / size)
		return NULL;
	return resize(p, count * size, file, line);
}

static char *copy_bytes(const char *text, size_t n, const char *file, int line)
{
	char *copy = n < ALLOC_MAX ? get(n + 1, file, line) : NULL;
	if (copy) {
		memcpy(copy, text, n);
		copy[n] = '\0';
	}
	return copy;
}

static char *duplicate_text(const char *text, const char *file, int line)
{
	return copy_bytes(text, strlen(text), file, line);
}

static char *copy_upto(const char *text, size_t n, const char *file, int line)
{
	const char *end = memchr(text, '\0', n);
	return copy_bytes(text, end ? (size_t)(end - text) : n, file, line);
}

void alloc_install(void)
{
	static const git_allocator allocator = {
	    .gmalloc = get,
	    .gcalloc = get_zeroed,
	    .gstrdup = duplicate_text,
	    .gstrndup = copy_upto,
	    .gsubstrdup = copy_bytes,
	    .grealloc = resize,
	    .greallocarray = resize_array,
	    .gmallocarray = get_array,
	    .gfree = free,
	};
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}
