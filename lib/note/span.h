/* A stretch of a file's bytes, from `from` up to but not including `to`. */
#ifndef KITH_NOTE_SPAN_H
#define KITH_NOTE_SPAN_H

#include <stddef.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

struct span {
	size_t from, to;
};

static inline struct str span_str(struct str image, struct span span)
{
	return str_slice(image, span.from, span.to);
}

/* Where an offset stands for a reader: line from 1 (LF ends lines), column in characters from 1. */
struct place {
	int line, column;
};
struct place span_place(struct str image, size_t offset);

/* Notes a failure (base/error.h) at the line that holds an offset. Returns -1. */
int span_fail(struct kith_error *err, enum kith_status status, struct str image, size_t offset,
	      const char *format, ...) ATTR_PRINTF(5, 6);

#endif
