/* Values that could not stay, under `merged` in the front matter. */
#ifndef KITH_MERGE_KEPT_H
#define KITH_MERGE_KEPT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "merge/pieces.h"
#include "note/yaml.h"

struct kept_value {
	struct str path;        /* of its key: `title`, `phone.mobile` */
	struct str text, stays; /* in words */
};

struct kept_values {
	struct kept_value *items;
	size_t count, cap;
};

void kept_add(struct kept_values *kept, struct kept_value value, struct arena *arena);

/* A value in words, as one text. */
struct str kept_words(struct str image, const struct yaml_node *node, struct arena *arena);

/*
 * Writes them into *bytes, but for those that stand there already, which leave the list. Where
 * `merged` is the person's own key, under `merged_values`. KITH_FAILED where the bytes cannot be
 * read.
 */
int kept_write(struct str *bytes, struct kept_values *kept, const struct piece_reader *reader,
	       struct kith_error *err) ATTR_MUST_CHECK;

#endif
