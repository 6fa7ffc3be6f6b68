/*
 * The entries of a contact's file as they stand in its log: in which section,
 * in which order, in which groups (`### 2026`), and beside which of them one
 * of another day goes.
 */
#ifndef KITH_CHANGE_LOG_H
#define KITH_CHANGE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/note.h"
#include "people/config.h"
#include "people/contact.h"

/* An entry with its block and the innermost heading around it. */
struct log_entry {
	const struct entry *entry;
	const struct block *block;
	const struct block *group; /* NULL for none */
};

/* A section for entries. */
struct log_section {
	const struct block *heading; /* NULL: the body, where entries stand without a section */
	const struct log_entry *entries;
	size_t count;
};

/* A file's entries, its headings, and its log. */
struct log {
	const struct note *note;
	struct log_entry *all;
	size_t all_count;
	const struct block **headings; /* that are no entries and stand in none */
	size_t heading_count;
	struct log_section section; /* the first for the log that holds entries, else the first,
				       else one of lives with entries, else the body */
	bool lives;                 /* only what names a channel or people counts in it */
	bool oldest_first; /* as most of its entries run; newest first where that is open */
};

/* Reads them from a note and what contact_read made of it, which must live as long. */
void log_find(struct log *log, const struct note *note, const struct contact *contact,
	      const struct config *config, struct arena *arena);

/* What stands under a heading of the file. */
struct log_section log_section_of(const struct log *log, const struct block *heading);

/* The heading in the section that is named after the narrowest time around a day; or NULL. */
const struct block *log_group_of(const struct log *log, civil_day day);
/* Whether a heading stands in the section, below its own. */
bool log_holds(const struct log *log, const struct block *heading);
/* The outermost heading around a group, itself included, that is named after a time; or NULL. */
const struct block *log_time_around(const struct log *log, const struct block *group);

/* The place beside an entry of the section. */
struct log_spot {
	size_t place;
	bool after; /* after it, not before it */
};

/*
 * By date, among the entries of a group (NULL: all of the section); before
 * those of the same day where the newest come first, else after them. False
 * where there are none.
 */
bool log_find_spot(struct log_spot *spot, const struct log *log, const struct block *group,
		   civil_day day);

#endif
