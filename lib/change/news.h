/*
 * What changed about people since the last page of the review, as history
 * has it: by hand or by command. Which keys are told stands in people/keys.def.
 */
#ifndef KITH_CHANGE_NEWS_H
#define KITH_CHANGE_NEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "change/history.h"
#include "people/differences.h"
#include "people/journal.h"
#include "report/review.h"

/*
 * Whether a page of an earlier week stands in the folder of reviews. Without one there is nothing
 * that anything could have changed since, and history need not be opened.
 */
bool news_may_be(const struct journal *journal, civil_day monday);

/*
 * Since the last commit that wrote a page of an earlier week, up to today, or to the end of a week
 * that is past: each key's first and last value, where they differ, of active people who are in
 * the journal and were there before; by name. order: git, repo and below count. All lives in the
 * arena.
 */
int news_find(struct review_changes *out, const struct history_order *order,
	      const struct journal *journal, civil_day monday, civil_day today, struct arena *arena,
	      struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Whether somebody's file was written after a day, in whichever zone: else nothing changed in it
 * since, and history need not be opened.
 */
bool news_since_may_be(const struct journal *journal, uint32_t who, civil_day day);

/*
 * What changed in somebody's file after a day, up to today: of the keys that the review tells, what
 * the first commit of those days found, where it is another now. What is not committed counts along
 * with what is. order: git, repo and below count. All lives in the arena.
 */
int news_since(struct differences *out, const struct history_order *order,
	       const struct journal *journal, uint32_t who, civil_day day, civil_day today,
	       struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

#endif
