/* The pieces of a body: headings, entries, tasks, items and other blocks. */
#ifndef KITH_MERGE_BODY_H
#define KITH_MERGE_BODY_H

#include "merge/pieces.h"

/* Of the text from an offset to the image's end. NULL where code or HTML in it never closes. */
struct sequence *body_pieces(const struct piece_reader *reader, struct str image, size_t from);

/* See pieces_open, of an item. */
struct sequence *body_open(const struct piece_reader *reader, struct str image,
			   struct merge_piece *piece);

/* The file with its body's last code or HTML closed, where that goes on to the end because nothing
 * closes it: what is put behind it would be of it. */
struct str body_close(struct str image, size_t from, struct arena *arena);

#endif
