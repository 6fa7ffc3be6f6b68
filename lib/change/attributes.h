/*
 * Which files of a journal git merges with kith's driver (gitattributes(5)): kith.yaml, the
 * contacts and the reviews, at the folders that kith.yaml names; and how git is told.
 */
#ifndef KITH_CHANGE_ATTRIBUTES_H
#define KITH_CHANGE_ATTRIBUTES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"
#include "people/config.h"

/* The driver's name: what stands behind `merge=`. */
#define ATTRIBUTES_DRIVER "kith"

/*
 * The lines, `people/<any folder>/<any note>.md merge=kith`, for a file in the folder above
 * `below`: the journal's path with a final '/', or "" for a .gitattributes of its own.
 */
struct strs attributes_lines(const struct config *config, struct str below, struct arena *arena);

/*
 * The driver's command line (gitattributes(5)). kith: the program; folder: the work tree's top,
 * where git calls it from anywhere else, or NULL. Both as a shell takes them.
 */
struct str attributes_command(const char *kith, const char *folder, struct arena *arena);

/*
 * Whether the journal's .gitattributes names the driver at all. Warns where its lines do not fit
 * kith.yaml any more: what a folder that they miss holds is merged as text.
 */
bool attributes_report(struct diag *diag, int dir, const struct config *config,
		       struct arena *arena);

/* A .gitattributes that names the driver, with the lines it misses at its end; else as it is. */
struct str attributes_mend(struct str text, const struct config *config, struct arena *arena);

/*
 * Sets up a clone: git's configuration and info/attributes (git_api, set_driver), so that git
 * merge, pull, rebase and the like call `kith merge-driver`, and git's text merge where kith is
 * missing. below: the journal in the work tree, as commit_open has it. *news: false where it was
 * set up already.
 */
int attributes_set_driver(bool *news, const struct git_api *git, struct git_repo *repo,
			  struct str below, const struct config *config, struct arena *arena,
			  struct kith_error *err) ATTR_MUST_CHECK;

#endif
