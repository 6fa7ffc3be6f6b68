/* The model of the open tasks: what `todo` prints. */
#ifndef KITH_REPORT_TODO_H
#define KITH_REPORT_TODO_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/todo.h"
#include "people/journal.h"

/*
 * {today, promises, waiting, topics}: lists of {number, text, due, when, late,
 * created, repeats, slug, name, path}, in the order of the list. number: as
 * `done` takes it; due, created: "YYYY-MM-DD" or null; when: "3 days late",
 * "in 2 weeks" or null; late: days, negative for what is to come, or null.
 * journal: for the names of links in texts; read whole, or NULL.
 */
json_t *todo_model(const struct journal *journal, const struct todo *todo,
		   civil_day today) ATTR_MUST_CHECK;

#endif
