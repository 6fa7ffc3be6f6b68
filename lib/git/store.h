/*
 * Inside the module: new objects, all on the disk before any has its name.
 * libgit2 syncs each object by itself, and its folder after it, which takes a
 * disk eight times as long as all at once; and an object that has its name
 * before its bytes are on the disk would be taken for sound after a power
 * failure. So libgit2 writes them below a folder of kith's, `kith-objects`.
 */
#ifndef KITH_GIT_STORE_H
#define KITH_GIT_STORE_H

#include "git/repo.h"

/*
 * From here objects are written there, if the surroundings ask for fsync, and
 * it is one disk with their places; under the lock.
 */
int store_open(struct git_repo *repo, struct kith_error *err);
/* Syncs all that were written, and gives them their places. */
int store_publish(const struct git_repo *repo, struct kith_error *err);
/* Takes the folder away, with what was not published. */
void store_close(const struct git_repo *repo);

#endif
