#include "change/notes.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/search.h"
#include "base/text.h"

struct notes_walk {
	const struct notes *notes;
	const struct notes_repo *repo;
	struct arena *arena;
};

static bool is_apart(const struct notes_walk *w, struct str path)
{
	struct str git = arena_printf(w->arena, "%.*s/.git", STR_ARG(path));
	struct str folder = arena_printf(w->arena, "%.*s/", STR_ARG(path));
	return fs_kind(w->notes->dir, git.p) != FS_NONE ||
	       (w->repo->repo && w->repo->git->ignored(w->repo->repo, folder.p));
}

static bool pass_over(void *context, struct str path, struct str name, enum fs_kind kind)
{
	if (str_starts(name, STR(".")))
		return true;
	if (kind == FS_FOLDER)
		return is_apart(context, path);
	return kind != FS_FILE || name.n < 3 || !str_ieq(str_from(name, name.n - 3), STR(".md"));
}

/* Whether it is one that the journal reads itself; path: below the journal. */
static bool is_journals(const struct journal *journal, const struct strs *pages, struct str path)
{
	size_t at;
	LOWER_BOUND(at, journal->count, str_cmp(journal->contacts[at].path, path) < 0);
	bool found = at < journal->count && str_eq(journal->contacts[at].path, path);
	for (size_t i = 0; i < pages->count && !found; i++)
		found = str_eq(pages->items[i], path);
	return found;
}

static void take_notes(struct notes *n, const struct fs_list *found, const struct journal *journal,
		       const struct strs *pages, struct str slug, struct arena *arena)
{
	struct str below = n->place.below, key = text_case_key(slug, arena);
	n->paths = ARENA_ARRAY(arena, struct str, found->count);
	n->place.namesakes.items = ARENA_ARRAY(arena, struct str, found->count);
	for (size_t i = 0; i < found->count; i++) {
		struct str path = found->items[i].path, name = str_base(path);
		if (str_starts(path, below) && is_journals(journal, pages, str_from(path, below.n)))
			continue;
		n->paths[n->count++] = path;
		if (str_eq(text_case_key(str_upto(name, name.n - 3), arena), key))
			n->place.namesakes.items[n->place.namesakes.count++] = path;
	}
	str_sort(n->paths, n->count);
}

int notes_list(struct notes *out, const struct journal *journal, const struct strs *pages,
	       const struct notes_repo *repo, struct str slug, struct arena *arena,
	       struct kith_error *err)
{
	struct fs_list found = {0};
	struct notes_walk walk = {out, repo, arena};
	*out = (struct notes){.dir = -1, .place = {.below = STR("")}};
	if (repo->repo) {
		const char *top = repo->git->workdir(repo->repo);
		out->place.below = repo->below;
		out->dir = fs_open_below(AT_FDCWD, top, O_RDONLY | O_DIRECTORY);
		if (out->dir < 0)
			return kith_fail_errno(err, "%s", top);
	} else {
		out->dir = dup(journal->dir);
	}
	int rc = fs_walk(out->dir, ".", pass_over, &walk, arena, &found, NULL, err);
	if (rc == 0)
		take_notes(out, &found, journal, pages, slug, arena);
	fs_list_release(&found);
	return rc;
}

void notes_release(struct notes *notes)
{
	if (notes->dir >= 0)
		close(notes->dir);
	notes->dir = -1;
}
