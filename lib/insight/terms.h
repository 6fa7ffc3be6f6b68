/*
 * The conditions of a query: each key that can be asked for is a row of a table in terms.c, on top
 * of the keys of contacts (people/keys.def), all of which can be asked for; so can a key of the
 * user's own that somebody has.
 *
 * A value of a day is a span of time, or a range of two with `..` between, each of which may be
 * missing: `2026`, `2026-11`, `2026-W48`, `november`, `this-week`, `next-month`, `yesterday`,
 * `in-3-weeks`, with `-` for blanks. An interval counts from today, back for what was and ahead
 * for what comes: `3mo..` is within three months, `..3mo` before that, for what comes the other
 * way round. `none` is: there is no such day.
 */
#ifndef KITH_INSIGHT_TERMS_H
#define KITH_INSIGHT_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/needle.h"
#include "base/pattern.h"
#include "base/str.h"
#include "insight/reckon.h"
#include "people/journal.h"
#include "people/keys.h"

struct term_row;

/* One condition. */
struct term {
	const struct term_row *row;
	enum key key;   /* of a contact; KEY_UNKNOWN for none, or one of the user's own */
	struct str own; /* that one's name, as it was asked for */
	struct str text;
	struct needle needle;          /* what to find */
	const struct pattern *pattern; /* or this; NULL */
	civil_day from, to;            /* of days; NO_DAY and NO_DAY: there is none */
	struct cadence cadence;
	const struct term_choice *choice;
	const struct term *inner; /* of `has:` a key */
};

/* What a term is read with. */
struct term_reader {
	const struct journal *journal;
	civil_day today;
	struct arena *arena;
	bool words_are_text; /* words alone mean notes and entries (insight/search.h) */
};

/* Somebody who is looked at; what takes reckoning is reckoned when it is asked for. */
struct term_match {
	const struct journal *journal;
	uint32_t who;
	const struct contact *contact;
	const struct task *task; /* whose day is `due`; NULL: the person's */
	struct str text;         /* what words are looked for in, besides names; p == NULL: all */
	bool coarse; /* `text` is more than what is asked: conditions may hold of less */
	struct reckoner reckoner;
	struct reckoning reckoning;
	bool reckoned;
	struct arena scratch;
};

void term_match_init(struct term_match *match, const struct journal *journal, civil_day today);
void term_match_release(struct term_match *match);
void term_match_begin(struct term_match *match, uint32_t who, const struct task *task);

/*
 * A condition in two steps: its key, as it is typed, and what is asked of it. KITH_INVALID, with
 * what was meant where that can be guessed; the column is that in an expression, else 0. pattern:
 * the value is one.
 */
int term_read_key(struct term *out, const struct term_reader *reader, struct str name,
		  struct kith_error *err) ATTR_MUST_CHECK;
int term_read_value(struct term *term, const struct term_reader *reader, struct str value,
		    bool is_pattern, struct kith_error *err) ATTR_MUST_CHECK;
/* A condition without a key. */
int term_read_words(struct term *out, const struct term_reader *reader, struct str value,
		    bool is_pattern, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * A span of days, as values of keys have it; of what was. KITH_NOT_FOUND where the text looks like
 * none, KITH_INVALID where it is a wrong one.
 */
int term_read_span(civil_day *from, civil_day *to, const struct term_reader *reader,
		   struct str text, struct kith_error *err) ATTR_MUST_CHECK;

/* Whether it asks for a text in notes and entries, and where that has it. */
bool term_is_text(const struct term *term);
bool term_find(const struct term *term, struct str text, struct needle_hit *hit,
	       struct term_match *match);

/* Whether it is `sort`, `limit` or `query`, which are no conditions and have no value here. */
bool term_is_order(const struct term *term);
/* What it is asked for by. */
struct str term_name(const struct term *term);

/* What that is in a sentence: `the place`. */
const char *term_noun(const struct term *term);
/*
 * All keys that can be asked for, but for those of the user's own: the next one, and false behind
 * the last. *at begins with 0.
 */
bool term_next_key(struct term *out, size_t *at);
/* What a key's value may be, besides its choices. */
enum term_values {
	VALUES_TEXTS,
	VALUES_DAYS,
	VALUES_CADENCES,
	VALUES_KEYS,
	VALUES_QUERIES,
	VALUES_FREE
};
enum term_values term_values(const struct term *term);
/* The word of `is:` and its like with that number; NULL behind the last. */
const char *term_choice_name(const struct term *term, size_t i);

bool term_fits(const struct term *term, struct term_match *match);

/* Whether it asks for a status. */
bool term_names_status(const struct term *term);

/* `the last contact is after 2026-08-22`. */
struct str term_explain(const struct term *term, struct arena *arena);

/* What can be sorted by and shown: a day, NO_DAY for none, or else texts. */
bool term_is_shown(const struct term *term);
bool term_is_day(const struct term *term);
bool term_is_list(const struct term *term); /* there may be several texts */
civil_day term_day(const struct term *term, struct term_match *match);
/* All that stands there, as texts: for sorting and for columns; in the match's scratch. */
struct strs term_texts(const struct term *term, struct term_match *match);

#endif
