/*
 * A change in a repository of its own with some files, for tests of changes:
 * one is made through the module, as a command does it.
 */
#ifndef KITH_UNIT_CHANGING_H
#define KITH_UNIT_CHANGING_H

#include "repository.h"

static struct git_outcome outcome;
static char recovered[1024]; /* what the last `begin` told */

static inline int change_files(const struct git_file *files, size_t count, bool no_verify,
			       struct kith_error *err)
{
	struct git_change *change;
	const struct git_message message = {.text = "Do a thing", .no_verify = no_verify};
	struct git_repo *repo = repository_open();
	recovered[0] = '\0';
	outcome = (struct git_outcome){.written = false};
	int rc = api->begin(&change, repo, err);
	if (rc == 0) {
		const char *told = api->recovered(change);
		snprintf(recovered, sizeof(recovered), "%s", told ? told : "");
		if (count)
			rc = api->commit(change, files, count, &message, &outcome, err);
		api->end(change);
	}
	api->close(repo);
	return rc;
}

/* Nothing of ours is left, and the repository is whole. */
static inline void all_is_clean(void)
{
	SAYS("", "git fsck --strict --no-dangling --no-progress");
	SAYS("",
	     "find . -name '*kith*' -o -name '*.lock' -o -name 'tmp_obj*' | grep -v hooks || :");
}

static inline int set_up(void **state)
{
	repository_init(state);
	SH("mkdir people && echo one >one && echo two >two && echo a >people/a.md && "
	   "echo b >people/b.md && git add . && git commit -qm first");
	return 0;
}

static inline int tear_down(void **state)
{
	SH("rm -f ../old ../new ../now ../before");
	return repository_remove(state);
}

/* For data that is not made at run time. */
#define TEXT(literal)                                                                              \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
#define NONE                                                                                       \
	{                                                                                          \
		NULL, 0                                                                            \
	}

/* Three copies of `one`: HEAD's, the index's, the file. */
static inline void stage_three(void)
{
	SH("echo staged >>one && git add one && echo mine >>one");
}

/* Other work, staged in every way. */
static inline void stage_others(void)
{
	SH("echo staged >two && git add two && echo ita >ita && git add -N ita && echo x >stray && "
	   "git rm -q --cached people/b.md");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
