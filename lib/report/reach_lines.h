/* The lines below a name under Reach out: why now, the last talk, what to write about. */
#ifndef KITH_REPORT_REACH_LINES_H
#define KITH_REPORT_REACH_LINES_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/week.h"
#include "report/prose.h"

/* A list of Markdown lines, at least one. */
json_t *reach_lines(const struct prose *prose, const struct week *week, const struct reach *reach,
		    struct reckoner *reckoner, struct arena *arena) ATTR_MUST_CHECK;

/* `every 5 weeks until April, 7 months now`. */
struct str reach_usual(const struct week *week, int usual_twice, civil_day last,
		       struct arena *arena);

/* `(due Sat 28)`, `(worth reviving)`: why somebody who can wait is due. */
struct str reach_wait(const struct week *week, const struct reach *reach, struct arena *arena);

#endif
