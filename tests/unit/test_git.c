/*
 * Commits of given paths, checked against the git program in repositories of
 * its making. KITH_GIT_MODULE names the module; build/kith-git.so otherwise.
 */
#include "repository.h"

#include <sys/stat.h>

/* One commit with three files. */
static int set_up_history(void **state)
{
	repository_init(state);
	SH("mkdir -p people && echo one >one && echo two >two && echo a >people/a.md && "
	   "git add . && git commit -qm first");
	return 0;
}

static struct git_repo *open_at(const char *path)
{
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	if (api->open(&repo, path, &around, &err) != 0)
		fail_msg("open: %s", err.message);
	return repo;
}

static struct git_outcome outcome;
static char recovered[512]; /* what the last `begin` had to tell */

/* One change, from begin to end. */
static int change_in(struct git_repo *repo, const struct git_file *files, size_t count,
		     const char *text, struct kith_error *err)
{
	struct git_change *change;
	const struct git_message message = {.text = text};
	recovered[0] = '\0';
	if (api->begin(&change, repo, err) != 0)
		return -1;
	if (api->recovered(change))
		snprintf(recovered, sizeof(recovered), "%s", api->recovered(change));
	int rc = api->commit(change, files, count, &message, &outcome, err);
	api->end(change);
	return rc;
}

/* A file that holds what is to be committed. */
static struct git_file as_it_is(const char *path, struct str bytes)
{
	return (struct git_file){path, bytes, bytes, bytes, bytes};
}

static int commit_bytes(const char *path, struct str bytes, struct kith_error *err)
{
	const struct git_file file = as_it_is(path, bytes);
	struct git_repo *repo = open_at(folder);
	int rc = change_in(repo, &file, 1, "Note a thing", err);
	api->close(repo);
	return rc;
}

static void commit(const char *path, const char *text)
{
	struct kith_error err = {0};
	if (commit_bytes(path, str_of(text), &err) != 0)
		fail_msg("commit: %s", err.message);
	SAYS("", "git fsck --strict --no-dangling --no-progress");
	SAYS("", "find .git | grep -i -e kith -e lock || :");
}

static void commit_fails(const char *path, enum kith_status status, const char *words)
{
	char before[sizeof(output)];
	struct kith_error err = {0};
	SH("git rev-parse -q --verify HEAD; git status --porcelain; git ls-files -sv; exit 0");
	memcpy(before, output, sizeof(before));
	assert_int_equal(commit_bytes(path, STR("never\n"), &err), -1);
	if (err.status != status || !strstr(err.message, words))
		fail_msg("'%s' (%d) is not in: %s (%d)", words, (int)status, err.message,
			 (int)err.status);
	SH("git rev-parse -q --verify HEAD; git status --porcelain; git ls-files -sv; exit 0");
	assert_string_equal(before, output);
	SAYS("", "ls .git | grep kith || :");
}

/* Writes the file, too, as a user's edit or kith would. */
static void write_and_commit(const char *path, const char *text)
{
	SH("printf '%%s' '%s' >'%s'", text, path);
	commit(path, text);
}

static void test_plain(void **state)
{
	(void)state;
	write_and_commit("one", "uno\n");
	SAYS("", "git status --porcelain");
	SAYS("one\n", "git show --format= --name-only");
	SAYS("Ann Lee <ann@example.org> 1764000000 +0130\n"
	     "Ann Lee <ann@example.org> 1764000000 +0130\nNote a thing\n\n",
	     "git log -1 --date=raw --format='%%an <%%ae> %%ad%%n%%cn <%%ce> %%cd%%n%%B'");
	SH("git rev-parse HEAD | tr -d '\\n'");
	assert_string_equal(output, outcome.id);
	SAYS("commit: Note a thing\n", "git reflog -1 --format=%%gs");
	SAYS("uno\n", "git show HEAD:one");
}

static void test_subfolder_and_new_file(void **state)
{
	(void)state;
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	char place[160];
	snprintf(place, sizeof(place), "%s/people", folder);
	assert_int_equal(api->open(&repo, place, &around, &err), 0);
	snprintf(place, sizeof(place), "%s/", folder);
	assert_string_equal(api->workdir(repo), place);
	api->close(repo);
	SH("mkdir -p people/far/away");
	write_and_commit("people/far/away/ünï cødé.md", "x\n");
	SAYS("", "git status --porcelain");
	SAYS("people/far/away/ünï cødé.md\n",
	     "git -c core.quotePath=no show --format= --name-only");
}

static void test_several_files(void **state)
{
	(void)state;
	struct kith_error err = {0};
	const struct git_file files[] = {
	    as_it_is("two", STR("zwei\n")),
	    as_it_is("one", STR_NONE),
	    as_it_is("people/b.md", STR("")),
	    as_it_is("people/a.md", STR("a\n")),
	};
	SH("git config core.logAllRefUpdates true && rm one && echo zwei >two && >people/b.md");
	struct git_repo *repo = open_at(folder);
	assert_int_equal(change_in(repo, files, 4, "Several", &err), 0);
	SAYS("", "git status --porcelain");
	SAYS("D\tone\nA\tpeople/b.md\nM\ttwo\n", "git show --format= --name-status --no-renames");
	const struct git_file twice[] = {as_it_is("two", STR("x")), as_it_is("one", STR("y")),
					 as_it_is("two", STR("z"))};
	assert_int_equal(change_in(repo, twice, 3, "Twice", &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	const struct git_file gone[] = {as_it_is("people/a.md", STR_NONE),
					as_it_is("people/b.md", STR_NONE)};
	err = (struct kith_error){0};
	assert_int_equal(change_in(repo, gone, 2, "Empty a folder", &err), 0);
	SAYS("two\n", "git ls-tree -r --name-only HEAD");
	SAYS("two\n", "git ls-files");
	SAYS("", "git fsck --strict --no-dangling --no-progress");
	api->close(repo);
}

static void test_identical(void **state)
{
	(void)state;
	SH("git rev-parse HEAD >../before; echo staged >one; git add one");
	struct git_repo *repo = open_at(folder);
	struct kith_error err = {0};
	const struct git_file file = {"one", STR_NONE, STR_NONE, STR("one\n"), STR("staged\n")};
	assert_int_equal(change_in(repo, &file, 1, "Nothing", &err), 0);
	api->close(repo);
	assert_string_equal(outcome.id, "");
	assert_true(outcome.written);
	SH("git rev-parse HEAD | cmp - ../before");
	SAYS("M  one\n", "git status --porcelain");
	SH("rm ../before");
}

static void test_other_work_stays(void **state)
{
	(void)state;
	SH("echo staged >two && git add two && echo unstaged >>two && echo new >new && "
	   "git add -N new && echo whole >whole && git add whole && echo stray >stray && "
	   "git rm -q --cached people/a.md");
	SH("git diff --cached -- two people new whole >../cached");
	SH("git diff -- two new >../diff");
	write_and_commit("one", "uno\n");
	SAYS(" A new\n?? people/\n?? stray\nA  whole\nD  people/a.md\nMM two\n",
	     "git status --porcelain | LC_ALL=C sort");
	SH("git diff --cached -- two people new whole | cmp - ../cached");
	SH("git diff -- two new | cmp - ../diff");
	SAYS("one\n", "git show --format= --name-only");
	SH("rm ../cached ../diff");
}

static void test_unstaged_edit_in_the_same_file(void **state)
{
	(void)state;
	SH("printf 'one\\nmine\\n' >one");
	commit("one", "kith\none\n");
	SAYS(" M one\n", "git status --porcelain");
	SAYS("kith\none\n", "git show HEAD:one");
	SAYS("one\nmine\n", "cat one");
}

static void test_intent_to_add_itself(void **state)
{
	(void)state;
	SH("echo new >new && git add -N new");
	commit("new", "new\n");
	SAYS("", "git status --porcelain");
}

static void test_flags_stay(void **state)
{
	(void)state;
	SH("git update-index --assume-unchanged two && "
	   "git update-index --skip-worktree people/a.md && rm people/a.md && "
	   "git update-index --chmod=+x two");
	write_and_commit("one", "uno\n");
	SAYS("H one\nS people/a.md\nh two\n", "git ls-files -v");
	SAYS("M\ttwo\n", "git diff --cached --name-status");
	commit("two", "zwei\n");
	SAYS("H one\nS people/a.md\nh two\n", "git ls-files -v");
	SAYS("100644\n", "git ls-tree HEAD two | cut -c1-6");
	SAYS("100755\n", "git ls-files -s two | cut -c1-6");
}

static void test_racy_entries(void **state)
{
	(void)state;
	/* An edit in the same tick and of the same size as the staged bytes must stay visible. */
	SH("echo aaa >two && git add two && echo bbb >two && touch -r .git/index two && "
	   "git update-index --refresh >/dev/null; "
	   "touch -d @1700000000 two && git add two && touch -d @1700000000 .git/index && "
	   "echo ccc >two && touch -d @1700000000 two");
	commit("one", "uno\n");
	SAYS("1700000000\n", "stat -c %%Y .git/index");
	SAYS("MM two\n", "git status --porcelain two");
}

static void test_unborn(void **state)
{
	(void)state;
	SH("echo staged >staged && git add staged");
	write_and_commit("one", "uno\n");
	SAYS("A  staged\n", "git status --porcelain");
	SAYS("1\n", "git rev-list --count HEAD");
	SAYS("main\n", "git symbolic-ref --short HEAD");
	SAYS("commit (initial): Note a thing\n", "git reflog -1 --format=%%gs");
}

static void test_detached(void **state)
{
	(void)state;
	SH("git checkout -q --detach");
	write_and_commit("one", "uno\n");
	SAYS("main\n", "git branch --contains HEAD~1 --format='%%(refname:short)' | tail -1");
	SAYS("1\n", "git rev-list --count main..HEAD");
	SAYS("", "git status --porcelain");
}

static void test_packed(void **state)
{
	(void)state;
	SH("git pack-refs --all && git gc -q && git update-index --index-version 4");
	write_and_commit("one", "uno\n");
	SAYS("", "git status --porcelain");
	SAYS("2\n", "git rev-list --count main");
}

static void test_merge_in_progress(void **state)
{
	(void)state;
	SH("git checkout -qb side && echo s >two && git commit -qam side && git checkout -q main "
	   "&& "
	   "echo m >two && git commit -qam main && ! git merge -q side");
	struct git_repo *repo = open_at(folder);
	assert_int_equal(api->state(repo), GIT_MERGING);
	api->close(repo);
	commit_fails("one", KITH_FAILED, "a merge");
	/* Conflicts alone, without the state. */
	SH("rm .git/MERGE_HEAD .git/MERGE_MSG .git/MERGE_MODE");
	commit_fails("one", KITH_FAILED, "conflicts");
}

static void test_other_states(void **state)
{
	(void)state;
	static const struct {
		const char *start, *end;
		enum git_state state;
	} cases[] = {
	    {"! git rebase -q side", "git rebase --abort", GIT_REBASING},
	    {"! git cherry-pick side", "git cherry-pick --abort", GIT_CHERRY_PICKING},
	    {"! git revert HEAD~1", "git revert --abort", GIT_REVERTING},
	    {"git bisect start HEAD HEAD~2", "git bisect reset", GIT_BISECTING},
	    {"git format-patch -1 --stdout side >../p; ! git am -q ../p", "git am --abort; rm ../p",
	     GIT_APPLYING},
	};
	SH("git checkout -qb side && echo s >two && git commit -qam side && git checkout -q main "
	   "&& "
	   "echo m >two && git commit -qam main && echo n >two && git commit -qam more");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		SH("%s", cases[i].start);
		struct git_repo *repo = open_at(folder);
		assert_int_equal(api->state(repo), cases[i].state);
		api->close(repo);
		commit_fails("one", KITH_FAILED, git_state_words(cases[i].state));
		SH("%s", cases[i].end);
	}
	struct git_repo *repo = open_at(folder);
	assert_int_equal(api->state(repo), GIT_CLEAN);
	assert_null(git_state_words(api->state(repo)));
	api->close(repo);
}

static void test_locks(void **state)
{
	(void)state;
	/* Each takes its 5 seconds: at the same time, the branch's in a work tree of its own. */
	SH("git worktree add -q ../other -b other && >.git/index.lock && "
	   ">.git/refs/heads/other.lock");
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct kith_error err = {0};
		snprintf(folder, sizeof(folder), "%s/other", base);
		commit_bytes("one", STR("never\n"), &err);
		_exit(err.status == KITH_BUSY && strstr(err.message, "heads/other.lock") ? 0 : 1);
	}
	commit_fails("one", KITH_BUSY, ".git/index.lock");
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	SH("rm .git/index.lock .git/refs/heads/other.lock; git -C ../other diff --quiet HEAD");
	/* One that is given back in time is waited for. */
	SH(">.git/index.lock; (sleep 0.3; rm .git/index.lock) >/dev/null 2>&1 & true");
	commit("one", "uno\n");
	/* What a crash of our own left is no obstacle. */
	SH(">.git/kith.lock; >.git/kith-index; >.git/kith-index.lock");
	commit("one", "due\n");
}

static void test_no_identity(void **state)
{
	(void)state;
	SH("git config --global --unset user.email");
	commit_fails("one", KITH_INVALID, "git config --global user.email");
	SH("git config --global --unset user.name");
	commit_fails("one", KITH_INVALID, "git config --global user.name");
	around.author_name = "Ann";
	around.committer_name = "Ann";
	commit_fails("one", KITH_INVALID, "git config --global user.email");
	around.email = "ann@home.example";
	commit("one", "uno\n");
	SAYS("Ann <ann@home.example> Ann <ann@home.example>\n",
	     "git log -1 --format='%%an <%%ae> %%cn <%%ce>'");
}

static void test_identity_from_the_environment(void **state)
{
	(void)state;
	around.author_name = " A <B>\nC. ";
	around.author_email = "a@b";
	around.committer_email = "c@d";
	around.email = "never@example.org";
	commit("one", "uno\n");
	SAYS("A BC <a@b>, Ann Lee <c@d>\n", "git log -1 --format='%%an <%%ae>, %%cn <%%ce>'");
	SH("git config author.name Author && git config committer.email com@mit");
	around = (struct git_surroundings){.home = around.home, .config_nosystem = true};
	commit("one", "due\n");
	SAYS("Author <ann@example.org>, Ann Lee <com@mit>\n",
	     "git log -1 --format='%%an <%%ae>, %%cn <%%ce>'");
}

static void test_configuration_files(void **state)
{
	(void)state;
	char global[128], system[128], xdg[128];
	snprintf(global, sizeof(global), "%s/home/global", base);
	snprintf(system, sizeof(system), "%s/home/system", base);
	snprintf(xdg, sizeof(xdg), "%s/home/xdg", base);
	SH("git config -f '%s' user.name Global; git config -f '%s' core.excludesFile "
	   "'%s/home/no'; "
	   "echo one.tmp >'%s/home/no'; git config -f '%s' user.email sys@tem; "
	   "mkdir -p '%s/git'; git config -f '%s/git/config' user.name Xdg",
	   global, global, base, base, system, xdg, xdg);
	around.config_global = global;
	commit_fails("one", KITH_INVALID, "e-mail");
	around.config_system = system;
	commit_fails("one", KITH_INVALID, "e-mail");
	around.config_nosystem = false;
	commit("one", "uno\n");
	SAYS("Global <sys@tem>\n", "git log -1 --format='%%an <%%ae>'");
	commit_fails("one.tmp", KITH_INVALID, "ignores");
	around.config_global = "/dev/null";
	around.config_nosystem = true;
	commit_fails("one", KITH_INVALID, "user.name");
	around.config_nosystem = false;
	around.config_global = NULL;
	around.xdg_config_home = xdg;
	commit("one", "due\n");
	SAYS("Ann Lee\n", "git log -1 --format='%%an'");
	SH("git config --global --unset user.name");
	commit("one", "tre\n");
	SAYS("Xdg\n", "git log -1 --format='%%an'");
	SH("printf '[' >'%s/home/.gitconfig'", base);
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	assert_int_equal(api->open(&repo, folder, &around, &err), -1);
	assert_null(repo);
	assert_non_null(strstr(err.message, ".gitconfig"));
}

static void check_known(struct git_repo *repo, const char *path, const char *words)
{
	struct kith_error err = {0};
	assert_int_equal(api->check_known(repo, path, &err), *words ? -1 : 0);
	assert_non_null(strstr(err.message, words));
}

static void test_ignored(void **state)
{
	(void)state;
	SH("printf '*.tmp\\nout/\\n' >.gitignore && echo x >a.tmp && git add -f a.tmp && "
	   "git add .gitignore && git commit -qm ignore");
	struct git_repo *repo = open_at(folder);
	check_known(repo, "b.tmp", "(.gitignore:1: *.tmp)");
	check_known(repo, "out/deep/file", "(.gitignore:2: out/)");
	check_known(repo, "a.tmp", "");
	check_known(repo, "one", "");
	api->close(repo);
	commit_fails("b.tmp", KITH_INVALID, "ignores b.tmp");
	write_and_commit("a.tmp", "y\n");
	SAYS("", "git status --porcelain");
}

static void test_line_ends(void **state)
{
	(void)state;
	SH("git config core.autocrlf true; printf 'w\\r\\n' >win");
	commit("win", "w\r\n");
	SAYS("", "git status --porcelain win");
	SAYS("2\n", "git cat-file -s HEAD:win");
	SH("git config --unset core.autocrlf; printf 'w\\n' >win; git add win; echo '*.md text "
	   "eol=crlf' "
	   ">.gitattributes; "
	   "git add .gitattributes; git commit -qm attr; printf 'a\\r\\nb\\r\\n' >people/a.md");
	commit("people/a.md", "a\r\nb\r\n");
	SAYS("", "git status --porcelain");
	SAYS("4\n", "git cat-file -s HEAD:people/a.md");
	SH("printf 'kept\\r\\n' >one");
	commit("one", "kept\r\n");
	SAYS("6\n", "git cat-file -s HEAD:one");
	SAYS("", "git status --porcelain");
}

static void test_attributes_that_say_nothing(void **state)
{
	(void)state;
	SH("echo '* -filter -ident working-tree-encoding=utf-8' >.gitattributes");
	write_and_commit("one", "uno\n");
	SAYS("", "git status --porcelain one");
}

static void test_modes(void **state)
{
	(void)state;
	SH("printf '#!/bin/sh\\n' >tool && chmod +x tool && git add tool && git commit -qm tool");
	write_and_commit("tool", "#!/bin/sh\nexit\n");
	SAYS("100755\n", "git ls-tree HEAD tool | cut -c1-6");
	SAYS("", "git status --porcelain");
	SH(">fresh && chmod +x fresh");
	commit("fresh", "");
	SAYS("", "git status --porcelain");
	SH("ln -s one link && git add link && git commit -qm link");
	commit_fails("link", KITH_UNSUPPORTED, "link");
	commit_fails("people", KITH_UNSUPPORTED, "folder");
	commit_fails("one/below", KITH_UNSUPPORTED, "not a folder");
}

static void test_paths(void **state)
{
	(void)state;
	static const char *const paths[] = {"",          "/etc/passwd", "../out",      "a//b",
					    "a/",        "./a",         ".git/config", ".GIT/x",
					    "a/../../b", "a/.git/x",    "a/..",        "."};
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		commit_fails(paths[i], KITH_INVALID, "no path");
	struct git_repo *repo = open_at(folder);
	struct kith_error err = {0};
	const struct git_file file = as_it_is("one", STR("x"));
	assert_int_equal(change_in(repo, &file, 1, " \n", &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	api->close(repo);
}

static void test_worktree(void **state)
{
	(void)state;
	SH("git worktree add -q ../other -b other && echo staged >two && git add two");
	snprintf(folder, sizeof(folder), "%s/other", base);
	SH("echo x >stage && git add stage && echo uno >one");
	struct kith_error err = {0};
	assert_int_equal(commit_bytes("one", STR("uno\n"), &err), 0);
	SAYS("A  stage\n", "git status --porcelain");
	SAYS("other\n", "git branch --show-current");
	snprintf(folder, sizeof(folder), "%s/repo", base);
	SAYS("M  two\n", "git status --porcelain");
	SAYS("1\n", "git rev-list --count main..other");
}

static void test_submodule(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s", base);
	SH("git init -q -b main super");
	snprintf(folder, sizeof(folder), "%s/super", base);
	SH("git -c protocol.file.allow=always submodule --quiet add ../repo sub && "
	   "echo s >s && git add s && git commit -qm sub");
	commit("s", "t\n");
	SAYS(" M s\n", "git status --porcelain");
	snprintf(folder, sizeof(folder), "%s/super/sub", base);
	SH("echo uno >one");
	struct kith_error err = {0};
	assert_int_equal(commit_bytes("one", STR("uno\n"), &err), 0);
	SAYS("", "git status --porcelain");
	SAYS("2\n", "git rev-list --count HEAD");
	snprintf(folder, sizeof(folder), "%s/super", base);
	commit_fails("sub", KITH_UNSUPPORTED, "submodule");
}

/* The status of opening, of another process: libgit2 1.5 leaks where it refuses an extension. */
static int open_in_child(const char *place)
{
	int status = 0;
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct git_repo *repo = NULL;
		struct kith_error err = {0};
		api->open(&repo, place, &around, &err);
		_exit((int)err.status);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void test_open_refusals(void **state)
{
	(void)state;
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	char place[160];
	snprintf(place, sizeof(place), "%s/home", base);
	assert_int_equal(api->open(&repo, place, &around, &err), -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	SH("git init -q --bare ../other");
	snprintf(place, sizeof(place), "%s/other", base);
	err = (struct kith_error){0};
	assert_int_equal(api->open(&repo, place, &around, &err), -1);
	assert_int_equal(err.status, KITH_UNSUPPORTED);
	assert_non_null(strstr(err.message, "bare"));
	SH("rm -rf ../other && git init -q --object-format=sha256 ../other");
	assert_int_equal(open_in_child(place), KITH_UNSUPPORTED);
}

static void test_foreign_owner(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	SH("chown -R 4321 .");
	assert_int_equal(api->open(&repo, folder, &around, &err), -1);
	assert_int_equal(err.status, KITH_UNSUPPORTED);
	assert_non_null(strstr(err.message, "safe.directory"));
	SH("git config -f ../home/global safe.directory '%s'", folder);
	char global[128];
	snprintf(global, sizeof(global), "%s/home/global", base);
	around.config_global = global;
	repo = open_at(folder);
	api->close(repo);
	SH("git config -f ../home/global safe.directory '*'");
	repo = open_at(folder);
	api->close(repo);
	SH("git config -f ../home/global --add safe.directory ''");
	err = (struct kith_error){0};
	assert_int_equal(api->open(&repo, folder, &around, &err), -1);
}

static void test_init(void **state)
{
	(void)state;
	struct git_repo *repo = NULL;
	struct kith_error err = {0};
	char place[160];
	snprintf(place, sizeof(place), "%s/other", base);
	SH("git config --global init.defaultBranch never && mkdir ../other");
	mode_t before = umask(077);
	assert_int_equal(api->init(&repo, place, "tr..unk", &around, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	err = (struct kith_error){0};
	assert_int_equal(api->init(&repo, place, "trunk", &around, &err), 0);
	umask(before);
	const struct git_file file = as_it_is("hello", STR("hello\n"));
	assert_int_equal(change_in(repo, &file, 1, "Begin", &err), 0);
	api->close(repo);
	snprintf(folder, sizeof(folder), "%s/other", base);
	SAYS("trunk\n", "git branch --show-current");
	SAYS("700\n", "stat -c %%a .git");
	SAYS("Begin\n", "git log --format=%%s");
	SAYS(" D hello\n", "git status --porcelain");
	assert_int_equal(api->init(&repo, place, "main", &around, &err), -1);
	assert_int_equal(err.status, KITH_FAILED);
}

static void count_difference(void *context, const char *path, enum git_difference what)
{
	(void)path;
	((size_t *)context)[what]++;
}

static void check_pending_in(struct git_repo *repo, const char *below, size_t changed,
			     size_t untracked)
{
	struct kith_error err = {0};
	size_t counts[3] = {0, 0, 0};
	assert_int_equal(api->changed(repo, below, count_difference, counts, &err), 0);
	assert_int_equal(counts[GIT_DIFFERS], changed);
	assert_int_equal(counts[GIT_UNKNOWN], untracked);
	assert_int_equal(counts[GIT_BESIDE], 0);
}

static void check_pending(const char *below, size_t changed, size_t untracked)
{
	struct git_repo *repo = open_at(folder);
	check_pending_in(repo, below, changed, untracked);
	api->close(repo);
}

static void test_pending(void **state)
{
	(void)state;
	check_pending("", 0, 0);
	SH("mkdir -p people/new/deep 'pe*' && touch people/new/deep/x people/new/y stray 'pe*/z' "
	   "&& "
	   "echo '*.tmp' >.gitignore && touch people/i.tmp && echo b >>people/a.md && rm one && "
	   "echo s >two && git add two && touch people/n && git add -N people/n");
	check_pending("", 4, 5);
	check_pending("people", 2, 2);
	check_pending("people/", 2, 2);
	check_pending("people/new", 0, 2);
	check_pending("pe*", 0, 1);
	check_pending("nowhere", 0, 0);
	SH("rm .git/index");
	check_pending("people", 1, 3);
}

static void test_pending_unborn(void **state)
{
	(void)state;
	SH("touch a b && git add a");
	check_pending("", 1, 1);
}

static void test_pending_after_a_commit(void **state)
{
	(void)state;
	struct kith_error err = {0};
	struct git_repo *repo = open_at(folder);
	SH("echo uno >one");
	check_pending_in(repo, "", 1, 0);
	const struct git_file file = as_it_is("one", STR("uno\n"));
	assert_int_equal(change_in(repo, &file, 1, "One", &err), 0);
	check_pending_in(repo, "", 0, 0);
	api->close(repo);
}

static void test_hook_refuses(void **state)
{
	(void)state;
	SH("printf '#!/bin/sh\\ngit diff --cached --name-only >../seen\\n"
	   "printf \"no \\\\033[31mtabs\\\\033[0m\\\\nplease\\\\n\" >&2\\nexit 1\\n' "
	   ">.git/hooks/pre-commit; echo staged >two; git add two");
	/* Not executable: git does not run it. */
	commit("one", "uno\n");
	SH("chmod +x .git/hooks/pre-commit");
	commit_fails("one", KITH_FAILED, "a hook of this repository, refused");
	SAYS("one\n", "cat ../seen; rm ../seen");
}

static void test_hooks_allow(void **state)
{
	(void)state;
	SH("mkdir ../home/hooks && cd ../home/hooks && "
	   "printf '#!/bin/sh\\necho \"Hooked: yes\" >>\"$1\"\\n' >commit-msg && "
	   "printf '#!/bin/sh\\ngit rev-parse HEAD >../posted\\necho $HOME >>../posted\\n' "
	   ">post-commit && "
	   "printf '#!/bin/sh\\necho hook >added; git add added\\n' >pre-commit && chmod +x * && "
	   "git config --global core.hooksPath '~/hooks'");
	SH("echo staged >two && git add two && touch n && git add -N n && echo '# uno' >one");
	SH("git config commit.cleanup strip");
	around.author_name = "Bo";
	around.fsync = true;
	commit("one", "# uno\n");
	SAYS(" A n\nM  two\n", "git status --porcelain");
	SAYS("added\none\n", "git show --format= --name-only");
	SAYS("Bo 1764000000 +0130|Ann Lee|Note a thing\nHooked: yes\n\n",
	     "git log -1 --date=raw --format='%%an %%ad|%%cn|%%B'");
	SH("head -1 ../posted | tr -d '\\n'");
	assert_string_equal(output, outcome.id);
	SAYS("", "tail -1 ../posted | grep -vxF '%s' || :", around.home);
	SH("rm ../posted");
}

static void test_hook_on_an_unborn_branch(void **state)
{
	(void)state;
	SH("printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; "
	   "echo s >s && git add s && echo uno >one");
	commit("one", "uno\n");
	SAYS("A  s\n", "git status --porcelain");
	SAYS("one\n", "git ls-tree --name-only HEAD");
}

static void test_signature(void **state)
{
	(void)state;
	if (run("command -v ssh-keygen") != 0)
		skip();
	SH("ssh-keygen -q -t ed25519 -N '' -f ../home/key && git config gpg.format ssh && "
	   "git config user.signingKey '%s/home/key' && git config commit.gpgSign true && "
	   "(printf 'ann@example.org '; cat ../home/key.pub) >../home/allowed && "
	   "git config gpg.ssh.allowedSignersFile '%s/home/allowed'",
	   base, base);
	SH("echo staged >two && git add two && echo uno >one");
	commit("one", "uno\n");
	SH("git verify-commit HEAD");
	assert_non_null(strstr(output, "Good \"git\" signature for ann@example.org"));
	SAYS("M  two\n", "git status --porcelain");
	SH("rm ../home/key");
	commit_fails("one", KITH_FAILED, "refused");
}

static void test_fsync(void **state)
{
	(void)state;
	around.fsync = true;
	commit("one", "uno\n");
	around.fsync = false;
	commit("one", "due\n");
	SAYS("3\n", "git rev-list --count HEAD");
}

enum { WRITERS = 4, ROUNDS = 15, ADDS = 30 };

static void write_many(int writer)
{
	struct kith_error err = {0};
	char name[32], text[32];
	snprintf(name, sizeof(name), "people/w%d.md", writer);
	for (int i = 0; i < ROUNDS; i++) {
		snprintf(text, sizeof(text), "round %d\n", i);
		const struct git_file file = as_it_is(name, str_of(text));
		struct git_repo *repo = NULL;
		if (api->open(&repo, folder, &around, &err) != 0 ||
		    change_in(repo, &file, 1, "Round", &err) != 0)
			_exit(1);
		api->close(repo);
	}
	_exit(0);
}

static void test_many_at_once(void **state)
{
	(void)state;
	pid_t pids[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0)
			write_many(i);
	}
	SH("for i in $(seq %d); do echo $i >u$i; until git add u$i 2>/dev/null; do sleep 0.01; "
	   "done; "
	   "done",
	   ADDS);
	for (int i = 0; i < WRITERS; i++) {
		int status = 0;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	char expected[16];
	snprintf(expected, sizeof(expected), "%d\n", 1 + WRITERS * ROUNDS);
	SAYS(expected, "git rev-list --count HEAD");
	snprintf(expected, sizeof(expected), "%d\n", ADDS);
	SAYS(expected, "git diff --cached --name-only --diff-filter=A | wc -l");
	SAYS(expected, "git diff --cached --name-only | wc -l");
	SAYS("", "git log --format= --name-only | grep '^u' || :");
	SAYS("", "git log --skip=1 --format= --name-only HEAD | grep -v 'people/' | "
		 "grep -v -e one -e two || :");
	SAYS("", "git fsck --strict --no-dangling --no-progress");
}

static void test_load(void **state)
{
	(void)state;
	struct kith_error err = {0};
	const char *const nowhere[] = {"/nonexistent/a.so"};
	assert_null(git_load(nowhere, 1, &err));
	assert_int_equal(err.status, KITH_NOT_FOUND);
	err = (struct kith_error){0};
	assert_null(git_load(NULL, 0, &err));
	assert_int_equal(err.status, KITH_NOT_FOUND);
	err = (struct kith_error){0};
	const char *const broken[] = {"/nonexistent/a.so", "/etc/passwd"};
	assert_null(git_load(broken, 2, &err));
	assert_int_equal(err.status, KITH_FAILED);
}

#define IN_HISTORY(test) cmocka_unit_test_setup_teardown(test, set_up_history, repository_remove)
#define UNBORN(test)     cmocka_unit_test_setup_teardown(test, repository_init, repository_remove)

int main(void)
{
	if (repository_load() != 0)
		return 1;
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_load),
	    IN_HISTORY(test_plain),
	    IN_HISTORY(test_subfolder_and_new_file),
	    IN_HISTORY(test_several_files),
	    IN_HISTORY(test_identical),
	    IN_HISTORY(test_other_work_stays),
	    IN_HISTORY(test_unstaged_edit_in_the_same_file),
	    IN_HISTORY(test_intent_to_add_itself),
	    IN_HISTORY(test_flags_stay),
	    IN_HISTORY(test_racy_entries),
	    UNBORN(test_unborn),
	    IN_HISTORY(test_detached),
	    IN_HISTORY(test_packed),
	    IN_HISTORY(test_merge_in_progress),
	    IN_HISTORY(test_other_states),
	    IN_HISTORY(test_locks),
	    IN_HISTORY(test_no_identity),
	    IN_HISTORY(test_identity_from_the_environment),
	    IN_HISTORY(test_configuration_files),
	    IN_HISTORY(test_ignored),
	    IN_HISTORY(test_line_ends),
	    IN_HISTORY(test_attributes_that_say_nothing),
	    IN_HISTORY(test_modes),
	    IN_HISTORY(test_paths),
	    IN_HISTORY(test_worktree),
	    IN_HISTORY(test_submodule),
	    IN_HISTORY(test_open_refusals),
	    IN_HISTORY(test_foreign_owner),
	    UNBORN(test_init),
	    IN_HISTORY(test_pending),
	    UNBORN(test_pending_unborn),
	    IN_HISTORY(test_pending_after_a_commit),
	    IN_HISTORY(test_hook_refuses),
	    IN_HISTORY(test_hooks_allow),
	    UNBORN(test_hook_on_an_unborn_branch),
	    IN_HISTORY(test_signature),
	    IN_HISTORY(test_fsync),
	    IN_HISTORY(test_many_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
