/*
 * The front matter of two files in one: what is missing comes over as it is
 * written, comments included; lists unite value by value; and of differing
 * single values the other's is kept in a map of its own, `merged`.
 */
#ifndef KITH_CHANGE_UNITE_FRONT_H
#define KITH_CHANGE_UNITE_FRONT_H

#include "change/unite_side.h"

/* *image, of which it is that of u->who, becomes the file with the other's values, in the arena. */
int unite_fronts(struct uniting *u, struct str *image) ATTR_MUST_CHECK;
/* Whether `now` holds all values of both: each key by its kind. */
int unite_check_fronts(const struct uniting *u, const struct unite_side *now) ATTR_MUST_CHECK;

#endif
