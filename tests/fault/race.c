/*
 * Preloaded into kith (LD_PRELOAD), it is the other one in a race, at the worst
 * moment there is: right before the call that gives a file its name, or takes
 * it away, somebody else changes that file.
 *
 *	RACE_NAME=NAME  the file's name, without its folder
 *	RACE_SAVES=PATH files PATH.1, PATH.2, ...: before the Nth such call the Nth of them is
 *	                renamed to the file, as editors save; nothing where there is none
 *	RACE_APPENDS=PATH  likewise, but written to the end of the file that is there
 *	RACE_HOLDS=PATH likewise, but the file is opened before that call, and PATH.N is written
 *	                into it and it is closed before the next
 *	RACE_PLAIN=1    the file system exchanges no names (renameat2 with a flag: EINVAL)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

static int (*real_renameat2)(int, const char *, int, const char *, unsigned);
static int (*real_unlinkat)(int, const char *, int);

__attribute__((constructor)) static void find_calls(void)
{
	real_renameat2 =
	    (int (*)(int, const char *, int, const char *, unsigned))dlsym(RTLD_NEXT, "renameat2");
	real_unlinkat = (int (*)(int, const char *, int))dlsym(RTLD_NEXT, "unlinkat");
}

static int is_it(const char *path)
{
	const char *name = getenv("RACE_NAME"), *slash = strrchr(path, '/');
	return name && strcmp(slash ? slash + 1 : path, name) == 0;
}

static int open_to_append(int folder, const char *path)
{
	return openat(folder, path, O_WRONLY | O_APPEND);
}

/* Closes out, too. */
static void append(int out, const char *from)
{
	char bytes[65536];
	int in = open(from, O_RDONLY);
	ssize_t n = in < 0 ? -1 : read(in, bytes, sizeof(bytes));
	if (n > 0 && out >= 0)
		n = write(out, bytes, (size_t)n);
	close(in);
	close(out);
	(void)unlink(from);
}

/* What the other one does before this call. */
static void interfere(int folder, const char *path)
{
	static int calls, held = -1;
	static char from[4096];
	const char *saves = getenv("RACE_SAVES"), *appends = getenv("RACE_APPENDS");
	const char *holds = getenv("RACE_HOLDS");
	int cause = errno;
	calls++;
	if (held >= 0)
		append(held, from);
	held = -1;
	snprintf(from, sizeof(from), "%s.%d",
		 saves     ? saves
		 : appends ? appends
		 : holds   ? holds
			   : "",
		 calls);
	if (saves && access(from, F_OK) == 0)
		(void)real_renameat2(AT_FDCWD, from, folder, path, 0);
	if (!saves && appends && access(from, F_OK) == 0)
		append(open_to_append(folder, path), from);
	if (holds && access(from, F_OK) == 0)
		held = open_to_append(folder, path);
	errno = cause;
}

SHOWN int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
	if (is_it(new))
		interfere(to, new);
	else if (is_it(old))
		interfere(from, old);
	if (flags && getenv("RACE_PLAIN")) {
		errno = EINVAL;
		return -1;
	}
	return real_renameat2(from, old, to, new, flags);
}

SHOWN int renameat(int from, const char *old, int to, const char *new)
{
	if (is_it(new))
		interfere(to, new);
	else if (is_it(old))
		interfere(from, old);
	return real_renameat2(from, old, to, new, 0);
}

SHOWN int rename(const char *old, const char *new)
{
	return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

SHOWN int unlinkat(int folder, const char *path, int flags)
{
	if (is_it(path))
		interfere(folder, path);
	return real_unlinkat(folder, path, flags);
}

SHOWN int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}
