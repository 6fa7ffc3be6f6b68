#include "change/rename.h"
#include "base/text.h"
#include "links.h"
#include "report/json.h"
#include "write.h"

static struct str rename_report(struct context *context, const struct rename_plan *plan)
{
	struct arena *arena = context->arena;
	const struct contact *c = &context->journal->contacts[plan->who];
	const struct relink *r = &plan->relink;
	struct str file = str_eq(r->path, r->to_path)
			      ? r->path
			      : arena_printf(arena, "%.*s, which was %.*s", STR_ARG(r->to_path),
					     STR_ARG(r->path));
	return arena_printf(arena, "renamed %.*s to %.*s, in %.*s\n%.*s", STR_ARG(c->name),
			    STR_ARG(plan->name), STR_ARG(file),
			    STR_ARG(links_report(&plan->rewrite, arena)));
}

static json_t *rename_model(const struct writing *w, const struct rename_plan *plan)
{
	const struct contact *c = &plan->journal->contacts[plan->who];
	struct str path = plan->relink.to_path;
	const struct person now = {path, contact_slug(path), plan->name, c};
	json_t *o = writing_model(w, &now);
	json_put(o, "from_slug", json_of_text(c->slug));
	json_put(o, "from_name", json_of_line(c->name));
	json_put(o, "from", json_of_text(plan->relink.path));
	links_put(o, &plan->rewrite);
	return o;
}

static int rename_person(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct str name = opts_joined(&context->opts, 1, context->arena);
	const char *slug = opts_value(&context->opts, "slug");
	struct kith_error err = {0};
	struct rename_plan plan;
	struct change_result result;
	struct str stem;
	if (str_trim(text_line(name, context->arena)).n == 0)
		return context_usage(context, "a name is missing");
	if (slug && rename_chosen_stem(&stem, str_of(slug), &err))
		return context_usage(context, "%s", err.message);
	uint32_t which = (uint32_t)(who->contact - context->journal->contacts);
	int status = EXIT_PROBLEM;
	const struct notes_repo repo = links_repo(context);
	if (rename_plan(&plan, context->journal, &repo, which, name, str_of(slug), context->arena,
			&err)) {
		context_fail(context, &err);
	} else {
		status = writing_make(w, &plan.change, &result);
		status = writing_tell(w, &result, status, rename_report(context, &plan),
				      rename_model(w, &plan));
		if (result.written)
			status = links_tell_left(context, &plan.rewrite, status);
	}
	rename_release(&plan);
	return status;
}

const struct command command_rename = {
    .name = "rename",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "give somebody another name",
    .usage = "WHO NAME",
    .text = "Renames the file, sets the name in it, and rewrites every link to it in\n"
	    "contacts, reviews and other notes of the repository, all in one commit. What\n"
	    "cannot be rewritten is named. The old name stays as an alias, so\n"
	    "that links and searches by it still find the person.\n",
    .options =
	{
	    {"slug", "SLUG", "the file's new name, without .md", 0},
	},
    .examples =
	{
	    {"kith rename ada-byron Ada Lovelace",
	     "file, name and links; Ada Byron stays an alias"},
	    {"kith rename ada Ada Lovelace --slug ada", "another name in the same file"},
	    {"kith rename -n ada-byron Ada Lovelace", "show what would change"},
	},
    .min_words = 2,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .writes = true,
    .write = rename_person,
    .who = WHO_FIRST,
};
