#include "applying.h"
#include "report/json.h"

static int apply_pages(struct writing *w, const struct person *nobody)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct applied_pages done = {.model = json_of_list()};
	civil_day monday = DAY_MAX;
	struct strs pages;
	(void)nobody;
	if (opts->words_count && (monday = applying_week(context, opts->words[0])) == NO_DAY)
		return EXIT_USAGE;
	int status = applying_pages(&pages, context, monday, opts->words_count > 0);
	if (status == EXIT_FINE)
		status = applying_run(&done, w, pages, true);
	if (writing_is_json(w)) {
		json_t *model = json_of_object();
		json_put(model, "did", json_of_line(STR("apply")));
		json_put(model, "changed", json_boolean(done.pages > 0));
		json_put(model, "pages", done.model);
		out_json(context->out, model);
		return status;
	}
	json_decref(done.model);
	if (!done.pages && status == EXIT_FINE)
		out_addz(context->out, "nothing to apply: the files know all that the pages say\n");
	return status;
}

const struct command command_apply = {
    .name = "apply",
    .group = GROUP_WEEK,
    .needs = NEEDS_CONTACTS,
    .writes = true,
    .summary = "put into the files what you ticked and wrote on a review",
    .usage = "[WEEK]",
    .text = "Reads the pages of the reviews, and does once what is new in them: a tick by\n"
	    "somebody is a contact, by a promise closes it, by a plan says that it took\n"
	    "place; [-] drops, [>] moves to next Monday, and a line below with a day ahead\n"
	    "(in 3 weeks) to that day. A line such as `- call: she got it` below somebody,\n"
	    "or `- [[grace-hopper]] coffee: compilers` anywhere, is an entry; `- [ ] promise\n"
	    "[[ada]] TEXT` a promise. A mark that is taken away is taken back.\n"
	    "\n"
	    "Without WEEK (2026-W48, or a date in it) all pages count, the oldest first,\n"
	    "each as one commit. `kith review` and `kith commit` ask whether to do the same\n"
	    "(`review: {apply: auto}` or `never` in kith.yaml).\n",
    .examples =
	{
	    {"kith apply", "all that waits on the pages"},
	    {"kith apply -n", "show what would be done"},
	    {"kith apply 2026-W48", "that week's page alone"},
	},
    .max_words = 1,
    .words = {KIND_WEEK},
    .write = apply_pages,
    .who = WHO_NOBODY,
};
