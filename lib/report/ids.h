/*
 * The ids by which a page's items are known again: `^`, the kind's letter,
 * `-`, and the first 7 letters of the lower-case base32 (RFC 4648) of the
 * FNV-1a 64, big-endian, of `kind NUL slug NUL text NUL occurrence`.
 */
#ifndef KITH_REPORT_IDS_H
#define KITH_REPORT_IDS_H

#include <stddef.h>

#include "base/str.h"
#include "insight/week.h"

#define ID_SIZE 10 /* `r-krzn5ew` and a NUL */

/* occurrence: counting equal ones in the contact's file, from 0. */
void id_make(char out[ID_SIZE], char kind, struct str slug, struct str text, size_t occurrence);

/* The ids of things in a journal. */
void id_of_person(char out[ID_SIZE], const struct contact *contact);
void id_of_date(char out[ID_SIZE], const struct contact *contact, size_t which);
void id_of_task(char out[ID_SIZE], const struct contact *contact, const struct task *task);
void id_of_entry(char out[ID_SIZE], const struct contact *contact, const struct entry *entry);
void id_of_item(char out[ID_SIZE], const struct journal *journal, const struct item *item);

/*
 * The id at the end of a line (after ` ^`), as a slice of it; p == NULL where
 * it ends in none.
 */
struct str id_at_end(struct str line);

#endif
