/*
 * Whom a person means by a few words. Case and marks do not count, nor which
 * of blank, hyphen, dot and underscore stands between words.
 */
#ifndef KITH_PEOPLE_FIND_H
#define KITH_PEOPLE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/journal.h"

/* What fits, the surest first: the first kind that fits anybody decides. */
enum find_how {
	FIND_PATH,  /* the file, in the journal or relative to a folder above: ends with `.md` */
	FIND_SLUG,  /* `ada-lovelace`, `Ada.Lovelace` */
	FIND_NAME,  /* the whole name or an alias */
	FIND_EMAIL, /* a whole address */
	FIND_WORDS, /* whole words of name, aliases and slug, in any order */
	FIND_BEGINNINGS, /* beginnings of such words */
	FIND_NOBODY,
};

struct found {
	enum find_how how;
	uint32_t *who; /* contacts of the journal, in its order; in the arena */
	size_t count;
};

/*
 * Finds who is meant. Nobody is found by no words.
 */
void find_contacts(struct found *out, const struct journal *journal, struct str text,
		   struct arena *arena);

/*
 * Whose name is being typed: all whose slug, or whose name or an alias from one of its words on,
 * begins with the text. Everybody where it is empty.
 */
void find_begun(struct found *out, const struct journal *journal, struct str text,
		struct arena *arena);
/* The name or alias of such a one that begins so at one of its words; p == NULL for none. */
struct str find_begun_name(const struct contact *contact, struct str text, struct arena *arena);

/*
 * Of several, the only active one, but for paths and slugs. For commands that
 * show: into a file nothing is written by a guess.
 */
void find_prefer_active(struct found *found, const struct journal *journal);

/*
 * What is the same for each way to write a slug: `Ada.Lovelace` and
 * `ada-lovelace`. Slugs differ from names: blanks do not join their words. In
 * the arena, or text.
 */
struct str find_slug_key(struct str text, struct arena *arena);

/* At most `most` contacts whose names or slugs differ from the text by a slip, the nearest first.
 */
void find_near(struct found *out, const struct journal *journal, struct str text, size_t most,
	       struct arena *arena);

#endif
