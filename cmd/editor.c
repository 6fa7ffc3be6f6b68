#include "editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *command(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	if (visual && *visual)
		return visual;
	return editor && *editor ? editor : "vi";
}

static void run(const char *editor, const char *path)
{
	/* "$1" keeps the path one word, whatever it holds. */
	execl("/bin/sh", "sh", "-c", "eval \"$0 \\\"\\$1\\\"\"", editor, path, (char *)NULL);
	_exit(127);
}

int editor_open(const char *path, struct kith_error *err)
{
	static const int terminal[] = {SIGINT, SIGQUIT};
	const struct sigaction ignore = {.sa_handler = SIG_IGN}, plain = {.sa_handler = SIG_DFL};
	struct sigaction before[2], children;
	const char *editor = command();
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
	return kith_fail(err, KITH_FAILED,
			 "the editor %s ended with a failure; set EDITOR to another", editor);
}
