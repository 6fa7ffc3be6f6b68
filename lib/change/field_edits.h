/*
 * `KEY=VALUE` as a person types it, and what it does to a contact's front
 * matter. The synonym that a file uses is kept; a value is checked by its
 * key's type before anything is written; the result is verified (see
 * note/edit.h and people/differences.h): that field and no other.
 */
#ifndef KITH_CHANGE_FIELD_EDITS_H
#define KITH_CHANGE_FIELD_EDITS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "note/edit.h"
#include "people/config.h"
#include "people/contact.h"
#include "people/keys.h"

struct field_edit {
	enum edit_verb verb; /* KEY=VALUE, KEY+=VALUE, KEY-=VALUE, KEY= */
	struct str key;      /* as typed; also `phone.mobile`, of a key that has labels */
	struct str value;
};

struct field_edits {
	struct field_edit *items;
	size_t count;
	/* Of the file, by whose name a `title` may be the person's; p == NULL where it has none. */
	struct str path;
};

/*
 * Reads words: `org=Analytical Engines title=CTO`, where words that begin no
 * KEY=VALUE continue the value before. A KEY is letters first, then letters,
 * digits, `_`, `-`, brackets (`EMAIL[HOME]`) and blanks: in `url=https://x.y/?a=b` and `bio=see
 * https://x.y/?a=b` there is one, in `bio=x y=z` there are two. KEY.LABEL is
 * one value of a key that has labels. KEY= with
 * nothing after it is EDIT_REMOVE. KITH_INVALID where the first word begins
 * none, and where `+=` or `-=` have no value. Texts point into the words or
 * live in the arena.
 */
int field_edits_parse(struct field_edits *out, const char *const *words, size_t count,
		      struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* Whether a word begins a KEY=VALUE, KEY+=VALUE, KEY-=VALUE or KEY=. */
bool field_edits_begins(struct str word);

/*
 * Checks each value by its key: dates (words too: `snooze=in 3 weeks`,
 * `met=last friday`; written as 2026-11-30), intervals and names of cadences,
 * statuses, birthdays, e-mails of at least one `@`. A snooze may be an
 * interval, from today. A link may be a bare slug or name and is written
 * `[[slug]]`; `knows` may name the relation (`knows=sister: ada-lovelace`).
 * Lists split at commas where the contract does (tags). A key that looks like
 * a slip is refused with the right one (KITH_INVALID); force: not. What is
 * taken away need not be valid.
 */
int field_edits_check(struct field_edits *edits, const struct config *config, civil_day today,
		      bool force, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Adds to checked edits what takes out of `merged` what they settle: of a key that is set all that
 * is kept for it, of one that is added to what is added. The items are copied into the arena.
 * Returns whether one of them takes such a value.
 */
bool field_edits_settle(struct field_edits *edits, const struct contact *contact,
			struct arena *arena);

/*
 * Adds to checked edits of org or title what `formerly` keeps of them (change/former.h), unless
 * one is of that key itself, or the settings turn it off. The items are copied into the arena.
 */
void field_edits_keep_former(struct field_edits *edits, const struct contact *contact,
			     const struct config *config, civil_day today, struct arena *arena);

/*
 * Applies checked edits one after the other; the whole new file, appended to
 * out. Of two synonyms in the file the one that wins is edited; where all of
 * them count (tags and the like) a set value is the only one left, and KEY=
 * takes all away. What a list holds already is not added again: then the file
 * stays as it is. For what is taken, case does not count, nor a `#`, a label
 * or the brackets of a link. A `title` that is the note's title, and no role,
 * is left alone; one that is the name goes with the name. What is not there need not be taken or
 * removed: that is no change. KITH_FAILED where the file is in the way.
 */
int field_edits_apply(struct buf *out, struct str image, const struct config *config,
		      const struct field_edits *edits, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * One checked edit of these, unverified, for who makes many and verifies them
 * together. *image becomes the new file, in the arena; on failure it may hold
 * a part of the edit.
 */
int field_edits_apply_one(struct str *image, struct str path, const struct config *config,
			  const struct field_edit *edit, struct arena *arena,
			  struct kith_error *err) ATTR_MUST_CHECK;

#endif
