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
