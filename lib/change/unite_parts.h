/* What the parts of unite.h share, and nobody else needs. */
#ifndef KITH_CHANGE_UNITE_PARTS_H
#define KITH_CHANGE_UNITE_PARTS_H

#include "change/unite.h"
#include "note/note.h"
#include "people/contact.h"
#include "people/keys.h"

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
	struct unite_told *told;
	struct arena *arena;
	struct kith_error *err;
};

/* Reads bytes, which must live as long. */
void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image);

/* Whether a contact is called so: key is a name's text_key. */
bool unite_is_name(const struct uniting *u, const struct contact *c, struct str key);
bool unite_is_alias(const struct uniting *u, const struct contact *c, struct str key);

/* Whether a link's target or a plain name means one of the two. */
bool unite_is_self(const struct uniting *u, struct str target);

/*
 * The front matter: *image, of which it is that of u->who, becomes the file with
 * the other's values, in the arena.
 */
int unite_fronts(struct uniting *u, struct str *image);
/* Whether `now` holds all values of both. */
int unite_check_fronts(const struct uniting *u, const struct unite_side *now);

/* Entries without the two of them as each other's company, in the arena. */
struct str unite_drop_company(const struct uniting *u, const struct unite_side *side);
/* Entries, tasks and other text. */
int unite_bodies(struct uniting *u, struct str *image);

/*
 * All that a body says, fact by fact: an entry, a task, a line of other text,
 * whatever list mark, indentation or level of heading it has.
 */
struct unite_facts {
	struct str *items;
	size_t count;
};
/* Without those whose places are in `but`, by its blocks' starts (rising). */
void unite_facts_find(struct unite_facts *facts, const struct uniting *u,
		      const struct unite_side *side, const struct span *but, size_t count);
/* Whether now is all of the two, and new headings. */
int unite_check_bodies(const struct uniting *u, const struct unite_facts *who,
		       const struct unite_facts *other, const struct unite_facts *now);

/* Keys to find what says the same: the entry without its further lines, or with them. */
struct str unite_entry_key(const struct uniting *u, const struct unite_side *side, size_t entry,
			   bool whole);
struct str unite_task_key(const struct uniting *u, const struct unite_side *side, size_t task);
/* The lines below a block's first, trimmed, without marks of headings. */
struct str unite_lines_below(const struct uniting *u, struct str image, size_t offset, size_t to);

#endif
