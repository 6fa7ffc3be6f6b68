/* A change of a person's front matter: set, snooze, pause, resume, archive. */
#ifndef KITH_CMD_FRONT_H
#define KITH_CMD_FRONT_H

#include "change/field_edits.h"
#include "write.h"

struct front_change {
	const struct person *who;
	struct field_edits edits; /* checked */
	struct str told;          /* the report's first words; p == NULL: each key with its value */
};

/*
 * People in `introduced_by` and `knows`, as one names them on a command line,
 * become links: `ada` is `[[ada-lovelace]]`, `sister: ada` keeps its word. To
 * be called before the edits are checked. contact: whose link may be taken
 * away, as it is written there; NULL for none. An exit status.
 */
int front_resolve(struct writing *w, const struct contact *contact, struct field_edits *edits);

/* Makes it and tells; an exit status. */
int front_write(struct writing *w, const struct front_change *change);

/*
 * The `write` of pause, archive and resume; kind: which status is set, or NULL
 * to take it away, and what is told: "is paused". Refuses where the person is
 * deceased.
 */
struct front_status {
	const char *status, *told;
};
int front_set_status(struct writing *w, const struct person *who);

#endif
