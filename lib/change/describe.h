/*
 * What happened, in people's terms: a commit's subject, and what history
 * tells. English; each phrase is one line of clean text that holds the
 * person's name, and no pronoun for anybody: `Log coffee with Ada Lovelace`,
 * `Grace Hopper is now at Digital`.
 */
#ifndef KITH_CHANGE_DESCRIBE_H
#define KITH_CHANGE_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "change/company.h"
#include "people/config.h"
#include "people/contact.h"
#include "people/differences.h"

/*
 * What an entry is about: `a call with Ada Lovelace and Grace Hopper`, `lunch with …`. Of the
 * entry count channel and got. names: at least one.
 */
struct str describe_talk(const struct entry *entry, const struct strs *names, struct arena *arena);

/* A name or a value for a phrase: one clean line of at most 60 characters, cut with `…`. */
struct str describe_short(struct str text, struct arena *arena);

/* What phrases take for granted. */
struct describe_setting {
	const struct config *config; /* where reviews are, and how a text is read */
	civil_day today; /* what is dated after it is a plan; NO_DAY: only #planned makes one */
	struct company *company; /* who stands after `with`; NULL: told by the links' own texts */
	bool reviewed; /* `kith review` made the change: a page is written by it, not edited */
};

/*
 * All that happened to a contact that is there before and after: at least one
 * phrase where the bytes differ, and none where they do not. Several entries
 * or tasks of a kind are one phrase: `Log 3 conversations with Ada Lovelace`.
 */
void describe_contact(struct strs *out, const struct contact *before, const struct contact *after,
		      const struct describe_setting *setting, struct arena *arena);

/*
 * Whether two readings of different files are of one person, renamed: the
 * same name, alias, slug, e-mail, phone or entry. What git takes for a rename
 * may be two people made from one template.
 */
bool describe_same_person(const struct contact *before, const struct contact *after);

/* A file of the journal that changed. */
struct describe_file {
	struct str path;     /* below the journal; of one that is gone, where it was */
	struct str old_path; /* of a renamed one; else p == NULL */
	/* A contact's two readings; NULL where there was, or is, none. Both NULL: another file. */
	const struct contact *before, *after;
	bool was, is; /* of another file: whether it was there, and is there */
};

struct describe_phrase {
	struct str text;
	size_t file; /* which of the files it is about; the first, where it is about several */
};

struct description {
	struct describe_phrase *phrases; /* contacts first, then reviews, settings, the rest */
	size_t count;
	struct str subject; /* some 100 characters: `…; …`, or `…; …; and 5 more` */
	struct str body;    /* what the subject does not hold: each phrase on a line, or "" */
};

/*
 * Describes a set of changes. More than three contacts that came are one
 * phrase (`Add 300 people`), and so with those that went and with other
 * files; the body names them, up to 100 lines. Contacts in which nothing
 * changed but the links to one that was renamed are not told, nor are reviews
 * beside a rename. Nothing to describe: no phrases, and "" for both texts.
 */
void describe_files(struct description *out, const struct describe_file *files, size_t count,
		    const struct describe_setting *setting, struct arena *arena);

/*
 * A contact as a file's bytes say; NULL where they are none (p == NULL, or
 * passed over). It lives in the arena, as path and bytes must.
 */
const struct contact *describe_read(struct str path, struct str bytes, const struct config *config,
				    struct arena *arena);

#endif
