/*
 * Options from descriptor tables: `--name VALUE`, `--name=VALUE`, `-x VALUE`,
 * `-xVALUE`, flags alone and together (`-ab`), words between them; `--` ends
 * the options. The same tables make the help, and later man pages and shell
 * completion.
 */
#ifndef KITH_CMD_OPT_H
#define KITH_CMD_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/* What a word of a command may be, as bits: for completion (complete.c). */
enum word_kind {
	KIND_TEXT = 1 << 0, /* anything: what one writes, a name, a number */
	KIND_FILE = 1 << 1,
	KIND_FOLDER = 1 << 2,
	KIND_COMMAND = 1 << 3,
	KIND_TOPIC = 1 << 4,     /* of the help, besides commands */
	KIND_WHO = 1 << 5,       /* a person */
	KIND_LIST = 1 << 6,      /* people with commas between */
	KIND_ACTIVE = 1 << 7,    /* the same of those who are active */
	KIND_TASK = 1 << 8,      /* what is open with the person before it */
	KIND_QUERY = 1 << 9,     /* a part of one */
	KIND_FIELD = 1 << 10,    /* KEY=VALUE */
	KIND_HEAD = 1 << 11,     /* of an entry: a channel, `with` people */
	KIND_PAST = 1 << 12,     /* a day that was */
	KIND_AHEAD = 1 << 13,    /* a day to come */
	KIND_INTERVAL = 1 << 14, /* `2 weeks` */
	KIND_SPAN = 1 << 15,     /* `last-month` */
	KIND_WEEK = 1 << 16,
	KIND_CHECK = 1 << 17,
	KIND_TAG = 1 << 18,
	KIND_COLUMNS = 1 << 19,
	KIND_FORMAT = 1 << 20,
	KIND_COLOR = 1 << 21,
	KIND_MET = 1 << 22,   /* `at`, `via` somebody */
	KIND_BY = 1 << 23,    /* `by` a day */
	KIND_OFF = 1 << 24,   /* `off` */
	KIND_GRAPH = 1 << 25, /* a format of graphs */
};

/* What a value is: for completion, and shown in the help. A table ends with OPT_END. */
struct opt {
	const char *name;  /* "within", without dashes */
	const char *value; /* "INTERVAL"; NULL for a flag */
	const char *help;  /* one line, lower case, no full stop */
	char letter;       /* 'e' for -e; 0 for none */
};
/* clang-format off */
#define OPT_END {NULL, NULL, NULL, 0}
/* clang-format on */

struct opt_given {
	const struct opt *opt;
	const char *value; /* NULL for a flag */
};

/* Tables that count together: a command's own, those of its like, those of every command. */
#define OPT_TABLES 3

/* What stands on a command line. All of it lives in the arena; texts are argv's. */
struct opts {
	const struct opt *tables[OPT_TABLES]; /* each may be NULL */
	struct opt_given *given;              /* in order */
	size_t given_count;
	const char **words; /* what is no option */
	size_t words_count;
	size_t raw; /* the first word after `--`; words_count where there is none */
};

/*
 * Reads args by the tables in *opts, and fills in the rest. Fails with KITH_INVALID and
 * a message that says what to do instead: "unknown option --jsn (did you mean
 * --json?)", "--within needs an INTERVAL", "--json takes no value".
 */
int opts_parse(struct opts *opts, char *const *args, size_t count, struct arena *arena,
	       struct kith_error *err) ATTR_MUST_CHECK;

/* Whether it is given. The name must be in a table. */
bool opts_has(const struct opts *opts, const char *name);
/* The value given last, or NULL. */
const char *opts_value(const struct opts *opts, const char *name);
/* The file of --output; NULL for none, and for "-", which is standard output. */
const char *opts_output(const struct opts *opts);
/* The next value of an option that may be given several times; *at begins with 0. NULL at the end.
 */
const char *opts_next(const struct opts *opts, const char *name, size_t *at);

/* The words from that one on, joined by blanks; "" where there are none. */
struct str opts_joined(const struct opts *opts, size_t from, struct arena *arena);

/*
 * How many of args the first word's index is, where options stand before it
 * whose values (by the table) are not words; count where there is none.
 */
size_t opts_first_word(char *const *args, size_t count, const struct opt *common);

#endif
