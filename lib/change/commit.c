#include "change/commit.h"

#include <stdlib.h>

int commit_below_workdir(struct str *out, const char *workdir, const char *journal,
			 struct arena *arena, struct kith_error *err)
{
	char *real = realpath(workdir, NULL);
	if (!real)
		return kith_fail_errno(err, "%s", workdir);
	struct str root = arena_str(arena, str_of(real)), path = str_of(journal);
	free(real);
	struct str below = str_from(path, str_eq(root, STR("/")) ? 0 : root.n);
	if (!str_starts(path, root) || (below.n && below.p[0] != '/'))
		return kith_fail(err, KITH_FAILED,
				 "the journal %s is not in the work tree %s of its repository",
				 journal, root.p);
	below = str_from(below, 1);
	*out = below.n ? arena_printf(arena, "%.*s/", STR_ARG(below)) : STR("");
	return 0;
}

int commit_file(const struct git_api *git, const struct git_surroundings *around,
		const char *journal, const char *path, struct str bytes, const char *message,
		char id[41], struct kith_error *err)
{
	struct git_repo *repo = NULL;
	struct arena arena;
	struct str below;
	int result = -1;
	id[0] = '\0';
	arena_init(&arena);
	if (git->open(&repo, journal, around, err) == 0 &&
	    commit_below_workdir(&below, git->workdir(repo), journal, &arena, err) == 0) {
		struct str full = arena_printf(&arena, "%.*s%s", STR_ARG(below), path);
		struct git_file file = {full.p, bytes};
		result = git->commit(repo, &file, 1, message, id, err);
	}
	if (repo)
		git->close(repo);
	arena_release(&arena);
	return result;
}
