#include "newcomer.h"
#include "people/head.h"
#include "people/met.h"

/* `kith add Bob via peter at the pub`: words of kith met, which no name has. */
static int refuse_meeting(struct context *context)
{
	struct arena *arena = context->arena;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < context->opts.words_count; i++)
		buf_printf(&b, " %.*s", STR_ARG(head_typed(str_of(context->opts.words[i]), arena)));
	struct str said = arena_take(arena, &b);
	return context_usage(context,
			     "this says more than a name; for somebody you have met:\n"
			     "  kith met%.*s\n"
			     "where all of it is the name:\n"
			     "  kith add --%.*s",
			     STR_ARG(said), STR_ARG(said));
}

/* From this day on somebody is new, and not from the journal's beginning. */
static void note_day(struct newcomer *newcomer, struct context *context)
{
	if (newcomer_has_key(&newcomer->edits, KEY_ADDED))
		return;
	struct str day = arena_str(context->arena, str_of(day_text(context->today).z));
	newcomer->edits.items[newcomer->edits.count++] =
	    (struct field_edit){EDIT_SET, STR("added"), day};
}

static int add_newcomer(struct writing *w, const struct person *nobody)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct newcomer newcomer = {.met = STR_NONE};
	size_t names = add_words_before_fields(opts->words, opts->words_count);
	struct opts named = *opts;
	(void)nobody;
	named.words_count = names;
	if (opts->raw > 0 && met_says_more(opts->words, names, context->today, context->arena))
		return refuse_meeting(context);
	int status = newcomer_name(context, opts_joined(&named, 0, context->arena), &newcomer.name);
	if (status == EXIT_FINE)
		status = newcomer_fields(w, names, 1, &newcomer.edits);
	if (status != EXIT_FINE)
		return status;
	note_day(&newcomer, context);
	return newcomer_write(w, &newcomer);
}

const struct command command_add = {
    .name = "add",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "add somebody",
    .usage = "NAME [KEY=VALUE...]",
    .text = "Makes the person's file, from templates/contact.md where the journal has one,\n"
	    "with the day under `added`: from it on a first check-in is due some day.\n"
	    "The keys are those of the files; words without `=` go on with the value\n"
	    "before. Somebody with the same name, e-mail address or telephone number is\n"
	    "shown, and nothing is written.\n",
    .options =
	{
	    NEWCOMER_OPTIONS,
	},
    .examples =
	{
	    {"kith add Ada Lovelace", "makes people/ada-lovelace.md"},
	    {"kith add Ada Lovelace org=Analytical Engines title=CTO cadence=close",
	     "and more of her"},
	    {"kith add Ada Lovelace --slug ada-of-bath", "in a file of another name"},
	    {"kith met Grace Hopper at the ACM dinner", "for somebody you have just met"},
	    {"kith add -- Kim Friday", "all after -- is the name"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_TEXT, KIND_FIELD},
    .write = add_newcomer,
};
