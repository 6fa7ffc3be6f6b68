/*
 * Findings about the user's data, as `path:line:column: severity: message`.
 * A finding never stops the work: one bad contact does not hide the others.
 */
#ifndef KITH_BASE_DIAG_H
#define KITH_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

/* A hint is what may be meant otherwise; `kith check -v` alone gives it. */
enum severity { SEVERITY_HINT, SEVERITY_WARNING, SEVERITY_ERROR };

struct finding {
	struct str path;  /* relative to the journal */
	int line, column; /* from 1, the column in characters; 0 for the whole file */
	enum severity severity;
	struct str message;
	const char *check; /* which of the named checks found it; NULL: none */
};

/* A list of findings. Texts live in the arena given at init. Not thread-safe. */
struct diag {
	struct finding *items;
	size_t count, cap;
	const char *check; /* the one that looks now: what is added is its finding */
	struct arena *arena;
};

void diag_init(struct diag *d, struct arena *arena);
void diag_release(struct diag *d);
void diag_add(struct diag *d, enum severity severity, struct str path, int line, int column,
	      const char *format, ...) ATTR_PRINTF(6, 7);
/* Appends all of from, whose texts must live as long as d. */
void diag_append(struct diag *d, const struct diag *from);
/* By path, line, column; in the order of adding where those are equal. */
void diag_sort(struct diag *d);
/* Drops what is of other notes (.md) than that one; what is of settings stays. */
void diag_keep_note(struct diag *d, struct str path);
/* Drops what none of these checks found. */
void diag_keep_checks(struct diag *d, const char *const *checks, size_t count);
void diag_drop_hints(struct diag *d);
bool diag_has_error(const struct diag *d);
const char *severity_name(enum severity severity);

#endif
