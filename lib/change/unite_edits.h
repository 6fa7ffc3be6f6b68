/*
 * The front matter of the file that stays, edit by edit; what the other's say
 * goes in as values, as the lines that they are, or under `merged`.
 */
#ifndef KITH_CHANGE_UNITE_EDITS_H
#define KITH_CHANGE_UNITE_EDITS_H

#include <stddef.h>

#include "change/unite_keys.h"
#include "change/unite_parts.h"
#include "note/edit.h"

struct unite_edits {
	struct uniting *u;
	struct str image;       /* the file as it is by now, in the arena */
	struct unite_keys has;  /* of the one that stays, as they were before, by name */
	struct unite_keys more; /* the other's, in the order of the file */
	civil_day last_contact; /* of the one that stays, as it is by now */
	struct buf lines;       /* the other's, to be put at the end */
	struct edit_value *merged;
	size_t merged_count, count;
};

/* image: front matter alone is enough; it must live as long. */
void unite_edits_init(struct unite_edits *e, struct uniting *u, struct str image);
void unite_edits_release(struct unite_edits *e);

/* One edit. Of those that bring something over u->told is not told here, but below. */
int unite_edits_run(struct unite_edits *e, const struct edit_front *edit) ATTR_MUST_CHECK;

/* A value more under a key, as `kith set KEY+=WORDS` has it. */
int unite_edits_add_words(struct unite_edits *e, enum key which, struct str words) ATTR_MUST_CHECK;

/* A value more under a key, which is made where it is missing; a list where there is no label. */
int unite_edits_add(struct unite_edits *e, struct str key, struct str label,
		    struct str text) ATTR_MUST_CHECK;

/* Another value instead of a key's. */
int unite_edits_set(struct unite_edits *e, struct str key, struct str text) ATTR_MUST_CHECK;

/*
 * A key of the other's that is missing, comments included: its lines, or its
 * value where lines cannot be copied. KITH_FAILED where neither can be.
 */
int unite_edits_bring(struct unite_edits *e, const struct yaml_node *key) ATTR_MUST_CHECK;

/* The other's value is put under `merged`; stays: what it differs from. */
void unite_edits_keep(struct unite_edits *e, struct str key, struct str stays, struct str kept);

/* All that was under the other's `merged` goes there, too; that is told of no more. */
void unite_edits_keep_merged(struct unite_edits *e, const struct edit_front *values);

/* Whether the key is `merged`. */
bool unite_edits_is_merged(struct str key);

/* Values of a text, a list or a map of texts of the other's; false for what is deeper. */
bool unite_edits_flatten(struct edit_front *out, const struct unite_edits *e,
			 const struct yaml_node *value);

/* The lines and values that wait for the end are put there. */
int unite_edits_finish(struct unite_edits *e) ATTR_MUST_CHECK;

#endif
