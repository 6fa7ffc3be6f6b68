/*
 * Inside the module: the repository's counterpart elsewhere. What goes over a wire is the git
 * program's, with the user's ssh, credentials and proxies; whether it worked is told by its status
 * and by what it prints for programs. Functions of struct git_api.
 */
#ifndef KITH_GIT_REMOTE_H
#define KITH_GIT_REMOTE_H

#include "git/repo.h"

int remote_find(struct git_remote *out, struct git_repo *repo, const char *name,
		struct arena *arena, struct kith_error *err);
int remote_add(struct git_repo *repo, const char *name, const char *url, struct kith_error *err);
int remote_remove(struct git_repo *repo, const char *name, struct kith_error *err);
bool remote_is_public(struct git_repo *repo, const struct git_remote *remote,
		      const struct git_transport *how);
int remote_fetch(struct git_repo *repo, const struct git_remote *remote,
		 const struct git_transport *how, struct kith_error *err);
int remote_branches(struct buf *out, struct git_repo *repo, const struct git_remote *remote,
		    const struct git_transport *how, struct kith_error *err);
void remote_note(struct git_repo *repo, struct str text);
void remote_noted(struct buf *out, struct git_repo *repo);
int remote_push(bool *refused, struct git_repo *repo, const struct git_remote *remote,
		const char *id, const struct git_transport *how, struct kith_error *err);

#endif
