/*
 * The ids by which a page's items are known again: `^`, the kind's letter,
 * `-`, and the first 7 letters of the lower-case base32 (RFC 4648) of the
 * FNV-1a 64, big-endian, of `kind NUL slug NUL text NUL occurrence`.
 */
#ifndef KITH_REPORT_IDS_H
#define KITH_REPORT_IDS_H

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
/* The id of a date, a task or an entry of the contact `who`, by its place in the contact's list. */
void id_of_date(char out[ID_SIZE], struct ids *ids, uint32_t who, size_t which);
void id_of_task(char out[ID_SIZE], struct ids *ids, uint32_t who, const struct task *task);
void id_of_entry(char out[ID_SIZE], struct ids *ids, uint32_t who, const struct entry *entry);
void id_of_item(char out[ID_SIZE], struct ids *ids, const struct item *item);

/* How many equal ones stand before it in the contact's file, as its id has it. */
size_t id_occurrence_of_date(struct ids *ids, uint32_t who, size_t which);
size_t id_occurrence_of_task(struct ids *ids, uint32_t who, const struct task *task);
size_t id_occurrence_of_entry(struct ids *ids, uint32_t who, const struct entry *entry);

/* The task or entry of the contact's own file that has that id; NULL for none. */
const struct task *id_find_task(struct ids *ids, uint32_t who, struct str id);
const struct entry *id_find_entry(struct ids *ids, uint32_t who, struct str id);

/*
 * The id at the end of a line (after ` ^`), as a slice of it; p == NULL where
 * it ends in none.
 */
struct str id_at_end(struct str line);

#endif
