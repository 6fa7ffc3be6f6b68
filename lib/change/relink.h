/*
 * Rewrites the links to one contact, when it gets another file name: in the
 * texts of contacts and reviews, outside code, and the ids of a review's
 * items, which are made from the slug and from texts that hold such links.
 * Labels, headings and block ids after the target stay. Links by name stay
 * too: the old name remains an alias.
 */
#ifndef KITH_CHANGE_RELINK_H
#define KITH_CHANGE_RELINK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "people/journal.h"

struct relink {
	struct str slug, to_slug;
	struct str path, to_path; /* below the journal, `.md` included */
};

/* The repository around the journal, for its other notes. */
struct relink_place {
	struct str below;      /* the journal's folder in it; "" or ending in '/' */
	struct strs namesakes; /* other notes with the contact's file name, by path in it */
};

/*
 * The file's bytes with the links rewritten, appended to out; path: the
 * file's own below the journal, for relative links. A link is what note/hrefs.h
 * says. Verified: each that is rewritten reads as one to the new place, else
 * nothing is. Returns whether anything changed.
 */
bool relink_file(struct buf *out, const struct relink *relink, struct str path, struct str image);

/*
 * The same for a note of the repository that is none of the journal's; path may begin with
 * `../`. A name that another note has, too, is left alone.
 */
bool relink_note(struct buf *out, const struct relink *relink, const struct relink_place *place,
		 struct str path, struct str image);

/* Warns of each link to the contact that a rewritten note still has. place: NULL for the journal's
 * own. */
void relink_tell_left(struct diag *out, const struct relink *relink,
		      const struct relink_place *place, struct str path, struct str image);

/*
 * The same for a contact, where front matter may name a slug without
 * brackets. Verified: the same entries and tasks on the same days, the same
 * values but for links. KITH_FAILED where it would not be so. path: NUL-terminated.
 */
int relink_contact(struct buf *out, const struct relink *relink, const struct config *config,
		   struct str path, struct str image, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Contacts whose links cannot all be seen: those that cannot be read, and
 * those in which something is wrong and the old slug stands somewhere after
 * their links are rewritten. Their paths, in the arena.
 */
void relink_unsure(struct strs *out, const struct relink *relink, const struct journal *journal,
		   struct arena *arena);

/* Ids of review items that become others. */
struct relink_ids;

/* From the journal as it is before. Free it with relink_ids_free. */
struct relink_ids *relink_ids_new(const struct journal *journal, const struct relink *relink);
void relink_ids_free(struct relink_ids *ids);

/* A review's bytes with links and ids rewritten, appended to out; whether anything changed. */
bool relink_review(struct buf *out, const struct relink *relink, const struct relink_ids *ids,
		   struct str path, struct str image);

#endif
