/*
 * A task: a list item that begins with `[ ]` or `[x]` and has a text. Its days
 * are read as Dataview, Obsidian Tasks, todo.txt and plain words write them;
 * brackets around a field and a stop behind it belong to it.
 */
#ifndef KITH_PEOPLE_TASK_H
#define KITH_PEOPLE_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/reporter.h"
#include "note/span.h"

enum task_state { TASK_OPEN, TASK_DONE, TASK_DROPPED };

struct task {
	enum task_state state;
	size_t offset;                /* of the mark in the file */
	struct span block;            /* the item with all that is nested in it */
	struct str text;              /* without mark, fields, tags and ^block-id */
	civil_day due, created, done; /* done: or dropped; NO_DAY where it is not said */
	struct span due_at;           /* the due date in a field; empty where none is */
	bool waiting, topic, repeats;
	bool gave, got, asked;
};

/* Whether an item's content begins with a task's mark; *used: its bytes with the blanks after it.
 */
bool task_begins(struct str content, enum task_state *state, size_t *used);

/* Reads the task whose content is that stretch of image. False where it is none. */
bool task_read(struct task *out, struct str image, struct span content, struct span block,
	       struct arena *arena, struct reporter *reporter);

/* The bytes of a field that begins at an offset of a task's line, 0 for none; *name: which it is.
 */
size_t task_field(struct str line, size_t at, struct str *name);

/*
 * Whether it was open on a day in the past: made by then where that is
 * known, and not done by then.
 */
bool task_was_open(const struct task *task, civil_day day);

#endif
