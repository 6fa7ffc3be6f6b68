/*
 * A judge of edits that shares nothing with what makes them but the readers:
 * what a file said before and says after, side by side.
 */
#ifndef KITH_FAULT_JUDGE_H
#define KITH_FAULT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "note/note.h"
#include "people/config.h"
#include "people/contact.h"

/* A scalar of the front matter. */
struct leaf {
	struct str key;  /* at the top, as it is spelled */
	struct str path; /* of labels below it: `/home`; list items add nothing */
	struct str text;
};

struct side {
	struct str image;
	struct note note;
	struct contact contact;
	struct diag diag;
	size_t faults; /* in the front matter as YAML */
	struct leaf *leaves;
	size_t leaves_count;
	struct arena arena, scratch;
};

/* The one stretch that differs; of several that would do, the last and the first one. */
struct stretch {
	size_t from, was_to, is_to;
};

void side_read(struct side *side, struct str image, const struct config *config);
void side_release(struct side *side);

/* Each returns NULL, or what is wrong, in arena. */

/* Nothing of the body, nor of the front matter but that key's lines; comments stay. */
const char *judge_front(const struct side *was, const struct side *is, struct str key,
			struct arena *arena);
/* Other keys hold what they held, in their order; same: two keys that mean the same. */
typedef bool judge_same(struct str a, struct str b);
const char *judge_others(const struct side *was, const struct side *is, struct str key,
			 judge_same *same, struct arena *arena);
/* Bytes were only put in, or (taken) only taken out, all of it in the body. */
const char *judge_pure(const struct side *was, const struct side *is, bool taken,
		       struct arena *arena);
/* The line ends that were written are the file's own. */
const char *judge_line_ends(const struct side *was, const struct side *is, struct arena *arena);
/* The old headings are there, in order, with at most one more. */
const char *judge_headings(const struct side *was, const struct side *is, struct arena *arena);

/*
 * The entries are the same but for one that is more (or, taken, less); *at:
 * its place in the longer list.
 */
const char *judge_entries(const struct side *was, const struct side *is, bool taken, size_t *at,
			  struct arena *arena);
/* The tasks likewise; with `changed`, as many as before, and one that differs. */
enum judge_how { JUDGE_SAME, JUDGE_MORE, JUDGE_CHANGED };
const char *judge_tasks(const struct side *was, const struct side *is, enum judge_how how,
			size_t *at, struct arena *arena);

struct stretch judge_stretch(struct str was, struct str is, bool last);

#endif
