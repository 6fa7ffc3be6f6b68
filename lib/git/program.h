/*
 * Inside the module: the git program, for what libgit2 does not do. It runs
 * in the work tree with the process's environment (agents, terminal, PATH),
 * but for what names a repository, an index, an identity or a configuration:
 * that comes from the surroundings. Paths are taken literally, and no lock is
 * taken only to refresh something; but not where it runs as the user's own.
 */
#ifndef KITH_GIT_PROGRAM_H
#define KITH_GIT_PROGRAM_H

#include "git/repo.h"

struct program_call {
	const struct git_repo *repo;
	const char *index;           /* its index file; NULL: the repository's */
	const char *folder;          /* where it runs; NULL: the work tree */
	const git_signature *author; /* NULL: the surroundings' */
	/* With no option but the caller's, and what it prints goes to standard error, for hooks
	 * shall see and show what they do under the user's own git. */
	bool as_user;
	int keep; /* a descriptor that it gets, too, as a lock that lasts until it ends; or 0 */
	const char *const *env; /* more for its environment, NAME=VALUE, up to a NULL; or NULL */
	/* So many seconds without a word from it end it, and all that it started: KITH_OFFLINE; 0:
	 * it takes as long as it takes. */
	int patience;
	int show; /* a terminal, which gets its progress as it comes, and can ask the user; or 0 */
	struct str input;
	struct buf *out; /* what it prints is added; too much sets its overflow, and ends git */
	int *status; /* set, where a status that is not 0 is an answer; else such is a failure */
};

/*
 * Runs git with these arguments, up to a NULL. KITH_FAILED where it cannot be
 * started, or fails: "WHAT: its words", or WHAT alone as the user's own. A git that was ended by an
 * overflow did not fail.
 */
int program_run(const struct program_call *call, const char *const *args, const char *what,
		struct kith_error *err);

#endif
