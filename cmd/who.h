/* WHO on a command line: the one person that some words mean. */
#ifndef KITH_CMD_WHO_H
#define KITH_CMD_WHO_H

#include "command.h"
#include "people/find.h"

/*
 * Whom a text means, by people/find.h, as the contact's place in the
 * journal. Where it is nobody, or several, it says so on standard error, with
 * whom it might be, and returns NO_CONTACT: end with EXIT_PROBLEM then.
 */
uint32_t who_is(struct context *context, struct str text);

/* Says that a text means several, or nobody (count 0) and whom it looks like. */
void who_tell(struct context *context, const struct journal *journal, struct str text,
	      const struct found *several);

#endif
