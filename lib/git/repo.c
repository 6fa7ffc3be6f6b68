#include "git/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "git/alloc.h"
#include "git/gitconfig.h"
#include "git/program.h"
#include "git/share.h"

const char *repo_reason(void)
{
	const git_error *last = git_error_last();
	return last && last->message ? last->message : "git gave no reason";
}

int repo_fail(struct kith_error *err, enum kith_status status, const char *what, ...)
{
	char text[1024];
	va_list args;
	va_start(args, what);
	vsnprintf(text, sizeof(text), what, args);
	va_end(args);
	return kith_fail(err, status, "%s: %s", text, repo_reason());
}

/*
 * What may be opened, though libgit2 does not know it: it has no part in what
 * kith does there, or check_format looks at its value.
 */
static void accept_extensions(void)
{
	const char *names[] = {"objectformat", "partialclone",      "preciousobjects",
			       "refstorage",   "relativeworktrees", "worktreeconfig"};
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, ARRAY_LEN(names));
}

void repo_enter(const struct git_repo *repo)
{
	accept_extensions();
	struct arena arena;
	arena_init(&arena);
	const char *home = repo->around.home ? repo->around.home : "";
	const char *xdg = gitconfig_xdg_folder(&repo->around, &arena);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "/etc");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, home);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, xdg);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, repo->around.fsync ? 1 : 0);
	/* As git does: zlib's sum is looked at, the object's name is not reckoned anew. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	arena_release(&arena);
}

static struct git_repo *repo_new(const struct git_surroundings *around, struct kith_error *err)
{
	alloc_install();
	if (git_libgit2_init() < 0) {
		repo_fail(err, KITH_FAILED, "cannot start libgit2");
		return NULL;
	}
	struct git_repo *repo = mem_zalloc(1, sizeof(*repo));
	arena_init(&repo->arena);
	repo->around = *around;
	repo_enter(repo);
	return repo;
}

void repo_close(struct git_repo *repo)
{
	if (!repo)
		return;
	git_repository_free(repo->handle);
	if (repo->asked)
		fclose(repo->asked);
	arena_release(&repo->arena);
	free(repo);
	git_libgit2_shutdown();
}

static bool is_untrusted(int rc)
{
	return rc == GIT_EOWNER ||
	       (rc == GIT_ENOTFOUND && strstr(repo_reason(), "safe.directory") != NULL);
}

/* Whether git opens it from there, by all that it knows. */
static int check_git_opens(const struct git_repo *repo, const char *path, struct kith_error *err)
{
	const char *args[] = {"rev-parse", "--git-dir", NULL};
	struct program_call call = {.repo = repo, .folder = path};
	return program_run(&call, args, "git does not open this repository", err);
}

/* Somebody else's folder: git opens it where safe.directory says so, of any file git reads. */
static int open_foreign(struct git_repo *repo, const char *path, struct kith_error *err)
{
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	int rc = git_repository_open_ext(&repo->handle, path, 0, NULL);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "cannot open the repository at %s", path);
	const char *workdir = git_repository_workdir(repo->handle);
	const char *place = workdir ? workdir : git_repository_path(repo->handle);
	if (gitconfig_trusts(&repo->around, place) ||
	    (repo->around.config_given && check_git_opens(repo, path, NULL) == 0))
		return 0;
	int n = (int)strlen(place);
	while (n > 1 && place[n - 1] == '/')
		n--;
	return kith_fail(err, KITH_UNSUPPORTED,
			 "the repository %.*s belongs to another user; if you trust it, type: "
			 "git config --global --add safe.directory '%.*s'",
			 n, place, n, place);
}

#define BY_HAND                                                                                    \
	"with `commit: manual` in kith.yaml kith works there without git, and you commit yourself"

static int open_failed(int rc, const char *path, struct kith_error *err)
{
	if (rc == GIT_ENOTFOUND)
		return kith_fail(err, KITH_NOT_FOUND, "there is no git repository at or above %s",
				 path);
	/* There is no code of its own for it: only these words, for versions and extensions. */
	if (str_starts(str_of(repo_reason()), STR("unsupported")))
		return kith_fail(err, KITH_UNSUPPORTED,
				 "libgit2 cannot open the repository at %s (%s); " BY_HAND, path,
				 repo_reason());
	return repo_fail(err, KITH_FAILED, "cannot open the repository at %s", path);
}

static int check_extension(git_config *config, const char *name, const char *known,
			   const char *what, git_repository *handle, struct kith_error *err)
{
	const char *value = NULL;
	if (git_config_get_string(&value, config, name) < 0 ||
	    str_ieq(str_of(value), str_of(known)))
		return 0;
	return kith_fail(err, KITH_UNSUPPORTED,
			 "the repository %s keeps its %s in the format %s, which libgit2 cannot "
			 "read; " BY_HAND,
			 git_repository_path(handle), what, value);
}

static int check_format(git_repository *handle, struct kith_error *err)
{
	git_config *config = NULL;
	if (git_repository_config_snapshot(&config, handle) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read git's configuration");
	int rc = check_extension(config, "extensions.objectFormat", "sha1", "objects", handle, err);
	if (rc == 0)
		rc = check_extension(config, "extensions.refStorage", "files", "references", handle,
				     err);
	git_config_free(config);
	return rc;
}

static int repo_ready(struct git_repo *repo, struct kith_error *err)
{
	if (git_repository_is_bare(repo->handle) || !git_repository_workdir(repo->handle))
		return kith_fail(err, KITH_UNSUPPORTED,
				 "%s is a bare repository, without files to work on",
				 git_repository_path(repo->handle));
	if (gitconfig_apply(repo, err) || check_format(repo->handle, err))
		return -1;
	repo->shared = share_setting(repo->handle);
	repo->store =
	    arena_printf(&repo->arena, "%skith-objects", git_repository_path(repo->handle)).p;
	return 0;
}

/* Whether path, as it really is, is that folder or below it. */
static bool is_within(const char *path, const char *folder)
{
	char *real = realpath(path, NULL);
	struct str above = str_of(folder);
	while (above.n > 0 && above.p[above.n - 1] == '/')
		above.n--;
	bool within = real && str_starts(str_of(real), above) &&
		      (real[above.n] == '/' || real[above.n] == '\0');
	free(real);
	return within;
}

/*
 * As git would with GIT_DIR and GIT_WORK_TREE. Where path is not in that work
 * tree they are of another repository, as in a hook of it: they say nothing.
 */
static bool open_given(struct git_repo *repo, const char *path)
{
	const struct git_surroundings *around = &repo->around;
	const char *tree = around->work_tree;
	if (!around->dir || git_repository_open_ext(&repo->handle, around->dir,
						    GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
		return false;
	if (!tree && !str_ends(str_of(git_repository_path(repo->handle)), STR("/.git/")) &&
	    !git_repository_is_worktree(repo->handle) &&
	    !gitconfig_has(repo->handle, "core.worktree"))
		tree = ".";
	int rc = tree ? git_repository_set_workdir(repo->handle, tree, 0) : 0;
	const char *workdir = git_repository_workdir(repo->handle);
	if (rc == 0 && workdir && is_within(path, workdir))
		return true;
	git_repository_free(repo->handle);
	repo->handle = NULL;
	return false;
}

/* A repository that stands among files may have come with them: git says whether it opens it. */
static int check_place(const struct git_repo *repo, const char *path, struct kith_error *err)
{
	const char *folder = git_repository_path(repo->handle);
	if (str_ends(str_of(folder), STR("/.git/")) || !is_within(path, folder))
		return 0;
	return check_git_opens(repo, path, err);
}

int repo_open(struct git_repo **out, const char *path, const struct git_surroundings *around,
	      struct kith_error *err)
{
	*out = NULL;
	struct git_repo *repo = repo_new(around, err);
	if (!repo)
		return -1;
	int rc = 0;
	if (!open_given(repo, path)) {
		rc = git_repository_open_ext(&repo->handle, path, 0, NULL);
		if (rc < 0 && is_untrusted(rc))
			rc = open_foreign(repo, path, err);
		else if (rc < 0)
			rc = open_failed(rc, path, err);
		if (rc == 0)
			rc = check_place(repo, path, err);
	}
	if (rc < 0 || repo_ready(repo, err)) {
		repo_close(repo);
		return -1;
	}
	*out = repo;
	return 0;
}

int repo_sync_place(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	int rc = fd < 0 ? 0 : fsync(fd), cause = errno;
	if (fd >= 0)
		close(fd);
	errno = cause;
	return rc;
}

static int sync_made(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return repo_sync_place(path);
}

/*
 * git_repository_init leaves HEAD, config and the folders to the page cache,
 * so that after a power failure there may be commits in no repository.
 */
static int sync_repository(const struct git_repo *repo, struct kith_error *err)
{
	struct buf above;
	const char *workdir = git_repository_workdir(repo->handle);
	buf_init(&above, 0);
	buf_printf(&above, "%s..", workdir);
	int rc = nftw(git_repository_path(repo->handle), sync_made, 16, FTW_PHYS | FTW_DEPTH);
	if (rc == 0)
		rc = repo_sync_place(workdir);
	if (rc == 0)
		rc = repo_sync_place(above.p);
	buf_release(&above);
	return rc ? kith_fail_errno(err, "cannot write the repository %s",
				    git_repository_path(repo->handle))
		  : 0;
}

static int init_at(struct git_repo *repo, const char *path, const char *branch,
		   struct kith_error *err)
{
	int valid = 0;
	if (git_branch_name_is_valid(&valid, branch) < 0 || !valid)
		return kith_fail(err, KITH_INVALID, "'%s' is no name for a branch", branch);
	git_repository_init_options options = {
	    .version = GIT_REPOSITORY_INIT_OPTIONS_VERSION,
	    .flags = GIT_REPOSITORY_INIT_NO_REINIT,
	    .mode = GIT_REPOSITORY_INIT_SHARED_UMASK,
	    .initial_head = branch,
	};
	int rc = git_repository_init_ext(&repo->handle, path, &options);
	if (rc == GIT_EEXISTS)
		return kith_fail(err, KITH_FAILED, "%s is a git repository already", path);
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "cannot make a repository at %s", path);
	if (repo_ready(repo, err))
		return -1;
	return repo->around.fsync ? sync_repository(repo, err) : 0;
}

int repo_init(struct git_repo **out, const char *path, const char *branch,
	      const struct git_surroundings *around, struct kith_error *err)
{
	*out = NULL;
	struct git_repo *repo = repo_new(around, err);
	if (!repo)
		return -1;
	if (init_at(repo, path, branch, err)) {
		repo_close(repo);
		return -1;
	}
	*out = repo;
	return 0;
}
