/* Acting on the reviews' pages (change/apply.h): by `kith apply`, and before other commands. */
#ifndef KITH_CMD_APPLYING_H
#define KITH_CMD_APPLYING_H

#include "change/apply.h"
#include "command.h"
#include "write.h"

/* The Monday of a WEEK (2026-W48, or a date in it); NO_DAY after saying that it is none. */
civil_day applying_week(struct context *context, const char *word);

/*
 * The pages of weeks up to that one, the oldest first, and what may be pages under another name;
 * only: of that week alone.
 */
int applying_pages(struct strs *pages, struct context *context, civil_day monday,
		   bool only) ATTR_MUST_CHECK;

/* What became of the pages. */
struct applied_pages {
	size_t things, pages; /* that were applied */
	json_t *model;        /* a list of the pages; NULL where nobody asks for it */
};

/*
 * Applies them one after the other; the context's journal is read again behind
 * each. asked: by the command itself; else as the setting `review: {apply:}`
 * says: told and asked for on a terminal. An exit status.
 */
int applying_run(struct applied_pages *done, struct writing *w, struct strs pages, bool asked);

/*
 * Before another command, on the pages up to the present week. Reads the contacts where the
 * command has not. An exit status.
 */
int applying_first(struct context *context);

/* `5 ticks on week 48 are not in the files yet`; "" where nothing waits on that page. */
struct str applying_waiting(struct context *context, struct str path);

#endif
