/*
 * The career line: what somebody was before, as `formerly` holds it, one text
 * each: `Commander, Navy (2019–2024)`.
 */
#ifndef KITH_CHANGE_FORMER_H
#define KITH_CHANGE_FORMER_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "change/history.h"
#include "people/contact.h"

/*
 * What ended between two readings of a contact: titles and organisations that are in the second
 * no more, and beside what is gone that with which it was held; "" for nothing. `Commander, Navy`.
 */
struct str former_post(const struct contact *before, const struct contact *after,
		       struct arena *arena);

/*
 * The same from history, where `formerly` says nothing: what ended, each with its years, the
 * oldest first. order: git, repo, below, config and path count.
 */
int former_of_history(struct strs *out, const struct history_order *order, struct arena *arena,
		      struct kith_error *err) ATTR_MUST_CHECK;

/* The post with its years: `(2019–2024)`, `(2024)`; start 0, where it is not known: `(until 2024)`.
 */
struct str former_line(struct str post, int start, int end, struct arena *arena);

/*
 * What `formerly` gets for such a change in a year, or "": so also for the second half of one that
 * came in two (the org, then the title), whose line is the latest of that year. since: the year
 * from which on what ended is what came before this one, or 0.
 */
struct str former_kept(const struct contact *before, const struct contact *after, int since,
		       int year, struct arena *arena);

#endif
