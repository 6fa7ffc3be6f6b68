/* Two holders of one folder's lock, in one process and in two. */
#include "base/lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
	char path[32];
	int dir;
};

static int set_up(void **state)
{
	static struct place place;
	strcpy(place.path, "/tmp/kith-lock-XXXXXX");
	assert_non_null(mkdtemp(place.path));
	place.dir = open(place.path, O_RDONLY | O_DIRECTORY);
	*state = &place;
	return place.dir >= 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	close(place->dir);
	return rmdir(place->path);
}

static void test_excludes(void **state)
{
	struct place *place = *state;
	struct kith_error err = {0};
	int lock = lock_folder(place->dir, 0, &err);
	assert_true(lock >= 0);
	assert_int_equal(lock_folder(place->dir, 20, &err), -1);
	assert_int_equal(err.status, KITH_BUSY);
	lock_release(lock);
	err = (struct kith_error){0};
	lock = lock_folder(place->dir, 0, &err);
	assert_true(lock >= 0);
	lock_release(lock);
	lock_release(-1);
}

/* A process that is killed gives its lock back. */
static void test_killed(void **state)
{
	struct place *place = *state;
	struct kith_error err = {0};
	int ready[2];
	char byte;
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (lock_folder(place->dir, 0, NULL) < 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(lock_folder(place->dir, 0, &err), -1);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	err = (struct kith_error){0};
	int lock = lock_folder(place->dir, 5000, &err);
	assert_true(lock >= 0);
	lock_release(lock);
	close(ready[0]);
	close(ready[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_excludes, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_killed, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
