/* Who is in a journal already: the same name, e-mail address or telephone number. */
#ifndef KITH_PEOPLE_TWINS_H
#define KITH_PEOPLE_TWINS_H

#include "base/arena.h"
#include "people/contact.h"
#include "people/journal.h"

/* What is the same, the surest sign first. */
enum twin_sign { TWIN_NAME, TWIN_EMAIL, TWIN_PHONE };

struct twin {
	uint32_t who; /* a contact of the journal */
	enum twin_sign sign;
	struct str text; /* the name, address or number as it stands there */
};

struct twins {
	struct twin *items; /* in the journal's order, each contact once */
	size_t count;
};

/*
 * Those who share a name or alias (case, marks and spacing do not count), an
 * e-mail address, or a telephone number with a contact that need not be in
 * the journal. Numbers are compared by their digits, with the code of the
 * country or without. The list lives in the arena.
 */
void twins_find(struct twins *out, const struct journal *journal, const struct contact *contact,
		struct arena *arena);

/*
 * Gives a hint of two files that may be of one person by such a sign, unless one of them knows the
 * other, or more share it than one would have files of somebody. The time is that of sorting.
 */
void twins_report(struct journal *journal);

const char *twin_sign_name(enum twin_sign sign); /* "name", "e-mail", "phone" */

#endif
