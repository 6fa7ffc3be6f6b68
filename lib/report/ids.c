#include "report/ids.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

#define LETTERS 7

void id_make(char out[ID_SIZE], char kind, struct str slug, struct str text, size_t occurrence)
{
	static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct buf b;
	buf_init(&b, 0);
	buf_addc(&b, kind);
	buf_addc(&b, '\0');
	buf_add(&b, slug);
	buf_addc(&b, '\0');
	buf_add(&b, text);
	buf_addc(&b, '\0');
	buf_printf(&b, "%zu", occurrence);
	uint64_t hash = hash_fnv1a(buf_str(&b));
	buf_release(&b);
	out[0] = kind;
	out[1] = '-';
	for (int i = 0; i < LETTERS; i++)
		out[2 + i] = base32[(hash >> (59 - 5 * i)) & 31];
	out[2 + LETTERS] = '\0';
}

/* One thing of a contact, for counting equal ones. */
struct thing {
	int64_t kind;
	struct str text;
	size_t index;
};

/* An id and whose it is: a task's or an entry's place in its list. */
struct owner {
	char id[ID_SIZE];
	uint32_t index;
};

struct owners {
	struct owner *items; /* sorted by id; NULL until somebody is looked for */
	size_t count;
};

/* How many equal ones come before each, by place in the contact's lists. */
struct numbers {
	uint32_t *tasks, *entries, *dates;
	struct owners task_owners, entry_owners;
};

struct ids {
	const struct journal *journal;
	struct numbers **by_contact; /* NULL until asked for */
	struct arena arena;
};

struct ids *ids_new(const struct journal *journal)
{
	struct ids *ids = mem_zalloc(1, sizeof(*ids));
	ids->journal = journal;
	ids->by_contact = mem_zalloc(journal->count, sizeof(struct numbers *));
	arena_init(&ids->arena);
	return ids;
}

void ids_free(struct ids *ids)
{
	if (!ids)
		return;
	free(ids->by_contact);
	arena_release(&ids->arena);
	free(ids);
}

static int compare_things(const void *a, const void *b)
{
	const struct thing *x = a, *y = b;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	int order = str_cmp(x->text, y->text);
	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static uint32_t *count_equals(struct thing *things, size_t count, struct arena *arena)
{
	uint32_t *before = ARENA_ARRAY(arena, uint32_t, count);
	if (count)
		qsort(things, count, sizeof(*things), compare_things);
	for (size_t i = 1; i < count; i++)
		if (things[i].kind == things[i - 1].kind &&
		    str_eq(things[i].text, things[i - 1].text))
			before[things[i].index] = before[things[i - 1].index] + 1;
	return before;
}

static struct str date_text(const struct contact *contact, size_t which)
{
	return which == BIRTHDAY ? STR("birthday") : contact->dates[which].what;
}

static struct numbers *numbers_of(struct ids *ids, uint32_t who)
{
	const struct contact *c = &ids->journal->contacts[who];
	if (ids->by_contact[who])
		return ids->by_contact[who];
	struct numbers *n = ids->by_contact[who] = ARENA_NEW(&ids->arena, struct numbers);
	size_t most = c->tasks_count > c->entries_count ? c->tasks_count : c->entries_count;
	most = most > c->dates_count + 1 ? most : c->dates_count + 1;
	struct thing *things = mem_zalloc(most, sizeof(*things));
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		things[i] = (struct thing){t->waiting * 2 + t->topic, t->text, i};
	}
	n->tasks = count_equals(things, c->tasks_count, &ids->arena);
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		things[i] = (struct thing){e->day, e->text, i};
	}
	n->entries = count_equals(things, c->entries_count, &ids->arena);
	/* The birthday stands before the other dates, where there is one. */
	for (size_t i = 0; i <= c->dates_count; i++)
		things[i] = (struct thing){i == 0 && !c->birthday.month,
					   date_text(c, i ? i - 1 : BIRTHDAY), i};
	n->dates = count_equals(things, c->dates_count + 1, &ids->arena);
	free(things);
	return n;
}

size_t id_occurrence_of_date(struct ids *ids, uint32_t who, size_t which)
{
	return numbers_of(ids, who)->dates[which == BIRTHDAY ? 0 : which + 1];
}

size_t id_occurrence_of_task(struct ids *ids, uint32_t who, const struct task *task)
{
	return numbers_of(ids, who)->tasks[task - ids->journal->contacts[who].tasks];
}

size_t id_occurrence_of_entry(struct ids *ids, uint32_t who, const struct entry *entry)
{
	return numbers_of(ids, who)->entries[entry - ids->journal->contacts[who].entries];
}

void id_of_person(char out[ID_SIZE], const struct contact *contact)
{
	id_make(out, 'r', contact->slug, STR(""), 0);
}

void id_of_date(char out[ID_SIZE], struct ids *ids, uint32_t who, size_t which)
{
	const struct contact *c = &ids->journal->contacts[who];
	id_make(out, 'd', c->slug, date_text(c, which), id_occurrence_of_date(ids, who, which));
}

void id_of_task(char out[ID_SIZE], struct ids *ids, uint32_t who, const struct task *task)
{
	const struct contact *c = &ids->journal->contacts[who];
	id_make(out, task->waiting ? 'w' : 'p', c->slug, task->text,
		id_occurrence_of_task(ids, who, task));
}

void id_of_entry(char out[ID_SIZE], struct ids *ids, uint32_t who, const struct entry *entry)
{
	const struct contact *c = &ids->journal->contacts[who];
	struct buf text;
	buf_init(&text, 0);
	day_format(&text, entry->day);
	if (entry->text.n)
		buf_addc(&text, ' ');
	buf_add(&text, entry->text);
	id_make(out, 'h', c->slug, buf_str(&text), id_occurrence_of_entry(ids, who, entry));
	buf_release(&text);
}

void id_of_item(char out[ID_SIZE], struct ids *ids, const struct item *item)
{
	switch (item->kind) {
	case ITEM_DATE:
		id_of_date(out, ids, item->who, item->date.which);
		return;
	case ITEM_PLANNED:
		id_of_entry(out, ids, item->who, item->entry);
		return;
	case ITEM_PROMISE:
	case ITEM_WAITING:
		id_of_task(out, ids, item->who, item->task);
		return;
	}
}

static int compare_owners(const void *a, const void *b)
{
	return memcmp(((const struct owner *)a)->id, ((const struct owner *)b)->id, ID_SIZE);
}

/* The place of the thing with that id; SIZE_MAX where there is none. */
static size_t find_owner(const struct owners *owners, struct str id)
{
	struct owner key = {.index = 0};
	if (id.n != ID_SIZE - 1 || owners->count == 0)
		return SIZE_MAX;
	memcpy(key.id, id.p, id.n);
	key.id[id.n] = '\0';
	const struct owner *found =
	    bsearch(&key, owners->items, owners->count, sizeof(key), compare_owners);
	return found ? found->index : SIZE_MAX;
}

static void sort_owners(struct owners *owners)
{
	if (owners->count)
		qsort(owners->items, owners->count, sizeof(*owners->items), compare_owners);
}

const struct task *id_find_task(struct ids *ids, uint32_t who, struct str id)
{
	const struct contact *c = &ids->journal->contacts[who];
	struct owners *owners = &numbers_of(ids, who)->task_owners;
	if (!owners->items) {
		owners->items = ARENA_ARRAY(&ids->arena, struct owner, c->tasks_count);
		/* Topics stand on no page, and may have a promise's text. */
		for (uint32_t i = 0; i < c->tasks_count; i++) {
			struct owner *owner = &owners->items[owners->count];
			if (c->tasks[i].topic && !c->tasks[i].waiting)
				continue;
			owner->index = i;
			id_of_task(owner->id, ids, who, &c->tasks[i]);
			owners->count++;
		}
		sort_owners(owners);
	}
	size_t index = find_owner(owners, id);
	return index == SIZE_MAX ? NULL : &c->tasks[index];
}

const struct entry *id_find_entry(struct ids *ids, uint32_t who, struct str id)
{
	const struct contact *c = &ids->journal->contacts[who];
	struct owners *owners = &numbers_of(ids, who)->entry_owners;
	if (!owners->items) {
		owners->items = ARENA_ARRAY(&ids->arena, struct owner, c->entries_count);
		for (uint32_t i = 0; i < c->entries_count; i++) {
			owners->items[i].index = i;
			id_of_entry(owners->items[i].id, ids, who, &c->entries[i]);
		}
		owners->count = c->entries_count;
		sort_owners(owners);
	}
	size_t index = find_owner(owners, id);
	return index == SIZE_MAX ? NULL : &c->entries[index];
}

struct str id_at_end(struct str line)
{
	const size_t length = ID_SIZE - 1;
	line = str_rtrim(line);
	if (line.n < length + 2)
		return STR_NONE;
	struct str id = str_from(line, line.n - length);
	if (id.p[-1] != '^' || id.p[-2] != ' ' || id.p[1] != '-')
		return STR_NONE;
	if (str_find_char(STR("rdpwh"), id.p[0]) == 5)
		return STR_NONE;
	for (size_t i = 2; i < length; i++)
		if (!(id.p[i] >= 'a' && id.p[i] <= 'z') && !(id.p[i] >= '2' && id.p[i] <= '7'))
			return STR_NONE;
	return id;
}
