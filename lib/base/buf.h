/*
 * A growing text. Invariants, as git's strbuf has them: p is never NULL after
 * buf_init, p[n] is NUL. A buffer has a maximum: what would pass it is not
 * added and sets `overflow`, which the caller checks once, at the end.
 */
#ifndef KITH_BASE_BUF_H
#define KITH_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, max;
	bool overflow;
};

/* max: in bytes; 0 for none. */
void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* Empty again, with its memory kept. */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *z);
void buf_addc(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t count);
void buf_printf(struct buf *b, const char *format, ...) ATTR_PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *format, va_list args) ATTR_PRINTF(2, 0);
/* Room for n more bytes, to be written at the returned place; see buf_took. NULL past the maximum.
 */
char *buf_room(struct buf *b, size_t n);
void buf_took(struct buf *b, size_t n);
/* Cuts to n bytes. */
void buf_cut(struct buf *b, size_t n);

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

#endif
