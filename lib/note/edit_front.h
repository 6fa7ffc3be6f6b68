/*
 * What the parts of edit_front share, and nobody else needs. An edit is one
 * change at one place of the tree (edit_intent.c), made on the bytes
 * (edit_bytes.c) and, apart from that, on the tree (edit_tree.c), with which
 * the new bytes must agree (edit.c).
 */
#ifndef KITH_NOTE_EDIT_FRONT_H
#define KITH_NOTE_EDIT_FRONT_H

#include <stdint.h>

#include "note/edit.h"
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

struct plan {
	struct edit_splice splices[2];
	size_t count;
};

/* Reads the front matter; fails where it cannot be edited. */
int front_read(struct front *f, struct str image, struct arena *arena,
	       struct kith_error *err) ATTR_MUST_CHECK;
/* Notes a failure at an offset: its message begins with the line. */
int front_fail(struct front *f, enum kith_status status, size_t offset, const char *format, ...)
    ATTR_PRINTF(4, 5);

/* The value of an item of parent. */
struct yaml_node *front_value(const struct yaml_node *parent, struct yaml_node *item);

int site_find(struct site *site, struct front *f, const struct edit_front *edit) ATTR_MUST_CHECK;
/* The bytes to change for a site. The splices' bytes live in the arena. */
int site_plan(struct plan *plan, struct front *f, const struct site *site) ATTR_MUST_CHECK;

/* Makes the change in the tree, after it was planned. */
void site_apply(struct front *f, const struct site *site);
/* Whether two trees say the same, however they are written; NULL is a map without keys. */
bool front_same(const struct yaml_node *a, const struct yaml_node *b);

/* Whether a plain scalar holds exactly this text for a YAML parser, of whatever type. */
bool scalar_fits_plain(struct str text, bool flow);
/* The same, where every reader takes it for a text (a date, a number as it stands). */
bool scalar_is_plain(struct str text, bool flow);
/* As edit_scalar, with the quotes of that style where it has any. */
void scalar_write(struct buf *out, struct str text, enum yaml_style style, bool flow);

#endif
