/*
 * What a person types after `kith log WHO` and `kith plan WHO`: the head of an
 * entry and its text, in the grammar that stands in the files too, with date
 * words:
 *
 *	HEAD = [DATE] [TIME] [CHANNEL] [with WHO[,WHO…]]
 *	log:  [HEAD:] TEXT [+gave|+got|+asked], or HEAD
 *	plan: HEAD[: TEXT]
 *
 * HEAD ends at the first word that ends in `:`. Where the words before it are
 * no HEAD, all is TEXT; but CHANNEL ends a HEAD too (`coffee the looms`).
 * Without a colon and a channel it is a HEAD only if every word parses, but
 * for tags at the end. `at` may stand before TIME, which may follow CHANNEL.
 * Marks of a list and separators before it are dropped.
 */
#ifndef KITH_PEOPLE_HEAD_H
#define KITH_PEOPLE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "people/config.h"

/* More people after `with` than an entry can have are no HEAD. */
#define HEAD_MOST_PEOPLE 64

enum head_kind {
	HEAD_LOG,  /* day words mean the past; a day ahead is refused */
	HEAD_PLAN, /* day words mean the future; a day must be said, and not be past */
};

/*
 * Whether somebody is called exactly so. It is asked only where a line
 * without a colon ends in a name of several words, `lunch with grace hopper`,
 * which may be text as well: `lunch with friends of hers`.
 */
typedef bool head_knows(void *context, struct str name);

/* A line as it was typed. */
struct head_line {
	enum head_kind kind;
	/*
	 * The words joined by blanks, or what a prompt, a pipe or an editor
	 * gave: the head is in its first line, all others are text.
	 */
	struct str text;
	bool raw;          /* it began with `--`: all of it is text */
	struct str who;    /* WHO as it was typed, for the lines that messages show */
	head_knows *knows; /* NULL: nobody is known */
	void *context;     /* of knows */
};

struct head {
	civil_day day;      /* today where none is said */
	bool dated;         /* a day was said */
	struct str time;    /* `14:30`, `14:30–15:00`; "" */
	struct str channel; /* as the settings spell it; "" */
	struct strs with;   /* the words after `with`, one for each WHO; of a link its target */
	struct str text;    /* `+gave` made `#gave`; line ends are LF; "" for none */
	/*
	 * A word before the colon that would be a channel if the journal knew
	 * it (`zoom:`): it is kept as text, and the command says so. "" for none.
	 */
	struct str unknown_channel;
	/*
	 * The words of a date or a time in what is text, because what stands up
	 * to the colon is no HEAD (`sat in the garden: nice`, `this morning: x`);
	 * the command says so. "" for none.
	 */
	struct str kept_date;
	/*
	 * A channel's word at the beginning of what is text, for want of a colon
	 * (`tried calling`); the command says so. "" for none.
	 */
	struct str kept_channel;
};

/*
 * Reads a line. today must not be NO_DAY. KITH_INVALID, with the lines to
 * type instead: for nothing at all; where it could mean two things (`monday
 * is her first day`: `monday: is her first day`, or `-- monday is her first
 * day`); for a date that is none or reads two ways; for a day ahead in a log
 * (`kith plan WHO …`), a past one in a plan (`kith log WHO …`) and none there;
 * for several days (`2026-11-20 – 2026-11-22`); for a day at the end of what
 * is a head otherwise (`coffee friday`), and a `with` without anybody; for text with control
 * characters or that is no UTF-8. Texts point into the line, or live in the
 * arena.
 */
int head_parse(struct head *out, const struct head_line *line, const struct config *config,
	       civil_day today, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Takes a `by DATE` off the end of a task's text, in date words that mean the
 * future: `send her the paper by friday`; `until`, `before` and `on` likewise. Tags may follow it,
 * and stay, as a time of day does; a full stop goes with it. *due: NO_DAY without one; what follows
 * the last of these words and is no date is text. The text may be empty afterwards. KITH_INVALID
 * for a date that reads two ways or cannot be (`by nov 31`).
 */
int head_take_due(struct str *text, civil_day *due, civil_day today, struct arena *arena,
		  struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Of a text without a due day, what may have been meant as one: what follows
 * the last of these words, with it (`by december`, `by 5pm`), or a day at the
 * end (`call monday`); "" for none.
 */
struct str head_kept_due(struct str text, civil_day today, struct arena *arena);

/* `+gave`, `+got` and `+asked` as words of their own, written with `#`. */
struct str head_tags(struct str text, struct arena *arena);

/*
 * Words as they are to be typed in a shell, for messages: plain where that
 * is the same, else quoted. Of several lines the first, and a long one cut;
 * `…` tells both.
 */
struct str head_typed(struct str words, struct arena *arena);

#endif
