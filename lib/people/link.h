/*
 * Links in text: `[[target]]`, `[[target|label]]`, `[[target#heading]]`,
 * `[[target#^id]]`, and Markdown's `[label](path)`.
 */
#ifndef KITH_PEOPLE_LINK_H
#define KITH_PEOPLE_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct link {
	struct str target; /* slug, path or name; a Markdown link's path with %20 as it stands */
	struct str label;  /* p == NULL where there is none */
	bool markdown;     /* [label](path) */
};

/*
 * A link at the very start of s; *used gets its length in bytes. False where
 * there is none. Targets of other schemes (https://, mailto:) are no links
 * in this sense.
 */
bool link_parse(struct str s, struct link *out, size_t *used);

/*
 * link_parse at one place after the other of a line, passing over at once what
 * no link can begin with. *close: 0 at first, then kept from place to place.
 */
bool link_at(struct str line, size_t at, size_t *close, struct link *out, size_t *used);

/* A percent-encoded path decoded; as it is where nothing is encoded. */
struct str link_decode(struct str path, struct arena *arena);

/* Where a text leads that begins with a link; the text itself, where it does not. */
struct str link_target(struct str s);

/* What to show for a text that may be one whole link: its label or target, else the text. */
struct str link_text(struct str s);

#endif
