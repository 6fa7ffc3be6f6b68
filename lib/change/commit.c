#include "change/commit.h"

#include <stdint.h>

#include "base/fs.h"

int commit_below_workdir(struct str *out, const char *workdir, const char *journal,
			 struct arena *arena, struct kith_error *err)
{
	struct str root = fs_absolute(workdir, arena), path = str_of(journal);
	if (!root.p)
		return kith_fail_errno(err, "%s", workdir);
	struct str below = str_from(path, str_eq(root, STR("/")) ? 0 : root.n);
	if (!str_starts(path, root) || (below.n && below.p[0] != '/'))
		return kith_fail(err, KITH_FAILED,
				 "the journal %s is not in the work tree %s of its repository",
				 journal, root.p);
	below = str_from(below, 1);
	*out = below.n ? arena_printf(arena, "%.*s/", STR_ARG(below)) : STR("");
	return 0;
}

int commit_open(struct git_repo **repo, struct str *below, const struct git_api *git,
		const struct git_surroundings *around, const char *journal, struct arena *arena,
		struct kith_error *err)
{
	*repo = NULL;
	*below = STR("");
	if (git->open(repo, journal, around, err))
		return -1;
	return commit_below_workdir(below, git->workdir(*repo), journal, arena, err);
}

int commit_read(struct str *out, const struct git_api *git, struct git_change *change,
		enum git_copy copy, struct str below, struct str path, size_t max,
		struct arena *arena, struct kith_error *err)
{
	struct str whole = arena_printf(arena, "%.*s%.*s", STR_ARG(below), STR_ARG(path));
	struct buf b;
	bool there = false;
	buf_init(&b, 0);
	int rc = git->read(change, copy, whole.p, max, &b, &there, err);
	*out = rc == 0 && there ? arena_str(arena, buf_str(&b)) : STR_NONE;
	buf_release(&b);
	return rc;
}

struct str commit_message(struct str subject, struct str body, const char *instead,
			  struct str trailer, struct arena *arena)
{
	struct str text = instead ? str_rtrim(str_of(instead)) : subject;
	if (!instead && body.n)
		text =
		    arena_printf(arena, "%.*s\n\n%.*s", STR_ARG(subject), STR_ARG(str_rtrim(body)));
	return arena_printf(arena, "%.*s\n\nKith: %.*s\n", STR_ARG(text), STR_ARG(trailer));
}

/* Whether HEAD has these bytes. */
static int committed(bool *out, const struct git_api *git, struct git_change *change,
		     const char *path, struct str bytes, struct kith_error *err)
{
	struct buf old;
	bool there;
	buf_init(&old, 0);
	int rc = git->read(change, GIT_COPY_HEAD, path, SIZE_MAX / 2, &old, &there, err);
	*out = rc == 0 && there && str_eq(buf_str(&old), bytes);
	buf_release(&old);
	return rc;
}

int commit_written(const struct git_api *git, struct git_repo *repo, const struct git_file *files,
		   size_t count, const char *message, char id[GIT_ID_SIZE], struct kith_error *err)
{
	struct git_change *change;
	struct git_outcome outcome = {.written = false};
	const struct git_message how = {.text = message};
	bool same = true;
	id[0] = '\0';
	if (git->begin(&change, repo, err) < 0)
		return -1;
	int rc = 0;
	for (size_t i = 0; i < count && rc == 0 && same; i++)
		rc = committed(&same, git, change, files[i].path, files[i].head, err);
	if (rc == 0 && !same)
		rc = git->commit(change, files, count, &how, &outcome, err);
	if (rc == 0)
		memcpy(id, outcome.id, GIT_ID_SIZE);
	git->end(change);
	return rc;
}
