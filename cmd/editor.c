#include "editor.h"

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

int editor_open(const char *path, struct kith_error *err)
{
	const char *editor = command();
	pid_t child = fork();
	if (child < 0)
		return kith_fail_errno(err, "cannot start the editor");
	if (child == 0) {
		/* "$@" keeps the path one word, whatever it holds. */
		execl("/bin/sh", "sh", "-c", "eval \"$0 \\\"\\$1\\\"\"", editor, path,
		      (char *)NULL);
		_exit(127);
	}
	int status;
	while (waitpid(child, &status, 0) < 0)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return kith_fail(err, KITH_FAILED,
			 "the editor %s ended with a failure; set EDITOR to another", editor);
}
