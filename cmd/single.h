/* A change of one contact's file, which is what most small commands make. */
#ifndef KITH_CMD_SINGLE_H
#define KITH_CMD_SINGLE_H

#include "change/preview.h"
#include "write.h"

/* The edit, as lib/change has them: the whole new file, appended to out. */
typedef int single_edit(void *context, const struct config *config, struct str image,
			struct buf *out, struct kith_error *err);

struct single {
	struct writing *w;
	const struct person *who;
	single_edit *edit;
	void *context;
};

/*
 * What the edit would do to the file as it was read. EXIT_FINE; EXIT_PROBLEM
 * after saying why it cannot be made.
 */
int single_preview(const struct single *single, struct preview *preview) ATTR_MUST_CHECK;

/*
 * Makes it, with a message that says what the preview shows, and the trailer
 * `COMMAND SLUG`; see writing_make.
 */
int single_make(const struct single *single, const struct preview *preview,
		struct change_result *result) ATTR_MUST_CHECK;

/* {did, slug, name, path}: the beginning of what --json prints. did: the command's name. */
json_t *single_model(const struct single *single) ATTR_MUST_CHECK;

/* The result of a change that need not be made. */
struct change_result single_unchanged(void);

#endif
