/* Commits what was just written to the journal, and nothing else. */
#ifndef KITH_CHANGE_COMMIT_H
#define KITH_CHANGE_COMMIT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"

/*
 * The journal's path below the work tree, with a final '/'; "" where they are
 * the same. Both absolute; journal without links. In the arena.
 */
int commit_below_workdir(struct str *out, const char *workdir, const char *journal,
			 struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Opens the nearest repository around the journal (its absolute path, without
 * links); *below: as above. Close *repo where it is not NULL, also after a
 * failure. KITH_NOT_FOUND where there is none.
 */
int commit_open(struct git_repo **repo, struct str *below, const struct git_api *git,
		const struct git_surroundings *around, const char *journal, struct arena *arena,
		struct kith_error *err) ATTR_MUST_CHECK;

/*
 * A file below the journal as HEAD or the index has it (struct git_api, read),
 * in the arena; p == NULL where it has none, and after a failure.
 */
int commit_read(struct str *out, const struct git_api *git, struct git_change *change,
		enum git_copy copy, struct str below, struct str path, size_t max,
		struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* The trailer that holds what kith's change was (struct git_message, seal). */
#define COMMIT_SEAL "Kith-Made"

/*
 * A message: subject, body ("" for none) and the trailer `Kith: `; instead: a
 * person's words for the first two, or NULL.
 */
struct str commit_message(struct str subject, struct str body, const char *instead,
			  struct str trailer, struct arena *arena);

/*
 * Commits files that hold their `head` already; nothing where HEAD has all of
 * them so. repo: open.
 */
int commit_written(const struct git_api *git, struct git_repo *repo, const struct git_file *files,
		   size_t count, const char *message, char id[GIT_ID_SIZE],
		   struct kith_error *err) ATTR_MUST_CHECK;

#endif
