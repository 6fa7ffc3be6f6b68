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

/* An id and whose it is, by its place among the things. */
struct owner {
	char id[ID_SIZE];
	uint32_t place;
};

/* All that a contact has: the tasks, the entries, the birthday, the other dates. */
struct things {
	struct id_thing *items;
	size_t count;
	struct owner *owners; /* sorted by id; NULL until somebody is looked for */
};

struct ids {
	const struct journal *journal;
	struct things **by_contact; /* NULL until asked for */
	struct arena arena;
};

struct ids *ids_new(const struct journal *journal)
{
	struct ids *ids = mem_zalloc(1, sizeof(*ids));
	ids->journal = journal;
	ids->by_contact = mem_zalloc(journal->count, sizeof(struct things *));
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

/* By group, day and text; equal ones in their order, which is that of the array. */
static int compare_things(const void *a, const void *b)
{
	const struct id_thing *x = *(const struct id_thing *const *)a;
	const struct id_thing *y = *(const struct id_thing *const *)b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	int order = str_cmp(x->text, y->text);
	return order ? order : (x > y) - (x < y);
}

static void count_equals(struct things *things)
{
	struct id_thing **sorted = mem_zalloc(things->count, sizeof(*sorted));
	for (size_t i = 0; i < things->count; i++)
		sorted[i] = &things->items[i];
	qsort(sorted, things->count, sizeof(struct id_thing *), compare_things);
	for (size_t i = 1; i < things->count; i++)
		if (sorted[i]->group == sorted[i - 1]->group &&
		    sorted[i]->day == sorted[i - 1]->day &&
		    str_eq(sorted[i]->text, sorted[i - 1]->text))
			sorted[i]->occurrence = sorted[i - 1]->occurrence + 1;
	free(sorted);
}

static struct things *things_of(struct ids *ids, uint32_t who)
{
	const struct contact *c = &ids->journal->contacts[who];
	if (ids->by_contact[who])
		return ids->by_contact[who];
	struct things *things = ids->by_contact[who] = ARENA_NEW(&ids->arena, struct things);
	struct id_thing *next = things->items = ARENA_ARRAY(
	    &ids->arena, struct id_thing, c->tasks_count + c->entries_count + c->dates_count + 1);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		char group = t->waiting ? (t->topic ? 'W' : 'w') : (t->topic ? 't' : 'p');
		*next++ = (struct id_thing){t->waiting ? 'w' : 'p', group, NO_DAY, t->text, 0};
	}
	for (size_t i = 0; i < c->entries_count; i++)
		*next++ = (struct id_thing){'h', 'h', c->entries[i].day, c->entries[i].text, 0};
	char birthday = c->birthday.month ? 'd' : 0;
	*next++ = (struct id_thing){birthday, birthday, NO_DAY, STR("birthday"), 0};
	for (size_t i = 0; i < c->dates_count; i++)
		*next++ = (struct id_thing){'d', 'd', NO_DAY, c->dates[i].what, 0};
	things->count = (size_t)(next - things->items);
	count_equals(things);
	return things;
}

const struct id_thing *ids_of_contact(struct ids *ids, uint32_t who, size_t *count)
{
	*count = things_of(ids, who)->count;
	return things_of(ids, who)->items;
}

void id_of_thing(char out[ID_SIZE], const struct id_thing *thing, struct str slug, struct str text)
{
	struct buf dated;
	buf_init(&dated, 0);
	day_format(&dated, thing->day);
	if (dated.n && text.n)
		buf_addc(&dated, ' ');
	buf_add(&dated, text);
	id_make(out, thing->letter, slug, buf_str(&dated), thing->occurrence);
	buf_release(&dated);
}

void id_of_person(char out[ID_SIZE], const struct contact *contact)
{
	id_make(out, 'r', contact->slug, STR(""), 0);
}

void id_of_item(char out[ID_SIZE], struct ids *ids, const struct item *item)
{
	const struct contact *c = &ids->journal->contacts[item->who];
	size_t which = item->date.which == BIRTHDAY ? 0 : item->date.which + 1;
	size_t place = item->task    ? (size_t)(item->task - c->tasks)
		       : item->entry ? c->tasks_count + (size_t)(item->entry - c->entries)
				     : c->tasks_count + c->entries_count + which;
	const struct id_thing *thing = &things_of(ids, item->who)->items[place];
	id_of_thing(out, thing, c->slug, thing->text);
}

static int compare_owners(const void *a, const void *b)
{
	return memcmp(((const struct owner *)a)->id, ((const struct owner *)b)->id, ID_SIZE);
}

/* The place of the thing with that id; SIZE_MAX where there is none. */
static size_t find_thing(struct ids *ids, uint32_t who, struct str id)
{
	struct things *things = things_of(ids, who);
	struct owner key = {.place = 0};
	if (id.n != ID_SIZE - 1)
		return SIZE_MAX;
	memcpy(key.id, id.p, id.n);
	if (!things->owners) {
		things->owners = ARENA_ARRAY(&ids->arena, struct owner, things->count);
		for (uint32_t i = 0; i < things->count; i++) {
			const struct id_thing *thing = &things->items[i];
			things->owners[i].place = i;
			/* Topics stand on no page, and may have a promise's text. */
			if (thing->group != 't' && thing->letter)
				id_of_thing(things->owners[i].id, thing,
					    ids->journal->contacts[who].slug, thing->text);
		}
		qsort(things->owners, things->count, sizeof(key), compare_owners);
	}
	const struct owner *found =
	    bsearch(&key, things->owners, things->count, sizeof(key), compare_owners);
	return found ? found->place : SIZE_MAX;
}

const struct task *id_find_task(struct ids *ids, uint32_t who, struct str id)
{
	const struct contact *c = &ids->journal->contacts[who];
	size_t place = find_thing(ids, who, id);
	return place < c->tasks_count ? &c->tasks[place] : NULL;
}

/* So far into a text it is looked for what a plan said. */
#define MOST_JOINED 1000

/* Whether an entry is a plan with that id to which more was said: `noodles; it was good`. */
static bool was_plan(const struct entry *e, struct str slug, struct str id)
{
	const struct id_thing thing = {.letter = 'h', .day = e->day};
	struct str text = e->text;
	char made[ID_SIZE];
	for (size_t i = 0; i < text.n && i < MOST_JOINED; i++) {
		bool stop = i > 0 && str_find_char(STR(".!?;:,"), text.p[i - 1]) < 6;
		if (i > 0 && (!stop || text.p[i] != ' '))
			continue;
		id_of_thing(made, &thing, slug, str_upto(text, i));
		if (str_eq(str_of(made), id))
			return true;
		id_of_thing(made, &thing, slug, str_upto(text, i ? i - 1 : 0));
		if (str_eq(str_of(made), id))
			return true;
	}
	return false;
}

const struct entry *id_find_entry(struct ids *ids, uint32_t who, struct str id)
{
	const struct contact *c = &ids->journal->contacts[who];
	/* Notes elsewhere are not written to. */
	if (who >= ids->journal->count)
		return NULL;
	size_t place = find_thing(ids, who, id) - c->tasks_count;
	if (place < c->entries_count)
		return &c->entries[place];
	for (size_t i = 0; str_starts(id, STR("h")) && i < c->entries_count; i++)
		if (entry_counts(&c->entries[i]) && was_plan(&c->entries[i], c->slug, id))
			return &c->entries[i];
	return NULL;
}

bool id_find_date(size_t *which, struct ids *ids, uint32_t who, struct str id)
{
	const struct contact *c = &ids->journal->contacts[who];
	size_t place = find_thing(ids, who, id) - c->tasks_count - c->entries_count;
	*which = place ? place - 1 : BIRTHDAY;
	return place <= c->dates_count;
}

static bool is_id(struct str id)
{
	if (id.n < ID_SIZE - 1 || id.p[1] != '-' || str_find_char(STR("rdpwh"), id.p[0]) == 5)
		return false;
	for (size_t i = 2; i < ID_SIZE - 1; i++)
		if (!(id.p[i] >= 'a' && id.p[i] <= 'z') && !(id.p[i] >= '2' && id.p[i] <= '7'))
			return false;
	return true;
}

struct str id_in_line(struct str line)
{
	const size_t length = ID_SIZE - 1;
	line = str_rtrim(line);
	for (size_t i = line.n < length ? 0 : line.n - length + 1; i-- > 2;)
		if (line.p[i - 1] == '^' && line.p[i - 2] == ' ' && is_id(str_from(line, i)) &&
		    (i + length == line.n || str_is_blank_char(line.p[i + length])))
			return str_slice(line, i, i + length);
	return STR_NONE;
}
