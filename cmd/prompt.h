/*
 * Text that a person gives besides the command line: a line at a prompt,
 * standard input, a page in the editor. Nothing of it needs quoting. Texts live
 * in the context's arena.
 */
#ifndef KITH_CMD_PROMPT_H
#define KITH_CMD_PROMPT_H

#include <stdbool.h>

#include "command.h"

/* In bytes: of a line, of standard input and of the editor's page. */
#define PROMPT_MAX ((size_t)1 << 20)

/* Whether somebody sits there: standard input is a terminal. */
bool prompt_is_possible(void);

/*
 * Asks on standard error (`Ada Lovelace> `) and reads one line as it is
 * typed, without its line end; p == NULL where there is none (^D). KITH_INVALID for
 * one as long as a terminal takes (4,095 bytes on Linux), whose end is likely
 * lost; *line is what came of it.
 */
int prompt_line(struct str *line, struct context *context, struct str label,
		struct kith_error *err) ATTR_MUST_CHECK;

struct writing;

/*
 * The same for a text about somebody, which can be edited while it is typed
 * (edline.h): trimmed. An exit status; EXIT_PROBLEM after saying that nothing
 * was said.
 */
int prompt_text(struct str *text, struct writing *w, struct str label) ATTR_MUST_CHECK;

/* All of standard input. KITH_INVALID where it is longer than PROMPT_MAX. */
int prompt_input(struct str *text, struct context *context, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Runs `PROGRAM PATH` and waits for it to end; a shell reads the program, which may hold options,
 * and the path is one word of it. *status: as waitpid(2) has it. -1 with errno where nothing ran.
 */
int prompt_run(int *status, const char *program, const char *path) ATTR_MUST_CHECK;

/*
 * Opens a file in $VISUAL, else $EDITOR, else vi, and waits for it to end.
 * The variable may hold options, as git and others have it: a shell reads it.
 */
int prompt_open_editor(const char *path, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Opens the editor on a file of its own (below TMPDIR, for its owner alone,
 * removed afterwards) that holds *text, a line, and help below that line. *text
 * gets what stands above it then, trimmed, also where the editor fails; marks
 * such as `#` mean nothing there. help: lines, each ending in LF.
 */
int prompt_editor(struct str *text, struct context *context, struct str help,
		  struct kith_error *err) ATTR_MUST_CHECK;

#endif
