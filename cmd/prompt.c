#include "prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "edline.h"
#include "people/head.h"

#define PIECE 4096
/*
 * Linux's N_TTY_BUF_SIZE less the line end: what is typed or pasted after so
 * many bytes of a line is dropped by the terminal, and nobody is told.
 */
#define TERMINAL_LINE ((size_t)4095)
/* As git has it: a line beginning with `#` alone may be a heading or a #tag. */
#define SCISSORS "# ------------------------ >8 ------------------------"

bool prompt_is_possible(void)
{
	return isatty(STDIN_FILENO) == 1;
}

static void write_or_note(int fd, struct str s, int *cause)
{
	if (!*cause && fs_write_all(fd, s) < 0)
		*cause = errno;
}

/* Reads to the end of the line, or of all. A failure leaves errno. */
static int read_input(struct buf *b, bool line)
{
	for (;;) {
		char *at = buf_room(b, PIECE);
		if (!at)
			return errno = EFBIG, -1;
		ssize_t n = read(STDIN_FILENO, at, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		buf_took(b, (size_t)n);
		if (line && b->p[b->n - 1] == '\n')
			return 0;
	}
}

static int take_input(struct str *text, struct context *context, bool line, struct kith_error *err)
{
	struct buf b;
	buf_init(&b, PROMPT_MAX + PIECE);
	int rc = read_input(&b, line);
	if (rc == 0 && b.n > PROMPT_MAX)
		rc = -1, errno = EFBIG;
	if (rc && errno == EFBIG)
		kith_fail(err, KITH_INVALID,
			  "standard input holds more than 1 MiB; nothing is written");
	else if (rc)
		kith_fail_errno(err, "cannot read standard input");
	else
		*text = arena_str(context->arena, buf_str(&b));
	buf_release(&b);
	return rc;
}

int prompt_input(struct str *text, struct context *context, struct kith_error *err)
{
	return take_input(text, context, false, err);
}

int prompt_line(struct str *line, struct context *context, struct str label, struct kith_error *err)
{
	struct str shown = text_line(label, context->arena), all = STR("");
	int ignored = 0;
	out_flush(context->out);
	write_or_note(context->out->error_fd,
		      arena_printf(context->arena, "%.*s> ", STR_ARG(shown)), &ignored);
	if (take_input(&all, context, true, err) < 0)
		return -1;
	/* After ^D the shell's prompt would stand in the same line. */
	if (!str_ends(all, STR("\n")))
		write_or_note(context->out->error_fd, STR("\n"), &ignored);
	*line = STR_NONE;
	str_next_line(&all, line);
	if (line->n >= TERMINAL_LINE && prompt_is_possible())
		return kith_fail(
		    err, KITH_INVALID,
		    "a terminal takes 4,095 bytes of a line, and this one has as many: "
		    "its end may be missing");
	return 0;
}

static int read_text_line(struct str *text, struct writing *w, struct str label)
{
	struct kith_error err = {0};
	struct context *context = w->context;
	out_flush(context->out);
	if (edline_is_possible() && edline_read(text, w, label))
		return EXIT_FINE;
	if (prompt_line(text, context, label, &err) == 0)
		return EXIT_FINE;
	(void)context_fail(context, &err);
	const char *name = context->command->name;
	struct str who = head_typed(str_of(context->opts.words[0]), context->arena);
	if (err.status == KITH_INVALID && context->command->options[0].letter == 'e')
		out_say(context->out,
			"long texts go through the editor, kith %s %.*s -e, or a file, "
			"kith %s %.*s - < FILE",
			name, STR_ARG(who), name, STR_ARG(who));
	return EXIT_PROBLEM;
}

int prompt_text(struct str *text, struct writing *w, struct str label)
{
	*text = STR("");
	int status = read_text_line(text, w, label);
	*text = str_trim(*text);
	if (status == EXIT_FINE && text->n == 0) {
		out_say(w->context->out, "nothing was said, so nothing is written");
		return EXIT_PROBLEM;
	}
	return status;
}

/* Writes the page into a new file, whose path it leaves. */
static int make_page_file(char *path, struct str page, struct kith_error *err)
{
	int cause = 0, fd = mkstemp(path);
	if (fd < 0)
		return kith_fail_errno(err, "cannot make a file for the editor");
	write_or_note(fd, page, &cause);
	if (close(fd) < 0 && !cause)
		cause = errno;
	errno = cause;
	return cause ? kith_fail_errno(err, "cannot write the file for the editor") : 0;
}

/* What stands above the scissors. */
static struct str above_scissors(struct str page)
{
	struct str rest = page, line;
	while (rest.n) {
		const char *from = rest.p;
		str_next_line(&rest, &line);
		if (str_eq(str_rtrim(line), STR(SCISSORS)))
			return str_trim(str_upto(page, (size_t)(from - page.p)));
	}
	return str_trim(page);
}

/* *variable: the one that names it, or NULL. */
static const char *editor_command(const char **variable)
{
	static const char *const names[] = {"VISUAL", "EDITOR"};
	for (int i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);
		*variable = names[i];
		if (value && *value)
			return value;
	}
	*variable = NULL;
	return "vi";
}

/*
 * "$1" keeps the path one word, whatever it holds. ^C reaches the shell too, which must outlive
 * it for as long as the program does; a signal that is caught, not ignored, is that one's own.
 */
static void exec_program(const char *program, const char *path)
{
	execl("/bin/sh", "sh", "-c", "trap : INT QUIT; eval \"$0 \\\"\\$1\\\"\"", program, path,
	      (char *)NULL);
	_exit(127);
}

static int fail_editor(const char *editor, const char *variable, struct kith_error *err)
{
	if (!variable)
		return kith_fail(err, KITH_FAILED,
				 "the editor %s ended with a failure; set EDITOR to another",
				 editor);
	return kith_fail(err, KITH_FAILED,
			 "the editor %s, from %s, ended with a failure; set %s to another", editor,
			 variable, variable);
}

int prompt_run(int *status, const char *program, const char *path)
{
	static const int terminal[] = {SIGINT, SIGQUIT};
	const struct sigaction ignore = {.sa_handler = SIG_IGN}, plain = {.sa_handler = SIG_DFL};
	struct sigaction before[2], children;
	/* ^C in the program is the program's, and its end must be seen. */
	for (int i = 0; i < 2; i++)
		sigaction(terminal[i], &ignore, &before[i]);
	sigaction(SIGCHLD, &plain, &children);
	pid_t child = fork(), got = child;
	if (child == 0) {
		for (int i = 0; i < 2; i++)
			sigaction(terminal[i], &before[i], NULL);
		sigaction(SIGCHLD, &children, NULL);
		exec_program(program, path);
	}
	while (child > 0 && (got = waitpid(child, status, 0)) < 0 && errno == EINTR)
		;
	int failed = got < 0 ? errno : 0;
	for (int i = 0; i < 2; i++)
		sigaction(terminal[i], &before[i], NULL);
	sigaction(SIGCHLD, &children, NULL);
	errno = failed;
	return got < 0 ? -1 : 0;
}

int prompt_open_editor(const char *path, struct kith_error *err)
{
	const char *variable, *editor = editor_command(&variable);
	int status = 0;
	if (prompt_run(&status, editor, path) < 0)
		return kith_fail_errno(err, "cannot start the editor");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return fail_editor(editor, variable, err);
}

/*
 * After a failure of the editor, too: what was typed into it is nobody's to
 * throw away. Where the file cannot be read, it stays.
 */
static int edit_own_page(struct str *text, struct context *context, const char *path,
			 struct kith_error *err)
{
	struct kith_error why = {0};
	struct str page;
	int rc = prompt_open_editor(path, err);
	if (fs_read_text(&page, AT_FDCWD, path, PROMPT_MAX, context->arena, &why) == 0) {
		*text = above_scissors(page);
		unlink(path);
		return rc;
	}
	if (why.status != KITH_NOT_FOUND)
		out_say(context->out, "what you wrote is kept in %s", path);
	if (rc == 0)
		*err = why;
	return -1;
}

int prompt_editor(struct str *text, struct context *context, struct str help,
		  struct kith_error *err)
{
	const char *folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
	struct str path = arena_printf(context->arena, "%s/kith-XXXXXX", folder);
	char *name = arena_copy(context->arena, path.p, path.n + 1, 1);
	struct str page =
	    arena_printf(context->arena, "%.*s\n" SCISSORS "\n%.*s", STR_ARG(*text), STR_ARG(help));
	out_flush(context->out);
	if (make_page_file(name, page, err) == 0)
		return edit_own_page(text, context, name, err);
	unlink(name);
	return -1;
}
