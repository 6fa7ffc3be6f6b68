/*
 * The query language: who is meant by words, keys, ranges and how they are joined. `kith help
 * query` says it to people.
 *
 *	QUERY   and, or, not (or -), ( ), `and` is also a blank and binds tighter than `or`
 *	word    a name, alias, organisation, title, place, tag, interest or address begins so
 *	"a b"   the same with these words one after the other
 *	/x/     notes and entries match the expression (base/pattern.h)
 *	k:v     what is known under a key, see terms.h; v may be "a b" or, of texts, /x/
 *	sort:k limit:n query:name
 *
 * Pure functions of the text, the journal and the day.
 */
#ifndef KITH_INSIGHT_QUERY_H
#define KITH_INSIGHT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "insight/terms.h"
#include "people/journal.h"

enum query_kind { QUERY_TERM, QUERY_NOT, QUERY_AND, QUERY_OR };

struct query_node {
	enum query_kind kind;
	struct term term;         /* of QUERY_TERM */
	struct query_node *first; /* what is joined */
	struct query_node *next;
};

struct query_sort {
	struct term by; /* a key alone */
	bool down;
};

#define QUERY_SORTS_MAX 8

struct query {
	struct str text;
	struct query_node *root; /* NULL: everybody fits */
	struct query_sort sorts[QUERY_SORTS_MAX];
	size_t sorts_count; /* 0: by name */
	size_t limit;       /* SIZE_MAX: all */
	bool names_status;  /* it asks for one: then nobody is left out for theirs */
};

/* The longest text of a query, in bytes. */
#define QUERY_MAX 4096

/*
 * One text of several arguments, with blanks between them. One that is `key:` and more words is one
 * value (`org:Analytical Engines`), unless they hold a `key:` themselves, quotes or parentheses.
 */
struct str query_join(const char *const *words, size_t count, struct arena *arena);

/*
 * Reads a text. KITH_INVALID with the column (in characters, from 1; line is 0), where it cannot be
 * understood: with the nearest that can. What is in a query of kith.yaml has the column of its
 * `query:`. All lives in the arena.
 */
int query_parse(struct query *out, struct str text, const struct term_reader *reader,
		struct kith_error *err) ATTR_MUST_CHECK;

/* Reports what is wrong in the queries of kith.yaml, at its place there. */
void query_report(struct journal *journal, civil_day today, struct arena *arena);

/* Whether the person fits; task: what `due:` is asked of in the person's place, or NULL. */
bool query_fits(const struct query *query, struct term_match *match, uint32_t who,
		const struct task *task);

/* Whether the person fits, with that text in the place of all notes and entries. */
bool query_fits_entry(const struct query *query, struct term_match *match, uint32_t who,
		      struct str text);
/* Whether it has a condition of notes and entries. */
bool query_asks_text(const struct query *query);
/* Whether what the match is about fits: the person and the text that are set there. */
bool query_fits_text(const struct query *query, struct term_match *match);

/*
 * Those who fit and could be read, sorted and not more than the limit; in the arena. everybody:
 * also who is not active; else *hidden: how many such would fit.
 */
uint32_t *query_select(const struct query *query, const struct journal *journal, civil_day today,
		       bool everybody, size_t *count, size_t *hidden, struct arena *arena);

/* How it was understood: a condition a line, indented below what joins them. */
struct str query_explain(const struct query *query, struct arena *arena);

#endif
