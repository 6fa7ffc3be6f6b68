/* Whether what two files said is in the one that they became, whoever made it. */
#ifndef KITH_CHANGE_UNITE_CHECK_H
#define KITH_CHANGE_UNITE_CHECK_H

#include "change/unite_side.h"

/*
 * Reads the three anew, by the libraries, and compares: every entry, task and
 * line of text that one of the two holds, the result must hold, as often as the
 * one that stays. KITH_FAILED, naming what would be lost. The two: with links to
 * the other rewritten. Companions of entries may go.
 */
int unite_check_texts(const struct uniting *u, struct str who, struct str other,
		      struct str now) ATTR_MUST_CHECK;

#endif
