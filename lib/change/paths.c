#include "change/paths.h"

#include <unistd.h>

#include "base/buf.h"

/* Whether the name of path, or of a folder on the way to it below `folder`, says so. */
static bool is_passed_over(const struct config *config, struct str path, struct str folder)
{
	size_t at = str_eq(folder, STR(".")) ? 0 : folder.n + 1;
	while (at < path.n) {
		size_t end = at + str_find_char(str_from(path, at), '/');
		if (config_passes_over(config, str_upto(path, end), end < path.n))
			return true;
		at = end + 1;
	}
	return false;
}

bool paths_is_contact(const struct config *config, struct str path)
{
	if (!str_ends(path, STR(".md")))
		return false;
	for (size_t i = 0; i < config->people.count; i++) {
		struct str folder = config->people.items[i];
		if (str_is_below(path, folder) && !is_passed_over(config, path, folder))
			return true;
	}
	return false;
}

bool paths_is_own(const struct config *config, struct str path)
{
	bool page = str_ends(path, STR(".md")) && str_is_below(path, config->reviews);
	return page || paths_is_contact(config, path) || str_eq(path, STR("kith.yaml")) ||
	       str_is_below(path, STR("templates")) || str_eq(path, STR(".gitignore")) ||
	       str_eq(path, STR(".gitattributes"));
}

static struct str without_slashes(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

struct str paths_parent(struct str path)
{
	path = without_slashes(str_folder(without_slashes(path)));
	return path.n ? path : STR(".");
}

struct str paths_journal_above(struct str path, struct arena *arena)
{
	for (;;) {
		struct str root = path.n > 1 ? path : STR(""), above = paths_parent(path);
		if (access(arena_printf(arena, "%.*s/kith.yaml", STR_ARG(root)).p, F_OK) == 0)
			return path;
		if (str_eq(above, path))
			return STR_NONE;
		path = above;
	}
}

struct str paths_plain(struct str folder, struct str path, struct arena *arena)
{
	struct str rest = str_starts(path, STR("/"))
			      ? str_from(path, 1)
			      : arena_printf(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(path));
	char *out = arena_bytes(arena, rest.n + 1);
	size_t n = 0;
	while (rest.n) {
		size_t end = str_find_char(rest, '/');
		struct str part = str_upto(rest, end);
		rest = str_from(rest, end + 1);
		if (part.n == 0 || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (n == 0)
				return STR_NONE;
			while (n > 0 && out[--n] != '/')
				;
			continue;
		}
		if (n)
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	return (struct str){out, n};
}

struct str paths_between(struct str folder, struct str path, struct arena *arena)
{
	size_t common = 0;
	for (size_t i = 0; i < folder.n && i < path.n && folder.p[i] == path.p[i]; i++)
		if (folder.p[i] == '/')
			common = i + 1;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = common; i < folder.n; i++)
		if (folder.p[i] == '/')
			buf_addz(&b, "../");
	buf_add(&b, str_from(path, common));
	return arena_take(arena, &b);
}
