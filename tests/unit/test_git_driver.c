/* What git is told of a merge driver, and the merge by lines, as the git program does it. */
#include "repository.h"

#include "base/arena.h"
#include "base/buf.h"

static const struct str lines[] = {
    {"a/**/*.md merge=own", 19},
    {"b/**/*.md merge=own", 19},
};

static const struct git_driver driver = {
    .name = "own",
    .title = "one's own",
    .command = "own \"%O\" %A; s=$?; exit $s # it ends",
    .attributes = lines,
    .count = 2,
};

static bool set_driver(struct git_repo *repo)
{
	struct kith_error err = {0};
	bool news = false;
	if (api->set_driver(&news, repo, &driver, &err) != 0)
		fail_msg("set_driver: %s", err.message);
	return news;
}

static void git_is_told(void **state)
{
	(void)state;
	SH("printf '# mine\\n[user]\\n\\tname = Me # still\\n' >>.git/config");
	SH("mkdir -p .git/info && printf '*.png binary\\nb/**/*.md merge=own' "
	   ">.git/info/attributes");
	struct git_repo *repo = repository_open();
	assert_false(api->has_driver(repo, "own"));
	assert_true(set_driver(repo));
	api->close(repo);
	SAYS("own \"%O\" %A; s=$?; exit $s # it ends\n", "git config merge.own.driver");
	SAYS("one's own\n", "git config merge.own.name");
	SH("grep -q '^# mine$' .git/config && grep -q 'name = Me # still' .git/config");
	SAYS("*.png binary\nb/**/*.md merge=own\na/**/*.md merge=own\n",
	     "cat .git/info/attributes");
	SAYS("a/x.md: merge: own\nc.md: merge: unspecified\n", "git check-attr merge a/x.md c.md");

	repo = repository_open();
	assert_true(api->has_driver(repo, "own"));
	assert_false(set_driver(repo));
	api->close(repo);
}

static void ones_own_driver_stays(void **state)
{
	(void)state;
	SH("git config --global merge.own.driver true && rm -rf .git/info");
	struct git_repo *repo = repository_open();
	assert_true(api->has_driver(repo, "own"));
	assert_true(set_driver(repo));
	assert_false(set_driver(repo));
	api->close(repo);
	SAYS("true\n", "git config merge.own.driver");
	SAYS("a/**/*.md merge=own\nb/**/*.md merge=own\n", "cat .git/info/attributes");
}

/* Settings and attributes are the repository's, wherever they are asked for. */
static void work_trees_share_it(void **state)
{
	(void)state;
	SH("git commit -q --allow-empty -m one && git worktree add -q ../work 2>&1");
	char main_tree[sizeof(folder)];
	memcpy(main_tree, folder, sizeof(folder));
	snprintf(folder, sizeof(folder), "%s/work", base);
	struct git_repo *repo = repository_open();
	assert_true(set_driver(repo));
	api->close(repo);
	SAYS("b/x.md: merge: own\n", "git check-attr merge b/x.md");
	memcpy(folder, main_tree, sizeof(folder));
	SAYS("b/x.md: merge: own\n", "git check-attr merge b/x.md");
	repo = repository_open();
	assert_true(api->has_driver(repo, "own"));
	api->close(repo);
}

static void what_cannot_be_set_is_told(void **state)
{
	(void)state;
	struct kith_error err = {0};
	bool news;
	SH("touch .git/config.lock");
	struct git_repo *repo = repository_open();
	assert_int_equal(api->set_driver(&news, repo, &driver, &err), -1);
	assert_non_null(strstr(err.message, "cannot set a merge driver in"));
	api->close(repo);
}

/* ---- by lines ---- */

static unsigned next_number(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

/* A text, and one that differs from it in a few lines; some without an end, some with CR LF. */
static void write_text(const char *name, const char *from, unsigned *seed)
{
	static const char *const ends[] = {"\n", "\n", "\n", "\r\n"};
	char path[256];
	struct buf out;
	buf_init(&out, 0);
	snprintf(path, sizeof(path), "%s/%s", folder, from);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char line[256];
	for (unsigned i = 0; i < 12; i++) {
		bool had = fgets(line, sizeof(line), file) != NULL;
		if (had && next_number(seed, 6) > 0)
			buf_addz(&out, line);
		if (!had || next_number(seed, 8) == 0)
			buf_printf(&out, "%c%s", 'a' + (int)next_number(seed, 5),
				   ends[next_number(seed, 4)]);
	}
	fclose(file);
	if (out.n && next_number(seed, 5) == 0)
		buf_cut(&out, out.n - 1);
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(out.p, 1, out.n, file), out.n);
	fclose(file);
	buf_release(&out);
}

static struct str text_at(const char *name, struct arena *arena)
{
	static char bytes[8192];
	char path[256];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return arena_str(arena, (struct str){bytes, n});
}

static void lines_merge_as_git_merges_them(void **state)
{
	(void)state;
	unsigned seed = 7, clashes = 0;
	struct arena arena;
	arena_init(&arena);
	for (unsigned i = 0; i < 60; i++) {
		struct kith_error err = {0};
		struct buf out;
		bool clash;
		SH(": >none");
		write_text("o", "none", &seed);
		write_text("a", "o", &seed);
		write_text("b", "o", &seed);
		int status = run("git merge-file -q -p a o b >r; test $? = 0");
		buf_init(&out, 0);
		assert_int_equal(api->merge_lines(&out, &clash, text_at("o", &arena),
						  text_at("a", &arena), text_at("b", &arena), &err),
				 0);
		assert_int_equal(clash, status != 0);
		struct str wanted = clash ? STR("") : text_at("r", &arena);
		if (!str_eq(buf_str(&out), wanted))
			fail_msg("triple %u differs", i);
		clashes += clash;
		buf_release(&out);
	}
	assert_in_range(clashes, 10, 50);
	arena_release(&arena);
}

static void what_is_no_text_is_not_merged(void **state)
{
	(void)state;
	struct kith_error err = {0};
	struct buf out;
	bool clash;
	buf_init(&out, 0);
	struct str same = STR("a\n"), other = {"a\nb\0", 4};
	assert_int_equal(api->merge_lines(&out, &clash, same, same, other, &err), 0);
	assert_true(clash && out.n == 0);
	assert_int_equal(api->merge_lines(&out, &clash, STR_NONE, same, same, &err), 0);
	assert_true(!clash && str_eq(buf_str(&out), same));
	buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, repository_init, repository_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(git_is_told),
	    TEST(ones_own_driver_stays),
	    TEST(work_trees_share_it),
	    TEST(what_cannot_be_set_is_told),
	    TEST(lines_merge_as_git_merges_them),
	    TEST(what_is_no_text_is_not_merged),
	};
	if (repository_load())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
