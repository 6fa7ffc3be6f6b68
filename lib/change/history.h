/*
 * What happened to the journal, told from its commits' trees: so it does not
 * matter who made a commit, with which tool and message. A trailer of `kith
 * review` alone tells more: that a page of the week was written again, and not
 * edited by somebody.
 */
#ifndef KITH_CHANGE_HISTORY_H
#define KITH_CHANGE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/company.h"
#include "git/git.h"
#include "people/config.h"
#include "people/contact.h"

/* A contact's file in a commit. */
struct history_file {
	struct str path; /* as it is called after all of them, below the journal */
	const struct contact *before, *after; /* NULL where there was, is none */
};

/* A commit as a visit gets it: all of it is good until that returns. */
struct history_commit {
	const struct git_commit_info *info;
	civil_day day;
	struct str trailer; /* as in a history_change */
	const struct history_file *files;
	size_t count;
};

/*
 * What is called for each commit, the newest first, in place of telling of it; false ends. wants:
 * whether a file is read, by its path as above; NULL: all are.
 */
struct history_visit {
	bool (*visit)(void *context, const struct history_commit *commit);
	bool (*wants)(void *context, const struct git_delta *delta, struct str path);
	void *context;
};

struct history_order {
	const struct git_api *git;
	struct git_repo *repo;
	struct str below; /* the journal's folder in the work tree, with a final '/', or "" */
	const struct config *config;
	struct str path; /* below the journal: the one file to tell of, followed through renames; p
			    == NULL: all */
	size_t most;     /* so many changes; 0: all */
	bool lines;      /* with the lines that differ */
	struct company *company;           /* as in a describe_setting */
	const struct history_visit *visit; /* NULL: the result tells of all */
};

/* A commit that changed something of what is told of. */
struct history_change {
	char id[GIT_ID_SIZE];
	civil_day day; /* the author's, where the author was */
	struct str author, email;
	struct str subject;  /* of its message, as one line */
	struct str trailer;  /* what follows `Kith: ` in it; "" for none */
	struct strs phrases; /* in people's terms; the subject, where these say nothing; sets of
				more than three of a kind are one */
	struct strs paths;   /* of the files, below the journal */
	struct str lines;    /* as git diff prints them; "" unless they were asked for */
};

struct history {
	struct history_change *items; /* the newest first */
	size_t count;
	bool more; /* there are older ones */
};

/* All texts live in the arena. A repository without commits has no history, which is no failure. */
int history_read(struct history *out, const struct history_order *order, struct arena *arena,
		 struct kith_error *err) ATTR_MUST_CHECK;

#endif
