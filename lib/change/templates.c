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
static struct str find_template(struct finding_templates *f, struct str name)
{
	struct kith_error err = {0};
	struct str path = arena_printf(&f->arena, "templates/%.*s", STR_ARG(name)), found;
	if (fs_read_text(&found, f->dir, path.p, MAX_TEMPLATE, &f->arena, &err) == 0)
		return found;
	if (err.status == KITH_NOT_FOUND)
		return carried_find(name);
	if (f->failure.status == KITH_OK)
		f->failure = err;
	return STR_NONE;
}

static struct str find_partial_template(void *context, struct str name)
{
	struct finding_templates *f = context;
	/* A name, not a way out of the folder. */
	if (str_find(name, STR("..")) < name.n || str_starts(name, STR("/")))
		return STR_NONE;
	return find_template(
	    f, arena_printf(&f->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(f->ending)));
}

int templates_render(struct buf *out, int dir, const char *name, const char *file,
		     const json_t *model, struct kith_error *err)
{
	struct finding_templates f = {.dir = dir};
	struct mustache *template = NULL;
	struct str shown = file ? str_of(file) : str_of(name), text = STR_NONE;
	int rc = -1;
	bool html = str_ends(shown, STR(".html")), plain = str_ends(shown, STR(".txt"));
	f.ending = html ? STR(".html") : plain ? STR(".txt") : STR(".md");
	arena_init(&f.arena);
	if (file && fs_read_text(&text, AT_FDCWD, file, MAX_TEMPLATE, &f.arena, err) < 0)
		goto out;
	if (!file) {
		text = find_template(&f, str_of(name));
		shown = arena_printf(&f.arena, "templates/%s", name);
	}
	if (f.failure.status != KITH_OK)
		goto out;
	if (!text.p) {
		kith_fail(err, KITH_NOT_FOUND, "there is no template %s", name);
		goto out;
	}
	enum mustache_kind kind = html ? MUSTACHE_HTML : plain ? MUSTACHE_TEXT : MUSTACHE_MARKDOWN;
	if (mustache_parse(&template, shown.p, text, kind, err) < 0)
		goto out;
	rc = mustache_render(template, model, find_partial_template, &f, out, err);
out:
	if (f.failure.status != KITH_OK) {
		*err = f.failure;
		rc = -1;
	}
	mustache_free(template);
	arena_release(&f.arena);
	return rc;
}
