#include "webpage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "change/templates.h"
#include "prompt.h"
#include "report/html.h"
#include "report/json.h"
#include "report/words.h"

/* So large a page may become. */
#define LARGEST_WEBPAGE ((size_t)16 * 1024 * 1024)

/* The folder of a file, from the journal's; p == NULL where it lies elsewhere. */
static struct str folder_in_journal(const char *file, struct context *context)
{
	struct str folder = str_folder(str_of(file)), root = str_of(context->path);
	folder = fs_absolute(folder.n ? arena_str(context->arena, folder).p : ".", context->arena);
	if (!folder.p || !str_is_below(folder, root))
		return STR_NONE;
	return str_eq(folder, root) ? STR("") : str_from(folder, root.n + 1);
}

bool webpage_asked(struct webpage *page, struct context *context)
{
	const struct opts *opts = &context->opts;
	const char *template = opts_value(opts, "template");
	bool own_output = page->own_output;
	page->wanted = opts_has(opts, "html");
	if (page->wanted && opts_has(opts, "json"))
		context_usage(context, "say one of --html and --json");
	else if (page->wanted && template && !str_ends(str_of(template), STR(".html")))
		context_usage(context,
			      "with --html the template is one of HTML: its name ends in .html");
	else if (!page->wanted && opts_has(opts, "open"))
		context_usage(context, "--open shows a page: say --html, too");
	else if (!page->wanted && !own_output && opts_has(opts, "output"))
		context_usage(context, "-o takes a page: say --html, too");
	else {
		page->file = page->wanted ? opts_output(opts) : NULL;
		page->folder = page->file ? folder_in_journal(page->file, context) : STR_NONE;
		if (!page->folder.p || !page->folder.n ||
		    !str_is_below(page->folder, STR("templates")))
			return true;
		context_usage(context, "templates/ is for templates: say another FILE");
	}
	return false;
}

/* `Week 48 · 23–29 November 2026`: what stands before the first dot is the heading. */
static json_t *frame_model(const struct webpage *page, struct context *context, const json_t *model,
			   struct str body)
{
	const struct str dot = STR(" \xC2\xB7 ");
	json_t *frame = json_of_object();
	const char *said = json_string_value(json_object_get(model, "title"));
	struct str title = page->title.p ? page->title : str_of(said ? said : page->kind);
	size_t at = str_find(title, dot);
	json_put(frame, "kind", json_of_line(str_of(page->kind)));
	json_put(frame, "above", json_of_line(str_of(page->above)));
	json_put(frame, "title", json_of_line(title));
	json_put(frame, "heading", json_of_line(str_upto(title, at)));
	json_put(frame, "under",
		 json_of_line(at < title.n ? str_from(title, at + dot.n) : STR_NONE));
	json_put(frame, "made", json_of_line(words_date(context->today, 0, context->arena)));
	json_put(frame, "body", json_of_text(body));
	return frame;
}

/* The body, and the frame around it. */
static int render_webpage(struct buf *out, const struct webpage *page, struct context *context,
			  json_t *model, struct kith_error *err)
{
	const struct html_order order = {context->today, page->chart_from, page->folder};
	struct str name = arena_printf(context->arena, "%s.html", page->kind);
	struct buf body;
	buf_init(&body, LARGEST_WEBPAGE);
	html_ready(model, &order);
	int rc = templates_render(&body, context->dir, name.p,
				  opts_value(&context->opts, "template"), model, err);
	if (rc == 0) {
		json_t *frame = frame_model(page, context, model, buf_str(&body));
		rc = templates_render(out, context->dir, "page.html", NULL, frame, err);
		json_decref(frame);
	}
	buf_release(&body);
	return rc;
}

/* What kith may write over: a page of HTML, an empty file. */
static bool is_webpage(struct str bytes)
{
	struct str s = str_ltrim(bytes);
	return !s.n || str_istarts(s, STR("<!doctype html"));
}

static int write_page(const char *file, struct str page, struct context *context,
		      struct kith_error *err)
{
	struct str old = STR_NONE;
	if (fs_kind(AT_FDCWD, file) != FS_NONE) {
		if (fs_read_text(&old, AT_FDCWD, file, LARGEST_WEBPAGE, context->arena, err) < 0)
			return -1;
		if (!is_webpage(old)) {
			kith_fail(err, KITH_EXISTS,
				  "is there already, and is no page of HTML: "
				  "choose another name");
			return kith_fail_at(err, file, 0, 0);
		}
	}
	return fs_replace(AT_FDCWD, file, page, old, err);
}

/* A page that is only looked at: the user's alone, and the next of its kind takes its place. */
static int write_cached(struct str *path, const struct webpage *page, struct str bytes,
			struct context *context, struct kith_error *err)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = context->around.home;
	struct arena *arena = context->arena;
	struct str old = STR_NONE, name = arena_printf(arena, "%s.html", page->kind);
	/* A relative one is to be passed over, says the XDG Base Directory Specification. */
	bool given = cache && *cache == '/';
	if (!given && !(home && *home))
		return kith_fail(err, KITH_FAILED,
				 "there is no home for the page: say a FILE with -o");
	struct str folder = given ? arena_printf(arena, "%s/kith", cache)
				  : arena_printf(arena, "%s/.cache/kith", home);
	if (fs_make_folders(
		AT_FDCWD, str_folder(folder).n ? arena_str(arena, str_folder(folder)).p : ".", err))
		return -1;
	(void)mkdir(folder.p, 0700);
	int dir = open(folder.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), rc = 0;
	if (dir < 0) {
		kith_fail_errno(err, "cannot be opened");
		return kith_fail_at(err, folder.p, 0, 0);
	}
	if (fs_kind(dir, name.p) != FS_NONE)
		rc = fs_read_text(&old, dir, name.p, LARGEST_WEBPAGE, arena, err);
	const struct fs_file file = {name.p, old, bytes, 0600};
	if (rc == 0)
		rc = fs_carry(dir, &file, err);
	close(dir);
	*path = arena_printf(arena, "%s/%.*s", folder.p, STR_ARG(name));
	return rc;
}

/* A program of $BROWSER as a command that ends where the page's path belongs, which %s may stand
 * for. */
static struct str browser_command(struct str one, struct arena *arena)
{
	size_t at = str_find(one, STR("%s"));
	if (at >= one.n)
		return arena_str(arena, one);
	struct str before = str_upto(one, at), after = str_from(one, at + 2);
	char quote = str_at(after, 0);
	if (at && (quote == '"' || quote == '\'') && one.p[at - 1] == quote) {
		before = str_upto(before, at - 1);
		after = str_from(after, 1);
	}
	return arena_printf(arena, "%.*s\"$1\"%.*s #", STR_ARG(before), STR_ARG(after));
}

/* The programs of $BROWSER, parted by colons, one after the other until one opens the page. */
static int open_page_in_browser(struct context *context, struct str path)
{
	const char *said = getenv("BROWSER");
	struct str rest = said && *said ? str_of(said) : STR("xdg-open 2>/dev/null");
	int status = 0;
	out_flush(context->out);
	while (rest.n) {
		struct str one = str_upto(rest, str_find_char(rest, ':'));
		rest = str_from(rest, one.n + 1);
		if (str_trim(one).n &&
		    prompt_run(&status, browser_command(one, context->arena).p, path.p) == 0 &&
		    WIFEXITED(status) && WEXITSTATUS(status) == 0)
			return EXIT_FINE;
	}
	out_say(context->out, "no browser opened the page: open %s yourself, or set BROWSER",
		path.p);
	return EXIT_PROBLEM;
}

static int show_page(const struct webpage *page, struct context *context, struct str bytes)
{
	struct kith_error err = {0};
	struct str path = STR_NONE;
	if (page->file) {
		if (write_page(page->file, bytes, context, &err) < 0)
			return context_fail(context, &err);
		out_printf(context->out, "wrote %s\n", page->file);
		path = fs_absolute(page->file, context->arena);
	}
	if (!opts_has(&context->opts, "open")) {
		if (!page->file)
			out_add(context->out, bytes);
		return EXIT_FINE;
	}
	if (!path.p && write_cached(&path, page, bytes, context, &err) < 0)
		return context_fail(context, &err);
	return open_page_in_browser(context, path);
}

int webpage_put(const struct webpage *page, struct context *context, json_t *model)
{
	struct kith_error err = {0};
	struct buf bytes;
	buf_init(&bytes, LARGEST_WEBPAGE);
	int rc = render_webpage(&bytes, page, context, model, &err);
	int status =
	    rc < 0 ? context_fail(context, &err) : show_page(page, context, buf_str(&bytes));
	json_decref(model);
	buf_release(&bytes);
	return status;
}
