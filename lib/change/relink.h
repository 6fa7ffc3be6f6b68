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
#include "base/error.h"
#include "base/str.h"
#include "people/journal.h"

struct relink {
	struct str slug, to_slug;
	struct str path, to_path; /* below the journal, `.md` included */
};

/*
 * The file's bytes with the links rewritten, appended to out; path: the
 * file's own, for relative links. Code (fenced, and between backticks) is
 * left alone. Returns whether anything changed.
 */
bool relink_file(struct buf *out, const struct relink *relink, struct str path, struct str image);

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
