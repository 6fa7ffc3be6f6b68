/*
 * Runs commands in turn, A B C A B C, so that what slows the machine for a
 * while slows all of them, and says how long each took and how much memory it
 * had at most. All run on the same two cores, with /dev/null for input and
 * output; the first round warms up and does not count.
 *
 *     pairs ROUNDS < plan
 *
 * The plan has a command a line: a name, the exit status that is expected, the
 * program's path and its arguments, parted by tabs. What comes out is a line
 * each: name, median, least and most microseconds, KiB of memory. A command
 * that ends otherwise is named, and the exit status is 1. One of the name `-`
 * only prepares for the next: it has its turn, but is not measured.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { COMMANDS_MAX = 16, WORDS_MAX = 32, ROUNDS_MAX = 10000 };

struct command {
	char *word[WORDS_MAX + 1]; /* name, status, path, arguments, NULL */
	int expected;
	bool failed;
	int64_t *taken;
	int64_t peak;
};

extern char **environ;

static void die(const char *what)
{
	fprintf(stderr, "pairs: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* The first two of the cores that are allowed: cores 0 and 1, as a rule. */
static void keep_to_two_cores(void)
{
	cpu_set_t may, use;
	int chosen = 0;

	CPU_ZERO(&use);
	if (sched_getaffinity(0, sizeof(may), &may))
		die("sched_getaffinity");
	for (size_t i = 0; i < CPU_SETSIZE && chosen < 2; i++)
		if (CPU_ISSET(i, &may)) {
			CPU_SET(i, &use);
			chosen++;
		}
	if (sched_setaffinity(0, sizeof(use), &use))
		die("sched_setaffinity");
	if (chosen < 2)
		fprintf(stderr, "pairs: there is only one core to run on\n");
}

static void parse_command(struct command *c, const char *line, size_t rounds)
{
	char *text = strdup(line), *rest = NULL;
	size_t n = 0;

	if (!text)
		die("memory");
	text[strcspn(text, "\n")] = '\0';
	for (char *w = strtok_r(text, "\t", &rest); w; w = strtok_r(NULL, "\t", &rest)) {
		if (n == WORDS_MAX) {
			errno = E2BIG;
			die(line);
		}
		c->word[n++] = w;
	}
	if (n < 3) {
		errno = EINVAL;
		die(line);
	}
	c->word[n] = NULL;
	c->expected = (int)strtol(c->word[1], NULL, 10);
	c->taken = calloc(rounds, sizeof(*c->taken));
	if (!c->taken)
		die("memory");
}

static size_t read_plan(struct command *c, size_t rounds)
{
	char *line = NULL;
	size_t size = 0, n = 0;

	while (getline(&line, &size, stdin) > 0) {
		if (n == COMMANDS_MAX) {
			errno = E2BIG;
			die("plan");
		}
		parse_command(&c[n++], line, rounds);
	}
	free(line);
	return n;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/*
 * The microseconds from start to end. Linux counts the starting program's own
 * pages into the peak of what it starts: that is why this one is so small.
 */
static int64_t run(struct command *c, const posix_spawn_file_actions_t *files)
{
	struct rusage used;
	int64_t begun = now(), taken;
	int status, err;
	pid_t pid;

	err = posix_spawn(&pid, c->word[2], files, NULL, c->word + 2, environ);
	if (err) {
		errno = err;
		die(c->word[2]);
	}
	while (wait4(pid, &status, 0, &used) < 0)
		if (errno != EINTR)
			die("wait4");
	taken = now() - begun;
	if (used.ru_maxrss > c->peak)
		c->peak = used.ru_maxrss;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != c->expected) {
		if (!c->failed)
			fprintf(stderr, "pairs: %s ended with %s %d, not with %d\n", c->word[0],
				WIFEXITED(status) ? "status" : "signal",
				WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status),
				c->expected);
		c->failed = true;
	}
	return taken;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void print(struct command *c, size_t rounds)
{
	int64_t *t = c->taken;

	if (!strcmp(c->word[0], "-"))
		return;
	qsort(t, rounds, sizeof(*t), compare);
	printf("%s\t%lld\t%lld\t%lld\t%lld\n", c->word[0],
	       (long long)(t[(rounds - 1) / 2] + t[rounds / 2]) / 2, (long long)t[0],
	       (long long)t[rounds - 1], (long long)c->peak);
}

int main(int argc, char **argv)
{
	static struct command command[COMMANDS_MAX];
	long rounds = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	posix_spawn_file_actions_t files;
	size_t count;
	int status = 0;

	if (rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: pairs ROUNDS < plan\n");
		return 2;
	}
	count = read_plan(command, (size_t)rounds);
	keep_to_two_cores();
	if (posix_spawn_file_actions_init(&files) ||
	    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0) ||
	    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0) ||
	    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0))
		die("posix_spawn");
	for (size_t i = 0; i < count; i++)
		run(&command[i], &files);
	for (long round = 0; round < rounds; round++)
		for (size_t i = 0; i < count; i++)
			command[i].taken[round] = run(&command[i], &files);
	for (size_t i = 0; i < count; i++) {
		print(&command[i], (size_t)rounds);
		status |= command[i].failed;
	}
	return status;
}
