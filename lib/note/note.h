/*
 * A Markdown file with YAML front matter, knowing nothing of people: where
 * the front matter and the body are, the tree of the one and the blocks of
 * the other, each with its bytes.
 */
#ifndef KITH_NOTE_NOTE_H
#define KITH_NOTE_NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "note/markdown.h"
#include "note/reporter.h"
#include "note/span.h"
#include "note/yaml.h"

/*
 * What reads the two halves. The one at hand is libyaml and cmark
 * (note_reader_libs); another may stand beside it and be judged by it: both
 * must give the same tree and the same blocks for every input.
 */
struct note_reader {
	struct yaml_node *(*front)(struct str image, struct span at, struct arena *arena,
				   struct reporter *reporter);
	struct blocks (*body)(struct str image, size_t body, struct arena *arena,
			      struct arena *scratch);
};
extern const struct note_reader note_reader_libs;

struct note {
	struct str image;       /* the file's bytes */
	size_t first;           /* the offset of the first line that is not blank */
	bool has_front;         /* that line is `---` */
	const char *foreign;    /* it begins another kind: what to do; else NULL */
	struct span front;      /* what stands between the fences */
	size_t body;            /* the offset after the closing fence */
	const char *too_costly; /* what the body holds, where it is not read for that; else NULL */
	struct yaml_node *map;  /* the front matter; NULL without one, or where it is no map */
	struct blocks blocks;
};

/*
 * Reads the reporter's image, which must live as long as the note. What is
 * wrong is reported; what can be read is read all the same. Returns false
 * where nothing can be (UTF-16, say). The tree and the blocks live in the
 * arena, which is scratch for the parsers too.
 */
bool note_read(struct note *note, const struct note_reader *reader, struct arena *arena,
	       struct reporter *reporter);

/*
 * Finds the fences alone: a first line `---` (after a byte-order mark and blank
 * lines) and the next line `---` or `...`. False where the front matter never
 * closes; then front ends at the first blank line or heading, as a guess. Where
 * `foreign` is told, front matter stands there that is not read: all is body,
 * and no second one may be written above it.
 */
bool note_split(struct note *note, struct str image);
/* note_read of what note_split found, `closed` as it said. */
bool note_read_parts(struct note *note, bool closed, const struct note_reader *reader,
		     struct arena *arena, struct reporter *reporter);

/* The map in the front matter that was found; NULL for none. What is wrong in it is not told. */
struct yaml_node *note_front_map(const struct note *note, const struct note_reader *reader,
				 struct arena *arena);

/* What a body holds that would cost cmark more than its bytes say, and so is not read; else NULL.
 */
const char *note_costly(struct str body);

/* Whether it begins as UTF-16 does, of which nothing is read. */
bool note_is_utf16(struct str image);

/*
 * Where a merge left its marks, `<<<<<<<` at the start of a line with `>>>>>>>`
 * after it: the offset of the first, or image.n.
 */
size_t note_conflict(struct str image);

/* The comment between what two versions of a note said, where neither could go. */
#define NOTE_BOTH_KEPT "<!-- kith: both kept by a merge -->"
/* The named check of what a merge kept of both sides, also of values. */
#define NOTE_CHECK_KEPT "kept"
/* Warns of each. */
void note_report_both_kept(struct reporter *reporter);

#endif
