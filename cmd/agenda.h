/* What due and today print alike: people and days, in columns. */
#ifndef KITH_CMD_AGENDA_H
#define KITH_CMD_AGENDA_H

#include <jansson.h>
#include <stddef.h>

#include "command.h"

/* The first `most` rows of the model's people; the columns why and last talk too. */
void agenda_print_people(struct context *context, const json_t *model, size_t most);
/* Rows of items or waiting. */
void agenda_print_items(struct context *context, const json_t *list, size_t most);

#endif
