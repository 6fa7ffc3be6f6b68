#include "out.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "pager.h"
#include "report/escape.h"
#include "report/json.h"

/* What is gathered is written when it passes this. */
#define PIECE (64 * 1024)

static size_t terminal_width(const struct out *out)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	long said = columns ? str_number(str_of(columns), 10000) : -1;
	if (said > 0)
		return (size_t)said;
	if (out->terminal && ioctl(out->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 0;
}

/* https://no-color.org: set and not empty. */
static bool color_is_wanted(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	return !(no && *no) && term && *term && strcmp(term, "dumb") != 0;
}

void out_init(struct out *out)
{
	*out = (struct out){.fd = STDOUT_FILENO, .error_fd = STDERR_FILENO};
	buf_init(&out->pending, 0);
	buf_init(&out->links, 0);
	out->terminal = isatty(out->fd) == 1;
	out->error_terminal = isatty(out->error_fd) == 1;
	size_t width = terminal_width(out);
	out->width = width ? width : 80;
	out->fit = width || !out->terminal ? width : 80;
	out_set_color(out, "auto");
}

bool out_set_color(struct out *out, const char *when)
{
	if (strcmp(when, "always") == 0) {
		out->color = out->error_color = true;
	} else if (strcmp(when, "never") == 0) {
		out->color = out->error_color = false;
	} else if (strcmp(when, "auto") == 0) {
		bool wanted = color_is_wanted();
		out->color = wanted && out->terminal;
		out->error_color = wanted && out->error_terminal;
	} else {
		return false;
	}
	return true;
}

/*
 * Who shows the links of OSC 8, by the variables of the environment that say so. What is not known
 * to do so gets none: some print their escapes.
 */
static bool terminal_has_links(void)
{
	static const struct {
		const char *variable, *begins; /* begins: what its value does; NULL: any */
		long least;                    /* a number that it must be, or more */
	} known[] = {
	    {"VTE_VERSION", NULL, 5001}, /* GNOME's, Xfce's and others, from 0.50.1 on */
	    {"KONSOLE_VERSION", NULL, 201200},
	    {"WT_SESSION", NULL, 0},
	    {"DOMTERM", NULL, 0},
	    {"TERM_PROGRAM", "iTerm.app", 0},
	    {"TERM_PROGRAM", "WezTerm", 0},
	    {"TERM_PROGRAM", "vscode", 0},
	    {"TERM_PROGRAM", "ghostty", 0},
	    {"TERM", "xterm-kitty", 0},
	    {"TERM", "xterm-ghostty", 0},
	    {"TERM", "foot", 0},
	    {"TERM", "wezterm", 0},
	    {"TERM", "alacritty", 0},
	    {"TERM", "contour", 0},
	};
	const char *term = getenv("TERM");
	/* Within screen, and on the console, these speak of what is around it. */
	if (!term || str_starts(str_of(term), STR("screen")) || strcmp(term, "linux") == 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const char *value = getenv(known[i].variable);
		struct str said = value ? str_of(value) : STR("");
		if (said.n && (!known[i].begins || str_starts(said, str_of(known[i].begins))) &&
		    (!known[i].least || str_number(said, 100000000) >= known[i].least))
			return true;
	}
	return false;
}

void out_link(struct out *out, const char *folder)
{
	char host[HOST_NAME_MAX + 1] = "";
	if (!out->terminal || !out->color || !terminal_has_links())
		return;
	if (gethostname(host, sizeof(host) - 1) != 0)
		host[0] = '\0';
	buf_addz(&out->links, "file://");
	escape_path(&out->links, str_of(host), true);
	escape_path(&out->links, str_of(folder), true);
	buf_addz(&out->links, "/");
}

void out_release(struct out *out)
{
	buf_release(&out->links);
	buf_release(&out->pending);
}

struct progress *out_progress(struct out *out)
{
	const char *term = getenv("TERM");
	bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
	out->progress.fd = out->error_fd;
	return out->error_terminal && !dumb ? &out->progress : NULL;
}

/* 0, or the errno of a write that did not work. */
static int write_all(int fd, struct str s)
{
	return fs_write_all(fd, s) < 0 ? errno : 0;
}

void out_page(struct out *out)
{
	out->pager = out->terminal ? pager_command() : NULL;
}

void out_flush(struct out *out)
{
	out->pager = NULL;
	progress_clear(&out->progress);
	if (!out->failed)
		out->failed = write_all(out->fd, buf_str(&out->pending));
	buf_clear(&out->pending);
}

static void flush_piece(struct out *out)
{
	if (out->pending.n >= PIECE && !out->pager)
		out_flush(out);
}

/* C0 but line ends and tabs, DEL, C1, and what turns the direction of text around. */
static bool is_command(int32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Text as a terminal may have it. */
static void add_safe(struct buf *b, struct str s)
{
	int32_t point;
	for (size_t at = 0, n; at < s.n; at += n) {
		n = utf8_decode_any(s, at, &point);
		if (point == UTF8_REPLACEMENT)
			buf_addz(b, "\xef\xbf\xbd");
		else if (!is_command(point))
			buf_add(b, str_slice(s, at, at + n));
	}
}

void out_add(struct out *out, struct str s)
{
	if (out->terminal)
		add_safe(&out->pending, s);
	else
		buf_add(&out->pending, s);
	flush_piece(out);
}

void out_addz(struct out *out, const char *z)
{
	out_add(out, str_of(z));
}

void out_printf(struct out *out, const char *format, ...)
{
	struct buf text;
	va_list args;
	buf_init(&text, 0);
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	out_add(out, buf_str(&text));
	buf_release(&text);
}

void out_role(struct out *out, enum role role, struct str s)
{
	struct buf safe;
	buf_init(&safe, 0);
	add_safe(&safe, s);
	role_add(&out->pending, role, out->terminal ? buf_str(&safe) : s, out->color);
	buf_release(&safe);
	flush_piece(out);
}

void out_table_as(struct out *out, const struct table *table, enum table_format format)
{
	struct table linked = *table;
	linked.links = buf_str(&out->links);
	table_write(&linked, format, out->fit, out->color, &out->pending);
	flush_piece(out);
}

void out_table(struct out *out, const struct table *table)
{
	out_table_as(out, table, TABLE_FITTED);
}

static int add_json(const char *text, size_t n, void *context)
{
	out_add(context, (struct str){text, n});
	return 0;
}

static void dump_json(struct out *out, const json_t *model, size_t flags)
{
	if (json_dump_callback(model, add_json, out,
			       flags | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY) < 0)
		mem_die();
	out_addz(out, "\n");
}

void out_json(struct out *out, json_t *model)
{
	model = json_with_version(model);
	dump_json(out, model, JSON_INDENT(2));
	json_decref(model);
}

void out_json_lines(struct out *out, json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		dump_json(out, json_array_get(list, i), JSON_COMPACT);
	json_decref(list);
}

/* What a terminal may have as it is. */
static void put_error(struct out *out, struct str text)
{
	if (out->pager && out->error_terminal) {
		buf_add(&out->pending, text);
		return;
	}
	if (!out->pager)
		out_flush(out);
	progress_clear(&out->progress);
	write_all(out->error_fd, text);
}

/* A whole message at once, so that lines of two processes do not mix. */
static void write_error(struct out *out, const struct buf *text)
{
	struct buf safe;
	buf_init(&safe, 0);
	if (out->error_terminal)
		add_safe(&safe, buf_str(text));
	put_error(out, out->error_terminal ? buf_str(&safe) : buf_str(text));
	buf_release(&safe);
}

void out_say(struct out *out, const char *format, ...)
{
	struct buf text;
	va_list args;
	buf_init(&text, 0);
	buf_addz(&text, "kith: ");
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	buf_addc(&text, '\n');
	write_error(out, &text);
	buf_release(&text);
}

void out_tell(struct out *out, struct str lines)
{
	struct buf text;
	buf_init(&text, 0);
	buf_add(&text, lines);
	write_error(out, &text);
	buf_release(&text);
}

void out_error(struct out *out, const struct kith_error *err)
{
	if (err->path[0] && err->line > 0 && err->column > 0)
		out_say(out, "%s:%d:%d: %s", err->path, err->line, err->column, err->message);
	else if (err->path[0] && err->line > 0)
		out_say(out, "%s:%d: %s", err->path, err->line, err->message);
	else if (err->path[0])
		out_say(out, "%s: %s", err->path, err->message);
	else
		out_say(out, "%s", err->message);
}

/* named: with the check that found it. */
static void add_finding(struct buf *line, const struct finding *finding, bool named, bool color)
{
	bool error = finding->severity == SEVERITY_ERROR;
	text_add_line(line, finding->path);
	if (finding->line > 0)
		buf_printf(line, ":%d", finding->line);
	if (finding->line > 0 && finding->column > 0)
		buf_printf(line, ":%d", finding->column);
	buf_addz(line, ": ");
	role_add(line, error ? ROLE_WRONG : ROLE_SOON, str_of(severity_name(finding->severity)),
		 color);
	buf_addz(line, ": ");
	text_add_line(line, finding->message);
	if (named && finding->check)
		buf_printf(line, " [%s]", finding->check);
	buf_addc(line, '\n');
}

void out_findings(struct out *out, const struct diag *diag)
{
	struct buf text;
	buf_init(&text, 0);
	for (size_t i = 0; i < diag->count; i++) {
		add_finding(&text, &diag->items[i], false, out->error_color);
		if (text.n < PIECE && i + 1 < diag->count)
			continue;
		put_error(out, buf_str(&text));
		buf_clear(&text);
	}
	buf_release(&text);
}

bool out_findings_of(struct out *out, const struct diag *diag, bool notes)
{
	bool wrong = false;
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag one = {.items = &diag->items[i], .count = 1};
		if (str_ends(one.items->path, STR(".md")) != notes)
			continue;
		out_findings(out, &one);
		wrong = wrong || diag_has_error(&one);
	}
	return wrong;
}

void out_diag(struct out *out, const struct diag *diag)
{
	for (size_t i = 0; i < diag->count; i++) {
		add_finding(&out->pending, &diag->items[i], true, out->color);
		flush_piece(out);
	}
}

/* In the pager where it is needed; else as it is. */
static void show_pending(struct out *out)
{
	const char *pager = out->pager;
	struct str text = buf_str(&out->pending);
	progress_clear(&out->progress);
	bool needed = pager && pager_is_needed(text, out->fd, out->width);
	int failed = needed ? pager_show(pager, text) : 0;
	if (needed && !failed)
		buf_clear(&out->pending);
	out_flush(out);
	if (failed)
		out_say(out, "cannot run the pager \"%s\": %s", pager, strerror(failed));
}

int out_finish(struct out *out)
{
	show_pending(out);
	if (!out->failed || out->failed == EPIPE)
		return 0;
	out_say(out, "cannot write to standard output: %s", strerror(out->failed));
	return -1;
}
