#include "query.h"

#include "base/text.h"
#include "report/json.h"

/* So many columns of a query are shown before the place that is wrong, and behind it. */
#define SHOWN_BEFORE 40
#define SHOWN_AFTER  30

/* The end of a text that takes no more than so many columns. */
static struct str last_columns(struct str text, size_t width)
{
	size_t all = text_width(text);
	return all > width ? str_from(text, text_fit(text, all - width).n) : text;
}

void query_show_error(struct context *context, struct str text, const struct kith_error *err)
{
	struct str before = err->column > 0 ? text_upto(text, (size_t)err->column - 1) : text;
	struct str shown = last_columns(text_line(before, context->arena), SHOWN_BEFORE);
	struct str rest =
	    text_fit(text_line(str_from(text, before.n), context->arena), SHOWN_AFTER);
	out_say(context->out, "%s: %s", context->command->name, err->message);
	if (err->column > 0) {
		struct buf mark;
		buf_init(&mark, 0);
		buf_printf(&mark, "  %.*s%.*s\n  ", STR_ARG(shown), STR_ARG(rest));
		buf_fill(&mark, ' ', text_width(shown));
		buf_addz(&mark, "^\n");
		out_tell(context->out, buf_str(&mark));
		buf_release(&mark);
	}
	out_tell(context->out, STR("See: kith help query\n"));
}

static int read_query_text(struct context *context, struct query *out, struct str text,
			   bool words_are_text, bool *explained)
{
	const struct term_reader reader = {context->journal, context->today, context->arena,
					   words_are_text};
	struct kith_error err = {0};
	*explained = false;
	if (query_parse(out, text, &reader, &err)) {
		query_show_error(context, text, &err);
		return EXIT_USAGE;
	}
	if (opts_has(&context->opts, "explain")) {
		out_add(context->out, query_explain(out, context->arena));
		*explained = true;
	}
	return EXIT_FINE;
}

int query_of_text(struct context *context, struct query *out, struct str text, bool *explained)
{
	return read_query_text(context, out, text, false, explained);
}

/* For what has an order of its own. */
static int check_no_sort(struct context *context, const struct query *query)
{
	if (!query->sorts_count)
		return EXIT_FINE;
	return context_usage(context, "this list has an order of its own; sort: is for kith list");
}

int query_of_search(struct context *context, struct query *out, struct str text, bool *explained)
{
	int status = read_query_text(context, out, text, true, explained);
	return status == EXIT_FINE ? check_no_sort(context, out) : status;
}

int query_of_words(struct context *context, struct query *out, size_t from, bool *explained)
{
	const struct opts *opts = &context->opts;
	size_t first = from < opts->words_count ? from : opts->words_count;
	struct str text =
	    query_join(opts->words + first, opts->words_count - first, context->arena);
	int status = query_of_text(context, out, text, explained);
	return status == EXIT_FINE ? check_no_sort(context, out) : status;
}

const char *const format_names[] = {"table", "plain", "csv", "tsv", "json", "ndjson", NULL};

int format_of(struct context *context, enum list_format *format)
{
	const char *said = opts_value(&context->opts, "format");
	*format = opts_has(&context->opts, "json") ? LIST_JSON : LIST_TABLE;
	for (size_t i = 0; said && format_names[i]; i++)
		if (str_eq(str_of(said), str_of(format_names[i]))) {
			*format = (enum list_format)i;
			return EXIT_FINE;
		}
	if (!said)
		return EXIT_FINE;
	return context_usage(
	    context, "--format is table, plain, csv, tsv, json or ndjson, not \"%s\"", said);
}

void format_models(struct context *context, enum list_format format, const char *name, json_t *list)
{
	if (format == LIST_NDJSON) {
		out_json_lines(context->out, list);
		return;
	}
	json_t *model = json_of_object();
	json_put(model, "today", json_of_day(context->today));
	json_put(model, name, list);
	out_json(context->out, model);
}
