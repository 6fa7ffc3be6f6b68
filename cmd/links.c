#include "links.h"

/* So many are named. */
#define NAMED 10

int links_tell_unsure(struct context *context, const struct relink *relink, int status)
{
	struct strs paths;
	if (str_eq(relink->path, relink->to_path))
		return status;
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
