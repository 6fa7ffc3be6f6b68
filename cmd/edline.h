/*
 * A line that is edited while it is typed, on a terminal, by libedit. That is
 * loaded by the first prompt alone: nothing else takes longer for it. Where
 * there is no such terminal or no libedit, the terminal itself reads a line.
 */
#ifndef KITH_CMD_EDLINE_H
#define KITH_CMD_EDLINE_H

#include "write.h"

/* Whether a line can be edited here: both ends are a terminal that can do it. */
bool edline_is_possible(void);

/*
 * Reads one line after the label `Ada Lovelace> `: with a history of what was
 * said before ($XDG_STATE_HOME/kith/history, for its owner alone), with Tab for
 * names of people, and what is pasted as one line, whatever it holds. *line:
 * in the arena; p == NULL at its end (^D). False where libedit is not there.
 */
bool edline_read(struct str *line, struct writing *w, struct str label);

#endif
