/*
 * Preloaded into kith (LD_PRELOAD), it counts the calls that change something
 * on disk, in the whole group of processes, and makes one of them go wrong:
 * the group is killed there, or the call fails. It needs neither ptrace nor
 * any right, so it works where strace's injection does not.
 *
 *	KITH_FAULT_COUNT=FILE           what was called: a page with numbers (struct table), then
 *	                                a line of LINE bytes a call: name, path, second path
 *	KITH_FAULT_KILL=N[:half|:after] SIGKILL to the group right before the Nth call (from 1);
 *	                                after half of its bytes are written; right after it
 *	KITH_FAULT_ERROR=N:ENOSPC[:sticky|:half]
 *	                                the Nth fails so, or that and all later ones; half: the
 *	                                Nth writes half of its bytes, and what follows fails
 *	KITH_FAULT_ALLOC=N[:sticky]     no memory for the Nth malloc, calloc or realloc of kith
 *	KITH_FAULT_NOSYNC=1             fsync is counted, and not done: a kill loses no page cache
 *
 * All but the last need KITH_FAULT_COUNT. Calls on standard streams, pipes,
 * terminals and /dev are not counted, nor what stdio writes by itself.
 * Start what is to be killed in a process group of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

#define PAGE  4096
#define LINE  256
#define CALLS 8192
#define SHOWN __attribute__((visibility("default")))

/* In the file, for all processes of the group. */
struct table {
	_Atomic unsigned calls, allocations, fired;
};

enum when { BEFORE, HALF, AFTER, STICKY };

struct fault {
	unsigned at; /* 0: none */
	enum when when;
	int error;
};

static struct {
	struct table *table;
	char *lines;
	struct fault kill, error, alloc;
	bool nosync, memory; /* memory: allocations count here */
} shim;

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t count, size_t n);
extern void *__libc_realloc(void *p, size_t n);

/* The C library's own, past this file's. */
static void *next_symbol(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);
	if (!found)
		_exit(127);
	return found;
}

typedef long system_call(long number, ...);

static long raw(long number, long a, long b, long c, long d, long e)
{
	static system_call *real;
	if (!real)
		*(void **)&real = next_symbol("syscall");
	return real(number, a, b, c, d, e, 0L);
}

static _Noreturn void die(void)
{
	raw(SYS_kill, 0, SIGKILL, 0, 0, 0);
	for (;;)
		raw(SYS_pause, 0, 0, 0, 0, 0);
}

/* ---- What is asked for ---- */

static int error_named(const char *name)
{
	static const struct {
		const char *name;
		int error;
	} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EROFS", EROFS}, {"EDQUOT", EDQUOT}};
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strncmp(name, errors[i].name, strlen(errors[i].name)) == 0)
			return errors[i].error;
	return 0;
}

static struct fault fault_of(const char *variable)
{
	const char *text = getenv(variable);
	struct fault fault = {0};
	char *end = NULL;
	if (!text)
		return fault;
	fault.at = (unsigned)strtoul(text, &end, 10);
	if (*end == ':')
		fault.error = error_named(end + 1);
	if (strstr(end, ":sticky"))
		fault.when = STICKY;
	else if (strstr(end, ":half"))
		fault.when = HALF;
	else if (strstr(end, ":after"))
		fault.when = AFTER;
	return fault;
}

static void map_table(const char *file)
{
	size_t size = PAGE + (size_t)LINE * CALLS;
	long fd =
	    raw(SYS_openat, AT_FDCWD, (long)file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600, 0);
	if (fd < 0 || raw(SYS_ftruncate, fd, (long)size, 0, 0, 0) != 0)
		_exit(127);
	void *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, (int)fd, 0);
	if (map == MAP_FAILED)
		_exit(127);
	raw(SYS_close, fd, 0, 0, 0, 0);
	shim.lines = (char *)map + PAGE;
	shim.table = map;
}

__attribute__((constructor)) static void start(void)
{
	const char *file = getenv("KITH_FAULT_COUNT");
	shim.nosync = getenv("KITH_FAULT_NOSYNC") != NULL;
	if (!file)
		return;
	shim.kill = fault_of("KITH_FAULT_KILL");
	shim.error = fault_of("KITH_FAULT_ERROR");
	/* Children of kith have memory enough. */
	shim.memory = strcmp(program_invocation_short_name, "kith") == 0;
	if (shim.memory)
		shim.alloc = fault_of("KITH_FAULT_ALLOC");
	map_table(file);
}

/* ---- Counting ---- */

/* The path, made absolute as far as that is cheap, into room of PATH_MAX. */
static void full_path(char *out, int dir, const char *path)
{
	char link[64];
	long n = 0;
	if (!path || path[0] != '/') {
		if (dir == AT_FDCWD)
			snprintf(link, sizeof(link), "/proc/self/cwd");
		else
			snprintf(link, sizeof(link), "/proc/self/fd/%d", dir);
		n = raw(SYS_readlink, (long)link, (long)out, PATH_MAX - 1, 0, 0);
		n = n < 0 ? 0 : n;
	}
	out[n] = '\0';
	if (path)
		snprintf(out + n, PATH_MAX - (size_t)n, "%s%s", n ? "/" : "", path);
}

static void note(unsigned number, const char *name, const char *path, const char *second)
{
	char line[LINE + 1];
	if (number > CALLS)
		return;
	int n = snprintf(line, sizeof(line), "%s\t%s\t%s", name, path, second);
	n = n < LINE ? n : LINE - 1;
	memset(line + n, ' ', (size_t)(LINE - n));
	line[LINE - 1] = '\n';
	memcpy(shim.lines + (size_t)(number - 1) * LINE, line, LINE);
}

/* A call as it is to be made. */
struct call {
	const char *name;
	int dir; /* a descriptor, or the folder that path is below */
	const char *path;
	int second_dir;
	const char *second;
	bool takes_room; /* a full disk can refuse it */
	long number, a, b, c, d, e;
};

static unsigned count(const struct call *call)
{
	char path[PATH_MAX] = "", second[PATH_MAX] = "";
	int cause = errno;
	unsigned number = atomic_fetch_add(&shim.table->calls, 1) + 1;
	full_path(path, call->dir, call->path);
	if (call->second)
		full_path(second, call->second_dir, call->second);
	note(number, call->name, path, second);
	errno = cause;
	return number;
}

static bool fails(const struct call *call, unsigned number)
{
	const struct fault *fault = &shim.error;
	bool full = fault->error == ENOSPC || fault->error == EDQUOT;
	if (!fault->at || number < fault->at || (full && !call->takes_room))
		return false;
	return fault->when == HALF ? number > fault->at
				   : number == fault->at || fault->when == STICKY;
}

static bool is_write(const struct call *call)
{
	return call->number == SYS_write || call->number == SYS_pwrite64;
}

static long make(const struct call *call, long size)
{
	if (shim.nosync && (call->number == SYS_fsync || call->number == SYS_fdatasync ||
			    call->number == SYS_syncfs))
		return 0;
	return raw(call->number, call->a, call->b, is_write(call) ? size : call->c, call->d,
		   call->e);
}

/* Makes a call that changes the disk, or has it go wrong. */
static long disk(const struct call *call)
{
	if (!shim.table)
		return make(call, call->c);
	unsigned number = count(call);
	bool killed = number == shim.kill.at, torn = number == shim.error.at;
	if (killed || torn)
		atomic_store(&shim.table->fired, number);
	if (killed && shim.kill.when == BEFORE)
		die();
	if (fails(call, number)) {
		atomic_store(&shim.table->fired, shim.error.at);
		if (call->number == SYS_close)
			make(call, 0);
		errno = shim.error.error;
		return -1;
	}
	bool half = is_write(call) && ((killed && shim.kill.when == HALF) ||
				       (torn && shim.error.when == HALF && call->c > 1));
	long result = make(call, half ? call->c / 2 : call->c);
	if (killed)
		die();
	return result;
}

/* Whether a descriptor is that of a file or a folder, and no standard stream. */
static bool on_disk(int fd)
{
	struct stat st;
	int cause = errno;
	bool is = fd > STDERR_FILENO && fstat(fd, &st) == 0 &&
		  (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
	errno = cause;
	return is;
}

static bool may_write(int fd)
{
	int cause = errno;
	long flags = raw(SYS_fcntl, fd, F_GETFL, 0, 0, 0);
	errno = cause;
	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && !(flags & O_PATH);
}

/* A call on a descriptor: counted where that is a file. */
static long on_file(const char *name, long number, int fd, long b, long c, long d, bool takes_room)
{
	const struct call call = {.name = name,
				  .dir = fd,
				  .takes_room = takes_room,
				  .number = number,
				  .a = fd,
				  .b = b,
				  .c = c,
				  .d = d};
	return on_disk(fd) ? disk(&call) : make(&call, c);
}

/* ---- Opening and closing ---- */

static bool changes(const char *path, int flags)
{
	return (flags & O_ACCMODE || flags & (O_CREAT | O_TRUNC)) && !(flags & O_PATH) &&
	       strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0;
}

static int open_it(int dir, const char *path, int flags, mode_t mode)
{
	const struct call call = {.name = flags & O_CREAT   ? "create"
					  : flags & O_TRUNC ? "truncate"
							    : "open",
				  .dir = dir,
				  .path = path,
				  .takes_room = flags & O_CREAT,
				  .number = SYS_openat,
				  .a = dir,
				  .b = (long)path,
				  .c = flags,
				  .d = (long)mode};
	return (int)(changes(path, flags) ? disk(&call) : make(&call, 0));
}

#define OPEN(name)                                                                                 \
	SHOWN int name(const char *path, int flags, ...)                                           \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;            \
		va_end(args);                                                                      \
		return open_it(AT_FDCWD, path, flags, mode);                                       \
	}
#define OPENAT(name)                                                                               \
	SHOWN int name(int dir, const char *path, int flags, ...)                                  \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;            \
		va_end(args);                                                                      \
		return open_it(dir, path, flags, mode);                                            \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int dir, const char *path, int flags);
int __openat64_2(int dir, const char *path, int flags);

SHOWN int __open_2(const char *path, int flags)
{
	return open_it(AT_FDCWD, path, flags, 0);
}

SHOWN int __open64_2(const char *path, int flags)
{
	return open_it(AT_FDCWD, path, flags, 0);
}

SHOWN int __openat_2(int dir, const char *path, int flags)
{
	return open_it(dir, path, flags, 0);
}

SHOWN int __openat64_2(int dir, const char *path, int flags)
{
	return open_it(dir, path, flags, 0);
}

SHOWN int creat(const char *path, mode_t mode)
{
	return open_it(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* The C library makes the name, and the file: the call stands for both. */
static int make_temporary(const char *name, char *path, int flags)
{
	const struct call call = {.name = "create",
				  .dir = AT_FDCWD,
				  .path = path,
				  .takes_room = true,
				  .number = SYS_getpid};
	int (*real)(char *, int);
	*(void **)&real = next_symbol(name);
	return disk(&call) < 0 ? -1 : real(path, flags);
}

SHOWN int mkstemp(char *path)
{
	return make_temporary("mkostemp", path, 0);
}

SHOWN int mkstemp64(char *path)
{
	return make_temporary("mkostemp", path, 0);
}

SHOWN int mkostemp(char *path, int flags)
{
	return make_temporary("mkostemp", path, flags);
}

static FILE *open_stream(const char *path, const char *mode)
{
	const struct call call = {.name = "create",
				  .dir = AT_FDCWD,
				  .path = path,
				  .takes_room = true,
				  .number = SYS_getpid};
	FILE *(*real)(const char *, const char *);
	bool counted = strpbrk(mode, "wa+") && strncmp(path, "/dev/", 5) != 0;
	*(void **)&real = next_symbol("fopen");
	return counted && disk(&call) < 0 ? NULL : real(path, mode);
}

SHOWN FILE *fopen(const char *path, const char *mode)
{
	return open_stream(path, mode);
}

SHOWN FILE *fopen64(const char *path, const char *mode)
{
	return open_stream(path, mode);
}

SHOWN int close(int fd)
{
	const struct call call = {
	    .name = "close", .dir = fd, .takes_room = true, .number = SYS_close, .a = fd};
	return (int)(on_disk(fd) && may_write(fd) ? disk(&call) : make(&call, 0));
}

/* ---- Writing ---- */

SHOWN ssize_t write(int fd, const void *bytes, size_t n)
{
	return on_file("write", SYS_write, fd, (long)bytes, (long)n, 0, true);
}

SHOWN ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return on_file("write", SYS_pwrite64, fd, (long)bytes, (long)n, at, true);
}

SHOWN ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t at)
{
	return on_file("write", SYS_pwrite64, fd, (long)bytes, (long)n, at, true);
}

SHOWN ssize_t writev(int fd, const struct iovec *parts, int n)
{
	return on_file("write", SYS_writev, fd, (long)parts, n, 0, true);
}

SHOWN ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t n, unsigned flags)
{
	const struct call call = {.name = "write",
				  .dir = out,
				  .takes_room = true,
				  .number = SYS_copy_file_range,
				  .a = in,
				  .b = (long)from,
				  .c = out,
				  .d = (long)to,
				  .e = (long)n};
	/* A sixth argument does not fit, and has no meaning yet. */
	(void)flags;
	errno = ENOSYS;
	return on_disk(out) ? -1 : disk(&call);
}

SHOWN int ftruncate(int fd, off_t n)
{
	return (int)on_file("ftruncate", SYS_ftruncate, fd, n, 0, 0, true);
}

SHOWN int ftruncate64(int fd, off_t n)
{
	return (int)on_file("ftruncate", SYS_ftruncate, fd, n, 0, 0, true);
}

SHOWN int fsync(int fd)
{
	return (int)on_file("fsync", SYS_fsync, fd, 0, 0, 0, true);
}

SHOWN int fdatasync(int fd)
{
	return (int)on_file("fsync", SYS_fdatasync, fd, 0, 0, 0, true);
}

SHOWN int syncfs(int fd)
{
	return (int)on_file("syncfs", SYS_syncfs, fd, 0, 0, 0, true);
}

SHOWN int fchmod(int fd, mode_t mode)
{
	return (int)on_file("fchmod", SYS_fchmod, fd, (long)mode, 0, 0, false);
}

SHOWN int fchown(int fd, uid_t user, gid_t group)
{
	return (int)on_file("fchown", SYS_fchown, fd, (long)user, (long)group, 0, false);
}

SHOWN int futimens(int fd, const struct timespec times[2])
{
	return (int)on_file("utimens", SYS_utimensat, fd, 0, (long)times, 0, false);
}

SHOWN int fsetxattr(int fd, const char *name, const void *value, size_t n, int flags)
{
	const struct call call = {.name = "fsetxattr",
				  .dir = fd,
				  .takes_room = true,
				  .number = SYS_fsetxattr,
				  .a = fd,
				  .b = (long)name,
				  .c = (long)value,
				  .d = (long)n,
				  .e = flags};
	return (int)disk(&call);
}

/* ---- Names ---- */

static int named(const char *name, long number, int dir, const char *path, long c, long d,
		 bool takes_room)
{
	const struct call call = {.name = name,
				  .dir = dir,
				  .path = path,
				  .takes_room = takes_room,
				  .number = number,
				  .a = dir,
				  .b = (long)path,
				  .c = c,
				  .d = d};
	return (int)disk(&call);
}

/* From one name to another, with five arguments as renameat2 and linkat have them. */
static int moved(const char *name, long number, int dir, const char *path, int to_dir,
		 const char *to, long flags)
{
	const struct call call = {.name = name,
				  .dir = dir,
				  .path = path,
				  .second_dir = to_dir,
				  .second = to,
				  .takes_room = true,
				  .number = number,
				  .a = dir,
				  .b = (long)path,
				  .c = to_dir,
				  .d = (long)to,
				  .e = flags};
	return (int)disk(&call);
}

SHOWN int rename(const char *from, const char *to)
{
	return moved("rename", SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

SHOWN int renameat(int dir, const char *from, int to_dir, const char *to)
{
	return moved("rename", SYS_renameat2, dir, from, to_dir, to, 0);
}

SHOWN int renameat2(int dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	return moved("rename", SYS_renameat2, dir, from, to_dir, to, (long)flags);
}

SHOWN int link(const char *from, const char *to)
{
	return moved("link", SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

SHOWN int linkat(int dir, const char *from, int to_dir, const char *to, int flags)
{
	return moved("link", SYS_linkat, dir, from, to_dir, to, flags);
}

SHOWN int symlink(const char *target, const char *path)
{
	return symlinkat(target, AT_FDCWD, path);
}

SHOWN int symlinkat(const char *target, int dir, const char *path)
{
	const struct call call = {.name = "symlink",
				  .dir = dir,
				  .path = path,
				  .takes_room = true,
				  .number = SYS_symlinkat,
				  .a = (long)target,
				  .b = dir,
				  .c = (long)path};
	return (int)disk(&call);
}

SHOWN int unlink(const char *path)
{
	return named("unlink", SYS_unlinkat, AT_FDCWD, path, 0, 0, false);
}

SHOWN int unlinkat(int dir, const char *path, int flags)
{
	return named("unlink", SYS_unlinkat, dir, path, flags, 0, false);
}

SHOWN int rmdir(const char *path)
{
	return named("rmdir", SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR, 0, false);
}

SHOWN int mkdir(const char *path, mode_t mode)
{
	return named("mkdir", SYS_mkdirat, AT_FDCWD, path, (long)mode, 0, true);
}

SHOWN int mkdirat(int dir, const char *path, mode_t mode)
{
	return named("mkdir", SYS_mkdirat, dir, path, (long)mode, 0, true);
}

SHOWN int chmod(const char *path, mode_t mode)
{
	return named("chmod", SYS_fchmodat, AT_FDCWD, path, (long)mode, 0, false);
}

SHOWN int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return named("utimens", SYS_utimensat, dir, path, (long)times, flags, false);
}

SHOWN int utimes(const char *path, const struct timeval times[2])
{
	struct timespec fine[2];
	for (int i = 0; times && i < 2; i++)
		fine[i] = (struct timespec){times[i].tv_sec, times[i].tv_usec * 1000};
	return named("utimens", SYS_utimensat, AT_FDCWD, path, times ? (long)fine : 0, 0, false);
}

SHOWN int utime(const char *path, const struct utimbuf *times)
{
	const struct timespec fine[2] = {{times ? times->actime : 0, 0},
					 {times ? times->modtime : 0, 0}};
	return named("utimens", SYS_utimensat, AT_FDCWD, path, times ? (long)fine : 0, 0, false);
}

/* ---- Straight to the kernel ---- */

static bool opens_for_writing(long number, long path, long how)
{
	const struct open_how *wanted = (const struct open_how *)how;
	return number == SYS_openat2 && changes((const char *)path, (int)wanted->flags);
}

SHOWN long syscall(long number, ...)
{
	long a[6];
	va_list args;
	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	const struct call call = {.name = "openat2",
				  .dir = (int)a[0],
				  .path = (const char *)a[1],
				  .takes_room = true,
				  .number = number,
				  .a = a[0],
				  .b = a[1],
				  .c = a[2],
				  .d = a[3],
				  .e = a[4]};
	if (number == SYS_renameat2)
		return moved("rename", number, (int)a[0], (const char *)a[1], (int)a[2],
			     (const char *)a[3], a[4]);
	if (opens_for_writing(number, a[1], a[2]))
		return disk(&call);
	static system_call *real;
	if (!real)
		*(void **)&real = next_symbol("syscall");
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* ---- Memory ---- */

static bool out_of_memory(void)
{
	if (!shim.table || !shim.memory)
		return false;
	unsigned number = atomic_fetch_add(&shim.table->allocations, 1) + 1;
	bool hit = number == shim.alloc.at || (shim.alloc.when == STICKY && number > shim.alloc.at);
	if (hit) {
		atomic_store(&shim.table->fired, shim.alloc.at);
		errno = ENOMEM;
	}
	return hit;
}

SHOWN void *malloc(size_t n)
{
	return out_of_memory() ? NULL : __libc_malloc(n);
}

SHOWN void *calloc(size_t count, size_t n)
{
	return out_of_memory() ? NULL : __libc_calloc(count, n);
}

SHOWN void *realloc(void *p, size_t n)
{
	return out_of_memory() ? NULL : __libc_realloc(p, n);
}
