/*
 * Places on the disk that a person means: the journal (-C, else KITH_DIR, else
 * the nearest kith.yaml upward, else the user's own), and files in it.
 */
#ifndef KITH_CMD_LOCATE_H
#define KITH_CMD_LOCATE_H

#include "command.h"

/*
 * Opens the journal's folder. folder: what -C says, or NULL. *path: absolute
 * and without links, in the arena. Returns a descriptor, or -1 with a message
 * that says what to do.
 */
int locate_journal(const char **path, const char *folder, const struct git_surroundings *around,
		   struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Whether a change in this journal (a path without links) was cut off, and no
 * kith is at work there: by the record that lib/git leaves (git.h), without
 * loading it.
 */
bool locate_cut_off(const char *journal, struct arena *arena);

/* Whether a repository is around the journal, as far as that shows without loading lib/git. */
bool locate_has_repo(const char *journal, struct arena *arena);

/*
 * What was written last without a commit (`--no-commit`, `commit: manual`), by its subject: a
 * disposable text beside the repository around the journal, where there is one. "" where nobody
 * knows of any, and for what was committed; *when: in seconds since 1970.
 */
void locate_note_uncommitted(const char *journal, int64_t when, struct str subject,
			     struct arena *arena);
struct str locate_uncommitted(int64_t *when, const char *journal, struct arena *arena);

/*
 * Whether the settings of the repository around the journal name kith's merge driver, at a glance,
 * without loading lib/git; false where only that can tell.
 */
bool locate_driver(const char *journal, struct arena *arena);

/*
 * The path below the journal that a word means: from the current folder, else
 * from the journal's. The file need not be there. "." for the journal itself.
 * False after saying that it leads out of the journal: end with EXIT_USAGE.
 */
bool locate_path(struct str *out, struct context *context, const char *word);

#endif
