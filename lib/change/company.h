/*
 * How those are called who stand after `with` in an entry. Only who reads the
 * journal knows: the rest of describe.h looks at one file at a time.
 */
#ifndef KITH_CHANGE_COMPANY_H
#define KITH_CHANGE_COMPANY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/journal.h"

struct company {
	int dir;           /* the journal's folder, open; the caller's */
	bool asked, known; /* whether it was read, and could be */
	struct journal
	    journal; /* everybody's front matter, read when somebody is first asked for */
};

void company_init(struct company *company, int dir);
void company_release(struct company *company);

/*
 * The names of those after `with` in an entry whose journal has not finished
 * it (entry->rest), in their order. A link to nobody is told by its text, and
 * so is each where the journal cannot be read, or company is NULL. Texts live
 * in the arena, or where rest does.
 */
struct strs company_names(struct company *company, struct str rest, struct arena *arena);

#endif
