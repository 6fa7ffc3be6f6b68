/*
 * A parsed template, shared by report/mustache.h's parsing and rendering:
 * an array of nodes in the order of the text, in which a section knows where
 * it ends and an end where its section began. Nobody else includes this.
 */
#ifndef KITH_REPORT_MUSTACHE_NODES_H
#define KITH_REPORT_MUSTACHE_NODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "report/mustache.h"

/* How deep sections and partials nest. */
#define MUSTACHE_DEPTH 64

enum node_kind {
	NODE_TEXT,
	NODE_NAME, /* {{name}} */
	NODE_RAW,  /* {{{name}}}, {{&name}} */
	NODE_SECTION,
	NODE_INVERTED,
	NODE_END,
	NODE_PARTIAL,
};

struct node {
	enum node_kind kind;
	bool begins_line;  /* of the template: a partial's indentation goes before it */
	struct str text;   /* or the name */
	struct str indent; /* of a standalone partial; p == NULL for an inline one */
	size_t from;       /* where the tag stands in the text */
	size_t other;      /* a section's end, an end's section */
};

struct mustache {
	char *name, *bytes;
	struct str text; /* the bytes; the nodes hold slices of it */
	enum mustache_kind kind;
	struct node *nodes;
	size_t count, cap;
};

/* As mustache_parse. */
int mustache_nodes_parse(struct mustache **out, struct str name, struct str text,
			 enum mustache_kind kind, struct kith_error *err) ATTR_MUST_CHECK;
void mustache_nodes_free(struct mustache *t);

/* Line and column, in characters from 1, of an offset in the text. */
void mustache_nodes_place(const struct mustache *t, size_t at, int *line, int *column);
/* Adds the place to a failure that was just noted. Returns -1. */
int mustache_nodes_fail_at(const struct mustache *t, size_t at, struct kith_error *err);

#endif
