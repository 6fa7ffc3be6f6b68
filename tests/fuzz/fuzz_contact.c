/*
 * Input: the bytes of a contact's file, read as a journal of two would be:
 * parsed, its company looked up, and the week of some day made of it. Nothing
 * may crash; what is told lies inside the file, and entries stand in order.
 */
#include <stdint.h>
#include <stdlib.h>

#include "insight/week.h"
#include "note/note.h"
#include "people/journal.h"
#include "people/lookup.h"
#include "people/people.h"

#define MONDAY 20780 /* 2026-11-23 */

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_findings(const struct diag *diag)
{
	must(diag->count <= 51);
	for (size_t i = 0; i < diag->count; i++)
		must(diag->items[i].line > 0 && diag->items[i].column > 0 &&
		     diag->items[i].message.n > 0);
}

static void check_span(struct str image, struct span span)
{
	must(span.from <= span.to && span.to <= image.n);
}

/* Reads each byte, so that a slice of freed or foreign memory is noticed. */
static void check_text(struct str text)
{
	volatile char seen = 0;
	for (size_t i = 0; i < text.n; i++)
		seen = text.p[i];
	(void)seen;
}

static void check_strs(struct strs list)
{
	for (size_t i = 0; i < list.count; i++)
		check_text(list.items[i]);
}

static void check_values(struct values list)
{
	for (size_t i = 0; i < list.count; i++) {
		check_text(list.items[i].label);
		check_text(list.items[i].text);
	}
}

static void check_relations(const struct contact *c, struct relations list)
{
	for (size_t i = 0; i < list.count; i++) {
		check_text(list.items[i].relation);
		check_text(list.items[i].text);
		must(list.items[i].offset <= c->image.n);
	}
}

static void check_front(const struct contact *c)
{
	const struct str texts[] = {c->name,     c->location,    c->timezone,     c->uid,
				    c->met_text, c->status_text, c->cadence_text, c->birthday.text};
	const struct strs lists[] = {c->aliases, c->org, c->title, c->tags, c->interests};
	const struct values values[] = {c->email, c->phone, c->url, c->address};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		check_text(texts[i]);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		check_strs(lists[i]);
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		check_values(values[i]);
	check_relations(c, c->introduced_by);
	check_relations(c, c->knows);
	for (size_t i = 0; i < c->dates_count; i++)
		check_text(c->dates[i].what);
	const struct birthday *b = &c->birthday;
	must((b->month == 0) == (b->day == 0));
	must(b->month == 0 || ymd_valid(b->year ? b->year : 2000, b->month, b->day));
}

static void check_body(const struct contact *c)
{
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		check_span(c->image, e->block);
		must(e->block.from <= e->offset && e->offset < e->block.to);
		must(i == 0 || e[-1].block.to <= e->block.from);
		must(e->day >= DAY_MIN && e->day <= DAY_MAX);
		check_text(e->text);
		check_text(e->time);
		check_text(e->rest);
	}
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		check_span(c->image, t->block);
		must(t->block.from <= t->offset && t->offset < t->block.to);
		must(i == 0 || t[-1].offset < t->offset);
		check_text(t->text);
	}
}

/* Blocks lie in each other or one after the other, in the order of the text. */
static void check_blocks(struct str image, struct arena *arena, struct diag *diag)
{
	struct note note;
	struct reporter reporter;
	reporter_init(&reporter, image, STR("people/input.md"), diag);
	if (!note_read(&note, &note_reader_libs, arena, &reporter))
		return;
	size_t inside[70] = {0}, depth = 0;
	for (size_t i = 0; i < note.blocks.count; i++) {
		const struct block *b = &note.blocks.items[i];
		check_span(image, b->content);
		must(b->start <= b->content.from && b->content.to <= b->end && b->end <= image.n);
		must(i == 0 || b[-1].start <= b->start);
		must(b->start >= note.body && b->level >= (b->kind == BLOCK_PARAGRAPH ? 0 : 1));
		if (b->kind != BLOCK_ITEM)
			continue;
		while (depth > 0 && inside[depth - 1] <= b->start)
			depth--;
		must(depth == 0 || b->end <= inside[depth - 1]);
		if (depth < ARRAY_LEN(inside))
			inside[depth++] = b->end;
	}
}

static void check_week(struct journal *journal)
{
	struct week week;
	week_make(&week, journal, MONDAY, MONDAY, (struct standing){NULL, 0});
	must(week.reach_out.count <= (size_t)journal->config.reach_out);
	week_release(&week);
}

static void read_and_check(struct journal *journal, struct str image, struct arena *scratch)
{
	struct reporter reporter;
	struct contact *c = &journal->contacts[1];
	reporter_init(&reporter, image, STR("people/input.md"), &journal->diag);
	contact_init(&journal->contacts[0], STR("people/ada-lovelace.md"));
	contact_init(c, STR("people/input.md"));
	if (contact_read(c, &journal->config, &note_reader_libs, &journal->arena, scratch,
			 &reporter) != CONTACT_OK)
		return;
	check_findings(&journal->diag);
	if (c->unread)
		return;
	check_front(c);
	check_body(c);
	lookup_init(journal);
	for (size_t i = 0; i < c->entries_count; i++)
		if (c->entries[i].rest.p)
			people_finish_entry(journal, c, &c->entries[i], &journal->arena, &reporter);
	check_body(c);
	check_week(journal);
	lookup_release(journal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct contact contacts[2];
	struct journal journal = {.dir = -1, .contacts = contacts, .count = 2};
	struct arena scratch;
	struct diag again;
	arena_init(&journal.arena);
	arena_init(&scratch);
	diag_init(&journal.diag, &journal.arena);
	diag_init(&again, &journal.arena);
	config_default(&journal.config, &journal.arena);
	struct str image = arena_str(&journal.arena, (struct str){(const char *)data, size});
	read_and_check(&journal, image, &scratch);
	check_blocks(image, &journal.arena, &again);
	diag_release(&again);
	diag_release(&journal.diag);
	arena_release(&scratch);
	arena_release(&journal.arena);
	return 0;
}
