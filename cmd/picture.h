/* A graph drawn by Graphviz's program `dot`, where that is installed. */
#ifndef KITH_CMD_PICTURE_H
#define KITH_CMD_PICTURE_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/* `dot`, which draws nothing, and what picture_draw knows; NULL ends them. */
extern const char *const graph_formats[];

/*
 * Adds what `dot -TFORMAT` (svg, png) makes of a graph to out, which sets how large it may become.
 * KITH_NOT_FOUND where there is no such program, else KITH_FAILED: also where it takes longer than
 * a minute, which large graphs do.
 */
int picture_draw(struct buf *out, const char *format, struct str graph,
		 struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Writes a picture or a graph to a file, from the current folder. KITH_EXISTS where something else
 * is there, which stays.
 */
int picture_write(const char *file, struct str bytes, struct kith_error *err) ATTR_MUST_CHECK;

#endif
