#include "change/gather.h"

#include "base/fs.h"
#include "base/text.h"
#include "change/commit.h"
#include "change/paths.h"

/* Of people who went, so many are compared with as many who came. */
#define MOST_RENAMED 16

/* A list that grows in the arena. */
struct text_list {
	struct strs strs;
	size_t cap;
};

struct gathering {
	const struct gather_order *order;
	struct text_list paths; /* below the journal */
	struct text_list left, beside, refused;
	bool *found; /* which of `only` stand for anything */
	struct arena *arena;
};

static void append_text(struct gathering *g, struct text_list *list, struct str text)
{
	struct strs *strs = &list->strs;
	if (strs->count == list->cap) {
		list->cap = list->cap ? 2 * list->cap : 16;
		struct str *items = ARENA_ARRAY(g->arena, struct str, list->cap);
		for (size_t i = 0; i < strs->count; i++)
			items[i] = strs->items[i];
		strs->items = items;
	}
	strs->items[strs->count++] = arena_str(g->arena, text);
}

static bool is_asked_for(struct gathering *g, struct str path)
{
	bool named = false;
	for (size_t i = 0; i < g->order->only.count; i++) {
		if (!str_is_below(path, g->order->only.items[i]))
			continue;
		g->found[i] = true;
		named = true;
	}
	return named;
}

static bool is_temporary(struct str path)
{
	return str_starts(str_base(path), STR(FS_TEMPORARY));
}

static void visit_changed(void *context, const char *path, enum git_difference what)
{
	struct gathering *g = context;
	struct str whole = str_of(path);
	if (!str_starts(whole, g->order->below))
		return;
	struct str below = str_from(whole, g->order->below.n);
	bool named = is_asked_for(g, below);
	if (is_temporary(below) || (g->order->only.count && !named))
		return;
	if (what == GIT_BESIDE)
		append_text(g, &g->beside, below);
	else if (what == GIT_DIFFERS || named || paths_is_own(g->order->config, below))
		append_text(g, &g->paths, below);
	else
		append_text(g, &g->left, below);
}

static void refuse(struct gathering *g, struct str path, const char *why)
{
	append_text(g, &g->refused, arena_printf(g->arena, "%.*s: %s", STR_ARG(path), why));
}

/* The file's own bytes; false after noting why it cannot be committed here. */
static bool read_bytes(struct gathering *g, struct gathered_file *file)
{
	struct kith_error err = {0};
	enum fs_kind kind = fs_kind(g->order->dir, file->path.p);
	file->bytes = STR_NONE;
	if (kind == FS_NONE)
		return true;
	if (kind != FS_FILE) {
		refuse(g, file->path, "no plain file; git commit takes it");
		return false;
	}
	if (fs_read_text(&file->bytes, g->order->dir, file->path.p, g->order->config->max_file,
			 g->arena, &err) == 0)
		return true;
	refuse(g, file->path, err.message);
	return false;
}

/* What HEAD has of it, likewise. */
static int read_committed(struct gathering *g, struct git_change *change,
			  struct gathered_file *file, bool *good, struct kith_error *err)
{
	struct kith_error why = {0};
	const struct gather_order *o = g->order;
	int rc = commit_read(&file->head, o->git, change, GIT_COPY_HEAD, o->below, file->path,
			     o->config->max_file, g->arena, &why);
	*good = rc == 0;
	if (rc && why.status != KITH_INVALID && why.status != KITH_UNSUPPORTED) {
		*err = why;
		return -1;
	}
	if (rc)
		refuse(g, file->path, why.message);
	return 0;
}

static int read_changed_files(struct gathering *g, struct gathered *out, struct kith_error *err)
{
	out->files = ARENA_ARRAY(g->arena, struct gathered_file, g->paths.strs.count);
	for (size_t i = 0; i < g->paths.strs.count; i++) {
		struct gathered_file file = {.path = g->paths.strs.items[i]};
		bool good = read_bytes(g, &file);
		if (good && read_committed(g, out->change, &file, &good, err))
			return -1;
		if (good)
			out->files[out->count++] = file;
	}
	return 0;
}

/* Pairs people whose file went with those who came and are the same. Returns how many are left. */
static size_t pair_renamed(struct describe_file *files, size_t count)
{
	size_t went = 0, kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct describe_file *old = &files[i];
		size_t came = 0;
		if (!old->before || old->after || went++ >= MOST_RENAMED)
			continue;
		for (size_t j = 0; j < count && came < MOST_RENAMED; j++) {
			struct describe_file *new = &files[j];
			if (!new->after || new->before)
				continue;
			came++;
			if (!describe_same_person(old->before, new->after))
				continue;
			new->before = old->before;
			new->old_path = old->path;
			new->was = true;
			old->path = STR_NONE;
			break;
		}
	}
	for (size_t i = 0; i < count; i++)
		if (files[i].path.p)
			files[kept++] = files[i];
	return kept;
}

void gather_describe(struct description *out, const struct gathered_file *changed, size_t count,
		     const struct gather_order *order, struct arena *arena)
{
	struct company company;
	const struct describe_setting setting = {
	    .config = order->config, .today = order->today, .company = &company};
	struct describe_file *files = ARENA_ARRAY(arena, struct describe_file, count);
	for (size_t i = 0; i < count; i++) {
		const struct gathered_file *f = &changed[i];
		files[i] = (struct describe_file){
		    .path = f->path, .was = f->head.p != NULL, .is = f->bytes.p != NULL};
		if (!paths_is_contact(order->config, f->path))
			continue;
		files[i].before = describe_read(f->path, f->head, order->config, arena);
		files[i].after = describe_read(f->path, f->bytes, order->config, arena);
	}
	company_init(&company, order->dir);
	describe_files(out, files, pair_renamed(files, count), &setting, arena);
	company_release(&company);
}

/* Of what was named, all must be something that git takes. */
static int check_asked_for(const struct gathering *g, struct kith_error *err)
{
	const struct gather_order *o = g->order;
	int rc = 0;
	for (size_t i = 0; i < o->only.count && !rc; i++) {
		struct str path = arena_str(g->arena, o->only.items[i]);
		if (g->found[i])
			continue;
		if (fs_kind(o->dir, path.p) == FS_NONE)
			return kith_fail(err, KITH_NOT_FOUND, "there is no %s, nor was there",
					 path.p);
		path = arena_printf(g->arena, "%.*s%.*s", STR_ARG(o->below), STR_ARG(path));
		rc = o->git->check_known(o->repo, path.p, err);
	}
	return rc;
}

static int look_for_changes(struct gathering *g, struct kith_error *err)
{
	const struct gather_order *o = g->order;
	g->paths = g->left = g->beside = (struct text_list){.cap = 0};
	return o->git->changed(o->repo, o->below.p, visit_changed, g, err) ||
	       check_asked_for(g, err);
}

/* What HEAD has is read under the locks: begin may have finished an earlier run. */
static int gather_files(struct gathering *g, struct gathered *out, struct kith_error *err)
{
	const struct gather_order *o = g->order;
	if (look_for_changes(g, err))
		return -1;
	if (g->paths.strs.count == 0)
		return 0;
	if (o->git->begin(&out->change, o->repo, err))
		return -1;
	const char *recovered = o->git->recovered(out->change);
	if (recovered)
		out->recovered = arena_str(g->arena, str_of(recovered));
	if (recovered && look_for_changes(g, err))
		return -1;
	return read_changed_files(g, out, err);
}

int gather_begin(struct gathered *out, const struct gather_order *order, struct arena *arena,
		 struct kith_error *err)
{
	struct gathering g = {.order = order, .arena = arena};
	*out = (struct gathered){.order = *order, .recovered = STR("")};
	g.found = ARENA_ARRAY(arena, bool, order->only.count);
	int rc = gather_files(&g, out, err);
	out->left = g.left.strs;
	out->beside = g.beside.strs;
	out->refused = g.refused.strs;
	if (!rc)
		gather_describe(&out->what, out->files, out->count, order, arena);
	return rc ? -1 : 0;
}

int gather_count(size_t *count, const struct gather_order *order, struct arena *arena,
		 struct kith_error *err)
{
	struct gathering g = {.order = order, .arena = arena};
	*count = 0;
	if (look_for_changes(&g, err))
		return -1;
	for (size_t i = 0; i < g.paths.strs.count; i++) {
		struct arena_mark mark = arena_mark(arena);
		struct gathered_file file = {.path = g.paths.strs.items[i]};
		g.refused = (struct text_list){.cap = 0};
		*count += read_bytes(&g, &file);
		arena_rewind(arena, mark);
	}
	return 0;
}

int gather_show(struct buf *out, const struct gathered *gathered, struct kith_error *err)
{
	for (size_t i = 0; i < gathered->count; i++) {
		const struct gathered_file *f = &gathered->files[i];
		if (gathered->order.git->diff(out, f->path.p, f->head, f->path.p, f->bytes, err))
			return -1;
	}
	return 0;
}

int gather_commit(char id[GIT_ID_SIZE], const struct gathered *gathered, const char *message,
		  bool no_verify, struct arena *arena, struct kith_error *err)
{
	const struct gather_order *o = &gathered->order;
	struct git_file *files = ARENA_ARRAY(arena, struct git_file, gathered->count);
	struct str subject = gathered->what.subject;
	struct str text = commit_message(subject.n ? subject : STR("Change the journal"),
					 gathered->what.body, message, STR("commit"), arena);
	const struct git_message how = {text.p, no_verify, COMMIT_SEAL};
	struct git_outcome outcome = {.written = false};
	for (size_t i = 0; i < gathered->count; i++) {
		const struct gathered_file *f = &gathered->files[i];
		struct str path =
		    arena_printf(arena, "%.*s%.*s", STR_ARG(o->below), STR_ARG(f->path));
		files[i] =
		    (struct git_file){path.p, f->bytes, f->bytes, f->bytes, f->bytes, 0, false};
	}
	int rc = o->git->commit(gathered->change, files, gathered->count, &how, &outcome, err);
	memcpy(id, outcome.id, GIT_ID_SIZE);
	return rc ? -1 : 0;
}

void gather_end(struct gathered *gathered)
{
	if (gathered->change)
		gathered->order.git->end(gathered->change);
	gathered->change = NULL;
}
