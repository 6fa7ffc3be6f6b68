#include "report/ids.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"

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

void id_of_person(char out[ID_SIZE], const struct contact *contact)
{
	id_make(out, 'r', contact->slug, STR(""), 0);
}

static struct str date_text(const struct contact *contact, size_t which)
{
	return which == BIRTHDAY ? STR("birthday") : contact->dates[which].what;
}

void id_of_date(char out[ID_SIZE], const struct contact *contact, size_t which)
{
	struct str text = date_text(contact, which);
	size_t before = 0;
	if (which != BIRTHDAY) {
		before += contact->birthday.month && str_eq(text, STR("birthday"));
		for (size_t i = 0; i < which; i++)
			before += str_eq(contact->dates[i].what, text);
	}
	id_make(out, 'd', contact->slug, text, before);
}

void id_of_task(char out[ID_SIZE], const struct contact *contact, const struct task *task)
{
	size_t before = 0;
	for (const struct task *t = contact->tasks; t < task; t++)
		before += t->waiting == task->waiting && t->topic == task->topic &&
			  str_eq(t->text, task->text);
	id_make(out, task->waiting ? 'w' : 'p', contact->slug, task->text, before);
}

void id_of_entry(char out[ID_SIZE], const struct contact *contact, const struct entry *entry)
{
	struct buf text;
	size_t before = 0;
	for (const struct entry *e = contact->entries; e < entry; e++)
		before += e->day == entry->day && e->planned == entry->planned &&
			  str_eq(e->text, entry->text);
	buf_init(&text, 0);
	day_format(&text, entry->day);
	if (entry->text.n)
		buf_addc(&text, ' ');
	buf_add(&text, entry->text);
	id_make(out, 'h', contact->slug, buf_str(&text), before);
	buf_release(&text);
}

void id_of_item(char out[ID_SIZE], const struct journal *journal, const struct item *item)
{
	const struct contact *contact = &journal->contacts[item->who];
	switch (item->kind) {
	case ITEM_DATE:
		id_of_date(out, contact, item->date.which);
		return;
	case ITEM_PLANNED:
		id_of_entry(out, contact, item->entry);
		return;
	case ITEM_PROMISE:
	case ITEM_WAITING:
		id_of_task(out, contact, item->task);
		return;
	}
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
