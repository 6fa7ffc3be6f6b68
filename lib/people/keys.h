/*
 * The keys of front matter that mean something. All that is known of one stands in its row of
 * keys.def, which tells how a key is added.
 */
#ifndef KITH_PEOPLE_KEYS_H
#define KITH_PEOPLE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum key {
#define KEY(id, ...) KEY_##id,
#include "people/keys.def"
#undef KEY
	KEY_COUNT,
	KEY_UNKNOWN = KEY_COUNT, /* one of the user's own */
};

/* What a value looks like, and so how it is read; in brackets: what struct contact has of it. */
enum key_shape {
	/* One value. */
	SHAPE_NAME, /* a text, or {first, last} */
	SHAPE_TEXT, /* (struct str) */
	SHAPE_DAY,  /* (civil_day) */
	SHAPE_CADENCE,
	SHAPE_TIER,
	SHAPE_STATUS,
	SHAPE_DECEASED, /* a day as it is written, or yes (struct str) */
	SHAPE_BIRTHDAY,
	SHAPE_ANNIVERSARY, /* a day that comes back, as it is written (struct str) */
	SHAPE_MET,         /* a day, a text, or both (civil_day) */
	/* Several. */
	SHAPE_TEXTS, /* (struct strs) */
	SHAPE_ORGS,  /* texts and links (struct strs) */
	SHAPE_TAGS,
	SHAPE_LABELLED,  /* texts with or without a label (struct values) */
	SHAPE_LINKS,     /* to people (struct relations) */
	SHAPE_RELATIONS, /* the same, which may be named: {sister: ada-lovelace} */
	SHAPE_DATES,
	SHAPE_MERGED, /* {key: [values]}, of what a merge kept (struct values) */
	SHAPE_OWN,    /* of KEY_UNKNOWN: anything */
	SHAPES,
};

/* How the values of two contacts unite into one's. */
enum key_unite {
	UNITE_USUAL,   /* lists value by value; of single values one stays, the other is kept */
	UNITE_SEVERAL, /* a list only where one side has several; of synonyms one counts */
	UNITE_LATER,   /* the later day */
	UNITE_EARLIER, /* the earlier day */
	UNITE_STATUS,  /* the one that says most: deceased before archived, paused, active */
};

/*
 * Sentences about a change: %n is the person, %v what came, or where nothing came what went. A
 * change for which there is none is told as `Change the phone of Ada Lovelace`.
 */
struct key_told {
	const char *first; /* there was none before */
	const char *more;  /* values came, none went */
	const char *other; /* values came, others went */
	const char *fewer; /* values went, others stay */
	const char *gone;  /* none is left */
	const char
	    *about; /* what is noted, changed or removed, where no other fits: "how %n was met" */
};

struct key_row {
	const char *name; /* as the contract names it */
	const char *noun; /* in a sentence; NULL: the key itself */
	enum key_shape shape;
	size_t at; /* where it is in struct contact, as the shape says */
	enum key_unite unite;
	/*
	 * What tells a labelled text from the label before it: it stands in the text's one word,
	 * or is "0": the text begins with a digit, `+` or `(`. NULL: only `: ` parts them.
	 */
	const char *mark;
	const char *json;   /* its key in JSON, where that is not its name */
	bool in_json;       /* a member of a person's model; people.c places the others itself */
	bool shown;         /* a line of its own in `kith show` */
	bool ahead;         /* a day to come, not one that was */
	unsigned in_review; /* its place in a line of What changed, from 1; 0: not told there */
	bool news;          /* a change of it is told even among many */
	struct key_told told;
	const char *help; /* what its values are, for kith-format(5): Markdown */
};

/* Also for KEY_UNKNOWN. */
const struct key_row *key_row(enum key key);
struct str key_name(enum key key);

/* Whether it may hold several values. KEY_UNKNOWN may. */
bool key_is_list(enum key key);

/* Whether values under all its synonyms count together; else those under one of them do. */
bool key_unites(enum key key);

/* Whether `KEY.LABEL` names one of its values, in a map of labels. */
bool key_has_labels(enum key key);

/*
 * Which key a text is, without regard to case and with `-`, `_` and space
 * alike. *rank: 0 for the key's own name, higher for synonyms, in the order
 * in which they win. What nobody sees in it (text_unseen) does not count.
 */
enum key key_find(struct str text, int *rank);

/* How a key may be called: its own name at rank 0, then synonyms; NULL past the last. */
const char *key_spelled(enum key key, int rank);

/*
 * Whether a synonym labels its values by itself, `mobile` a phone, `linkedin` a web address and
 * `EMAIL[HOME]` an e-mail: it stands beside the others of its key, and is set by its own name.
 */
bool key_is_label(struct str text);

/* That label: `mobile`, `HOME`; "" for none. */
struct str key_label(struct str text);

/* Where a key holds the first character that nobody sees; text.n for none. */
size_t key_unseen_at(struct str text);

/* Whether two keys are the same but for case and `-`, `_`, space. */
int key_compare(struct str a, struct str b);

/* The known key that an unknown one looks like a slip of; NULL where it looks like none. */
const char *key_nearest(struct str text);

#endif
