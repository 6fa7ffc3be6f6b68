#include "people/journal.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/reader.h"
#include "note/quick.h"
#include "people/introductions.h"
#include "people/lookup.h"
#include "people/people.h"

/* Files that a worker takes at a time: enough to fill a ring, few enough to end together. */
#define CHUNK   64
#define LARGE   ((size_t)256 * 1024)
#define SCRATCH ((size_t)512 * 1024)

/* Notes that are passed over are counted here while the folders are walked. */
struct walk {
	const struct config *config;
	size_t passed_over;
};

static bool skip(void *context, struct str path, struct str name, enum fs_kind kind)
{
	struct walk *walk = context;
	bool note = str_ends(name, STR(".md"));
	if (kind != FS_FOLDER && !note)
		return true;
	bool pass = str_starts(name, STR(".")) || config_ignores(walk->config, path);
	walk->passed_over += pass && note;
	return pass;
}

static int compare_entries(const void *a, const void *b)
{
	const struct fs_entry *x = a, *y = b;
	return str_cmp(x->path, y->path);
}

static void move_all(struct fs_list *to, struct fs_list *from)
{
	for (size_t i = 0; i < from->count; i++) {
		to->items = mem_grow(to->items, to->count, &to->cap, sizeof(*to->items));
		to->items[to->count++] = from->items[i];
	}
	fs_list_release(from);
}

/* Adds what one of the folders of the settings holds; a folder that is not there holds nothing. */
static int list_folder(struct journal *journal, struct str folder, struct walk *walk,
		       struct fs_list *files, struct fs_list *unreadable, struct kith_error *err)
{
	struct fs_list here = {0}, closed = {0};
	if (fs_kind(journal->dir, folder.p) == FS_NONE)
		return 0;
	int result =
	    fs_walk(journal->dir, folder.p, skip, walk, &journal->arena, &here, &closed, err);
	move_all(files, &here);
	move_all(unreadable, &closed);
	return result;
}

static int list_files(struct journal *journal, struct fs_list *files, struct kith_error *err)
{
	struct walk walk = {&journal->config, 0};
	struct fs_list unreadable = {0};
	int result = 0;
	for (size_t i = 0; i < journal->config.people.count && result == 0; i++)
		result = list_folder(journal, journal->config.people.items[i], &walk, files,
				     &unreadable, err);
	for (size_t i = 0; i < unreadable.count; i++)
		diag_add(&journal->diag, SEVERITY_ERROR, unreadable.items[i].path, 1, 1,
			 "this folder cannot be read; see its permissions");
	fs_list_release(&unreadable);
	journal->passed_over = walk.passed_over;
	if (files->count)
		qsort(files->items, files->count, sizeof(*files->items), compare_entries);
	/* Folders of the settings may overlap. */
	size_t kept = 0;
	for (size_t i = 0; i < files->count; i++)
		if (kept == 0 || !str_eq(files->items[kept - 1].path, files->items[i].path))
			files->items[kept++] = files->items[i];
	files->count = kept;
	return result;
}

struct worker {
	struct load *load;
	struct arena arena, scratch;
	struct diag diag;
	size_t from; /* the first contact of the chunk at hand */
};

/* What the workers share; each writes only its own contacts. */
struct load {
	struct journal *journal;
	const struct journal_options *options;
	const struct note_reader *reader;
	const struct str *paths;
	bool *passed; /* by contact: it is none after all */
	atomic_size_t next;
	pthread_mutex_t large; /* held for files of more than LARGE: their trees take memory */
	struct worker workers[PARALLEL_MAX];
};

static const char *reason(int error)
{
	switch (error) {
	case ENOENT:
		return "it is gone; it was there a moment ago";
	case EACCES:
	case EPERM:
		return "it cannot be read; see its permissions";
	case EFBIG:
		return "it is larger than max_file in kith.yaml allows";
	case EINVAL:
	case EISDIR:
		return "it is no regular file, and was not opened";
	case EXDEV:
		return "it is a link out of the journal, and was not followed";
	case ELOOP:
		return "it is a link that leads back to itself";
	default:
		return "it cannot be read";
	}
}

static void got_file(void *context, size_t index, struct str bytes, int error)
{
	struct worker *w = context;
	struct load *load = w->load;
	size_t which = w->from + index;
	struct contact *c = &load->journal->contacts[which];
	if (error) {
		c->unread = true;
		diag_add(&w->diag, SEVERITY_ERROR, c->path, 1, 1, "%s", reason(error));
		return;
	}
	struct reporter reporter;
	size_t told = w->diag.count;
	bool large = bytes.n > LARGE;
	if (large)
		pthread_mutex_lock(&load->large);
	reporter_init(&reporter, arena_str(&w->arena, bytes), c->path, &w->diag);
	load->passed[which] = contact_read(c, &load->journal->config, load->reader, &w->arena,
					   &w->scratch, &reporter) == CONTACT_PASSED_OVER;
	if (large)
		pthread_mutex_unlock(&load->large);
	if (load->passed[which])
		w->diag.count = told;
}

static void work(void *context, size_t worker)
{
	struct load *load = context;
	struct worker *w = &load->workers[worker];
	const struct journal *journal = load->journal;
	struct reader *reader = reader_new(load->options->plain_reads);
	/* The walk has seen what each path is. */
	reader_trust(reader);
	/* Enough for nearly every file, so that going back to the start frees nothing. */
	arena_reserve(&w->scratch, SCRATCH);
	while ((w->from = atomic_fetch_add(&load->next, CHUNK)) < journal->count) {
		size_t left = journal->count - w->from;
		reader_run(reader, journal->dir, load->paths + w->from, left < CHUNK ? left : CHUNK,
			   journal->config.max_file, got_file, w);
	}
	reader_free(reader);
}

static void read_contacts(struct journal *journal, const struct journal_options *options,
			  const struct str *paths, bool *passed)
{
	struct load load = {.journal = journal,
			    .options = options,
			    .reader = options->reader ? options->reader : &note_reader_quick,
			    .paths = paths,
			    .passed = passed};
	size_t threads = parallel_threads(journal->count, CHUNK, options->threads);
	atomic_init(&load.next, 0);
	pthread_mutex_init(&load.large, NULL);
	for (size_t i = 0; i < threads; i++) {
		struct worker *w = &load.workers[i];
		w->load = &load;
		arena_init(&w->arena);
		arena_init(&w->scratch);
		diag_init(&w->diag, &w->arena);
	}
	parallel_run(threads, work, &load);
	for (size_t i = 0; i < threads; i++) {
		struct worker *w = &load.workers[i];
		diag_append(&journal->diag, &w->diag);
		diag_release(&w->diag);
		arena_adopt(&journal->arena, &w->arena);
		arena_release(&w->scratch);
	}
	pthread_mutex_destroy(&load.large);
}

static void drop_passed(struct journal *journal, const bool *passed)
{
	size_t kept = 0;
	for (size_t i = 0; i < journal->count; i++)
		if (!passed[i])
			journal->contacts[kept++] = journal->contacts[i];
	journal->passed_over += journal->count - kept;
	journal->count = kept;
}

static void read_files(struct journal *journal, const struct journal_options *options,
		       const struct fs_list *files)
{
	struct str *paths = mem_zalloc(files->count, sizeof(*paths));
	bool *passed = mem_zalloc(files->count, sizeof(*passed));
	journal->contacts = mem_zalloc(files->count, sizeof(*journal->contacts));
	for (size_t i = 0; i < files->count; i++) {
		struct str path = files->items[i].path;
		if (files->items[i].kind == FS_OTHER) {
			diag_add(&journal->diag, SEVERITY_ERROR, path, 1, 1, "%s", reason(EINVAL));
			continue;
		}
		paths[journal->count] = path;
		contact_init(&journal->contacts[journal->count++], path);
	}
	read_contacts(journal, options, paths, passed);
	drop_passed(journal, passed);
	free(paths);
	free(passed);
}

/* Who is after `with` in which entry. */
struct share {
	uint32_t who;
	struct entry_ref entry;
};

struct shares {
	struct share *items;
	size_t count, cap;
};

/* Links of the front matter and people after `with`, now that everybody is known. */
static void resolve_contact(struct journal *journal, struct contact *c, struct shares *shares)
{
	struct reporter reporter;
	struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	reporter_init(&reporter, c->image, c->path, &journal->diag);
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			introductions_resolve(journal, &lists[l]->items[i], &reporter);
	uint32_t self = (uint32_t)(c - journal->contacts);
	for (size_t i = 0; i < c->company_count; i++) {
		uint32_t place = c->company[i];
		struct entry *entry = &c->entries[place];
		people_finish_entry(journal, c, entry, &journal->arena, &reporter);
		for (uint32_t w = 0; w < entry->with_count; w++) {
			shares->items = mem_grow(shares->items, shares->count, &shares->cap,
						 sizeof(*shares->items));
			shares->items[shares->count++] =
			    (struct share){entry->with[w], {self, place}};
		}
	}
}

/* Each entry with others also stands with those. */
static void share_entries(struct journal *journal, const struct shares *shares)
{
	for (size_t i = 0; i < shares->count; i++)
		journal->contacts[shares->items[i].who].shared_count++;
	for (size_t i = 0; i < shares->count; i++) {
		struct contact *c = &journal->contacts[shares->items[i].who];
		if (!c->shared) {
			c->shared = ARENA_ARRAY(&journal->arena, struct entry_ref, c->shared_count);
			c->shared_count = 0;
		}
		c->shared[c->shared_count++] = shares->items[i].entry;
	}
}

int journal_load_config(struct journal *journal, int dir, struct kith_error *err)
{
	struct buf bytes;
	struct reporter reporter;
	*journal = (struct journal){.dir = dir, .threads = 1};
	arena_init(&journal->arena);
	diag_init(&journal->diag, &journal->arena);
	config_default(&journal->config, &journal->arena);
	buf_init(&bytes, 0);
	if (fs_read(dir, "kith.yaml", 1024 * 1024, &bytes, err) < 0) {
		buf_release(&bytes);
		return -1;
	}
	reporter_init(&reporter, arena_str(&journal->arena, buf_str(&bytes)), STR("kith.yaml"),
		      &journal->diag);
	buf_release(&bytes);
	if (config_read(&journal->config, &journal->arena, &reporter))
		return 0;
	return kith_fail(err, KITH_UNSUPPORTED, "this journal is newer than this program");
}

int journal_load(struct journal *journal, int dir, const struct journal_options *options,
		 struct kith_error *err)
{
	struct fs_list files = {0};
	if (journal_load_config(journal, dir, err) < 0)
		return -1;
	journal->threads = options->threads;
	int result = list_files(journal, &files, err);
	if (result == 0) {
		read_files(journal, options, &files);
		lookup_init(journal);
		struct shares shares = {0};
		for (uint32_t i = 0; i < journal->count; i++)
			resolve_contact(journal, &journal->contacts[i], &shares);
		share_entries(journal, &shares);
		free(shares.items);
		introductions_check(journal);
		diag_sort(&journal->diag);
	}
	fs_list_release(&files);
	return result;
}

void journal_release(struct journal *journal)
{
	lookup_release(journal);
	diag_release(&journal->diag);
	free(journal->contacts);
	arena_release(&journal->arena);
	*journal = (struct journal){0};
}
