/* History, names, differences, and what is not committed, checked against the git program. */
#include "repository.h"

/* ---- commits ---- */

struct told {
	struct buf text;
	size_t visits, stop_after; /* 0: never */
};

static bool tell(void *context, const struct git_commit_info *commit)
{
	struct told *told = context;
	buf_printf(&told->text, "commit %s %s %zu\n", commit->id, commit->parent, commit->parents);
	for (size_t i = 0; i < commit->count; i++) {
		const struct git_delta *d = &commit->deltas[i];
		buf_printf(&told->text, "%s %s %s%s%s\n", d->before, d->after,
			   d->from_path ? d->from_path : "", d->from_path ? " -> " : "", d->path);
	}
	return ++told->visits != told->stop_after;
}

static void walk(struct told *told, const struct git_walk *how)
{
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	buf_clear(&told->text);
	told->visits = 0;
	if (api->walk(repo, how, tell, told, &err) != 0)
		fail_msg("walk: %s", err.message);
	api->close(repo);
}

/* The same by git. paths: a shell word or more; commits without one of them are told, too. */
static void git_log(const char *options, const char *paths)
{
	SH("git log --date-order --full-history --sparse %s -c -t --no-renames --raw --no-abbrev "
	   "-r "
	   "--format='commit %%H %%P' -- %s | awk '"
	   "/^commit/ { print $1, $2, $3, NF - 2; next }"
	   "/^:/ { n = match($0, /[^:]/) - 1; path = $0; sub(/^[^\\t]*\\t/, \"\", path);"
	   "  a = $(n + 2); b = $(2 * n + 2);"
	   "  if ($(2 * n + 3) ~ /D/) b = \"\"; if (a ~ /^0+$/) a = \"\"; if (b ~ /^0+$/) b = \"\";"
	   "  if ($(n + 1) !~ /^04/ && $1 !~ /04/) print a, b, path }'",
	   options, paths);
}

static void expect(const struct git_walk *how, const char *options, const char *paths)
{
	struct told told = {0};
	buf_init(&told.text, 0);
	git_log(options, paths);
	walk(&told, how);
	assert_string_equal(told.text.p, output);
	assert_true(told.text.n > 0);
	buf_release(&told.text);
}

static int set_up_many(void **state)
{
	repository_init(state);
	/* A history with folders, merges (one of them with work of its own), removals, modes. */
	SH("t=1600000000; tick() { t=$((t + 60)); export GIT_AUTHOR_DATE=\"@$t +0200\" "
	   "GIT_COMMITTER_DATE=\"@$t +0200\"; }; c() { tick; git add -A && git commit -qm \"$1\"; "
	   "};"
	   "mkdir -p people/a people/b notes; for i in 1 2 3; do echo $i >people/a/$i.md; "
	   "echo $i >people/b/$i.md; done; echo n >notes/n; echo x >x; c first;"
	   "echo more >>people/a/1.md; c a1; echo y >people.md; c beside; rm people/b/3.md; c gone;"
	   "git checkout -qb side; echo s >people/a/s.md; c side1; echo t >>people/a/2.md; c side2;"
	   "git checkout -q main; echo m >notes/m; c main1; tick; git merge -qm merge side;"
	   "chmod +x x; c mode; git checkout -qb other HEAD~1; echo o >people/a/1.md; c other1;"
	   "git checkout -q main; echo p >people/a/1.md; echo q >q; c main2;"
	   "tick; ! git merge -q other >/dev/null; echo both >people/a/1.md; echo evil >evil; c "
	   "evil;"
	   "git rm -rq people/b; echo file >people/b; c kind; rm people/b; mkdir people/b; "
	   "echo back >people/b/x; c back; ln -s x link; c link");
	return 0;
}

static void test_walk(void **state)
{
	(void)state;
	expect(&(struct git_walk){0}, "", "");
	expect(&(struct git_walk){.from = "HEAD~3"}, "HEAD~3", "");
	expect(&(struct git_walk){.from = "side"}, "side", "");
}

static void test_walk_folders(void **state)
{
	(void)state;
	static const struct {
		const char *folders[2];
		size_t count;
		const char *paths;
	} cases[] = {
	    {{"people"}, 1, "people"},          {{"people/"}, 1, "people"},
	    {{"people/a"}, 1, "people/a"},      {{"people/a/1.md"}, 1, "people/a/1.md"},
	    {{"people/b"}, 1, "people/b"},      {{"people/a", "notes"}, 2, "people/a notes"},
	    {{"notes/m", "x"}, 2, "notes/m x"}, {{""}, 1, "."},
	    {{"nowhere"}, 1, "nowhere"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct git_walk how = {.folders = cases[i].folders,
				       .folders_count = cases[i].count};
		struct told told = {0};
		buf_init(&told.text, 0);
		walk(&told, &how);
		git_log("", cases[i].paths);
		assert_string_equal(told.text.p, output);
		buf_release(&told.text);
	}
}

struct first {
	char message[64], author[64], email[64];
	int64_t time;
	int zone;
	size_t visits;
};

static bool keep_first(void *context, const struct git_commit_info *commit)
{
	struct first *first = context;
	first->visits++;
	snprintf(first->message, sizeof(first->message), "%s", commit->message);
	snprintf(first->author, sizeof(first->author), "%s", commit->author);
	snprintf(first->email, sizeof(first->email), "%s", commit->email);
	first->time = commit->time;
	first->zone = commit->zone;
	return false;
}

static void test_walk_texts(void **state)
{
	(void)state;
	struct kith_error err = {0};
	struct first first = {0};
	SH("GIT_AUTHOR_DATE='@1700000000 -0330' git commit -q --allow-empty -m 'Sübject' -m 'Kith: "
	   "log ada' --author='Bea Ünal <bea@example.org>'");
	struct git_repo *repo = repository_open();
	assert_int_equal(api->walk(repo, &(struct git_walk){0}, keep_first, &first, &err), 0);
	api->close(repo);
	assert_int_equal(first.visits, 1);
	assert_string_equal(first.message, "Sübject\n\nKith: log ada\n");
	assert_string_equal(first.author, "Bea Ünal");
	assert_string_equal(first.email, "bea@example.org");
	assert_int_equal(first.time, 1700000000);
	assert_int_equal(first.zone, -210);
}

static void test_walk_stops(void **state)
{
	(void)state;
	struct told told = {.stop_after = 2};
	buf_init(&told.text, 0);
	walk(&told, &(struct git_walk){0});
	assert_int_equal(told.visits, 2);
	told.stop_after = 9; /* behind a merge */
	walk(&told, &(struct git_walk){0});
	assert_int_equal(told.visits, 9);
	buf_release(&told.text);
}

static void test_walk_unborn(void **state)
{
	(void)state;
	struct told told = {0};
	struct kith_error err = {0};
	buf_init(&told.text, 0);
	walk(&told, &(struct git_walk){0});
	assert_int_equal(told.visits, 0);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->walk(repo, &(struct git_walk){.from = "none"}, tell, &told, &err),
			 -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	assert_non_null(strstr(err.message, "'none'"));
	api->close(repo);
	buf_release(&told.text);
}

static void test_walk_shallow(void **state)
{
	(void)state;
	struct told told = {0};
	buf_init(&told.text, 0);
	SH("git clone -q --depth 9 \"file://$PWD\" ../clone");
	snprintf(folder, sizeof(folder), "%s/clone", base);
	git_log("", "");
	walk(&told, &(struct git_walk){0});
	assert_string_equal(told.text.p, output);
	assert_true(told.visits >= 9);
	SH("git rev-list --all | wc -l");
	assert_int_equal(told.visits, atoi(output));
	/* A parent that is missing elsewhere is a fault, and told. */
	struct kith_error err = {0};
	SH("rm .git/shallow");
	struct git_repo *repo = repository_open();
	/* libgit2's walk leaks its list there. */
	if (__lsan_disable)
		__lsan_disable();
	assert_int_equal(api->walk(repo, &(struct git_walk){0}, tell, &told, &err), -1);
	if (__lsan_enable)
		__lsan_enable();
	assert_non_null(strstr(err.message, "cannot read commit"));
	api->close(repo);
	buf_release(&told.text);
}

static void test_renames(void **state)
{
	(void)state;
	struct told told = {0};
	char line[256], before[41], after[41];
	buf_init(&told.text, 0);
	SH("mkdir -p people/far && seq 40 >people/old.md && seq 100 140 >same && echo z >zap && "
	   "git add . && git commit -qm one && "
	   "git mv people/old.md people/far/new.md && echo more >>people/far/new.md && "
	   "git mv same people/same && git rm -q zap && echo entirely-else >fresh && "
	   "git add . && git commit -qm two");
	SH("git rev-parse HEAD~1:people/old.md HEAD:people/far/new.md");
	snprintf(before, sizeof(before), "%.40s", output);
	snprintf(after, sizeof(after), "%.40s", output + 41);
	const struct git_walk how = {.renames = true};
	walk(&told, &how);
	snprintf(line, sizeof(line), "%s %s people/old.md -> people/far/new.md\n", before, after);
	assert_non_null(strstr(told.text.p, line));
	assert_non_null(strstr(told.text.p, " same -> people/same\n"));
	assert_non_null(strstr(told.text.p, "  zap\n"));
	assert_non_null(strstr(told.text.p, " fresh\n"));
	/* What is not asked for is not looked for; what is out of the folders is no source. */
	walk(&told, &(struct git_walk){0});
	assert_null(strstr(told.text.p, "->"));
	const char *people[] = {"people"};
	walk(&told, &(struct git_walk){.folders = people, .folders_count = 1, .renames = true});
	assert_non_null(strstr(told.text.p, line));
	assert_null(strstr(told.text.p, "same ->"));
	buf_release(&told.text);
}

static void test_renames_bounded(void **state)
{
	(void)state;
	struct told told = {0};
	buf_init(&told.text, 0);
	SH("mkdir a b && for i in $(seq 201); do seq $i $((i + 30)) >a/$i; done && git add . && "
	   "git commit -qm one && mv a/* b/ && git add -A && git commit -qm two");
	walk(&told, &(struct git_walk){.renames = true});
	assert_null(strstr(told.text.p, "->"));
	SH("mv b/1 c && git add -A && git commit -qm three");
	walk(&told, &(struct git_walk){.renames = true});
	assert_non_null(strstr(told.text.p, " b/1 -> c\n"));
	buf_release(&told.text);
}

static void test_walk_hostile_trees(void **state)
{
	(void)state;
	struct told told = {0};
	struct kith_error err = {0};
	buf_init(&told.text, 0);
	/* 16 folders in each of 16 levels, all the same: 16^16 files. Then folders 300 deep. */
	SH("t=$(echo x | git hash-object -w --stdin); k='100644 blob'; "
	   "for l in $(seq 16); do t=$(for i in $(seq 10 26); do "
	   "printf '%%s %%s\\t%%s\\n' \"$k\" $t $i; done | git mktree); k='040000 tree'; done; "
	   "git update-ref HEAD $(git commit-tree -m bomb $t)");
	struct git_repo *repo = repository_open();
	assert_int_equal(api->walk(repo, &(struct git_walk){0}, tell, &told, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	err = (struct kith_error){0};
	assert_int_equal(
	    api->walk(repo,
		      &(struct git_walk){.folders = (const char *[]){"x"}, .folders_count = 1},
		      tell, &told, &err),
	    0);
	api->close(repo);
	SH("t=$(echo x | git hash-object -w --stdin); k='100644 blob'; for l in $(seq 300); do "
	   "t=$(printf '%%s %%s\\ta\\n' \"$k\" $t | git mktree); k='040000 tree'; done; "
	   "git update-ref HEAD $(git commit-tree -m deep $t)");
	repo = repository_open();
	err = (struct kith_error){0};
	assert_int_equal(api->walk(repo, &(struct git_walk){0}, tell, &told, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	api->close(repo);
	buf_release(&told.text);
}

/* ---- names ---- */

static void test_find(void **state)
{
	(void)state;
	static const char *const good[] = {"HEAD", "HEAD~2", "main", "side", "main~3^2~1", "v1"};
	static const char *const bad[] = {
	    "nobody", "HEAD:x",      "HEAD~99", "",
	    "a b",    "HEAD^{tree}", "-x",      "HEAD~99999999999999999999",
	    ":/["};
	char id[GIT_ID_SIZE];
	SH("git tag -a -m tag v1 HEAD~3 && git checkout -q HEAD~2");
	struct git_repo *repo = repository_open();
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct kith_error err = {0};
		SH("printf %%s $(git rev-parse '%s^{commit}')", good[i]);
		if (api->find(repo, good[i], id, &err) != 0)
			fail_msg("%s", err.message);
		assert_string_equal(id, output);
		char shortened[9];
		snprintf(shortened, sizeof(shortened), "%.8s", id);
		assert_int_equal(api->find(repo, shortened, id, &err), 0);
		assert_string_equal(id, output);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct kith_error err = {0};
		char quoted[64];
		assert_int_equal(api->find(repo, bad[i], id, &err), -1);
		assert_int_equal(err.status, KITH_NOT_FOUND);
		snprintf(quoted, sizeof(quoted), "'%s'", bad[i]);
		assert_non_null(strstr(err.message, quoted));
		assert_string_equal(id, "");
	}
	api->close(repo);
}

static void test_find_ambiguous(void **state)
{
	(void)state;
	struct kith_error err = {0};
	char id[GIT_ID_SIZE], prefix[5];
	/* Among some thousand objects there are two with the same first four digits. */
	SH("git commit -q --allow-empty -m root; p=$(git rev-parse HEAD); t=$(git rev-parse "
	   "HEAD^{tree}); for i in $(seq 800); do printf 'commit refs/heads/b%%s\\ncommitter A "
	   "<a@b> %%s +0000\\ndata 1\\nx\\n' $i $i; done | git fast-import --quiet; "
	   "git rev-list --all | cut -c1-4 | sort | uniq -d | head -1");
	assert_true(strlen(output) >= 4);
	snprintf(prefix, sizeof(prefix), "%.4s", output);
	struct git_repo *repo = repository_open();
	assert_int_equal(api->find(repo, prefix, id, &err), -1);
	assert_int_equal(err.status, KITH_AMBIGUOUS);
	assert_non_null(strstr(err.message, prefix));
	api->close(repo);
}

/* ---- blobs ---- */

static int blob(struct buf *out, const char *name, const char *path, size_t max,
		struct kith_error *err)
{
	SH("git rev-parse '%s' | tr -d '\\n'", name);
	struct git_repo *repo = repository_open();
	int rc = api->blob(repo, output, path, max, out, err);
	api->close(repo);
	return rc;
}

static void test_blob(void **state)
{
	(void)state;
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	SH("echo '*.txt text eol=crlf' >.gitattributes && printf 'a\\r\\nb\\r\\n' >t.txt && "
	   "printf 'a\\nb\\n' >t.md && git add . && git commit -qm more");
	assert_int_equal(blob(&out, "HEAD:t.txt", "t.txt", 6, &err), 0);
	assert_string_equal(out.p, "a\r\nb\r\n");
	assert_int_equal(blob(&out, "HEAD:t.txt", "t.md", 6, &err), 0);
	assert_string_equal(out.p, "a\nb\n");
	assert_int_equal(blob(&out, "HEAD:t.txt", "t.txt", 5, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	err = (struct kith_error){0};
	assert_int_equal(blob(&out, "HEAD:t.md", "t.md", 3, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	err = (struct kith_error){0};
	assert_int_equal(blob(&out, "HEAD", "t.md", 300, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	struct git_repo *repo = repository_open();
	err = (struct kith_error){0};
	assert_int_equal(
	    api->blob(repo, "1234567890123456789012345678901234567890", "x", 9, &out, &err), -1);
	assert_int_equal(err.status, KITH_NOT_FOUND);
	err = (struct kith_error){0};
	assert_int_equal(api->blob(repo, "HEAD:t.md", "x", 9, &out, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	api->close(repo);
	buf_release(&out);
}

/* ---- what is not committed ---- */

static void note(void *context, const char *path, enum git_difference what)
{
	buf_printf(context, "%c %s\n", "T?="[what], path);
}

static void changed(struct buf *out, const char *below)
{
	struct kith_error err = {0};
	struct git_repo *repo = repository_open();
	buf_clear(out);
	if (api->changed(repo, below, note, out, &err) != 0)
		fail_msg("changed: %s", err.message);
	api->close(repo);
}

static void test_changed(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 0);
	changed(&out, "");
	assert_string_equal(out.p, "");
	SH("echo '*.ign' >.gitignore && echo i >people/x.ign && echo e >>people/a/1.md && "
	   "git rm -q --cached people/a/2.md && git rm -q people/a/3.md && git mv x people/moved "
	   "&& "
	   "mkdir -p new/far && echo n >new/far/n && echo n >people/A.md && echo s >st && git add "
	   "st && "
	   "rm q && echo i >intent && git add -N intent && echo 'ü \"' >'ü \"'");
	changed(&out, "");
	assert_string_equal(out.p, "? .gitignore\nT intent\n? new/far/n\n? people/A.md\n"
				   "T people/a/1.md\n= people/a/2.md\nT people/a/3.md\n"
				   "T people/moved\nT q\nT st\nT x\n? ü \"\n");
	changed(&out, "people/a");
	assert_string_equal(out.p, "T people/a/1.md\n= people/a/2.md\nT people/a/3.md\n");
	changed(&out, "people/");
	assert_string_equal(out.p, "? people/A.md\nT people/a/1.md\n= people/a/2.md\n"
				   "T people/a/3.md\nT people/moved\n");
	changed(&out, "peop");
	assert_string_equal(out.p, "");
	buf_release(&out);
}

static void test_changed_unborn(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 0);
	SH("echo a >a && echo b >b && git add a");
	changed(&out, "");
	assert_string_equal(out.p, "T a\n? b\n");
	buf_release(&out);
}

/* ---- differences ---- */

static void put(const char *name, struct str bytes)
{
	char path[192];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (!bytes.p) {
		unlink(path);
		return;
	}
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	fclose(file);
}

static char *quoted(const char *name)
{
	static char text[256];
	size_t n = 0;
	for (const char *p = name; *p; p++) {
		if (*p == '\'')
			n += (size_t)snprintf(text + n, sizeof(text) - n, "'\\'");
		text[n++] = *p;
	}
	text[n] = '\0';
	return text;
}

/* The diff is what git prints, and git apply makes one of the other. */
static void check_diff(const char *path, struct str before, struct str after)
{
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	assert_int_equal(
	    api->diff(&out, before.p ? path : NULL, before, after.p ? path : NULL, after, &err), 0);
	SH("rm -rf .git; git init -q .; git config core.quotePath false");
	put(path, before);
	SH("git add -A . && git commit -q --allow-empty -m one");
	put(path, after);
	SH("git add -A -N .; git diff HEAD | sed '/^index [0-9a-f]*\\.\\.[0-9a-f]*\\( "
	   "100644\\)\\?$/d'");
	assert_string_equal(out.p, output);
	put(path, before);
	put("patch", buf_str(&out));
	if (out.n > 0)
		SH("git apply patch");
	SH("rm patch");
	if (after.p) {
		put("expected", after);
		SH("cmp expected '%s'", quoted(path));
	}
	SH("rm -rf ./*");
	buf_release(&out);
}

static void test_diff(void **state)
{
	(void)state;
	static const struct {
		const char *path, *before, *after;
	} cases[] = {
	    {"a.md", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n"},
	    {"a.md", "a\n", "a\nb\n"},
	    {"a.md", "a\n", ""},
	    {"a.md", "", "a\n"},
	    {"a.md", NULL, "a\nb\n"},
	    {"a.md", NULL, "a"},
	    {"a.md", NULL, ""},
	    {"a.md", "", NULL},
	    {"a.md", "a\nb\n", NULL},
	    {"a.md", "a", "a\n"},
	    {"a.md", "a\n", "a"},
	    {"a.md", "a\nb", "a\nc"},
	    {"a.md", "a\nb", "c\nb"},
	    {"a.md", "a\r\nb\r\n", "a\r\nc\r\n"},
	    {"a.md", "same\n", "same\n"},
	    {"with blank.md", "a\n", "b\n"},
	    {"with blank.md", NULL, "b\n"},
	    {"quo\"te\\.md", "a\n", "b\n"},
	    {"tab\there.md", "a\n", "b\n"},
	    {"ünï.md", "a\n", "b\n"},
	    {"h.md", "Head one\n 1\n 2\n 3\n 4\n 5\n 6\n 7\n 8\n 9\n10\n11\n",
	     "Head one\n 1\n 2\n 3\n 4\n 5\n 6\n 7\n 8\n 9\n10\n1x\n"},
	    {"h.md", "_x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n",
	     "_x\n1\n2\n3\n4\n5\nx\n7\n8\n9\n10\n11\n12\n13\n14\n15\ny\n17\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_diff(cases[i].path, str_of(cases[i].before), str_of(cases[i].after));
}

/* A small generator, so that the texts are always the same. */
static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) & 0x7fff;
}

static void random_pair(struct buf *before, struct buf *after, unsigned *seed)
{
	static const char *const words[] = {"alpha\n", "  beta\n", "\n", "- x\n", "gamma\n"};
	buf_clear(before);
	buf_clear(after);
	unsigned count = next(seed) % 60;
	for (unsigned i = 0; i < count; i++) {
		const char *word = words[next(seed) % ARRAY_LEN(words)];
		unsigned what = next(seed) % 16;
		if (what != 0)
			buf_addz(before, word);
		if (what != 1)
			buf_addz(after, word);
		if (what == 2)
			buf_addz(after, words[next(seed) % ARRAY_LEN(words)]);
	}
	if (next(seed) % 4 == 0)
		buf_addz(before, "end");
	if (next(seed) % 4 == 0)
		buf_addz(after, "end");
}

static void test_diff_random(void **state)
{
	(void)state;
	struct buf before, after;
	unsigned seed = 7;
	buf_init(&before, 0);
	buf_init(&after, 0);
	for (int i = 0; i < 60; i++) {
		random_pair(&before, &after, &seed);
		check_diff("r.md", buf_str(&before), buf_str(&after));
	}
	buf_release(&before);
	buf_release(&after);
}

static void test_diff_binary_and_renamed(void **state)
{
	(void)state;
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	assert_int_equal(api->diff(&out, "x", STR("a\0b"), "x", STR("c\0d"), &err), 0);
	assert_string_equal(out.p, "diff --git a/x b/x\nBinary files a/x and b/x differ\n");
	buf_clear(&out);
	assert_int_equal(api->diff(&out, NULL, STR_NONE, NULL, STR_NONE, &err), 0);
	assert_int_equal(api->diff(&out, "x", STR("a\n"), "x", STR("a\n"), &err), 0);
	assert_string_equal(out.p, "");
	assert_int_equal(api->diff(&out, "old", STR("1\n2\n3\n"), "new", STR("1\n2\n4\n"), &err),
			 0);
	put("old", STR("1\n2\n3\n"));
	put("patch", buf_str(&out));
	SH("git add old; git apply patch && test ! -e old");
	SAYS("1\n2\n4\n", "cat new");
	buf_clear(&out);
	assert_int_equal(api->diff(&out, "new", STR("1\n"), "far", STR("1\n"), &err), 0);
	put("patch", buf_str(&out));
	put("new", STR("1\n"));
	SH("git apply patch && test ! -e new");
	SAYS("1\n", "cat far");
	buf_release(&out);
}

static void rebuild(struct buf *out, struct str before, struct str after,
		    const struct git_hunk *hunks, size_t count)
{
	struct str line, old = before, new = after;
	size_t at = 0, to = 0;
	for (size_t i = 0; i < count; i++) {
		const struct git_hunk *h = &hunks[i];
		assert_true(h->before_count + h->after_count > 0);
		for (; at < h->before; at++, to++) {
			size_t n = str_find_char(old, '\n') + 1;
			buf_add(out, str_upto(old, n));
			old = str_from(old, n);
			assert_true(str_next_line(&new, &line));
		}
		assert_int_equal(to, h->after);
		for (size_t j = 0; j < h->before_count; j++, at++)
			old = str_from(old, str_find_char(old, '\n') + 1);
		for (size_t j = 0; j < h->after_count; j++, to++) {
			size_t n = str_find_char(new, '\n') + 1;
			buf_add(out, str_upto(new, n));
			new = str_from(new, n);
		}
	}
	buf_add(out, old);
}

static void check_hunks(struct str before, struct str after, struct git_hunk **hunks, size_t *count,
			struct arena *arena)
{
	struct buf out;
	struct kith_error err = {0};
	buf_init(&out, 0);
	assert_int_equal(api->hunks(hunks, count, before, after, arena, &err), 0);
	rebuild(&out, before, after, *hunks, *count);
	assert_true(str_eq(buf_str(&out), after));
	buf_release(&out);
}

static void test_hunks(void **state)
{
	(void)state;
	struct git_hunk *hunks;
	struct buf before, after;
	struct arena arena;
	size_t count;
	unsigned seed = 11;
	arena_init(&arena);
	buf_init(&before, 0);
	buf_init(&after, 0);
	check_hunks(STR("a\nb\nc\n"), STR("a\nB\nc\n"), &hunks, &count, &arena);
	assert_int_equal(count, 1);
	assert_memory_equal(hunks, (&(struct git_hunk){1, 1, 1, 1}), sizeof(*hunks));
	check_hunks(STR("a\nc\n"), STR("a\nb\nc\nd\n"), &hunks, &count, &arena);
	assert_int_equal(count, 2);
	assert_memory_equal(&hunks[0], (&(struct git_hunk){1, 0, 1, 1}), sizeof(*hunks));
	assert_memory_equal(&hunks[1], (&(struct git_hunk){2, 0, 3, 1}), sizeof(*hunks));
	check_hunks(STR(""), STR("a"), &hunks, &count, &arena);
	assert_memory_equal(hunks, (&(struct git_hunk){0, 0, 0, 1}), sizeof(*hunks));
	check_hunks(STR("a\n"), STR(""), &hunks, &count, &arena);
	assert_memory_equal(hunks, (&(struct git_hunk){0, 1, 0, 0}), sizeof(*hunks));
	check_hunks(STR_NONE, STR("a\0\nb"), &hunks, &count, &arena);
	check_hunks(STR("x\0y\n"), STR("x\0z\n"), &hunks, &count, &arena);
	assert_int_equal(count, 1);
	check_hunks(STR("same"), STR("same"), &hunks, &count, &arena);
	assert_int_equal(count, 0);
	for (int i = 0; i < 500; i++) {
		random_pair(&before, &after, &seed);
		check_hunks(buf_str(&before), buf_str(&after), &hunks, &count, &arena);
	}
	buf_release(&before);
	buf_release(&after);
	arena_release(&arena);
}

static void test_hunks_bounded(void **state)
{
	(void)state;
	static const unsigned lines[] = {18000, 2000000};
	struct git_hunk *hunks;
	struct buf before, after;
	struct arena arena;
	size_t count;
	unsigned seed = 3;
	arena_init(&arena);
	buf_init(&before, 0);
	buf_init(&after, 0);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		buf_clear(&before);
		buf_clear(&after);
		for (unsigned j = 0; j < lines[i]; j++) {
			buf_printf(&before, "%u\n", next(&seed) % 7);
			buf_printf(&after, "%u\n", next(&seed) % 7);
		}
		check_hunks(buf_str(&before), buf_str(&after), &hunks, &count, &arena);
	}
	assert_int_equal(count, 1);
	buf_release(&before);
	buf_release(&after);
	arena_release(&arena);
}

#define IN_HISTORY(test) cmocka_unit_test_setup_teardown(test, set_up_many, repository_remove)
#define UNBORN(test)     cmocka_unit_test_setup_teardown(test, repository_init, repository_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_HISTORY(test_walk),
	    IN_HISTORY(test_walk_folders),
	    IN_HISTORY(test_walk_texts),
	    IN_HISTORY(test_walk_stops),
	    UNBORN(test_walk_unborn),
	    IN_HISTORY(test_walk_shallow),
	    UNBORN(test_renames),
	    UNBORN(test_renames_bounded),
	    UNBORN(test_walk_hostile_trees),
	    IN_HISTORY(test_find),
	    UNBORN(test_find_ambiguous),
	    IN_HISTORY(test_blob),
	    IN_HISTORY(test_changed),
	    UNBORN(test_changed_unborn),
	    UNBORN(test_diff),
	    UNBORN(test_diff_random),
	    UNBORN(test_diff_binary_and_renamed),
	    cmocka_unit_test(test_hunks),
	    cmocka_unit_test(test_hunks_bounded),
	};
	if (repository_load())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
