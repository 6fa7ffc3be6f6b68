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
 * What is different between the commands: the change of one person, without edits where it is so
 * already. An exit status.
 */
struct front_kind {
	int (*make)(struct writing *w, const struct person *who, struct front_change *change);
	const char *status, *told; /* of front_status: NULL to take it away; "is paused" */
};

/* The `write` of all of them: of one person, or of all whom --where means. */
int front_run(struct writing *w, const struct person *who);

/* Their options besides; `.several` goes with them. */
#define FRONT_OPTIONS                                                                              \
	{"where", "QUERY", "all whom a query means, in WHO's place: shows who, and asks", 0},      \
	{                                                                                          \
		"yes", NULL, "do not ask", 'y'                                                     \
	}

/* The words behind WHO, or all with --where. */
size_t front_first_word(const struct writing *w);

/* The `make` of pause, archive and resume. Refuses where the person is deceased. */
int front_status(struct writing *w, const struct person *who, struct front_change *change);

#endif
