/*
 * YAML as a tree whose every node knows its bytes. Read with libyaml's
 * events as YAML 1.2 text: no value is anything but text until somebody asks
 * for a date or a number. Aliases, anchors and tags are refused; nesting
 * ends at 64.
 */
#ifndef KITH_NOTE_YAML_H
#define KITH_NOTE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "note/reporter.h"
#include "note/span.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/* How a node is written, which an edit must keep. */
enum yaml_style {
	YAML_PLAIN,
	YAML_SINGLE,  /* 'text' */
	YAML_DOUBLE,  /* "text" */
	YAML_LITERAL, /* | */
	YAML_FOLDED,  /* > */
	YAML_FLOW,    /* [a, b] or {a: b} */
	YAML_BLOCK,   /* a list or map over lines */
};

struct yaml_node {
	enum yaml_kind kind;
	enum yaml_style style;
	bool marked;             /* its span begins with an anchor or tag, or is an alias */
	struct str value;        /* of a scalar: its text, unescaped */
	struct span span;        /* in the image; of block collections up to the next token */
	struct yaml_node *next;  /* in the same list or map */
	struct yaml_node *first; /* a list's items; a map's key, value, key, value … */
	size_t count;            /* of items, or of pairs */
};

/* So many keys, values and collections are read: nobody writes more, and each costs some hundred
 * bytes in all that is made of it. */
#define YAML_NODES_MAX 100000

/*
 * Reads the bytes of `at` in image into a tree; the texts point into the
 * image where they stand there as they are, else into the arena. What is
 * wrong is reported at its place; the tree then holds what stands before it.
 * Returns NULL where there is nothing at all.
 */
struct yaml_node *yaml_read(struct str image, struct span at, struct arena *arena,
			    struct reporter *reporter);

/* A key without a value, `~` or `null`: as if the key were not there. */
bool yaml_is_null(const struct yaml_node *node);

#endif
