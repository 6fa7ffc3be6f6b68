/*
 * For tests that are tables, text in and facts out: reads a contact or a
 * journal, and writes what it says as one line. Everything is said that is
 * there, so that a fact too many fails as well as one too few.
 */
#ifndef KITH_UNIT_READING_H
#define KITH_UNIT_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "people/contact.h"

struct reading {
	struct arena arena, scratch;
	struct diag diag;
	struct config config;
	struct contact contact;
	enum contact_result result;
	struct str image;
};

/* settings: of kith.yaml, or NULL. path ends in `.md`. */
static inline void reading_init(struct reading *r, const char *settings, const char *path,
				struct str text)
{
	struct reporter reporter;
	arena_init(&r->arena);
	arena_init(&r->scratch);
	diag_init(&r->diag, &r->arena);
	config_default(&r->config, &r->arena);
	if (settings) {
		reporter_init(&reporter, str_of(settings), STR("kith.yaml"), &r->diag);
		assert_true(config_read(&r->config, &r->arena, &reporter));
		assert_int_equal(r->diag.count, 0);
	}
	r->image = arena_str(&r->arena, text);
	reporter_init(&reporter, r->image, str_of(path), &r->diag);
	contact_init(&r->contact, str_of(path));
	r->result = contact_read(&r->contact, &r->config, &note_reader_libs, &r->arena, &r->scratch,
				 &reporter);
}

static inline void reading_release(struct reading *r)
{
	diag_release(&r->diag);
	arena_release(&r->arena);
	arena_release(&r->scratch);
}

/* `; ` before all but the first. */
static inline void fact(struct buf *b, const char *name)
{
	buf_addz(b, b->n ? "; " : "");
	buf_addz(b, name);
}

static inline void fact_text(struct buf *b, const char *name, struct str text)
{
	if (!text.p)
		return;
	fact(b, name);
	buf_add(b, text);
}

static inline void fact_day(struct buf *b, const char *name, civil_day day)
{
	if (day == NO_DAY)
		return;
	fact(b, name);
	day_format(b, day);
}

static inline void fact_strs(struct buf *b, const char *name, struct strs list)
{
	if (list.count)
		fact(b, name);
	for (size_t i = 0; i < list.count; i++) {
		buf_addz(b, i ? "|" : "");
		buf_add(b, list.items[i]);
	}
}

static inline void fact_values(struct buf *b, const char *name, struct values list)
{
	if (list.count)
		fact(b, name);
	for (size_t i = 0; i < list.count; i++) {
		buf_addz(b, i ? "|" : "");
		buf_add(b, list.items[i].label);
		buf_addz(b, list.items[i].label.n ? "=" : "");
		buf_add(b, list.items[i].text);
	}
}

static inline void fact_relations(struct buf *b, const char *name, struct relations list)
{
	if (list.count)
		fact(b, name);
	for (size_t i = 0; i < list.count; i++) {
		buf_addz(b, i ? "|" : "");
		buf_add(b, list.items[i].relation);
		buf_addz(b, list.items[i].relation.n ? "=" : "");
		buf_add(b, list.items[i].text);
	}
}

static inline void fact_cadence(struct buf *b, const struct cadence_plan *plan, struct arena *arena)
{
	if (plan->first.kind == CADENCE_UNSET)
		return;
	fact_text(b, "cadence ", cadence_words(plan->first, arena));
	if (plan->until == NO_DAY)
		return;
	buf_addz(b, " until ");
	day_format(b, plan->until);
	if (plan->then.kind != CADENCE_UNSET)
		buf_addz(b, " then ");
	buf_add(b, cadence_words(plan->then, arena));
}

static inline void fact_dates(struct buf *b, const struct contact *c)
{
	if (c->birthday.text.p) {
		fact(b, "birthday ");
		buf_printf(b, "%d-%d-%d", c->birthday.year, c->birthday.month, c->birthday.day);
	}
	for (size_t i = 0; i < c->dates_count; i++) {
		fact(b, "on ");
		day_format(b, c->dates[i].day);
		buf_addz(b, c->dates[i].yearly ? " yearly " : " ");
		buf_add(b, c->dates[i].what);
	}
}

/* What the front matter says. The name only where it is not the slug. */
static inline void facts_front(struct buf *b, struct reading *r)
{
	const struct contact *c = &r->contact;
	if (!str_eq(c->name, c->slug))
		fact_text(b, c->named ? "name " : "unnamed ", c->name);
	fact_strs(b, "aliases ", c->aliases);
	fact_values(b, "email ", c->email);
	fact_values(b, "phone ", c->phone);
	fact_values(b, "url ", c->url);
	fact_values(b, "address ", c->address);
	fact_strs(b, "org ", c->org);
	fact_strs(b, "title ", c->title);
	fact_text(b, "location ", c->location);
	fact_text(b, "timezone ", c->timezone);
	fact_strs(b, "tags ", c->tags);
	fact_strs(b, "interests ", c->interests);
	fact_cadence(b, &c->cadence, &r->arena);
	fact_day(b, "last_contact ", c->last_contact);
	if (c->status != STATUS_ACTIVE)
		fact(b, status_name(c->status));
	fact_text(b, "status ", c->status_text);
	fact_day(b, "snooze ", c->snooze);
	fact_day(b, "met ", c->met);
	if (c->met_text.n)
		fact_text(b, "met_text ", c->met_text);
	fact_dates(b, c);
	fact_relations(b, "introduced_by ", c->introduced_by);
	fact_relations(b, "knows ", c->knows);
	fact_text(b, "uid ", c->uid);
	for (const struct yaml_node *k = c->own ? c->own->first : NULL; k; k = k->next->next)
		fact_text(b, "own ", k->value);
}

static inline void flag(struct buf *b, bool set, const char *name)
{
	if (set)
		buf_printf(b, " %s", name);
}

/* `2026-09-20 14:30 call with REST planned gave: TEXT`, one after the other. */
static inline void facts_entries(struct buf *b, const struct contact *c)
{
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		fact_day(b, "", e->day);
		buf_addz(b, e->time.n ? " " : "");
		buf_add(b, e->time);
		buf_addz(b, e->channel.n ? " " : "");
		buf_add(b, e->channel);
		flag(b, e->planned, "planned");
		flag(b, e->cancelled, "cancelled");
		flag(b, !entry_counts(e) && !e->planned && !e->cancelled, "uncounted");
		flag(b, e->gave, "gave");
		flag(b, e->got, "got");
		flag(b, e->asked, "asked");
		buf_addz(b, e->rest.p ? "> " : ": ");
		buf_add(b, e->rest.p ? e->rest : e->text);
	}
}

/* `open due 2026-11-30 waiting: TEXT`, one after the other. */
static inline void facts_tasks(struct buf *b, const struct contact *c)
{
	static const char *const states[] = {"open", "done", "dropped"};
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		const civil_day days[] = {t->due, t->created, t->done};
		static const char *const names[] = {" due ", " made ", " done "};
		fact(b, states[t->state]);
		for (size_t d = 0; d < ARRAY_LEN(days); d++) {
			buf_addz(b, days[d] == NO_DAY ? "" : names[d]);
			day_format(b, days[d]);
		}
		flag(b, t->waiting, "waiting");
		flag(b, t->topic, "topic");
		flag(b, t->repeats, "repeats");
		flag(b, t->gave, "gave");
		flag(b, t->got, "got");
		flag(b, t->asked, "asked");
		buf_addz(b, ": ");
		buf_add(b, t->text);
	}
}

/* `3:1 error`, by place. */
static inline void facts_findings(struct buf *b, struct diag *diag)
{
	diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++) {
		char text[64];
		snprintf(text, sizeof(text), "%d:%d %s", diag->items[i].line, diag->items[i].column,
			 severity_name(diag->items[i].severity));
		fact(b, text);
	}
}

/* Whether a finding's message holds a text. */
static inline bool is_told(const struct diag *diag, const char *text)
{
	for (size_t i = 0; i < diag->count; i++)
		if (str_find(diag->items[i].message, str_of(text)) < diag->items[i].message.n)
			return true;
	return false;
}

/* 1 where the facts are others, which are shown: a table tells all its faults at once. */
static inline size_t differs(const struct buf *got, const char *wanted, const char *input)
{
	if (str_eq(buf_str(got), str_of(wanted)))
		return 0;
	print_error("--- from\n%s\n--- wanted\n%s\n--- got\n%s\n", input, wanted, got->p);
	return 1;
}

#endif
