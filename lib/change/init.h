/*
 * Makes a journal in a folder, or completes one: what is missing is written,
 * what is there already is never touched. In this order: init_open,
 * init_plan, init_write, init_commit.
 */
#ifndef KITH_CHANGE_INIT_H
#define KITH_CHANGE_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/survey.h"
#include "git/git.h"
#include "people/config.h"

/* A folder that is, or becomes, a journal's. */
struct init_folder {
	int dir;          /* open, owned by the caller */
	const char *path; /* absolute, without links, in the arena */
	bool made;        /* it was not there before */
};

/*
 * Opens the folder, made where it is missing, with those above it: it is its
 * owner's alone then (0700). path: as a person typed it. Refuses a folder
 * that lies in another journal (KITH_INVALID), before anything is made.
 */
int init_open(struct init_folder *folder, const char *path, struct arena *arena,
	      struct kith_error *err) ATTR_MUST_CHECK;

struct init_file {
	struct str path;    /* below the journal, NUL-terminated */
	struct str bytes;   /* what kith writes there */
	bool there;         /* something stands there already, and stays */
	struct strs lacked; /* what does, of a .gitattributes or .gitignore: the lines it lacks */
};

/* What there is to do. All texts live in the arena. */
struct init_plan {
	struct init_file *files; /* kith.yaml last: with it the folder becomes a journal */
	size_t count;
	size_t missing;        /* how many of them are to be written */
	struct config config;  /* what kith.yaml says, or will say */
	bool is_journal;       /* it is there */
	bool is_example;       /* example contacts are among the files */
	bool has_other_things; /* the folder holds something that is not a journal's */
	struct survey survey;  /* of the notes in a folder that is no journal yet */
};

/*
 * Looks at the folder. today: for `since`. example: the journal the program
 * carries, with its dates moved by whole weeks (see change/shift.h) from the
 * one it was written for to today's. Fails where an example is to go into a
 * folder that is not empty, and where kith.yaml is there but wrong or of a
 * newer version.
 */
int init_plan(struct init_plan *plan, const struct init_folder *folder, civil_day today,
	      bool example, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* Writes the missing files and folders. */
int init_write(const struct init_plan *plan, int dir, struct kith_error *err) ATTR_MUST_CHECK;

struct init_commit {
	char id[GIT_ID_SIZE]; /* "" where nothing was committed */
	bool made;            /* a repository was made, with the branch main */
	bool driver;          /* git was told how to merge (attributes.h) */
	size_t untracked;     /* files of the folder that git does not know, if it was made */
};

/*
 * Opens the repository around the journal, or makes one where there is none,
 * commits the files that init_write wrote, and no other, and tells git how to
 * merge them. commit: false to leave the commit to the user.
 */
int init_commit(struct init_commit *out, const struct init_plan *plan, const char *path,
		const struct git_api *git, const struct git_surroundings *around, bool commit,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* The message of that commit's first line: `Start the journal`, `Add .gitignore`. In the arena. */
struct str init_subject(const struct init_plan *plan, struct arena *arena);

#endif
