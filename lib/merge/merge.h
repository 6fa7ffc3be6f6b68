/*
 * Three versions of a file into one, piece by piece: a contact, a review's page, the settings.
 * Pure. What a person wrote on either side is in the result, each byte of which stands in one of
 * the three, but for `merged` and the comment of both kept.
 *
 * A file is a tree of pieces that cover its bytes: front matter, its keys, their items; the body's
 * sections, their entries, tasks and paragraphs. The three trees are walked together; a piece that
 * one side left as it was is the other side's. A table of kinds says what identity a piece has, and
 * what becomes of one that both sides changed.
 */
#ifndef KITH_MERGE_MERGE_H
#define KITH_MERGE_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "people/config.h"

/* The comment between what two versions say, where neither can go. */
#define MERGE_BOTH_KEPT NOTE_BOTH_KEPT

enum merge_kind {
	MERGE_NONE, /* none of kith's: git's text merge */
	MERGE_CONTACT,
	MERGE_REVIEW,
	MERGE_SETTINGS,
	/* Two contacts' files of one person, without a base: what means the same in other words is
	 * one, as ours has it, and of what stands at one place ours comes first. */
	MERGE_PERSON,
};

/* What a path in the journal is by the settings. */
enum merge_kind merge_kind_of(struct str path, const struct config *config);

/* The bytes of the three; p == NULL where there was no such file, which counts as an empty one. */
struct merge_versions {
	struct str base, ours, theirs;
};

/* What was decided for both sides. */
enum merge_what {
	MERGE_VALUE, /* ours stays, theirs is under `merged` */
	MERGE_BOTH,  /* both stay, with the comment between */
};

struct merge_decision {
	enum merge_what what;
	struct str key;          /* of a value: as under `merged`, `title`, `phone.mobile` */
	struct str stays, other; /* as they are written; of both, their first lines */
};

/* Texts and arrays live in the arena. */
struct merge_result {
	struct str bytes;
	struct merge_decision *decisions;
	size_t count;
	/* A side that cannot be read as its kind, and why: nothing was merged, and it is for git's
	 * text merge. p == NULL where all is well. */
	struct str unread;
};

/*
 * Merges. Whether anything was lost is judged before it is given: KITH_FAILED, naming it. The
 * settings are those by which all three are read.
 */
int merge_files(struct merge_result *out, enum merge_kind kind,
		const struct merge_versions *versions, const struct config *config,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

#endif
