/* Every odd file among many plain ones: the ring and plain calls must tell the same. */
#define _GNU_SOURCE /* nftw, seccomp's numbers */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/reader.h"

#define SLOT      ((size_t)16 * 1024)
#define MAX       ((size_t)4 << 20)
#define MANY      500
#define MAX_PATHS (MANY + 40)

struct place {
	char path[64];
	int in, pipe; /* pipe: the writing end of a FIFO that has something to say */
	struct arena arena;
	struct str paths[MAX_PATHS];
	size_t count;
};

struct outcome {
	struct str bytes;
	int error;
};

struct outcomes {
	struct outcome items[MAX_PATHS];
	size_t count;
	struct arena arena;
};

static void make(struct place *p, const char *path, size_t size)
{
	char *text = malloc(size + 1);
	int fd = openat(p->in, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	assert_non_null(text);
	assert_true(fd >= 0);
	for (size_t i = 0; i < size; i++)
		text[i] = (char)('a' + (i + strlen(path)) % 26);
	assert_int_equal(write(fd, text, size), size);
	close(fd);
	free(text);
}

static void also(struct place *p, const char *path)
{
	assert_true(p->count < MAX_PATHS);
	p->paths[p->count++] = arena_str(&p->arena, str_of(path));
}

static void make_odd_files(struct place *p)
{
	static const struct {
		const char *path;
		size_t size;
	} files[] = {
	    {"empty", 0},         {"one", 1},       {"slot-1", SLOT - 1}, {"slot", SLOT},
	    {"slot+1", SLOT + 1}, {"100k", 100000}, {"max", MAX},         {"max+1", MAX + 1},
	};
	static const char *const links[][2] = {
	    {"sub/x.md", "inside"}, {"../one", "sub/up"}, {"../out/secret", "leaves"},
	    {"round", "circle"},    {"circle", "round"},  {"/etc/hostname", "absolute"},
	    {"fifo", "to-fifo"},    {"100k", "to-100k"},  {"nothing", "dangling"},
	    {"sub", "to-folder"},   {"../out", "away"},
	};
	static const char *const more[] = {
	    "sub/x.md", "fifo",  "speaking",       "nobody",      "sparse",
	    "sub",      "one/x", "to-folder/x.md", "away/secret", "../out/secret"};
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		make(p, files[i].path, files[i].size);
		also(p, files[i].path);
	}
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		assert_int_equal(symlinkat(links[i][0], p->in, links[i][1]), 0);
		also(p, links[i][1]);
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		also(p, more[i]);
	make(p, "sub/x.md", 2700);
	make(p, "../out/secret", 7);
	make(p, "sparse", 0);
	int fd = openat(p->in, "sparse", O_WRONLY);
	assert_int_equal(ftruncate(fd, (off_t)300 << 20), 0);
	close(fd);
	assert_int_equal(mkfifoat(p->in, "fifo", 0644), 0);
	assert_int_equal(mkfifoat(p->in, "speaking", 0644), 0);
	p->pipe = openat(p->in, "speaking", O_RDWR | O_NONBLOCK);
	assert_int_equal(write(p->pipe, "boo", 3), 3);
}

static int set_up(void **state)
{
	char name[32];
	struct place *p = calloc(1, sizeof(*p));
	if (!p)
		return -1;
	arena_init(&p->arena);
	strncpy(p->path, "/tmp/kith-reader-XXXXXX", sizeof(p->path) - 1);
	assert_non_null(mkdtemp(p->path));
	int base = open(p->path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(mkdirat(base, "in", 0755), 0);
	assert_int_equal(mkdirat(base, "out", 0755), 0);
	assert_int_equal(mkdirat(base, "in/sub", 0755), 0);
	p->in = openat(base, "in", O_RDONLY | O_DIRECTORY);
	close(base);
	for (size_t i = 0; i < MANY / 2; i++) {
		snprintf(name, sizeof(name), "file-%zu.md", i);
		make(p, name, 1 + i * 37 % 9000);
		also(p, name);
	}
	make_odd_files(p);
	for (size_t i = MANY / 2; i < MANY; i++) {
		snprintf(name, sizeof(name), "sub/file-%zu.md", i);
		make(p, name, 1 + i * 37 % 9000);
		also(p, name);
	}
	*state = p;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int tear_down(void **state)
{
	struct place *p = *state;
	close(p->in);
	close(p->pipe);
	arena_release(&p->arena);
	int failed = nftw(p->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(p);
	return failed;
}

static void note(void *context, size_t index, struct str bytes, int error)
{
	struct outcomes *o = context;
	assert_int_equal(index, o->count);
	if (error)
		assert_int_equal(bytes.n, 0);
	o->items[o->count++] = (struct outcome){arena_str(&o->arena, bytes), error};
}

static struct outcomes *outcomes_new(void)
{
	struct outcomes *o = calloc(1, sizeof(*o));
	assert_non_null(o);
	arena_init(&o->arena);
	return o;
}

static void outcomes_free(struct outcomes *o)
{
	arena_release(&o->arena);
	free(o);
}

static struct outcomes *read_all(const struct place *p, struct reader *r)
{
	struct outcomes *o = outcomes_new();
	reader_run(r, p->in, p->paths, p->count, MAX, note, o);
	assert_int_equal(o->count, p->count);
	return o;
}

static void assert_same(const struct place *p, const struct outcomes *a, const struct outcomes *b)
{
	for (size_t i = 0; i < p->count; i++)
		if (a->items[i].error != b->items[i].error ||
		    !str_eq(a->items[i].bytes, b->items[i].bytes))
			fail_msg("%s: %d (%zu bytes), %d (%zu bytes)", p->paths[i].p,
				 a->items[i].error, a->items[i].bytes.n, b->items[i].error,
				 b->items[i].bytes.n);
}

static const struct outcome *find(const struct place *p, const struct outcomes *o, const char *path)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->paths[i].p, path) == 0)
			return &o->items[i];
	fail_msg("%s was not read", path);
	return NULL;
}

/* The bytes are those of the file of that name, which `make` wrote. */
static void assert_right(struct str bytes, const char *made_as, size_t size)
{
	assert_int_equal(bytes.n, size);
	for (size_t i = 0; i < bytes.n; i++)
		assert_int_equal(bytes.p[i], 'a' + (int)((i + strlen(made_as)) % 26));
}

static void check_outcomes(const struct place *p, const struct outcomes *o)
{
	static const struct {
		const char *path, *made_as;
		size_t size;
	} good[] = {
	    {"empty", "empty", 0},
	    {"one", "one", 1},
	    {"slot-1", "slot-1", SLOT - 1},
	    {"slot", "slot", SLOT},
	    {"slot+1", "slot+1", SLOT + 1},
	    {"100k", "100k", 100000},
	    {"max", "max", MAX},
	    {"inside", "sub/x.md", 2700},
	    {"sub/up", "one", 1},
	    {"to-100k", "100k", 100000},
	    {"sub/x.md", "sub/x.md", 2700},
	    {"to-folder/x.md", "sub/x.md", 2700},
	    {"file-3.md", "file-3.md", 112},
	    {"sub/file-300.md", "sub/file-300.md", 2101},
	};
	static const struct {
		const char *path;
		int error;
	} bad[] = {
	    {"max+1", EFBIG},    {"sparse", EFBIG},      {"leaves", EXDEV},
	    {"absolute", EXDEV}, {"away/secret", EXDEV}, {"../out/secret", EXDEV},
	    {"circle", ELOOP},   {"round", ELOOP},       {"fifo", EINVAL},
	    {"to-fifo", EINVAL}, {"sub", EINVAL},        {"to-folder", EINVAL},
	    {"nobody", ENOENT},  {"dangling", ENOENT},   {"one/x", ENOTDIR},
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		const struct outcome *outcome = find(p, o, good[i].path);
		assert_int_equal(outcome->error, 0);
		assert_right(outcome->bytes, good[i].made_as, good[i].size);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (find(p, o, bad[i].path)->error != bad[i].error)
			fail_msg("%s: %d", bad[i].path, find(p, o, bad[i].path)->error);
}

static void all_ways_tell_the_same(void **state)
{
	struct place *p = *state;
	struct outcomes *first = NULL;
	for (int way = 0; way < 2; way++) {
		struct reader *r = reader_new(way == 1);
		struct outcomes *o = read_all(p, r);
		check_outcomes(p, o);
		assert_int_equal(find(p, o, "speaking")->error, EINVAL);
		/* A second run in the same buffers. */
		struct outcomes *again = read_all(p, r);
		assert_same(p, o, again);
		outcomes_free(again);
		if (first) {
			assert_same(p, first, o);
			outcomes_free(o);
		} else {
			first = o;
		}
		reader_free(r);
	}
	outcomes_free(first);
}

static void a_trusting_reader_tells_the_same_of_what_was_known(void **state)
{
	struct place *p = *state;
	for (int way = 0; way < 2; way++) {
		struct reader *r = reader_new(way == 1);
		reader_trust(r);
		struct outcomes *o = read_all(p, r);
		check_outcomes(p, o);
		outcomes_free(o);
		reader_free(r);
	}
}

static void few_files_need_no_ring(void **state)
{
	struct place *p = *state;
	struct reader *r = reader_new(false);
	struct outcomes *o = outcomes_new();
	reader_run(r, p->in, p->paths, 0, MAX, note, o);
	assert_int_equal(o->count, 0);
	reader_run(r, p->in, p->paths, 20, MAX, note, o);
	assert_int_equal(o->count, 20);
	assert_right(o->items[19].bytes, "file-19.md", 1 + 19 * 37);
	outcomes_free(o);
	reader_free(r);
	reader_free(NULL);
}

static void the_limit_holds_for_small_files(void **state)
{
	struct place *p = *state;
	for (int way = 0; way < 4; way++) {
		struct reader *r = reader_new(way & 1);
		struct outcomes *o = outcomes_new();
		if (way & 2)
			reader_trust(r);
		reader_run(r, p->in, p->paths, MANY / 2, 100, note, o);
		for (size_t i = 0; i < MANY / 2; i++)
			assert_int_equal(o->items[i].error, 1 + i * 37 % 9000 > 100 ? EFBIG : 0);
		outcomes_free(o);
		reader_free(r);
	}
}

static void a_huge_file_takes_no_time(void **state)
{
	struct place *p = *state;
	struct timespec from, to;
	struct str paths[128];
	for (size_t i = 0; i < 128; i++)
		paths[i] = STR("sparse");
	for (int way = 0; way < 4; way++) {
		struct reader *r = reader_new(way & 1);
		struct outcomes *o = outcomes_new();
		if (way & 2)
			reader_trust(r);
		clock_gettime(CLOCK_MONOTONIC, &from);
		reader_run(r, p->in, paths, 128, MAX, note, o);
		clock_gettime(CLOCK_MONOTONIC, &to);
		assert_int_equal(o->items[127].error, EFBIG);
		assert_true(to.tv_sec - from.tv_sec < 2);
		outcomes_free(o);
		reader_free(r);
	}
}

/* Runs it in a child; whether all of its assertions held. */
static bool in_child(void (*check)(void **), void (*prepare)(void), void **state)
{
	int status = 0;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		prepare();
		/* As text: the plan and the count of TAP are the parent's. */
		unsetenv("CMOCKA_MESSAGE_OUTPUT");
		const struct CMUnitTest tests[] = {{"child", check, NULL, NULL, *state}};
		_exit(cmocka_run_group_tests_name("child", tests, NULL, NULL) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void refuse(long call, unsigned error)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {4, code};
	assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void without_ring(void)
{
	refuse(SYS_io_uring_setup, EPERM);
}

static void without_ring_either(void)
{
	refuse(SYS_io_uring_setup, ENOSYS);
}

static void without_enter(void)
{
	refuse(SYS_io_uring_enter, EPERM);
}

static void without_register(void)
{
	refuse(SYS_io_uring_register, EINVAL);
}

static void check_all(void **state)
{
	struct place *p = *state;
	struct reader *r = reader_new(false);
	struct outcomes *o = read_all(p, r);
	check_outcomes(p, o);
	outcomes_free(o);
	o = read_all(p, r);
	check_outcomes(p, o);
	outcomes_free(o);
	reader_free(r);
}

static void a_refused_ring_is_done_without(void **state)
{
	assert_true(in_child(check_all, without_ring, state));
	assert_true(in_child(check_all, without_ring_either, state));
	assert_true(in_child(check_all, without_enter, state));
	assert_true(in_child(check_all, without_register, state));
}

static void as_nobody(void)
{
	if (geteuid() == 0)
		assert_int_equal(setuid(65534), 0);
}

static void check_unreadable(void **state)
{
	struct place *p = *state;
	for (int way = 0; way < 4; way++) {
		struct reader *r = reader_new(way & 1);
		if (way & 2)
			reader_trust(r);
		struct outcomes *o = read_all(p, r);
		assert_int_equal(find(p, o, "one")->error, EACCES);
		assert_int_equal(find(p, o, "sub/x.md")->error, EACCES);
		assert_int_equal(find(p, o, "inside")->error, EACCES);
		assert_int_equal(find(p, o, "slot")->error, 0);
		outcomes_free(o);
		reader_free(r);
	}
}

static void unreadable_files_are_told(void **state)
{
	struct place *p = *state;
	assert_int_equal(chmod(p->path, 0755), 0);
	assert_int_equal(fchmodat(p->in, "one", 0, 0), 0);
	assert_int_equal(fchmodat(p->in, "sub", 0, 0), 0);
	bool held = in_child(check_unreadable, as_nobody, state);
	assert_int_equal(fchmodat(p->in, "sub", 0755, 0), 0);
	assert_true(held);
}

struct worker {
	const struct place *place;
	struct reader *reader;
	struct outcomes *outcomes;
};

static void *work(void *context)
{
	struct worker *w = context;
	reader_run(w->reader, w->place->in, w->place->paths, w->place->count, MAX, note,
		   w->outcomes);
	return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
	struct place *p = *state;
	struct worker workers[4];
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) {
		workers[i] = (struct worker){p, reader_new(false), outcomes_new()};
		assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		check_outcomes(p, workers[i].outcomes);
	}
	/* A ring belongs to its thread; another one gets the same by plain calls. */
	workers[0].outcomes->count = 0;
	work(&workers[0]);
	check_outcomes(p, workers[0].outcomes);
	for (int i = 0; i < 4; i++) {
		reader_free(workers[i].reader);
		outcomes_free(workers[i].outcomes);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(all_ways_tell_the_same),
	    TEST(a_trusting_reader_tells_the_same_of_what_was_known),
	    TEST(few_files_need_no_ring),
	    TEST(the_limit_holds_for_small_files),
	    TEST(a_huge_file_takes_no_time),
	    TEST(a_refused_ring_is_done_without),
	    TEST(unreadable_files_are_told),
	    TEST(threads_do_not_disturb_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
