/*
 * A journal in a temporary folder, for tests of what needs files. Texts of
 * several files are one: each begins with a line `=== PATH`.
 */
#ifndef KITH_UNIT_FOLDER_H
#define KITH_UNIT_FOLDER_H

#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "people/journal.h"
#include "reading.h"

struct folder {
	char path[64];
	int dir;
	struct journal journal;
};

static inline void folder_put(struct folder *f, const char *path, struct str text)
{
	struct kith_error err = {0};
	char folders[256];
	snprintf(folders, sizeof(folders), "%s", path);
	char *slash = strrchr(folders, '/');
	if (slash) {
		*slash = '\0';
		assert_int_equal(fs_make_folders(f->dir, folders, &err), 0);
	}
	int file = openat(f->dir, path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	assert_true(file >= 0);
	assert_int_equal(write(file, text.p, text.n), text.n);
	close(file);
}

/* Opens an empty folder, and puts the files of `files` there. */
static inline void folder_init(struct folder *f, const char *files)
{
	struct str rest = str_of(files), line;
	const char *tmp = getenv("TMPDIR");
	snprintf(f->path, sizeof(f->path), "%s/kith-unit-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->path));
	f->dir = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(f->dir >= 0);
	while (str_next_line(&rest, &line)) {
		char path[256];
		assert_true(str_starts(line, STR("=== ")));
		snprintf(path, sizeof(path), "%.*s", (int)line.n - 4, line.p + 4);
		size_t end = str_starts(rest, STR("=== ")) ? 0 : str_find(rest, STR("\n=== ")) + 1;
		folder_put(f, path, str_upto(rest, end));
		rest = str_from(rest, end);
	}
}

static inline void folder_load(struct folder *f, size_t threads, bool plain)
{
	struct kith_error err = {0};
	const struct journal_options options = {.threads = threads, .plain_reads = plain};
	int result = journal_load(&f->journal, f->dir, &options, &err);
	if (result)
		print_error("%s\n", err.message);
	assert_int_equal(result, 0);
}

static inline int folder_remove_one(const char *path, const struct stat *info, int type,
				    struct FTW *ftw)
{
	(void)info;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void folder_release(struct folder *f)
{
	journal_release(&f->journal);
	close(f->dir);
	nftw(f->path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The contact of that slug, which must be there. */
static inline uint32_t folder_who(const struct folder *f, const char *slug)
{
	uint32_t who;
	enum journal_found found = journal_resolve(&f->journal, str_of(slug), &who);
	if (found != JOURNAL_FOUND)
		print_error("nobody is %s\n", slug);
	assert_int_equal(found, JOURNAL_FOUND);
	return who;
}

#endif
