/*
 * What a file says, read simply: the values of its front matter, the lines of its body, the texts
 * and the fields of its tasks. Stands on the readers of bytes alone and knows nothing of merging,
 * so that it can judge it.
 */
#ifndef KITH_MERGE_FACTS_H
#define KITH_MERGE_FACTS_H

#include "merge/merge.h"

/* where: `=org`, `=phone.mobile` of a value, by the key that it means; `item`, `task` or `line` of
 * a line; `field` of a task and, together with that, `field of TEXT`. */
struct merge_fact {
	struct str where, text;
};

struct merge_facts {
	struct merge_fact *items; /* by where and text */
	size_t count;
	bool
	    crowded; /* a key twice, or not at the beginning of its line: `{name: Ada}`, `? name` */
	bool odd; /* `merged` is the person's own, or a value begins with a blank: not to be judged
		   */
	bool broken; /* something is wrong with the front matter, or it has marks of a conflict */
};

/* Lives in the arena, and points into image. */
void merge_facts_read(struct merge_facts *out, enum merge_kind kind, struct str image,
		      struct arena *arena);

/* How often it is said. */
size_t merge_facts_count(const struct merge_facts *facts, struct str where, struct str text);

int merge_fact_order(const void *a, const void *b);

#endif
