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

const char *git_state_words(enum git_state state)
{
	switch (state) {
	case GIT_CLEAN:
		return NULL;
	case GIT_MERGING:
		return "a merge";
	case GIT_REBASING:
		return "a rebase";
	case GIT_CHERRY_PICKING:
		return "a cherry-pick";
	case GIT_REVERTING:
		return "a revert";
	case GIT_BISECTING:
		return "a bisection";
	case GIT_APPLYING:
		return "applying patches (git am)";
	}
	return NULL;
}
