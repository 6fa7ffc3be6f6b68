/*
 * The laws of merging, held to any three versions of a file. What was added and taken away is
 * judged by facts (facts.h), the rest by bytes.
 */
#ifndef KITH_MERGE_LAWS_H
#define KITH_MERGE_LAWS_H

#include "triples.h"

enum merge_law {
	LAW_NONE,
	LAW_ONE_SIDE, /* what one side alone changed is that side's, to the byte */
	LAW_ORDER,    /* both orders say the same; and are the same where no single value clashes */
	LAW_KEPT,     /* what one side added and none took away stands in the result */
	LAW_CLEAN,    /* three versions without a finding give one without */
	LAW_AGAIN,    /* what is merged already changes nothing */
	LAW_TAKEN,    /* a key that one side left as it was says what the other says */
	LAW_WORDS,    /* no word that stands in none of the three, but for what tells of a clash */
	LAW_ENDS,     /* line ends of the side that changed them all, else ours */
	LAW_DONE,     /* no refusal; versions that can be read are merged; the result is bounded */
	LAW_COUNT,
};

/* The names as they are told. */
extern const char *const merge_law_names[LAW_COUNT];

struct verdict {
	enum merge_law law;
	const char *why; /* in the arena */
	bool unread;     /* a version could not be read: nothing to judge */
	size_t broken;   /* versions of which something is wrong with the front matter */
	bool again;      /* it was merged once more */
	size_t clashes;  /* decisions */
	struct str result;
};

void laws_judge(struct verdict *out, const struct triple *triple, const struct config *config,
		struct arena *arena);

/*
 * Takes lines and words out of all three as long as the same law is broken and no more versions
 * are. The texts live in the arena.
 */
void laws_shrink(struct triple *triple, const struct verdict *verdict, const struct config *config,
		 struct arena *arena);

#endif
