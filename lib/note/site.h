/*
 * One change at one place of front matter, made twice: on the bytes, and apart
 * from that on the tree, with which the new bytes must agree when they are
 * read. What is asked for, and where that is, note/edit knows.
 */
#ifndef KITH_NOTE_SITE_H
#define KITH_NOTE_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "note/splice.h"
#include "note/yaml.h"

/* A file's front matter, read. */
struct front {
	struct str image;
	struct note note;      /* its fences */
	struct yaml_node *map; /* NULL without front matter, or where it holds no key */
	size_t findings; /* anchors, aliases and tags, which are only in the way of their node */
	struct arena *arena;
	struct kith_error *err;
};

enum site_kind {
	SITE_REPLACE, /* the value becomes `want` */
	SITE_ADD,     /* `want` comes after the last of parent */
	SITE_REMOVE,  /* item leaves parent */
	SITE_WRAP,    /* the text becomes a list of itself and `want` */
};

/* One change, at one place. */
struct site {
	enum site_kind kind;
	struct yaml_node *parent; /* the list or map; NULL: the front matter that is not there */
	struct yaml_node *item;   /* of a list the item, of a map the pair's key; NULL to add */
	bool flow;                /* parent stands in brackets */
	struct yaml_node *want;   /* a node, or those to add: of a map, key and value */
};

/* The bytes to change. */
struct site_plan {
	struct splice splices[2];
	size_t count;
};

/* Plans the bytes, which live in the arena. KITH_FAILED where something is in the way. */
int site_plan(struct site_plan *plan, struct front *f, const struct site *site) ATTR_MUST_CHECK;

/* Makes the change in the tree, after it was planned. */
void site_apply(struct front *f, const struct site *site);
/* Whether two trees say the same, however they are written; NULL is a map without keys. */
bool site_same(const struct yaml_node *a, const struct yaml_node *b);

#endif
