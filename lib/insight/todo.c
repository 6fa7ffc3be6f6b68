#include "insight/todo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "insight/items.h"
#include "people/tags.h"

/* More words than this mean no task. */
#define WORDS_MAX 64

void todo_release(struct todo *todo)
{
	free(todo->items);
}

enum todo_kind todo_kind_of(const struct task *task)
{
	return task->waiting ? TODO_WAITING : task->topic ? TODO_TOPIC : TODO_PROMISE;
}

static int compare_todos(const void *a, const void *b)
{
	const struct todo_item *x = a, *y = b;
	civil_day dx = day_or_last(x->task->due), dy = day_or_last(y->task->due);
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (dx != dy)
		return dx < dy ? -1 : 1;
	int order = str_cmp(x->contact->slug, y->contact->slug);
	if (order == 0)
		order = str_cmp(x->contact->path, y->contact->path);
	return order ? order
		     : (x->task->offset > y->task->offset) - (x->task->offset < y->task->offset);
}

static struct todo_item *push_todo(struct todo *todo)
{
	todo->items = mem_grow(todo->items, todo->count, &todo->cap, sizeof(*todo->items));
	return &todo->items[todo->count++];
}

/* Sorts the contact's items from there on, and numbers them. */
static void number_todos(struct todo *todo, size_t from)
{
	if (todo->count == from)
		return;
	bool more = from && todo->items[from - 1].contact == todo->items[from].contact;
	size_t before = more ? todo->items[from - 1].number : 0;
	qsort(todo->items + from, todo->count - from, sizeof(*todo->items), compare_todos);
	for (size_t i = from; i < todo->count; i++)
		todo->items[i].number = before + i - from + 1;
}

void todo_add(struct todo *todo, const struct contact *contact)
{
	size_t from = todo->count;
	for (size_t i = 0; i < contact->tasks_count; i++) {
		const struct task *task = &contact->tasks[i];
		if (task->state == TASK_OPEN)
			*push_todo(todo) = (struct todo_item){
			    .kind = todo_kind_of(task), .contact = contact, .task = task};
	}
	number_todos(todo, from);
}

void todo_add_plans(struct todo *todo, const struct contact *contact, civil_day today,
		    struct arena *arena)
{
	size_t from = todo->count;
	for (size_t i = 0; i < contact->entries_count; i++) {
		const struct entry *e = &contact->entries[i];
		if (!entry_is_planned(e, today))
			continue;
		struct str text = e->text.n ? e->text : e->rest;
		struct task *task = ARENA_NEW(arena, struct task);
		*task = (struct task){.due = e->day, .created = NO_DAY, .done = NO_DAY};
		task->offset = e->offset;
		task->text =
		    tags_strip(arena_printf(arena, "%.*s%s%.*s", STR_ARG(e->channel),
					    e->channel.n && text.n ? ": " : "", STR_ARG(text)),
			       TAG_PLANNED, arena);
		*push_todo(todo) = (struct todo_item){
		    .kind = TODO_PLAN, .contact = contact, .task = task, .plan = e};
	}
	number_todos(todo, from);
}

void todo_sort(struct todo *todo)
{
	if (todo->count)
		qsort(todo->items, todo->count, sizeof(*todo->items), compare_todos);
}

void todo_add_closed(struct todo *todo, const struct contact *contact, struct arena *arena)
{
	for (size_t i = 0; i < contact->tasks_count; i++) {
		const struct task *task = &contact->tasks[i];
		if (task->state == TASK_OPEN)
			continue;
		*push_todo(todo) =
		    (struct todo_item){.kind = todo_kind_of(task),
				       .contact = contact,
				       .task = arena_copy(arena, task, 1, sizeof(*task))};
	}
}

static int compare_closed(const void *a, const void *b)
{
	const struct todo_item *x = a, *y = b;
	civil_day dx = x->task->done, dy = y->task->done;
	/* NO_DAY is less than every day. */
	if (dx != dy)
		return dx > dy ? -1 : 1;
	int order = str_cmp(x->contact->slug, y->contact->slug);
	return order ? order
		     : (x->task->offset > y->task->offset) - (x->task->offset < y->task->offset);
}

void todo_sort_closed(struct todo *todo)
{
	if (todo->count)
		qsort(todo->items, todo->count, sizeof(*todo->items), compare_closed);
}

static bool is_todo_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool next_todo_word(struct str *rest, struct str *word)
{
	while (rest->n && !is_todo_char(rest->p[0]))
		*rest = str_from(*rest, 1);
	size_t n = 0;
	while (n < rest->n && is_todo_char(rest->p[n]))
		n++;
	*word = str_upto(*rest, n);
	*rest = str_from(*rest, n);
	return n > 0;
}

static bool begins_a_word(struct str text, struct str wanted)
{
	struct str word;
	while (next_todo_word(&text, &word))
		if (str_starts(word, wanted))
			return true;
	return false;
}

static bool has_all_words(struct str text, struct str wanted)
{
	struct str word;
	size_t count = 0;
	while (next_todo_word(&wanted, &word))
		if (++count > WORDS_MAX || !begins_a_word(text, word))
			return false;
	return count > 0;
}

bool todo_fits(const struct todo_item *item, struct str text, struct arena *arena)
{
	return has_all_words(text_key(item->task->text, arena), text_key(text, arena));
}

const struct todo_item *todo_find(const struct todo *todo, struct str text, size_t *fits,
				  struct arena *arena)
{
	const struct todo_item *found = NULL;
	struct str wanted = text_key(text, arena);
	*fits = 0;
	for (size_t i = 0; i < todo->count; i++) {
		struct arena_mark mark = arena_mark(arena);
		struct str key = text_key(todo->items[i].task->text, arena);
		bool whole = str_eq(key, wanted), words = has_all_words(key, wanted);
		arena_rewind(arena, mark);
		if (whole) {
			*fits = 1;
			return &todo->items[i];
		}
		if (words) {
			found = &todo->items[i];
			++*fits;
		}
	}
	return *fits == 1 ? found : NULL;
}

size_t todo_occurrence(const struct todo_item *item)
{
	size_t count = 0;
	for (const struct task *t = item->contact->tasks; t < item->task; t++)
		count += t->waiting == item->task->waiting && t->topic == item->task->topic &&
			 str_eq(t->text, item->task->text);
	return count;
}

const char *todo_kind_name(enum todo_kind kind)
{
	static const char *const names[] = {"promise", "waiting", "topic", "plan"};
	return names[kind];
}
