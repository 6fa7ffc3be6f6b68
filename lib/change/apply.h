/*
 * Acting on a review: what a person ticked and wrote on a page goes into the
 * files, once. Three things are compared: what stands on the page
 * (change/wishes.h), what was applied (report/applied.h), and what the files say.
 * What is new is done; what was done and stands there no longer is taken back,
 * while it is as it was made. All of a page is one change, with the page's own
 * edit: the records, and the italics that tell what became of its items.
 */
#ifndef KITH_CHANGE_APPLY_H
#define KITH_CHANGE_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/error.h"
#include "change/change.h"
#include "change/entries.h"
#include "change/field_edits.h"
#include "change/tasks.h"
#include "change/wishes.h"
#include "git/git.h"
#include "people/journal.h"

/* One edit of a contact's file, of whichever kind. */
struct apply_edit {
	enum {
		APPLY_NOTHING,
		APPLY_ADD,
		APPLY_TAKE,
		APPLY_TASK,
		APPLY_UNTASK,
		APPLY_TURN,
		APPLY_PLAN,
		APPLY_SET
	} kind;
	struct entry_text entry; /* of APPLY_ADD */
	struct str line;         /* the entry of APPLY_TAKE, whole, or of APPLY_PLAN */
	struct entry_turn turn;  /* of APPLY_PLAN */
	struct task_text task;   /* of APPLY_TASK */
	struct task which, want; /* of APPLY_TURN; which: of APPLY_UNTASK, too */
	size_t occurrence;       /* likewise */
	struct field_edit field; /* of APPLY_SET */
};

/* One thing that is done, or taken back. */
struct apply_step {
	const struct wish *wish; /* NULL where it is taken back */
	size_t record;           /* what is taken back, or gives way; NO_PLACE */
	size_t before;           /* the step that has to succeed first; NO_PLACE */
	bool back, refused;
	bool later;          /* refused for now: it is tried again the next time */
	struct applied made; /* its record */
	uint32_t who, file;
	char letter;   /* of the item; 0 */
	struct str id; /* of the item that it stands in, to tell of it there; "" */
	civil_day day;
	struct apply_edit edit;
	struct str told; /* "logged a call with Ada Lovelace on Tue 24 Nov" */
};

struct apply_order {
	const struct journal *journal;
	civil_day today;
	struct str path;           /* of the page, below the journal */
	const struct git_api *git; /* to see when a tick came; NULL: it is today */
	struct git_repo *repo;
	struct str below; /* the journal's folder in the work tree */
};

struct apply_plan {
	struct apply_order order;
	civil_day monday;
	struct str before, after; /* the page; before.p == NULL where it is none of kith's */
	struct page page;
	struct wishes wishes;
	struct applied_list applied;
	struct ids *ids;
	struct apply_step *steps;
	size_t count, cap;
	struct str *images;       /* of each file of the journal, as the steps so far leave it */
	size_t records;           /* so many of them the page has */
	struct diag diag;         /* what was left alone, and why: errors wait for the person */
	struct reporter reporter; /* to it, by places in the page */
	struct change change;     /* of all files; its message told by apply_plan_tell */
	struct arena *arena;
};

/*
 * Finds what is to be done, and tries it on what the journal read. Fails where
 * the page cannot be read. What cannot be done is on plan->diag, and the rest
 * counts. The arena must live as long; release it in each case.
 */
int apply_plan_make(struct apply_plan *plan, const struct apply_order *order, struct arena *arena,
		    struct kith_error *err) ATTR_MUST_CHECK;
void apply_plan_release(struct apply_plan *plan);

/* How many things are done or taken back. */
size_t apply_plan_things(const struct apply_plan *plan);
/* Whether the page or a file changes. */
bool apply_plan_changes(const struct apply_plan *plan);

/*
 * Leaves out what is done to one file, because it cannot be written just now;
 * whether there was anything.
 */
bool apply_plan_refuse(struct apply_plan *plan, struct str path, const char *why);

/*
 * A page as the person left it before it was applied, from the commit's two states of it: what
 * was kith's is as it was, and marks and lines stay. was itself where it is no such page.
 */
struct str apply_unapplied(struct str was, struct str is, struct arena *arena);

#endif
