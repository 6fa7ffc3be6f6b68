#include "git/driver.h"

#include <fcntl.h>

#include "base/fs.h"
#include "git/alloc.h"
#include "git/gitconfig.h"
#include "git/share.h"

#define MAX_ATTRIBUTES ((size_t)1024 * 1024)

static const char *setting_of(const char *name, const char *what, struct arena *arena)
{
	return arena_printf(arena, "merge.%s.%s", name, what).p;
}

bool driver_is_set(const struct git_repo *repo, const char *name)
{
	struct arena arena;
	arena_init(&arena);
	bool set = gitconfig_has(repo->handle, setting_of(name, "driver", &arena));
	arena_release(&arena);
	return set;
}

/* Into the configuration of the repository itself, which all its work trees share. */
static int add_settings(const struct git_repo *repo, const struct git_driver *driver,
			struct arena *arena, struct kith_error *err)
{
	struct str path = arena_printf(arena, "%sconfig", git_repository_commondir(repo->handle));
	git_config *config = NULL;
	int rc = git_config_open_ondisk(&config, path.p);
	if (rc == 0)
		rc = git_config_set_string(config, setting_of(driver->name, "name", arena),
					   driver->title);
	if (rc == 0)
		rc = git_config_set_string(config, setting_of(driver->name, "driver", arena),
					   driver->command);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot set a merge driver in %s", path.p);
	git_config_free(config);
	/* libgit2 leaves it to the page cache. */
	if (rc == 0 && repo->around.fsync &&
	    (repo_sync_place(path.p) || repo_sync_place(git_repository_commondir(repo->handle))))
		return kith_fail_errno(err, "cannot write %s", path.p);
	return rc < 0 ? -1 : 0;
}

/* After what stands in info/attributes; what stands there stays. */
static int add_attributes(bool *news, const struct git_repo *repo, const struct git_driver *driver,
			  struct arena *arena, struct kith_error *err)
{
	struct str path =
	    arena_printf(arena, "%sinfo/attributes", git_repository_commondir(repo->handle));
	struct str before = STR_NONE;
	struct buf after;
	if (fs_kind(AT_FDCWD, path.p) != FS_NONE &&
	    fs_read_text(&before, AT_FDCWD, path.p, MAX_ATTRIBUTES, arena, err))
		return -1;
	buf_init(&after, 0);
	buf_add(&after, before);
	for (size_t i = 0; i < driver->count; i++) {
		if (str_holds_line(before, driver->attributes[i]))
			continue;
		if (after.n && after.p[after.n - 1] != '\n')
			buf_addc(&after, '\n');
		buf_add(&after, driver->attributes[i]);
		buf_addc(&after, '\n');
	}
	int rc = 0;
	if (after.n > before.n) {
		const struct fs_file file = {path.p, before, buf_str(&after), 0};
		mode_t mask = share_begin(repo);
		rc = fs_carry(AT_FDCWD, &file, err);
		share_end(mask);
		*news = true;
	}
	buf_release(&after);
	return rc;
}

int driver_set(bool *news, struct git_repo *repo, const struct git_driver *driver,
	       struct kith_error *err)
{
	struct arena arena;
	int rc = 0;
	repo_enter(repo);
	arena_init(&arena);
	*news = !driver_is_set(repo, driver->name);
	if (*news)
		rc = add_settings(repo, driver, &arena, err);
	if (rc == 0)
		rc = add_attributes(news, repo, driver, &arena, err);
	arena_release(&arena);
	return rc;
}

static git_merge_file_input input_of(struct str text)
{
	return (git_merge_file_input){
	    .version = GIT_MERGE_FILE_INPUT_VERSION, .ptr = text.n ? text.p : "", .size = text.n};
}

static bool is_no_text(struct str text)
{
	return str_find_char(text, '\0') < text.n;
}

int driver_merge_lines(struct buf *out, bool *clash, struct str base, struct str ours,
		       struct str theirs, struct kith_error *err)
{
	git_merge_file_input inputs[] = {input_of(base), input_of(ours), input_of(theirs)};
	git_merge_file_result result = {0};
	buf_clear(out);
	*clash = is_no_text(base) || is_no_text(ours) || is_no_text(theirs);
	if (*clash)
		return 0;
	alloc_install();
	if (git_libgit2_init() < 0)
		return repo_fail(err, KITH_FAILED, "cannot start libgit2");
	int rc = git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], NULL);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot merge by lines");
	*clash = rc == 0 && !result.automergeable;
	if (rc == 0 && !*clash)
		buf_add(out, (struct str){result.ptr, result.len});
	git_merge_file_result_free(&result);
	git_libgit2_shutdown();
	return rc < 0 ? -1 : 0;
}
