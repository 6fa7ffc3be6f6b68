/* When tasks were made and closed, where their fields do not say it and history does. */
#ifndef KITH_CHANGE_CLOSED_H
#define KITH_CHANGE_CLOSED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "change/history.h"
#include "insight/todo.h"

/* Whether a day is missing among closed tasks (todo_add_closed). */
bool closed_is_missing(const struct todo *todo);

/*
 * Fills in missing days: that of the commit in which a task of this text was there first, and in
 * which it was last closed. Their tasks must not be shared. order: git, repo, below and config
 * count. What was there when history began stays open.
 */
int closed_fill(struct todo *todo, const struct history_order *order, struct arena *arena,
		struct kith_error *err) ATTR_MUST_CHECK;

#endif
