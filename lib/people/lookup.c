#include "people/lookup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "people/index.h"
#include "people/link.h"

struct journal_index {
	struct index slugs;  /* exact */
	struct index folded; /* but for case and normal form */
	struct index names;  /* names and aliases by text_key; made when first asked for */
	struct index shared; /* of those, the ones that several people have */
	struct index files;  /* other files of the journal; see put_path */
	bool *twin;          /* by contact: its slug is another's too */
	bool files_unknown;
	struct arena arena;     /* for keys */
	pthread_mutex_t making; /* held while names or files are gathered */
	atomic_bool has_names, has_files;
};

static void report_twins(struct journal *journal, uint32_t first, uint32_t second)
{
	const struct contact *a = &journal->contacts[first], *b = &journal->contacts[second];
	bool same = str_eq(a->slug, b->slug);
	journal->index->twin[first] = journal->index->twin[second] = true;
	diag_add(&journal->diag, SEVERITY_ERROR, b->path, 1, 1,
		 same ? "the file's name \"%.*s\" is also that of %.*s; rename one of them"
		      : "the file's name \"%.*s\" differs from %.*s only in case or in how its "
			"letters are stored; rename one of them",
		 STR_ARG(b->slug), STR_ARG(a->path));
}

void lookup_init(struct journal *journal)
{
	struct journal_index *x = mem_zalloc(1, sizeof(*x));
	journal->index = x;
	arena_init(&x->arena);
	pthread_mutex_init(&x->making, NULL);
	index_init(&x->slugs, journal->count);
	index_init(&x->folded, journal->count);
	x->twin = mem_zalloc(journal->count, sizeof(*x->twin));
	for (uint32_t i = 0; i < journal->count; i++) {
		struct str slug = journal->contacts[i].slug;
		uint32_t other = index_put(&x->folded, text_case_key(slug, &x->arena), i);
		index_put(&x->slugs, slug, i);
		if (other != UINT32_MAX)
			report_twins(journal, other, i);
	}
}

void lookup_release(struct journal *journal)
{
	struct journal_index *x = journal->index;
	if (!x)
		return;
	index_release(&x->slugs);
	index_release(&x->folded);
	index_release(&x->names);
	index_release(&x->shared);
	index_release(&x->files);
	arena_release(&x->arena);
	pthread_mutex_destroy(&x->making);
	free(x->twin);
	free(x);
	journal->index = NULL;
}

static void index_name(struct journal_index *x, struct str key, uint32_t who)
{
	uint32_t other = key.n ? index_put(&x->names, key, who) : who;
	if (other != UINT32_MAX && other != who)
		index_put(&x->shared, key, who);
}

static void make_names(const struct journal *journal)
{
	struct journal_index *x = journal->index;
	size_t count = journal->count;
	for (uint32_t i = 0; i < journal->count; i++)
		count += journal->contacts[i].aliases.count;
	index_init(&x->names, count);
	index_init(&x->shared, count);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		index_name(x, c->key.p ? c->key : text_key(c->name, &x->arena), i);
		for (size_t a = 0; a < c->aliases.count; a++)
			index_name(x, text_key(c->aliases.items[a], &x->arena), i);
	}
}

/* Makes a table by the first that asks for it; others who ask meanwhile wait. */
static void need_table(const struct journal *journal, atomic_bool *has,
		       void (*make)(const struct journal *journal))
{
	if (atomic_load(has))
		return;
	pthread_mutex_lock(&journal->index->making);
	if (!atomic_load(has))
		make(journal);
	atomic_store(has, true);
	pthread_mutex_unlock(&journal->index->making);
}

enum journal_found journal_by_name(const struct journal *journal, struct str name, uint32_t *who)
{
	struct journal_index *x = journal->index;
	struct arena scratch;
	need_table(journal, &x->has_names, make_names);
	arena_init(&scratch);
	struct str key = text_key(name, &scratch);
	*who = index_get(&x->names, key);
	bool several = index_get(&x->shared, key) != UINT32_MAX;
	arena_release(&scratch);
	return *who == UINT32_MAX ? JOURNAL_NOBODY : several ? JOURNAL_SEVERAL : JOURNAL_FOUND;
}

static struct str without_ending(struct str path)
{
	return str_ends(path, STR(".md")) ? str_upto(path, path.n - 3) : path;
}

static enum journal_found resolve_slug(const struct journal *journal, struct str slug,
				       uint32_t *who)
{
	const struct journal_index *x = journal->index;
	struct arena scratch;
	*who = index_get(&x->slugs, slug);
	if (*who == UINT32_MAX) {
		arena_init(&scratch);
		*who = index_get(&x->folded, text_case_key(slug, &scratch));
		arena_release(&scratch);
	}
	if (*who == UINT32_MAX)
		return JOURNAL_NOBODY;
	return x->twin[*who] ? JOURNAL_SEVERAL : JOURNAL_FOUND;
}

bool lookup_is_path(struct str target, struct str path)
{
	path = without_ending(path);
	while (str_starts(target, STR("./")) || str_starts(target, STR("../")))
		target = str_from(target, str_find_char(target, '/') + 1);
	if (str_ends(path, target))
		return target.n == path.n || path.p[path.n - target.n - 1] == '/';
	return str_ends(target, path) && target.p[target.n - path.n - 1] == '/';
}

static bool skip_hidden(void *context, struct str path, struct str name, enum fs_kind kind)
{
	(void)context;
	(void)path;
	return kind == FS_FOLDER && str_starts(name, STR("."));
}

/* In bytes, what a longer target means is not looked for; and as deep as folders are walked. */
#define LONGEST_TARGET 4096
#define MOST_PARTS     64

/* What a path may be found by: itself (1), and its ends from a `/` on (0), each without ending. */
static void put_path(struct index *files, struct str path, bool whole)
{
	size_t at = whole ? 0 : str_find_char(path, '/') + 1;
	for (size_t parts = 0; at < path.n && parts < MOST_PARTS; parts++) {
		struct str end = str_from(path, at);
		index_put(files, end, whole);
		index_put(files, without_ending(end), whole);
		if (whole)
			return;
		at += str_find_char(end, '/') + 1;
	}
}

static size_t count_parts(struct str path)
{
	size_t count = 1;
	for (size_t i = 0; i < path.n && count < MOST_PARTS + 1; i++)
		count += path.p[i] == '/';
	return count;
}

static void make_files(const struct journal *journal)
{
	struct journal_index *x = journal->index;
	struct fs_list list = {0}, closed = {0};
	struct kith_error ignored = {0};
	size_t parts = 0;
	int rc = fs_walk(journal->dir, ".", skip_hidden, NULL, &x->arena, &list, &closed, &ignored);
	x->files_unknown = rc < 0 || closed.count > 0;
	for (size_t i = 0; i < list.count; i++)
		parts += count_parts(list.items[i].path);
	index_init(&x->files, parts * 2);
	for (size_t i = 0; i < list.count; i++)
		put_path(&x->files, list.items[i].path, true);
	for (size_t i = 0; i < list.count; i++)
		put_path(&x->files, list.items[i].path, false);
	fs_list_release(&list);
	fs_list_release(&closed);
}

static bool is_file(const struct index *files, struct str target)
{
	while (str_starts(target, STR("./")) || str_starts(target, STR("../")))
		target = str_from(target, str_find_char(target, '/') + 1);
	if (target.n > LONGEST_TARGET)
		return false;
	if (index_get(files, target) != UINT32_MAX)
		return true;
	/* From a vault around the journal: a whole path after some folders. */
	for (size_t parts = 0; target.n && parts < MOST_PARTS; parts++) {
		if (index_get(files, target) == 1)
			return true;
		target = str_from(target, str_find_char(target, '/') + 1);
	}
	return false;
}

/*
 * Other files are looked for only when a link means no contact. Where they
 * cannot be listed, anything may be one of them.
 */
static bool is_other_file(const struct journal *journal, struct str target)
{
	struct journal_index *x = journal->index;
	struct arena scratch;
	need_table(journal, &x->has_files, make_files);
	arena_init(&scratch);
	bool found = x->files_unknown || is_file(&x->files, link_decode(target, &scratch));
	arena_release(&scratch);
	return found;
}

/* By a path whose last part is a slug; of twins the one at that path. */
static enum journal_found resolve_path(const struct journal *journal, struct str target,
				       uint32_t *who)
{
	struct arena scratch;
	arena_init(&scratch);
	struct str path = without_ending(link_decode(target, &scratch));
	struct str slug = str_base(path);
	enum journal_found found = JOURNAL_NOBODY;
	if (slug.n && slug.n < target.n)
		found = resolve_slug(journal, slug, who);
	for (uint32_t i = 0; found == JOURNAL_SEVERAL && i < journal->count; i++)
		if (lookup_is_path(path, journal->contacts[i].path)) {
			*who = i;
			found = JOURNAL_FOUND;
		}
	if (found == JOURNAL_FOUND && !lookup_is_path(path, journal->contacts[*who].path))
		found = JOURNAL_NOBODY;
	arena_release(&scratch);
	return found;
}

enum journal_found journal_by_link(const struct journal *journal, struct str target, uint32_t *who)
{
	enum journal_found found = resolve_slug(journal, target, who);
	if (found == JOURNAL_NOBODY)
		found = resolve_path(journal, target, who);
	return found == JOURNAL_NOBODY ? journal_by_name(journal, target, who) : found;
}

enum journal_found journal_resolve(const struct journal *journal, struct str target, uint32_t *who)
{
	enum journal_found found = journal_by_link(journal, target, who);
	if (found == JOURNAL_NOBODY && is_other_file(journal, target))
		found = JOURNAL_OTHER_FILE;
	return found;
}

void lookup_report(enum journal_found found, struct str name, size_t offset,
		   struct reporter *reporter)
{
	/* Most are found: what a message bears is measured for the others alone. */
	if (found == JOURNAL_FOUND)
		return;
	name = text_upto(name, 100);
	if (found == JOURNAL_NOBODY)
		report_warning(reporter, offset, "nobody is called \"%.*s\"", STR_ARG(name));
	else if (found == JOURNAL_SEVERAL)
		report_warning(reporter, offset, "\"%.*s\" means more than one person",
			       STR_ARG(name));
}
