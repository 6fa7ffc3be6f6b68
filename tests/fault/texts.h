/* Contacts as people write them, and as no one should: invented from a number, always alike. */
#ifndef KITH_FAULT_TEXTS_H
#define KITH_FAULT_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A stream of numbers that depends on its beginning alone. */
struct dice {
	uint64_t state;
};

void dice_init(struct dice *dice, uint64_t seed);
/* 0 to count - 1. */
size_t dice_roll(struct dice *dice, size_t count);

/* Appends a contact's file to out. */
void texts_make(struct buf *out, struct dice *dice);

#endif
