/*
 * A command: one file cmd/NAME.c that defines one descriptor, named
 * command_NAME and listed in commands.def:
 *
 *	static int cmd_due(struct context *context) { ... }
 *	const struct command command_due = {
 *		.name = "due", ..., .run = cmd_due,
 *	};
 *
 * or, where it changes something, with .write in place of .run (write.h).
 *
 * The dispatcher (main.c) reads the options, finds and reads the journal as
 * far as `needs` says, runs the command, writes what it put out, prints the
 * findings on standard error, and ends with the higher of the command's
 * status and that of the findings (1 where one is an error).
 */
#ifndef KITH_CMD_COMMAND_H
#define KITH_CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/datewords.h"
#include "base/error.h"
#include "git/git.h"
#include "opt.h"
#include "out.h"
#include "people/journal.h"

/* The status a command ends with. */
enum exit_status {
	EXIT_FINE = 0,
	EXIT_PROBLEM = 1, /* problems were found, or it failed */
	EXIT_USAGE = 2,   /* wrong words or options */
};

/* Whom a command that writes is about: found before it is run. */
enum command_who {
	WHO_NOBODY,
	WHO_FIRST, /* whom the first word means */
	WHO_ALL,   /* whom all words together mean */
};

enum command_needs {
	NEEDS_NOTHING, /* today, opts, out, arena */
	NEEDS_FOLDER,  /* and the journal's folder: dir, path */
	NEEDS_CONTACTS /* and all contacts: journal */
};

/* Where a command stands in the list of commands. */
enum command_group { GROUP_WEEK, GROUP_PEOPLE, GROUP_JOURNAL };

/* An example's line as it is typed, and what it does. */
struct example {
	const char *line, *what;
};

struct lookback;
struct writing;
struct person;

struct context {
	const struct command *command;
	bool named;                     /* false: nothing was typed, and it is `today` */
	struct opts opts;               /* options and words after the command's name */
	civil_day today;                /* --today, KITH_TODAY or the local date */
	struct out *out;                /* standard output and standard error */
	struct arena *arena;            /* lives as long as the process */
	struct git_surroundings around; /* from the environment and the clock */

	const struct git_api *git; /* by context_git */
	struct git_repo *repo;     /* by context_repo; closed at the end */
	struct str below;          /* likewise: the journal's folder in the work tree */

	int dir;                 /* the journal's folder, open; -1 without */
	const char *path;        /* its absolute path, without links; NULL without */
	struct lookback *past;   /* with --as-of: dir holds what stood then (lookback.h) */
	struct journal *journal; /* with NEEDS_CONTACTS; else NULL */
};

struct command {
	const char *name;
	enum command_group group;
	enum command_needs needs;
	const char *summary; /* one line for the list: "say who is due, and why" */
	const char *usage;   /* what follows `kith NAME`: "[WEEK]"; "" for nothing */
	/* Paragraphs of 72 columns at most, each ending with a newline, blank lines between. */
	const char *text;
	struct opt options[12];      /* its own; an empty one ends them */
	struct example examples[10]; /* likewise */
	size_t min_words, max_words; /* how many words may follow */
	unsigned words[3]; /* what they are (enum word_kind); the last also those after it */
	bool hidden;       /* for programs: not in the list of commands */
	bool pages;        /* what it prints is read, in a pager where it is long */
	bool own_findings; /* prints the journal's findings itself */
	bool writes;       /* findings elsewhere in the journal are not its matter */
	bool looks_back;   /* --as-of goes with it: it reads, at least with some options */
	/* Returns an exit status. */
	int (*run)(struct context *context);
	/*
	 * Instead, for most commands that write: run by writing_run (write.h), and
	 * the options of all of them follow its own. who: as the next member says;
	 * with WHO_NOBODY it is empty. A command may have both, with run =
	 * writing_run: then its options are all it has.
	 */
	int (*write)(struct writing *w, const struct person *who);
	enum command_who who;
	bool several;     /* --where says whom, in the place of the words for one */
	const void *kind; /* what tells it from others that share the function */
};

#define ANY_WORDS ((size_t)-1)

/* All commands, in the order of commands.def. */
#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

/* The commands' descriptors; *count of them. */
const struct command *const *commands_list(size_t *count);
/* A command by its name; NULL after saying that there is none, and which it may be. */
const struct command *commands_named(struct context *context, const char *name);
/* The options of a command beside its own, where `write` alone runs it; else NULL. */
const struct opt *commands_writing_options(const struct command *command);
/* The options of every command: --dir (-C), --today, --as-of, --color, --no-pager, --help (-h),
 * --version. */
const struct opt *commands_common_options(void);

/* The help: all commands, grouped, with a line each; or of one command all there is. */
void help_overview(struct out *out);
void help_of_command(struct out *out, const struct command *command);
/* The commands of a week, as they are typed; an empty one ends them. */
const struct example *help_week(void);
/* What --as-of of the commands that read means. */
const char *help_as_of(void);

/* Says on standard error what is wrong and where help is; returns EXIT_USAGE. */
int context_usage(struct context *context, const char *format, ...) ATTR_PRINTF(2, 3);
/* Prints a failure on standard error; returns EXIT_PROBLEM. */
int context_fail(struct context *context, const struct kith_error *err);

/*
 * A date that a person typed for an option or word, in words too (see
 * base/datewords.h), reckoned from the context's today. what: "--until", for
 * the message. Returns false after saying why not (then end with EXIT_USAGE).
 */
bool context_date(struct context *context, const char *what, const char *text,
		  enum datewords_direction direction, civil_day *day);
/* The same for an interval: "--within". */
bool context_interval(struct context *context, const char *what, const char *text,
		      struct interval *interval);

/*
 * The table of git's functions, loaded from beside the executable, from
 * ../lib/kith beside it, or from where it was installed; NULL on a failure.
 * Slow (15 ms): only for what cannot do without.
 */
const struct git_api *context_git(struct context *context, struct kith_error *err);
/* That, and the repository around the journal: see commit_open. */
int context_repo(struct context *context, struct kith_error *err) ATTR_MUST_CHECK;

#endif
