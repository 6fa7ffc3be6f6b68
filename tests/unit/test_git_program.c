/*
 * What libgit2 cannot do, done by the git program: filters, encodings, split
 * and sparse indexes, and repositories of other formats.
 */
#include "repository.h"

#include <signal.h>
#include <time.h>

static struct git_outcome outcome;

static void read_file(struct buf *out, const char *path)
{
	char place[256], block[4096];
	snprintf(place, sizeof(place), "%s/%s", folder, path);
	buf_clear(out);
	FILE *file = fopen(place, "r");
	assert_non_null(file);
	for (size_t n; (n = fread(block, 1, sizeof(block), file)) > 0;)
		buf_add(out, (struct str){block, n});
	fclose(file);
}

static struct git_change *begin(struct git_repo *repo)
{
	struct git_change *change = NULL;
	struct kith_error err = {0};
	if (api->begin(&change, repo, &err) != 0)
		fail_msg("begin: %s", err.message);
	return change;
}

static void git_is_content(void)
{
	SAYS("", "git fsck --strict --no-dangling --no-progress");
	SAYS("", "ls -A .git | grep -i -e kith -e lock || :");
}

/* The whole of a file becomes that text, on disk, in HEAD and in the index. */
static int set_all(const char *path, struct str text, struct kith_error *err)
{
	const struct git_message message = {"Note a thing\n", false};
	struct buf now;
	char place[256];
	buf_init(&now, 0);
	snprintf(place, sizeof(place), "%s/%s", folder, path);
	bool there = access(place, F_OK) == 0;
	if (there)
		read_file(&now, path);
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	struct git_file file = {.path = path,
				.before = there ? buf_str(&now) : STR_NONE,
				.after = text,
				.head = text,
				.index = text};
	int rc = api->commit(change, &file, 1, &message, &outcome, err);
	api->end(change);
	api->close(repo);
	buf_release(&now);
	return rc;
}

static void set(const char *path, struct str text)
{
	struct kith_error err = {0};
	if (set_all(path, text, &err) != 0)
		fail_msg("commit: %s", err.message);
	assert_true(outcome.written);
	git_is_content();
}

/* What both copies hold, as they would stand on disk. */
static void holds(const char *path, struct str head, struct str index)
{
	struct buf out;
	bool there = true;
	struct kith_error err = {0};
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	for (int i = 0; i < 2; i++) {
		struct str expected = i == 0 ? head : index;
		enum git_copy copy = i == 0 ? GIT_COPY_HEAD : GIT_COPY_INDEX;
		if (api->read(change, copy, path, 4096, &out, &there, &err) != 0)
			fail_msg("read: %s", err.message);
		assert_int_equal(there, expected.p != NULL);
		assert_true(str_eq(buf_str(&out), expected));
	}
	assert_int_equal(api->read(change, GIT_COPY_HEAD, "../x", 9, &out, &there, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	api->end(change);
	api->close(repo);
	buf_release(&out);
}

static void note(void *context, const char *path, bool tracked)
{
	buf_printf(context, "%s %s\n", tracked ? "T" : "?", path);
}

/* `changed` and `pending` of everything. */
static void reports(const char *expected, size_t changed, size_t untracked)
{
	struct buf out;
	struct git_pending pending;
	struct kith_error err = {0};
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	if (api->changed(repo, "", note, &out, &err) || api->pending(repo, "", &pending, &err))
		fail_msg("changed: %s", err.message);
	assert_string_equal(out.p, expected);
	assert_int_equal(pending.changed, changed);
	assert_int_equal(pending.untracked, untracked);
	api->close(repo);
	buf_release(&out);
}

static void blob_is(const char *name, const char *path, struct str expected)
{
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	SH("git rev-parse '%s' | tr -d '\\n'", name);
	struct git_repo *repo = repository_open();
	if (api->blob(repo, output, path, expected.n, &out, &err) != 0)
		fail_msg("blob: %s", err.message);
	assert_true(str_eq(buf_str(&out), expected));
	if (expected.n > 0)
		assert_int_equal(api->blob(repo, output, path, expected.n - 1, &out, &err), -1);
	assert_int_equal(err.status, expected.n > 0 ? KITH_INVALID : KITH_OK);
	api->close(repo);
	buf_release(&out);
}

/* ---- Filters ---- */

#define ROT "tr a-zA-Z n-za-mN-ZA-M"

static int set_up_filter(void **state)
{
	repository_init(state);
	SH("git config filter.rot.clean '" ROT "' && git config filter.rot.smudge '" ROT "' && "
	   "echo '*.md filter=rot' >.gitattributes && mkdir people && printf 'one\\ntwo\\n' "
	   ">people/a.md && echo plain >b && git add . && git commit -qm first");
	return 0;
}

static void test_filter(void **state)
{
	(void)state;
	SAYS("bar\ngjb\n", "git cat-file blob HEAD:people/a.md");
	holds("people/a.md", STR("one\ntwo\n"), STR("one\ntwo\n"));
	SH("touch -d @1700000000 people/a.md");
	reports("", 0, 0);
	set("people/a.md", STR("one\nmore\ntwo\n"));
	SAYS("", "git status --porcelain");
	SAYS("bar\nzber\ngjb\n", "git cat-file blob HEAD:people/a.md");
	SAYS("people/a.md\n", "git show --format= --name-only");
	set("people/new.md", STR("fresh\n"));
	SAYS("", "git status --porcelain");
	SAYS("serfu\n", "git cat-file blob HEAD:people/new.md");
	SAYS("fresh\n", "cat people/new.md");
	blob_is("HEAD:people/a.md", "people/a.md", STR("one\nmore\ntwo\n"));
	blob_is("HEAD~1:people/a.md", "people/a.md", STR("one\nmore\ntwo\n"));
	blob_is("HEAD:b", "b", STR("plain\n"));
	SH("echo x >>people/a.md");
	reports("T people/a.md\n", 1, 0);
}

static void test_filter_in_three_states(void **state)
{
	(void)state;
	struct kith_error err = {0};
	const struct git_message message = {"Three", false};
	SH("printf 'one\\ntwo\\nstaged\\n' >people/a.md && git add people/a.md && "
	   "printf 'one\\ntwo\\nstaged\\nmine\\n' >people/a.md");
	struct git_file file = {"people/a.md", STR("one\ntwo\nstaged\nmine\n"),
				STR("K\none\ntwo\nstaged\nmine\n"), STR("K\none\ntwo\n"),
				STR("K\none\ntwo\nstaged\n")};
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	assert_int_equal(api->commit(change, &file, 1, &message, &outcome, &err), 0);
	api->end(change);
	api->close(repo);
	git_is_content();
	SAYS("X\nbar\ngjb\n", "git cat-file blob HEAD:people/a.md");
	SAYS("X\nbar\ngjb\nfgntrq\n", "git cat-file blob :people/a.md");
	SAYS("K\none\ntwo\nstaged\nmine\n", "cat people/a.md");
	SAYS("MM people/a.md\n", "git status --porcelain");
}

static void test_filter_required(void **state)
{
	(void)state;
	struct kith_error err = {0};
	SH("git config filter.rot.required true && git config filter.rot.clean 'echo no key >&2; "
	   "false' && git rev-parse HEAD >../before");
	assert_int_equal(set_all("people/a.md", STR("secret\n"), &err), -1);
	assert_int_equal(err.status, KITH_FAILED);
	assert_non_null(strstr(err.message, "people/a.md"));
	assert_non_null(strstr(err.message, "no key"));
	assert_non_null(strstr(err.message, "clean filter 'rot' failed"));
	assert_false(outcome.written);
	assert_string_equal(outcome.id, "");
	git_is_content();
	SH("git rev-parse HEAD | cmp - ../before && rm ../before");
	SAYS("one\ntwo\n", "cat people/a.md");
	/* One that only shows: nothing can be read. */
	SH("git config filter.rot.smudge 'echo locked >&2; false'");
	struct buf out;
	bool there;
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	err = (struct kith_error){0};
	assert_int_equal(api->read(change, GIT_COPY_HEAD, "people/a.md", 99, &out, &there, &err),
			 -1);
	assert_non_null(strstr(err.message, "locked"));
	api->end(change);
	api->close(repo);
	buf_release(&out);
}

static void test_filter_with_a_hook(void **state)
{
	SH("printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit && chmod +x "
	   ".git/hooks/pre-commit");
	test_filter(state);
}

static void test_filter_not_configured(void **state)
{
	(void)state;
	SH("git config --remove-section filter.rot");
	set("people/a.md", STR("plain\n"));
	SAYS("plain\n", "git cat-file blob HEAD:people/a.md");
	SAYS("", "git status --porcelain");
}

static void test_filter_of_large_files(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text, 0);
	for (int i = 0; i < 300000; i++)
		buf_addz(&text, "abcdefgh\n");
	set("people/a.md", buf_str(&text));
	SAYS("2700000 nopqrstu\n",
	     "echo $(git cat-file blob HEAD:people/a.md | wc -c) $(git cat-file blob "
	     "HEAD:people/a.md | sort -u)");
	blob_is("HEAD:people/a.md", "people/a.md", buf_str(&text));
	buf_release(&text);
}

static void test_encoding(void **state)
{
	(void)state;
	SH("echo '*.txt text working-tree-encoding=UTF-16LE eol=crlf' >.gitattributes && git add "
	   ".gitattributes && git commit -qm attributes");
	set("n.txt", STR("h\0i\0\r\0\n\0"));
	SAYS("hi\n", "git cat-file blob HEAD:n.txt");
	SAYS("", "git status --porcelain");
	holds("n.txt", STR("h\0i\0\r\0\n\0"), STR("h\0i\0\r\0\n\0"));
	blob_is("HEAD:n.txt", "n.txt", STR("h\0i\0\r\0\n\0"));
	struct kith_error err = {0};
	assert_int_equal(set_all("n.txt", STR("odd"), &err), -1);
	assert_non_null(strstr(err.message, "n.txt"));
	git_is_content();
}

static void test_ident(void **state)
{
	(void)state;
	SH("echo '*.i ident' >.gitattributes && git add . && git commit -qm attributes");
	set("x.i", STR("$Id: 123 $\ny\n"));
	SAYS("$Id$\ny\n", "git cat-file blob HEAD:x.i");
	SAYS("", "git status --porcelain");
}

/* ---- Indexes ---- */

static void stays_and_reports(void)
{
	SH("echo staged >b && git add b && echo stray >stray && echo '*.ign' >.gitignore && "
	   "echo i >x.ign && echo n >added && git add -N added");
	set("people/a.md", STR("uno\n"));
	SAYS("b\nuno\n", "git show HEAD:b HEAD:people/a.md");
	SAYS("people/a.md\n", "git show --format= --name-only");
	SAYS(" A added\n?? .gitignore\n?? stray\nM  b\n", "git status --porcelain | LC_ALL=C sort");
	reports("? .gitignore\nT added\nT b\n? stray\n", 2, 2);
	holds("b", STR("b\n"), STR("staged\n"));
	holds("added", STR_NONE, STR_NONE);
	set("added", STR("n\n"));
	SAYS("n\n", "git show HEAD:added");
	struct git_repo *repo = repository_open();
	struct kith_error err = {0};
	assert_true(api->ignored(repo, "x.ign"));
	assert_false(api->ignored(repo, "b"));
	SH("git add -f x.ign");
	assert_false(api->ignored(repo, "x.ign"));
	api->close(repo);
	assert_int_equal(set_all("y.ign", STR("no\n"), &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	assert_non_null(strstr(err.message, "ignores"));
	git_is_content();
}

static int set_up_plain(void **state)
{
	repository_init(state);
	SH("mkdir people far && echo a >people/a.md && echo b >b && echo f >far/f && git add . && "
	   "git commit -qm first");
	return 0;
}

static void test_split_index(void **state)
{
	(void)state;
	SH("git config core.splitIndex true && git update-index --split-index && "
	   "ls .git/sharedindex.*");
	stays_and_reports();
}

static void test_sparse_index(void **state)
{
	(void)state;
	SH("git sparse-checkout set --cone --sparse-index people");
	SAYS("b\nfar/\npeople/a.md\n", "git ls-files --sparse");
	stays_and_reports();
	SAYS("S far/f\n", "git ls-files -v far");
	SH("test ! -e far");
}

static void allow_by_hook(void)
{
	SH("printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit && chmod +x "
	   ".git/hooks/pre-commit");
}

static void test_split_index_with_a_hook(void **state)
{
	allow_by_hook();
	test_split_index(state);
}

static void test_sparse_index_with_a_hook(void **state)
{
	allow_by_hook();
	test_sparse_index(state);
}

static void test_worktree_config(void **state)
{
	(void)state;
	SH("git config core.repositoryFormatVersion 1 && git config extensions.worktreeConfig true "
	   "&& git config --worktree user.name 'Work Tree'");
	stays_and_reports();
	SAYS("Work Tree\n", "git log -1 --format=%%an");
}

static void test_partial_clone(void **state)
{
	(void)state;
	SH("git config uploadpack.allowFilter true && echo more >>far/f && git commit -qam second "
	   "&& "
	   "git clone -q --no-checkout --filter=blob:none \"file://$PWD\" ../clone");
	snprintf(folder, sizeof(folder), "%s/clone", base);
	SH("git rev-list --objects --missing=print HEAD | grep -q '^?'");
	blob_is("HEAD~1:far/f", "far/f", STR("f\n"));
	SH("git checkout -q main && rm .git/objects/pack/*.idx && ls .git/objects/pack/*.pack | "
	   "xargs -n 1 git index-pack >/dev/null");
	holds("b", STR("b\n"), STR("b\n"));
	set("people/a.md", STR("uno\n"));
	SAYS("", "git status --porcelain");
}

/* ---- Another format ---- */

static int set_up_sha256(void **state)
{
	(void)state;
	repository_folder();
	SH("git init -q --object-format=sha256");
	return 0;
}

static int set_up_sha256_history(void **state)
{
	set_up_sha256(state);
	SH("mkdir people far && echo a >people/a.md && echo b >b && echo f >far/f && git add . && "
	   "git commit -qm first");
	return 0;
}

static void test_sha256(void **state)
{
	(void)state;
	struct kith_error err = {0};
	stays_and_reports();
	SH("git rev-parse HEAD | tr -d '\\n'");
	assert_int_equal(strlen(output), 64);
	assert_string_equal(output, outcome.id[0] ? outcome.id : output);
	set("people/deep/b.md", STR("x\n"));
	SH("printf %%s \"$(git rev-parse HEAD)\"");
	assert_string_equal(outcome.id, output);
	SAYS("Ann Lee <ann@example.org> 1764000000 +0130\n"
	     "Ann Lee <ann@example.org> 1764000000 +0130\nNote a thing\n\n",
	     "git log -1 --date=raw --format='%%an <%%ae> %%ad%%n%%cn <%%ce> %%cd%%n%%B'");
	/* A removal; and nothing to commit. */
	set("people/a.md", STR_NONE);
	SAYS("D\tpeople/a.md\n", "git show --format= --name-status");
	SH("test ! -e people/a.md; git rev-parse HEAD >../before");
	set("b", STR("b\n"));
	assert_string_equal(outcome.id, "");
	SH("git rev-parse HEAD | cmp - ../before && rm ../before");
	/* Not what was read. */
	const struct git_message message = {"Never", false};
	const struct git_file files[] = {{"far/g", STR_NONE, STR("g\n"), STR("g\n"), STR("g\n")},
					 {"far/f", STR("x\n"), STR("y\n"), STR("y\n"), STR("y\n")}};
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	assert_int_equal(api->commit(change, files, 2, &message, &outcome, &err), -1);
	assert_int_equal(err.status, KITH_CHANGED);
	assert_false(outcome.written);
	api->end(change);
	SAYS("f\n", "cat far/* ");
	const struct git_file twice[] = {files[0], files[0]};
	err = (struct kith_error){0};
	change = begin(repo);
	assert_int_equal(api->commit(change, twice, 2, &message, &outcome, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	api->end(change);
	api->close(repo);
	git_is_content();
}

static void test_sha256_unborn(void **state)
{
	(void)state;
	SH("echo staged >staged && git add staged");
	holds("one", STR_NONE, STR_NONE);
	set("one", STR("uno\n"));
	SAYS("A  staged\n", "git status --porcelain");
	SAYS("1\n", "git rev-list --count HEAD");
}

static void test_sha256_flags_and_filters(void **state)
{
	(void)state;
	SH("git update-index --assume-unchanged b && git update-index --skip-worktree far/f && "
	   "git update-index --chmod=+x b");
	set("b", STR("bee\n"));
	SAYS("h b\nS far/f\nH people/a.md\n", "git ls-files -v");
	SAYS("100755\n100644\n", "git ls-files -s b | cut -c1-6; git ls-tree HEAD b | cut -c1-6");
	SH("git config filter.rot.clean '" ROT "' && git config filter.rot.smudge '" ROT "' && "
	   "echo '*.md filter=rot' >.gitattributes");
	set("people/a.md", STR("one\n"));
	SAYS("bar\n", "git cat-file blob HEAD:people/a.md");
	blob_is("HEAD:people/a.md", "people/a.md", STR("one\n"));
}

static void test_sha256_hooks(void **state)
{
	(void)state;
	struct kith_error err = {0};
	SH("printf '#!/bin/sh\\necho not today >&2\\nexit 1\\n' >.git/hooks/pre-commit && "
	   "chmod +x .git/hooks/pre-commit && git rev-parse HEAD >../before");
	assert_int_equal(set_all("b", STR("bee\n"), &err), -1);
	assert_int_equal(err.status, KITH_FAILED);
	assert_non_null(strstr(err.message, "not today"));
	assert_true(outcome.written);
	git_is_content();
	SAYS(" M b\n", "git status --porcelain");
	SH("git rev-parse HEAD | cmp - ../before && rm ../before");
	SH("git checkout -q b");
	const struct git_message message = {"Pass over", true};
	const struct git_file file = {"b", STR("b\n"), STR("bee\n"), STR("bee\n"), STR("bee\n")};
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	err = (struct kith_error){0};
	assert_int_equal(api->commit(change, &file, 1, &message, &outcome, &err), 0);
	api->end(change);
	api->close(repo);
	SAYS("", "git status --porcelain");
	/* One that leaves a program behind. */
	SH("printf '#!/bin/sh\\nsleep 5 &\\n' >.git/hooks/pre-commit");
	time_t start = time(NULL);
	set("b", STR("bees\n"));
	assert_true(time(NULL) - start < 5);
}

static void test_sha256_hook_edits(void **state)
{
	(void)state;
	/* What a hook does to the file that is committed, and to others, is in the index, too. */
	SH("printf '#!/bin/sh\necho signed >>b\necho l >log\n"
	   "git rm -q --cached people/a.md\ngit add b log\n' >.git/hooks/pre-commit && chmod +x "
	   ".git/hooks/pre-commit && echo staged >far/f && git add far/f");
	set("b", STR("bee\n"));
	SAYS("bee\nsigned\n", "git show HEAD:b");
	SAYS("M  far/f\n?? people/\n", "git status --porcelain");
}

/* A hook ends the process that asked git for the commit: what is begun is finished. */
static void killed_by(const char *hook, int status_of_hook)
{
	SH("printf '#!/bin/sh\nkill -9 $(sed -n s/^PPid:.//p /proc/$PPID/status)\nexit %d\n' "
	   ">.git/hooks/%s && "
	   "chmod +x .git/hooks/%s && echo staged >far/f && git add far/f",
	   status_of_hook, hook, hook);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct kith_error err = {0};
		set_all("b", STR("bee\n"), &err);
		_exit(0);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	SH("rm .git/hooks/%s; sleep 1", hook);
	SH("test -h .git/index.lock -a -f .git/kith-record");
	SAYS("bee\n", "cat b");
}

static void recovers(const char *words)
{
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	assert_non_null(api->recovered(change));
	assert_non_null(strstr(api->recovered(change), words));
	api->end(change);
	change = begin(repo);
	assert_null(api->recovered(change));
	api->end(change);
	api->close(repo);
	git_is_content();
}

static void test_sha256_killed(void **state)
{
	(void)state;
	killed_by("pre-commit", 1);
	SAYS("1\n", "git rev-list --count HEAD");
	recovers("finished an earlier change that was cut off: Note a thing");
	SAYS("bee\n", "git show HEAD:b");
	SAYS("M  far/f\n", "git status --porcelain");
}

static void test_sha256_killed_later(void **state)
{
	(void)state;
	killed_by("post-commit", 0);
	SAYS("2\n", "git rev-list --count HEAD");
	recovers("finished an earlier change that was cut off: Note a thing");
	SAYS("2\n", "git rev-list --count HEAD");
	SAYS("M  far/f\n", "git status --porcelain");
}

static void test_sha256_killed_and_moved(void **state)
{
	(void)state;
	killed_by("pre-commit", 1);
	SH("rm .git/index.lock; echo c >c && git add c && git commit -qm more -- c");
	recovers("others have committed since");
	SAYS("2\n", "git rev-list --count HEAD");
	SAYS(" M b\nM  far/f\n", "git status --porcelain");
}

static void test_sha256_killed_and_taken_back(void **state)
{
	(void)state;
	killed_by("pre-commit", 1);
	SH("rm .git/index.lock; git checkout -q -- b 2>/dev/null || rm b");
	recovers("nothing of it was done: Note a thing");
	SAYS("1\n", "git rev-list --count HEAD");
	SAYS("M  far/f\n", "git status --porcelain");
}

static void test_sha256_killed_and_on_another_branch(void **state)
{
	(void)state;
	killed_by("pre-commit", 1);
	SH("rm .git/index.lock; git checkout -qb side");
	recovers("another branch is here now");
	SAYS("1\n", "git rev-list --count HEAD");
	SAYS("bee\n", "cat b");
}

static void test_sha256_killed_and_edited(void **state)
{
	(void)state;
	killed_by("post-commit", 0);
	SH("git show HEAD~1:b >b");
	recovers("finished an earlier change that was cut off: Note a thing");
	SAYS(" M b\nM  far/f\n", "git status --porcelain");
}

static void test_sha256_killed_and_pruned(void **state)
{
	(void)state;
	killed_by("pre-commit", 1);
	SH("git prune --expire=now");
	recovers("cut off");
	SAYS("1\n", "git rev-list --count HEAD");
	SAYS("bee\n", "cat b");
}

static void test_sha256_refusals(void **state)
{
	(void)state;
	struct git_change *change = NULL;
	struct kith_error err = {0};
	SH("git checkout -qb side && echo s >b && git commit -qam side && git checkout -q main && "
	   "echo m >b && git commit -qam main && ! git merge -q side");
	struct git_repo *repo = repository_open();
	assert_int_equal(api->state(repo), GIT_MERGING);
	assert_int_equal(api->begin(&change, repo, &err), -1);
	assert_non_null(strstr(err.message, "a merge"));
	SH("rm .git/MERGE_HEAD .git/MERGE_MSG .git/MERGE_MODE");
	err = (struct kith_error){0};
	assert_int_equal(api->begin(&change, repo, &err), -1);
	assert_non_null(strstr(err.message, "conflicts"));
	SH("git reset -q --hard && >.git/index.lock");
	err = (struct kith_error){0};
	assert_int_equal(api->begin(&change, repo, &err), -1);
	assert_int_equal(err.status, KITH_BUSY);
	SH("rm .git/index.lock");
	api->close(repo);
	git_is_content();
}

static void test_no_program(void **state)
{
	(void)state;
	struct git_change *change = NULL;
	struct kith_error err = {0};
	char path[4096];
	snprintf(path, sizeof(path), "%s", getenv("PATH"));
	struct git_repo *repo = repository_open();
	setenv("PATH", "/nonexistent", 1);
	int rc = api->begin(&change, repo, &err);
	setenv("PATH", path, 1);
	assert_int_equal(rc, -1);
	assert_non_null(strstr(err.message, "the git program is needed"));
	api->close(repo);
	git_is_content();
}

static void test_sha256_in_a_work_tree(void **state)
{
	(void)state;
	SH("git worktree add -q ../work -b side");
	snprintf(folder, sizeof(folder), "%s/work", base);
	SH("echo staged >far/f && git add far/f");
	const struct git_message message = {"There", false};
	const struct git_file file = {"b", STR("b\n"), STR("bee\n"), STR("bee\n"), STR("bee\n")};
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	struct git_change *change = begin(repo);
	assert_int_equal(api->commit(change, &file, 1, &message, &outcome, &err), 0);
	api->end(change);
	api->close(repo);
	SAYS("M  far/f\n", "git status --porcelain");
	SAYS("There\nfirst\n", "git log --format=%%s side");
	snprintf(folder, sizeof(folder), "%s/repo", base);
	SAYS("", "git status --porcelain");
	SAYS("first\n", "git log --format=%%s");
	git_is_content();
}

static bool tell(void *context, const struct git_commit_info *commit)
{
	struct buf *out = context;
	buf_printf(out, "commit %s %s %zu %s <%s> %lld %d %s", commit->id, commit->parent,
		   commit->parents, commit->author, commit->email, (long long)commit->time,
		   commit->zone, commit->message);
	for (size_t i = 0; i < commit->count; i++)
		buf_printf(out, "%.4s %.4s %s%s%s\n", commit->deltas[i].before,
			   commit->deltas[i].after,
			   commit->deltas[i].from_path ? commit->deltas[i].from_path : "",
			   commit->deltas[i].from_path ? " -> " : "", commit->deltas[i].path);
	return strstr(commit->message, "stop") == NULL;
}

static void walks(struct buf *out, const struct git_walk *how)
{
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	buf_clear(out);
	if (api->walk(repo, how, tell, out, &err) != 0)
		fail_msg("walk: %s", err.message);
	api->close(repo);
}

/* The same history in both formats, told by both ways; only names of objects differ. */
static void tell_history(struct buf *out, const char *format, const struct git_walk *how)
{
	SH("rm -rf .git * && git init -q --object-format=%s", format);
	SH("t=1600000000; c() { t=$((t + 60)); export GIT_AUTHOR_DATE=\"@$t +0230\" "
	   "GIT_COMMITTER_DATE=\"@$t +0230\"; git add -A && git commit -qm \"$1\"; };"
	   "mkdir -p people notes; seq 30 >people/old.md; echo n >notes/n; c first;"
	   "git mv people/old.md people/new.md; echo 31 >>people/new.md; c "
	   "\"ren\"\"ame\n\nbody\n\n:x\";"
	   "git checkout -qb side; echo s >s; c side; git checkout -q main; echo m >notes/m; c "
	   "main;"
	   "t=$((t + 60)); export GIT_COMMITTER_DATE=\"@$t +0230\" GIT_AUTHOR_DATE=\"@$t +0230\";"
	   "git merge -qm merge side; git checkout -qb other HEAD~1; echo o >s2; echo o >notes/n; "
	   "c other; git checkout -q main; echo p >notes/n; c main2; t=$((t + 60)); "
	   "export GIT_COMMITTER_DATE=\"@$t +0230\"; ! git merge -q other >/dev/null; "
	   "echo both >notes/n; c evil; git rm -q s; c gone; git commit -q --allow-empty -m none");
	walks(out, how);
	/* Each name by the turn it comes up. */
	char known[64][5] = {{0}};
	struct buf plain;
	buf_init(&plain, 0);
	for (size_t i = 0; i < out->n;) {
		size_t n = 0;
		while (i + n < out->n && strchr("0123456789abcdef", out->p[i + n]))
			n++;
		bool start = i == 0 || out->p[i - 1] == ' ' || out->p[i - 1] == '\n';
		if (start && (n == 40 || n == 64 || n == 4)) {
			size_t k = 0;
			while (known[k][0] && strncmp(known[k], out->p + i, 4) != 0)
				k++;
			assert_true(k < 63);
			memcpy(known[k], out->p + i, 4);
			buf_printf(&plain, "#%zu", k);
			i += n;
		} else {
			buf_addc(&plain, out->p[i++]);
		}
	}
	buf_clear(out);
	buf_add(out, buf_str(&plain));
	buf_release(&plain);
}

static void test_sha256_walk(void **state)
{
	(void)state;
	static const char *const people[] = {"people/", "s"};
	static const char *const all[] = {""};
	static const struct git_walk hows[] = {
	    {.from = NULL},
	    {.from = "HEAD~2", .renames = true},
	    {.folders = people, .folders_count = 2, .renames = true},
	    {.folders = all, .folders_count = 1, .renames = true},
	};
	struct buf one, two;
	buf_init(&one, 0);
	buf_init(&two, 0);
	for (size_t i = 0; i < ARRAY_LEN(hows); i++) {
		tell_history(&one, "sha1", &hows[i]);
		tell_history(&two, "sha256", &hows[i]);
		assert_string_equal(one.p, two.p);
		assert_non_null(strstr(one.p, "rename\n\nbody\n\n:x\n"));
		assert_non_null(strstr(one.p, "1600000060 150 first\n"));
		if (hows[i].renames)
			assert_non_null(strstr(two.p, "people/old.md -> people/new.md"));
	}
	SH("git commit -q --allow-empty -m stop && git commit -q --allow-empty -m last");
	walks(&two, &(struct git_walk){0});
	assert_null(strstr(two.p, "none"));
	assert_non_null(strstr(two.p, "stop"));
	SH("git checkout -q --orphan fresh");
	walks(&two, &(struct git_walk){0});
	assert_string_equal(two.p, "");
	buf_release(&one);
	buf_release(&two);
}

static void test_sha256_find(void **state)
{
	(void)state;
	static const char *const bad[] = {"nobody", "HEAD:b", "HEAD~99", "",
					  "-x",     "^HEAD",  "HEAD..",  "HEAD^{tree}"};
	char id[GIT_ID_SIZE], expected[GIT_ID_SIZE];
	struct kith_error err = {0};
	SH("git commit -q --allow-empty -m second && git tag -a -m tag v1 HEAD~1 && "
	   "printf %%s $(git rev-parse HEAD~1)");
	snprintf(expected, sizeof(expected), "%.64s", output);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->find(repo, "HEAD~1", id, &err), 0);
	assert_string_equal(id, expected);
	assert_int_equal(api->find(repo, "v1", id, &err), 0);
	assert_string_equal(id, expected);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		err = (struct kith_error){0};
		assert_int_equal(api->find(repo, bad[i], id, &err), -1);
		assert_int_equal(err.status, KITH_NOT_FOUND);
		assert_string_equal(id, "");
	}
	struct buf out;
	buf_init(&out, 0);
	err = (struct kith_error){0};
	assert_int_equal(api->blob(repo, expected, "x", 99, &out, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	memset(expected, 'a', 64);
	err = (struct kith_error){0};
	assert_int_equal(api->blob(repo, expected, "x", 99, &out, &err), -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	buf_release(&out);
	api->close(repo);
}

#define WITH(set_up, test) cmocka_unit_test_setup_teardown(test, set_up, repository_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH(set_up_filter, test_filter),
	    WITH(set_up_filter, test_filter_in_three_states),
	    WITH(set_up_filter, test_filter_required),
	    WITH(set_up_filter, test_filter_with_a_hook),
	    WITH(set_up_filter, test_filter_not_configured),
	    WITH(set_up_filter, test_filter_of_large_files),
	    WITH(set_up_plain, test_encoding),
	    WITH(set_up_plain, test_ident),
	    WITH(set_up_plain, test_split_index),
	    WITH(set_up_plain, test_sparse_index),
	    WITH(set_up_plain, test_split_index_with_a_hook),
	    WITH(set_up_plain, test_sparse_index_with_a_hook),
	    WITH(set_up_plain, test_worktree_config),
	    WITH(set_up_plain, test_partial_clone),
	    WITH(set_up_sha256_history, test_sha256),
	    WITH(set_up_sha256, test_sha256_unborn),
	    WITH(set_up_sha256_history, test_sha256_flags_and_filters),
	    WITH(set_up_sha256_history, test_sha256_hooks),
	    WITH(set_up_sha256_history, test_sha256_hook_edits),
	    WITH(set_up_sha256_history, test_sha256_killed),
	    WITH(set_up_sha256_history, test_sha256_killed_later),
	    WITH(set_up_sha256_history, test_sha256_killed_and_moved),
	    WITH(set_up_sha256_history, test_sha256_killed_and_taken_back),
	    WITH(set_up_sha256_history, test_sha256_killed_and_on_another_branch),
	    WITH(set_up_sha256_history, test_sha256_killed_and_edited),
	    WITH(set_up_sha256_history, test_sha256_killed_and_pruned),
	    WITH(set_up_sha256_history, test_sha256_refusals),
	    WITH(set_up_sha256_history, test_no_program),
	    WITH(set_up_sha256_history, test_sha256_in_a_work_tree),
	    WITH(set_up_sha256, test_sha256_walk),
	    WITH(set_up_sha256_history, test_sha256_find),
	};
	if (repository_load())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
