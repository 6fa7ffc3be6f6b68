/* A person's own text on a page of Markdown: it stays text, and its links lead on. */
#ifndef KITH_REPORT_PROSE_H
#define KITH_REPORT_PROSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "insight/dates.h"
#include "people/journal.h"
#include "people/link.h"

struct prose {
	const struct journal *journal; /* read whole; NULL: links are shown by their words alone */
	struct str folder;             /* of the page, relative to the journal ("reviews") */
};

/*
 * The text of a task or an entry as Markdown: without #gave, #got and
 * #asked, cut at 120 characters with `…`, escaped; a link to a contact
 * becomes a link to its file, other links their text.
 */
struct str prose_text(const struct prose *prose, struct str text, struct arena *arena);
/* The same as plain text, for JSON and the terminal. */
struct str prose_plain(const struct prose *prose, struct str text, struct arena *arena);

/* The words of one link of a text, and whom it means; *who: NULL for nobody. */
struct str prose_link_words(const struct prose *prose, const struct link *link,
			    const struct contact **who, struct arena *arena);

/* Any other text of a person's (a name, a heading), as one line, cut at 120 characters. */
struct str prose_cut(struct str text, struct arena *arena);
/* The same, escaped. */
struct str prose_escape(struct str text, struct arena *arena);
/* A finding's message, escaped, as one line; never cut, since its end says what to do. */
struct str prose_message(struct str text, struct arena *arena);

/*
 * `turns 75`, `has a birthday`, `opened the workshop, 5 years`. what: the words
 * of a date that is no birthday, as they shall be printed.
 */
struct str prose_date(struct occurrence date, struct str what, struct arena *arena);

/* `../people/ada-lovelace.md`: the contact's file as a link's target on the page. */
struct str prose_url(const struct prose *prose, const struct contact *contact, struct arena *arena);
/* The same of any path, from a page in that folder of the journal. */
struct str prose_path_url(struct str folder, struct str path, struct arena *arena);
/* `[+44 117](tel:+44117)`: an e-mail address (mailto:), a phone number (tel:) or a web address ("")
 * as a link. */
struct str prose_address(struct str text, const char *scheme, struct arena *arena);
/* Where that leads. */
struct str prose_address_url(struct str text, const char *scheme, struct arena *arena);
/* `[Ada Lovelace](../people/ada-lovelace.md)`. */
struct str prose_person(const struct prose *prose, const struct contact *contact,
			struct arena *arena);
/* `A`, `A and B`, `A, B and C`, each as prose_person, or as plain names. */
struct str prose_people(const struct prose *prose, const uint32_t *who, size_t count, bool links,
			struct arena *arena);

#endif
