#include "change/closed.h"

/* A closed task, and what is not known of it yet. */
struct closed_search {
	struct todo *todo;
	struct task *tasks;  /* theirs, to be filled */
	bool *made, *closed; /* whether that is still looked for */
	size_t left;
};

bool closed_is_missing(const struct todo *todo)
{
	for (size_t i = 0; i < todo->count; i++)
		if (todo->items[i].task->created == NO_DAY || todo->items[i].task->done == NO_DAY)
			return true;
	return false;
}

static bool wants_closed(void *context, const struct git_delta *delta, struct str path)
{
	const struct closed_search *s = context;
	for (size_t i = 0; delta->after[0] && i < s->todo->count; i++)
		if ((s->made[i] || s->closed[i]) && str_eq(s->todo->items[i].contact->path, path))
			return true;
	return false;
}

/* The task in another reading of its file; NULL where it was not there. */
static const struct task *find_then(const struct contact *contact, const struct task *task)
{
	for (size_t i = 0; contact && i < contact->tasks_count; i++) {
		const struct task *t = &contact->tasks[i];
		if (t->waiting == task->waiting && t->topic == task->topic &&
		    str_eq(t->text, task->text))
			return t;
	}
	return NULL;
}

static void look_for_task(struct closed_search *s, size_t i, const struct history_file *file,
			  civil_day day)
{
	struct task *task = &s->tasks[i];
	const struct task *was = find_then(file->before, task), *is = find_then(file->after, task);
	/* What came with its file may be older. */
	if (!is || !file->before)
		return;
	if (s->closed[i] && is->state == task->state && (!was || was->state != is->state)) {
		task->done = day;
		s->closed[i] = false;
		s->left--;
	}
	if (s->made[i] && !was) {
		task->created = day;
		s->made[i] = false;
		s->left--;
	}
}

static bool visit_for_closed(void *context, const struct history_commit *commit)
{
	struct closed_search *s = context;
	for (size_t f = 0; f < commit->count; f++)
		for (size_t i = 0; i < s->todo->count; i++)
			if (str_eq(s->todo->items[i].contact->path, commit->files[f].path))
				look_for_task(s, i, &commit->files[f], commit->day);
	return s->left > 0;
}

int closed_fill(struct todo *todo, const struct history_order *order, struct arena *arena,
		struct kith_error *err)
{
	struct closed_search s = {todo, ARENA_ARRAY(arena, struct task, todo->count),
				  ARENA_ARRAY(arena, bool, todo->count),
				  ARENA_ARRAY(arena, bool, todo->count), 0};
	const struct history_visit visit = {visit_for_closed, wants_closed, &s};
	struct history_order mine = *order;
	struct history none;
	mine.visit = &visit;
	for (size_t i = 0; i < todo->count; i++) {
		s.tasks[i] = *todo->items[i].task;
		todo->items[i].task = &s.tasks[i];
		s.made[i] = s.tasks[i].created == NO_DAY;
		s.closed[i] = s.tasks[i].done == NO_DAY;
		s.left += (size_t)s.made[i] + s.closed[i];
	}
	return history_read(&none, &mine, arena, err);
}
