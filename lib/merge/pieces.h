/*
 * A file as a tree of pieces that cover its bytes. What stands between two pieces of a sequence,
 * and at its ends, are separators: blank lines, line ends, brackets and commas of a list in one
 * line.
 */
#ifndef KITH_MERGE_PIECES_H
#define KITH_MERGE_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "merge/merge.h"
#include "note/note.h"
#include "note/span.h"
#include "note/yaml.h"
#include "people/keys.h"

enum piece_kind {
	PIECE_FRONT,   /* the front matter with its fences */
	PIECE_BODY,    /* what stands below it */
	PIECE_KEY,     /* a key with its value; also one of a map */
	PIECE_COMMENT, /* lines of YAML comments */
	PIECE_NAME,    /* a key as it is spelled */
	PIECE_VALUE,   /* from behind the colon on */
	PIECE_TAIL,    /* a comment at the end of a line */
	PIECE_ELEMENT, /* of a list */
	PIECE_DASH,    /* what an item begins with */
	PIECE_HEADING,
	PIECE_ENTRY,
	PIECE_TASK,
	PIECE_ITEM,  /* any other item of the body */
	PIECE_TEXT,  /* what an item says first */
	PIECE_BOX,   /* a task's mark in brackets */
	PIECE_FIELD, /* a task's field, a tag, its ^id */
	PIECE_MARK,  /* the comment of both kept, behind an item's first line */
	PIECE_PARAGRAPH,
	PIECE_ITALICS, /* kith's lines of a review */
	PIECE_BLOCK,   /* code, a table, HTML, a quote */
	PIECE_KINDS,
};

struct merge_piece {
	enum piece_kind kind;
	struct str text; /* its bytes, without the line end behind it */
	struct str same; /* what it says: pieces of the same are one piece */
	struct str id;   /* what it still is where it was changed; empty for none */
	struct str twin; /* what another added as well has in common with it; empty: `same` alone */
	struct str section;     /* of two files of one person, under which headings it stands */
	struct sequence *parts; /* NULL: one whole, or see pieces_open */
	/* Of a value, and of the key that has it. */
	const struct yaml_node *node;
	/* Of an entry. */
	civil_day day;
	struct str time;
	int level; /* of a heading */
};

/* Pieces whose texts stand in the image one behind another, from `from` to `to`. */
struct sequence {
	struct str image;
	size_t from, to;
	struct str
	    usual;  /* what parts two pieces where nothing else says it; p == NULL: a line end */
	bool flush; /* each piece begins in the first column, but for comments */
	struct merge_piece *items;
	size_t count, cap;
};

/* By what one version is read. */
struct piece_reader {
	enum merge_kind kind;
	const struct config *config;
	struct arena *arena;
	bool person;  /* two files of one person: see merge.h */
	enum key key; /* whose value is taken apart */
	bool twice;   /* a key that stands twice stays as it is: the first is the key */
};

/* The file's pieces; false with *why, a sentence, where it cannot be read as its kind. */
bool pieces_read(struct sequence *out, const struct piece_reader *reader, struct str image,
		 struct str *why);

/* The parts of a piece, made when they are first asked for; NULL where it has none. */
struct sequence *pieces_open(const struct piece_reader *reader, struct str image,
			     struct merge_piece *piece);

/* An empty one that covers a stretch of an image. */
struct sequence *sequence_new(struct str image, struct span at, struct arena *arena);
/* One more piece, behind the others; until it is told more, it says its text. */
struct merge_piece *sequence_add(struct sequence *s, enum piece_kind kind, struct span at,
				 struct arena *arena);
/* Where a slice of an image stands in it. */
struct span sequence_span(struct str image, struct str slice);

/* What stands before the item at a place, or at count behind the last. */
struct str pieces_gap(const struct sequence *s, size_t at);

/* How a value is written: what can be merged part by part. */
enum value_form {
	FORM_NONE,
	FORM_ONE,
	FORM_FLOW_LIST,
	FORM_BLOCK_LIST,
	FORM_FLOW_MAP,
	FORM_BLOCK_MAP,
	FORM_WHOLE,
};
enum value_form pieces_form(const struct piece_reader *reader, struct str image,
			    struct merge_piece *value);
/*
 * The value in another form of lists or maps, as one of an image of its own; NULL where it has
 * none. line: what each member over lines begins with; commas: they part a text.
 */
struct merge_piece *pieces_reform(const struct piece_reader *reader, struct str *image,
				  const struct merge_piece *value, enum value_form form,
				  struct str line, bool commas);
/* A block list or map with its members behind another line end and indentation; as it is where that
 * would say something else. */
struct merge_piece *pieces_reindent(const struct piece_reader *reader, struct str *image,
				    struct merge_piece *value, struct str line);

#endif
