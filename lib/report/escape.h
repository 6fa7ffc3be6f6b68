/*
 * Text put into a page such that it stays text. The functions add to what
 * out holds; out must be the page so far (or empty), because what stands to
 * the left decides what is markup.
 */
#ifndef KITH_REPORT_ESCAPE_H
#define KITH_REPORT_ESCAPE_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Adds s with backslashes before what would be markup for CommonMark 0.30,
 * so that it renders exactly s. Escaped only where needed, so that the source
 * stays readable: `_` inside a word, a `*` or `<` before a blank, `&` that
 * begins no entity, `#`, `-`, `+`, `>` and `1.` anywhere but at the start of a
 * block stay as they are. What stands to the left is read from out; to the
 * right anything may follow but a `[` after s that ends with `!` (templates
 * see to that), and the rest of an entity after `&` and one letter: `R&D`.
 *
 * Beyond CommonMark it keeps apart what GitHub and Obsidian read as markup:
 * strikethrough, highlights, comments, maths, table cells, `[[links]]` and
 * ` ^block-ids`. A `#tag` stays a tag, and a bare address or URL a link.
 *
 * Blanks at the start of a block are dropped (four would make a code block).
 * Line ends stay; each line is then taken as the start of a block.
 */
void escape_markdown(struct buf *out, struct str s);

/* Adds s with & < > " as entities, which is safe in HTML text and in "attributes". */
void escape_html(struct buf *out, struct str s);

/*
 * A path as that of a URL, percent-encoded. ascii: all that is not ASCII, too; else other scripts
 * stay readable, as CommonMark takes them in a target.
 */
void escape_path(struct buf *out, struct str path, bool ascii);

#endif
