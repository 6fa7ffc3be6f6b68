#include "base/parallel.h"

#include <pthread.h>
#include <stdbool.h>

struct one_thread {
	pthread_t thread;
	parallel_work *work;
	void *context;
	size_t worker;
	bool started;
};

/* Bytes of a thread's stack, whatever the shell allows the program's own (`ulimit -s`). */
#define STACK ((size_t)1024 * 1024)

static void *run(void *context)
{
	struct one_thread *part = context;
	part->work(part->context, part->worker);
	return NULL;
}

void parallel_run(size_t threads, parallel_work *work, void *context)
{
	struct one_thread parts[PARALLEL_MAX];
	pthread_attr_t attributes;
	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, STACK);
	threads = threads > PARALLEL_MAX ? PARALLEL_MAX : threads;
	for (size_t i = 1; i < threads; i++) {
		parts[i] = (struct one_thread){.work = work, .context = context, .worker = i};
		parts[i].started =
		    pthread_create(&parts[i].thread, &attributes, run, &parts[i]) == 0;
	}
	(void)pthread_attr_destroy(&attributes);
	work(context, 0);
	for (size_t i = 1; i < threads; i++) {
		if (parts[i].started)
			pthread_join(parts[i].thread, NULL);
		else
			/* A thread that cannot be had is no failure: this one does its work. */
			work(context, i);
	}
}

void parallel_part(size_t items, size_t threads, size_t worker, size_t *from, size_t *to)
{
	*from = items * worker / threads;
	*to = items * (worker + 1) / threads;
}

size_t parallel_threads(size_t items, size_t least, size_t most)
{
	size_t threads = items / least;
	most = most > PARALLEL_MAX ? PARALLEL_MAX : most;
	threads = threads > most ? most : threads;
	return threads ? threads : 1;
}
