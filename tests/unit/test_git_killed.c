/* A change that is killed, at any moment: the next one finishes it, or tells what became of it. */
#include "changing.h"

#include <fcntl.h>
#include <signal.h>

static const struct git_file killed[] = {
    {"people/new.md", NONE, TEXT("new\n"), TEXT("new\n"), TEXT("new\n")},
    {"one", TEXT("one\nstaged\nmine\n"), TEXT("kith\none\nstaged\nmine\n"), TEXT("kith\none\n"),
     TEXT("kith\none\nstaged\n")},
    {"people/a.md", TEXT("a\n"), NONE, NONE, NONE},
};

/* What another process does, for strace to kill. */
static int be_killed(const char *place)
{
	struct kith_error err = {0};
	snprintf(folder, sizeof(folder), "%s", place);
	around = (struct git_surroundings){
	    .home = getenv("HOME"), .config_nosystem = true, .now = 1764000000, .fsync = true};
	return change_files(killed, ARRAY_LEN(killed), false, &err) != 0;
}

/* Its exit status; 128 and more where it was killed. */
static int run_killed(const char *call, unsigned at)
{
	char self[256], inject[128], trace[64];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	assert_true(n > 0);
	self[n] = '\0';
	snprintf(trace, sizeof(trace), "trace=%s", call);
	snprintf(inject, sizeof(inject), "inject=%s:signal=KILL:when=%u", call, at);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		/* LeakSanitizer does not work under strace. */
		setenv("LSAN_OPTIONS", "detect_leaks=0", 1);
		execlp("strace", "strace", "-o", "/dev/null", "-e", trace, "-e", inject, self,
		       "--killed", folder, (char *)NULL);
		_exit(127);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* All that a person could lose. (libgit2 notes in the reflog what it is about to do, so that after
 * a kill it may be there twice.) */
static void look(const char *file)
{
	SH("{ git rev-parse HEAD^{tree}; git ls-files -st; git status --porcelain; "
	   "git log --format='%%s %%an %%T'; git reflog --format=%%gs | uniq; "
	   "git reflog show main --format=%%gs | uniq; head -50 one two people/* ita stray; } "
	   ">../%s && :",
	   file);
}

static void start_again(void)
{
	SH("cd .. && rm -rf repo && cp -a other repo");
}

static void test_killed(void **state)
{
	(void)state;
	static const char *const calls[] = {"write",  "rename",   "renameat", "renameat2",
					    "unlink", "unlinkat", "symlink",  "fsync",
					    "mkdir",  "pwrite64", "fchmod",   "flock"};
	size_t points = 0, finished = 0;
	stage_three();
	stage_others();
	SH("cp -a . ../other");
	look("old");
	if (run_killed("getpgid", 1) != 0)
		skip();
	look("new");
	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		for (unsigned at = 1;; at++) {
			struct kith_error err = {0};
			start_again();
			if (run_killed(calls[i], at) == 0)
				break;
			points++;
			if (change_files(NULL, 0, false, &err) != 0)
				fail_msg("%s %u: %s", calls[i], at, err.message);
			finished += strstr(recovered, ": Do a thing") != NULL;
			/* libgit2's unfinished objects are cleared away by git, with its own. */
			SH("git prune --expire=now");
			all_is_clean();
			look("now");
			if (run("cmp -s ../now ../old || cmp -s ../now ../new || "
				"{ diff ../old ../now; false; }") != 0)
				fail_msg("%s %u: neither the old state nor the new one: %s",
					 calls[i], at, output);
		}
	}
	print_message("%zu points tried, %zu finished by the next run, 0 lost\n", points, finished);
	assert_true(points > 20 && finished > 5);
}

/* A run that was cut off after its record, with a file that somebody changed since. */
static void test_killed_and_changed(void **state)
{
	(void)state;
	struct kith_error err = {0};
	stage_three();
	SH("cp -a . ../other");
	if (run_killed("getpgid", 1) != 0)
		skip();
	start_again();
	/* The first file of the work tree gets its name. */
	assert_int_not_equal(run_killed("renameat2", 1), 0);
	SH("test -e .git/kith-record && echo other >one");
	assert_int_equal(change_files(NULL, 0, false, &err), 0);
	assert_non_null(strstr(recovered, "Do a thing"));
	assert_non_null(strstr(recovered, "one was changed since"));
	SAYS("other\n", "cat one");
	SAYS("first\n", "git log --format=%%s");
	SAYS("one\nstaged\n", "git show :one");
	all_is_clean();
}

/* Cut off at that call, with what a person had there before. */
static void cut_off(const char *call, unsigned at)
{
	stage_three();
	SH("cp -a . ../other");
	if (run_killed("getpgid", 1) != 0)
		skip();
	start_again();
	assert_int_not_equal(run_killed(call, at), 0);
	SH("test -e .git/kith-record");
}

/* The same at one of the last renames: 1 is the index, 2 the branch, 3 the private index. */
static void cut_off_late(unsigned from_end)
{
	unsigned at = 1;
	stage_three();
	SH("cp -a . ../other");
	if (run_killed("getpgid", 1) != 0)
		skip();
	for (start_again(); run_killed("rename", at) != 0; at++)
		start_again();
	start_again();
	assert_int_not_equal(run_killed("rename", at - from_end), 0);
	SH("test -e .git/kith-record");
}

/* The next run, which tells that; then all is well for good. */
static void next_run_tells(const char *words)
{
	struct kith_error err = {0};
	if (change_files(NULL, 0, false, &err) != 0)
		fail_msg("%s", err.message);
	if (!strstr(recovered, words))
		fail_msg("'%s' is not in: %s", words, recovered);
	assert_int_equal(change_files(NULL, 0, false, &err), 0);
	assert_string_equal(recovered, "");
	all_is_clean();
}

/* What had not begun is not done later, when it may have been asked for again. */
static void test_killed_before_writing(void **state)
{
	(void)state;
	cut_off("renameat2", 1);
	next_run_tells("nothing of it was done: Do a thing");
	SAYS("one\nstaged\nmine\n", "cat one");
	SAYS("a.md\nb.md\n", "ls people");
	SAYS("first\n", "git log --format=%%s");
}

/* The files are written, and nothing is committed; the branch's lock is left. */
static void test_killed_and_taken_back(void **state)
{
	(void)state;
	cut_off_late(2);
	SH("test -f .git/refs/heads/main.lock");
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SH("printf 'one\nstaged\nmine\n' >one; rm people/new.md; echo a >people/a.md");
	next_run_tells("nothing of it was done: Do a thing");
	SAYS("one\nstaged\nmine\n", "cat one");
	SAYS("a.md\nb.md\n", "ls people");
	SAYS("first\n", "git log --format=%%s");
	SAYS("MM one\n", "git status --porcelain");
}

/* By git, which had to be helped with the lock; a file that was new to it stays. */
static void test_killed_and_partly_taken_back(void **state)
{
	(void)state;
	cut_off_late(3);
	SH("rm .git/index.lock; git stash -q; git stash drop -q; git reset -q --hard; "
	   "printf 'one\nstaged\nmine\n' >one; ls people");
	assert_string_equal(output, "a.md\nb.md\nnew.md\n");
	next_run_tells("so it was not finished");
	SAYS("one\nstaged\nmine\n", "cat one");
	SAYS("first\n", "git log --format=%%s");
	SAYS(" M one\n?? people/new.md\n", "git status --porcelain");
}

static void test_killed_and_on_another_branch(void **state)
{
	(void)state;
	cut_off_late(2);
	SH("rm .git/index.lock; git checkout -qb side");
	next_run_tells("not committed: Do a thing (it was for refs/heads/main");
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SAYS("first\n", "git log --all --format=%%s");
}

/* Committed, but the index is as before: it follows, whatever the files hold by now. */
static void test_killed_after_the_commit(void **state)
{
	(void)state;
	cut_off_late(1);
	SAYS("Do a thing\nfirst\n", "git log --format=%%s");
	SAYS("one\nstaged\n", "git show :one");
	SH("echo other >one; echo again >people/a.md");
	next_run_tells("finished an earlier change that was cut off: Do a thing");
	SAYS("kith\none\nstaged\n", "git show :one");
	SAYS("other\nagain\n", "cat one people/a.md");
	SAYS("MM one\n?? people/a.md\n", "git status --porcelain");
}

/* The lock that the dead run left of the branch is told by what it holds; others' stay. */
static void test_killed_with_a_lock(void **state)
{
	(void)state;
	struct kith_error err = {0};
	cut_off_late(2);
	SH("cp -a .git/refs/heads/main.lock .. && git rev-parse HEAD >.git/refs/heads/main.lock");
	assert_int_equal(change_files(NULL, 0, false, &err), -1);
	assert_int_equal(err.status, KITH_BUSY);
	assert_non_null(strstr(err.message, "refs/heads/main.lock"));
	SH("git rev-parse HEAD | cmp - .git/refs/heads/main.lock; rm -rf ../other; cp -a . "
	   "../other");
	static const char *const left[] = {"cat", "head -c 9", "head -c 0"};
	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		start_again();
		SH("%s ../main.lock >.git/refs/heads/main.lock", left[i]);
		next_run_tells("finished an earlier change that was cut off: Do a thing");
		SAYS("Do a thing\nfirst\n", "git log --format=%%s");
		SAYS("MM one\n", "git status --porcelain");
	}
	SH("rm ../main.lock");
}

/* What was to be written is in the repository no more. */
static void test_killed_and_pruned(void **state)
{
	(void)state;
	cut_off("renameat2", 2);
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SH("git prune --expire=now");
	next_run_tells("cannot be finished");
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SAYS("first\n", "git log --format=%%s");
}

/* The git that a killed run asked for the commit still works: its end is waited for. */
static void test_killed_while_git_commits(void **state)
{
	(void)state;
	struct kith_error err = {0};
	/* The hook says that it runs, and goes on when it is told to. */
	SH("printf '#!/bin/sh\n: >../before; i=0; "
	   "until test -e ../new -o $((i += 1)) = 600; do sleep 0.1; done; "
	   "echo ran >>../now\n' >.git/hooks/pre-commit; "
	   "chmod +x .git/hooks/pre-commit; rm -f ../now ../before ../new");
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		static const struct git_file file = {"one", TEXT("one\n"), TEXT("k\n"), TEXT("k\n"),
						     TEXT("k\n")};
		change_files(&file, 1, false, &err);
		_exit(0);
	}
	SH("i=0; until test -e ../before -o $((i += 1)) = 600; do sleep 0.1; done");
	kill(pid, SIGKILL);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	SH("test -h .git/index.lock -a -e .git/kith-index");
	SH("(sleep 1; : >../new) >/dev/null 2>&1 & true");
	assert_int_equal(change_files(NULL, 0, false, &err), 0);
	assert_non_null(strstr(recovered, "finished an earlier change"));
	SAYS("ran\n", "cat ../now");
	SAYS("Do a thing\nfirst\n", "git log --format=%%s");
	SAYS("one\n", "git show --format= --name-only");
	SAYS("", "git status --porcelain");
}

static void test_torn_record(void **state)
{
	(void)state;
	struct kith_error err = {0};
	SH("printf 'kith-record 1\\ndraft 00' >.git/kith-record; >.git/kith.lock; "
	   ">.git/kith-record.new; >.git/kith-index.lock");
	assert_int_equal(change_files(NULL, 0, false, &err), 0);
	assert_non_null(strstr(recovered, "cannot be read"));
	all_is_clean();
	SAYS("", "git status --porcelain");
}

int main(int argc, char **argv)
{
	if (repository_load() != 0)
		return 1;
	if (argc == 3 && strcmp(argv[1], "--killed") == 0)
		return be_killed(argv[2]);
	const struct CMUnitTest tests[] = {
	    TEST(test_killed),
	    TEST(test_killed_and_changed),
	    TEST(test_killed_before_writing),
	    TEST(test_killed_and_taken_back),
	    TEST(test_killed_and_partly_taken_back),
	    TEST(test_killed_and_on_another_branch),
	    TEST(test_killed_after_the_commit),
	    TEST(test_killed_with_a_lock),
	    TEST(test_killed_and_pruned),
	    TEST(test_killed_while_git_commits),
	    TEST(test_torn_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
