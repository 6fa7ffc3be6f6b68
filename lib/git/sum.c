#include "git/sum.h"

#include "base/hash.h"

/* Of lines that hold something, whatever ends them. */
static uint64_t sum_lines(struct str text)
{
	uint64_t sum = 0;
	struct str line;
	while (str_next_line(&text, &line)) {
		line = str_rtrim(line);
		sum += line.n ? hash_fnv1a(line) : 0;
	}
	return sum;
}

static int sum_blob(uint64_t *sum, const struct git_repo *repo, const git_oid *id,
		    struct kith_error *err)
{
	git_blob *blob = NULL;
	*sum = 0;
	if (git_oid_is_zero(id))
		return 0;
	if (git_blob_lookup(&blob, repo->handle, id) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read what a commit changed");
	*sum = sum_lines((struct str){git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)});
	git_blob_free(blob);
	return 0;
}

int sum_add(uint64_t *sum, const struct git_repo *repo, const char *path, const git_oid *before,
	    const git_oid *after, struct kith_error *err)
{
	uint64_t came, went;
	if (sum_blob(&went, repo, before, err) || sum_blob(&came, repo, after, err))
		return -1;
	/* A path counts where a file came or went: edits follow a file under another name. */
	if (git_oid_is_zero(before))
		came += hash_fnv1a(str_of(path));
	if (git_oid_is_zero(after))
		went += hash_fnv1a(str_of(path));
	*sum += came - went;
	return 0;
}

static int read_sum_side(git_oid *id, const char *text)
{
	*id = (git_oid){{0}};
	return text[0] ? git_oid_fromstr(id, text) : 0;
}

int sum_of_delta(uint64_t *sum, struct git_repo *repo, const struct git_delta *delta,
		 struct kith_error *err)
{
	git_oid before, after;
	*sum = 0;
	repo_enter(repo);
	if (read_sum_side(&before, delta->before) < 0 || read_sum_side(&after, delta->after) < 0)
		return repo_fail(err, KITH_INVALID, "%s: no name of a blob", delta->path);
	return sum_add(sum, repo, delta->path, &before, &after, err);
}
