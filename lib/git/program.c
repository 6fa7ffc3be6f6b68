#include "git/program.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"

extern char **environ;

enum { WORDS_MAX = 65536, WORDS_TOLD = 1200, LOOK_MS = 200 };

/* Takes a line of progress off a terminal. */
#define CLEARED                                                                                    \
	"\r                                                                               \r"

/* What a child must not inherit: set anew below, or about another repository. */
static const char *const withheld[] = {
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_INDEX_FILE",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "HOME",
    "XDG_CONFIG_HOME",
};

/* A list of texts with a NULL at the end, as exec asks: they may be written to. */
struct texts {
	char **items;
	size_t count, cap;
	struct arena *arena;
};

/* The three ends that are ours; -1 for a closed one. */
struct ends {
	int in, out, words;
	struct str input; /* what of it is still to be sent */
};

static void push_text(struct texts *texts, const char *text)
{
	texts->items = mem_grow(texts->items, texts->count, &texts->cap, sizeof(*texts->items));
	texts->items[texts->count++] =
	    text ? arena_copy(texts->arena, text, strlen(text) + 1, 1) : NULL;
}

static void push_value(struct texts *env, const char *name, const char *value)
{
	if (value)
		push_text(env, arena_printf(env->arena, "%s=%s", name, value).p);
}

static bool is_withheld(const char *item)
{
	struct str name = str_upto(str_of(item), str_find_char(str_of(item), '='));
	for (size_t i = 0; i < ARRAY_LEN(withheld); i++)
		if (str_eq(name, str_of(withheld[i])))
			return true;
	return false;
}

/* Whether git finds the repository from there: core.worktree may lead anywhere. */
static bool is_found(const struct git_repo *repo, const char *folder)
{
	git_buf found = GIT_BUF_INIT;
	bool same =
	    git_repository_discover(&found, folder, 1, NULL) == 0 &&
	    str_eq(str_of(git_repository_path(repo->handle)), (struct str){found.ptr, found.size});
	git_buf_dispose(&found);
	return same;
}

static const char *folder_of(const struct program_call *call)
{
	return call->folder ? call->folder : git_repository_workdir(call->repo->handle);
}

/* Without the slash at its end, as a person names a folder. */
static void push_folder(struct texts *env, const char *name, const char *path)
{
	struct str folder = str_of(path);
	if (folder.n > 1 && str_ends(folder, STR("/")))
		folder.n--;
	push_value(env, name, arena_str(env->arena, folder).p);
}

/* As git commit hands it to hooks. */
static void push_author(struct texts *env, const git_signature *who)
{
	int zone = who->when.offset < 0 ? -who->when.offset : who->when.offset;
	push_value(env, "GIT_AUTHOR_NAME", who->name);
	push_value(env, "GIT_AUTHOR_EMAIL", who->email);
	push_text(env, arena_printf(env->arena, "GIT_AUTHOR_DATE=@%" PRId64 " %c%02d%02d",
				    (int64_t)who->when.time, who->when.offset < 0 ? '-' : '+',
				    zone / 60, zone % 60)
			   .p);
}

static void make_environment(struct texts *env, const struct program_call *call)
{
	const struct git_surroundings *around = &call->repo->around;
	for (char **item = environ; item && *item; item++)
		if (!is_withheld(*item))
			push_text(env, *item);
	push_value(env, "HOME", around->home);
	push_value(env, "XDG_CONFIG_HOME", around->xdg_config_home);
	push_value(env, "GIT_CONFIG_GLOBAL", around->config_global);
	push_value(env, "GIT_CONFIG_SYSTEM", around->config_system);
	push_value(env, "GIT_CONFIG_NOSYSTEM", around->config_nosystem ? "1" : NULL);
	push_value(env, "GIT_INDEX_FILE", call->index);
	if (!call->author) {
		push_value(env, "GIT_AUTHOR_NAME", around->author_name);
		push_value(env, "GIT_AUTHOR_EMAIL", around->author_email);
		push_value(env, "GIT_AUTHOR_DATE", around->author_date);
	}
	push_value(env, "GIT_COMMITTER_NAME", around->committer_name);
	push_value(env, "GIT_COMMITTER_EMAIL", around->committer_email);
	push_value(env, "GIT_COMMITTER_DATE", around->committer_date);
	if (!is_found(call->repo, folder_of(call))) {
		push_folder(env, "GIT_DIR", git_repository_path(call->repo->handle));
		push_folder(env, "GIT_WORK_TREE", git_repository_workdir(call->repo->handle));
	}
	if (call->author)
		push_author(env, call->author);
	for (size_t i = 0; call->env && call->env[i]; i++)
		push_text(env, call->env[i]);
	push_text(env, NULL);
}

/* git hands its own options down to the hooks of a commit, so that one is given none. */
static void make_arguments(struct texts *argv, const struct program_call *call,
			   const char *const *args)
{
	push_text(argv, "git");
	if (!call->as_user) {
		push_text(argv, "--literal-pathspecs");
		push_text(argv, "--no-optional-locks");
		if (call->repo->around.fsync) {
			push_text(argv, "-c");
			push_text(argv, "core.fsync=committed,loose-object,reference");
		}
	}
	if (strcmp(folder_of(call), ".") != 0) {
		push_text(argv, "-C");
		push_text(argv, folder_of(call));
	}
	for (; *args; args++)
		push_text(argv, *args);
	push_text(argv, NULL);
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* fds[0]: for reading. Both are closed in children, unless given to them. */
static int make_pipe(int fds[2])
{
	if (pipe(fds) < 0)
		return -1;
	if (fcntl(fds[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(fds[1], F_SETFD, FD_CLOEXEC) == 0)
		return 0;
	shut(&fds[0]);
	shut(&fds[1]);
	return -1;
}

/* In a group of its own it can be ended with all that it started, and cannot ask anybody. */
static bool stands_apart(const struct program_call *call)
{
	return call->patience && !call->show;
}

/* An errno, or 0. SIGPIPE ends the call, whatever this process does with it. */
static int spawn_git(pid_t *pid, char *const argv[], char *const envp[], int in, int out, int words,
		     const struct program_call *call)
{
	int keep = call->keep, flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, broken;
	sigemptyset(&none);
	sigemptyset(&broken);
	sigaddset(&broken, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	/* These want memory: without one of them git would read and write elsewhere. */
	int rc = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&files, words, STDERR_FILENO);
	if (!rc && keep > STDERR_FILENO)
		rc = posix_spawn_file_actions_adddup2(&files, keep, keep);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &broken);
	flags |= stands_apart(call) ? POSIX_SPAWN_SETPGROUP : 0;
	posix_spawnattr_setflags(&attributes, (short)flags);
	if (!rc)
		rc = posix_spawnp(pid, argv[0], &files, &attributes, argv, envp);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return rc;
}

static void send_more(int *fd, struct str *input)
{
	ssize_t n = 0;
	if (input->n > 0)
		n = send(*fd, input->p, input->n, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n > 0)
		*input = str_from(*input, (size_t)n);
	/* A git that does not want all of it may have its reason; its status tells. */
	if (input->n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		shut(fd);
}

/*
 * Input goes through a socket, because a write to one can do without SIGPIPE. What fits in is there
 * before git is: if this process is killed, git does not take a part of a message for all of it.
 */
static int start_git(struct ends *ends, pid_t *pid, const struct texts *argv,
		     const struct texts *env, const struct program_call *call,
		     struct kith_error *err)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, words[2] = {-1, -1};
	int rc = -1;
	*ends = (struct ends){-1, -1, -1, call->input};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) < 0 ||
	    (!call->as_user && (make_pipe(out) < 0 || make_pipe(words) < 0))) {
		kith_fail_errno(err, "cannot prepare for git");
	} else {
		send_more(&in[1], &ends->input);
		errno = spawn_git(pid, argv->items, env->items, in[0],
				  call->as_user ? STDERR_FILENO : out[1],
				  call->as_user ? STDERR_FILENO : words[1], call);
		rc = errno == 0 ? 0
				: kith_fail_errno(err, "the git program is needed here, and "
						       "cannot start");
	}
	shut(&in[0]);
	shut(&out[1]);
	shut(&words[1]);
	*ends = (struct ends){in[1], out[0], words[0], ends->input};
	if (rc) {
		shut(&ends->in);
		shut(&ends->out);
		shut(&ends->words);
	}
	return rc;
}

static bool keep_output(const struct program_call *call, struct str bytes)
{
	if (call->out)
		buf_add(call->out, bytes);
	return !call->out || !call->out->overflow;
}

/* Of what stands there to be written over, a progress, only the terminal gets to know. */
static void keep_said(struct buf *words, const struct program_call *call, struct str bytes)
{
	size_t shown = 0;
	for (size_t i = 0; i < bytes.n; i++) {
		bool over = bytes.p[i] == '\r' && (i + 1 == bytes.n || bytes.p[i + 1] != '\n');
		while (over && words->n && words->p[words->n - 1] != '\n')
			buf_cut(words, words->n - 1);
		if (!over && words->n < WORDS_MAX - 1)
			buf_addc(words, bytes.p[i]);
		shown = over ? i + 1 : shown;
	}
	if (call->show && shown)
		(void)!fs_write_all(call->show, str_upto(bytes, shown));
}

/* False where git has to be ended. */
static bool take_more(int *fd, const struct program_call *call, struct buf *words)
{
	char block[32768];
	ssize_t n = read(*fd, block, sizeof(block));
	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		shut(fd);
		return true;
	}
	struct str bytes = {block, (size_t)n};
	if (!words)
		return keep_output(call, bytes);
	keep_said(words, call, bytes);
	return true;
}

/* How it ended, as a shell tells it. */
static int status_of(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* A hook may leave a program behind that keeps the pipes open: git's end is the end. */
static bool has_ended(pid_t pid, int *status)
{
	return waitpid(pid, status, WNOHANG) == pid;
}

/* Whether somebody is typing a password: it is not shown. */
static bool is_asking(const struct program_call *call)
{
	struct termios terminal;
	return call->show && tcgetattr(call->show, &terminal) == 0 && !(terminal.c_lflag & ECHO);
}

/* Asks it to end, so that it takes its locks away, and after two seconds makes it. */
static void end_git(pid_t pid, const struct program_call *call, bool *ended, int *status)
{
	pid_t whom = stands_apart(call) ? -pid : pid;
	kill(whom, SIGTERM);
	for (int i = 0; i < 10 && !*ended; i++) {
		poll(NULL, 0, LOOK_MS);
		*ended = has_ended(pid, status);
	}
	if (!*ended || stands_apart(call))
		kill(whom, SIGKILL);
}

/* Returns its status, or -1. *stopped: it was not heard to the end. */
static int converse(struct ends *ends, pid_t pid, const struct program_call *call,
		    struct buf *words, bool *stopped, struct kith_error *err)
{
	int status = 0, silent = 0;
	bool ended = false, waited = false;
	while (!ended && !*stopped && (ends->in >= 0 || ends->out >= 0 || ends->words >= 0)) {
		struct pollfd fds[] = {{.fd = ends->in, .events = POLLOUT},
				       {.fd = ends->out, .events = POLLIN},
				       {.fd = ends->words, .events = POLLIN}};
		int ready = poll(fds, ARRAY_LEN(fds), LOOK_MS);
		if (ready < 0 && errno != EINTR)
			break;
		if (ready <= 0) {
			ended = ready == 0 && has_ended(pid, &status);
			silent += LOOK_MS;
			silent = is_asking(call) ? 0 : silent;
			waited = call->patience && silent / 1000 >= call->patience;
			*stopped = waited && !ended;
			continue;
		}
		silent = 0;
		if (fds[0].revents)
			send_more(&ends->in, &ends->input);
		if (fds[1].revents)
			*stopped = !take_more(&ends->out, call, NULL);
		if (fds[2].revents)
			take_more(&ends->words, call, words);
	}
	if (*stopped && waited)
		end_git(pid, call, &ended, &status);
	shut(&ends->in);
	shut(&ends->out);
	shut(&ends->words);
	while (!ended && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return kith_fail_errno(err, "cannot wait for git");
	if (*stopped && waited)
		return kith_fail(err, KITH_OFFLINE, "no answer within %d s", call->patience);
	return status_of(status);
}

/* How far it is, here or on the other side: no reason. */
static bool is_progress(struct str line)
{
	static const char *const first[] = {"Enumerating ",       "Counting ",  "Compressing ",
					    "Delta compression ", "Writing ",   "Receiving ",
					    "Resolving ",         "Unpacking ", "Total "};
	bool found = str_ends(line, STR(", done."));
	line = str_trim(str_from(line, str_starts(line, STR("remote: ")) ? 8 : 0));
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		found |= str_starts(line, str_of(first[i]));
	return found;
}

static int fail_words(const char *what, const struct buf *raw, struct kith_error *err)
{
	struct buf words;
	struct str rest = buf_str(raw), line;
	buf_init(&words, 0);
	while (str_next_line(&rest, &line))
		if (!is_progress(line) && str_trim(line).n) {
			buf_addz(&words, words.n ? " " : "");
			text_add_line(&words, str_trim(line));
		}
	if (words.n == 0)
		buf_addz(&words, "git gave no reason");
	kith_fail(err, KITH_FAILED, "%s: %.*s", what,
		  STR_ARG(text_upto(buf_str(&words), WORDS_TOLD)));
	buf_release(&words);
	return -1;
}

int program_run(const struct program_call *call, const char *const *args, const char *what,
		struct kith_error *err)
{
	struct arena arena;
	struct texts argv = {.arena = &arena}, env = {.arena = &arena};
	struct ends ends;
	struct buf words;
	pid_t pid;
	bool stopped = false;
	arena_init(&arena);
	buf_init(&words, WORDS_MAX);
	make_arguments(&argv, call, args);
	make_environment(&env, call);
	int rc = start_git(&ends, &pid, &argv, &env, call, err);
	if (rc == 0)
		rc = converse(&ends, pid, call, &words, &stopped, err);
	if (call->show)
		(void)!fs_write_all(call->show, STR(CLEARED));
	if (rc >= 0 && call->status)
		*call->status = rc;
	if (rc > 0 && (call->status || stopped))
		rc = 0;
	if (rc > 0 && call->as_user)
		rc = kith_fail(err, KITH_FAILED, "%s", what);
	else if (rc > 0)
		rc = fail_words(what, &words, err);
	free(argv.items);
	free(env.items);
	buf_release(&words);
	arena_release(&arena);
	return rc;
}
