/*
 * The links of a note, each as the bytes that say where it leads, so that an edit
 * can change these alone: `[[target]]` as Obsidian follows it, Markdown's links and
 * definitions, and `href` and `src` in HTML. What is a link is cmark's word: each
 * candidate is replaced by a word of its own, and cmark's tree tells what has
 * become of the word. So nothing in code, comments, escapes or titles is one.
 */
#ifndef KITH_NOTE_HREFS_H
#define KITH_NOTE_HREFS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "note/span.h"

enum href_kind {
	HREF_WIKI,       /* [[target]], ![[target|label]] */
	HREF_MARKDOWN,   /* [label](target), ![label](<target> "title") */
	HREF_DEFINITION, /* [label]: target */
	HREF_HTML,       /* <a href="target"> */
};

struct href {
	struct span at;    /* the target, without heading, label and title */
	struct str target; /* those bytes as who follows them takes them, decoded */
	enum href_kind kind;
	bool angle;  /* it stands in `<` `>` or in quotes: blanks are fine */
	bool unsure; /* in front matter or a body that cannot be read */
};

struct hrefs {
	struct href *items; /* in the order of the text */
	size_t count, cap;
};

/* Whether a link that leads there is asked for; only then is the note read as Markdown. */
typedef bool href_wanted(void *context, const struct href *href);

/*
 * Finds the wanted ones. Of front matter it looks into the values alone. Texts are in the
 * image or the arena; free the items.
 */
void hrefs_find(struct hrefs *out, struct str image, href_wanted *wanted, void *context,
		struct arena *arena);

#endif
