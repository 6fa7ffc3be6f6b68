/*
 * What all commands that write have in common: whom they mean, found with as
 * little reading as possible; the options; making the change, and telling
 * what became of it. A command's `write` (command.h) is what is different:
 *
 *	static int log_one(struct writing *w, const struct person *who)
 *	{
 *		...
 *		int status = writing_make(w, &change, &result);
 *		return writing_tell(w, &result, status, text, model);
 *	}
 *
 * The command's `needs` is NEEDS_FOLDER; or NEEDS_CONTACTS where it must see
 * everybody (rename, merge, remove): then nothing is read again.
 */
#ifndef KITH_CMD_WRITE_H
#define KITH_CMD_WRITE_H

#include <jansson.h>

#include "change/change.h"
#include "change/gather.h"
#include "change/preview.h"
#include "command.h"

/* The options of all of them; with OPT_END. */
extern const struct opt writing_options[];

/* Somebody whom a command is about. */
struct person {
	struct str path, slug, name;
	const struct contact *contact; /* read whole, but for people after `with` */
};

struct writing {
	struct context *context;
	const struct config *config;
	struct journal names;  /* the settings; nobody */
	struct fs_list files;  /* everybody's path, in no order; no file is read */
	struct journal picked; /* those whom a word means by slug or path; of the last such word */
	struct journal fronts; /* everybody's front matter, when a name is asked for */
	bool has_picked, has_fronts;
	struct journal *read; /* those who were found, in the arena */
	size_t read_count;
	struct str diff; /* of --dry-run with --json, for the model; p == NULL without */
};

/* EXIT_FINE, or the status to end with after saying why. End it in each case. */
int writing_begin(struct writing *w, struct context *context) ATTR_MUST_CHECK;
void writing_end(struct writing *w);

/*
 * Whom one word means: a slug (then no other file is read), a path, a whole
 * name or alias, an e-mail, or whole words of them; never a part of a word.
 * EXIT_FINE, or EXIT_PROBLEM after saying who it may be.
 */
int writing_find(struct writing *w, struct str word, struct person *who) ATTR_MUST_CHECK;
/* The same for `ada,grace`; *people lives in the arena. Somebody twice is refused. */
int writing_find_list(struct writing *w, struct str words, struct person **people,
		      size_t *count) ATTR_MUST_CHECK;

/* Whether somebody's slug or path is that word; no file is read. */
bool writing_is_file(struct writing *w, struct str word);

/* Everybody, as far as a name is known: front matter alone, or what the command has read. */
int writing_everybody(struct writing *w, const struct journal **journal) ATTR_MUST_CHECK;

/*
 * Whether the next word on the command line goes on with the person's name
 * (`kith log ada lovelace coffee`), or makes it the name of another file
 * (`ann marie`): says how it is written. EXIT_USAGE then, else EXIT_FINE; so
 * also where `--` stands before it.
 */
int writing_check_next(struct writing *w, const char *word, const struct person *who,
		       const char *next) ATTR_MUST_CHECK;

/*
 * Runs a command's `write`: for WHO_FIRST with whom the first word means, if
 * the second does not go on with the name; for WHO_ALL all words together.
 */
int writing_run(struct context *context);

/*
 * Makes the change, or with --dry-run prints its difference. EXIT_FINE;
 * EXIT_PROBLEM after saying why, also where the files are written but not
 * committed though they should have been. result->written tells whether
 * there is anything to report: the command prints that first (see below).
 */
int writing_make(struct writing *w, const struct change *change,
		 struct change_result *result) ATTR_MUST_CHECK;

/* The same, but for what fails: the failure is the caller's to tell. Returns -1 then, else 0. */
int writing_try(struct writing *w, const struct change *change, struct change_result *result,
		struct kith_error *err) ATTR_MUST_CHECK;

/* The edit of one contact's file: the whole new file, appended to out. */
typedef int writing_edit(void *context, const struct config *config, struct str image,
			 struct buf *out, struct kith_error *err);

/* A change of one contact's file, which is what most small commands make. */
struct single {
	struct writing *w;
	const struct person *who;
	writing_edit *edit;
	void *context;
};

/*
 * Makes it, with a message that says what the edit does to the file as it was
 * read, and the trailer `COMMAND SLUG`; see writing_make. *preview: that.
 */
int writing_make_single(const struct single *single, struct preview *preview,
			struct change_result *result) ATTR_MUST_CHECK;

/* What the edit would do; an exit status, EXIT_PROBLEM after saying why it cannot be made. */
int writing_preview(const struct single *single, struct preview *preview) ATTR_MUST_CHECK;
/* The same of several at once, whose edits are previewed: one change, and one commit. */
int writing_make_several(const struct single *singles, const struct preview *previews, size_t count,
			 struct str trailer, struct change_result *result) ATTR_MUST_CHECK;

/* What the change of one file says, as its commit's message; "" where that cannot be told. */
void writing_describe(struct change *change, struct writing *w, const struct describe_file *file);

/* What to gather there, once context_repo opened the repository. */
struct gather_order writing_gather_order(const struct context *context, const struct config *config,
					 struct strs only);

/*
 * Gathers what a person changed by hand (change/gather.h), and says what was
 * finished of an earlier run. only: files and folders; none for all. An exit
 * status; gather_end it in each case.
 */
int writing_gather(struct gathered *out, struct context *context, const struct config *config,
		   struct strs only) ATTR_MUST_CHECK;
/* Commits that, if it is anything; an exit status. id: "" without a commit. */
int writing_commit_gathered(char id[GIT_ID_SIZE], const struct gathered *gathered,
			    struct context *context) ATTR_MUST_CHECK;

/* What follows `Kith: ` in the message: `COMMAND SLUG`. */
struct str writing_trailer(const struct writing *w, const struct person *who);

/* {did, slug, name, path}: the beginning of what --json prints. did: the command's name. */
json_t *writing_model(const struct writing *w, const struct person *who) ATTR_MUST_CHECK;

/*
 * Ends a command's report: its own sentence ("logged coffee with Ada Lovelace
 * in people/ada-lovelace.md"), further lines, then what became of the commit;
 * as JSON the model with "changed" and "commit" added, and with "diff" where
 * nothing was written because of --dry-run. status: writing_make's; returned,
 * or the higher. model: taken over (freed here); may be NULL without --json.
 * A day in it is "day", what was said "text".
 */
int writing_tell(struct writing *w, const struct change_result *result, int status, struct str text,
		 json_t *model);

/* Whether there is a repository, and a change is committed to it. */
bool writing_commits(const struct writing *w);

/* `--dry-run`, `--json` */
bool writing_is_dry(const struct writing *w);
bool writing_is_json(const struct writing *w);

/*
 * When the person's next check-in is due, from the file as it is now alone:
 * "next check-in: 2027-01-04, in 6 weeks"; "" where none is.
 */
struct str writing_next(struct writing *w, const struct person *who, civil_day *due);

#endif
