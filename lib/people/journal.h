/*
 * A journal: all contacts of a folder, read in parallel, with links resolved.
 * What it says depends on the files alone: not on threads, nor on the order
 * in which the system lists them.
 */
#ifndef KITH_PEOPLE_JOURNAL_H
#define KITH_PEOPLE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/fs.h"
#include "base/str.h"
#include "people/config.h"
#include "people/contact.h"

struct journal_index;

/* What lies in the folders of people and is no contact: hidden, ignored, templates, `only`. */
struct passed_note {
	struct str path;
	const char *why;
	bool folder; /* with all that it holds */
};

struct passed_list {
	struct passed_note *items;
	size_t count, cap;
};

struct entry_place {
	struct str path;
	size_t line;
};

/* The named checks that look while a journal is read; NOTE_CHECK_KEPT is one, too. */
#define JOURNAL_CHECK_FILES    "files"
#define JOURNAL_CHECK_SETTINGS "settings"
#define JOURNAL_CHECK_CONTACTS "contacts"
#define JOURNAL_CHECK_LINKS    "links"
#define JOURNAL_CHECK_AHEAD    "ahead"

struct journal {
	int dir; /* the journal's folder, open; owned by the caller */
	struct config config;
	struct contact *contacts; /* sorted by path */
	size_t count;
	/*
	 * Conversations in other notes (elsewhere.h): contacts[count] holds their entries, whose
	 * people are all after `with`, and `places` where each stands.
	 */
	bool elsewhere;
	struct entry_place *places;
	struct passed_list passed; /* by path */
	struct diag diag;          /* findings, sorted by path and line */
	struct arena arena;
	struct journal_index *index;
	size_t threads; /* how many may work on it at once */
};

/* How much of the contacts is read. */
enum journal_depth {
	JOURNAL_WHOLE,
	JOURNAL_FRONTS, /* front matter, and the body only where the name stands there: no
			   entries, no tasks, no findings; enough to find somebody */
	JOURNAL_NAMES,  /* no file: paths and slugs */
};

struct journal_options {
	size_t threads; /* how many may read at once, 1 to 8 */
	enum journal_depth depth;
	const struct strs *only;          /* read these contacts alone, by path, and report no
					     links to others; NULL: all */
	bool plain_reads;                 /* never io_uring */
	const struct note_reader *reader; /* NULL: note_reader_quick */
};

/*
 * Reads the journal in the folder `dir`. Findings are in the journal, not in
 * err. Fails where there is no kith.yaml (KITH_NOT_FOUND), where the journal
 * is of a newer version (KITH_UNSUPPORTED; its findings are there), or where
 * a folder cannot be listed (KITH_IO). Release it in each case.
 */
int journal_load(struct journal *journal, int dir, const struct journal_options *options,
		 struct kith_error *err) ATTR_MUST_CHECK;
void journal_release(struct journal *journal);

/* Warns of birthdays and last contacts that are after today. */
void journal_report_ahead(struct journal *journal, civil_day today);

/* The settings alone, for commands that read no contact; the same failures. */
int journal_load_config(struct journal *journal, int dir, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Afterwards: the files of all contacts, in no order, perhaps twice where folders of the settings
 * overlap, none of them read: to pick a few of many, for `only`. Works on journal->threads threads.
 * The paths live in the journal's arena; release the list. Fails where a folder cannot be listed
 * (KITH_IO).
 */
int journal_list(struct journal *journal, struct fs_list *files,
		 struct kith_error *err) ATTR_MUST_CHECK;

enum journal_found {
	JOURNAL_FOUND,
	JOURNAL_NOBODY,
	JOURNAL_SEVERAL,    /* slug twins, or a name that several have */
	JOURNAL_OTHER_FILE, /* a file that is no contact, or may be: they cannot be listed */
};

/*
 * The look-ups below fill tables when they are first needed, also behind a
 * const journal; several threads may ask at once.
 *
 * Whom a link's target means: by slug, then by path (in the journal, in its
 * vault, or relative), then by exact name or alias (case, marks and spacing
 * do not count).
 */
enum journal_found journal_resolve(const struct journal *journal, struct str target, uint32_t *who);

/* journal_resolve without a look at other files, where only contacts matter. */
enum journal_found journal_by_link(const struct journal *journal, struct str target, uint32_t *who);

/* Where an entry stands that is in no contact's file; NULL for one that is. */
const struct entry_place *journal_place(const struct journal *journal, const struct entry *entry);

/* By exact name or alias alone. */
enum journal_found journal_by_name(const struct journal *journal, struct str name, uint32_t *who);

#endif
