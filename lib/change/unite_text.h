/* The other's body, taken apart: what has a place of its own in the file that stays, and the rest.
 */
#ifndef KITH_CHANGE_UNITE_TEXT_H
#define KITH_CHANGE_UNITE_TEXT_H

#include "change/unite_side.h"

/*
 * Puts the other's entries and tasks, but for those that are there, into u->who at their places, as
 * they are written there; a task of both becomes one. *left: the other's file without them and the
 * headings that hold nothing any more, in the arena; *all: without those headings alone.
 */
int unite_items(struct uniting *u, struct str *left, struct str *all) ATTR_MUST_CHECK;

#endif
