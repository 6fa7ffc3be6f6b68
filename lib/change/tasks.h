/*
 * Writes tasks into a contact's bytes: new ones under the file's `## Next`
 * (task_heading; made before the log when missing), fields at their end in
 * the style of the file (Dataview's, or Obsidian Tasks' emoji). Pure functions
 * of bytes; each verifies its result and refuses with KITH_FAILED.
 */
#ifndef KITH_CHANGE_TASKS_H
#define KITH_CHANGE_TASKS_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "people/config.h"
#include "people/task.h"

/* A task to be written. */
struct task_text {
	struct str text;        /* one line, with tags of give and ask in it */
	civil_day created, due; /* due: NO_DAY for none */
	bool waiting, topic;    /* #waiting, #topic before the text */
};

/*
 * Where an open task of the same kind says the same, it gets the new day where
 * it stands; KITH_EXISTS where that is no other.
 */
int tasks_add(struct buf *out, struct str image, const struct config *config,
	      const struct task_text *task, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Tasks of another file's note, by their blocks (items), written as they
 * stand there, one below the other, with all that belongs to them.
 */
int tasks_add_raw(struct buf *out, struct str image, const struct config *config,
		  const struct note *note, const struct block *const *tasks, size_t count,
		  struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Gives a task, open or not, another state, day it was done or dropped, and due day: those of
 * want. which: of it the text and the kind count; of several equal ones it is the occurrence-th
 * from 0. Fields that come stand before a ^block-id, and go as they came; KITH_FAILED where one
 * is written otherwise. KITH_NOT_FOUND where no task is that one; KITH_INVALID for one that
 * repeats: the program that owns it closes it.
 */
int tasks_turn(struct buf *out, struct str image, const struct config *config,
	       const struct task *which, size_t occurrence, const struct task *want,
	       struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Takes a task out with all that belongs to it: as tasks_turn finds it. KITH_NOT_FOUND where no
 * task is that one, KITH_FAILED where more would go.
 */
int tasks_take(struct buf *out, struct str image, const struct config *config,
	       const struct task *which, size_t occurrence, struct kith_error *err) ATTR_MUST_CHECK;

#endif
