#include "locate.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fs.h"
#include "base/text.h"
#include "change/attributes.h"
#include "change/paths.h"
#include "note/yaml.h"

#define SETTINGS_MAX (64 * 1024)

static int open_journal_folder(const char **path, const char *folder, struct arena *arena,
			       struct kith_error *err)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*path = dir < 0 ? NULL : fs_absolute(folder, arena).p;
	if (*path)
		return dir;
	kith_fail_errno(err, "cannot open the journal %s", folder);
	if (dir >= 0)
		close(dir);
	return -1;
}

/* A folder that somebody named; what: who did, "-C" or "KITH_DIR". */
static int open_named(const char **path, const char *folder, const char *what, struct arena *arena,
		      struct kith_error *err)
{
	struct kith_error reason = {0};
	int dir = open_journal_folder(path, folder, arena, &reason);
	if (dir < 0)
		return kith_fail(err, reason.status, "%s: %s", what, reason.message);
	if (faccessat(dir, "kith.yaml", F_OK, 0) == 0)
		return dir;
	close(dir);
	return kith_fail(err, KITH_NOT_FOUND,
			 "%s: %s is no journal: it has no kith.yaml; `kith init %s` makes it one",
			 what, folder, folder);
}

/* The nearest kith.yaml, here or above; -1 without a failure where there is none. */
static int open_upward(const char **path, struct arena *arena, struct kith_error *err)
{
	char here[PATH_MAX];
	if (!getcwd(here, sizeof(here)))
		return -1;
	struct str folder = paths_journal_above(str_of(here), arena);
	return folder.p ? open_journal_folder(path, arena_str(arena, folder).p, arena, err) : -1;
}

/* The user's own settings: $XDG_CONFIG_HOME/kith/config.yaml; NULL where there is no home. */
static const char *settings_path(const struct git_surroundings *around, struct arena *arena)
{
	const char *config = around->xdg_config_home;
	if (config && config[0] == '/')
		return arena_printf(arena, "%s/kith/config.yaml", config).p;
	if (around->home && around->home[0])
		return arena_printf(arena, "%s/.config/kith/config.yaml", around->home).p;
	return NULL;
}

static const struct yaml_node *value_of(const struct yaml_node *map, struct str key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (const struct yaml_node *k = map->first; k && k->next; k = k->next->next)
		if (k->kind == YAML_SCALAR && str_eq(k->value, key))
			return k->next;
	return NULL;
}

/* A folder as `journal:` says it, with `~/` expanded; NULL after a failure. */
static const char *expand(struct str folder, const struct git_surroundings *around,
			  struct arena *arena, struct kith_error *err)
{
	if (str_starts(folder, STR("~/")) && around->home)
		return arena_printf(arena, "%s%.*s", around->home, STR_ARG(str_from(folder, 1))).p;
	if (str_starts(folder, STR("/")))
		return arena_str(arena, folder).p;
	kith_fail(err, KITH_INVALID, "journal: must be a folder that begins with / or ~/");
	return NULL;
}

/* The folder that settings name; NULL where they name none, with or without a failure. */
static const char *read_own_settings(const char *path, struct str image,
				     const struct git_surroundings *around, struct arena *arena,
				     struct kith_error *err)
{
	const char *folder = NULL;
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, arena);
	reporter_init(&reporter, image, str_of(path), &diag);
	const struct yaml_node *map = yaml_read(image, (struct span){0, image.n}, arena, &reporter);
	const struct yaml_node *value = value_of(map, STR("journal"));
	if (diag.count) {
		const struct finding *first = &diag.items[0];
		kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(first->message));
		kith_fail_at(err, path, first->line, first->column);
	} else if (value && !yaml_is_null(value)) {
		struct place place = span_place(image, value->span.from);
		struct str text = value->kind == YAML_SCALAR ? value->value : STR("");
		folder = expand(text, around, arena, err);
		if (!folder)
			kith_fail_at(err, path, place.line, place.column);
	}
	diag_release(&diag);
	return folder;
}

/* The user's own journal; NULL where none is named, with or without a failure. */
static const char *own_journal(const char *settings, const struct git_surroundings *around,
			       struct arena *arena, struct kith_error *err)
{
	struct kith_error reading = {0};
	struct str bytes;
	if (fs_read_text(&bytes, AT_FDCWD, settings, SETTINGS_MAX, arena, &reading) == 0)
		return read_own_settings(settings, bytes, around, arena, err);
	if (reading.status != KITH_NOT_FOUND)
		*err = reading;
	return NULL;
}

int locate_journal(const char **path, const char *folder, const struct git_surroundings *around,
		   struct arena *arena, struct kith_error *err)
{
	const char *named = getenv("KITH_DIR");
	if (folder)
		return open_named(path, folder, "-C", arena, err);
	if (named && *named)
		return open_named(path, named, "KITH_DIR", arena, err);
	int dir = open_upward(path, arena, err);
	if (dir >= 0 || err->status != KITH_OK)
		return dir;
	const char *settings = settings_path(around, arena);
	const char *own = settings ? own_journal(settings, around, arena, err) : NULL;
	if (own)
		return open_named(path, own, settings, arena, err);
	if (err->status != KITH_OK)
		return -1;
	return kith_fail(
	    err, KITH_NOT_FOUND,
	    "no journal here: there is no kith.yaml in this folder or above it.\n"
	    "`kith init` makes one here, `kith init ~/people` one in a new folder, and\n"
	    "`kith -C DIR` or KITH_DIR names one that is elsewhere");
}

/* Its folder's links are followed, its own is not. p == NULL where the folder is not there. */
static struct str real_place(const char *word, struct arena *arena)
{
	struct str text = str_of(word);
	while (text.n > 1 && text.p[text.n - 1] == '/')
		text.n--;
	struct str last = str_base(text), folder = str_folder(text);
	if (last.n == 0 || str_eq(last, STR(".")) || str_eq(last, STR("..")))
		return fs_absolute(word, arena);
	struct str parent = fs_absolute(folder.n ? arena_str(arena, folder).p : ".", arena);
	if (!parent.p)
		return STR_NONE;
	return arena_printf(arena, "%s/%.*s", parent.n > 1 ? parent.p : "", STR_ARG(last));
}

/* Below the journal; p == NULL where it is not. */
static struct str inside_journal(const struct context *context, struct str path)
{
	struct str root = str_of(context->path);
	if (!path.p || !str_starts(path, root))
		return STR_NONE;
	if (path.n == root.n)
		return STR(".");
	return path.p[root.n] == '/' ? str_from(path, root.n + 1) : STR_NONE;
}

bool locate_path(struct str *out, struct context *context, const char *word)
{
	*out = inside_journal(context, real_place(word, context->arena));
	if (out->p)
		return true;
	/* From the journal's folder, as people/ada.md stands in messages. */
	struct str full = arena_printf(context->arena, "%s/%s", context->path, word);
	*out =
	    word[0] == '/' ? STR_NONE : inside_journal(context, real_place(full.p, context->arena));
	if (out->p)
		return true;
	context_usage(context, "%s is not in the journal %s", word, context->path);
	return false;
}

/* The folder that git has for this work tree, "" where none is: `.git`, or what a file `.git` says.
 */
static struct str git_folder_in(struct str folder, struct arena *arena)
{
	struct kith_error ignored = {0};
	struct str path = arena_printf(arena, "%.*s/.git", STR_ARG(folder)), text;
	if (fs_kind(AT_FDCWD, path.p) != FS_FILE)
		return fs_kind(AT_FDCWD, path.p) == FS_NONE ? STR("") : path;
	if (fs_read_text(&text, AT_FDCWD, path.p, PATH_MAX, arena, &ignored) ||
	    !str_starts(text, STR("gitdir:")))
		return STR("");
	text = str_trim(str_from(text, 7));
	return str_starts(text, STR("/"))
		   ? text
		   : arena_printf(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(text));
}

/* Whether a kith holds the repository: what it records is no leftover. */
static bool is_kith_at_work(struct str git, struct arena *arena)
{
	int fd = open(arena_printf(arena, "%.*s/kith.lock", STR_ARG(git)).p, O_RDONLY | O_CLOEXEC);
	bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
	if (fd >= 0)
		close(fd);
	return held;
}

/* That of the nearest work tree around the journal; "" for none. */
static struct str git_folder_around(const char *journal, struct arena *arena)
{
	struct str folder = str_of(journal), git = git_folder_in(folder, arena);
	while (git.n == 0 && folder.n > 1) {
		folder = paths_parent(folder);
		git = git_folder_in(folder, arena);
	}
	return git;
}

bool locate_driver(const char *journal, struct arena *arena)
{
	struct kith_error ignored = {0};
	struct str git = git_folder_around(journal, arena), text;
	const char *path = arena_printf(arena, "%.*s/config", STR_ARG(git)).p;
	struct str section = STR("[merge \"" ATTRIBUTES_DRIVER "\"]");
	return git.n && fs_read_text(&text, AT_FDCWD, path, SETTINGS_MAX, arena, &ignored) == 0 &&
	       str_find(text, section) < text.n;
}

bool locate_has_repo(const char *journal, struct arena *arena)
{
	return git_folder_around(journal, arena).n > 0;
}

bool locate_cut_off(const char *journal, struct arena *arena)
{
	struct str git = git_folder_around(journal, arena);
	if (git.n == 0)
		return false;
	const char *record = arena_printf(arena, "%.*s/kith-record", STR_ARG(git)).p;
	return access(record, F_OK) == 0 && !is_kith_at_work(git, arena);
}

static const char *uncommitted_path(const char *journal, struct arena *arena)
{
	struct str git = git_folder_around(journal, arena);
	return git.n ? arena_printf(arena, "%.*s/kith-uncommitted", STR_ARG(git)).p : NULL;
}

void locate_note_uncommitted(const char *journal, int64_t when, struct str subject,
			     struct arena *arena)
{
	const char *path = uncommitted_path(journal, arena);
	struct str text = arena_printf(arena, "%" PRId64 " %.*s\n", when, STR_ARG(subject));
	if (path && !subject.n)
		unlink(path);
	int fd = path && subject.n
		     ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666)
		     : -1;
	if (fd < 0)
		return;
	if (fs_write_all(fd, text))
		unlink(path);
	close(fd);
}

struct str locate_uncommitted(int64_t *when, const char *journal, struct arena *arena)
{
	const char *path = uncommitted_path(journal, arena);
	struct kith_error ignored = {0};
	struct str text;
	char *end;
	if (!path || fs_read_text(&text, AT_FDCWD, path, SETTINGS_MAX, arena, &ignored))
		return STR("");
	*when = strtoll(text.p, &end, 10);
	return str_trim(text_line(str_from(text, (size_t)(end - text.p)), arena));
}
