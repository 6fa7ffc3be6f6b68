#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.p = mem_alloc(64), .cap = 64, .max = max};
	b->p[0] = '\0';
}

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->overflow = false;
	b->p[0] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	size_t max = b->max ? b->max : SIZE_MAX / 2;
	if (n > max || b->n > max - n) {
		b->overflow = true;
		return NULL;
	}
	size_t need = b->n + n + 1;
	if (need > b->cap) {
		b->cap = need > b->cap * 2 ? need : b->cap * 2;
		b->p = mem_realloc(b->p, b->cap, 1);
	}
	return b->p + b->n;
}

void buf_took(struct buf *b, size_t n)
{
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_add(struct buf *b, struct str s)
{
	char *at = s.n ? buf_room(b, s.n) : NULL;
	if (!at)
		return;
	memcpy(at, s.p, s.n);
	buf_took(b, s.n);
}

void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, str_of(z));
}

void buf_addc(struct buf *b, char c)
{
	buf_fill(b, c, 1);
}

void buf_fill(struct buf *b, char c, size_t count)
{
	char *at = buf_room(b, count);
	if (!at)
		return;
	memset(at, c, count);
	buf_took(b, count);
}

void buf_vprintf(struct buf *b, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *at = n < 0 ? NULL : buf_room(b, (size_t)n);
	if (!at)
		return;
	vsnprintf(at, (size_t)n + 1, format, args);
	buf_took(b, (size_t)n);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprintf(b, format, args);
	va_end(args);
}

void buf_cut(struct buf *b, size_t n)
{
	if (n < b->n)
		b->n = n;
	b->p[b->n] = '\0';
}
