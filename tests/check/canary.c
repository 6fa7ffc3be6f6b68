/*
 * What the sanitised builds must catch, one fault a run: a build that lost its
 * sanitisers would pass every test in silence. Built by make with the flags and
 * the library of the build that it stands for.
 */
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"

static char *volatile escape;

/* A byte after the end of an allocation. */
static int heap(void)
{
	escape = malloc(8);
	memset(escape, 0, 8);
	char *volatile past = escape + 8;
	int byte = *past;
	free(escape);
	return byte;
}

/* Memory that an arena has not given out: told only by a library that is sanitised too. */
static int arena(void)
{
	struct arena a;
	arena_init(&a);
	escape = arena_alloc(&a, 16);
	escape[0] = 1;
	char *volatile past = escape + 64;
	int byte = *past;
	arena_release(&a);
	return byte;
}

static int leak(void)
{
	escape = malloc(100);
	escape = NULL;
	return 0;
}

static int sum(void)
{
	volatile int most = INT_MAX;
	volatile int more = most + 1;
	return more == 0;
}

static int shared;

static void *count(void *unused)
{
	(void)unused;
	for (int i = 0; i < 1000; i++)
		shared++;
	return NULL;
}

static int race(void)
{
	pthread_t one, two;
	if (pthread_create(&one, NULL, count, NULL) || pthread_create(&two, NULL, count, NULL))
		return 1;
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(void);
	} faults[] = {
	    {"heap", heap}, {"arena", arena}, {"leak", leak}, {"sum", sum}, {"race", race}};
	for (size_t i = 0; argc == 2 && i < sizeof(faults) / sizeof(faults[0]); i++)
		if (strcmp(argv[1], faults[i].name) == 0)
			return faults[i].run();
	return 64;
}
