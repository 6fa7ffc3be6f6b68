#include "editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* *variable: the one that names it, or NULL. */
static const char *command(const char **variable)
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
 * it for as long as the editor does; a signal that is caught, not ignored, is the editor's own.
 */
static void run(const char *editor, const char *path)
{
	execl("/bin/sh", "sh", "-c", "trap : INT QUIT; eval \"$0 \\\"\\$1\\\"\"", editor, path,
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

int editor_open(const char *path, struct kith_error *err)
{
	static const int terminal[] = {SIGINT, SIGQUIT};
	const struct sigaction ignore = {.sa_handler = SIG_IGN}, plain = {.sa_handler = SIG_DFL};
	struct sigaction before[2], children;
	const char *variable, *editor = command(&variable);
	int status = 0;
	/* ^C in the editor is the editor's, and its end must be seen. */
	for (int i = 0; i < 2; i++)
		sigaction(terminal[i], &ignore, &before[i]);
	sigaction(SIGCHLD, &plain, &children);
	pid_t child = fork(), got = child;
	if (child == 0) {
		for (int i = 0; i < 2; i++)
			sigaction(terminal[i], &before[i], NULL);
		sigaction(SIGCHLD, &children, NULL);
		run(editor, path);
	}
	while (child > 0 && (got = waitpid(child, &status, 0)) < 0 && errno == EINTR)
		;
	if (got < 0)
		kith_fail_errno(err, "cannot start the editor");
	for (int i = 0; i < 2; i++)
		sigaction(terminal[i], &before[i], NULL);
	sigaction(SIGCHLD, &children, NULL);
	if (got < 0)
		return -1;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return fail_editor(editor, variable, err);
}
