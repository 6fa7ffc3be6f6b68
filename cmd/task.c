#include "task.h"

#include "base/text.h"
#include "change/tasks.h"
#include "insight/balance.h"
#include "people/head.h"
#include "people/tags.h"
#include "prompt.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

static int add_task(void *context, const struct config *config, struct str image, struct buf *out,
		    struct kith_error *err)
{
	return tasks_add(out, image, config, context, err);
}

/*
 * The words after WHO, as a task's text and day; *kept: what may have been
 * meant as its day, and is text. EXIT_USAGE after saying what is missing.
 */
static int read_words(struct context *context, struct str said, const struct task_kind *kind,
		      struct task_text *task, struct str *kept)
{
	struct arena *arena = context->arena;
	struct kith_error err = {0};
	struct str words;
	if (text_invalid_at(said) < said.n)
		return context_usage(context, "the text is not UTF-8");
	words = head_tags(str_trim(text_line(said, arena)), arena);
	*task = (struct task_text){.text = words,
				   .created = context->today,
				   .due = NO_DAY,
				   .waiting = kind->waiting,
				   .topic = kind->topic};
	if (kind->dated && head_take_due(&task->text, &task->due, context->today, arena, &err) < 0)
		return context_usage(context, "%s", err.message);
	if (kind->dated && task->due == NO_DAY)
		*kept = head_kept_due(task->text, context->today, arena);
	if (tags_strip(task->text, TAG_WAITING | TAG_TOPIC | TAG_GAVE | TAG_GOT | TAG_ASKED, arena)
		.n == 0)
		return context_usage(context, "the text is missing: kith %s %s",
				     context->command->name, context->command->usage);
	if (tags_in(task->text) & (TAG_WAITING | TAG_TOPIC))
		return context_usage(context, "#waiting and #topic are written by `kith wait` and "
					      "`kith topic`; leave them out of the text");
	if (kind->asks && !(tags_in(task->text) & TAG_ASKED))
		task->text = arena_printf(arena, "#asked %.*s", STR_ARG(task->text));
	return EXIT_FINE;
}

/* The text as people read it: without the tags that the command's name says. */
static struct str shown_task(struct context *context, const struct task_text *task)
{
	return prose_cut(tags_strip(task->text, TAG_ASKED, context->arena), context->arena);
}

static void add_asking(struct buf *text, json_t *model, const struct person *who,
		       struct context *context)
{
	struct balance year = balance_year(who->contact, context->today);
	struct arena *arena = context->arena;
	year.asked++;
	json_put(model, "asked", json_of_count(year.asked));
	json_put(model, "gave", json_of_count(year.gave));
	if (year.asked <= year.gave)
		return;
	buf_printf(text, "within a year: asked %.*s %.*s, gave %.*s\n", STR_ARG(who->name),
		   STR_ARG(words_count(year.asked, "time", "times", arena)),
		   STR_ARG(words_count(year.gave, "time", "times", arena)));
}

static void add_task_report(struct buf *text, json_t *model, const struct task_text *task,
			    const struct single *single)
{
	struct context *context = single->w->context;
	const struct task_kind *kind = context->command->kind;
	const struct person *who = single->who;
	struct str words = shown_task(context, task);
	int year = day_to_ymd(context->today).year;
	buf_printf(text, "%s %.*s: %.*s", kind->told, STR_ARG(who->name), STR_ARG(words));
	if (task->due != NO_DAY)
		buf_printf(text, ", by %.*s", STR_ARG(words_day(task->due, year, context->arena)));
	buf_printf(text, ", in %.*s\n", STR_ARG(who->path));
	json_put(model, "day", json_of_day(context->today));
	json_put(model, "text", json_of_line(words));
	json_put(model, "due", json_of_day(task->due));
	json_put(model, "created", json_of_day(task->created));
	if (kind->asks)
		add_asking(text, model, who, context);
}

static void tell_kept_due(struct context *context, struct str kept)
{
	if (kept.n)
		out_say(
		    context->out,
		    "\"%.*s\" is kept as text, and the task has no day; one is written \"by dec "
		    "10\", \"by friday\" or \"by in 3 weeks\"",
		    STR_ARG(text_upto(kept, 60)));
}

int task_write(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	const struct task_kind *kind = context->command->kind;
	struct task_text task;
	struct str kept = STR("");
	const struct single single = {w, who, add_task, &task};
	struct change_result result;
	struct preview preview;
	struct str said = opts_joined(&context->opts, 1, context->arena);
	bool asked = context->opts.words_count == 1 && prompt_is_possible();
	int status = asked ? prompt_text(&said, w, who->name) : EXIT_FINE;
	if (status == EXIT_FINE)
		status = read_words(context, said, kind, &task, &kept);
	if (status != EXIT_FINE)
		return status;
	status = writing_make_single(&single, &preview, &result);
	if (status == EXIT_FINE || result.written)
		tell_kept_due(context, kept);
	json_t *model = writing_model(w, who);
	struct buf text;
	buf_init(&text, 0);
	add_task_report(&text, model, &task, &single);
	status = writing_tell(w, &result, status, buf_str(&text), model);
	buf_release(&text);
	return status;
}
