/* Looking back: which commit a day means, and its files, checked against the git program. */
#include "repository.h"

#include <fcntl.h>

static int set_up_past(void **state)
{
	repository_init(state);
	/* Clocks that go back, zones that end a day elsewhere, and a branch that was merged. */
	SH("c() { export GIT_AUTHOR_DATE=\"$1\" GIT_COMMITTER_DATE=\"$1\"; git add -A && "
	   "git commit -qm \"$1\"; };"
	   "mkdir -p in/people; echo v >vault; c 2025-12-30T12:00:00Z;"
	   "echo j >in/kith.yaml; echo a >in/people/a.md; c 2026-01-02T23:30:00-0800;"
	   "git checkout -qb side; echo b >in/people/b.md; c 2026-01-03T12:00:00Z;"
	   "git checkout -q main; echo c >in/people/c.md; c 2026-01-04T00:30:00+1300;"
	   "GIT_COMMITTER_DATE=2026-01-06T12:00:00Z git merge -qm merge side;"
	   "echo d >in/people/d.md; c 2026-01-05T12:00:00Z; ln -s a.md in/people/l.md;"
	   "chmod +x in/people/a.md; mkdir in/deep; printf 'a\\r\\nb' >in/deep/e; "
	   "c 2026-01-08T12:00:00Z; rm -r in/deep; echo e >in/people/a.md; c 2026-01-09T12:00:00Z");
	return 0;
}

static struct git_past look_back(const char *name, civil_day day)
{
	struct kith_error err = {0};
	struct git_past past;
	struct git_repo *repo = repository_open();
	if (api->look_back(&past, repo, name, day, "in/kith.yaml", &err))
		fail_msg("%s", err.message);
	api->close(repo);
	return past;
}

static void test_days(void **state)
{
	(void)state;
	civil_day first = day_from_ymd(2025, 12, 28);
	for (civil_day day = first; day < first + 16; day++) {
		struct git_past past = look_back(NULL, day);
		SH("git log --first-parent --date=short --format='%%H %%cd' | "
		   "awk '$2 <= \"%s\" { print; exit }'",
		   day_text(day).z);
		char said[GIT_ID_SIZE + 12] = "";
		if (past.id[0])
			snprintf(said, sizeof(said), "%s %s\n", past.id, day_text(past.day).z);
		assert_string_equal(said, output);
		assert_int_equal(past.holds, day >= day_from_ymd(2026, 1, 2));
		assert_true(past.holds || past.begins == day_from_ymd(2026, 1, 2));
	}
}

static void test_names(void **state)
{
	(void)state;
	struct kith_error err = {0};
	struct git_past past = look_back("side", NO_DAY);
	assert_int_equal(past.day, day_from_ymd(2026, 1, 3));
	assert_true(past.holds && !past.shallow);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->look_back(&past, repo, "nowhere", NO_DAY, "x", &err), -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	api->close(repo);
}

static void test_no_commit(void **state)
{
	(void)state;
	struct git_past past = look_back(NULL, day_from_ymd(2026, 1, 1));
	assert_true(!past.id[0] && !past.holds && past.begins == NO_DAY);
}

static bool is_wanted(const char *path)
{
	return !str_eq(str_of(path), STR("people/c.md"));
}

static void unpack(const char *name, const char *below)
{
	struct kith_error err = {0};
	char to[256];
	struct git_past past = look_back(name, NO_DAY);
	struct git_repo *repo = repository_open();
	SH("rm -rf ../other; mkdir -p ../other/to ../other/want");
	snprintf(to, sizeof(to), "%s/../other/to", folder);
	const struct git_unpacking order = {
	    .id = past.id,
	    .folder = below,
	    .dir = open(to, O_RDONLY | O_DIRECTORY),
	    .wanted = is_wanted,
	};
	if (api->unpack(repo, &order, &err))
		fail_msg("%s", err.message);
	close(order.dir);
	api->close(repo);
}

static void test_unpack(void **state)
{
	(void)state;
	static const char *const commits[] = {"HEAD", "HEAD~1", "HEAD~2", "side"};
	for (size_t i = 0; i < ARRAY_LEN(commits); i++) {
		unpack(commits[i], "in/");
		SAYS("",
		     "git archive %s in | tar -x -C ../other/want; cd ../other; "
		     "[ ! -e want/in/people/c.md ] || { [ -e to/people/c.md ] && "
		     "[ ! -s to/people/c.md ] && : > want/in/people/c.md; }; "
		     "diff -r --no-dereference want/in to",
		     commits[i]);
		unpack(commits[i], "");
		SAYS("",
		     "git archive %s | tar -x -C ../other/want; cd ../other; "
		     "diff -r --no-dereference want to",
		     commits[i]);
	}
}

/* From there on history is that of the commit, for the one who unpacked it. */
static bool keep_id(void *context, const struct git_commit_info *commit)
{
	snprintf(context, GIT_ID_SIZE, "%s", commit->id);
	return false;
}

static void test_walk_from_there(void **state)
{
	(void)state;
	struct kith_error err = {0};
	char top[GIT_ID_SIZE], to[256];
	struct git_past past = look_back("HEAD~2", NO_DAY);
	struct git_repo *repo = repository_open();
	SH("mkdir ../other");
	snprintf(to, sizeof(to), "%s/../other", folder);
	const struct git_unpacking order = {past.id, "in/", open(to, O_RDONLY | O_DIRECTORY),
					    is_wanted};
	assert_int_equal(api->unpack(repo, &order, &err), 0);
	close(order.dir);
	assert_int_equal(api->walk(repo, &(struct git_walk){0}, keep_id, top, &err), 0);
	assert_string_equal(top, past.id);
	api->close(repo);
}

#define IN_PAST(test) cmocka_unit_test_setup_teardown(test, set_up_past, repository_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_PAST(test_days),
	    IN_PAST(test_names),
	    cmocka_unit_test_setup_teardown(test_no_commit, repository_init, repository_remove),
	    IN_PAST(test_unpack),
	    IN_PAST(test_walk_from_there),
	};
	if (repository_load())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
