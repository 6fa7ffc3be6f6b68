#include "change/init.h"
#include "change/commit.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "change/attributes.h"
#include "change/paths.h"
#include "change/shift.h"
#include "people/journal.h"
#include "report/carried.h"
#include "report/mustache.h"

#define EXAMPLE_FOLDER STR("example/")
#define EXAMPLE_MONDAY 20780 /* 2026-11-23, for which the example is written */
#define MAX_KEPT       ((size_t)1024 * 1024)
#define MAX_MADE       ((size_t)1024 * 1024)

/* ---- The folder ---- */

static int cannot_make(struct kith_error *err, const char *path)
{
	int cause = errno;
	enum fs_kind kind = fs_kind(AT_FDCWD, path);
	if (kind != FS_NONE && (cause == ENOTDIR || cause == EEXIST))
		return kith_fail(err, KITH_INVALID, "%s is there, and is not a folder", path);
	errno = cause;
	return kith_fail_errno(err, "cannot make a journal in %s", path);
}

/* The nearest folder that is there: path itself, or one above it; NULL with errno. */
static const char *nearest_folder(const char *path, struct arena *arena)
{
	for (struct str at = str_of(path);;) {
		const char *real = fs_absolute(arena_str(arena, at).p, arena).p;
		struct str above = paths_parent(at);
		if (real || errno != ENOENT || str_eq(above, at))
			return real;
		at = above;
	}
}

/* Refuses a folder below another journal; `from` is looked at too. */
static int refuse_within(const char *from, const char *path, struct arena *arena,
			 struct kith_error *err)
{
	struct str journal = paths_journal_above(str_of(from), arena);
	return journal.p ? kith_fail(err, KITH_INVALID,
				     "%s is inside the journal %.*s; a journal does not hold "
				     "another one",
				     path, STR_ARG(journal))
			 : 0;
}

static int make_private(const char *path, struct arena *arena, struct kith_error *err)
{
	struct str above = arena_str(arena, paths_parent(str_of(path)));
	struct kith_error reason = {0};
	if (!fs_absolute(above.p, arena).p && fs_make_folders(AT_FDCWD, above.p, &reason) < 0)
		return kith_fail(err, reason.status, "cannot make a journal in %s: %s: %s", path,
				 reason.path, reason.message);
	return mkdir(path, 0700) == 0 ? 0 : cannot_make(err, path);
}

int init_open(struct init_folder *folder, const char *path, struct arena *arena,
	      struct kith_error *err)
{
	*folder = (struct init_folder){.dir = -1};
	const char *real = fs_absolute(path, arena).p, *from = NULL;
	if (real)
		from = arena_str(arena, paths_parent(str_of(real))).p;
	else if (errno == ENOENT)
		from = nearest_folder(path, arena);
	if (!from)
		return cannot_make(err, path);
	if (!(real && str_eq(str_of(real), STR("/"))) && refuse_within(from, path, arena, err) < 0)
		return -1;
	if (!real && make_private(path, arena, err) < 0)
		return -1;
	folder->made = !real;
	folder->path = fs_absolute(path, arena).p;
	folder->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder->path && folder->dir >= 0)
		return 0;
	cannot_make(err, path);
	if (folder->dir >= 0)
		close(folder->dir);
	folder->dir = -1;
	return -1;
}

/* ---- What the files hold ---- */

/* What the templates of a journal's files are filled with. */
static json_t *make_model(const struct config *config, civil_day today, struct arena *arena)
{
	struct buf text;
	buf_init(&text, 0);
	json_t *model = json_object(), *merged = json_array();
	struct strs lines = attributes_lines(config, STR(""), arena);
	day_format(&text, today);
	json_object_set_new(model, "today", json_stringn(text.p, text.n));
	for (size_t i = 0; i < lines.count; i++)
		json_array_append_new(merged, json_stringn(lines.items[i].p, lines.items[i].n));
	json_object_set_new(model, "merged", merged);
	buf_release(&text);
	return model;
}

/* A carried template, filled in. */
static int render_carried(struct str *out, const char *name, const json_t *model,
			  struct arena *arena, struct kith_error *err)
{
	struct mustache *template = NULL;
	struct buf text;
	buf_init(&text, MAX_MADE);
	int rc = mustache_parse(&template, name, carried_find(str_of(name)), MUSTACHE_TEXT, err);
	if (rc == 0)
		rc = mustache_render(template, model, NULL, NULL, &text, err);
	*out = arena_str(arena, buf_str(&text));
	mustache_free(template);
	buf_release(&text);
	return rc;
}

/* ---- The plan ---- */

/* Something in the folder that no journal and no repository puts there. */
static bool note_other(void *context, struct str path, struct str name, enum fs_kind kind)
{
	static const char *const known[] = {".git", "kith.yaml", ".gitattributes", ".gitignore"};
	struct init_plan *plan = context;
	bool other = true;
	(void)path;
	(void)kind;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		other = other && !str_eq(name, str_of(known[i]));
	for (size_t i = 0; i < plan->config.people.count; i++)
		other = other && !str_eq(name, plan->config.people.items[i]);
	plan->has_other_things = plan->has_other_things || other;
	return true; /* nothing is entered */
}

/* The lines of the file's bytes that what stands there lacks; all, where it cannot be read. */
static void find_lacked(struct init_file *file, int dir, struct arena *arena)
{
	struct buf kept;
	struct str rest = file->bytes, line;
	buf_init(&kept, 0);
	if (fs_load(dir, file->path.p, MAX_KEPT, &kept) != 0)
		buf_clear(&kept);
	file->lacked.items = ARENA_ARRAY(arena, struct str, file->bytes.n);
	while (str_next_line(&rest, &line))
		if (line.n && line.p[0] != '#' && !str_holds_line(buf_str(&kept), line))
			file->lacked.items[file->lacked.count++] = line;
	buf_release(&kept);
}

static void add_planned(struct init_plan *plan, int dir, struct str path, struct str bytes,
			struct arena *arena)
{
	struct init_file *file = &plan->files[plan->count++];
	*file = (struct init_file){.path = path, .bytes = bytes};
	file->there = fs_kind(dir, path.p) != FS_NONE;
	plan->missing += !file->there;
	if (file->there && path.p[0] == '.')
		find_lacked(file, dir, arena);
}

/* The example's files but kith.yaml, whose bytes are given back: p == NULL where there is none. */
static struct str add_example(struct init_plan *plan, int dir, civil_day today, struct arena *arena)
{
	size_t count;
	const struct carried *carried = carried_list(&count);
	struct str settings = STR_NONE, folder = EXAMPLE_FOLDER;
	struct buf moved;
	buf_init(&moved, 0);
	for (size_t i = 0; i < count; i++) {
		if (!str_starts(carried[i].path, folder))
			continue;
		struct str path = str_from(carried[i].path, folder.n);
		buf_clear(&moved);
		shift_dates(&moved, carried[i].bytes, EXAMPLE_MONDAY,
			    today - day_weekday(today) + 1);
		struct str bytes = arena_str(arena, buf_str(&moved));
		if (str_eq(path, STR("kith.yaml")))
			settings = bytes;
		else
			add_planned(plan, dir, path, bytes, arena);
	}
	buf_release(&moved);
	return settings;
}

/* The settings that count: what kith.yaml says, or will say. */
static int read_settings_to_be(struct config *config, struct str image, struct arena *arena,
			       struct kith_error *err)
{
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, arena);
	reporter_init(&reporter, image, STR("kith.yaml"), &diag);
	config_default(config, arena);
	bool known = config_read(config, arena, &reporter);
	for (size_t i = 0; i < diag.count && err->status == KITH_OK; i++) {
		const struct finding *f = &diag.items[i];
		if (f->severity != SEVERITY_ERROR)
			continue;
		kith_fail(err, known ? KITH_INVALID : KITH_UNSUPPORTED, "%.*s",
			  STR_ARG(f->message));
		kith_fail_at(err, "kith.yaml", f->line, f->column);
	}
	diag_release(&diag);
	return err->status == KITH_OK ? 0 : -1;
}

static int read_kept(struct config *config, int dir, struct arena *arena, struct kith_error *err)
{
	struct str image;
	if (fs_read_text(&image, dir, "kith.yaml", MAX_KEPT, arena, err))
		return -1;
	return read_settings_to_be(config, image, arena, err);
}

static int look_around(struct init_plan *plan, int dir, struct arena *arena, struct kith_error *err)
{
	struct fs_list found;
	int rc = fs_walk(dir, ".", note_other, plan, arena, &found, NULL, err);
	fs_list_release(&found);
	return rc;
}

/* The settings that a new journal gets, fitted to the notes that are there. */
static int make_settings(struct str *settings, struct init_plan *plan, const struct config *usual,
			 civil_day today, struct arena *arena, struct kith_error *err)
{
	json_t *model = make_model(usual, today, arena);
	int rc = render_carried(settings, "journal/kith.yaml", model, arena, err);
	json_decref(model);
	if (rc == 0 && plan->survey.count)
		*settings = survey_settings(&plan->survey, *settings, arena);
	return rc;
}

static int add_files(struct init_plan *plan, int dir, civil_day today, bool example,
		     struct arena *arena, struct kith_error *err)
{
	struct config config;
	struct str settings = STR_NONE, attributes = STR_NONE, ignored = STR_NONE;
	config_default(&config, arena);
	if (example)
		settings = add_example(plan, dir, today, arena);
	else if (!plan->is_journal && (survey_folder(&plan->survey, dir, arena, err) ||
				       make_settings(&settings, plan, &config, today, arena, err)))
		return -1;
	int rc = plan->is_journal ? read_kept(&config, dir, arena, err)
		 : settings.p     ? read_settings_to_be(&config, settings, arena, err)
				  : 0;
	if (rc < 0)
		return -1;
	plan->config = config;
	json_t *model = make_model(&config, today, arena);
	if (!settings.p)
		rc = render_carried(&settings, "journal/kith.yaml", model, arena, err);
	if (rc == 0)
		rc = render_carried(&attributes, "journal/gitattributes", model, arena, err);
	if (rc == 0)
		rc = render_carried(&ignored, "journal/gitignore", model, arena, err);
	json_decref(model);
	if (rc < 0)
		return -1;
	add_planned(plan, dir, STR(".gitattributes"), attributes, arena);
	add_planned(plan, dir, STR(".gitignore"), ignored, arena);
	add_planned(plan, dir, STR("kith.yaml"), settings, arena);
	return 0;
}

int init_plan(struct init_plan *plan, const struct init_folder *folder, civil_day today,
	      bool example, struct arena *arena, struct kith_error *err)
{
	size_t carried;
	(void)carried_list(&carried);
	*plan = (struct init_plan){
	    .files = ARENA_ARRAY(arena, struct init_file, carried + 3),
	    .is_journal = fs_kind(folder->dir, "kith.yaml") != FS_NONE,
	    .is_example = example,
	};
	if (example && look_around(plan, folder->dir, arena, err) < 0)
		return -1;
	if (example && (plan->is_journal || plan->has_other_things))
		return kith_fail(err, KITH_INVALID,
				 "the example goes into a new or empty folder, and %s is not; "
				 "`kith init --example ~/kith-example` makes one",
				 folder->path);
	if (add_files(plan, folder->dir, today, example, arena, err) < 0)
		return -1;
	return example ? 0 : look_around(plan, folder->dir, arena, err);
}

/* ---- Writing and committing ---- */

static int make_people(const struct init_plan *plan, int dir, struct kith_error *err)
{
	for (size_t i = 0; i < plan->config.people.count; i++) {
		const char *folder = plan->config.people.items[i].p;
		enum fs_kind kind = fs_kind(dir, folder);
		if (kind == FS_NONE && fs_make_folders(dir, folder, err) < 0)
			return -1;
		if (kind == FS_FILE || kind == FS_OTHER) {
			kith_fail(err, KITH_INVALID, "it is there, and is not a folder");
			return kith_fail_at(err, folder, 0, 0);
		}
	}
	return 0;
}

int init_write(const struct init_plan *plan, int dir, struct kith_error *err)
{
	int rc = make_people(plan, dir, err);
	for (size_t i = 0; i < plan->count && rc == 0; i++) {
		const struct init_file *file = &plan->files[i];
		const struct fs_file fresh = {file->path.p, STR_NONE, file->bytes, 0};
		if (!file->there)
			rc = fs_carry(dir, &fresh, err);
	}
	return rc;
}

struct str init_subject(const struct init_plan *plan, struct arena *arena)
{
	struct str names = STR("");
	if (plan->is_example)
		return STR("Start the example journal");
	if (!plan->is_journal)
		return STR("Start the journal");
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->files[i].there)
			names = arena_printf(arena, "%.*s%s%.*s", STR_ARG(names),
					     names.n ? " and " : "", STR_ARG(plan->files[i].path));
	return arena_printf(arena, "Add %.*s", STR_ARG(names));
}

static int commit_files(struct init_commit *out, const struct init_plan *plan, struct str below,
			const struct git_api *git, struct git_repo *repo, struct arena *arena,
			struct kith_error *err)
{
	struct git_file *files = ARENA_ARRAY(arena, struct git_file, plan->missing);
	size_t count = 0;
	for (size_t i = 0; i < plan->count; i++) {
		struct str bytes = plan->files[i].bytes;
		if (plan->files[i].there)
			continue;
		struct str path =
		    arena_printf(arena, "%.*s%.*s", STR_ARG(below), STR_ARG(plan->files[i].path));
		files[count++] = (struct git_file){path.p, bytes, bytes, bytes, bytes, 0, false};
	}
	struct str message =
	    commit_message(init_subject(plan, arena), STR(""), NULL, STR("init"), arena);
	return count ? commit_written(git, repo, files, count, message.p, out->id, err) : 0;
}

static void count_unknown(void *context, const char *path, enum git_difference what)
{
	size_t *count = context;
	(void)path;
	*count += what == GIT_UNKNOWN;
}

int init_commit(struct init_commit *out, const struct init_plan *plan, const char *path,
		const struct git_api *git, const struct git_surroundings *around, bool commit,
		struct arena *arena, struct kith_error *err)
{
	struct git_repo *repo = NULL;
	struct kith_error opening = {0};
	struct str below = STR("");
	*out = (struct init_commit){0};
	int rc = git->open(&repo, path, around, &opening);
	if (rc < 0 && opening.status == KITH_NOT_FOUND) {
		rc = git->init(&repo, path, "main", around, err);
		out->made = rc == 0;
	} else if (rc < 0 && opening.status == KITH_UNSUPPORTED && !commit) {
		return 0;
	} else if (rc < 0) {
		*err = opening;
	}
	if (rc < 0)
		return -1;
	rc = commit_below_workdir(&below, git->workdir(repo), path, arena, err);
	if (rc == 0)
		rc = attributes_set_driver(&out->driver, git, repo, below, &plan->config, arena,
					   err);
	if (rc == 0 && commit)
		rc = commit_files(out, plan, below, git, repo, arena, err);
	if (rc == 0 && out->made)
		rc = git->changed(repo, "", count_unknown, &out->untracked, err);
	git->close(repo);
	return rc;
}
