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
#include "base/search.h"
#include "note/quick.h"
#include "people/elsewhere.h"
#include "people/introductions.h"
#include "people/lookup.h"
#include "people/people.h"
#include "people/plans.h"

/* Files that a worker takes at a time: enough to fill a ring, few enough to end together. */
#define CHUNK   64
#define LARGE   ((size_t)256 * 1024)
#define SCRATCH ((size_t)512 * 1024)
/* A thread is worth starting for so many folders. */
#define FOLDERS 16
/* And for so many contacts whose links are followed. */
#define WORTH_RESOLVING 256

/* What is passed over is noted here while the folders are walked. */
struct folder_walk {
	const struct config *config;
	struct passed_list passed;
	struct fs_list folders; /* those right below, where they are walked apart */
};

static void add_entry(struct fs_list *list, struct fs_entry entry)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = entry;
}

static void note_passed(struct passed_list *list, struct passed_note note)
{
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = note;
}

static void move_passed_notes(struct passed_list *to, struct passed_list *from)
{
	for (size_t i = 0; i < from->count; i++)
		note_passed(to, from->items[i]);
	free(from->items);
	*from = (struct passed_list){0};
}

static bool skip(void *context, struct str path, struct str name, enum fs_kind kind)
{
	struct folder_walk *walk = context;
	bool folder = kind == FS_FOLDER;
	bool away = str_starts(name, STR(".")) && str_ends(name, STR(".md.icloud"));
	if (!folder && !away && !str_ends(name, STR(".md")))
		return true;
	const char *why = away ? PASSED_ICLOUD : config_passes_over(walk->config, path, folder);
	if (why && !fs_names_git(name))
		note_passed(&walk->passed, (struct passed_note){path, why, folder});
	return why;
}

/* The same, with the folders put aside. */
static bool skip_folders(void *context, struct str path, struct str name, enum fs_kind kind)
{
	struct folder_walk *walk = context;
	if (skip(context, path, name, kind))
		return true;
	if (kind == FS_FOLDER)
		add_entry(&walk->folders, (struct fs_entry){path, kind, 0});
	return kind == FS_FOLDER;
}

/* Of files, and of notes that are passed over: their path comes first. */
static int compare_file_paths(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return str_cmp(*x, *y);
}

/* In that order, each once: folders of the settings may overlap. How many they are. */
static size_t sort_once(void *items, size_t count, size_t size)
{
	char *all = items;
	size_t kept = 0;
	if (count)
		qsort(items, count, size, compare_file_paths);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || compare_file_paths(all + (kept - 1) * size, all + i * size) != 0)
			memmove(all + kept++ * size, all + i * size, size);
	return kept;
}

static void move_all(struct fs_list *to, struct fs_list *from)
{
	if (to->count == 0) {
		struct fs_list empty = *to;
		*to = *from;
		*from = empty;
	}
	for (size_t i = 0; i < from->count; i++)
		add_entry(to, from->items[i]);
	fs_list_release(from);
}

/* Walks some of the folders that stand side by side. */
struct walker {
	struct arena arena;
	struct folder_walk walk;
	struct fs_list files, unreadable;
};

struct walking {
	const struct journal *journal;
	const struct fs_list *folders;
	atomic_size_t next;
	struct walker walkers[PARALLEL_MAX];
};

/* What is said of a file or folder, after what it is. */
static const char *why_not_read(int error)
{
	switch (error) {
	case ENOENT:
		return "is a link to nothing, or was taken away just now";
	case EACCES:
	case EPERM:
		return "cannot be read; see its permissions";
	case EMFILE:
	case ENFILE:
		return "cannot be read: there are too many open files (see ulimit -n)";
	case ENAMETOOLONG:
		return "is too deep in folders, and was not read";
	case EFBIG:
		return "is larger than max_file in kith.yaml allows";
	case EINVAL:
	case EISDIR:
		return "is no regular file, and was not opened";
	case EXDEV:
		return "is a link out of the journal, and was not followed";
	case ELOOP:
		return "is a link that leads back to itself";
	default:
		return "cannot be read";
	}
}

static void walk_folder(struct walker *w, int dir, struct fs_entry folder)
{
	struct kith_error err = {0};
	struct fs_list files = {0}, unreadable = {0};
	int rc = fs_walk(dir, folder.path.p, skip, &w->walk, &w->arena, &files, &unreadable, &err);
	folder.error = errno;
	move_all(&w->files, &files);
	move_all(&w->unreadable, &unreadable);
	/* What went away meanwhile was not there. */
	if (!rc || err.status == KITH_NOT_FOUND)
		return;
	add_entry(&w->unreadable, folder);
}

static void walk_some(void *context, size_t worker)
{
	struct walking *all = context;
	size_t i;
	while ((i = atomic_fetch_add(&all->next, 1)) < all->folders->count)
		walk_folder(&all->walkers[worker], all->journal->dir, all->folders->items[i]);
}

static void walk_folders(struct journal *journal, struct folder_walk *walk, struct fs_list *files,
			 struct fs_list *unreadable)
{
	struct walking all = {.journal = journal, .folders = &walk->folders};
	size_t threads = parallel_threads(walk->folders.count, FOLDERS, journal->threads);
	atomic_init(&all.next, 0);
	for (size_t i = 0; i < threads; i++) {
		arena_init(&all.walkers[i].arena);
		all.walkers[i].walk = (struct folder_walk){.config = walk->config};
	}
	parallel_run(threads, walk_some, &all);
	for (size_t i = 0; i < threads; i++) {
		struct walker *w = &all.walkers[i];
		move_all(files, &w->files);
		move_all(unreadable, &w->unreadable);
		move_passed_notes(&walk->passed, &w->walk.passed);
		arena_adopt(&journal->arena, &w->arena);
	}
}

/* Adds what one of the folders of the settings holds; a folder that is not there holds nothing. */
static int list_folder(struct journal *journal, struct str folder, struct folder_walk *walk,
		       struct fs_list *files, struct fs_list *unreadable, struct kith_error *err)
{
	struct fs_list here = {0}, closed = {0};
	if (fs_kind(journal->dir, folder.p) == FS_NONE)
		return 0;
	int rc = fs_walk(journal->dir, folder.p, skip_folders, walk, &journal->arena, &here,
			 &closed, err);
	move_all(files, &here);
	move_all(unreadable, &closed);
	if (rc == 0 && walk->folders.count)
		walk_folders(journal, walk, files, unreadable);
	fs_list_release(&walk->folders);
	return rc;
}

int journal_list(struct journal *journal, struct fs_list *files, struct kith_error *err)
{
	struct folder_walk walk = {.config = &journal->config};
	struct fs_list unreadable = {0};
	int rc = 0;
	*files = (struct fs_list){0};
	journal->diag.check = JOURNAL_CHECK_FILES;
	for (size_t i = 0; i < journal->config.people.count && rc == 0; i++)
		rc = list_folder(journal, journal->config.people.items[i], &walk, files,
				 &unreadable, err);
	if (unreadable.count)
		qsort(unreadable.items, unreadable.count, sizeof(*unreadable.items),
		      compare_file_paths);
	for (size_t i = 0; i < unreadable.count; i++)
		diag_add(&journal->diag, SEVERITY_ERROR, unreadable.items[i].path, 1, 1,
			 "this folder %s", why_not_read(unreadable.items[i].error));
	walk.passed.count =
	    sort_once(walk.passed.items, walk.passed.count, sizeof(*walk.passed.items));
	for (size_t i = 0; i < walk.passed.count; i++) {
		struct str why = str_of(walk.passed.items[i].why);
		if (str_eq(why, STR(PASSED_SYNC_COPY)))
			diag_add(&journal->diag, SEVERITY_WARNING, walk.passed.items[i].path, 1, 1,
				 PASSED_SYNC_COPY ", which is passed over; take what is new in it "
						  "into the file itself, and delete it");
		if (str_eq(why, STR(PASSED_ICLOUD)))
			diag_add(&journal->diag, SEVERITY_WARNING, walk.passed.items[i].path, 1, 1,
				 "not read: " PASSED_ICLOUD "; open it once, and it is fetched");
	}
	fs_list_release(&unreadable);
	journal->passed = walk.passed;
	return rc;
}

/* The files that were asked for. */
static void take_only_files(struct journal *journal, const struct strs *only, struct fs_list *files)
{
	for (size_t i = 0; i < only->count; i++) {
		struct str path = arena_str(&journal->arena, only->items[i]);
		add_entry(files, (struct fs_entry){path, fs_kind(journal->dir, path.p), 0});
	}
}

static bool is_file_listed(const struct fs_list *files, struct str path)
{
	size_t at;
	LOWER_BOUND(at, files->count, str_cmp(files->items[at].path, path) < 0);
	return at < files->count && files->items[at].kind == FS_FILE &&
	       str_eq(files->items[at].path, path);
}

/* A link to somebody's file is that person once more, and nobody. files: in order. */
static void drop_links(struct journal *journal, struct fs_list *files)
{
	struct kith_error ignored = {0};
	struct str real;
	size_t kept = 0, all = files->count;
	struct fs_list listed = *files;
	listed.items = mem_zalloc(all, sizeof(*listed.items));
	for (size_t i = 0; i < all; i++)
		listed.items[i] = files->items[i];
	for (size_t i = 0; i < all; i++) {
		struct fs_entry file = listed.items[i];
		bool copy =
		    file.kind == FS_LINK &&
		    fs_real(&real, journal->dir, file.path.p, &journal->arena, &ignored) == 0 &&
		    is_file_listed(&listed, real);
		if (!copy) {
			files->items[kept++] = file;
			continue;
		}
		diag_add(&journal->diag, SEVERITY_WARNING, file.path, 1, 1,
			 "a link to %.*s, which is read there; the link is passed over",
			 STR_ARG(real));
		note_passed(&journal->passed,
			    (struct passed_note){file.path, "a link to a contact", false});
	}
	files->count = kept;
	free(listed.items);
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
	struct note_reader front; /* the same without bodies */
	const struct str *paths;
	size_t count, people; /* of the paths: all, and those of contacts, which come first */
	struct elsewhere_note *notes;
	atomic_size_t next;
	pthread_mutex_t large; /* held for files of more than LARGE: their trees take memory */
	struct worker workers[PARALLEL_MAX];
};

static struct blocks no_blocks(struct str image, size_t body, struct arena *arena,
			       struct arena *scratch)
{
	(void)image, (void)body, (void)arena, (void)scratch;
	return (struct blocks){0};
}

static enum contact_result read_contact(struct worker *w, struct contact *c,
					struct reporter *reporter)
{
	const struct load *load = w->load;
	const struct config *config = &load->journal->config;
	if (load->options->depth == JOURNAL_FRONTS) {
		enum contact_result result =
		    contact_read(c, config, &load->front, &w->arena, &w->scratch, reporter);
		/* A heading of the body may be the name, a tag of it what `only` asks for. */
		if (c->unread || (result == CONTACT_OK && c->named))
			return result;
		contact_init(c, c->path);
	}
	return contact_read(c, config, load->reader, &w->arena, &w->scratch, reporter);
}

static void got_file(void *context, size_t index, struct str bytes, int error)
{
	struct worker *w = context;
	struct load *load = w->load;
	size_t which = w->from + index;
	bool elsewhere = which >= load->people;
	struct contact *c = &load->journal->contacts[elsewhere ? 0 : which];
	if (error) {
		c->unread |= !elsewhere;
		w->diag.check = JOURNAL_CHECK_FILES;
		diag_add(&w->diag, SEVERITY_ERROR, load->paths[which], 1, 1, "it %s",
			 why_not_read(error));
		w->diag.check = JOURNAL_CHECK_CONTACTS;
		return;
	}
	if (elsewhere) {
		elsewhere_scan(&load->notes[which - load->people], bytes, &load->journal->config,
			       load->reader, &w->arena, &w->scratch);
		return;
	}
	struct reporter reporter;
	size_t told = w->diag.count;
	bool large = bytes.n > LARGE;
	if (large)
		pthread_mutex_lock(&load->large);
	reporter_init(&reporter, arena_str(&w->arena, bytes), c->path, &w->diag);
	bool passed = read_contact(w, c, &reporter) == CONTACT_PASSED_OVER;
	if (large)
		pthread_mutex_unlock(&load->large);
	if (passed)
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
	if (load->count > 1)
		arena_reserve(&w->scratch, SCRATCH);
	while ((w->from = atomic_fetch_add(&load->next, CHUNK)) < load->count) {
		size_t left = load->count - w->from, count = left < CHUNK ? left : CHUNK;
		for (size_t i = w->from; i < w->from + count && i < load->people; i++)
			contact_init(&journal->contacts[i], load->paths[i]);
		reader_run(reader, journal->dir, load->paths + w->from, count,
			   journal->config.max_file, got_file, w);
	}
	reader_free(reader);
}

static void read_contacts(struct journal *journal, const struct journal_options *options,
			  const struct str *paths, struct elsewhere *notes)
{
	const struct note_reader *reader = options->reader ? options->reader : &note_reader_quick;
	struct load load = {.journal = journal,
			    .options = options,
			    .reader = reader,
			    .front = {reader->front, no_blocks},
			    .paths = paths,
			    .count = journal->count + notes->count,
			    .people = journal->count,
			    .notes = notes->items};
	size_t threads = parallel_threads(load.count, CHUNK, options->threads);
	atomic_init(&load.next, 0);
	pthread_mutex_init(&load.large, NULL);
	for (size_t i = 0; i < threads; i++) {
		struct worker *w = &load.workers[i];
		w->load = &load;
		arena_init(&w->arena);
		arena_init(&w->scratch);
		diag_init(&w->diag, &w->arena);
		w->diag.check = JOURNAL_CHECK_CONTACTS;
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

/* Notes in the folder that is a person are nobody's, unless they say whose. */
static void pass_over_beside(struct journal *journal, size_t which)
{
	const struct contact *c = &journal->contacts[which];
	struct str folder = str_folder(c->path);
	for (int step = -1; step <= 1; step += 2)
		for (size_t i = which + (size_t)step; i < journal->count; i += (size_t)step) {
			struct contact *other = &journal->contacts[i];
			if (!str_starts(other->path, folder))
				break;
			if (!other->says_who && !other->passed_over && !other->unread)
				other->passed_over = "it lies in the folder of a person";
		}
}

static void drop_passed(struct journal *journal)
{
	size_t kept = 0;
	for (size_t i = 0; i < journal->count; i++)
		if (config_is_readme(journal->contacts[i].path) && journal->contacts[i].says_who &&
		    !journal->contacts[i].passed_over)
			pass_over_beside(journal, i);
	for (size_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (c->passed_over)
			note_passed(&journal->passed,
				    (struct passed_note){c->path, c->passed_over, false});
		else if (kept++ != i)
			journal->contacts[kept - 1] = *c;
	}
	journal->count = kept;
	journal->passed.count =
	    sort_once(journal->passed.items, journal->passed.count, sizeof(*journal->passed.items));
}

/* That `only` leaves out all that there is, which nobody means. */
static void report_nothing_left(struct journal *journal)
{
	size_t left_out = 0;
	for (size_t i = 0; i < journal->passed.count; i++)
		left_out += str_eq(str_of(journal->passed.items[i].why), STR(PASSED_ONLY));
	if (journal->count == 0 && left_out)
		diag_add(&journal->diag, SEVERITY_WARNING, STR("kith.yaml"), 1, 1,
			 "nobody is found: `only` leaves out all %zu note%s; see what it asks for",
			 left_out, left_out == 1 ? "" : "s");
}

/* Other notes that the settings have conversations in. files: the contacts', in order. */
static int list_elsewhere(struct journal *journal, struct elsewhere *notes,
			  const struct fs_list *files, struct kith_error *err)
{
	const struct config *config = &journal->config;
	struct folder_walk walk = {.config = config};
	struct fs_list found = {0}, unreadable = {0};
	int rc = 0;
	if (config->daily_folder.p)
		rc = list_folder(journal, config->daily_folder, &walk, &found, &unreadable, err);
	for (size_t i = 0; i < config->meetings.count && rc == 0; i++)
		rc = list_folder(journal, config->meetings.items[i], &walk, &found, &unreadable,
				 err);
	found.count = sort_once(found.items, found.count, sizeof(*found.items));
	notes->items = mem_zalloc(found.count, sizeof(*notes->items));
	for (size_t i = 0; i < found.count; i++) {
		struct str path = found.items[i].path;
		bool meeting = false;
		for (size_t m = 0; m < config->meetings.count; m++)
			meeting |= str_is_below(path, config->meetings.items[m]);
		/* Where `only` picks the people, other notes beside them may be these. */
		bool somebody = config->only_count == 0 && is_file_listed(files, path);
		if (found.items[i].kind == FS_FILE && !somebody &&
		    (meeting || elsewhere_day(config, path) != NO_DAY))
			notes->items[notes->count++].path = path;
	}
	for (size_t i = 0; i < unreadable.count; i++)
		diag_add(&journal->diag, SEVERITY_ERROR, unreadable.items[i].path, 1, 1,
			 "this folder %s", why_not_read(unreadable.items[i].error));
	free(walk.passed.items);
	fs_list_release(&found);
	fs_list_release(&unreadable);
	return rc;
}

static void read_files(struct journal *journal, const struct journal_options *options,
		       const struct fs_list *files, struct elsewhere *notes)
{
	struct str *paths = mem_zalloc(files->count + notes->count, sizeof(*paths));
	/* Of an arena: its large pieces have large pages. */
	journal->contacts = ARENA_ARRAY(&journal->arena, struct contact, files->count + 1);
	for (size_t i = 0; i < files->count; i++) {
		struct str path = files->items[i].path;
		if (files->items[i].kind == FS_OTHER) {
			diag_add(&journal->diag, SEVERITY_ERROR, path, 1, 1, "it %s",
				 why_not_read(EINVAL));
			continue;
		}
		paths[journal->count++] = path;
	}
	for (size_t i = 0; i < notes->count; i++)
		paths[journal->count + i] = notes->items[i].path;
	for (size_t i = 0; options->depth == JOURNAL_NAMES && i < journal->count; i++)
		contact_init(&journal->contacts[i], paths[i]);
	if (options->depth != JOURNAL_NAMES)
		read_contacts(journal, options, paths, notes);
	drop_passed(journal);
	if (!options->only)
		report_nothing_left(journal);
	free(paths);
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

/* What one thread finds out of the people whom files name. */
struct resolver {
	struct arena arena;
	struct diag diag;
	struct shares shares;
};

/* Links of the front matter and people after `with`, now that everybody is known. */
static void resolve_contact(const struct journal *journal, struct contact *c, struct resolver *r)
{
	struct reporter reporter;
	struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	struct reporter quiet = reporter_quiet(c->image);
	struct shares *shares = &r->shares;
	reporter_init(&reporter, c->image, c->path, &r->diag);
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			introductions_resolve(journal, &lists[l]->items[i],
					      lists[l] == &c->links ? &quiet : &reporter);
	uint32_t self = (uint32_t)(c - journal->contacts);
	for (size_t i = 0; i < c->company_count; i++) {
		uint32_t place = c->company[i];
		struct entry *entry = &c->entries[place];
		people_finish_entry(journal, c, entry, &r->arena, &reporter);
		for (uint32_t w = 0; w < entry->with_count; w++) {
			shares->items = mem_grow(shares->items, shares->count, &shares->cap,
						 sizeof(*shares->items));
			shares->items[shares->count++] =
			    (struct share){entry->with[w], {self, place}};
		}
	}
}

struct resolving {
	const struct journal *journal;
	size_t threads;
	struct resolver resolvers[PARALLEL_MAX];
};

static void resolve_some(void *context, size_t worker)
{
	struct resolving *all = context;
	size_t from, to;
	parallel_part(all->journal->count, all->threads, worker, &from, &to);
	for (size_t i = from; i < to; i++)
		resolve_contact(all->journal, &all->journal->contacts[i], &all->resolvers[worker]);
}

/* Each thread takes a part of the contacts in their order, so that it all comes in one. */
static void resolve_contacts(struct journal *journal, struct shares *shares)
{
	struct resolving all = {
	    .journal = journal,
	    .threads = parallel_threads(journal->count, WORTH_RESOLVING, journal->threads)};
	for (size_t i = 0; i < all.threads; i++) {
		struct resolver *r = &all.resolvers[i];
		arena_init(&r->arena);
		diag_init(&r->diag, &r->arena);
		r->diag.check = journal->diag.check;
	}
	parallel_run(all.threads, resolve_some, &all);
	for (size_t i = 0; i < all.threads; i++) {
		struct resolver *r = &all.resolvers[i];
		diag_append(&journal->diag, &r->diag);
		diag_release(&r->diag);
		shares->items = mem_append(shares->items, &shares->count, &shares->cap,
					   r->shares.items, r->shares.count, sizeof(struct share));
		free(r->shares.items);
		arena_adopt(&journal->arena, &r->arena);
	}
}

static void share_elsewhere(struct journal *journal, struct shares *shares)
{
	uint32_t which = (uint32_t)journal->count;
	const struct contact *c = &journal->contacts[which];
	for (uint32_t e = 0; journal->elsewhere && e < c->entries_count; e++)
		for (uint32_t w = 0; w < c->entries[e].with_count; w++) {
			shares->items = mem_grow(shares->items, shares->count, &shares->cap,
						 sizeof(*shares->items));
			shares->items[shares->count++] =
			    (struct share){c->entries[e].with[w], {which, e}};
		}
}

const struct entry_place *journal_place(const struct journal *journal, const struct entry *entry)
{
	const struct contact *c = &journal->contacts[journal->count];
	bool here =
	    journal->elsewhere && entry >= c->entries && entry < c->entries + c->entries_count;
	return here ? &journal->places[entry - c->entries] : NULL;
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
	journal->diag.check = JOURNAL_CHECK_SETTINGS;
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
	struct elsewhere notes = {NULL, 0};
	if (journal_load_config(journal, dir, err) < 0)
		return -1;
	bool whole = options->depth == JOURNAL_WHOLE && !options->only;
	journal->threads = options->threads;
	int rc = options->only ? 0 : journal_list(journal, &files, err);
	if (options->only)
		take_only_files(journal, options->only, &files);
	files.count = sort_once(files.items, files.count, sizeof(*files.items));
	if (rc == 0 && !options->only)
		drop_links(journal, &files);
	if (rc == 0 && whole && elsewhere_is_set(&journal->config))
		rc = list_elsewhere(journal, &notes, &files, err);
	if (rc == 0)
		read_files(journal, options, &files, &notes);
	if (rc == 0 && whole) {
		journal->diag.check = JOURNAL_CHECK_LINKS;
		lookup_init(journal);
		struct shares shares = {0};
		resolve_contacts(journal, &shares);
		elsewhere_settle(journal, &notes);
		share_elsewhere(journal, &shares);
		share_entries(journal, &shares);
		free(shares.items);
		introductions_check(journal);
		diag_sort(&journal->diag);
	}
	plans_settle(journal);
	free(notes.items);
	fs_list_release(&files);
	return rc;
}

void journal_report_ahead(struct journal *journal, civil_day today)
{
	journal->diag.check = JOURNAL_CHECK_AHEAD;
	for (size_t i = 0; i < journal->count; i++)
		contact_report_ahead(&journal->contacts[i], today, &journal->diag);
	diag_sort(&journal->diag);
}

void journal_release(struct journal *journal)
{
	lookup_release(journal);
	diag_release(&journal->diag);
	free(journal->passed.items);
	arena_release(&journal->arena);
	*journal = (struct journal){0};
}
