/* What an edit would do to a contact, before it is made: to tell of it. */
#ifndef KITH_CHANGE_PREVIEW_H
#define KITH_CHANGE_PREVIEW_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "people/config.h"
#include "people/contact.h"
#include "people/differences.h"

/* Both contacts as their files' bytes read, and what differs. All of it lives in the arena. */
struct preview {
	struct contact before, after;
	struct differences differences;
};

/* path: of both; before, after: the file's bytes, which must live as long. */
void preview_make(struct preview *out, struct str path, struct str before, struct str after,
		  const struct config *config, struct arena *arena);

#endif
