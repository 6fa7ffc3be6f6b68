#include "git/gitconfig.h"

#include <git2/sys/repository.h>
#include <sys/stat.h>

struct trust {
	const char *path;
	bool trusted;
};

/* Adds a file where there is one; /dev/null, which people give for "none", is no regular file. */
static int add_file(git_config *config, const char *path, git_config_level_t level,
		    const git_repository *handle, struct kith_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	if (git_config_add_file_ondisk(config, path, level, handle, 0) < 0)
		return repo_fail(err, KITH_INVALID, "cannot read git's configuration %s", path);
	return 0;
}

static int add_below(git_config *config, const char *folder, const char *name,
		     git_config_level_t level, const git_repository *handle, struct kith_error *err)
{
	struct arena arena;
	arena_init(&arena);
	struct str path = arena_printf(&arena, "%s%s", folder, name);
	int rc = add_file(config, path.p, level, handle, err);
	arena_release(&arena);
	return rc;
}

const char *gitconfig_xdg_folder(const struct git_surroundings *around, struct arena *arena)
{
	if (around->xdg_config_home && *around->xdg_config_home)
		return arena_printf(arena, "%s/git", around->xdg_config_home).p;
	if (around->home && *around->home)
		return arena_printf(arena, "%s/.config/git", around->home).p;
	return "";
}

static int add_user(git_config *config, const struct git_surroundings *around,
		    const git_repository *handle, struct kith_error *err)
{
	if (around->config_global)
		return add_file(config, around->config_global, GIT_CONFIG_LEVEL_GLOBAL, handle,
				err);
	struct arena arena;
	arena_init(&arena);
	const char *xdg = gitconfig_xdg_folder(around, &arena);
	int rc = 0;
	if (*xdg)
		rc = add_below(config, xdg, "/config", GIT_CONFIG_LEVEL_XDG, handle, err);
	if (rc == 0 && around->home && *around->home)
		rc = add_below(config, around->home, "/.gitconfig", GIT_CONFIG_LEVEL_GLOBAL, handle,
			       err);
	arena_release(&arena);
	return rc;
}

/* handle: for conditional includes and the repository's own files; may be NULL. */
static int gitconfig_make(git_config **out, const struct git_surroundings *around,
			  git_repository *handle, struct kith_error *err)
{
	const char *system = around->config_system ? around->config_system : "/etc/gitconfig";
	git_config *config = NULL;
	if (git_config_new(&config) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read git's configuration");
	if (!around->config_nosystem &&
	    add_file(config, system, GIT_CONFIG_LEVEL_SYSTEM, handle, err))
		goto fail;
	if (add_user(config, around, handle, err))
		goto fail;
	if (handle && add_below(config, git_repository_commondir(handle), "config",
				GIT_CONFIG_LEVEL_LOCAL, handle, err))
		goto fail;
	int own = 0;
	if (handle && git_config_get_bool(&own, config, "extensions.worktreeConfig") == 0 && own &&
	    add_below(config, git_repository_path(handle), "config.worktree", GIT_CONFIG_LEVEL_APP,
		      handle, err))
		goto fail;
	*out = config;
	return 0;
fail:
	git_config_free(config);
	return -1;
}

int gitconfig_apply(struct git_repo *repo, struct kith_error *err)
{
	git_config *config = NULL;
	if (gitconfig_make(&config, &repo->around, repo->handle, err))
		return -1;
	int rc = git_repository_set_config(repo->handle, config);
	git_config_free(config);
	if (rc < 0)
		return repo_fail(err, KITH_FAILED, "cannot use git's configuration");
	return 0;
}

/* git-config(1), safe.directory: an empty value forgets those before it, `*` trusts all. */
static int trust_value(const git_config_entry *entry, void *context)
{
	struct trust *trust = context;
	struct str value = str_of(entry->value), path = str_of(trust->path);
	while (value.n > 1 && str_ends(value, STR("/")))
		value.n--;
	while (path.n > 1 && str_ends(path, STR("/")))
		path.n--;
	if (value.n == 0)
		trust->trusted = false;
	else if (str_eq(value, STR("*")) || str_eq(value, path))
		trust->trusted = true;
	return 0;
}

bool gitconfig_trusts(const struct git_surroundings *around, const char *path)
{
	git_config *config = NULL;
	struct trust trust = {path, false};
	if (gitconfig_make(&config, around, NULL, NULL))
		return false;
	git_config_get_multivar_foreach(config, "safe.directory", NULL, trust_value, &trust);
	git_config_free(config);
	return trust.trusted;
}

bool gitconfig_bool(git_repository *handle, const char *name, bool fallback)
{
	git_config *config = NULL;
	int value = 0;
	bool found = git_repository_config_snapshot(&config, handle) == 0 &&
		     git_config_get_bool(&value, config, name) == 0;
	git_config_free(config);
	return found ? value != 0 : fallback;
}

bool gitconfig_has(git_repository *handle, const char *name)
{
	git_config *config = NULL;
	const char *value = NULL;
	bool has = git_repository_config_snapshot(&config, handle) == 0 &&
		   git_config_get_string(&value, config, name) == 0;
	git_config_free(config);
	return has;
}
