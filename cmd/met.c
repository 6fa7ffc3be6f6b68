#include "people/met.h"
#include "newcomer.h"

static void put_first(struct field_edits *edits, struct str key, struct str value)
{
	for (size_t i = edits->count++; i > 0; i--)
		edits->items[i] = edits->items[i - 1];
	edits->items[0] = (struct field_edit){EDIT_SET, key, value};
}

/* `met` and `introduced_by`, before what else is said. */
static int add_meeting(struct writing *w, const struct met *met, struct newcomer *newcomer)
{
	struct context *context = w->context;
	struct person who;
	if (newcomer_has_key(&newcomer->edits, KEY_MET))
		return context_usage(context, "how you met is said twice: in words, and as met=");
	if (met->via.n && newcomer_has_key(&newcomer->edits, KEY_INTRODUCED_BY))
		return context_usage(context,
				     "who introduced you is said twice: via, and as a key");
	if (met->via.n) {
		int status = writing_find(w, met->via, &who);
		if (status != EXIT_FINE)
			return status;
		put_first(&newcomer->edits, STR("introduced_by"),
			  arena_printf(context->arena, "[[%.*s]]", STR_ARG(who.slug)));
	}
	newcomer->met = met_value(met, context->arena);
	put_first(&newcomer->edits, STR("met"), newcomer->met);
	return EXIT_FINE;
}

static int meet_newcomer(struct writing *w, const struct person *nobody)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	size_t words = add_words_before_fields(opts->words, opts->words_count);
	struct newcomer newcomer = {0};
	struct kith_error err = {0};
	struct met met;
	(void)nobody;
	if (words == 0)
		return context_usage(context, "a name is missing");
	if (met_parse(&met, opts->words, words, context->today, context->arena, &err) < 0)
		return context_usage(context, "%s", err.message);
	int status = newcomer_name(context, met.name, &newcomer.name);
	if (status == EXIT_FINE)
		status = newcomer_fields(w, words, 2, &newcomer.edits);
	if (status == EXIT_FINE)
		status = add_meeting(w, &met, &newcomer);
	return status == EXIT_FINE ? newcomer_write(w, &newcomer) : status;
}

const struct command command_met = {
    .name = "met",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "add somebody you have just met",
    .usage = "NAME [DATE] [at TEXT] [via WHO] [KEY=VALUE...]",
    .text = "Like `kith add`, with the day and place under `met` and who introduced you\n"
	    "under `introduced_by`. New ties come up after a week and a month (new_ties in\n"
	    "kith.yaml), before the usual interval begins.\n",
    .options =
	{
	    NEWCOMER_OPTIONS,
	},
    .examples =
	{
	    {"kith met Grace Hopper", "today; the first check-in is due in a week"},
	    {"kith met Grace Hopper yesterday at the ACM dinner via ada org=Navy",
	     "when, where, who"},
	    {"kith met 'Ming Sun' last friday", "a name in one word, where it could be a day"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_TEXT, KIND_MET | KIND_FIELD | KIND_PAST},
    .write = meet_newcomer,
};
