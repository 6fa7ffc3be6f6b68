/* Open tasks on the page: what todo prints, and done where it cannot know which is meant. */
#ifndef KITH_CMD_TODO_H
#define KITH_CMD_TODO_H

#include "command.h"
#include "insight/todo.h"

/* names: with whose they are; journal: as in report/agenda.h. */
void todo_print(struct context *context, const struct journal *journal, const struct todo *todo,
		bool names);

#endif
