#include "git/walk.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/deltas.h"
#include "git/history.h"

struct walker {
	git_repository *handle;
	const struct git_walk *walk;
	git_visit *visit;
	void *context;
	bool shallow, stopped;
	struct deltas_reader reader;
	struct deltas deltas, other;
	git_oid *parents; /* of the commit at hand: those that are there */
	size_t parents_count, parents_cap;
	struct kith_error *err;
};

/* A commit whose place is not known yet. */
struct node {
	git_oid id;
	int64_t time;                  /* of the committer */
	size_t children;               /* not told yet */
	size_t parents, parents_count; /* in the list of links */
};

/* All commits from a merge on: nodes, found by id through a table of their numbers plus one. */
struct graph {
	struct node *nodes;
	size_t count, cap;
	size_t *links;
	size_t links_count, links_cap;
	size_t *table;
	size_t table_size; /* a power of two, more than twice the count */
	size_t *heap;      /* nodes without children, the newest first */
	size_t heap_count, heap_cap;
};

static int commit_read(git_commit **out, struct walker *w, const git_oid *id)
{
	if (git_commit_lookup(out, w->handle, id) == 0)
		return 0;
	char name[GIT_ID_SIZE];
	git_oid_tostr(name, sizeof(name), id);
	return repo_fail(w->err, KITH_FAILED, "cannot read commit %s", name);
}

/* At the end of a shallow clone the parents' names are known and nothing else. */
static bool is_there(const struct walker *w, const git_oid *id)
{
	git_odb *odb = NULL;
	if (!w->shallow)
		return true;
	bool there = git_repository_odb(&odb, w->handle) == 0 && git_odb_exists(odb, id);
	git_odb_free(odb);
	return there;
}

static void parents_read(struct walker *w, const git_commit *commit)
{
	w->parents_count = 0;
	for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
		const git_oid *id = git_commit_parent_id(commit, i);
		if (!is_there(w, id))
			continue;
		w->parents =
		    mem_grow(w->parents, w->parents_count, &w->parents_cap, sizeof(*w->parents));
		w->parents[w->parents_count++] = *id;
	}
}

/* parent: NULL for none. */
static int compare_with(struct walker *w, struct deltas *out, const git_commit *commit,
			const git_oid *parent)
{
	git_commit *before = NULL;
	const git_oid *after = git_commit_tree_id(commit);
	if (parent && commit_read(&before, w, parent))
		return -1;
	const git_oid *tree = before ? git_commit_tree_id(before) : NULL;
	int rc = deltas_compare(out, &w->reader, tree, after, w->err);
	if (rc == 0 && w->walk->renames && w->parents_count == 1)
		rc = deltas_find_renames(out, &w->reader, tree, after, w->err);
	git_commit_free(before);
	return rc;
}

static int compare_all(struct walker *w, const git_commit *commit)
{
	deltas_clear(&w->deltas);
	int rc = compare_with(w, &w->deltas, commit, w->parents_count > 0 ? w->parents : NULL);
	for (size_t i = 1; rc == 0 && i < w->parents_count && w->deltas.count > 0; i++) {
		deltas_clear(&w->other);
		rc = compare_with(w, &w->other, commit, &w->parents[i]);
		if (rc == 0)
			deltas_intersect(&w->deltas, &w->other);
	}
	return rc;
}

/* With the parents in w. */
static int tell(struct walker *w, const git_commit *commit)
{
	if (compare_all(w, commit)) {
		char name[GIT_ID_SIZE];
		git_oid_tostr(name, sizeof(name), git_commit_id(commit));
		return kith_fail_context(w->err, "commit %s", name);
	}
	const git_signature *author = git_commit_author(commit);
	struct git_commit_info info = {
	    .parents = w->parents_count,
	    .message = git_commit_message_raw(commit),
	    .author = author->name,
	    .email = author->email,
	    .time = author->when.time,
	    .zone = author->when.offset,
	    .deltas = w->deltas.items,
	    .count = w->deltas.count,
	};
	git_oid_tostr(info.id, sizeof(info.id), git_commit_id(commit));
	if (w->parents_count > 0)
		git_oid_tostr(info.parent, sizeof(info.parent), &w->parents[0]);
	w->stopped = !w->visit(w->context, &info);
	return 0;
}

/* Tells commits as long as there is but one way back. *id: where that ends; *more: at a merge. */
static int tell_line(struct walker *w, git_oid *id, bool *more)
{
	*more = false;
	while (!w->stopped) {
		git_commit *commit;
		if (commit_read(&commit, w, id))
			return -1;
		parents_read(w, commit);
		*more = w->parents_count > 1;
		int rc = *more ? 0 : tell(w, commit);
		git_commit_free(commit);
		if (rc || *more || w->parents_count == 0)
			return rc;
		*id = w->parents[0];
	}
	return 0;
}

static size_t slot_of(const struct graph *g, const git_oid *id)
{
	size_t at;
	memcpy(&at, id->id, sizeof(at));
	at &= g->table_size - 1;
	while (g->table[at] && !git_oid_equal(&g->nodes[g->table[at] - 1].id, id))
		at = (at + 1) & (g->table_size - 1);
	return at;
}

static void table_grow(struct graph *g)
{
	free(g->table);
	g->table_size = g->table_size ? g->table_size * 2 : 1024;
	g->table = mem_zalloc(g->table_size, sizeof(*g->table));
	for (size_t i = 0; i < g->count; i++)
		g->table[slot_of(g, &g->nodes[i].id)] = i + 1;
}

/* The number of a commit's node, which is made where there is none. */
static size_t node_of(struct graph *g, const git_oid *id)
{
	if (2 * (g->count + 1) > g->table_size)
		table_grow(g);
	size_t slot = slot_of(g, id);
	if (g->table[slot])
		return g->table[slot] - 1;
	g->nodes = mem_grow(g->nodes, g->count, &g->cap, sizeof(*g->nodes));
	g->nodes[g->count] = (struct node){.id = *id};
	g->table[slot] = ++g->count;
	return g->count - 1;
}

/* Nodes are made as parents come up, so this goes through all that can be reached. */
static int graph_read(struct graph *g, struct walker *w, const git_oid *from)
{
	node_of(g, from);
	for (size_t i = 0; i < g->count; i++) {
		git_commit *commit;
		if (commit_read(&commit, w, &g->nodes[i].id))
			return -1;
		parents_read(w, commit);
		g->nodes[i].time = git_commit_time(commit);
		git_commit_free(commit);
		g->nodes[i].parents = g->links_count;
		g->nodes[i].parents_count = w->parents_count;
		for (size_t j = 0; j < w->parents_count; j++) {
			size_t parent = node_of(g, &w->parents[j]);
			g->nodes[parent].children++;
			g->links =
			    mem_grow(g->links, g->links_count, &g->links_cap, sizeof(*g->links));
			g->links[g->links_count++] = parent;
		}
	}
	return 0;
}

/* Of two at the same time the one that came up first. */
static bool goes_before(const struct graph *g, size_t a, size_t b)
{
	int64_t x = g->nodes[g->heap[a]].time, y = g->nodes[g->heap[b]].time;
	return x != y ? x > y : g->heap[a] < g->heap[b];
}

static void heap_swap(struct graph *g, size_t a, size_t b)
{
	size_t node = g->heap[a];
	g->heap[a] = g->heap[b];
	g->heap[b] = node;
}

static void heap_push(struct graph *g, size_t node)
{
	g->heap = mem_grow(g->heap, g->heap_count, &g->heap_cap, sizeof(*g->heap));
	g->heap[g->heap_count++] = node;
	for (size_t at = g->heap_count - 1; at > 0 && goes_before(g, at, (at - 1) / 2);
	     at = (at - 1) / 2)
		heap_swap(g, at, (at - 1) / 2);
}

static size_t heap_pop(struct graph *g)
{
	size_t first = g->heap[0];
	g->heap[0] = g->heap[--g->heap_count];
	for (size_t at = 0;;) {
		size_t child = 2 * at + 1;
		if (child + 1 < g->heap_count && goes_before(g, child + 1, child))
			child++;
		if (child >= g->heap_count || !goes_before(g, child, at))
			return first;
		heap_swap(g, at, child);
		at = child;
	}
}

static int tell_node(struct walker *w, const struct node *node)
{
	git_commit *commit;
	if (commit_read(&commit, w, &node->id))
		return -1;
	parents_read(w, commit);
	int rc = tell(w, commit);
	git_commit_free(commit);
	return rc;
}

static int tell_graph(struct walker *w, const git_oid *from)
{
	struct graph g = {0};
	int rc = graph_read(&g, w, from);
	if (rc == 0)
		heap_push(&g, 0);
	while (rc == 0 && !w->stopped && g.heap_count > 0) {
		const struct node *node = &g.nodes[heap_pop(&g)];
		rc = tell_node(w, node);
		for (size_t i = 0; i < node->parents_count; i++) {
			size_t parent = g.links[node->parents + i];
			if (--g.nodes[parent].children == 0)
				heap_push(&g, parent);
		}
	}
	free(g.nodes);
	free(g.links);
	free(g.table);
	free(g.heap);
	return rc;
}

static void folders_read(struct walker *w, struct arena *arena)
{
	size_t count = w->walk->folders_count;
	struct str *folders = ARENA_ARRAY(arena, struct str, count + 1);
	for (size_t i = 0; i < count; i++) {
		folders[i] = str_of(w->walk->folders[i]);
		while (str_ends(folders[i], STR("/")))
			folders[i].n--;
	}
	folders[count] = STR("");
	w->reader.folders = folders;
	w->reader.folders_count = count > 0 ? count : 1;
}

static int walk_from(struct walker *w, git_oid id)
{
	bool more;
	if (tell_line(w, &id, &more))
		return -1;
	return more ? tell_graph(w, &id) : 0;
}

int walk_commits(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err)
{
	struct walker w = {.handle = repo->handle,
			   .walk = walk,
			   .visit = visit,
			   .context = context,
			   .reader = {.handle = repo->handle},
			   .err = err};
	struct arena arena;
	git_oid from;
	repo_enter(repo);
	if (!walk->from && git_repository_head_unborn(repo->handle) == 1)
		return 0;
	if (history_resolve(&from, repo, walk->from ? walk->from : "HEAD", err))
		return -1;
	arena_init(&arena);
	deltas_init(&w.deltas);
	deltas_init(&w.other);
	folders_read(&w, &arena);
	w.shallow = git_repository_is_shallow(repo->handle) == 1;
	/* As git itself: a tree's checksum is looked at by fsck, not at each reading. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	int rc = walk_from(&w, from);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	deltas_reader_release(&w.reader);
	deltas_release(&w.deltas);
	deltas_release(&w.other);
	free(w.parents);
	arena_release(&arena);
	return rc;
}
