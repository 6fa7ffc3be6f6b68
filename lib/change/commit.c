#include "change/commit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* The journal's path below the work tree, with a final '/', or "" where they are the same. */
static int below_workdir(struct buf *out, const char *workdir, const char *journal,
			 struct kith_error *err)
{
	size_t n = strlen(workdir);
	while (n > 1 && workdir[n - 1] == '/')
		n--;
	bool below = strncmp(journal, workdir, n) == 0 &&
		     (journal[n] == '/' || journal[n] == '\0' || n == 1);
	if (!below)
		return kith_fail(err, KITH_FAILED,
				 "the journal %s is not in the work tree %s of its repository",
				 journal, workdir);
	const char *rest = journal + n;
	while (*rest == '/')
		rest++;
	buf_addz(out, rest);
	if (*rest)
		buf_addc(out, '/');
	return 0;
}

int change_commit(const struct git_api *git, const struct git_surroundings *around,
		  const char *journal, const char *path, struct str bytes, const char *message,
		  char id[41], struct kith_error *err)
{
	struct git_repo *repo = NULL;
	struct buf full;
	int result = -1;
	id[0] = '\0';
	buf_init(&full, 0);
	if (git->open(&repo, journal, around, err) < 0)
		goto out;
	char *workdir = realpath(git->workdir(repo), NULL);
	if (!workdir) {
		kith_fail_errno(err, "%s", git->workdir(repo));
		goto out;
	}
	result = below_workdir(&full, workdir, journal, err);
	free(workdir);
	if (result < 0)
		goto out;
	buf_addz(&full, path);
	struct git_file file = {full.p, bytes};
	result = git->commit(repo, &file, 1, message, id, err);
out:
	if (repo)
		git->close(repo);
	buf_release(&full);
	return result;
}
