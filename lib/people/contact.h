/*
 * One person: what a contact's file says, as ../note reads it. All texts
 * point into the file's image or into the arena of the load.
 */
#ifndef KITH_PEOPLE_CONTACT_H
#define KITH_PEOPLE_CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/note.h"
#include "people/cadence.h"
#include "people/config.h"
#include "people/entry.h"
#include "people/keys.h"
#include "people/task.h"

/* A value with its label, as `{mobile: "+44 …"}` or `work ada@x.y` have it. */
struct value {
	struct str label; /* "" where there is none */
	struct str text;
};

struct values {
	struct value *items;
	size_t count;
};

enum status { STATUS_ACTIVE, STATUS_PAUSED, STATUS_ARCHIVED, STATUS_DECEASED };

/* A day that comes back: month and day are 0 where there is no reminder, year where it is not
 * known. */
struct birthday {
	struct str text;
	int year, month, day;
};

struct milestone {
	struct str what;
	civil_day day;      /* the first; NO_DAY for a partial date */
	struct str partial; /* as it is written; "" for a whole date */
	bool yearly;
	bool no_year; /* only its month and day are known */
	bool own_key; /* it is no item of `dates` */
};

/* Somebody named in the front matter; who is NO_CONTACT where it is nobody's. */
#define NO_CONTACT UINT32_MAX
struct relation {
	struct str relation; /* "" where none is named */
	struct str text;     /* as written */
	size_t offset;       /* of the text, in the file */
	uint32_t who;        /* which contact of the journal */
};

struct relations {
	struct relation *items;
	size_t count;
};

/* An entry of a contact's file, by its place in the journal. */
struct entry_ref {
	uint32_t contact, entry;
};

struct contact {
	struct str path; /* relative to the journal */
	struct str slug; /* the file's name without `.md` */
	struct str name;
	struct str key;         /* the name by text_key; p == NULL where no file was read */
	struct str image;       /* the file's bytes */
	bool unread;            /* the file cannot be read: nothing below is set but name = slug */
	bool named;             /* the name comes from the front matter */
	bool says_who;          /* that says a name, an e-mail, a birthday or a cadence */
	const char *too_costly; /* likewise the text below the front matter: why (note/note.h) */

	struct strs aliases, org, title, formerly, tags, interests;
	struct values email, phone, url, address;
	struct values merged; /* by the keys that a merge kept them for: `title`, `phone.mobile` */
	struct str location, timezone, uid;
	struct cadence_plan cadence;
	struct str cadence_text; /* as written; p == NULL without the key */
	civil_day last_contact;  /* NO_DAY */
	bool last_contact_month; /* some day of the month that ends on that one */
	enum status status;
	struct str status_text;
	struct str deceased; /* as written; p == NULL where it does not say so */
	civil_day added;     /* NO_DAY */
	civil_day snooze;    /* NO_DAY */
	struct birthday birthday;
	struct str anniversary; /* as written; it is one of the dates */
	civil_day met;          /* NO_DAY without a full date */
	struct str met_text;    /* what is said besides the date, or a partial date */
	struct relations introduced_by, knows;
	struct relations links; /* of org, which may lead to nobody */
	struct milestone *dates;
	size_t dates_count;
	struct yaml_node *own; /* a map of the keys that mean nothing to kith; NULL without */

	struct entry *entries; /* in the order of the file */
	size_t entries_count;
	size_t plans_count; /* how many of them have #planned */
	/* Which entries have people after `with`, by place: few of many. */
	uint32_t *company;
	size_t company_count;
	struct task *tasks;
	size_t tasks_count;
	/* Entries of other files with this person after `with`; set by the journal. */
	struct entry_ref *shared;
	size_t shared_count;
	const char *passed_over; /* why it is no contact after all (CONTACT_PASSED_OVER); or NULL */
};

/* Whether `only`, templates of other programs and what is about a folder leave it a contact. */
enum contact_result {
	CONTACT_OK,
	CONTACT_PASSED_OVER,
};

/* The slug of a contact's path: its name without `.md`; of a README in a folder, the folder's. */
struct str contact_slug(struct str path);

/* A contact of which only the path (ending in `.md`) is known: its name is its slug. */
void contact_init(struct contact *contact, struct str path);

/*
 * Reads a contact from its file's bytes (the reporter's image, which must
 * live as long as the contact), after contact_init. What is wrong is
 * reported. scratch: for the parsers, as it was afterwards.
 */
enum contact_result contact_read(struct contact *contact, const struct config *config,
				 const struct note_reader *reader, struct arena *arena,
				 struct arena *scratch, struct reporter *reporter);

/*
 * Reads a contact from bytes alone, which must live as long as it does. diag:
 * for what is wrong; NULL where nobody wants to know. reader: NULL for
 * note_reader_quick.
 */
enum contact_result contact_of_bytes(struct contact *contact, struct str path, struct str bytes,
				     const struct config *config, const struct note_reader *reader,
				     struct diag *diag, struct arena *arena);

/* Each field in the text below the front matter, whether or not it counts, by key. */
typedef void contact_below(void *context, enum key key, struct span value);
void contact_each_below(struct str image, const struct config *config, contact_below *found,
			void *context, struct arena *arena);

/*
 * Where the value of a key stands in the text below the front matter: of several the one that wins.
 * False for none.
 */
bool contact_find_below(struct span *value, struct str image, enum key which,
			const struct config *config, struct arena *arena);

/* Whether the contact has that tag, or one below it (`a/b` is also an `a`); case does not count. */
bool contact_has_tag(const struct contact *contact, struct str tag);

/*
 * Whether a value of the key `title` is the note's title and no role: then it is none of the
 * contact's titles.
 */
bool contact_is_note_title(const struct contact *contact, const struct yaml_node *value);

/*
 * Paused, archived and deceased people have no check-in and no greeting; what was planned with
 * them or promised to them still shows.
 */
static inline bool contact_is_active(const struct contact *contact)
{
	return contact->status == STATUS_ACTIVE && !contact->unread;
}

enum log_kind {
	LOG_NONE,
	LOG_LIVES, /* Timeline, Journal, History: only what names a channel or people counts */
	LOG_ALL,
};

/*
 * What a heading says of the dated lines below it: by log_headings, or by its
 * words (`Interaction log`, `1:1 Notes`), without markup, emoji and brackets.
 */
enum log_kind contact_log_kind(struct str heading, const struct config *config,
			       struct arena *arena);

const char *status_name(enum status status);
/* A known status by its name, else the word that stands there; "active" without one. */
struct str contact_status(const struct contact *contact);

/*
 * `last_contact` as it is known on a day: NO_DAY where it is none or ahead. Of a month it is the
 * last day, or that day.
 */
civil_day contact_last_contact(const struct contact *contact, civil_day as_of);

/* Warns of a birthday and of a last contact after today, which no reading without a day can. */
void contact_report_ahead(const struct contact *contact, civil_day today, struct diag *diag);

#endif
