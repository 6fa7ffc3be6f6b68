/*
 * A journal of many contacts, for measuring: always the same for one count and
 * seed, of about 2.7 KB a file, with the names, dates and habits of many
 * people, and without a single finding: what is measured is reading, not
 * reporting. The reckoning's today is 2026-11-23.
 *
 *     generate DIR COUNT [SEED] [--nested]
 */
#define _POSIX_C_SOURCE 200809L
#include "page.h"
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_file(int folder, const char *name, const char *text, size_t n)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0)
		die(name);
	while (n) {
		ssize_t got = write(fd, text, n);

		if (got <= 0)
			die(name);
		text += got;
		n -= (size_t)got;
	}
	if (close(fd))
		die(name);
}

static int make_folder(int in, const char *name)
{
	int fd;

	if (mkdirat(in, name, 0777) && (in == AT_FDCWD ? errno != EEXIST : true))
		die(name);
	fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		die(name);
	return fd;
}

/* Returns the bytes of all contacts. */
static uint64_t write_contacts(const struct world *w, int people, bool nested)
{
	struct page *p = page_new(w);
	char name[NAME_MAX_BYTES + 40];
	uint64_t bytes = 0;

	for (unsigned i = 0; nested && i < 256; i++) {
		snprintf(name, sizeof(name), "%02x", i);
		close(make_folder(people, name));
	}
	for (size_t i = 0; i < w->count; i++) {
		const char *slug = w->contact[i].slug;
		size_t n;
		const char *text = page_fill(p, i, &n);

		if (nested)
			snprintf(name, sizeof(name), "%02x/%s.md", (unsigned)(fnv(slug) & 255),
				 slug);
		else
			snprintf(name, sizeof(name), "%s.md", slug);
		write_file(people, name, text, n);
		bytes += n;
	}
	page_free(p);
	return bytes;
}

int main(int argc, char **argv)
{
	static const char SETTINGS[] = "version: 1\nsince: 2025-01-06\n";
	struct world w = {.seed = 1};
	bool nested = argc > 3 && !strcmp(argv[argc - 1], "--nested");
	int folder, people;
	uint64_t bytes;

	argc -= nested;
	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: generate DIR COUNT [SEED] [--nested]\n");
		return 2;
	}
	w.count = strtoul(argv[2], NULL, 10);
	if (argc > 3)
		w.seed = strtoull(argv[3], NULL, 10);
	if (!w.count || w.count > 10000000) {
		fprintf(stderr, "generate: COUNT is a number from 1 to 10000000\n");
		return 2;
	}
	world_build(&w);
	folder = make_folder(AT_FDCWD, argv[1]);
	people = make_folder(folder, "people");
	write_file(folder, "kith.yaml", SETTINGS, sizeof(SETTINGS) - 1);
	bytes = write_contacts(&w, people, nested);
	printf("%zu contacts, %llu bytes\n", w.count, (unsigned long long)bytes);
	return 0;
}
