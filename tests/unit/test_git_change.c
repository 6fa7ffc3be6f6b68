/*
 * A change from begin to end: three copies of a file, and what others do
 * meanwhile.
 */
#include "changing.h"

#include <fcntl.h>

static void change_well(const struct git_file *files, size_t count)
{
	struct kith_error err = {0};
	if (change_files(files, count, false, &err) != 0)
		fail_msg("%s: %s", err.path, err.message);
	assert_true(outcome.written);
}

static void fails_before_writing(const struct git_file *files, size_t count,
				 enum kith_status status, const char *words)
{
	struct kith_error err = {0};
	SH("(git rev-parse HEAD; git ls-files -st; cat one two people/*) >../before 2>&1 || :");
	assert_int_equal(change_files(files, count, false, &err), -1);
	assert_string_equal(outcome.id, "");
	assert_false(outcome.written);
	if (err.status != status || !strstr(err.message, words))
		fail_msg("'%s' is not in: %s (%d)", words, err.message, (int)err.status);
	SH("(git rev-parse HEAD; git ls-files -st; cat one two people/*) 2>&1 | cmp - ../before; "
	   "rm ../before");
	all_is_clean();
}

/* Text at the top of each copy. */
static const struct git_file three = {
    "one",
    TEXT("one\nstaged\nmine\n"),
    TEXT("kith\none\nstaged\nmine\n"),
    TEXT("kith\none\n"),
    TEXT("kith\none\nstaged\n"),
};

/* ---- Copies ---- */

static void test_three_copies(void **state)
{
	(void)state;
	stage_three();
	stage_others();
	change_well(&three, 1);
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SAYS("kith\none\nstaged\n", "git show :one");
	SAYS("kith\none\n", "git show HEAD:one");
	SAYS("one\n", "git show --format= --name-only");
	SAYS(" A ita\nMM one\nD  people/b.md\nM  two\n?? people/b.md\n?? stray\n",
	     "git status --porcelain");
	SH("git rev-parse HEAD | tr -d '\\n'");
	assert_string_equal(output, outcome.id);
	all_is_clean();
}

static void reads(enum git_copy copy, const char *path, struct str expected)
{
	struct git_change *change;
	struct kith_error err = {0};
	struct buf out;
	bool there = false;
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->begin(&change, repo, &err), 0);
	if (api->read(change, copy, path, 1000, &out, &there, &err) != 0)
		fail_msg("read: %s", err.message);
	assert_int_equal(there, expected.p != NULL);
	assert_true(str_eq(buf_str(&out), expected));
	api->end(change);
	api->close(repo);
	buf_release(&out);
}

static void does_not_read(enum git_copy copy, const char *path, size_t max, enum kith_status status)
{
	struct git_change *change;
	struct kith_error err = {0};
	struct buf out;
	bool there;
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->begin(&change, repo, &err), 0);
	assert_int_equal(api->read(change, copy, path, max, &out, &there, &err), -1);
	assert_int_equal(err.status, status);
	api->end(change);
	api->close(repo);
	buf_release(&out);
}

static void test_read(void **state)
{
	(void)state;
	stage_three();
	stage_others();
	reads(GIT_COPY_HEAD, "one", STR("one\n"));
	reads(GIT_COPY_INDEX, "one", STR("one\nstaged\n"));
	reads(GIT_COPY_HEAD, "ita", STR_NONE);
	reads(GIT_COPY_INDEX, "ita", STR_NONE);
	reads(GIT_COPY_HEAD, "people/b.md", STR("b\n"));
	reads(GIT_COPY_INDEX, "people/b.md", STR_NONE);
	reads(GIT_COPY_HEAD, "nowhere/at/all", STR_NONE);
	SH("printf '*.md eol=crlf\\n' >.gitattributes");
	reads(GIT_COPY_HEAD, "people/a.md", STR("a\r\n"));
	SH("ln -s one link && git add link && git commit -qm link");
	does_not_read(GIT_COPY_HEAD, "link", 100, KITH_UNSUPPORTED);
	does_not_read(GIT_COPY_INDEX, "link", 100, KITH_UNSUPPORTED);
	does_not_read(GIT_COPY_HEAD, "people", 100, KITH_UNSUPPORTED);
	does_not_read(GIT_COPY_INDEX, "people", 100, KITH_UNSUPPORTED);
	does_not_read(GIT_COPY_HEAD, "one", 3, KITH_INVALID);
	does_not_read(GIT_COPY_HEAD, "../one", 100, KITH_INVALID);
}

static void test_new_and_gone(void **state)
{
	(void)state;
	const struct git_file files[] = {
	    {"people/new/n.md", STR_NONE, STR("n\n"), STR("n\n"), STR("n\n")},
	    {"people/b.md", STR("b\n"), STR_NONE, STR_NONE, STR_NONE},
	    {"two", STR("two\n"), STR(""), STR(""), STR("")},
	};
	stage_three();
	change_well(files, 3);
	SAYS("MM one\n", "git status --porcelain");
	SAYS("D\tpeople/b.md\nA\tpeople/new/n.md\nM\ttwo\n",
	     "git show --format= --name-status --no-renames");
	SAYS("a.md\nnew\n", "ls people");
	SAYS("0\n", "stat -c %%s two");
	all_is_clean();
}

static void test_untracked_is_committed_whole(void **state)
{
	(void)state;
	const struct git_file file = {"people/c.md", STR("c\n"), STR("c\nd\n"), STR("c\nd\n"),
				      STR("c\nd\n")};
	SH("echo c >people/c.md && chmod +x people/c.md");
	change_well(&file, 1);
	SAYS("", "git status --porcelain");
	SAYS("100755\n", "git ls-tree HEAD people/c.md | cut -c1-6");
}

static void test_intent_to_add(void **state)
{
	(void)state;
	const struct git_file file = {"ita", STR("ita\n"), STR("ita\nmore\n"), STR("ita\nmore\n"),
				      STR("ita\nmore\n")};
	SH("echo ita >ita && git add -N ita");
	change_well(&file, 1);
	SAYS("", "git status --porcelain");
}

static void test_staged_deletion(void **state)
{
	(void)state;
	const struct git_file file = {"two", STR("two\n"), STR("two\n2\n"), STR("two\n2\n"),
				      STR_NONE};
	SH("git rm -q --cached two");
	change_well(&file, 1);
	SAYS("D  two\n?? two\n", "git status --porcelain");
	SAYS("two\n2\n", "git show HEAD:two");
}

/* The file's data in the index are as git would note them: plumbing sees no difference. */
static void test_the_index_knows_the_file(void **state)
{
	(void)state;
	const struct git_file file = {"two", STR("two\n"), STR("zwei\n"), STR("zwei\n"),
				      STR("zwei\n")};
	change_well(&file, 1);
	SAYS("", "git diff-files --name-only");
	SAYS("  size: 5\tflags: 0\n", "git ls-files --debug two | tail -1");
	/* A change in the same moment, of the same size, is seen all the same. */
	change_well((const struct git_file[]){{"two", STR("zwei\n"), STR("aaaa\n"), STR("aaaa\n"),
					       STR("aaaa\n")}},
		    1);
	SH("printf 'bbbb\\n' >two");
	SAYS(" M two\n", "git status --porcelain");
}

static void test_extensions_of_the_index(void **state)
{
	(void)state;
	static const char *const versions[] = {"2", "3", "4"};
	for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
		char text[3][16];
		snprintf(text[0], sizeof(text[0]), "%zu\n", i);
		snprintf(text[1], sizeof(text[1]), "%zu\n", i + 1);
		snprintf(text[2], sizeof(text[2]), "people/n%zu", i);
		const struct git_file files[] = {
		    {"two", str_of(text[0]), str_of(text[1]), str_of(text[1]), str_of(text[1])},
		    {text[2], STR_NONE, STR("n\n"), STR("n\n"), STR("n\n")},
		};
		SH("echo %zu >two && git add two && git update-index --untracked-cache "
		   "--skip-worktree people/a.md && git update-index --index-version %s && "
		   "git status >/dev/null",
		   i, versions[i]);
		change_well(files, 2);
		SAYS("", "git status --porcelain");
		SAYS("S people/a.md\n", "git ls-files -t people/a.md");
		/* The cached trees are right: git write-tree believes them. */
		SAYS("", "test $(git write-tree) = $(git rev-parse HEAD^{tree})");
		all_is_clean();
	}
}

/* ---- Places ---- */

static void check_place(const char *reflog)
{
	stage_three();
	change_well(&three, 1);
	SAYS("kith\none\n", "git show HEAD:one");
	SAYS("MM one\n", "git status --porcelain one");
	SH("git reflog -1 --format='%%gs %%gn <%%ge>'; git reflog -1 --format=%%H");
	char expected[256];
	snprintf(expected, sizeof(expected), "%s Ann Lee <ann@example.org>\n%s\n", reflog,
		 outcome.id);
	assert_string_equal(output, expected);
	all_is_clean();
}

static void test_packed(void **state)
{
	(void)state;
	SH("git pack-refs --all && git gc -q && ! test -e .git/refs/heads/main");
	check_place("commit: Do a thing");
	SAYS("commit: Do a thing\n", "git reflog show main -1 --format=%%gs");
}

static void test_detached(void **state)
{
	(void)state;
	SH("git checkout -q --detach");
	check_place("commit: Do a thing");
	SAYS("1\n", "git rev-list --count main..HEAD");
}

static void test_deep_branch(void **state)
{
	(void)state;
	SH("git checkout -qb a/b/c && git pack-refs --all && rm -rf .git/logs/refs/heads/a "
	   ".git/refs/heads/a");
	check_place("commit: Do a thing");
	SAYS("1\n", "git reflog show a/b/c --format=%%gs | wc -l");
}

static void test_no_reflog(void **state)
{
	(void)state;
	SH("git config core.logAllRefUpdates false && rm -r .git/logs");
	stage_three();
	change_well(&three, 1);
	SAYS("", "ls .git/logs 2>/dev/null || :");
}

static void test_worktree(void **state)
{
	(void)state;
	SH("git worktree add -q ../other -b other");
	snprintf(folder, sizeof(folder), "%s/other", base);
	stage_three();
	change_well(&three, 1);
	SAYS("MM one\n", "git status --porcelain one");
	SAYS("commit: Do a thing\n", "git reflog -1 --format=%%gs");
	SAYS("commit: Do a thing\n", "git reflog show other -1 --format=%%gs");
	snprintf(folder, sizeof(folder), "%s/repo", base);
	SAYS("1\n", "git rev-list --count main..other");
	all_is_clean();
}

static void test_unborn(void **state)
{
	(void)state;
	const struct git_file file = {"n", STR_NONE, STR("n\n"), STR("n\n"), STR("n\n")};
	SH("git checkout -q --orphan fresh/one && git rm -rq --cached . && git add two");
	change_well(&file, 1);
	SAYS("A  two\n", "git status --porcelain -uno");
	SAYS("1\n", "git rev-list --count HEAD");
	SAYS("commit (initial): Do a thing\n", "git reflog show fresh/one -1 --format=%%gs");
	SH("git checkout -q --orphan main/below");
	const struct git_file other = {"m", STR_NONE, STR("m\n"), STR("m\n"), STR("m\n")};
	struct kith_error err = {0};
	assert_int_equal(change_files(&other, 1, false, &err), -1);
	assert_non_null(strstr(err.message, "main"));
}

static void test_what_is_no_file(void **state)
{
	(void)state;
	SH("ln -s people link && git add link && git commit -qm link && git rm -q --cached two && "
	   "mkdir -p t && mv two t/two && git add t && rm -r t");
	const struct git_file link = {"link", STR("x"), STR("y"), STR("y"), STR("y")};
	fails_before_writing(&link, 1, KITH_UNSUPPORTED, "a link");
	const struct git_file below = {"one/x", STR_NONE, STR("y"), STR("y"), STR("y")};
	fails_before_writing(&below, 1, KITH_UNSUPPORTED, "one is a file");
	const struct git_file above = {"t", STR_NONE, STR("y"), STR("y"), STR("y")};
	fails_before_writing(&above, 1, KITH_UNSUPPORTED, "a folder");
}

/* ---- Others at work ---- */

static void test_file_changed(void **state)
{
	(void)state;
	const struct git_file files[] = {
	    {"people/new.md", STR_NONE, STR("n\n"), STR("n\n"), STR("n\n")},
	    {"people/b.md", STR("b\n"), STR_NONE, STR_NONE, STR_NONE},
	    {"two", STR("zwei\n"), STR("2\n"), STR("2\n"), STR("2\n")},
	};
	fails_before_writing(files, 3, KITH_CHANGED, "changed by somebody else");
	SAYS("", "git status --porcelain");
}

static void test_head_moves(void **state)
{
	(void)state;
	struct git_change *change;
	struct kith_error err = {0};
	const struct git_message message = {.text = "Do a thing"};
	const struct git_file file = {"two", STR("two\n"), STR("2\n"), STR("2\n"), STR("2\n")};
	struct git_repo *repo = repository_open();
	/* Other files: the change is made on top. */
	assert_int_equal(api->begin(&change, repo, &err), 0);
	SH("git update-ref HEAD $(echo else | git commit-tree -p HEAD $(printf '100644 blob "
	   "%%s\\tone\\n100644 blob %%s\\ttwo\\n' $(git rev-parse HEAD:people/a.md HEAD:two) | git "
	   "mktree))");
	assert_int_equal(api->commit(change, &file, 1, &message, &outcome, &err), 0);
	api->end(change);
	SAYS("Do a thing\nelse\nfirst\n", "git log --format=%%s");
	SAYS("two\n", "git show --format= --name-only");
	/* The same file: nothing is done. */
	assert_int_equal(api->begin(&change, repo, &err), 0);
	SH("git update-ref HEAD HEAD~1");
	const struct git_file again = {"two", STR("2\n"), STR("3\n"), STR("3\n"), STR("3\n")};
	assert_int_equal(api->commit(change, &again, 1, &message, &outcome, &err), -1);
	assert_int_equal(err.status, KITH_CHANGED);
	assert_false(outcome.written);
	api->end(change);
	api->close(repo);
	SAYS("2\n", "cat two");
	all_is_clean();
}

static void test_branch_is_locked(void **state)
{
	(void)state;
	struct kith_error err = {0};
	stage_three();
	SH(">.git/refs/heads/main.lock");
	assert_int_equal(change_files(&three, 1, false, &err), -1);
	assert_int_equal(err.status, KITH_BUSY);
	assert_non_null(strstr(err.message, "refs/heads/main.lock"));
	assert_true(outcome.written);
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SAYS("one\nstaged\n", "git show :one");
	SH("rm .git/refs/heads/main.lock");
	all_is_clean();
}

static void test_foreign_locks_stay(void **state)
{
	(void)state;
	struct kith_error err = {0};
	SH(">.git/index.lock; >.git/kith.lock");
	assert_int_equal(change_files(NULL, 0, false, &err), -1);
	assert_int_equal(err.status, KITH_BUSY);
	SH("test -f .git/index.lock && rm .git/index.lock");
	/* A link that is not kith's. */
	SH("ln -s elsewhere .git/index.lock; >.git/kith.lock");
	err = (struct kith_error){0};
	assert_int_equal(change_files(NULL, 0, false, &err), -1);
	SH("test -h .git/index.lock && rm .git/index.lock");
	/* A dead kith's. */
	SH(">.git/kith.lock && ln -s kith.lock .git/index.lock");
	err = (struct kith_error){0};
	assert_int_equal(change_files(NULL, 0, false, &err), 0);
	assert_string_equal(recovered, "");
	all_is_clean();
}

static void test_git_waits(void **state)
{
	(void)state;
	struct git_change *change;
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	assert_int_equal(api->begin(&change, repo, &err), 0);
	assert_int_not_equal(run("git add two"), 0);
	assert_non_null(strstr(output, "index.lock"));
	assert_int_not_equal(run("git commit -qm x --allow-empty"), 0);
	api->end(change);
	api->close(repo);
	SH("git add two");
	all_is_clean();
}

enum { WRITERS = 3, ROUNDS = 12 };

/* All append to one file: each reads it under the lock. */
static void append_many(int writer)
{
	struct buf copies[3], now[3];
	for (int i = 0; i < 3; i++) {
		buf_init(&copies[i], 0);
		buf_init(&now[i], 0);
	}
	for (int round = 0; round < ROUNDS; round++) {
		struct git_repo *repo = NULL;
		struct git_change *change;
		struct kith_error err = {0};
		const struct git_message message = {.text = "Append"};
		char path[160], block[4096];
		bool there;
		snprintf(path, sizeof(path), "%s/one", folder);
		if (api->open(&repo, folder, &around, &err) || api->begin(&change, repo, &err) ||
		    api->read(change, GIT_COPY_HEAD, "one", 4096, &now[1], &there, &err) ||
		    api->read(change, GIT_COPY_INDEX, "one", 4096, &now[2], &there, &err))
			_exit(1);
		int fd = open(path, O_RDONLY);
		ssize_t n = read(fd, block, sizeof(block));
		close(fd);
		buf_clear(&now[0]);
		buf_add(&now[0], (struct str){block, (size_t)n});
		for (int i = 0; i < 3; i++) {
			buf_clear(&copies[i]);
			buf_add(&copies[i], buf_str(&now[i]));
			buf_printf(&copies[i], "%d.%d\n", writer, round);
		}
		const struct git_file file = {"one", buf_str(&now[0]), buf_str(&copies[0]),
					      buf_str(&copies[1]), buf_str(&copies[2])};
		if (api->commit(change, &file, 1, &message, &outcome, &err))
			_exit(2);
		api->end(change);
		api->close(repo);
	}
	_exit(0);
}

static void test_two_wait_for_each_other(void **state)
{
	(void)state;
	pid_t pids[WRITERS];
	stage_three();
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0)
			append_many(i);
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = 0;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	char expected[64];
	snprintf(expected, sizeof(expected), "%d\n%d\n%d\n%d\n", WRITERS * ROUNDS + 1,
		 WRITERS * ROUNDS + 3, WRITERS * ROUNDS + 2, WRITERS * ROUNDS + 1);
	SAYS(expected, "git rev-list --count HEAD; wc -l <one; git show :one | wc -l; "
		       "git show HEAD:one | wc -l");
	all_is_clean();
}

/* ---- Hooks ---- */

static void test_hook_refuses(void **state)
{
	(void)state;
	struct kith_error err = {0};
	stage_three();
	stage_others();
	SH("printf '#!/bin/sh\\necho not today >&2\\nexit 1\\n' >.git/hooks/pre-commit && "
	   "chmod +x .git/hooks/pre-commit && git ls-files -s >../before");
	assert_int_equal(change_files(&three, 1, false, &err), -1);
	assert_int_equal(err.status, KITH_FAILED);
	assert_non_null(strstr(err.message, "a hook of this repository, refused"));
	assert_true(outcome.written);
	assert_string_equal(outcome.id, "");
	SAYS("kith\none\nstaged\nmine\n", "cat one");
	SH("git ls-files -s | cmp - ../before && rm ../before");
	SAYS("first\n", "git log --format=%%s");
	all_is_clean();
	/* Passed over. */
	const struct git_file again = {"one", three.after, three.after, three.head, three.index};
	err = (struct kith_error){0};
	assert_int_equal(change_files(&again, 1, true, &err), 0);
	SAYS("kith\none\n", "git show HEAD:one");
	SAYS(" A ita\nMM one\nD  people/b.md\nM  two\n?? people/b.md\n?? stray\n",
	     "git status --porcelain");
	all_is_clean();
}

/* ---- As git does it ---- */

/* A file that has CR LF in git keeps them under text=auto (gitattributes(5)): one line changes. */
static void test_line_ends_stay(void **state)
{
	(void)state;
	static const struct git_file line = {"w", TEXT("a\r\nb\r\n"), TEXT("k\r\na\r\nb\r\n"),
					     TEXT("k\r\na\r\nb\r\n"), TEXT("k\r\na\r\nb\r\n")};
	static const struct git_file fresh = {"v", NONE, TEXT("a\r\n"), TEXT("a\r\n"),
					      TEXT("a\r\n")};
	SH("printf 'a\r\nb\r\n' >w && git add w && echo '* text=auto' >.gitattributes && "
	   "git add .gitattributes && git commit -qm w");
	change_well(&line, 1);
	SAYS("1\t0\tw\n", "git show --format= --numstat");
	SAYS("", "git status --porcelain");
	change_well(&fresh, 1);
	SAYS("a\n", "git show HEAD:v");
}

/* git gc takes what is old and belongs to nothing: what a commit is to hold is young. */
static void test_old_objects_are_freshened(void **state)
{
	(void)state;
	static const struct git_file file = {"one", TEXT("one\n"), TEXT("k\n"), TEXT("k\n"),
					     TEXT("k\n")};
	SH("place=.git/objects/$(echo k | git hash-object -w --stdin | sed 's,..,&/,') && "
	   "touch -d 2001-01-01 $place && echo $place >../now");
	change_well(&file, 1);
	SAYS("", "find $(cat ../now) -mtime +1");
	all_is_clean();
}

/* The git program writes what we tell it in UTF-8, whatever else is configured. */
static void test_encoding_of_messages(void **state)
{
	(void)state;
	static const struct git_file file = {"one", TEXT("one\n"), TEXT("k\n"), TEXT("k\n"),
					     TEXT("k\n")};
	SH("git config i18n.commitEncoding ISO-8859-1; "
	   "printf '#!/bin/sh\n' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit");
	change_well(&file, 1);
	SH("git cat-file commit HEAD");
	assert_null(strstr(output, "\nencoding"));
}

/* The git program works in our repository, and not in another one around the work tree. */
static void test_work_tree_elsewhere(void **state)
{
	(void)state;
	static const struct git_file file = {"sub/x", TEXT("x\n"), TEXT("y\n"), TEXT("y\n"),
					     TEXT("y\n")};
	size_t n = strlen(folder);
	SH("git init -q sub && cd sub && echo x >x && git config core.worktree \"$PWD/..\" && "
	   "git add x && git commit -qm inner && mkdir -p .git/hooks && "
	   "printf '#!/bin/sh\n' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; "
	   "mkdir -p ../.git/objects/info; cp -r .git/objects/?? ../.git/objects/");
	memcpy(folder + n, "/sub", sizeof("/sub"));
	change_well(&file, 1);
	SAYS("Do a thing\ninner\n", "git log --format=%%s");
	folder[n] = '\0';
	SAYS("first\n", "git log --format=%%s");
}

/* A lock that git has taken, after somebody removed ours by hand, is not taken away. */
static void test_a_new_lock_stays(void **state)
{
	(void)state;
	struct git_change *change;
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	assert_int_equal(api->begin(&change, repo, &err), 0);
	SH("rm .git/index.lock && >.git/index.lock");
	api->end(change);
	api->close(repo);
	SH("rm .git/index.lock");
	all_is_clean();
}

/* With core.sharedRepository others can go on in what we made. */
static void test_shared(void **state)
{
	(void)state;
	static const struct git_file file = {"one", TEXT("one\n"), TEXT("k\n"), TEXT("k\n"),
					     TEXT("k\n")};
	SH("git config core.sharedRepository group && rm -rf .git/logs && "
	   "chmod -R g+w .git && find .git -type d -exec chmod g+s {} + && "
	   "git checkout -qb some/where");
	around.fsync = true;
	change_well(&file, 1);
	around.fsync = false;
	SAYS("", "find .git -type d ! -perm -2070");
	SAYS("", "find .git -type f ! -path '*/objects/*' ! -perm -0060");
	SAYS("", "find .git/objects -type f ! -perm 0444 ! -perm 0464");
	SH("git config core.sharedRepository 0640; echo one >one; git commit -qam again");
	change_well(&file, 1);
	SAYS("-rw-r-----\n", "ls -l .git/refs/heads/some/where | cut -c1-10");
}

int main(void)
{
	if (repository_load() != 0)
		return 1;
	const struct CMUnitTest tests[] = {
	    TEST(test_three_copies),
	    TEST(test_read),
	    TEST(test_new_and_gone),
	    TEST(test_untracked_is_committed_whole),
	    TEST(test_intent_to_add),
	    TEST(test_staged_deletion),
	    TEST(test_the_index_knows_the_file),
	    TEST(test_extensions_of_the_index),
	    TEST(test_packed),
	    TEST(test_detached),
	    TEST(test_deep_branch),
	    TEST(test_no_reflog),
	    TEST(test_worktree),
	    TEST(test_unborn),
	    TEST(test_what_is_no_file),
	    TEST(test_file_changed),
	    TEST(test_head_moves),
	    TEST(test_branch_is_locked),
	    TEST(test_foreign_locks_stay),
	    TEST(test_git_waits),
	    TEST(test_two_wait_for_each_other),
	    TEST(test_hook_refuses),
	    TEST(test_line_ends_stay),
	    TEST(test_old_objects_are_freshened),
	    TEST(test_encoding_of_messages),
	    TEST(test_work_tree_elsewhere),
	    TEST(test_a_new_lock_stays),
	    TEST(test_shared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
