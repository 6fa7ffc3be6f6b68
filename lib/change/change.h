/*
 * One intent on a journal: edits of files, made on what each file holds, on
 * what HEAD and on what the index has of it; written atomically; committed as
 * exactly that change, whatever else is staged or edited, even in the same
 * files.
 */
#ifndef KITH_CHANGE_CHANGE_H
#define KITH_CHANGE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "git/git.h"

/* One of the three states of the journal that an edit is made on. */
struct change_copy;

/*
 * An edit of one file, a pure function of bytes: it is called for each of the
 * three copies that differ. before.p == NULL: there is no such file. after:
 * initialised, empty. *gone: set to true to take the file away (it may be
 * there no more already). after as before is no change.
 * Fails where the edit cannot be made on these bytes: for the files themselves
 * nothing is written then; for HEAD's or the index's copy nothing is committed.
 */
typedef int change_edit(void *context, const struct change_copy *copy, struct str before,
			struct buf *after, bool *gone, struct kith_error *err);

/* Whether the copy is that of the files themselves, and not one of git's. */
bool change_copy_is_file(const struct change_copy *copy);
/* Whether it is what the last commit holds. */
bool change_copy_is_head(const struct change_copy *copy);

/*
 * Another file's bytes in the same copy, as they were before the change; p ==
 * NULL where there is none. They live as long as the copy.
 */
int change_copy_read(const struct change_copy *copy, struct str path, struct str *bytes,
		     struct kith_error *err) ATTR_MUST_CHECK;

/* An edit that takes the file away. context: NULL. */
change_edit change_take_away;

struct change_file {
	struct str path; /* below the journal; of a file elsewhere in the repository with `../` */
	change_edit *edit;
	void *context;
	struct str was; /* what stood there before, where a person's edit is in the file already;
			   p == NULL: what the file holds */
	bool takes;     /* the edit takes the file away, or takes it whole: what git does not hold
			   of it is committed by itself first */
	unsigned mode;  /* of a file that comes, as struct git_file has it; 0 */
	bool runs;      /* likewise */
};

/* A trailer: the permissions of the file that the commit took away, in octal. */
#define CHANGE_MODE "Kith-Mode: "

struct change {
	const struct change_file *files; /* in the order in which they are written */
	size_t count;
	struct str subject; /* of the commit's message: `Log coffee with Ada Lovelace` */
	struct str body;    /* more of it; "" for none */
	struct str trailer; /* what follows `Kith: `: `log ada-lovelace` */
	bool anyway;        /* write it even where nothing can be committed, during a merge, say */
	bool adopt;         /* commit a file that git does not know even where it stays as it is */
	bool keep;          /* fail where what is taken away cannot be committed first */
	bool git_alone;     /* only what git has changes; the files stay as they are */
	bool files_alone;   /* what git has stays as it is */
};

/* Where and how. */
struct change_order {
	int dir;                   /* the journal's folder, open */
	const char *journal;       /* its absolute path, without links */
	const char *top;           /* the repository's work tree, and the journal's folder in */
	struct str below;          /* it, for files outside of that; NULL */
	size_t max_file;           /* bytes, of the settings */
	const struct git_api *git; /* NULL: there is no commit to be made (`commit: manual`) */
	const struct git_surroundings *around;
	const char *message; /* instead of subject and body; NULL. The trailer is added */
	bool no_verify;      /* pass over the hooks pre-commit and commit-msg */
};

struct change_result {
	char id[GIT_ID_SIZE];   /* the commit; "" for none */
	bool written;           /* the files hold the change */
	bool unchanged;         /* there was nothing to change */
	struct str uncommitted; /* why nothing was committed where it should have been: lines of
				   one's own in the way, no repository, a hook that refused; "" */
	bool beyond;            /* nor could any command of kith's commit it there */
	struct str recovered;   /* what was done about an earlier run that was cut off; "" */
};

/*
 * Makes the change. A file that git does not hold yet is committed first, by
 * itself and as it was: it is a person's own, and no part of what kith did.
 * Waits up to 30 seconds for another kith at work in this
 * journal. Where a file changed between reading and writing, all is tried
 * once more on the new bytes. Fails with nothing written; where it is written
 * and not committed, that is no failure, but result->uncommitted says why.
 * Texts of the result live in the arena.
 */
int change_make(struct change_result *result, const struct change *change,
		const struct change_order *order, struct arena *arena,
		struct kith_error *err) ATTR_MUST_CHECK;

/*
 * The same edits on the files' bytes, written nowhere: out gets them as git
 * diff prints differences. order->git must not be NULL here.
 */
int change_show(struct buf *out, const struct change *change, const struct change_order *order,
		struct kith_error *err) ATTR_MUST_CHECK;

#endif
