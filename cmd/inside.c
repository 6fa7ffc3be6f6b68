#include "inside.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"

static struct str real(const char *path, struct arena *arena)
{
	char *found = realpath(path, NULL);
	struct str copy = found ? arena_str(arena, str_of(found)) : STR_NONE;
	free(found);
	return copy;
}

/* Its folder's links are followed, its own is not. p == NULL where the folder is not there. */
static struct str absolute(const char *word, struct arena *arena)
{
	struct str text = str_of(word);
	while (text.n > 1 && text.p[text.n - 1] == '/')
		text.n--;
	size_t at = text.n;
	while (at > 0 && text.p[at - 1] != '/')
		at--;
	struct str last = str_from(text, at);
	if (last.n == 0 || str_eq(last, STR(".")) || str_eq(last, STR("..")))
		return real(word, arena);
	struct str parent = real(at ? arena_str(arena, str_upto(text, at)).p : ".", arena);
	if (!parent.p)
		return STR_NONE;
	return arena_printf(arena, "%s/%.*s", parent.n > 1 ? parent.p : "", STR_ARG(last));
}

/* Below the journal; p == NULL where it is not. */
static struct str below(const struct context *context, struct str path)
{
	struct str root = str_of(context->path);
	if (!path.p || !str_starts(path, root))
		return STR_NONE;
	if (path.n == root.n)
		return STR(".");
	return path.p[root.n] == '/' ? str_from(path, root.n + 1) : STR_NONE;
}

bool inside_path(struct str *out, struct context *context, const char *word)
{
	*out = below(context, absolute(word, context->arena));
	if (out->p)
		return true;
	/* From the journal's folder, as people/ada.md stands in messages. */
	struct str full = arena_printf(context->arena, "%s/%s", context->path, word);
	*out = word[0] == '/' ? STR_NONE : below(context, absolute(full.p, context->arena));
	if (out->p)
		return true;
	context_usage(context, "%s is not in the journal %s", word, context->path);
	return false;
}
