#include "front.h"
#include "people/keys.h"

/* The name is more than a key: the file and links to it go with it. */
static int refuse_names(struct context *context, const struct field_edits *edits,
			const struct person *who)
{
	for (size_t i = 0; i < edits->count; i++) {
		int rank;
		enum key key = key_find(edits->items[i].key, &rank);
		if (key == KEY_NAME || key == KEY_GIVEN || key == KEY_FAMILY)
			return context_usage(context,
					     "a name changes with its file and the links to it: "
					     "kith rename %.*s NAME",
					     STR_ARG(who->slug));
	}
	return EXIT_FINE;
}

static int set_fields(struct writing *w, const struct person *who, struct front_change *change)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct field_edits *edits = &change->edits;
	bool force = opts_has(opts, "force");
	size_t first = front_first_word(w);
	struct kith_error err = {0};
	if (field_edits_parse(edits, opts->words + first, opts->words_count - first, context->arena,
			      &err) < 0)
		return context_usage(context, "%s", err.message);
	int status = refuse_names(context, edits, who);
	if (status == EXIT_FINE && !force)
		status = front_resolve(w, who->contact, edits);
	if (status != EXIT_FINE)
		return status;
	if (field_edits_check(edits, w->config, context->today, force, context->arena, &err) < 0)
		return context_usage(context, "%s", err.message);
	/* What another machine said all along is no change of post. */
	if (!field_edits_settle(edits, who->contact, context->arena))
		field_edits_keep_former(edits, who->contact, w->config, context->today,
					context->arena);
	return EXIT_FINE;
}

const struct command command_set = {
    .name = "set",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "set what is known of somebody",
    .usage = "WHO|--where QUERY KEY=VALUE...",
    .text = "KEY=VALUE sets, KEY+=VALUE adds to a list, KEY-=VALUE takes from it, and KEY=\n"
	    "takes the key away, where it is there; phone.mobile=VALUE is about one label\n"
	    "of `phone` alone. Words without `=` go on with the value before; what a shell\n"
	    "would read (? * & $) goes in single quotes. Only the key's own bytes change in\n"
	    "the file, and all values are checked before anything is written: dates\n"
	    "(`snooze=in 3 weeks` too), intervals, addresses.\n"
	    "\n"
	    "What an org or a title replaces is kept under `formerly`, with the year\n"
	    "(`formerly: off` in kith.yaml: it is not). A key that is none of kith's is\n"
	    "yours, and may hold anything. What a merge kept of a key, under `merged`, goes\n"
	    "from there when the key is set; `merged-=KEY` takes it away alone.\n",
    .options =
	{
	    FRONT_OPTIONS,
	    {"force", NULL, "take a key that looks like a slip, and names of nobody", 0},
	},
    .examples =
	{
	    {"kith set grace org=Digital title=Senior Consultant", "a new job"},
	    {"kith set grace tags+=mentor tags-=navy", "one more tag, and one less"},
	    {"kith set grace cadence=every 6 weeks birthday=1906-12-09", "values are checked"},
	    {"kith set grace introduced_by=ada", "a link to her file"},
	    {"kith set grace location=", "takes the key away"},
	    {"kith set --where 'tag:acme' org=Acme", "of all with the tag, in one commit"},
	},
    .min_words = 2,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_FIELD},
    .write = front_run,
    .who = WHO_FIRST,
    .several = true,
    .kind = &(const struct front_kind){set_fields, NULL, NULL},
};
