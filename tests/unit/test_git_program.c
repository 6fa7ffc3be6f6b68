/*
 * What libgit2 cannot do: by the git program (filters, encodings), or refused
 * with what helps (split and sparse indexes, repositories of other formats).
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
	const struct git_message message = {.text = "Note a thing\n"};
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

static void note(void *context, const char *path, enum git_difference what)
{
	buf_printf(context, "%c %s\n", "T?="[what], path);
}

static void reports(const char *expected)
{
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	struct git_repo *repo = repository_open();
	if (api->changed(repo, "", note, &out, &err))
		fail_msg("changed: %s", err.message);
	assert_string_equal(out.p, expected);
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
	reports("");
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
	reports("T people/a.md\n");
}

static void test_filter_in_three_states(void **state)
{
	(void)state;
	struct kith_error err = {0};
	const struct git_message message = {.text = "Three"};
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
	reports("? .gitignore\nT added\nT b\n? stray\n");
	holds("b", STR("b\n"), STR("staged\n"));
	holds("added", STR_NONE, STR_NONE);
	set("added", STR("n\n"));
	SAYS("n\n", "git show HEAD:added");
	struct git_repo *repo = repository_open();
	struct kith_error err = {0};
	assert_int_equal(api->check_known(repo, "x.ign", &err), -1);
	err = (struct kith_error){0};
	assert_int_equal(api->check_known(repo, "b", &err), 0);
	SH("git add -f x.ign");
	assert_int_equal(api->check_known(repo, "x.ign", &err), 0);
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

/* Refused, with a command that makes it plain; what only reads works before that. */
static void plain_index_asked(const char *command)
{
	struct git_change *change = NULL;
	struct kith_error err = {0};
	SH("echo stray >stray && git add -N stray");
	reports("T stray\n");
	blob_is("HEAD:b", "b", STR("b\n"));
	struct git_repo *repo = repository_open();
	assert_int_equal(api->check_known(repo, "b", &err), 0);
	assert_int_equal(api->begin(&change, repo, &err), -1);
	api->close(repo);
	assert_int_equal(err.status, KITH_UNSUPPORTED);
	const char *typed = strstr(err.message, "type: ");
	assert_non_null(typed);
	assert_string_equal(typed + 6, command);
	git_is_content();
	SH("git rm -q --cached stray && rm stray && %s", command);
	stays_and_reports();
}

static void test_split_index(void **state)
{
	(void)state;
	SH("git config core.splitIndex true && git update-index --split-index && "
	   "ls .git/sharedindex.*");
	plain_index_asked("git config core.splitIndex false && git update-index --no-split-index");
}

static void test_sparse_index(void **state)
{
	(void)state;
	SH("git sparse-checkout set --cone --sparse-index people");
	SAYS("b\nfar/\npeople/a.md\n", "git ls-files --sparse");
	plain_index_asked("git sparse-checkout reapply --no-sparse-index");
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

static void open_refused(const char *format, struct kith_error *err)
{
	struct git_repo *repo = NULL;
	*err = (struct kith_error){0};
	assert_int_equal(api->open(&repo, folder, &around, err), -1);
	assert_null(repo);
	assert_int_equal(err->status, KITH_UNSUPPORTED);
	assert_non_null(strstr(err->message, format));
	assert_non_null(strstr(err->message, "`commit: manual` in kith.yaml"));
}

static void test_sha256(void **state)
{
	(void)state;
	struct kith_error err;
	repository_folder();
	SH("git init -q --object-format=sha256");
	open_refused("its objects in the format sha256", &err);
}

static void test_other_formats(void **state)
{
	(void)state;
	struct kith_error err;
	SH("git config -f .git/config core.repositoryFormatVersion 1 && "
	   "git config -f .git/config extensions.refStorage reftable");
	open_refused("its references in the format reftable", &err);
	SH("git config -f .git/config extensions.refStorage files && git config -f .git/config "
	   "extensions.objectFormat sha1");
	api->close(repository_open());
	SH("git config -f .git/config extensions.unheardOf true");
	open_refused("extensions.unheardof", &err);
	SH("git config -f .git/config --unset extensions.unheardOf && "
	   "git config -f .git/config core.repositoryFormatVersion 7");
	open_refused("version 7", &err);
}

static void test_no_program(void **state)
{
	(void)state;
	struct kith_error err = {0};
	char path[4096];
	snprintf(path, sizeof(path), "%s", getenv("PATH"));
	allow_by_hook();
	setenv("PATH", "/nonexistent", 1);
	int rc = set_all("b", STR("bee\n"), &err);
	setenv("PATH", path, 1);
	assert_int_equal(rc, -1);
	assert_non_null(strstr(err.message, "the git program is needed"));
	git_is_content();
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
	    WITH(NULL, test_sha256),
	    WITH(set_up_plain, test_other_formats),
	    WITH(set_up_plain, test_no_program),
	};
	if (repository_load())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
