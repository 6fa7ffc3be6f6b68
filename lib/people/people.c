#include "people/people.h"

#include <string.h>

#include "base/text.h"
#include "people/link.h"
#include "people/lookup.h"

#define MOST_PEOPLE 64
/* In bytes; names that nobody has are looked for so far before the separator of the text. */
#define NAMES_LENGTH 200

struct company_list {
	uint32_t who[MOST_PEOPLE];
	uint32_t count;
	uint32_t self;
	bool full; /* and there were more */
};

static void add_person(struct company_list *list, uint32_t who)
{
	if (who == list->self)
		return;
	for (uint32_t i = 0; i < list->count; i++)
		if (list->who[i] == who)
			return;
	if (list->count == MOST_PEOPLE)
		list->full = true;
	else
		list->who[list->count++] = who;
}

size_t people_joint(struct str s)
{
	if (s.n && (s.p[0] == ',' || s.p[0] == ';' || s.p[0] == '&'))
		return 1;
	return str_istarts(s, STR("and")) && s.n > 3 && str_is_blank_char(s.p[3]) ? 3 : 0;
}

size_t people_joint_length(struct str s)
{
	struct str rest = str_ltrim_blanks(s);
	size_t n = people_joint(rest);
	bool more = n == 1;
	if (more) {
		rest = str_ltrim_blanks(str_from(rest, 1));
		n = people_joint(rest);
	}
	if (n == 3) {
		rest = str_ltrim_blanks(str_from(rest, 3));
		more = true;
	}
	return more ? s.n - rest.n : 0;
}

static bool at_separator(struct str s, size_t i)
{
	return entry_separator(str_from(s, i)) &&
	       (s.p[i] == ':' || (i > 0 && str_is_blank_char(s.p[i - 1])));
}

size_t people_name_length(struct str s, size_t i)
{
	while (i < s.n) {
		if (s.p[i] == ',' || s.p[i] == ';' || at_separator(s, i))
			return i;
		if (!str_is_blank_char(s.p[i])) {
			i++;
			continue;
		}
		/* So does a tag, or an id: `with Ada Lovelace #planned ^b1`. */
		struct str rest = str_from(s, i), after = str_ltrim_blanks(rest);
		bool begun = !str_is_blank_char(s.p[i - 1]);
		if (begun && (people_joint_length(rest) || str_starts(after, STR("#")) ||
			      str_starts(after, STR("^"))))
			return i;
		/* Once for a run of blanks, however long. */
		i = s.n - after.n;
	}
	return s.n;
}

/* A plain name at the start of s; 0 where nobody has it. Names may hold separators themselves. */
static size_t take_plain_name(const struct journal *journal, struct str s,
			      struct company_list *list)
{
	size_t end = 0;
	for (int tries = 0; tries < 4 && end < s.n; tries++) {
		uint32_t who;
		end = people_name_length(s, end + 1);
		struct str name = str_trim(str_upto(s, end));
		if (name.n && journal_by_name(journal, name, &who) == JOURNAL_FOUND) {
			add_person(list, who);
			return end;
		}
	}
	return 0;
}

/* Words that each begin as names do, but for `and` and `&`. */
static bool looks_like_names(struct str s)
{
	struct str all = str_trim(s);
	for (size_t i = 0; i < all.n; i++) {
		bool begins = i == 0 || str_is_blank_char(all.p[i - 1]);
		struct str word = str_from(all, i);
		bool joins = str_starts(word, STR("& ")) || str_istarts(word, STR("and "));
		bool capital =
		    (all.p[i] >= 'A' && all.p[i] <= 'Z') || (unsigned char)all.p[i] >= 0x80;
		if (begins && !joins && !capital && !str_is_blank_char(all.p[i]))
			return false;
	}
	return all.n > 0;
}

/* A list that goes on with somebody who is unknown: names alone up to the text's separator. */
static void tell_unknown(const struct journal *journal, struct str s, size_t offset,
			 struct reporter *reporter)
{
	uint32_t who;
	struct str near = str_upto(s, NAMES_LENGTH);
	size_t end = 0;
	while (end < near.n && !at_separator(near, end))
		end++;
	if (end == 0 || end == near.n || !looks_like_names(str_upto(near, end)))
		return;
	struct str name = str_trim(str_upto(near, people_name_length(near, 1)));
	bool several = journal_by_name(journal, name, &who) == JOURNAL_SEVERAL;
	lookup_report(several ? JOURNAL_SEVERAL : JOURNAL_NOBODY, name, offset, reporter);
}

static void take_link(const struct journal *journal, const struct link *link, size_t offset,
		      struct company_list *list, struct reporter *reporter)
{
	uint32_t who;
	enum journal_found found = journal_resolve(journal, link->target, &who);
	if (found == JOURNAL_FOUND)
		add_person(list, who);
	lookup_report(found, link->target, offset, reporter);
}

/* Behind marks of emphasis, as they stand around people: `with **[[ada]]**`. */
static struct str behind_marks(struct str s)
{
	while (s.n && (s.p[0] == '*' || s.p[0] == '_'))
		s = str_from(s, 1);
	return s;
}

size_t people_links_length(struct str s)
{
	struct str rest = s, after = behind_marks(s);
	struct link link;
	size_t used, gap = 1;
	while (gap && link_parse(after, &link, &used)) {
		rest = behind_marks(str_from(after, used));
		gap = people_joint_length(rest);
		after = behind_marks(str_from(rest, gap));
	}
	return s.n - rest.n;
}

void people_linked(const struct journal *journal, struct str s, uint32_t *who, uint32_t *count,
		   uint32_t most)
{
	struct link link;
	size_t used, gap = 1;
	*count = 0;
	s = behind_marks(s);
	while (gap && *count < most && link_parse(s, &link, &used)) {
		*count += journal_by_link(journal, link.target, &who[*count]) == JOURNAL_FOUND;
		s = behind_marks(str_from(s, used));
		gap = people_joint_length(s);
		s = behind_marks(str_from(s, gap));
	}
}

void people_finish_entry(const struct journal *journal, const struct contact *contact,
			 struct entry *entry, struct arena *arena, struct reporter *reporter)
{
	people_finish_of(journal, contact, (uint32_t)(contact - journal->contacts), entry, arena,
			 reporter);
}

void people_finish_of(const struct journal *journal, const struct contact *contact, uint32_t self,
		      struct entry *entry, struct arena *arena, struct reporter *reporter)
{
	struct company_list list = {.self = self};
	struct str rest = str_ltrim_blanks(str_from(entry->rest, strlen("with "))), after = rest;
	bool any = false;
	for (;;) {
		struct link link;
		size_t used = 0;
		after = behind_marks(after);
		if (link_parse(after, &link, &used))
			take_link(journal, &link, (size_t)(after.p - contact->image.p), &list,
				  reporter);
		else
			used = take_plain_name(journal, after, &list);
		if (used == 0) {
			if (!any)
				break;
			tell_unknown(journal, after, (size_t)(after.p - contact->image.p),
				     reporter);
			/* A comma before the text is none of it; words are. */
			rest = str_ltrim_blanks(rest);
			if (rest.n && (rest.p[0] == ',' || rest.p[0] == ';'))
				rest = str_from(rest, 1);
			break;
		}
		any = true;
		rest = behind_marks(str_from(after, used));
		size_t gap = people_joint_length(rest);
		if (gap == 0)
			break;
		after = str_from(rest, gap);
	}
	if (!any)
		rest = entry->rest;
	rest = str_ltrim_blanks(rest);
	if (list.full)
		report_warning(reporter, entry->offset,
			       "more than %d people stand after \"with\"; the others do not count",
			       MOST_PEOPLE);
	entry->rest = STR_NONE;
	entry->with = arena_copy(arena, list.who, list.count, sizeof(list.who[0]));
	entry->with_count = list.count;
	entry_set_text(entry, contact->image, str_from(rest, entry_separator(rest)), arena);
}

static struct str link_name(const struct journal *journal, const struct link *link,
			    struct str whole)
{
	uint32_t who;
	if (journal && journal_resolve(journal, link->target, &who) == JOURNAL_FOUND)
		return journal->contacts[who].name;
	return link_text(whole);
}

struct strs people_names(const struct journal *journal, struct str rest, struct arena *arena)
{
	struct str names[MOST_PEOPLE];
	size_t count = 0, gap = strlen("with ");
	while (gap && count < MOST_PEOPLE) {
		struct company_list list = {.self = NO_CONTACT};
		struct link link;
		size_t used = 0;
		rest = str_ltrim_blanks(str_from(rest, gap));
		if (link_parse(rest, &link, &used))
			names[count++] = link_name(journal, &link, str_upto(rest, used));
		else if (journal && (used = take_plain_name(journal, rest, &list)) != 0)
			names[count++] = journal->contacts[list.who[0]].name;
		rest = str_from(rest, used);
		gap = used ? people_joint_length(rest) : 0;
	}
	return (struct strs){arena_copy(arena, names, count, sizeof(*names)), count};
}
