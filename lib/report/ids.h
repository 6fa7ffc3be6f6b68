/*
 * The ids by which a page's items are known again: `^`, the kind's letter,
 * `-`, and the first 7 letters of the lower-case base32 (RFC 4648) of the
 * FNV-1a 64, big-endian, of `kind NUL slug NUL text NUL occurrence`.
 */
#ifndef KITH_REPORT_IDS_H
#define KITH_REPORT_IDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "insight/items.h"

#define ID_SIZE 10 /* `r-krzn5ew` and a NUL */

/* occurrence: counting equal ones in the contact's file, from 0. */
void id_make(char out[ID_SIZE], char kind, struct str slug, struct str text, size_t occurrence);

/*
 * The ids of a journal's things. Occurrences are counted once a contact, when
 * it is first asked for, so that a file of many equal lines costs no more.
 */
struct ids;

/* The journal must live as long. Not thread-safe. */
struct ids *ids_new(const struct journal *journal);
void ids_free(struct ids *ids);

void id_of_person(char out[ID_SIZE], const struct contact *contact);
/* Of a date, a task or an entry in the file of the item's contact. */
void id_of_item(char out[ID_SIZE], struct ids *ids, const struct item *item);

/* What an id is made of beside the slug. */
struct id_thing {
	char letter;   /* 0 for a birthday that is not there */
	char group;    /* with whom it is counted */
	civil_day day; /* of an entry, whose id is made of `DATE text`; else NO_DAY */
	struct str text;
	uint32_t occurrence; /* how many equal ones of its group stand before it */
};

/* The id that it has, or would have with another slug or text. */
void id_of_thing(char out[ID_SIZE], const struct id_thing *thing, struct str slug, struct str text);

/* All that has an id in a contact's file: the tasks, the entries, the birthday, the other dates. */
const struct id_thing *ids_of_contact(struct ids *ids, uint32_t who, size_t *count);

/*
 * The task or entry of the contact's own file that has that id; NULL for none. Also the entry
 * that such a plan became when its text was added to (change/plan_edits.h).
 */
const struct task *id_find_task(struct ids *ids, uint32_t who, struct str id);
const struct entry *id_find_entry(struct ids *ids, uint32_t who, struct str id);
/* The same for a date, or the birthday; false for none. */
bool id_find_date(size_t *which, struct ids *ids, uint32_t who, struct str id);

/*
 * The last id in a line (after ` ^`, before a blank or the end), as a slice of it; p == NULL where
 * there is none. What stands after it is the person's.
 */
struct str id_in_line(struct str line);

#endif
