/*
 * Long output on a terminal, shown page by page by the program that the user has for it. As git
 * does, but that it runs only where the text does not fit on the screen.
 */
#ifndef KITH_CMD_PAGER_H
#define KITH_CMD_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * KITH_PAGER, else PAGER, else `less`, as a shell takes it; NULL where none is wanted: it is empty
 * or `cat`, or the terminal is a dumb one.
 */
const char *pager_command(void);

/* Whether a text, escapes and all, is too long for a terminal of so many columns. */
bool pager_is_needed(struct str text, int terminal, size_t columns);

/*
 * Runs it on the text, and waits until it is left, at any place of the text. For the end of the
 * program: ^C is the pager's from then on. 0, or an errno where it could not be run.
 */
int pager_show(const char *command, struct str text);

#endif
