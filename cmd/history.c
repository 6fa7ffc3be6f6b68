#include "change/history.h"

#include <string.h>

#include "base/text.h"
#include "locate.h"
#include "report/json.h"
#include "write.h"

/* So many changes are shown, unless more are asked for. */
#define USUAL 50
/* Of one change, so many lines are told. */
#define LINES 10

static json_t *model_of(const struct history_change *change, bool lines)
{
	json_t *o = json_of_object(), *paths = json_of_list();
	for (size_t i = 0; i < change->paths.count; i++)
		json_push(paths, json_of_text(change->paths.items[i]));
	json_put(o, "id", json_of_text(str_of(change->id)));
	json_put(o, "day", json_of_day(change->day));
	json_put(o, "author", json_of_line(change->author));
	json_put(o, "email", json_of_line(change->email));
	json_put(o, "phrases", json_of_lines(change->phrases));
	json_put(o, "subject", json_of_line(change->subject));
	json_put(o, "kith", json_of_line(change->trailer.n ? change->trailer : STR_NONE));
	json_put(o, "paths", paths);
	if (lines)
		json_put(o, "lines", json_of_text(change->lines));
	return o;
}

static void print_history_json(struct context *context, const struct history *history, bool lines)
{
	json_t *model = json_of_object(), *changes = json_of_list();
	for (size_t i = 0; i < history->count; i++)
		json_push(changes, model_of(&history->items[i], lines));
	json_put(model, "changes", changes);
	json_put(model, "more", json_boolean(history->more));
	out_json(context->out, model);
}

static bool has_several_authors(const struct history *history)
{
	for (size_t i = 1; i < history->count; i++)
		if (!str_eq(history->items[i].author, history->items[0].author))
			return true;
	return false;
}

static enum role line_role(struct str line)
{
	if (str_starts(line, STR("@@")))
		return ROLE_COMMAND;
	if (str_starts(line, STR("+++")) || str_starts(line, STR("---")))
		return ROLE_STRONG;
	if (str_starts(line, STR("diff ")))
		return ROLE_STRONG;
	return str_starts(line, STR("+"))   ? ROLE_GOOD
	       : str_starts(line, STR("-")) ? ROLE_WRONG
					    : ROLE_PLAIN;
}

static void print_lines(struct out *out, struct str lines)
{
	while (lines.n) {
		size_t end = str_find_char(lines, '\n');
		struct str line = str_upto(lines, end);
		out_role(out, line_role(line), line);
		out_addz(out, "\n");
		lines = str_from(lines, end + 1);
	}
}

/* The day stands once, before the first of its changes. */
static void print_change(struct context *context, const struct history_change *change, bool new_day,
			 bool author)
{
	static const char blanks[] = "            ";
	struct out *out = context->out;
	for (size_t i = 0; i < change->phrases.count && i < LINES; i++) {
		out_addz(out, i || !new_day ? blanks : "");
		if (i == 0 && new_day) {
			out_role(out, ROLE_STRONG, str_of(day_text(change->day).z));
			out_addz(out, "  ");
		}
		out_add(out, change->phrases.items[i]);
		if (i == 0 && author)
			out_role(out, ROLE_DIM,
				 arena_printf(context->arena, "  (%.*s)", STR_ARG(change->author)));
		out_addz(out, "\n");
	}
	if (change->phrases.count > LINES)
		out_printf(out, "%sand %zu more\n", blanks, change->phrases.count - LINES);
}

static void print_history(struct context *context, const struct history *history,
			  const struct history_order *order)
{
	struct out *out = context->out;
	bool author = has_several_authors(history), lines = order->lines;
	if (history->count == 0 && order->path.p)
		out_printf(out, "nothing of %s has been committed\n", order->path.p);
	else if (history->count == 0)
		out_addz(out, "nothing has been committed yet\n");
	for (size_t i = 0; i < history->count; i++) {
		const struct history_change *change = &history->items[i];
		bool new_day = i == 0 || lines || change->day != history->items[i - 1].day;
		print_change(context, change, new_day, author);
		if (!lines)
			continue;
		out_role(out, ROLE_DIM, arena_printf(context->arena, "commit %.10s", change->id));
		out_addz(out, "\n");
		print_lines(out, change->lines);
		out_addz(out, i + 1 < history->count ? "\n" : "");
	}
	if (history->more)
		out_say(out, "there are older changes: --all shows them");
}

/* A file's path, also of somebody who is gone; else WHO. */
static int find_path(struct writing *w, struct str *path)
{
	struct context *context = w->context;
	struct person who;
	struct str word = opts_joined(&context->opts, 0, context->arena);
	*path = STR_NONE;
	if (context->opts.words_count == 0)
		return EXIT_FINE;
	if (context->opts.words_count == 1 && str_ends(word, STR(".md")))
		return locate_path(path, context, context->opts.words[0]) ? EXIT_FINE : EXIT_USAGE;
	int status = writing_find(w, word, &who);
	*path = who.path;
	return status;
}

static int tell_history(struct context *context, const struct history_order *order)
{
	struct kith_error err = {0};
	struct history history;
	if (history_read(&history, order, context->arena, &err))
		return context_fail(context, &err);
	if (opts_has(&context->opts, "json"))
		print_history_json(context, &history, order->lines);
	else
		print_history(context, &history, order);
	return EXIT_FINE;
}

/* EXIT_USAGE after saying what is wrong. */
static int asked_number(struct context *context, size_t *most)
{
	const char *number = opts_value(&context->opts, "number");
	bool all = opts_has(&context->opts, "all");
	*most = all ? 0 : USUAL;
	if (!number)
		return EXIT_FINE;
	if (all)
		return context_usage(context, "say one of --number and --all");
	long count = str_number(str_of(number), 1000000);
	if (count < 1)
		return context_usage(context, "--number needs a number from 1 on, not \"%s\"",
				     number);
	*most = (size_t)count;
	return EXIT_FINE;
}

static int cmd_history(struct context *context)
{
	struct kith_error err = {0};
	struct writing w;
	struct company company;
	struct history_order order = {.lines = opts_has(&context->opts, "patch"),
				      .company = &company};
	int status = asked_number(context, &order.most);
	if (status != EXIT_FINE)
		return status;
	company_init(&company, context->dir);
	status = writing_begin(&w, context);
	order.config = w.config;
	if (status == EXIT_FINE)
		status = find_path(&w, &order.path);
	if (status != EXIT_FINE)
		goto out;
	if (context_repo(context, &err) < 0) {
		status = context_fail(context, &err);
		goto out;
	}
	order.git = context->git;
	order.repo = context->repo;
	order.below = context->below;
	status = tell_history(context, &order);
out:
	company_release(&company);
	writing_end(&w);
	return status;
}

const struct command command_history = {
    .name = "history",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_FOLDER,
    .pages = true,
    .summary = "tell what happened in the journal, the newest first",
    .usage = "[WHO]",
    .text = "Tells the changes in people's terms, from the commits' files: so it does not\n"
	    "matter whether kith, an editor or another program made them.\n"
	    "\n"
	    "WHO is the person whose file changed, also under an earlier name; entries in\n"
	    "other people's files, with WHO after `with`, stand with those people. A file's\n"
	    "path finds somebody who was removed.\n",
    .options =
	{
	    {"patch", NULL, "with the lines that changed", 'p'},
	    {"number", "N", "the last N changes (50 unless you say)", 'n'},
	    {"all", NULL, "all changes", 'a'},
	    {"json", NULL, "print JSON", 0},
	},
    .examples =
	{
	    {"kith history", "what happened lately, the newest first"},
	    {"kith history ada", "what happened with Ada, through renames too"},
	    {"kith history ada -p", "the same with the lines"},
	    {"kith history people/bob.md", "somebody who was removed"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .looks_back = true,
    .run = cmd_history,
};
