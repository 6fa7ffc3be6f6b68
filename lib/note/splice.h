/* Bytes made from others: what every edit ends in. */
#ifndef KITH_NOTE_SPLICE_H
#define KITH_NOTE_SPLICE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "note/span.h"

/* A stretch of bytes, and what takes its place. */
struct splice {
	struct span at;
	struct str bytes;
};

/* The image with splices, which are in rising order and apart, appended to out. */
void splice_add(struct buf *out, struct str image, const struct splice *splices, size_t count);

/* The line end that the bytes around an offset use: "\n", "\r\n" or "\r". */
struct str splice_line_end(struct str image, size_t offset);

#endif
