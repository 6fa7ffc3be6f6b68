/* The pieces of front matter: keys with the comments before them, and what is in their values. */
#ifndef KITH_MERGE_FRONT_H
#define KITH_MERGE_FRONT_H

#include "merge/pieces.h"

/*
 * The keys between two offsets, of a map that may be NULL, and comments behind the last. NULL where
 * the lines are not what can be taken apart.
 */
struct sequence *front_keys(const struct piece_reader *reader, struct str image,
			    const struct yaml_node *map, struct span at);

/* See pieces_open, of a key, an element or a value. */
struct sequence *front_open(const struct piece_reader *reader, struct str image,
			    struct merge_piece *piece);

/* How many anchors, aliases and tags stand in a value: they are of its text. */
size_t front_marks(const struct yaml_node *node);
/* Whether the findings, so many, are of nothing else. */
bool front_is_whole(const struct yaml_node *root, size_t told);

#endif
