/*
 * Fields that stand in the text below the front matter, as Dataview, Logseq and people by hand
 * write them: `birthday:: 1984-11-26`, `**Email**: ada@x.y`, `- Phone: +44 …`, `| City | Bath |`.
 */
#ifndef KITH_PEOPLE_BODYFIELDS_H
#define KITH_PEOPLE_BODYFIELDS_H

#include <stdbool.h>

#include "base/str.h"
#include "note/markdown.h"
#include "note/span.h"

enum body_form {
	BODY_DOUBLE, /* `key:: value`: any key */
	BODY_BOLD,   /* `**Key**: value`, or a row of a table with a bold first cell */
	BODY_PLAIN,  /* `- Key: value`, a row of a table */
};

struct body_field {
	struct str key; /* without marks */
	struct span value;
	struct span line; /* with what ends it */
	enum body_form form;
};

typedef void found_body_field(void *context, const struct body_field *field);

/*
 * Each field in the lines of a paragraph. plain: in how many of them from the first on `Key: value`
 * is one (1 for an item's, whose mark stands before it; else 0).
 */
void bodyfields_each(struct str image, const struct block *paragraph, size_t plain,
		     found_body_field *found, void *context);

#endif
