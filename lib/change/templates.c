#include "change/templates.h"

#include <fcntl.h>

#include "base/fs.h"
#include "report/carried.h"
#include "report/mustache.h"

#define MAX_TEMPLATE ((size_t)1024 * 1024)

struct finding_templates {
	int dir;
	struct str ending; /* ".md" */
	struct arena arena;
	struct kith_error failure; /* the first template that is there and cannot be read */
};

/* A template by its name; p == NULL where there is none. */
static struct str find(struct finding_templates *f, struct str name)
{
	struct buf bytes;
	struct kith_error err = {0};
	struct str path = arena_printf(&f->arena, "templates/%.*s", STR_ARG(name));
	buf_init(&bytes, 0);
	struct str found = STR_NONE;
	if (fs_read(f->dir, path.p, MAX_TEMPLATE, &bytes, &err) == 0)
		found = arena_str(&f->arena, buf_str(&bytes));
	else if (err.status == KITH_NOT_FOUND)
		found = carried_find(name);
	else if (f->failure.status == KITH_OK)
		f->failure = err;
	buf_release(&bytes);
	return found;
}

static struct str find_partial(void *context, struct str name)
{
	struct finding_templates *f = context;
	/* A name, not a way out of the folder. */
	if (str_find(name, STR("..")) < name.n || str_starts(name, STR("/")))
		return STR_NONE;
	return find(f, arena_printf(&f->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(f->ending)));
}

static int read_file(struct finding_templates *f, const char *file, struct str *text,
		     struct kith_error *err)
{
	struct buf bytes;
	buf_init(&bytes, 0);
	int result = fs_read(AT_FDCWD, file, MAX_TEMPLATE, &bytes, err);
	if (result == 0)
		*text = arena_str(&f->arena, buf_str(&bytes));
	buf_release(&bytes);
	return result;
}

int templates_render(struct buf *out, int dir, const char *name, const char *file,
		     const json_t *model, struct kith_error *err)
{
	struct finding_templates f = {.dir = dir};
	struct mustache *template = NULL;
	struct str shown = file ? str_of(file) : str_of(name), text = STR_NONE;
	int result = -1;
	bool html = str_ends(shown, STR(".html"));
	f.ending = html ? STR(".html") : STR(".md");
	arena_init(&f.arena);
	if (file && read_file(&f, file, &text, err) < 0)
		goto out;
	if (!file) {
		text = find(&f, str_of(name));
		shown = arena_printf(&f.arena, "templates/%s", name);
	}
	if (f.failure.status != KITH_OK)
		goto out;
	if (!text.p) {
		kith_fail(err, KITH_NOT_FOUND, "there is no template %s", name);
		goto out;
	}
	if (mustache_parse(&template, shown.p, text, html ? MUSTACHE_HTML : MUSTACHE_MARKDOWN,
			   err) < 0)
		goto out;
	result = mustache_render(template, model, find_partial, &f, out, err);
out:
	if (f.failure.status != KITH_OK) {
		*err = f.failure;
		result = -1;
	}
	mustache_free(template);
	arena_release(&f.arena);
	return result;
}
