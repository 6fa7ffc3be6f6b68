/* Which plans are over: the day came, and something was logged. */
#ifndef KITH_PEOPLE_PLANS_H
#define KITH_PEOPLE_PLANS_H

#include "people/journal.h"

/*
 * Marks each planned entry that is over: another one that counts stands on its
 * day, in the same file or in another's with the person after `with`, of the
 * same channel or where one of the two names none.
 */
void plans_settle(struct journal *journal);

#endif
