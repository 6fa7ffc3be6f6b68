#include "links.h"

#include "report/json.h"
#include "report/words.h"

/* So many are named. */
#define NAMED 10

struct notes_repo links_repo(struct context *context)
{
	struct kith_error ignored = {0};
	if (context_repo(context, &ignored))
		return (struct notes_repo){.below = STR("")};
	return (struct notes_repo){context->git, context->repo, context->below};
}

struct str links_report(const struct rewrite *rewrite, struct arena *arena)
{
	const struct str places[] = {
	    words_count(rewrite->contacts, "contact", "contacts", arena),
	    words_count(rewrite->reviews, "review", "reviews", arena),
	    words_count(rewrite->others, "other note", "other notes", arena),
	};
	if (rewrite->contacts + rewrite->reviews + rewrite->others == 0)
		return STR("");
	if (rewrite->others == 0)
		return arena_printf(arena, "links rewritten in %.*s and %.*s\n", STR_ARG(places[0]),
				    STR_ARG(places[1]));
	return arena_printf(arena, "links rewritten in %.*s, %.*s and %.*s\n", STR_ARG(places[0]),
			    STR_ARG(places[1]), STR_ARG(places[2]));
}

void links_put(json_t *model, const struct rewrite *rewrite)
{
	json_put(model, "contacts", json_of_count(rewrite->contacts));
	json_put(model, "reviews", json_of_count(rewrite->reviews));
	json_put(model, "other_notes", json_of_count(rewrite->others));
}

int links_tell_left(struct context *context, const struct rewrite *rewrite, int status)
{
	const struct relink *relink = rewrite->relink;
	struct strs paths;
	if (!relink)
		return status;
	out_findings(context->out, &rewrite->left);
	relink_unsure(&paths, relink, context->journal, context->arena);
	out_flush(context->out);
	for (size_t i = 0; i < paths.count && i < NAMED; i++)
		out_say(
		    context->out,
		    "%.*s could not be read whole, so a link to %.*s in it may lead nowhere now; "
		    "mend it (kith check says what is wrong), and look for the link",
		    STR_ARG(paths.items[i]), STR_ARG(relink->slug));
	if (paths.count > NAMED)
		out_say(context->out, "and so in %zu more", paths.count - NAMED);
	return paths.count && status == EXIT_FINE ? EXIT_PROBLEM : status;
}
