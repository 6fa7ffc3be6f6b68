/*
 * An entry of the log: `DATE [TIME] [SEP] [CHANNEL] [with PEOPLE] [SEP TEXT]`,
 * the content of a list item or a heading.
 */
#ifndef KITH_PEOPLE_ENTRY_H
#define KITH_PEOPLE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/reporter.h"
#include "note/span.h"
#include "people/config.h"

struct entry {
	civil_day day;      /* of a range, its last */
	size_t offset;      /* of the date in the file */
	struct span block;  /* the item or the section, with all that belongs to it */
	struct str time;    /* as written, "" where there is none */
	struct str channel; /* as the settings spell it, "" where there is none */
	struct str
	    rest; /* what follows `with `, until the journal knows whom it names; else p == NULL */
	struct str text; /* TEXT without #planned, #cancelled and ^block-id, or the next line's */
	uint32_t *with;  /* which contacts, the file's own not among them */
	uint32_t with_count;
	bool planned;     /* #planned */
	bool over;        /* planned, and logged on its day; see plans_settle */
	bool cancelled;   /* #cancelled */
	bool note, tried; /* the channels that are no contact */
	bool gave, got, asked;
};

/* The entry's first line, from its date on. */
static inline struct str entry_line(struct str image, const struct entry *entry)
{
	struct str rest = str_from(image, entry->offset);
	return str_rtrim(str_upto(rest, str_line(rest)));
}

/* Whether the entry is of the kind that counts as a contact, on whatever day. */
static inline bool entry_counts(const struct entry *entry)
{
	return !entry->note && !entry->tried && !entry->planned && !entry->cancelled;
}

/* A contact that is still to come: dated after today, or marked so and not over. */
static inline bool entry_is_planned(const struct entry *entry, civil_day today)
{
	return !entry->note && !entry->tried && !entry->cancelled &&
	       (entry->day > today || (entry->planned && !entry->over));
}

/* The same as of a day gone by: what is not marked, and was logged since, was no plan then. */
static inline bool entry_was_planned(const struct entry *entry, civil_day as_of, civil_day today)
{
	bool since = entry->day > as_of && entry->day <= today && !entry->planned;
	return !since && entry_is_planned(entry, as_of);
}

/*
 * What the first characters say: an entry (DATE_OK), none, or one with an
 * impossible or ambiguous date. *used: the bytes up to the date's end,
 * *at: where the date begins after marks of emphasis.
 */
enum date_result entry_begins(struct str content, civil_day *day, size_t *at, size_t *used);

/*
 * Reads the entry whose content (first line) is that stretch of image, with
 * `block` all that belongs to it. Returns false where it is none; an
 * impossible date is reported. Where people follow, `rest` is left to
 * people_finish_entry, and the text too.
 */
bool entry_read(struct entry *out, struct str image, struct span content, struct span block,
		const struct config *config, struct arena *arena, struct reporter *reporter);

/* The same of a heading whose date stands behind its words: `Call about the grant, 2026-01-02`. */
bool entry_read_behind(struct entry *out, struct str image, struct span content, struct span block,
		       const struct config *config, struct arena *arena);

/* Sets the text from what is left of the first line after the head; see entry_read. */
void entry_set_text(struct entry *entry, struct str image, struct str text, struct arena *arena);

/* SEP: `:`, `-`, `–`, `—`, `·` or `|` before a blank or the end. Its length with the blanks after
 * it, or 0.
 */
size_t entry_separator(struct str s);

/*
 * TIME at the very start of s: `14:30`, `T14:30`, `14:30–15:00`; before a
 * blank, a separator or the end. Its length, or 0; *time: without the `T`.
 */
size_t entry_time(struct str s, struct str *time);

/* ` – 2026-09-22` after a date: its length, or 0; *day: the later of what it was and that day. */
size_t entry_range(struct str s, civil_day *day);

/*
 * CHANNEL at the very start of s, before a blank, a separator or the end;
 * `note` and `tried` only before a separator, `with` or the end. Its length, or 0; *channel: as the
 * settings spell it.
 */
size_t entry_channel(struct str s, const struct config *config, struct arena *arena,
		     struct str *channel);

#endif
