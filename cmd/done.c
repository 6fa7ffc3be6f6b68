#include "base/text.h"
#include "change/entries.h"
#include "change/tasks.h"
#include "people/head.h"
#include "prompt.h"
#include "report/agenda.h"
#include "report/json.h"
#include "report/prose.h"
#include "todo.h"
#include "write.h"

struct task_closing {
	struct str text;
	size_t occurrence;
	civil_day today;
};

static int close_task(void *context, const struct config *config, struct str image, struct buf *out,
		      struct kith_error *err)
{
	const struct task_closing *c = context;
	return tasks_close(out, image, config, c->text, c->occurrence, c->today, err);
}

static int hold_plan(void *context, const struct config *config, struct str image, struct buf *out,
		     struct kith_error *err)
{
	const struct todo_item *item = context;
	return entries_hold(out, image, config, entry_line(item->contact->image, item->plan), err);
}

/* Lists the open tasks and how one is chosen. EXIT_PROBLEM. */
static int tell_open(struct writing *w, const struct person *who, const struct todo *todo,
		     const char *why)
{
	struct context *context = w->context;
	if (todo->count == 0) {
		const char *costly = who->contact->too_costly;
		out_say(context->out, "nothing is open with %.*s%s%s%s", STR_ARG(who->name),
			costly ? ", as far as it is read: the text of its file holds " : "",
			costly ? costly : "", costly ? "; move some of it into another file" : "");
		return EXIT_PROBLEM;
	}
	if (writing_is_json(w))
		out_json(context->out, agenda_todo_model(context->journal, todo, context->today));
	else
		todo_print(context, context->journal, todo, false);
	out_say(context->out, "%s; say which, by its number or words of it: kith done %.*s N", why,
		STR_ARG(head_typed(str_of(context->opts.words[0]), context->arena)));
	return EXIT_PROBLEM;
}

/* Whether the words mean a plan that lies ahead: says so. */
static bool plan_is_ahead(struct writing *w, const struct person *who, struct str words)
{
	struct context *context = w->context;
	struct todo ahead = {0};
	size_t fits = 0;
	char day[DAY_SIZE];
	todo_add_plans(&ahead, who->contact, context->today, true, context->arena);
	const struct todo_item *item =
	    words.n ? todo_find(&ahead, words, &fits, context->arena) : NULL;
	if (item) {
		day_write(day, item->task->due);
		out_say(context->out, "\"%.*s\" is planned for %s, which is still ahead",
			STR_ARG(item->task->text), day);
	}
	todo_release(&ahead);
	return item != NULL;
}

/* The task that these words mean; NULL after saying why none is. */
static const struct todo_item *choose_task(struct writing *w, const struct person *who,
					   const struct todo *todo, struct str words)
{
	struct context *context = w->context;
	long number = str_number(words, 1000000000);
	const struct todo_item *item = NULL;
	size_t fits = 0;
	if (words.n == 0 && todo->count == 1)
		return &todo->items[0];
	if (number > 0 && (size_t)number <= todo->count)
		return &todo->items[number - 1];
	if (words.n && number < 0)
		item = todo_find(todo, words, &fits, context->arena);
	if (!item && (fits || !plan_is_ahead(w, who, words)))
		(void)tell_open(w, who, todo,
				words.n == 0  ? "several tasks are open"
				: number >= 0 ? "there is no open task with that number"
				: fits        ? "several tasks have these words"
					      : "no open task has these words");
	return item;
}

/* The words after WHO; where there are none, and several tasks, those typed below the list. */
static int ask_which(struct str *words, struct writing *w, const struct person *who,
		     const struct todo *todo)
{
	struct context *context = w->context;
	*words = opts_joined(&context->opts, 1, context->arena);
	if (words->n || todo->count < 2 || writing_is_json(w) || !prompt_is_possible())
		return EXIT_FINE;
	todo_print(context, context->journal, todo, false);
	return prompt_text(words, w,
			   arena_printf(context->arena, "%.*s: which", STR_ARG(who->name)));
}

/* What closing a task means. */
static const char *const told[] = {
    [TODO_PROMISE] = "done for",
    [TODO_WAITING] = "got from",
    [TODO_TOPIC] = "brought up with",
    [TODO_PLAN] = "as planned, with",
};

static int close_item(struct writing *w, const struct person *who, const struct todo_item *item)
{
	struct context *context = w->context;
	struct arena *arena = context->arena;
	struct todo_item plan = *item;
	struct task_closing closing = {item->task->text, 0, context->today};
	struct single single = {w, who, hold_plan, &plan};
	if (!item->plan) {
		closing.occurrence = todo_occurrence(item);
		single = (struct single){w, who, close_task, &closing};
	}
	struct change_result result;
	struct preview preview;
	int status = writing_make_single(&single, &preview, &result);
	const struct prose prose = {context->journal, STR("")};
	struct str shown = prose_plain(&prose, item->task->text, arena);
	struct str text = arena_printf(arena, "%s %.*s: %.*s, in %.*s\n", told[item->kind],
				       STR_ARG(who->name), STR_ARG(shown), STR_ARG(who->path));
	json_t *model = writing_model(w, who);
	json_put(model, "kind", json_of_line(str_of(todo_kind_name(item->kind))));
	json_put(model, "day", json_of_day(item->plan ? item->plan->day : context->today));
	json_put(model, "text", json_of_line(shown));
	return writing_tell(w, &result, status, text, model);
}

static int close_chosen(struct writing *w, const struct person *who)
{
	struct todo todo = {0};
	todo_add(&todo, who->contact);
	todo_add_plans(&todo, who->contact, w->context->today, false, w->context->arena);
	struct str words;
	int status = ask_which(&words, w, who, &todo);
	const struct todo_item *item =
	    status == EXIT_FINE ? choose_task(w, who, &todo, words) : NULL;
	status = item ? close_item(w, who, item) : EXIT_PROBLEM;
	todo_release(&todo);
	return status;
}

const struct command command_done = {
    .name = "done",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "close a promise, what you waited for, a topic or a plan",
    .usage = "WHO [N|TEXT]",
    .text = "Checks the task off, with today as the day it was done. TEXT is all of the\n"
	    "task's text, or words of it that fit no other; beginnings of words will do.\n"
	    "A task that repeats is left to the program that makes it come back. Of a plan\n"
	    "whose day has come #planned goes: it took place.\n",
    .examples =
	{
	    {"kith done ada", "closes the only open task, or lists them with their numbers"},
	    {"kith done ada 2", "the second of `kith todo ada`; plans have the numbers behind"},
	    {"kith done ada paper", "the one that has the word"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = close_chosen,
    .who = WHO_FIRST,
};
