/* Open tasks in the order in which they are listed, and which one a few words mean. */
#ifndef KITH_INSIGHT_TODO_H
#define KITH_INSIGHT_TODO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "people/contact.h"

/* In the order of the list. */
enum todo_kind { TODO_PROMISE, TODO_WAITING, TODO_TOPIC, TODO_PLAN };

enum todo_kind todo_kind_of(const struct task *task);

struct todo_item {
	enum todo_kind kind;
	const struct contact *contact;
	const struct task *task; /* of a plan: as a task of its day, `lunch: noodles` */
	const struct entry *plan;
	size_t number; /* from 1, among the open tasks of that contact */
};

/* Zeroed at first. The contacts must live as long. Release it with todo_release. */
struct todo {
	struct todo_item *items;
	size_t count, cap;
};

void todo_release(struct todo *todo);

/*
 * Adds a contact's open tasks, numbered: promises, what one waits for, topics;
 * of each the earliest due first, those without a day last, then as they stand.
 */
void todo_add(struct todo *todo, const struct contact *contact);
/* Adds a contact's open plans behind its tasks. Their own, of a sort, live in the arena. */
void todo_add_plans(struct todo *todo, const struct contact *contact, civil_day today,
		    struct arena *arena);
/*
 * Adds copies, in the arena, of the tasks that a contact has closed: done or dropped. They have no
 * number.
 */
void todo_add_closed(struct todo *todo, const struct contact *contact, struct arena *arena);
/* Such ones by the day they were closed, the latest first, unknown last; then by slug and place. */
void todo_sort_closed(struct todo *todo);

/* The tasks of several contacts in one such order; on one day by slug. */
void todo_sort(struct todo *todo);

/*
 * The item that a text means: the one with this whole text, else the only
 * one in which each word of it begins a word. Case and marks do not count.
 * NULL where it is not one; *fits: how many it could be.
 */
const struct todo_item *todo_find(const struct todo *todo, struct str text, size_t *fits,
				  struct arena *arena);

/* Whether each word of a text begins a word of the item's, likewise. */
bool todo_fits(const struct todo_item *item, struct str text, struct arena *arena);

/* How many tasks of the contact, of the same kind and text, stand before it; closed ones too. */
size_t todo_occurrence(const struct todo_item *item);

const char *todo_kind_name(enum todo_kind kind); /* "promise", "waiting", "topic", "plan" */

#endif
