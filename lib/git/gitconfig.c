#include "git/gitconfig.h"

#include <git2/sys/repository.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/program.h"

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

/* ---- What git is asked for ---- */

/* Whether something is included that libgit2 passes over. */
static bool has_unknown_include(git_config *config)
{
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool found = false;
	if (git_config_iterator_new(&iterator, config) == 0)
		while (!found && git_config_next(&entry, iterator) == 0)
			found = str_starts(str_of(entry->name), STR("includeif.hasconfig:"));
	git_config_iterator_free(iterator);
	return found;
}

static void add_config_quoted(struct buf *out, struct str text)
{
	buf_addz(out, "\"");
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"' || text.p[i] == '\\')
			buf_addz(out, "\\");
		buf_add(out, text.p[i] == '\n' ? STR("\\n") : (struct str){text.p + i, 1});
	}
	buf_addz(out, "\"");
}

/* `section.a subsection.key`, and behind a line end the value, if it has one. No subsection is
 * included again: what it brings is in the list. */
static void add_setting(struct buf *out, struct str item)
{
	size_t end = str_find_char(item, '\n'), dot = str_find_char(item, '.'), last = dot;
	for (size_t i = dot; i < end; i++)
		if (item.p[i] == '.')
			last = i;
	struct str section = str_upto(item, dot);
	if (dot >= end || str_eq(section, STR("include")) || str_eq(section, STR("includeif")))
		return;
	buf_printf(out, "[%.*s", STR_ARG(section));
	if (last > dot) {
		buf_addz(out, " ");
		add_config_quoted(out, str_slice(item, dot + 1, last));
	}
	buf_printf(out, "]\n%.*s", STR_ARG(str_slice(item, last + 1, end)));
	if (end < item.n) {
		buf_addz(out, " = ");
		add_config_quoted(out, str_from(item, end + 1));
	}
	buf_addz(out, "\n");
}

/* All settings as git has them, in a file that has no name. */
static int ask_settings(struct git_repo *repo, git_config **out, struct kith_error *err)
{
	const char *args[] = {"config", "--list", "--includes", "-z", NULL};
	struct buf list, text;
	char path[64];
	buf_init(&list, 0);
	buf_init(&text, 0);
	struct program_call call = {.repo = repo, .out = &list};
	int rc = program_run(&call, args, "cannot read git's configuration", err);
	for (struct str rest = buf_str(&list); rc == 0 && rest.n > 0;) {
		size_t n = str_find_char(rest, '\0');
		add_setting(&text, str_upto(rest, n));
		rest = str_from(rest, n + 1);
	}
	if (rc == 0) {
		repo->asked = tmpfile();
		if (!repo->asked || fwrite(text.p, 1, text.n, repo->asked) != text.n ||
		    fflush(repo->asked) != 0)
			rc = kith_fail_errno(err, "cannot read git's configuration");
	}
	if (rc == 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(repo->asked));
		if (git_config_new(out) < 0 ||
		    git_config_add_file_ondisk(*out, path, GIT_CONFIG_LEVEL_LOCAL, repo->handle,
					       0) < 0)
			rc = repo_fail(err, KITH_FAILED, "cannot read git's configuration");
	}
	buf_release(&list);
	buf_release(&text);
	return rc;
}

int gitconfig_apply(struct git_repo *repo, struct kith_error *err)
{
	git_config *config = NULL;
	if (gitconfig_make(&config, &repo->around, repo->handle, err))
		return -1;
	if (repo->around.config_given || has_unknown_include(config)) {
		git_config_free(config);
		config = NULL;
		if (ask_settings(repo, &config, err)) {
			git_config_free(config);
			return -1;
		}
	}
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
