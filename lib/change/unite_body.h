/* The bodies of two files in one: entries, tasks and other text. */
#ifndef KITH_CHANGE_UNITE_BODY_H
#define KITH_CHANGE_UNITE_BODY_H

#include "change/unite_side.h"

/*
 * Entries without the two of them as each other's company, in the arena: `call
 * with [[grace]] and [[bob]]` is one with Bob. A line that would not read as
 * before otherwise stays as it is.
 */
struct str unite_drop_company(const struct uniting *u, const struct unite_side *side);

/* *image becomes that of both, verified, in the arena. Tells of it in u->told. */
int unite_bodies(struct uniting *u, struct str *image) ATTR_MUST_CHECK;

#endif
