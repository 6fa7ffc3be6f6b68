#include "insight/meetings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "people/index.h"

struct collecting {
	const struct journal *journal;
	struct meetings *out;
	struct arena arena; /* for keys */
	struct index seen;  /* meetings of several people */
	unsigned char *met; /* by contact: counted among the people */
};

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Day, channel and the sorted people of a meeting of several, as bytes. */
static struct str meeting_key(struct collecting *c, uint32_t owner, const struct entry *entry)
{
	/* A note elsewhere is nobody: all its people are after `with`. */
	size_t self = owner < c->journal->count, people = entry->with_count + self;
	uint32_t *who = arena_alloc(&c->arena, (people + 1) * sizeof(*who));
	struct buf key;
	who[0] = owner;
	memcpy(who + self, entry->with, entry->with_count * sizeof(*who));
	qsort(who, people, sizeof(*who), compare_numbers);
	buf_init(&key, 0);
	buf_add(&key, (struct str){(const char *)&entry->day, sizeof(entry->day)});
	buf_add(&key, (struct str){(const char *)who, people * sizeof(*who)});
	buf_add(&key, entry->channel);
	return arena_take(&c->arena, &key);
}

static bool is_seen(struct collecting *c, uint32_t owner, const struct entry *entry)
{
	if (entry->with_count == 0)
		return false;
	struct str key = meeting_key(c, owner, entry);
	return index_get(&c->seen, key) != UINT32_MAX || index_put(&c->seen, key, 0) != UINT32_MAX;
}

static void count_person(struct collecting *c, uint32_t who)
{
	if (who >= c->journal->count)
		return;
	c->out->people += !c->met[who];
	c->met[who] = 1;
}

static void keep_meeting(struct collecting *c, struct meetings *m, uint32_t owner,
			 const struct entry *entry)
{
	m->items = mem_grow(m->items, m->count, &m->cap, sizeof(*m->items));
	m->items[m->count++] =
	    (struct meeting){entry->day, owner, c->journal->contacts[owner].slug, entry};
}

static void count_meeting(struct collecting *c, uint32_t owner, const struct entry *entry)
{
	keep_meeting(c, c->out, owner, entry);
	count_person(c, owner);
	for (uint32_t i = 0; i < entry->with_count; i++)
		count_person(c, entry->with[i]);
}

static int compare_meetings(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	int order = str_cmp(x->entry->time, y->entry->time);
	if (order)
		return order;
	order = str_cmp(x->slug, y->slug);
	if (order)
		return order;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

static void sort_meetings(struct meetings *m)
{
	if (m->count)
		qsort(m->items, m->count, sizeof(*m->items), compare_meetings);
}

static size_t shared_entries(const struct journal *journal)
{
	size_t count = 0;
	for (size_t i = 0; i < journal->count; i++)
		count += journal->contacts[i].shared_count;
	return count;
}

void meetings_chart(struct meetings *out, struct meetings *year_ago, const struct journal *journal,
		    civil_day from, civil_day to, civil_day as_of)
{
	civil_day chart_from = to - 7 * CHART_WEEKS + 1;
	struct collecting c = {.journal = journal, .out = out};
	*out = *year_ago = (struct meetings){0};
	arena_init(&c.arena);
	index_init(&c.seen, shared_entries(journal));
	c.met = mem_zalloc(journal->count, 1);
	if (to > as_of)
		to = as_of;
	for (uint32_t i = 0; i < journal->count + journal->elsewhere; i++) {
		const struct contact *contact = &journal->contacts[i];
		for (size_t e = 0; e < contact->entries_count; e++) {
			const struct entry *entry = &contact->entries[e];
			if (entry->day < chart_from || entry->day > to || !entry_counts(entry) ||
			    is_seen(&c, i, entry))
				continue;
			if (entry->day >= from)
				count_meeting(&c, i, entry);
			if (entry->day < chart_from + 7)
				keep_meeting(&c, year_ago, i, entry);
			out->by_week[(entry->day - chart_from) / 7]++;
		}
	}
	sort_meetings(out);
	sort_meetings(year_ago);
	index_release(&c.seen);
	arena_release(&c.arena);
	free(c.met);
}

void meetings_between(struct meetings *out, const struct journal *journal, civil_day from,
		      civil_day to)
{
	struct collecting c = {.journal = journal, .out = out};
	*out = (struct meetings){0};
	arena_init(&c.arena);
	index_init(&c.seen, shared_entries(journal));
	for (uint32_t i = 0; i < journal->count + journal->elsewhere; i++) {
		const struct contact *contact = &journal->contacts[i];
		for (size_t e = 0; e < contact->entries_count; e++) {
			const struct entry *entry = &contact->entries[e];
			if (entry->day >= from && entry->day <= to && !is_seen(&c, i, entry))
				keep_meeting(&c, out, i, entry);
		}
	}
	sort_meetings(out);
	index_release(&c.seen);
	arena_release(&c.arena);
}

uint32_t *meeting_people(size_t *count, const struct meeting *meeting,
			 const struct journal *journal, struct arena *arena)
{
	const struct entry *e = meeting->entry;
	size_t self = meeting->owner < journal->count;
	uint32_t *who = ARENA_ARRAY(arena, uint32_t, e->with_count + 1u);
	who[0] = meeting->owner;
	if (e->with_count)
		memcpy(who + self, e->with, e->with_count * sizeof(*who));
	*count = e->with_count + self;
	return who;
}

void meetings_release(struct meetings *meetings)
{
	free(meetings->items);
	*meetings = (struct meetings){0};
}
