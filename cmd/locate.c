#define _XOPEN_SOURCE 700 /* realpath */

#include "locate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "note/yaml.h"

#define SETTINGS_MAX (64 * 1024)

static int open_folder(const char **path, const char *folder, struct arena *arena,
		       struct kith_error *err)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return kith_fail_errno(err, "cannot open the journal %s", folder);
	char *real = realpath(folder, NULL);
	if (!real) {
		close(dir);
		return kith_fail_errno(err, "cannot open the journal %s", folder);
	}
	*path = arena_str(arena, str_of(real)).p;
	free(real);
	return dir;
}

/* A folder that somebody named; what: who did, "-C" or "KITH_DIR". */
static int open_named(const char **path, const char *folder, const char *what, struct arena *arena,
		      struct kith_error *err)
{
	struct kith_error reason = {0};
	int dir = open_folder(path, folder, arena, &reason);
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
	struct str folder = str_of(here);
	while (folder.n) {
		struct str file =
		    arena_printf(arena, "%.*s/kith.yaml", STR_ARG(folder.n > 1 ? folder : STR("")));
		if (access(file.p, F_OK) == 0)
			return open_folder(path, arena_str(arena, folder).p, arena, err);
		if (folder.n == 1)
			break;
		while (folder.n && folder.p[folder.n - 1] != '/')
			folder.n--;
		folder.n -= folder.n > 1;
	}
	return -1;
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
static const char *read_settings(const char *path, struct str image,
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
	struct buf bytes;
	struct kith_error reading = {0};
	const char *folder = NULL;
	buf_init(&bytes, 0);
	if (fs_read(AT_FDCWD, settings, SETTINGS_MAX, &bytes, &reading) == 0)
		folder =
		    read_settings(settings, arena_str(arena, buf_str(&bytes)), around, arena, err);
	else if (reading.status != KITH_NOT_FOUND)
		*err = reading;
	buf_release(&bytes);
	return folder;
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
