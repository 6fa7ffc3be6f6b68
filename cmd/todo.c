#include "todo.h"

#include "report/json.h"
#include "report/todo.h"
#include "write.h"

static void print_list(struct context *context, const json_t *list, bool names)
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
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *row = json_array_get(list, i);
		const json_t *late = json_object_get(row, "late");
		enum role role = json_integer_value(late) > 0 ? ROLE_LATE : ROLE_PLAIN;
		struct str when = json_text_at(row, "when");
		table_addf(&table, ROLE_DIM, "%lld",
			   (long long)json_integer_value(json_object_get(row, "number")));
		table_add(&table, when.p ? when : STR(""), role);
		table_add(&table, names ? json_text_at(row, "name") : STR(""), ROLE_STRONG);
		table_addf(&table, ROLE_PLAIN, "%s%s", json_text_at(row, "text").p,
			   json_is_true(json_object_get(row, "repeats")) ? " (repeats)" : "");
	}
	out_table(context->out, &table);
	table_release(&table);
}

void todo_print(struct context *context, const json_t *model, bool names)
{
	static const struct {
		const char *key, *heading;
	} lists[] = {
	    {"promises", "Promised"}, {"waiting", "Waiting for"}, {"topics", "To bring up"}};
	bool first = true;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const json_t *list = json_object_get(model, lists[i].key);
		if (json_array_size(list) == 0)
			continue;
		out_addz(context->out, first ? "" : "\n");
		out_role(context->out, ROLE_STRONG, str_of(lists[i].heading));
		out_addz(context->out, "\n");
		print_list(context, list, names);
		first = false;
	}
}

static void print(struct context *context, const struct journal *journal, const struct todo *todo,
		  const struct person *who)
{
	json_t *model = todo_model(journal, todo, context->today);
	if (opts_has(&context->opts, "json"))
		out_json(context->out, model);
	else if (todo->count)
		todo_print(context, model, !who);
	else if (who)
		out_printf(context->out, "nothing is open with %.*s\n", STR_ARG(who->name));
	else
		out_addz(context->out, "nothing is open\n");
	json_decref(model);
}

/* Of one person: no other file is read, where the word is a file's name. */
static int of_one(struct context *context, struct todo *todo)
{
	struct writing w;
	struct person who;
	int status = writing_begin(&w, context);
	struct str word = opts_joined(&context->opts, 0, context->arena);
	if (status == EXIT_FINE)
		status = writing_find(&w, word, &who);
	if (status == EXIT_FINE) {
		todo_add(todo, who.contact);
		print(context, NULL, todo, &who);
	}
	writing_end(&w);
	return status;
}

static int of_everybody(struct context *context, struct todo *todo)
{
	const struct journal_options options = {.threads = 2};
	struct kith_error err = {0};
	struct journal journal;
	int status = EXIT_FINE;
	if (journal_load(&journal, context->dir, &options, &err)) {
		status = context_fail(context, &err);
	} else {
		for (size_t i = 0; i < journal.count; i++)
			todo_add(todo, &journal.contacts[i]);
		todo_sort(todo);
		print(context, &journal, todo, NULL);
	}
	out_findings(context->out, &journal.diag);
	if (diag_has_error(&journal.diag))
		status = EXIT_PROBLEM;
	journal_release(&journal);
	return status;
}

static int cmd_todo(struct context *context)
{
	struct todo todo;
	todo_init(&todo);
	int status =
	    context->opts.words_count ? of_one(context, &todo) : of_everybody(context, &todo);
	todo_release(&todo);
	return status;
}

const struct command command_todo = {
    .name = "todo",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "list what is open: promises, what you wait for, topics",
    .usage = "[WHO]",
    .text = "Each of the three lists begins with what is due first. The number before a\n"
	    "task is the one that `kith done WHO N` takes: it counts the open tasks of\n"
	    "that person.\n",
    .options =
	{
	    {"json", NULL, "print as JSON", 0},
	},
    .examples =
	{
	    {"kith todo", "all that is open, with everybody"},
	    {"kith todo ada", "with one person"},
	    {"kith done ada 2", "closes the one with that number"},
	    {"kith todo --json | jq -r '.promises[].text'", "promises alone"},
	},
    .max_words = ANY_WORDS,
    .run = cmd_todo,
};
