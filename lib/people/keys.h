/* The keys of front matter that mean something, and the synonyms that are read for them. */
#ifndef KITH_PEOPLE_KEYS_H
#define KITH_PEOPLE_KEYS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum key {
	KEY_NAME,
	KEY_GIVEN,
	KEY_FAMILY,
	KEY_ALIASES,
	KEY_EMAIL,
	KEY_PHONE,
	KEY_URL,
	KEY_ADDRESS,
	KEY_ORG,
	KEY_TITLE,
	KEY_LOCATION,
	KEY_TIMEZONE,
	KEY_TAGS,
	KEY_INTERESTS,
	KEY_CADENCE,
	KEY_TIER, /* tier, circle, category: a cadence where their value is a name of one */
	KEY_LAST_CONTACT,
	KEY_STATUS,
	KEY_SNOOZE,
	KEY_BIRTHDAY,
	KEY_MET,
	KEY_INTRODUCED_BY,
	KEY_KNOWS,
	KEY_DATES,
	KEY_UID,
	KEY_COUNT,
	KEY_UNKNOWN = KEY_COUNT,
};

/*
 * Which key a text is, without regard to case and with `-`, `_` and space
 * alike. *rank: 0 for the key's own name, higher for synonyms, in the order
 * in which they win.
 */
enum key key_find(struct str text, int *rank);

/* Whether two keys are the same but for case and `-`, `_`, space. */
int key_compare(struct str a, struct str b);

/* The known key that an unknown one looks like a slip of; NULL where it looks like none. */
const char *key_nearest(struct str text);

#endif
