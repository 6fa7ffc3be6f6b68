/*
 * Inside the module: the difference of two texts. The two of struct git_api.
 * No repository is needed.
 *
 * libgit2 prints a difference with lines about objects, and quotes what is not
 * ASCII, so the header is made here. Texts of more than DIFF_LINES_MAX lines
 * that differ (between what they have in common at both ends) are one whole
 * change, and not shown: finding the shortest one would take too long where
 * somebody means harm.
 */
#ifndef KITH_GIT_DIFF_H
#define KITH_GIT_DIFF_H

#include "git/git.h"

int diff_text(struct buf *out, const char *before_path, struct str before, const char *after_path,
	      struct str after, struct kith_error *err);
int diff_hunks(struct git_hunk **hunks, size_t *count, struct str before, struct str after,
	       struct arena *arena, struct kith_error *err);

#endif
