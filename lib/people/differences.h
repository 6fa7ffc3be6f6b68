/*
 * What differs between two readings of one contact's file, in the domain's
 * terms: fields, entries, tasks. An edit is verified by it, a commit's
 * message is made from it, and history tells by it.
 *
 * Equal entries and tasks are paired first, wherever in the file they stand
 * now; then, among what is left, those that say the same thing but for a part
 * of it (a task that was closed, an entry whose text was corrected). Both
 * contacts are as contact_read leaves them: what follows `with` is compared
 * as it is written.
 *
 * An entry is compared by what struct entry says and by its further lines,
 * indentation and blank lines apart; a task in it stands for itself, and its
 * first line belongs to no entry. A task is compared by what struct task says
 * and by its other tags; further lines of it belong to the entry around it,
 * else to the text. Comments, order of keys and ways of writing are no
 * difference, nor is the order of tags, aliases, interests and links.
 */
#ifndef KITH_PEOPLE_DIFFERENCES_H
#define KITH_PEOPLE_DIFFERENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/contact.h"
#include "people/keys.h"

enum difference_kind {
	DIFFERENCE_FIELD, /* the value of a key */
	DIFFERENCE_ENTRY_ADDED,
	DIFFERENCE_ENTRY_REMOVED,
	DIFFERENCE_ENTRY_CHANGED,
	DIFFERENCE_TASK_ADDED,
	DIFFERENCE_TASK_REMOVED,
	DIFFERENCE_TASK_CHANGED,
	DIFFERENCE_TEXT, /* other text of the body; at most once */
};

#define NO_PLACE ((size_t)-1)

struct difference {
	enum difference_kind kind;
	/*
	 * Of a field; KEY_UNKNOWN for one of the user's own. KEY_NAME also for
	 * given and family names and the heading that is the name, unless the
	 * name stays the same. KEY_CADENCE also for a tier that is one.
	 * KEY_TAGS are those of the front matter alone.
	 */
	enum key key;
	struct str key_text;       /* the key as the contract names it, or the user's own */
	struct strs before, after; /* a field's values in words, as one would type them; none
				      where the key is not there */
	size_t was, is;            /* places among the entries or tasks of either; NO_PLACE */
	bool headings;             /* of the text: only headings came, went or moved */
};

struct differences {
	/* Fields in the order of keys, the user's own by name; then entries and tasks, each in
	 * the new order and then those that went; then text. */
	struct difference *items;
	size_t count;
};

/* Both contacts must live as long as the result, which lives in the arena. */
void differences_find(struct differences *out, const struct contact *before,
		      const struct contact *after, struct arena *arena);

/* Whether they say the same thing by their structs: places in the file and further lines apart. */
bool differences_same_entry(const struct entry *a, const struct entry *b);
bool differences_same_task(const struct task *a, const struct task *b);

#endif
