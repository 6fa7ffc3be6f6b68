/* Open tasks on the page: what todo prints, and done where it cannot know which is meant. */
#ifndef KITH_CMD_TODO_H
#define KITH_CMD_TODO_H

#include "command.h"

/* Prints the model (see report/todo.h); names: with whose they are. */
void todo_print(struct context *context, const json_t *model, bool names);

#endif
