#include "newcomer.h"

static int add_newcomer(struct writing *w, const struct person *nobody)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct newcomer newcomer = {.met = STR_NONE};
	size_t names = add_words_before_fields(opts->words, opts->words_count);
	struct opts named = *opts;
	(void)nobody;
	named.words_count = names;
	int status = newcomer_name(context, opts_joined(&named, 0, context->arena), &newcomer.name);
	if (status == EXIT_FINE)
		status = newcomer_fields(w, names, 0, &newcomer.edits);
	return status == EXIT_FINE ? newcomer_write(w, &newcomer) : status;
}

const struct command command_add = {
    .name = "add",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "add somebody",
    .usage = "NAME [KEY=VALUE...]",
    .text = "Makes the person's file, from templates/contact.md where the journal has one.\n"
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
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = add_newcomer,
};
