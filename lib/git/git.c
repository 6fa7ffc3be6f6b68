#include "git/git.h"

#include <dlfcn.h>
#include <unistd.h>

static const struct git_api *load(const char *path, struct kith_error *err)
{
	void *handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	if (!handle) {
		const char *why = dlerror();
		kith_fail(err, KITH_FAILED, "cannot load %s: %s", path,
			  why ? why : "no reason given");
		return NULL;
	}
	const struct git_module *module = dlsym(handle, GIT_MODULE_SYMBOL);
	if (!module || module->abi != GIT_MODULE_ABI) {
		kith_fail(err, KITH_FAILED, "%s belongs to another version of kith", path);
		dlclose(handle);
		return NULL;
	}
	return module->api;
}

const struct git_api *git_load(const char *const *paths, size_t count, struct kith_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (access(paths[i], F_OK) == 0)
			return load(paths[i], err);
	kith_fail(err, KITH_NOT_FOUND, "the git module is not where it should be: %s",
		  count > 0 ? paths[0] : "no place is known");
	return NULL;
}

#define GOES_ON(command) command " --continue goes on with it, " command " --abort gives it up"

static const struct {
	const char *words, *way;
} states[] = {
    [GIT_CLEAN] = {NULL, NULL},
    [GIT_MERGING] = {"a merge", "kith commit finishes it when its conflicts are resolved and added "
				"(git add), git merge --abort gives it up"},
    [GIT_REBASING] = {"a rebase", GOES_ON("git rebase")},
    [GIT_CHERRY_PICKING] = {"a cherry-pick", GOES_ON("git cherry-pick")},
    [GIT_REVERTING] = {"a revert", GOES_ON("git revert")},
    [GIT_BISECTING] = {"a bisection", "git bisect reset ends it"},
    [GIT_APPLYING] = {"applying patches (git am)", GOES_ON("git am")},
    [GIT_CONFLICTED] = {"conflicts, which git stash pop or the like left",
			"choose in the files that git status names, and git add them"},
};

const char *git_state_words(enum git_state state)
{
	return states[state].words;
}

const char *git_state_way(enum git_state state)
{
	return states[state].way;
}
