#include "done.h"

#include "change/entries.h"
#include "change/tasks.h"
#include "people/head.h"
#include "prompt.h"
#include "report/agenda.h"
#include "report/json.h"
#include "report/prose.h"
#include "todo.h"

struct task_closing {
	const struct done_kind *kind;
	const struct todo_item *item;
	civil_day today;
};

static int close_it(void *context, const struct config *config, struct str image, struct buf *out,
		    struct kith_error *err)
{
	const struct task_closing *c = context;
	const struct todo_item *item = c->item;
	struct str line = item->plan ? entry_line(item->contact->image, item->plan) : STR("");
	const struct entry_turn given_up = {
	    .cancelled = true, .day = NO_DAY, .more = STR(""), .less = STR("")};
	struct task want = *item->task;
	want.state = c->kind->drops ? TASK_DROPPED : TASK_DONE;
	want.done = c->today;
	if (!item->plan)
		return tasks_turn(out, image, config, item->task, todo_occurrence(item), &want,
				  err);
	return c->kind->drops ? entries_turn(out, image, config, line, &given_up, err)
			      : entries_hold(out, image, config, line, err);
}

/* Lists what is open and how one is chosen. EXIT_PROBLEM. */
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
	out_say(context->out, "%s; say which, by its number or words of it: kith %s %.*s N", why,
		context->command->name,
		STR_ARG(head_typed(str_of(context->opts.words[0]), context->arena)));
	return EXIT_PROBLEM;
}

static bool lies_ahead(const struct todo_item *item, civil_day today)
{
	return item->plan && item->plan->day > today;
}

/* What can be closed: what lies ahead can be given up alone. */
static struct todo closable(const struct writing *w, const struct todo *todo)
{
	const struct done_kind *kind = w->context->command->kind;
	struct todo some = {ARENA_ARRAY(w->context->arena, struct todo_item, todo->count), 0, 0};
	for (size_t i = 0; i < todo->count; i++)
		if (kind->drops || !lies_ahead(&todo->items[i], w->context->today))
			some.items[some.count++] = todo->items[i];
	return some;
}

/* The item that these words mean; NULL after saying why none is. */
static const struct todo_item *choose_item(struct writing *w, const struct person *who,
					   const struct todo *todo, struct str words)
{
	struct context *context = w->context;
	long number = str_number(words, 1000000000);
	const struct todo some = closable(w, todo);
	const struct todo_item *item = NULL;
	size_t fits = 0;
	if (words.n == 0 && some.count == 1)
		return &some.items[0];
	if (words.n == 0 && todo->count == 1)
		item = &todo->items[0];
	else if (number > 0 && (size_t)number <= todo->count)
		item = &todo->items[number - 1];
	else if (words.n && number < 0)
		item = todo_find(&some, words, &fits, context->arena);
	if (!item && words.n && number < 0 && !fits)
		item = todo_find(todo, words, &fits, context->arena);
	if (!item)
		(void)tell_open(w, who, todo,
				words.n == 0  ? "several things are open"
				: number >= 0 ? "nothing that is open has that number"
				: fits        ? "several have these words"
					      : "nothing that is open has these words");
	const struct done_kind *kind = context->command->kind;
	if (item && !kind->drops && lies_ahead(item, context->today)) {
		out_say(context->out,
			"\"%.*s\" is planned for %s, which is still ahead; kith drop gives it up",
			STR_ARG(item->task->text), day_text(item->plan->day).z);
		return NULL;
	}
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

static int close_item(struct writing *w, const struct person *who, const struct todo_item *item)
{
	struct context *context = w->context;
	struct arena *arena = context->arena;
	const struct done_kind *kind = context->command->kind;
	struct task_closing closing = {kind, item, context->today};
	const struct single single = {w, who, close_it, &closing};
	struct change_result result;
	struct preview preview;
	int status = writing_make_single(&single, &preview, &result);
	const struct prose prose = {context->journal, STR("")};
	struct str shown = prose_plain(&prose, item->task->text, arena);
	struct str text = arena_printf(arena, "%s %.*s: %.*s, in %.*s\n", kind->told[item->kind],
				       STR_ARG(who->name), STR_ARG(shown), STR_ARG(who->path));
	json_t *model = writing_model(w, who);
	json_put(model, "kind", json_of_line(str_of(todo_kind_name(item->kind))));
	json_put(model, "day", json_of_day(item->plan ? item->plan->day : context->today));
	json_put(model, "text", json_of_line(shown));
	return writing_tell(w, &result, status, text, model);
}

int done_write(struct writing *w, const struct person *who)
{
	struct todo todo = {0};
	todo_add(&todo, who->contact);
	todo_add_plans(&todo, who->contact, w->context->today, w->context->arena);
	struct str words;
	int status = ask_which(&words, w, who, &todo);
	const struct todo_item *item =
	    status == EXIT_FINE ? choose_item(w, who, &todo, words) : NULL;
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
    .text = "Checks it off, with today as the day it was done. N is its number in kith\n"
	    "todo WHO; TEXT is all of its text, or words of it that fit no other;\n"
	    "beginnings of words will do. A task that repeats is left to the program that\n"
	    "makes it come back. Of a plan whose day has come #planned goes: it took place.\n"
	    "How it was, kith log says of the same day and channel. What will not be done\n"
	    "after all: kith drop.\n",
    .examples =
	{
	    {"kith done ada", "closes the only open task, or lists them with their numbers"},
	    {"kith done ada 2", "the second of `kith todo ada`"},
	    {"kith done ada paper", "the one that has the word"},
	    {"kith done ada lunch", "a plan took place"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TASK, KIND_TEXT},
    .write = done_write,
    .who = WHO_FIRST,
    .kind = &(const struct done_kind){.told = {[TODO_PROMISE] = "done for",
					       [TODO_WAITING] = "got from",
					       [TODO_TOPIC] = "brought up with",
					       [TODO_PLAN] = "as planned, with"}},
};
