/* What due and today print alike: people and days, in columns. */
#ifndef KITH_CMD_AGENDA_H
#define KITH_CMD_AGENDA_H

#include <stddef.h>

#include "command.h"
#include "insight/week.h"

/* The first `most` of those who are due. */
void agenda_print_people(struct context *context, const struct week *days, size_t most);

/* The items of from..to, under a heading. */
struct agenda_list {
	const char *heading;
	enum week_list list;
	civil_day from, to;
};
/* apart: a blank line stands before it. False, and nothing printed, where there are no items. */
bool agenda_print_list(struct context *context, const struct week *days,
		       const struct agenda_list *list, size_t most, bool apart);

/* `and 3 more`, where there are more than were shown. */
void agenda_print_rest(struct context *context, size_t all, size_t shown);

#endif
