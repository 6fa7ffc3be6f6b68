/* What init writes, where, and what it hands to git; git itself is tested in tests/cli/init.t. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "change/init.h"
#include "people/journal.h"

#define TODAY 20781 /* 2026-11-24, a Tuesday */

struct ground {
	char path[64];
	struct arena arena;
};

static int set_up(void **state)
{
	struct ground *p = calloc(1, sizeof(*p));
	if (!p)
		return -1;
	snprintf(p->path, sizeof(p->path), "/tmp/kith-init-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	arena_init(&p->arena);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct ground *p = *state;
	char command[128];
	arena_release(&p->arena);
	snprintf(command, sizeof(command), "rm -rf '%s'", p->path);
	int failed = system(command);
	free(p);
	return failed;
}

static const char *below(struct ground *p, const char *name)
{
	return arena_printf(&p->arena, "%s/%s", p->path, name).p;
}

static void put(struct ground *p, const char *name, const char *text)
{
	struct kith_error err = {0};
	assert_int_equal(fs_replace(AT_FDCWD, below(p, name), str_of(text), STR_NONE, &err), 0);
}

static struct str get(struct ground *p, const char *name)
{
	struct kith_error err = {0};
	struct buf bytes;
	buf_init(&bytes, 0);
	assert_int_equal(fs_read(AT_FDCWD, below(p, name), 1 << 20, &bytes, &err), 0);
	struct str text = arena_str(&p->arena, buf_str(&bytes));
	buf_release(&bytes);
	return text;
}

static void assert_text(struct str got, const char *wanted)
{
	assert_int_equal(got.n, strlen(wanted));
	assert_memory_equal(got.p, wanted, got.n);
}

static int plan_at(struct ground *p, const char *name, bool example, struct init_plan *plan,
		   struct kith_error *err)
{
	struct init_folder folder;
	if (init_open(&folder, below(p, name), &p->arena, err) < 0)
		return -1;
	int result = init_plan(plan, &folder, TODAY, example, &p->arena, err);
	if (result == 0)
		result = init_write(plan, folder.dir, err);
	close(folder.dir);
	return result;
}

static void made_in(struct ground *p, const char *name, struct init_plan *plan)
{
	struct kith_error err = {0};
	assert_int_equal(plan_at(p, name, false, plan, &err), 0);
}

static int mode_of(struct ground *p, const char *name)
{
	struct stat st;
	assert_int_equal(stat(below(p, name), &st), 0);
	return (int)(st.st_mode & 07777);
}

static void a_new_folder_is_its_owners(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	mode_t before = umask(022);
	made_in(p, "above/new", &plan);
	assert_int_equal(mkdir(below(p, "old"), 0755), 0);
	made_in(p, "old", &plan);
	made_in(p, "slash/", &plan);
	umask(before);
	assert_int_equal(mode_of(p, "above/new"), 0700);
	assert_int_equal(mode_of(p, "slash"), 0700);
	assert_int_equal(mode_of(p, "above"), 0755);
	assert_int_equal(mode_of(p, "old"), 0755);
	assert_int_equal(fs_kind(AT_FDCWD, below(p, "above/new/people")), FS_FOLDER);
	assert_false(plan.is_journal);
	assert_int_equal(plan.missing, 3);
}

static void same_strs(struct strs a, struct strs b)
{
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++)
		assert_true(str_eq(a.items[i], b.items[i]));
}

static void same_interval(struct interval a, struct interval b)
{
	assert_int_equal(a.months, b.months);
	assert_int_equal(a.days, b.days);
}

static void same_settings(const struct config *a, const struct config *b)
{
	assert_int_equal(a->version, b->version);
	same_strs(a->people, b->people);
	assert_true(str_eq(a->reviews, b->reviews));
	same_strs(a->ignore, b->ignore);
	assert_int_equal(a->cadences.count, b->cadences.count);
	for (size_t i = 0; i < a->cadences.count; i++) {
		assert_true(str_eq(a->cadences.items[i].name, b->cadences.items[i].name));
		same_interval(a->cadences.items[i].cadence.interval,
			      b->cadences.items[i].cadence.interval);
	}
	assert_int_equal(a->cadence_default.kind, b->cadence_default.kind);
	same_interval(a->cadence_default.interval, b->cadence_default.interval);
	assert_int_equal(a->by_tag_count, b->by_tag_count);
	same_strs(a->channels, b->channels);
	assert_int_equal(a->new_ties_count, b->new_ties_count);
	for (size_t i = 0; i < a->new_ties_count; i++)
		same_interval(a->new_ties[i], b->new_ties[i]);
	assert_int_equal(a->reach_out, b->reach_out);
	assert_int_equal(a->revive, b->revive);
	same_interval(a->ahead, b->ahead);
	same_interval(a->late, b->late);
	same_strs(a->log_headings, b->log_headings);
	assert_int_equal(a->task_headings.count, b->task_headings.count);
	for (size_t i = 0; i < a->task_headings.count; i++)
		assert_true(str_eq(a->task_headings.items[i].name, b->task_headings.items[i].name));
	assert_int_equal(a->task_dates_emoji, b->task_dates_emoji);
	assert_int_equal(a->file_names_name, b->file_names_name);
	assert_int_equal(a->only_count, b->only_count);
	assert_int_equal(a->leap_march, b->leap_march);
	assert_int_equal(a->commit_manual, b->commit_manual);
	assert_int_equal(a->max_file, b->max_file);
}

static void read_as_default(struct ground *p, struct str image)
{
	struct config config, defaults;
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, &p->arena);
	reporter_init(&reporter, image, STR("kith.yaml"), &diag);
	config_default(&defaults, &p->arena);
	config_default(&config, &p->arena);
	assert_true(config_read(&config, &p->arena, &reporter));
	assert_int_equal(diag.count, 0);
	assert_int_equal(config.since, TODAY);
	same_settings(&config, &defaults);
	diag_release(&diag);
}

/* With the `#` of every setting taken away, as the file's own first lines explain it. */
static struct str uncomment(struct ground *p, struct str text)
{
	struct str line;
	struct buf out;
	buf_init(&out, 0);
	while (str_next_line(&text, &line)) {
		bool setting = str_starts(line, STR("#  ")) ||
			       (line.n > 1 && line.p[0] == '#' && str_is_alpha(line.p[1]));
		buf_add(&out, str_from(line, setting));
		buf_addc(&out, '\n');
	}
	struct str made = arena_str(&p->arena, buf_str(&out));
	buf_release(&out);
	return made;
}

static void the_settings_are_the_defaults(void **state)
{
	static const char *const keys[] = {
	    "version",  "people",          "reviews",        "ignore",     "since",
	    "cadences", "cadence_default", "cadence_by_tag", "channels",   "new_ties",
	    "review",   "log_headings",    "task_headings",  "task_dates", "file_names",
	    "only",     "leap_day",        "commit",         "max_file"};
	struct ground *p = *state;
	struct init_plan plan;
	made_in(p, "j", &plan);
	struct str text = get(p, "j/kith.yaml"), all = uncomment(p, text);
	read_as_default(p, text);
	read_as_default(p, all);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct str line = arena_printf(&p->arena, "\n%s:", keys[i]);
		assert_true(str_find(all, line) < all.n);
	}
	for (struct str line; str_next_line(&text, &line);)
		assert_true(line.n <= 81);
}

static void what_is_there_stays(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	assert_int_equal(mkdir(below(p, "j"), 0755), 0);
	put(p, "j/.gitignore", "*.bak\r\n  *.csv  \r\n");
	put(p, "j/.gitattributes",
	    "/kith.yaml merge=kith\npeople/**/*.md merge=kith\n"
	    "reviews/**/*.md merge=kith");
	put(p, "j/note.md", "mine");
	made_in(p, "j", &plan);
	assert_true(plan.has_other_things);
	assert_int_equal(plan.missing, 1);
	assert_text(get(p, "j/.gitignore"), "*.bak\r\n  *.csv  \r\n");
	assert_text(get(p, "j/note.md"), "mine");
	for (size_t i = 0; i < plan.count; i++) {
		struct strs lacked = plan.files[i].lacked;
		if (!str_eq(plan.files[i].path, STR(".gitignore"))) {
			assert_int_equal(lacked.count, 0);
			continue;
		}
		assert_int_equal(lacked.count, 4);
		assert_text(lacked.items[0], "*.vcf");
		assert_text(lacked.items[1], "*.ics");
		assert_text(lacked.items[2], "/*.html");
		assert_text(lacked.items[3], ".kith-*");
	}
}

static void a_journal_is_completed(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	assert_int_equal(mkdir(below(p, "j"), 0755), 0);
	put(p, "j/kith.yaml",
	    "people: [who, \"a b/c*\", ., ./x/, \"#y\"]\nreviews: weeks\ncommit: manual\n");
	made_in(p, "j", &plan);
	assert_true(plan.is_journal && plan.config.commit_manual);
	assert_int_equal(plan.missing, 2);
	assert_int_equal(fs_kind(AT_FDCWD, below(p, "j/a b/c*")), FS_FOLDER);
	struct str text = get(p, "j/.gitattributes");
	static const char wanted[] = "\n/kith.yaml merge=kith\n"
				     "who/**/*.md merge=kith\n"
				     "\"a b/c\\\\*/**/*.md\" merge=kith\n"
				     "*.md merge=kith\n"
				     "x/**/*.md merge=kith\n"
				     "\"#y/**/*.md\" merge=kith\n"
				     "weeks/**/*.md merge=kith\n";
	assert_true(str_ends(text, str_of(wanted)));
	assert_text(init_subject(&plan, &p->arena), "Add .gitattributes and .gitignore");
	made_in(p, "j", &plan);
	assert_int_equal(plan.missing, 0);
}

static void refuse(struct ground *p, const char *name, bool example, enum kith_status status,
		   const char *part)
{
	struct kith_error err = {0};
	struct init_plan plan;
	assert_int_equal(plan_at(p, name, example, &plan, &err), -1);
	assert_int_equal(err.status, status);
	assert_non_null(strstr(err.message, part));
}

static void what_cannot_be_is_refused(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	made_in(p, "j", &plan);
	refuse(p, "j/sub", false, KITH_INVALID, "inside the journal");
	refuse(p, "j/people", false, KITH_INVALID, "inside the journal");
	refuse(p, "j/a/b/c", false, KITH_INVALID, "inside the journal");
	assert_int_equal(fs_kind(AT_FDCWD, below(p, "j/a")), FS_NONE);
	refuse(p, "j", true, KITH_INVALID, "new or empty folder");
	put(p, "file", "x");
	refuse(p, "file", false, KITH_INVALID, "is not a folder");
	refuse(p, "file/sub", false, KITH_IO, "Not a directory");
	assert_int_equal(symlink("nowhere", below(p, "dangling")), 0);
	refuse(p, "dangling", false, KITH_INVALID, "is not a folder");
	assert_int_equal(mkdir(below(p, "notes"), 0755), 0);
	put(p, "notes/a.md", "x");
	refuse(p, "notes", true, KITH_INVALID, "new or empty folder");
	assert_int_equal(mkdir(below(p, "newer"), 0755), 0);
	put(p, "newer/kith.yaml", "version: 99\n");
	refuse(p, "newer", false, KITH_UNSUPPORTED, "version 99");
	assert_int_equal(mkdir(below(p, "wrong"), 0755), 0);
	put(p, "wrong/kith.yaml", "peple: x\n");
	refuse(p, "wrong", false, KITH_INVALID, "unknown setting");
	assert_int_equal(fs_kind(AT_FDCWD, below(p, "wrong/.gitignore")), FS_NONE);
	assert_int_equal(mkdir(below(p, "odd"), 0755), 0);
	assert_int_equal(mkdir(below(p, "odd/kith.yaml"), 0755), 0);
	refuse(p, "odd", false, KITH_INVALID, "not a regular file");
	assert_int_equal(mkdir(below(p, "blocked"), 0755), 0);
	put(p, "blocked/people", "a file");
	refuse(p, "blocked", false, KITH_INVALID, "is not a folder");
	assert_int_equal(fs_kind(AT_FDCWD, below(p, "blocked/kith.yaml")), FS_NONE);
	made_in(p, "linked", &plan);
	assert_int_equal(symlink("linked", below(p, "link")), 0);
	made_in(p, "link", &plan);
	assert_int_equal(plan.missing, 0);
}

static void the_example_is_a_journal(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	struct kith_error err = {0};
	struct journal journal;
	const struct journal_options options = {.threads = 1};
	assert_int_equal(plan_at(p, "ex", true, &plan, &err), 0);
	assert_true(plan.is_example && plan.missing == plan.count);
	assert_text(plan.files[plan.count - 1].path, "kith.yaml");
	int dir = open(below(p, "ex"), O_RDONLY | O_DIRECTORY);
	assert_int_equal(journal_load(&journal, dir, &options, &err), 0);
	assert_int_equal(journal.count + 3, plan.count);
	journal_release(&journal);
	close(dir);
}

/* ---- A git of our own, which notes what it is asked ---- */

struct git_repo {
	int ignored;
};

struct asked {
	struct git_repo repo;
	bool has_repo;
	const char *tree;
	const char *opened, *made, *branch, *message;
	char paths[2048], merged[256];
	size_t commits, closed, ended;
};

/* The table's functions have no argument for it; the surroundings' name carries it. */
static struct asked *asked_of(const struct git_surroundings *around)
{
	union {
		const char *name;
		struct asked *asked;
	} of = {.name = around->author_name};
	return of.asked;
}

static int fake_open(struct git_repo **out, const char *path, const struct git_surroundings *around,
		     struct kith_error *err)
{
	struct asked *asked = asked_of(around);
	asked->opened = path;
	if (!asked->has_repo)
		return kith_fail(err, KITH_NOT_FOUND, "no repository");
	*out = &asked->repo;
	return 0;
}

static int fake_init(struct git_repo **out, const char *path, const char *branch,
		     const struct git_surroundings *around, struct kith_error *err)
{
	struct asked *asked = asked_of(around);
	(void)err;
	asked->made = path;
	asked->branch = branch;
	*out = &asked->repo;
	return 0;
}

static void fake_close(struct git_repo *repo)
{
	((struct asked *)repo)->closed++;
}

static const char *fake_workdir(const struct git_repo *repo)
{
	return ((const struct asked *)repo)->tree;
}

/* A change is as good as the repository it is made in. */
static int fake_begin(struct git_change **out, struct git_repo *repo, struct kith_error *err)
{
	(void)err;
	*out = (struct git_change *)repo;
	return 0;
}

static int fake_read(struct git_change *change, enum git_copy copy, const char *path, size_t max,
		     struct buf *out, bool *there, struct kith_error *err)
{
	(void)change, (void)copy, (void)path, (void)max, (void)out, (void)err;
	*there = false;
	return 0;
}

static int fake_commit(struct git_change *change, const struct git_file *files, size_t count,
		       const struct git_message *message, struct git_outcome *outcome,
		       struct kith_error *err)
{
	struct asked *asked = (struct asked *)change;
	asked->commits++;
	asked->message = message->text;
	for (size_t i = 0; i < count; i++) {
		assert_true(files[i].head.n > 0);
		assert_ptr_equal(files[i].head.p, files[i].index.p);
		assert_ptr_equal(files[i].before.p, files[i].after.p);
		strncat(asked->paths, files[i].path,
			sizeof(asked->paths) - strlen(asked->paths) - 1);
		strncat(asked->paths, " ", sizeof(asked->paths) - strlen(asked->paths) - 1);
	}
	if (!asked->has_repo)
		return kith_fail(err, KITH_INVALID, "no name");
	snprintf(outcome->id, sizeof(outcome->id), "abc");
	return 0;
}

static void fake_end(struct git_change *change)
{
	((struct asked *)change)->ended++;
}

static int fake_changed(struct git_repo *repo, const char *folder, git_changed *visit,
			void *context, struct kith_error *err)
{
	(void)repo;
	(void)folder;
	(void)err;
	for (size_t i = 0; i < 5; i++)
		visit(context, "new", GIT_UNKNOWN);
	visit(context, "old", GIT_DIFFERS);
	return 0;
}

static int fake_set_driver(bool *news, struct git_repo *repo, const struct git_driver *driver,
			   struct kith_error *err)
{
	struct asked *asked = (struct asked *)repo;
	struct str last = driver->attributes[driver->count - 1];
	(void)err;
	assert_string_equal(driver->name, "kith");
	assert_true(str_starts(str_of(driver->command), STR("kith merge-driver ")));
	snprintf(asked->merged, sizeof(asked->merged), "%.*s", STR_ARG(last));
	*news = true;
	return 0;
}

static const struct git_api fake_git = {.open = fake_open,
					.init = fake_init,
					.close = fake_close,
					.workdir = fake_workdir,
					.begin = fake_begin,
					.read = fake_read,
					.commit = fake_commit,
					.end = fake_end,
					.changed = fake_changed,
					.set_driver = fake_set_driver};

static int commit_at(struct ground *p, const char *name, const struct init_plan *plan,
		     struct asked *asked, bool commit, struct init_commit *out,
		     struct kith_error *err)
{
	union {
		struct asked *asked;
		const char *name;
	} as = {.asked = asked};
	struct git_surroundings around = {.author_name = as.name};
	return init_commit(out, plan, below(p, name), &fake_git, &around, commit, &p->arena, err);
}

static void a_commit_holds_what_was_written(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	struct init_commit out;
	struct kith_error err = {0};
	struct asked inner = {.has_repo = true, .tree = p->path};
	assert_int_equal(mkdir(below(p, "j"), 0755), 0);
	put(p, "j/.gitignore", "x\n");
	made_in(p, "j", &plan);
	assert_int_equal(commit_at(p, "j", &plan, &inner, true, &out, &err), 0);
	assert_string_equal(inner.paths, "j/.gitattributes j/kith.yaml ");
	assert_string_equal(inner.merged, "j/reviews/**/*.md merge=kith");
	assert_true(out.driver);
	assert_string_equal(inner.message, "Start the journal\n\nKith: init\n");
	assert_string_equal(out.id, "abc");
	assert_null(inner.made);
	assert_false(out.made);
	assert_int_equal(out.untracked, 0);
	assert_int_equal(inner.closed, 1);
	assert_int_equal(inner.ended, 1);

	struct asked silent = {.has_repo = true, .tree = p->path};
	assert_int_equal(commit_at(p, "j", &plan, &silent, false, &out, &err), 0);
	assert_int_equal(silent.commits, 0);
	assert_string_equal(out.id, "");

	struct asked other = {.has_repo = true, .tree = "/usr"};
	assert_int_equal(commit_at(p, "j", &plan, &other, true, &out, &err), -1);
	assert_non_null(strstr(err.message, "not in the work tree"));
	assert_int_equal(other.closed, 1);
}

static void a_repository_is_made(void **state)
{
	struct ground *p = *state;
	struct init_plan plan;
	struct init_commit out;
	struct kith_error err = {0};
	made_in(p, "j", &plan);
	struct asked asked = {.tree = below(p, "j/")};
	assert_int_equal(commit_at(p, "j", &plan, &asked, true, &out, &err), -1);
	assert_string_equal(err.message, "no name");
	assert_string_equal(asked.branch, "main");
	assert_string_equal(asked.paths, ".gitattributes .gitignore kith.yaml ");
	assert_true(out.made);
	assert_int_equal(asked.closed, 1);
	assert_int_equal(commit_at(p, "j", &plan, &asked, false, &out, &err), 0);
	assert_int_equal(out.untracked, 5);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(a_new_folder_is_its_owners),
	    TEST(the_settings_are_the_defaults),
	    TEST(what_is_there_stays),
	    TEST(a_journal_is_completed),
	    TEST(what_cannot_be_is_refused),
	    TEST(the_example_is_a_journal),
	    TEST(a_commit_holds_what_was_written),
	    TEST(a_repository_is_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
