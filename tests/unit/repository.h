/*
 * Repositories made with the git program in a folder of a test's own, for
 * tests of the git module. KITH_GIT_MODULE names the module;
 * build/kith-git.so otherwise.
 */
#ifndef KITH_UNIT_REPOSITORY_H
#define KITH_UNIT_REPOSITORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "git/git.h"

/* What a test does not name of a file, it is not about. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* libgit2 1.5 leaks at each extension of a repository's format that it looks at. */
const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2\n";
}

const char *__lsan_default_options(void);
__attribute__((visibility("default"))) const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

/* There with LeakSanitizer alone. What is allocated between the two may leak. */
__attribute__((weak)) void __lsan_disable(void);
__attribute__((weak)) void __lsan_enable(void);

static const struct git_api *api;
static struct git_surroundings around;
static char base[64];    /* a folder of this test's own; HOME is its `home` */
static char folder[128]; /* the repository */
static char output[262144];

ATTR_PRINTF(1, 2) static inline int run(const char *format, ...)
{
	char command[8192], line[8704];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(line, sizeof(line), "cd '%s' && { %s; } 2>&1", folder, command);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	size_t n = fread(output, 1, sizeof(output) - 1, pipe);
	output[n] = '\0';
	int status = pclose(pipe);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/* Runs a command that must work; its output is in `output`. */
#define SH(...)                                                                                    \
	do {                                                                                       \
		if (run(__VA_ARGS__) != 0)                                                         \
			fail_msg("command failed: %s", output);                                    \
	} while (0)

#define SAYS(expected, ...)                                                                        \
	do {                                                                                       \
		SH(__VA_ARGS__);                                                                   \
		assert_string_equal(output, expected);                                             \
	} while (0)

/* An empty folder `repo` beside a HOME that has an identity. */
static inline void repository_folder(void)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(base, sizeof(base), "%s/kith-git-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(base));
	snprintf(folder, sizeof(folder), "%s", base);
	SH("mkdir home repo");
	snprintf(folder, sizeof(folder), "%s/home", base);
	setenv("HOME", folder, 1);
	around = (struct git_surroundings){
	    .home = getenv("HOME"),
	    .config_nosystem = true,
	    .now = 1764000000,
	    .zone = 90,
	};
	SH("git config --global user.name 'Ann Lee' && "
	   "git config --global user.email ann@example.org && "
	   "git config --global init.defaultBranch main && "
	   "git config --global protocol.file.allow always");
	snprintf(folder, sizeof(folder), "%s/repo", base);
}

static inline int repository_init(void **state)
{
	(void)state;
	repository_folder();
	SH("git init -q");
	return 0;
}

static inline int repository_remove(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s", base);
	SH("chmod -R u+rwx . && rm -rf home repo other clone work super lib");
	return rmdir(base);
}

static inline struct git_repo *repository_open(void)
{
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	if (api->open(&repo, folder, &around, &err) != 0)
		fail_msg("open: %s", err.message);
	return repo;
}

/* Loads the module; the environment holds nothing that steers git. */
static inline int repository_load(void)
{
	static const char *const unwanted[] = {
	    "GIT_DIR",         "GIT_WORK_TREE",      "GIT_INDEX_FILE",
	    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",   "GIT_CONFIG_GLOBAL",
	    "EMAIL",           "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
	    "XDG_CONFIG_HOME", "GIT_CONFIG_COUNT"};
	const char *given = getenv("KITH_GIT_MODULE");
	const char *const paths[] = {given ? given : "build/kith-git.so"};
	struct kith_error err = {0};
	for (size_t i = 0; i < ARRAY_LEN(unwanted); i++)
		unsetenv(unwanted[i]);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	api = git_load(paths, 1, &err);
	if (!api)
		fprintf(stderr, "%s\n", err.message);
	return api ? 0 : -1;
}

#endif
