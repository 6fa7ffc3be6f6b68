/*
 * What the program says: its product on standard output, all else on
 * standard error. Standard output is gathered and written in large pieces;
 * a failure to write is kept, and told at the end. On a terminal, control
 * characters are dropped from all that passes here, so that text from a file
 * is never a command to the terminal.
 */
#ifndef KITH_CMD_OUT_H
#define KITH_CMD_OUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "progress.h"
#include "report/table.h"

struct out {
	struct buf pending;
	int fd, error_fd;
	int failed;          /* errno of the first failed write; 0 */
	bool terminal;       /* standard output is one */
	bool error_terminal; /* standard error is one */
	const char *pager;   /* what shows it when all is there; NULL: it is written as it comes */
	bool color;          /* on standard output */
	bool error_color;    /* on standard error */
	struct progress progress;
	struct buf links; /* table.h; empty where the terminal has none */
	size_t width;     /* COLUMNS, the terminal's, or 80: to wrap text at */
	size_t fit; /* the same for tables, but 0 (nothing is cut) in a pipe without COLUMNS */
};

/* Before the options are known: --color auto. */
void out_init(struct out *out);
/* when: "auto", "always", "never"; false for another word. */
bool out_set_color(struct out *out, const char *when);
void out_release(struct out *out);
/* Files named in tables are below that folder, an absolute path: where the terminal is known to
 * have links, they are some. */
void out_link(struct out *out, const char *folder);
/*
 * From here on to out_finish or out_flush all that a terminal gets, on standard error too, is
 * gathered, and shown in the user's pager (pager.h) where it is longer than the screen.
 */
void out_page(struct out *out);
/* Where a line that tells how far something is may be shown: on standard error; else NULL. */
struct progress *out_progress(struct out *out);

/* Text, a line end included where one is wanted. */
void out_add(struct out *out, struct str s);
void out_addz(struct out *out, const char *z);
void out_printf(struct out *out, const char *format, ...) ATTR_PRINTF(2, 3);
/* Text in a role's colour, where there is colour. */
void out_role(struct out *out, enum role role, struct str s);
/* A table (see report/table.h), fitted to out->fit. */
void out_table(struct out *out, const struct table *table);
/* The same, written in a format. */
void out_table_as(struct out *out, const struct table *table, enum table_format format);
/* A list of models, each as JSON on one line; takes it. */
void out_json_lines(struct out *out, json_t *list);
/*
 * An object as JSON in UTF-8, its version first (report/json.h), indented, keys in the order they
 * were put in, and a newline; takes it.
 */
void out_json(struct out *out, json_t *model);
/* Writes what is gathered, for somebody to see before they answer. */
void out_flush(struct out *out);
/*
 * Writes the rest. 0, or -1 where something could not be written, which is
 * said on standard error, unless a pipe's reader went away.
 */
int out_finish(struct out *out) ATTR_MUST_CHECK;

/* A line on standard error, after what was put out so far: "kith: ..." */
void out_say(struct out *out, const char *format, ...) ATTR_PRINTF(2, 3);
/* Lines on standard error as they are. */
void out_tell(struct out *out, struct str lines);
/* A failure, with its place: "kith: people/ada.md:3:1: ..." */
void out_error(struct out *out, const struct kith_error *err);
/* Findings as `path:line:column: error: message`: on standard error ... */
void out_findings(struct out *out, const struct diag *diag);
/* ... and as the product itself, on standard output, with the check: `[links]`. */
void out_diag(struct out *out, const struct diag *diag);
/* On standard error, those of notes alone, or all others; true where one of them is an error. */
bool out_findings_of(struct out *out, const struct diag *diag, bool notes);

#endif
