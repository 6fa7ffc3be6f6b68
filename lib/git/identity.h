/* Inside the module: who makes a commit, and when, as git would say (git-commit(1), "COMMIT
 * INFORMATION"). */
#ifndef KITH_GIT_IDENTITY_H
#define KITH_GIT_IDENTITY_H

#include "git/repo.h"

/*
 * Author and committer: each name and e-mail from the surroundings, else
 * author.* or committer.*, else user.*, else EMAIL for the e-mail; the date
 * from the surroundings. KITH_INVALID where one is missing, with the commands
 * that set it. Unlike git nothing is guessed from the login and the host.
 * Free both with git_signature_free, also after a failure.
 */
int identity_find(git_signature **author, git_signature **committer, const struct git_repo *repo,
		  struct kith_error *err);

/* The one of struct git_api. */
int identity_email(struct git_repo *repo, struct buf *email, struct kith_error *err);

#endif
