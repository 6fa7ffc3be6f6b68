/*
 * What a person types of somebody just met:
 *
 *	NAME [DATE] [at TEXT] [via WHO]
 *
 * each of several words; `at TEXT` and `via WHO` in either order. Where WHO
 * comes last it begins after the last `via`, so that TEXT may have the word.
 */
#ifndef KITH_PEOPLE_MET_H
#define KITH_PEOPLE_MET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"

struct met {
	struct str name;
	civil_day day;   /* today where none is said */
	struct str text; /* after `at`; "" */
	struct str via;  /* after `via`; "" */
};

/*
 * Reads the words. Date words mean the past. KITH_INVALID for a day that is
 * none or ahead, for `at` or `via` without anything after it, and where the
 * last word may be a day or a name (`Ming Sun`).
 */
int met_parse(struct met *out, const char *const *words, size_t count, civil_day today,
	      struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* Whether the words are more than a name: a day at their end, `at TEXT`, `via WHO`. */
bool met_says_more(const char *const *words, size_t count, civil_day today, struct arena *arena);

/* The value of the key `met`: `2026-11-20 at the ACM dinner`. */
struct str met_value(const struct met *met, struct arena *arena);

#endif
