/*
 * `--html`: a command's model as a page for a browser, of one file that loads nothing. Its body is
 * the template KIND.html, the frame around it page.html (a journal's own templates/ win). It goes
 * to standard output, with -o into a file; --open shows it.
 */
#ifndef KITH_CMD_WEBPAGE_H
#define KITH_CMD_WEBPAGE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"
#include "command.h"

/* clang-format off */
#define WEBPAGE_HTML {"html", NULL, "a page for the browser, on standard output", 0}
#define WEBPAGE_FILE {"output", "FILE", "with --html: write the page to FILE", 'o'}
#define WEBPAGE_OPEN {"open", NULL, "with --html: open the page in the browser, $BROWSER's or the system's", 0}
/* clang-format on */

struct webpage {
	const char *kind;     /* "review" */
	const char *above;    /* what stands above its heading */
	struct str title;     /* its heading; p == NULL: the model's `title` */
	bool own_output;      /* the command has an -o of its own without --html */
	civil_day chart_from; /* see report/html.h; NO_DAY without a chart */

	/* By webpage_asked: */
	bool wanted;       /* --html */
	const char *file;  /* -o, with --html; or NULL */
	struct str folder; /* of that file, from the journal's; p == NULL: it is not in there */
};

/* Looks at the options; false after saying which do not go together. */
bool webpage_asked(struct webpage *page, struct context *context);

/* Makes the page of the model, which it takes, and puts it where the options say. */
int webpage_put(const struct webpage *page, struct context *context, json_t *model);

#endif
