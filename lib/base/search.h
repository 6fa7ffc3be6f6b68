/* Binary search, in place: where the ordered items of an array reach a point. */
#ifndef KITH_BASE_SEARCH_H
#define KITH_BASE_SEARCH_H

#include <stddef.h>

/*
 * Sets `at`, a size_t variable, to the first place of 0 … count at which
 * `before`, an expression over at, is false: true of a first part of the places
 * and false of the rest. count where it is true of all.
 *
 *	size_t at;
 *	LOWER_BOUND(at, keys->count, str_cmp(keys->items[at].text, text) < 0);
 */
#define LOWER_BOUND(at, count, before)                                                             \
	do {                                                                                       \
		size_t from_ = 0, to_ = (count);                                                   \
		while (from_ < to_) {                                                              \
			(at) = from_ + (to_ - from_) / 2;                                          \
			if (before)                                                                \
				from_ = (at) + 1;                                                  \
			else                                                                       \
				to_ = (at);                                                        \
		}                                                                                  \
		(at) = from_;                                                                      \
	} while (0)

#endif
