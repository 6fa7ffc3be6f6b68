/* Files and folders of every odd kind, in a folder of its own under /tmp. */
#define _GNU_SOURCE /* nftw, seccomp's numbers, AT_FDCWD */
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
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/fs.h"

#define MAX ((size_t)1 << 20)

struct place {
	char path[64]; /* holds `in` and `out` */
	int in;        /* the folder that nothing should leave */
};

static void put(int dir, const char *path, const char *text)
{
	int fd = openat(dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	if (!p)
		return -1;
	strncpy(p->path, "/tmp/kith-fs-XXXXXX", sizeof(p->path) - 1);
	assert_non_null(mkdtemp(p->path));
	int base = open(p->path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(mkdirat(base, "in", 0755), 0);
	assert_int_equal(mkdirat(base, "out", 0755), 0);
	put(base, "out/secret", "outside");
	p->in = openat(base, "in", O_RDONLY | O_DIRECTORY);
	close(base);
	assert_int_equal(mkdirat(p->in, "sub", 0755), 0);
	put(p->in, "ada.md", "ada");
	put(p->in, "sub/bob.md", "bob");
	assert_int_equal(symlinkat("sub/bob.md", p->in, "inside"), 0);
	assert_int_equal(symlinkat("../ada.md", p->in, "sub/up"), 0);
	assert_int_equal(symlinkat("../out/secret", p->in, "leaves"), 0);
	assert_int_equal(symlinkat("/etc/hostname", p->in, "absolute"), 0);
	assert_int_equal(symlinkat("../out", p->in, "away"), 0);
	assert_int_equal(symlinkat("round", p->in, "circle"), 0);
	assert_int_equal(symlinkat("circle", p->in, "round"), 0);
	assert_int_equal(symlinkat("sub", p->in, "folder"), 0);
	assert_int_equal(symlinkat("pipe", p->in, "to-pipe"), 0);
	assert_int_equal(mkfifoat(p->in, "pipe", 0644), 0);
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
	int failed = nftw(p->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(p);
	return failed;
}

static void assert_holds(int dir, const char *path, const char *text)
{
	struct kith_error err = {0};
	struct buf b;
	buf_init(&b, 0);
	if (fs_read(dir, path, MAX, &b, &err) != 0)
		fail_msg("%s: %s", err.path, err.message);
	assert_string_equal(b.p, text);
	buf_release(&b);
}

static void refuses(int dir, const char *path, enum kith_status status)
{
	struct kith_error err = {0};
	struct buf b;
	buf_init(&b, 0);
	assert_int_equal(fs_read(dir, path, 100, &b, &err), -1);
	if (err.status != status)
		fail_msg("%s: %d: %s", path, (int)err.status, err.message);
	assert_string_equal(err.path, path);
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

static void kinds_are_told(void **state)
{
	int in = ((struct place *)*state)->in;
	assert_int_equal(fs_kind(in, "ada.md"), FS_FILE);
	assert_int_equal(fs_kind(in, "sub"), FS_FOLDER);
	assert_int_equal(fs_kind(in, "circle"), FS_LINK);
	assert_int_equal(fs_kind(in, "leaves"), FS_LINK);
	assert_int_equal(fs_kind(in, "pipe"), FS_OTHER);
	assert_int_equal(fs_kind(in, "nobody"), FS_NONE);
	assert_int_equal(fs_kind(in, "ada.md/x"), FS_NONE);
	assert_int_equal(fs_kind(AT_FDCWD, "/dev/null"), FS_OTHER);
}

static void only_regular_files_below_are_read(void **state)
{
	struct place *p = *state;
	char path[128];
	assert_holds(p->in, "ada.md", "ada");
	assert_holds(p->in, "inside", "bob");
	assert_holds(p->in, "sub/up", "ada");
	assert_holds(p->in, "folder/bob.md", "bob");
	refuses(p->in, "nobody", KITH_NOT_FOUND);
	refuses(p->in, "ada.md/x", KITH_NOT_FOUND);
	refuses(p->in, "leaves", KITH_INVALID);
	refuses(p->in, "absolute", KITH_INVALID);
	refuses(p->in, "away/secret", KITH_INVALID);
	refuses(p->in, "../out/secret", KITH_INVALID);
	refuses(p->in, "/etc/hostname", KITH_INVALID);
	refuses(p->in, "circle", KITH_IO);
	refuses(p->in, "sub", KITH_INVALID);
	refuses(p->in, "pipe", KITH_INVALID);
	refuses(p->in, "to-pipe", KITH_INVALID);
	refuses(AT_FDCWD, "/dev/zero", KITH_INVALID);
	snprintf(path, sizeof(path), "%s/in/leaves", p->path);
	assert_holds(AT_FDCWD, path, "outside");
}

static void sizes_have_a_limit(void **state)
{
	int in = ((struct place *)*state)->in;
	char text[102] = {0};
	memset(text, 'x', 100);
	put(in, "100", text);
	assert_holds(in, "100", text);
	struct kith_error err = {0};
	struct buf b;
	buf_init(&b, 100);
	assert_int_equal(fs_read(in, "100", 100, &b, &err), 0);
	assert_int_equal(fs_read(in, "100", 99, &b, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
	assert_int_equal(fs_load(in, "100", 99, &b), EFBIG);
	text[100] = 'x';
	put(in, "101", text);
	assert_int_equal(fs_load(in, "101", MAX, &b), EFBIG);
	buf_release(&b);
	put(in, "empty", "");
	assert_holds(in, "empty", "");
	/* Files of /proc say that they are empty. */
	buf_init(&b, 0);
	assert_int_equal(fs_load(AT_FDCWD, "/proc/self/stat", MAX, &b), 0);
	assert_true(b.n > 10);
	assert_int_equal(fs_load(AT_FDCWD, "/proc/self/stat", 10, &b), EFBIG);
	buf_release(&b);
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

static void without_openat2(void)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {4, code};
	assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void check_without_openat2(void **state)
{
	struct place *p = *state;
	assert_holds(p->in, "ada.md", "ada");
	assert_holds(p->in, "./sub//bob.md", "bob");
	refuses(p->in, "inside", KITH_IO);
	refuses(p->in, "leaves", KITH_IO);
	refuses(p->in, "../out/secret", KITH_INVALID);
	refuses(p->in, "/etc/hostname", KITH_INVALID);
	refuses(p->in, "nobody", KITH_NOT_FOUND);
	refuses(p->in, "pipe", KITH_INVALID);
	struct kith_error err = {0};
	assert_int_equal(fs_replace(p->in, "sub/bob.md", STR("new"), STR("bob"), &err), 0);
	assert_holds(p->in, "sub/bob.md", "new");
	assert_int_equal(fs_replace(p->in, "away/x", STR("new"), STR_NONE, &err), -1);
	struct arena arena;
	struct fs_list list;
	arena_init(&arena);
	err = (struct kith_error){0};
	assert_int_equal(fs_walk(p->in, "sub", NULL, NULL, &arena, &list, NULL, &err), 0);
	assert_int_equal(list.count, 2);
	fs_list_release(&list);
	arena_release(&arena);
}

static void it_works_without_openat2(void **state)
{
	assert_true(in_child(check_without_openat2, without_openat2, state));
}

static void as_nobody(void)
{
	if (geteuid() == 0)
		assert_int_equal(setuid(65534), 0);
}

static void check_unreadable(void **state)
{
	struct place *p = *state;
	refuses(p->in, "closed.md", KITH_IO);
	refuses(p->in, "locked/x.md", KITH_IO);
	assert_int_equal(fs_kind(p->in, "locked/x.md"), FS_OTHER);
	struct kith_error err = {0};
	struct arena arena;
	struct fs_list list, unreadable;
	arena_init(&arena);
	assert_int_equal(fs_walk(p->in, "", NULL, NULL, &arena, &list, &unreadable, &err), 0);
	assert_int_equal(unreadable.count, 1);
	assert_string_equal(unreadable.items[0].path.p, "locked");
	assert_int_equal(unreadable.items[0].kind, FS_FOLDER);
	fs_list_release(&list);
	fs_list_release(&unreadable);
	arena_release(&arena);
	if (geteuid() == 65534) {
		assert_int_equal(fs_replace(p->in, "new.md", STR("x"), STR_NONE, &err), -1);
		assert_int_equal(err.status, KITH_IO);
		err = (struct kith_error){0};
		/* The owner of a file in an open folder cannot be kept. */
		assert_int_equal(fs_replace(p->in, "open/theirs.md", STR("x"), STR("theirs"), &err),
				 -1);
		assert_int_equal(err.status, KITH_IO);
		assert_holds(p->in, "open/theirs.md", "theirs");
	}
}

static size_t count_entries(int dir, const char *path)
{
	struct kith_error err = {0};
	struct arena arena;
	struct fs_list list;
	arena_init(&arena);
	assert_int_equal(fs_walk(dir, path, NULL, NULL, &arena, &list, NULL, &err), 0);
	size_t count = list.count;
	fs_list_release(&list);
	arena_release(&arena);
	return count;
}

static void permissions_hold(void **state)
{
	struct place *p = *state;
	assert_int_equal(mkdirat(p->in, "locked", 0755), 0);
	assert_int_equal(mkdirat(p->in, "open", 0755), 0);
	put(p->in, "locked/x.md", "x");
	put(p->in, "closed.md", "x");
	put(p->in, "open/theirs.md", "theirs");
	assert_int_equal(fchmodat(p->in, "open", 0777, 0), 0);
	assert_int_equal(fchmodat(p->in, "closed.md", 0, 0), 0);
	assert_int_equal(fchmodat(p->in, "locked", 0, 0), 0);
	assert_int_equal(chmod(p->path, 0755), 0);
	bool held = in_child(check_unreadable, as_nobody, state);
	assert_int_equal(fchmodat(p->in, "locked", 0755, 0), 0);
	assert_true(held);
	assert_int_equal(count_entries(p->in, "open"), 1);
}

static void files_are_replaced(void **state)
{
	int in = ((struct place *)*state)->in;
	struct kith_error err = {0};
	struct stat st;
	size_t before = count_entries(in, ".");
	assert_int_equal(fchmodat(in, "ada.md", 0640, 0), 0);
	assert_int_equal(fs_replace(in, "ada.md", STR("new text"), STR("ada"), &err), 0);
	assert_holds(in, "ada.md", "new text");
	assert_int_equal(fstatat(in, "ada.md", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(fs_replace(in, "ada.md", STR(""), STR("new text"), &err), 0);
	assert_int_equal(fs_replace(in, "ada.md", STR("again"), STR(""), &err), 0);
	assert_holds(in, "ada.md", "again");
	/* Through links: the link stays, what it leads to changes. */
	assert_int_equal(fs_replace(in, "inside", STR("BOB"), STR("bob"), &err), 0);
	assert_holds(in, "sub/bob.md", "BOB");
	assert_int_equal(fs_kind(in, "inside"), FS_LINK);
	assert_int_equal(fs_replace(in, "sub/up", STR("up"), STR("again"), &err), 0);
	assert_holds(in, "ada.md", "up");
	assert_int_equal(fs_replace(in, "folder/bob.md", STR("b"), STR("BOB"), &err), 0);
	assert_holds(in, "sub/bob.md", "b");
	assert_int_equal(err.status, KITH_OK);
	assert_int_equal(count_entries(in, "."), before);
}

static void files_are_made(void **state)
{
	struct place *p = *state;
	struct kith_error err = {0};
	struct stat st;
	char path[128], name[256];
	mode_t mask = umask(027);
	assert_int_equal(fs_replace(p->in, "sub/new.md", STR("new"), STR_NONE, &err), 0);
	umask(mask);
	assert_holds(p->in, "sub/new.md", "new");
	assert_int_equal(fstatat(p->in, "sub/new.md", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_int_equal(fs_replace(p->in, name, STR("long"), STR_NONE, &err), 0);
	assert_int_equal(fs_replace(p->in, name, STR("longer"), STR("long"), &err), 0);
	assert_holds(p->in, name, "longer");
	snprintf(path, sizeof(path), "%s/in/absolute.md", p->path);
	assert_int_equal(fs_replace(AT_FDCWD, path, STR("abs"), STR_NONE, &err), 0);
	assert_int_equal(fs_replace(AT_FDCWD, path, STR("abs 2"), STR("abs"), &err), 0);
	assert_holds(p->in, "absolute.md", "abs 2");
	/* A link to nothing yet. */
	assert_int_equal(symlinkat("sub/later.md", p->in, "dangling"), 0);
	assert_int_equal(fs_replace(p->in, "dangling", STR("later"), STR_NONE, &err), 0);
	assert_holds(p->in, "sub/later.md", "later");
	assert_int_equal(err.status, KITH_OK);
}

static void will_not_replace(int dir, const char *path, struct str expected,
			     enum kith_status status)
{
	struct kith_error err = {0};
	assert_int_equal(fs_replace(dir, path, STR("NEW"), expected, &err), -1);
	if (err.status != status)
		fail_msg("%s: %d: %s", path, (int)err.status, err.message);
	assert_string_equal(err.path, path);
}

static void other_peoples_changes_are_kept(void **state)
{
	struct place *p = *state;
	size_t before = count_entries(p->in, ".");
	will_not_replace(p->in, "ada.md", STR("adb"), KITH_CHANGED);
	will_not_replace(p->in, "ada.md", STR("ad"), KITH_CHANGED);
	will_not_replace(p->in, "ada.md", STR("adam"), KITH_CHANGED);
	will_not_replace(p->in, "ada.md", STR(""), KITH_CHANGED);
	will_not_replace(p->in, "ada.md", STR_NONE, KITH_CHANGED);
	will_not_replace(p->in, "nobody", STR("x"), KITH_CHANGED);
	will_not_replace(p->in, "leaves", STR("outside"), KITH_INVALID);
	will_not_replace(p->in, "absolute", STR("x"), KITH_INVALID);
	will_not_replace(p->in, "away/secret", STR("outside"), KITH_INVALID);
	will_not_replace(p->in, "away/new", STR_NONE, KITH_INVALID);
	will_not_replace(p->in, "../out/new", STR_NONE, KITH_INVALID);
	will_not_replace(p->in, "pipe", STR(""), KITH_INVALID);
	will_not_replace(p->in, "to-pipe", STR(""), KITH_INVALID);
	will_not_replace(p->in, "sub", STR(""), KITH_INVALID);
	will_not_replace(p->in, "circle", STR(""), KITH_IO);
	will_not_replace(p->in, "sub/", STR_NONE, KITH_IO);
	will_not_replace(p->in, "", STR_NONE, KITH_IO);
	will_not_replace(p->in, "none/x", STR_NONE, KITH_IO);
	assert_int_equal(linkat(p->in, "ada.md", p->in, "twin.md", 0), 0);
	will_not_replace(p->in, "ada.md", STR("ada"), KITH_FAILED);
	assert_holds(p->in, "twin.md", "ada");
	assert_int_equal(count_entries(p->in, "."), before + 1);
	assert_int_equal(fs_kind(p->in, "../out/new"), FS_NONE);
}

static void check_full_disk(void **state)
{
	struct place *p = *state;
	char *large = malloc(100000);
	assert_non_null(large);
	memset(large, 'x', 100000);
	size_t before = count_entries(p->in, ".");
	struct kith_error err = {0};
	struct str bytes = {large, 100000};
	assert_int_equal(fs_replace(p->in, "ada.md", bytes, STR("ada"), &err), -1);
	assert_int_equal(err.status, KITH_IO);
	assert_int_equal(fs_replace(p->in, "new.md", bytes, STR_NONE, NULL), -1);
	assert_holds(p->in, "ada.md", "ada");
	assert_int_equal(count_entries(p->in, "."), before);
	free(large);
}

static void with_little_room(void)
{
	struct rlimit limit = {50000, 50000};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_failed_write_leaves_nothing(void **state)
{
	assert_true(in_child(check_full_disk, with_little_room, state));
}

static void attributes_are_kept(void **state)
{
	/* POSIX 1003.1e's form: version 2; owner rw, user 65534 r, group r, mask r, others none. */
	static const unsigned char acl[] = {
	    2, 0,   0,   0,   1,   0,   6,  0, 255, 255, 255, 255, 2,   0,   4,
	    0, 254, 255, 0,   0,   4,   0,  4, 0,   255, 255, 255, 255, 16,  0,
	    4, 0,   255, 255, 255, 255, 32, 0, 0,   0,   255, 255, 255, 255,
	};
	int in = ((struct place *)*state)->in;
	unsigned char kept[sizeof(acl) + 1];
	struct kith_error err = {0};
	int fd = openat(in, "ada.md", O_RDONLY);
	if (fsetxattr(fd, "user.kith", "value", 5, 0) != 0) {
		close(fd);
		skip();
	}
	bool with_acl = fsetxattr(fd, "system.posix_acl_access", acl, sizeof(acl), 0) == 0;
	close(fd);
	assert_int_equal(fs_replace(in, "ada.md", STR("new"), STR("ada"), &err), 0);
	fd = openat(in, "ada.md", O_RDONLY);
	assert_int_equal(fgetxattr(fd, "user.kith", kept, sizeof(kept)), 5);
	assert_memory_equal(kept, "value", 5);
	if (with_acl) {
		assert_int_equal(fgetxattr(fd, "system.posix_acl_access", kept, sizeof(kept)),
				 sizeof(acl));
		assert_memory_equal(kept, acl, sizeof(acl));
	}
	close(fd);
}

static void a_leftover_is_no_obstacle(void **state)
{
	int in = ((struct place *)*state)->in;
	struct kith_error err = {0};
	char name[64];
	snprintf(name, sizeof(name), FS_TEMPORARY "%ld-0", (long)getpid());
	put(in, name, "left by a kill");
	assert_int_equal(fs_replace(in, "ada.md", STR("new"), STR("ada"), &err), 0);
	assert_holds(in, "ada.md", "new");
	assert_holds(in, name, "left by a kill");
}

static void folders_are_made(void **state)
{
	struct place *p = *state;
	struct kith_error err = {0};
	char path[128];
	assert_int_equal(fs_make_folders(p->in, "a/b/c", &err), 0);
	assert_int_equal(fs_make_folders(p->in, "a/b/c", &err), 0);
	assert_int_equal(fs_make_folders(p->in, "a//b/d/", &err), 0);
	assert_int_equal(fs_make_folders(p->in, "folder/e", &err), 0);
	assert_int_equal(fs_kind(p->in, "a/b/c"), FS_FOLDER);
	assert_int_equal(fs_kind(p->in, "a/b/d"), FS_FOLDER);
	assert_int_equal(fs_kind(p->in, "sub/e"), FS_FOLDER);
	snprintf(path, sizeof(path), "%s/in/x/y", p->path);
	assert_int_equal(fs_make_folders(AT_FDCWD, path, &err), 0);
	assert_int_equal(fs_kind(p->in, "x/y"), FS_FOLDER);
	assert_int_equal(err.status, KITH_OK);
	static const char *const refused[] = {"ada.md",   "ada.md/x", "away/x",
					      "../out/x", "circle/x", "leaves"};
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		err = (struct kith_error){0};
		assert_int_equal(fs_make_folders(p->in, refused[i], &err), -1);
		assert_int_equal(err.status, KITH_IO);
	}
	assert_int_equal(fs_kind(p->in, "../out/x"), FS_NONE);
}

static bool skip_some(void *context, struct str path, struct str name, enum fs_kind kind)
{
	size_t *asked = context;
	++*asked;
	assert_true(str_ends(path, name));
	assert_int_equal(path.p[path.n], '\0');
	return kind == FS_OTHER || str_eq(name, STR("sub"));
}

static const struct fs_entry *find(const struct fs_list *list, const char *path)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].path.p, path) == 0)
			return &list->items[i];
	return NULL;
}

static void trees_are_walked(void **state)
{
	struct place *p = *state;
	struct kith_error err = {0};
	struct arena arena;
	struct fs_list list, unreadable;
	size_t asked = 0;
	arena_init(&arena);
	assert_int_equal(fs_walk(p->in, ".", NULL, NULL, &arena, &list, &unreadable, &err), 0);
	assert_int_equal(list.count, 12);
	assert_int_equal(unreadable.count, 0);
	assert_int_equal(find(&list, "ada.md")->kind, FS_FILE);
	assert_int_equal(find(&list, "sub/bob.md")->kind, FS_FILE);
	assert_int_equal(find(&list, "folder")->kind, FS_LINK);
	assert_int_equal(find(&list, "pipe")->kind, FS_OTHER);
	assert_null(find(&list, "sub"));
	assert_null(find(&list, "away/secret"));
	fs_list_release(&list);
	assert_int_equal(fs_walk(p->in, "", skip_some, &asked, &arena, &list, NULL, &err), 0);
	assert_int_equal(list.count, 9);
	assert_int_equal(asked, 11);
	assert_null(find(&list, "pipe"));
	fs_list_release(&list);
	/* The folder to begin with may be a link that stays below. */
	assert_int_equal(fs_walk(p->in, "folder/", NULL, NULL, &arena, &list, NULL, &err), 0);
	assert_non_null(find(&list, "folder/bob.md"));
	fs_list_release(&list);
	assert_int_equal(fs_walk(AT_FDCWD, p->path, NULL, NULL, &arena, &list, NULL, &err), 0);
	assert_int_equal(list.count, 13);
	fs_list_release(&list);
	arena_release(&arena);
}

static void some_trees_cannot_be_walked(void **state)
{
	static const struct {
		const char *path;
		enum kith_status status;
	} table[] = {
	    {"nobody", KITH_NOT_FOUND}, {"ada.md", KITH_INVALID}, {"away", KITH_INVALID},
	    {"../out", KITH_INVALID},   {"pipe", KITH_INVALID},   {"circle", KITH_IO},
	};
	struct place *p = *state;
	struct arena arena;
	struct fs_list list;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct kith_error err = {0};
		assert_int_equal(
		    fs_walk(p->in, table[i].path, NULL, NULL, &arena, &list, NULL, &err), -1);
		assert_int_equal(err.status, table[i].status);
		assert_int_equal(list.count, 0);
	}
	arena_release(&arena);
}

static void depth_has_an_end(void **state)
{
	struct place *p = *state;
	struct kith_error err = {0};
	struct arena arena;
	struct fs_list list, unreadable;
	int at = openat(p->in, "sub", O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(at, "d", 0755), 0);
		put(at, "f", "x");
		int next = openat(at, "d", O_RDONLY | O_DIRECTORY);
		close(at);
		at = next;
	}
	close(at);
	arena_init(&arena);
	assert_int_equal(fs_walk(p->in, "sub", NULL, NULL, &arena, &list, &unreadable, &err), 0);
	assert_int_equal(list.count, 64 + 2);
	assert_int_equal(unreadable.count, 1);
	assert_int_equal(unreadable.items[0].path.n, strlen("sub") + (size_t)2 * 64);
	fs_list_release(&list);
	fs_list_release(&unreadable);
	arena_release(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(kinds_are_told),
	    TEST(only_regular_files_below_are_read),
	    TEST(sizes_have_a_limit),
	    TEST(it_works_without_openat2),
	    TEST(permissions_hold),
	    TEST(files_are_replaced),
	    TEST(files_are_made),
	    TEST(other_peoples_changes_are_kept),
	    TEST(a_failed_write_leaves_nothing),
	    TEST(attributes_are_kept),
	    TEST(a_leftover_is_no_obstacle),
	    TEST(folders_are_made),
	    TEST(trees_are_walked),
	    TEST(some_trees_cannot_be_walked),
	    TEST(depth_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
