#include "picture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "clock.h"

/* So long it may take; and so large a file is looked at before it is written over. */
#define MOST_SECONDS    60
#define LARGEST_PICTURE ((size_t)64 * 1024 * 1024)

extern char **environ;

const char *const graph_formats[] = {"dot", "svg", "png", NULL};

/* The program at work: what it is still to get, and what it gave. */
struct drawing {
	pid_t child;
	int in, out; /* our ends of its pipes; -1 once closed */
	struct str rest;
	struct buf *picture;
	int64_t end; /* by clock_milliseconds */
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* No end is handed on but what becomes a standard stream: dot must see its input's end. */
static int open_pipe(int ends[2], struct kith_error *err)
{
	if (pipe(ends) != 0)
		return kith_fail_errno(err, "dot cannot be started");
	(void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

/* With these ends as its input and output, and without a word of its own; 0 or an errno. */
static int start_dot(pid_t *child, const char *format, int in, int out)
{
	char name[] = "dot", kind[16] = "-T";
	char *words[] = {name, kind, NULL};
	posix_spawn_file_actions_t files;
	for (size_t i = 2; i + 1 < sizeof(kind) && *format; i++)
		kind[i] = *format++;
	posix_spawn_file_actions_init(&files);
	int rc = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY,
						      0);
	if (rc == 0)
		rc = posix_spawnp(child, name, &files, NULL, words, environ);
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

static void give_some(struct drawing *d)
{
	ssize_t n = write(d->in, d->rest.p, d->rest.n);
	if (n > 0)
		d->rest = str_from(d->rest, (size_t)n);
	/* It need not read to the end: how it ends says whether it could. */
	if (d->rest.n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&d->in);
}

static void take_some(struct drawing *d)
{
	char bytes[16384];
	ssize_t n = read(d->out, bytes, sizeof(bytes));
	if (n > 0)
		buf_add(d->picture, (struct str){bytes, (size_t)n});
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(&d->out);
}

/* Both ways at once, or each side would wait for the other. False where it took too long. */
static bool talk_with_dot(struct drawing *d)
{
	while (d->out >= 0 && !d->picture->overflow) {
		struct pollfd ends[] = {{.fd = d->out, .events = POLLIN},
					{.fd = d->in, .events = POLLOUT}};
		int64_t left = d->end - clock_milliseconds();
		if (left <= 0)
			return false;
		if (poll(ends, d->in >= 0 ? 2 : 1, (int)left) < 0 && errno != EINTR)
			return false;
		if (d->in >= 0 && ends[1].revents)
			give_some(d);
		if (ends[0].revents)
			take_some(d);
	}
	return true;
}

static int finish_drawing(struct drawing *d, bool in_time, struct kith_error *err)
{
	int status = 0;
	close_end(&d->in);
	close_end(&d->out);
	if (!in_time || d->picture->overflow)
		kill(d->child, SIGKILL);
	while (waitpid(d->child, &status, 0) < 0 && errno == EINTR)
		;
	if (!in_time)
		return kith_fail(err, KITH_FAILED,
				 "dot took longer than a minute; ask for fewer people (--where), "
				 "or take --format dot");
	if (d->picture->overflow)
		return kith_fail(err, KITH_FAILED, "the picture that dot made is too large");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return kith_fail(err, KITH_FAILED, "dot could not draw it; see --format dot");
	return 0;
}

int picture_draw(struct buf *out, const char *format, struct str graph, struct kith_error *err)
{
	int in[2], back[2];
	struct drawing d = {.rest = graph, .picture = out};
	if (open_pipe(in, err))
		return -1;
	if (open_pipe(back, err)) {
		close(in[0]);
		close(in[1]);
		return -1;
	}
	int rc = start_dot(&d.child, format, in[0], back[1]);
	close(in[0]);
	close(back[1]);
	d.in = in[1];
	d.out = back[0];
	if (rc) {
		close_end(&d.in);
		close_end(&d.out);
		return rc == ENOENT
			   ? kith_fail(err, KITH_NOT_FOUND,
				       "the program dot is not there: install graphviz, or take "
				       "--format dot")
			   : kith_fail(err, KITH_FAILED, "the program dot could not be started");
	}
	(void)fcntl(d.in, F_SETFL, O_NONBLOCK);
	(void)fcntl(d.out, F_SETFL, O_NONBLOCK);
	d.end = clock_milliseconds() + MOST_SECONDS * 1000;
	return finish_drawing(&d, talk_with_dot(&d), err);
}

/* What kith may write over: a picture, a graph, an empty file. */
static bool is_picture(struct str bytes)
{
	static const char *const begins[] = {"\x89PNG", "<svg", "graph kith {"};
	struct str head = str_upto(bytes, 1024);
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (str_starts(bytes, str_of(begins[i])))
			return true;
	return bytes.n == 0 ||
	       (str_starts(head, STR("<?xml")) && str_find(head, STR("<svg")) < head.n);
}

int picture_write(const char *file, struct str bytes, struct kith_error *err)
{
	struct buf old;
	struct str expected = STR_NONE;
	int rc = 0;
	buf_init(&old, 0);
	if (fs_kind(AT_FDCWD, file) != FS_NONE) {
		rc = fs_read(AT_FDCWD, file, LARGEST_PICTURE, &old, err);
		expected = buf_str(&old);
		if (rc == 0 && !is_picture(expected)) {
			kith_fail(err, KITH_EXISTS,
				  "is there already, and is no picture: choose another name");
			rc = kith_fail_at(err, file, 0, 0);
		}
	}
	if (rc == 0)
		rc = fs_replace(AT_FDCWD, file, bytes, expected, err);
	buf_release(&old);
	return rc;
}
