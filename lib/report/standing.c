#include "report/standing.h"

#include <string.h>

#include "base/text.h"
#include "people/link.h"
#include "report/ids.h"
#include "report/prose.h"
#include "report/words.h"

uint32_t standing_person(const struct journal *journal, struct str head, struct arena *arena)
{
	head = str_upto(head, PAGE_HEAD_MAX);
	for (size_t at = 0; (at += str_find_char(str_from(head, at), '[')) < head.n; at++) {
		struct link link;
		size_t used;
		uint32_t who;
		if (!link_parse(str_from(head, at), &link, &used) || !link.markdown)
			continue;
		struct str path = link_decode(link.target, arena);
		if (journal_resolve(journal, path, &who) == JOURNAL_FOUND)
			return who;
		return NO_CONTACT;
	}
	return NO_CONTACT;
}

struct standing standing_people(const struct journal *journal, const struct page *page,
				struct arena *arena)
{
	size_t count = 0, cap = 0;
	for (size_t s = 0; s < page->count; s++)
		cap += page->sections[s].count;
	uint32_t *who = ARENA_ARRAY(arena, uint32_t, cap);
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++) {
			const struct page_chunk *chunk = &page->sections[s].chunks[c];
			if (chunk->kind != CHUNK_ITEM || chunk->id.p[0] != 'r')
				continue;
			uint32_t one = standing_person(journal, chunk->says, arena);
			const struct contact *person =
			    one == NO_CONTACT ? NULL : &journal->contacts[one];
			/* What stays takes a place, also of somebody who is gone. */
			if ((person && (person->unread || contact_is_active(person))) ||
			    page_item_is_touched(chunk))
				who[count++] = one;
		}
	return (struct standing){who, count};
}

/*
 * Whether the first line of an item is as kith wrote it, on the first page that
 * had the item. False when in doubt.
 */
static bool is_as_written(const struct standing_fates *f, const struct page_chunk *item)
{
	for (size_t p = f->past_count; p-- > 0;)
		for (size_t s = 0; s < f->past[p].count; s++) {
			const struct page_section *section = &f->past[p].sections[s];
			for (size_t c = 0; c < section->count; c++)
				if (section->chunks[c].kind == CHUNK_ITEM &&
				    str_eq(section->chunks[c].id, item->id))
					return str_eq(str_trim(section->chunks[c].says),
						      str_trim(item->says));
		}
	return false;
}

/* --- what became of it --- */

struct str standing_said_on(civil_day monday, const char *what, civil_day day, struct arena *arena)
{
	bool near = day >= monday && day <= monday + 6;
	struct str words =
	    near ? words_weekday(day, arena) : words_day(day, day_to_ymd(monday).year, arena);
	return arena_printf(arena, "%s on %.*s", what, STR_ARG(words));
}

/* Somebody under Reach out who is no longer due. */
static struct str person_news(struct standing_fates *f, uint32_t who)
{
	const struct contact *c = &f->journal->contacts[who];
	struct reckoning r = reckon_one(f->journal, who, f->week->as_of, f->week->today);
	if (r.last != NO_DAY && r.last >= f->week->monday - 7)
		return standing_said_on(f->week->monday, "talked", r.last, f->arena);
	if (r.tried != NO_DAY && r.tried >= f->week->monday - 7)
		return standing_said_on(f->week->monday, "tried", r.tried, f->arena);
	if (r.planned != NO_DAY)
		return standing_said_on(f->week->monday, "planned", r.planned, f->arena);
	if (c->snooze != NO_DAY && c->snooze > f->week->sunday)
		return arena_printf(
		    f->arena, "resting until %s",
		    words_day(c->snooze, day_to_ymd(f->week->monday).year, f->arena).p);
	if (r.due != NO_DAY)
		return standing_said_on(f->week->monday, "no longer this week: due", r.due,
					f->arena);
	return STR("no longer due");
}

static struct str task_news(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct task *t = id_find_task(f->ids, who, id);
	if (!t)
		return STR("changed since, or taken out");
	if (t->state == TASK_DROPPED)
		return STR("dropped");
	if (t->state == TASK_DONE)
		return t->done == NO_DAY
			   ? STR("done")
			   : standing_said_on(f->week->monday, "done", t->done, f->arena);
	if (t->due != NO_DAY && t->due < f->week->as_of)
		return arena_printf(f->arena, "%s %s", t->waiting ? "hoped for" : "meant for",
				    words_relative(t->due, f->week->as_of, f->arena).p);
	if (t->due != NO_DAY)
		return arena_printf(
		    f->arena, "now for %s",
		    words_day(t->due, day_to_ymd(f->week->monday).year, f->arena).p);
	return STR("still open");
}

/* In the person's own file, or in another's that names the person after `with`. */
static const struct entry *find_their_entry(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct contact *c = &f->journal->contacts[who];
	const struct entry *found = id_find_entry(f->ids, who, id);
	for (size_t i = 0; i < c->shared_count && !found; i++)
		found = id_find_entry(f->ids, c->shared[i].contact, id);
	return found;
}

static struct str entry_news(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct entry *found = find_their_entry(f, who, id);
	if (!found)
		return STR("changed since, or taken out");
	if (found->cancelled)
		return STR("cancelled");
	if (found->over)
		return standing_said_on(f->week->monday, "talked", found->day, f->arena);
	return found->planned ? STR("") : STR("it happened");
}

static civil_day find_date(struct standing_fates *f, const struct contact *c, size_t which,
			   civil_day from, civil_day to)
{
	return dates_first(c, which, from, to, f->journal->config.leap_march).day;
}

/* A date that falls on none of the page's days any more: where it is now. */
static struct str moved_date_news(struct standing_fates *f, const struct contact *c, size_t which)
{
	civil_day monday = f->week->monday;
	/* Nine years hold every date that comes back, 29 February too. */
	civil_day day = find_date(f, c, which, monday, day_add_months(monday, 12 * 9));
	if (day == NO_DAY && which != BIRTHDAY)
		day = c->dates[which].day;
	if (day == NO_DAY)
		return STR("changed since, or taken out");
	return arena_printf(f->arena, "now on %s",
			    words_day(day, day_to_ymd(monday).year, f->arena).p);
}

static struct str date_news(struct standing_fates *f, const struct contact *c, uint32_t who,
			    struct str id)
{
	civil_day from = f->week->passed_from;
	size_t which;
	if (!id_find_date(&which, f->ids, who, id))
		return STR("changed since, or taken out");
	if (find_date(f, c, which, from, f->week->ahead_end) == NO_DAY)
		return moved_date_news(f, c, which);
	civil_day last = reckon_one(f->journal, who, f->week->as_of, f->week->today).last;
	return last != NO_DAY && last >= from
		   ? standing_said_on(f->week->monday, "talked", last, f->arena)
		   : STR("");
}

struct page_fate standing_fate(void *fates, const struct page_chunk *item)
{
	struct standing_fates *f = fates;
	uint32_t who = standing_person(f->journal, item->says, f->arena);
	const struct contact *c = who == NO_CONTACT ? NULL : &f->journal->contacts[who];
	if (c && c->unread)
		return (struct page_fate){.line = STR("its file cannot be read: see Needs a look")};
	bool given = item->id.p[0] == 'p' || item->id.p[0] == 'h';
	if (!c || (!contact_is_active(c) && !given))
		return (struct page_fate){.drop = item->id.p[0] == 'r' || is_as_written(f, item)};
	switch (item->id.p[0]) {
	case 'r':
		return (struct page_fate){.line = person_news(f, who)};
	case 'd':
		return (struct page_fate){.line = date_news(f, c, who, item->id)};
	case 'h':
		return (struct page_fate){.line = entry_news(f, who, item->id)};
	default:
		return (struct page_fate){.line = task_news(f, who, item->id)};
	}
}
