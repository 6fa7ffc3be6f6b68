#include "people/people.h"

#include <string.h>

#include "people/link.h"

#define MOST_PEOPLE 64

struct list {
	uint32_t who[MOST_PEOPLE];
	uint32_t count;
	uint32_t self;
};

static void add(struct list *list, uint32_t who)
{
	if (who == list->self || list->count == MOST_PEOPLE)
		return;
	for (uint32_t i = 0; i < list->count; i++)
		if (list->who[i] == who)
			return;
	list->who[list->count++] = who;
}

static struct str ltrim_blanks(struct str s)
{
	while (s.n && str_is_blank_char(s.p[0]))
		s = str_from(s, 1);
	return s;
}

/* What stands between two people, with its blanks; 0 where nothing does. */
static size_t between(struct str s)
{
	struct str rest = ltrim_blanks(s);
	bool more = false;
	if (rest.n && (rest.p[0] == ',' || rest.p[0] == ';' || rest.p[0] == '&')) {
		rest = ltrim_blanks(str_from(rest, 1));
		more = true;
	}
	if (str_istarts(rest, STR("and ")) || str_istarts(rest, STR("and\t"))) {
		rest = ltrim_blanks(str_from(rest, 4));
		more = true;
	}
	return more ? s.n - rest.n : 0;
}

/* Where a plain name may end at the earliest from i on: before a separator of people or of text. */
static size_t name_end(struct str s, size_t i)
{
	for (; i < s.n; i++) {
		struct str rest = str_from(s, i);
		if (rest.p[0] == ',' || rest.p[0] == ';')
			return i;
		if (entry_separator(rest) && (rest.p[0] == ':' || str_is_blank_char(s.p[i - 1])))
			return i;
		/* So does a tag, or an id: `with Ada Lovelace #planned ^b1`. */
		if (str_is_blank_char(rest.p[0]) &&
		    (between(rest) || str_starts(ltrim_blanks(rest), STR("#")) ||
		     str_starts(ltrim_blanks(rest), STR("^"))))
			return i;
	}
	return s.n;
}

/* A plain name at the start of s; 0 where nobody has it. Names may hold separators themselves. */
static size_t take_name(const struct journal *journal, struct str s, struct list *list)
{
	size_t end = 0;
	for (int tries = 0; tries < 4 && end < s.n; tries++) {
		uint32_t who;
		end = name_end(s, end + 1);
		struct str name = str_trim(str_upto(s, end));
		if (name.n && journal_by_name(journal, name, &who) == JOURNAL_FOUND) {
			add(list, who);
			return end;
		}
	}
	return 0;
}

static void take_link(const struct journal *journal, const struct link *link, size_t offset,
		      struct list *list, struct reporter *reporter)
{
	uint32_t who;
	switch (journal_resolve(journal, link->target, &who)) {
	case JOURNAL_FOUND:
		add(list, who);
		return;
	case JOURNAL_NOBODY:
		report_warning(reporter, offset, "nobody is called \"%.*s\"",
			       STR_ARG(str_upto(link->target, 100)));
		return;
	case JOURNAL_SEVERAL:
		report_warning(reporter, offset, "\"%.*s\" means more than one person",
			       STR_ARG(str_upto(link->target, 100)));
		return;
	case JOURNAL_OTHER_FILE:
		return;
	}
}

void people_finish_entry(const struct journal *journal, const struct contact *contact,
			 struct entry *entry, struct arena *arena, struct reporter *reporter)
{
	struct list list = {.self = (uint32_t)(contact - journal->contacts)};
	struct str rest = ltrim_blanks(str_from(entry->rest, strlen("with "))), after = rest;
	bool any = false;
	for (;;) {
		struct link link;
		size_t used = 0;
		if (link_parse(after, &link, &used))
			take_link(journal, &link, (size_t)(after.p - contact->image.p), &list,
				  reporter);
		else
			used = take_name(journal, after, &list);
		if (used == 0)
			break;
		any = true;
		rest = str_from(after, used);
		size_t gap = between(rest);
		if (gap == 0)
			break;
		after = str_from(rest, gap);
	}
	if (!any)
		rest = entry->rest;
	rest = ltrim_blanks(rest);
	entry->rest = STR_NONE;
	entry->with = arena_copy(arena, list.who, list.count, sizeof(list.who[0]));
	entry->with_count = list.count;
	entry_set_text(entry, contact->image, str_from(rest, entry_separator(rest)), arena);
}
