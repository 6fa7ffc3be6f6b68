/* Inside the module: a change by the git program that a killed run left behind. */
#ifndef KITH_GIT_BACKEND_RECOVER_H
#define KITH_GIT_BACKEND_RECOVER_H

#include "git/backend_carry.h"

/*
 * Finishes it, where its record is there, and says so in c->base.recovered.
 * The index is locked; c->head is brought up to date.
 */
int backend_recover(struct backend_change *c, struct kith_error *err);

#endif
