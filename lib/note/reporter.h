/*
 * Findings about one file, told by byte offset. At most 50 of one file are
 * kept, and a last one says so: a file of nothing but faults costs no more
 * time or memory than another.
 */
#ifndef KITH_NOTE_REPORTER_H
#define KITH_NOTE_REPORTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/str.h"

struct reporter {
	struct str image, path;
	struct diag *diag;
	size_t told;
	const char *check; /* the finding's; NULL: as the diag has it */
};

void reporter_init(struct reporter *r, struct str image, struct str path, struct diag *diag);
/* One that keeps nothing: how much it would have kept, `told` says. */
struct reporter reporter_quiet(struct str image);
void report_error(struct reporter *r, size_t offset, const char *format, ...) ATTR_PRINTF(3, 4);
void report_warning(struct reporter *r, size_t offset, const char *format, ...) ATTR_PRINTF(3, 4);

/*
 * Reports a date that reads two ways (03/04/2026, with both readings) or that is no day; false,
 * and nothing, where it is neither.
 */
bool report_wrong_date(struct reporter *r, size_t offset, enum date_result result,
		       struct str written);

#endif
