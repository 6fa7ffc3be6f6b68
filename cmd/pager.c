#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

/* A command that has one of these is a shell's matter; git's list, but for the blank. */
#define FOR_A_SHELL "|&;<>()$`\\\"'\t\n*?[#~=%"
#define MOST_WORDS  32
/* How a shell ends that could not run a program, or did not find it. */
#define NOT_RUN   126
#define NOT_FOUND 127

extern char **environ;

const char *pager_command(void)
{
	const char *command = getenv("KITH_PAGER"), *term = getenv("TERM");
	if (!term || !*term || strcmp(term, "dumb") == 0)
		return NULL;
	command = command ? command : getenv("PAGER");
	command = command ? command : "less";
	struct str said = str_trim(str_of(command));
	return said.n && !str_eq(said, STR("cat")) ? command : NULL;
}

/* ---- whether it is long ---- */

/* The length of an escape at the beginning of s: `ESC [ … m`, or `ESC ] … ESC \`. */
static size_t escape_length(struct str s)
{
	size_t n = 2;
	if (str_at(s, 1) == ']') {
		n = str_find(s, STR("\033\\")) + 2;
	} else if (str_at(s, 1) == '[') {
		while (n < s.n && (s.p[n] < '@' || s.p[n] > '~'))
			n++;
		n++;
	}
	return n < s.n ? n : s.n;
}

static size_t shown_columns(struct str line, struct buf *plain)
{
	buf_clear(plain);
	while (line.n) {
		size_t n = str_find_char(line, '\033');
		buf_add(plain, str_upto(line, n));
		line = str_from(line, n);
		line = str_from(line, line.n ? escape_length(line) : 0);
	}
	return text_width(buf_str(plain));
}

bool pager_is_needed(struct str text, int terminal, size_t columns)
{
	struct winsize size;
	struct buf plain;
	struct str line;
	size_t rows = 1; /* the shell's next prompt */
	if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || columns == 0)
		return false;
	buf_init(&plain, 0);
	while (rows <= size.ws_row && str_next_line(&text, &line)) {
		size_t wide = shown_columns(line, &plain);
		rows += wide > columns ? (wide + columns - 1) / columns : 1;
	}
	buf_release(&plain);
	return rows > size.ws_row;
}

/* ---- showing it ---- */

/* Its words, cut out of copy, where no shell is needed for them; else a shell's. */
static void split_command(char *words[MOST_WORDS + 1], const char *command, char *copy)
{
	size_t count = 0;
	char *rest;
	for (char *word = strtok_r(copy, " ", &rest); word && count <= MOST_WORDS;
	     word = strtok_r(NULL, " ", &rest))
		words[count++] = word;
	if (count > MOST_WORDS || command[strcspn(command, FOR_A_SHELL)]) {
		static char sh[] = "sh", option[] = "-c";
		memcpy(copy, command, strlen(command) + 1);
		words[0] = sh;
		words[1] = option;
		words[2] = copy;
		count = 3;
	}
	words[count] = NULL;
}

/* Started with that end of a pipe as its input; 0 or an errno. */
static int start_pager(pid_t *child, const char *command, int input)
{
	char *words[MOST_WORDS + 1], *copy = strdup(command);
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t keys;
	if (!copy)
		return ENOMEM;
	split_command(words, command, copy);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	sigemptyset(&keys);
	sigaddset(&keys, SIGINT);
	sigaddset(&keys, SIGQUIT);
	int rc = posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
	if (rc == 0)
		rc = posix_spawnattr_setsigdefault(&attributes, &keys);
	if (rc == 0)
		rc = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	if (rc == 0)
		rc = posix_spawnp(child, words[0], &files, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	free(copy);
	return rc;
}

int pager_show(const char *command, struct str text)
{
	int ends[2], status = 0;
	pid_t child;
	if (setenv("LESS", "FRX", 0) != 0 || setenv("LV", "-c", 0) != 0 || pipe(ends) != 0)
		return errno;
	for (int i = 0; i < 2; i++)
		(void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	int rc = start_pager(&child, command, ends[0]);
	close(ends[0]);
	/* One that is left before all is read fails the writing, and that is fine. */
	bool all = rc == 0 && fs_write_all(ends[1], text) == 0;
	(void)all;
	close(ends[1]);
	while (rc == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == NOT_RUN)
		rc = EACCES;
	if (rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
		rc = ENOENT;
	return rc;
}
