/* The two files that become one, as they read, and how one is made to speak of the other's person.
 */
#ifndef KITH_CHANGE_UNITE_SIDE_H
#define KITH_CHANGE_UNITE_SIDE_H

#include "change/unite.h"
#include "note/note.h"
#include "people/contact.h"

/* One of the two files, as it reads. */
struct unite_side {
	struct str image;
	struct contact contact;
	struct note note;
};

struct uniting {
	const struct relink *relink;
	const struct config *config;
	struct unite_side who, other;
	struct str name;       /* the other's */
	struct strs called;    /* the keys of what the two are called, sorted */
	size_t indent;         /* of the keys of who */
	size_t edits;          /* of their front matter, so far */
	struct contact before; /* who, as it was */
	struct unite_told *told;
	struct arena *arena;
	struct kith_error *err;
};

/* Reads bytes, which must live as long. */
void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image);

/*
 * Both as if they were one person's already: they are not each other's company, and do not know
 * themselves; the other's name is an alias. They are read again.
 */
int unite_as_one(struct uniting *u) ATTR_MUST_CHECK;

#endif
