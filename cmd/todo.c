#include "todo.h"

#include "change/closed.h"
#include "insight/items.h"
#include "query.h"
#include "report/agenda.h"
#include "who.h"
#include "write.h"

static void print_kind(const struct agenda_words *words, struct out *out, const struct todo *todo,
		       enum todo_kind kind, bool names)
{
	static const struct table_column columns[] = {
	    {.heading = NULL, .right = true},
	    {.heading = NULL},
	    {.heading = NULL, .min = 12},
	    {.heading = NULL, .min = 20},
	};
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	table.indent = 2;
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		const struct task *t = item->task;
		if (item->kind != kind)
			continue;
		struct str text = prose_plain(&words->prose, t->text, words->arena);
		table_addf(&table, ROLE_DIM, "%zu", item->number);
		table_add(&table, agenda_task_when(words, t),
			  t->due == words->today ? ROLE_SOON : ROLE_PLAIN);
		table_add(&table, names ? item->contact->name : STR(""), ROLE_STRONG);
		table_addf(&table, ROLE_PLAIN, "%.*s%s", STR_ARG(text),
			   t->repeats ? " (repeats)" : "");
	}
	out_table(out, &table);
	table_release(&table);
}

void todo_print(struct context *context, const struct journal *journal, const struct todo *todo,
		bool names)
{
	static const char *const headings[] = {[TODO_PROMISE] = "Promised",
					       [TODO_WAITING] = "Waiting for",
					       [TODO_TOPIC] = "To bring up",
					       [TODO_PLAN] = "Planned"};
	struct agenda_words words;
	agenda_words_init(&words, journal, context->today, context->arena);
	for (size_t i = 0; i < todo->count; i++) {
		enum todo_kind kind = todo->items[i].kind;
		if (i && todo->items[i - 1].kind == kind)
			continue;
		out_addz(context->out, i ? "\n" : "");
		out_role(context->out, ROLE_STRONG, str_of(headings[kind]));
		out_addz(context->out, "\n");
		print_kind(&words, context->out, todo, kind, names);
	}
}

/* What the review counts and does not name. */
static const struct todo_part {
	const char *option;
	enum todo_kind kind;
	bool older; /* else those without a day */
} todo_parts[] = {
    {"older", TODO_PROMISE, true},
    {"older-plans", TODO_PLAN, true},
    {"no-day", TODO_PROMISE, false},
};

static bool is_of_part(const struct todo_item *item, const struct todo_part *part,
		       const struct context *context, const struct config *config)
{
	civil_day due = item->task->due, today = context->today;
	civil_day monday = today - day_weekday(today) + 1;
	if (item->kind != part->kind || (due == NO_DAY) == part->older)
		return false;
	return !part->older || item_is_older(due, monday, today, config->late);
}

/* Leaves what the options ask for, with the numbers that it has among all. */
static void keep_parts(struct context *context, const struct config *config, struct todo *todo)
{
	for (size_t p = 0; p < ARRAY_LEN(todo_parts); p++) {
		size_t kept = 0;
		if (!opts_has(&context->opts, todo_parts[p].option))
			continue;
		for (size_t i = 0; i < todo->count; i++)
			if (is_of_part(&todo->items[i], &todo_parts[p], context, config))
				todo->items[kept++] = todo->items[i];
		todo->count = kept;
	}
}

/* ---- what was closed ---- */

static void print_closed(struct context *context, const struct journal *journal,
			 const struct todo *todo, bool names)
{
	static const struct table_column columns[] = {
	    {.heading = NULL},
	    {.heading = NULL},
	    {.heading = NULL, .min = 12},
	    {.heading = NULL, .min = 20},
	    {.heading = NULL, .min = 12},
	};
	struct agenda_words words;
	struct table table;
	agenda_words_init(&words, journal, context->today, context->arena);
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		table_addf(&table, ROLE_DIM, "%s", day_text(item->task->done).z);
		table_addf(&table, ROLE_PLAIN, "%s", agenda_closed_word(item));
		table_add(&table, names ? item->contact->name : STR(""), ROLE_STRONG);
		table_add(&table, prose_plain(&words.prose, item->task->text, words.arena),
			  ROLE_PLAIN);
		table_add(&table, agenda_closed_days(item, words.arena), ROLE_DIM);
	}
	out_table(context->out, &table);
	table_release(&table);
}

/* Days that no field says come from history, where there is one. */
static void tell_closed(struct context *context, const struct config *config,
			const struct journal *journal, struct todo *todo, const struct person *who)
{
	struct kith_error err = {0};
	if (closed_is_missing(todo) && context_repo(context, &err) == 0) {
		const struct history_order order = {.git = context->git,
						    .repo = context->repo,
						    .below = context->below,
						    .config = config};
		if (closed_fill(todo, &order, context->arena, &err) < 0)
			(void)context_fail(context, &err);
	}
	todo_sort_closed(todo);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, agenda_closed_model(journal, todo, context->today));
	else if (todo->count)
		print_closed(context, journal, todo, !who);
	else
		out_addz(context->out, "nothing has been closed yet\n");
}

/* ---- all of it ---- */

static void take_todos(struct context *context, struct todo *todo, const struct contact *contact)
{
	if (opts_has(&context->opts, "done")) {
		todo_add_closed(todo, contact, context->arena);
		return;
	}
	todo_add(todo, contact);
	todo_add_plans(todo, contact, context->today, context->arena);
}

static void tell_todo(struct context *context, const struct config *config,
		      const struct journal *journal, struct todo *todo, const struct person *who)
{
	if (opts_has(&context->opts, "done")) {
		tell_closed(context, config, journal, todo, who);
		return;
	}
	keep_parts(context, config, todo);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, agenda_todo_model(journal, todo, context->today));
	else if (todo->count)
		todo_print(context, journal, todo, !who);
	else if (who)
		out_printf(context->out, "nothing is open with %.*s\n", STR_ARG(who->name));
	else
		out_addz(context->out, "nothing is open\n");
}

/* Of one person: no other file is read, where the word is a file's name. */
static int of_one(struct writing *w, struct todo *todo, struct str word)
{
	struct person who;
	int status = writing_find(w, word, &who);
	if (status == EXIT_FINE) {
		take_todos(w->context, todo, who.contact);
		tell_todo(w->context, w->config, NULL, todo, &who);
	}
	return status;
}

/* Leaves what fits: of a task, `due:` is its day. False where nobody does, whatever is open. */
static bool keep_asked(struct context *context, struct todo *todo, const struct query *query)
{
	struct term_match match;
	size_t kept = 0;
	bool somebody = !query->root;
	term_match_init(&match, context->journal, context->today);
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		uint32_t who = (uint32_t)(item->contact - context->journal->contacts);
		if (kept < query->limit && query_fits(query, &match, who, item->task))
			todo->items[kept++] = *item;
	}
	todo->count = kept;
	for (uint32_t i = 0; i < context->journal->count && !kept && !somebody; i++)
		somebody = query_fits(query, &match, i, NULL);
	term_match_release(&match);
	return somebody || kept;
}

static int of_everybody(struct context *context, const struct config *config, struct todo *todo)
{
	const struct journal *journal = context->journal;
	const struct found nobody = {.how = FIND_NOBODY};
	struct query query;
	bool explained;
	int status = query_of_words(context, &query, 0, &explained);
	if (status != EXIT_FINE || explained)
		return status;
	for (size_t i = 0; i < journal->count; i++)
		take_todos(context, todo, &journal->contacts[i]);
	todo_sort(todo);
	if (keep_asked(context, todo, &query)) {
		tell_todo(context, config, journal, todo, NULL);
		return EXIT_FINE;
	}
	struct str text = opts_joined(&context->opts, 0, context->arena);
	if (str_find_char(text, ':') == text.n) {
		who_tell(context, journal, text, &nobody);
		return EXIT_PROBLEM;
	}
	out_say(context->out, "nobody fits");
	return EXIT_FINE;
}

static int read_everybody(struct context *context, struct todo *todo)
{
	const struct journal_options options = {.threads = 2};
	struct kith_error err = {0};
	struct journal journal;
	int status = EXIT_FINE;
	if (journal_load(&journal, context->dir, &options, &err)) {
		status = context_fail(context, &err);
	} else {
		context->journal = &journal;
		status = of_everybody(context, &journal.config, todo);
		context->journal = NULL;
	}
	if (status != EXIT_USAGE)
		out_findings(context->out, &journal.diag);
	if (status == EXIT_FINE && diag_has_error(&journal.diag))
		status = EXIT_PROBLEM;
	journal_release(&journal);
	return status;
}

/* Whether the words are the name of one person, and no query of several. */
static bool is_one_person(struct writing *w, struct str word)
{
	const struct journal *journal;
	struct found found;
	if (writing_is_file(w, word))
		return true;
	if (writing_everybody(w, &journal) != EXIT_FINE)
		return false;
	find_contacts(&found, journal, word, w->context->arena);
	find_prefer_active(&found, journal);
	return found.count == 1 && found.how < FIND_BEGINNINGS;
}

static int of_words(struct context *context, struct todo *todo)
{
	struct writing w;
	struct str word = opts_joined(&context->opts, 0, context->arena);
	int status = writing_begin(&w, context);
	bool one =
	    status == EXIT_FINE && !opts_has(&context->opts, "explain") && is_one_person(&w, word);
	if (one)
		status = of_one(&w, todo, word);
	writing_end(&w);
	return one || status != EXIT_FINE ? status : read_everybody(context, todo);
}

static int cmd_todo(struct context *context)
{
	struct todo todo = {0};
	size_t parts = opts_has(&context->opts, "done");
	for (size_t p = 0; p < ARRAY_LEN(todo_parts); p++)
		parts += opts_has(&context->opts, todo_parts[p].option);
	if (parts > 1)
		return context_usage(context,
				     "say one of --older, --older-plans, --no-day and --done");
	int status =
	    context->opts.words_count ? of_words(context, &todo) : read_everybody(context, &todo);
	todo_release(&todo);
	return status;
}

const struct command command_todo = {
    .name = "todo",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .pages = true,
    .summary = "list what is open: promises, what you wait for, topics, plans",
    .usage = "[WHO|QUERY]",
    .text = "Each of the lists begins with what is due first. The number before a line is\n"
	    "the one that `kith done WHO N` and `kith drop WHO N` take: it counts what is\n"
	    "open with that person. Of what is older than the review names, and of what has\n"
	    "no day, it says how many; the options list them.\n",
    .options =
	{
	    {"older", NULL, "promises alone, late by more than `late` (2 weeks)", 0},
	    {"older-plans", NULL, "plans alone, past by more than that", 0},
	    {"no-day", NULL, "promises alone that have no day", 0},
	    {"done", NULL, "what was closed: when, made when, due when, how long it took", 0},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith todo", "all that is open, with everybody"},
	    {"kith todo ada", "with one person"},
	    {"kith todo tag:mentor due:..2w",
	     "of all mentors, within two weeks: kith help query says more"},
	    {"kith done ada 2", "closes the one with that number"},
	    {"kith todo --done ada",
	     "what was kept, or given up; from history where no day stands there"},
	    {"kith todo --json | jq -r '.promises[].text'", "promises alone"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_WHO | KIND_QUERY},
    .looks_back = true,
    .run = cmd_todo,
};
