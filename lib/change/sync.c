#include "change/sync.h"

#include <stdlib.h>

#include "base/text.h"
#include "change/attributes.h"
#include "change/commit.h"
#include "change/paths.h"
#include "change/settle.h"
#include "merge/merge.h"

/* So often somebody else may push in between. */
#define MOST_TRIES 5
/* So many commits are asked who made them, and so many people are named. */
#define MOST_ASKED 200
#define MOST_NAMED 3

struct syncing {
	const struct sync_order *order;
	struct sync_result *out;
	const struct git_api *git;
	struct git_repo *repo;
	struct arena *arena;
	struct settle_side ours, theirs; /* what changed since the base */
	bool journal;                    /* what is there has a kith.yaml */
	bool links;                      /* not all that comes in are plain files */
	size_t refusals;                 /* one after the other, with nothing new there */
};

/* ---- What differs, in words ---- */

struct listing {
	struct syncing *s;
	struct gathered_file *files;
	size_t count;
};

static struct str blob_text(struct listing *l, const char *id, const char *path, bool read)
{
	struct syncing *s = l->s;
	struct kith_error ignored = {0};
	struct buf bytes;
	if (!id[0])
		return STR_NONE;
	buf_init(&bytes, 0);
	/* What cannot be read is told of as another file is. */
	if (read &&
	    s->git->blob(s->repo, id, path, s->order->where.config->max_file, &bytes, &ignored))
		buf_clear(&bytes);
	struct str text = arena_str(s->arena, buf_str(&bytes));
	buf_release(&bytes);
	return text;
}

static void list_file(struct listing *l, const char *path, const char *before, const char *after)
{
	struct syncing *s = l->s;
	const struct gather_order *where = &s->order->where;
	struct str whole = str_of(path);
	if (!str_starts(whole, where->below))
		return;
	struct str below = arena_str(s->arena, str_from(whole, where->below.n));
	bool read = merge_kind_of(below, where->config) != MERGE_NONE;
	s->journal |= str_eq(below, STR("kith.yaml")) && after[0];
	l->files[l->count++] = (struct gathered_file){below, blob_text(l, before, path, read),
						      blob_text(l, after, path, read)};
}

static bool list_files(void *context, const struct git_commit_info *commit)
{
	struct listing *l = context;
	l->files = ARENA_ARRAY(l->s->arena, struct gathered_file, 2 * commit->count);
	for (size_t i = 0; i < commit->count; i++) {
		const struct git_delta *delta = &commit->deltas[i];
		if (delta->from_path)
			list_file(l, delta->from_path, delta->before, "");
		list_file(l, delta->path, delta->from_path ? "" : delta->before, delta->after);
	}
	return true;
}

static int describe_between(struct description *out, struct settle_side *side, struct syncing *s,
			    const char *from, const char *to, struct kith_error *err)
{
	struct listing l = {.s = s};
	*side = (struct settle_side){NULL, 0};
	*out = (struct description){.subject = STR(""), .body = STR("")};
	if (!to[0] || strcmp(from, to) == 0)
		return 0;
	if (s->git->between(s->repo, from, to, list_files, &l, err))
		return -1;
	*side = (struct settle_side){l.files, l.count};
	gather_describe(out, l.files, l.count, &s->order->where, s->arena);
	return 0;
}

struct naming {
	struct syncing *s;
	struct str own; /* the user's e-mail */
	size_t asked;
};

static bool name_author(void *context, const struct git_commit_info *commit)
{
	struct naming *n = context;
	struct strs *from = &n->s->out->from;
	struct str name = describe_short(str_of(commit->author), n->s->arena);
	bool known = str_eq(str_of(commit->email), n->own);
	for (size_t i = 0; i < from->count; i++)
		known |= str_eq(from->items[i], name);
	if (!known)
		from->items[from->count++] = name;
	return ++n->asked < MOST_ASKED && from->count < MOST_NAMED;
}

static int find_authors(struct syncing *s, struct kith_error *err)
{
	static const char *const nothing[] = {"kith.yaml"};
	const struct git_remote *r = &s->out->remote;
	const struct git_walk walk = {
	    .from = r->there, .until = r->base, .folders = nothing, .folders_count = 1};
	struct kith_error ignored = {0};
	struct buf email;
	buf_init(&email, 0);
	if (s->git->email(s->repo, &email, &ignored))
		buf_clear(&email);
	struct naming naming = {.s = s, .own = buf_str(&email)};
	s->out->from = (struct strs){ARENA_ARRAY(s->arena, struct str, MOST_NAMED), 0};
	int rc = r->there[0] && strcmp(r->there, r->base) != 0
		     ? s->git->walk(s->repo, &walk, name_author, &naming, err)
		     : 0;
	buf_release(&email);
	return rc;
}

static int describe_both(struct syncing *s, struct kith_error *err)
{
	const struct git_remote *r = &s->out->remote;
	s->journal = false;
	if (describe_between(&s->out->out, &s->ours, s, r->base, r->here, err))
		return -1;
	s->journal = false;
	return describe_between(&s->out->in, &s->theirs, s, r->base, r->there, err) ||
		       find_authors(s, err)
		   ? -1
		   : 0;
}

/* ---- The steps ---- */

static int begin_here(struct git_change **change, struct syncing *s, struct kith_error *err)
{
	if (s->git->begin(change, s->repo, err))
		return -1;
	const char *recovered = s->git->recovered(*change);
	if (recovered)
		s->out->recovered = arena_str(s->arena, str_of(recovered));
	return 0;
}

/* HEAD and files to a commit. look: only whether they can go. */
static int go_to(struct syncing *s, struct git_change *change, const char *id, bool look,
		 struct kith_error *err)
{
	struct kith_error why = {0};
	struct git_outcome outcome;
	int rc = s->git->advance(change, s->out->remote.here, id, look, &outcome, &why);
	s->links = rc && why.status == KITH_UNSUPPORTED;
	if (rc && !s->links)
		*err = why;
	return rc && !s->links ? -1 : 0;
}

/* Links, folders and submodules among what changes are git's to bring. */
static int arrive(struct syncing *s, const char *id, struct kith_error *err)
{
	struct git_change *change;
	if (begin_here(&change, s, err))
		return -1;
	int rc = go_to(s, change, id, false, err);
	s->git->end(change);
	if (rc == 0 && s->links)
		rc = s->git->fast_forward(s->repo, id, err);
	else if (rc == 0)
		s->git->tell_merge(s->repo);
	if (rc == 0)
		memcpy(s->out->id, id, GIT_ID_SIZE);
	return rc;
}

/* *again: it was refused, and may not be the next time, when what is new there is merged. */
static int push(struct syncing *s, const char *id, bool *again, struct kith_error *err)
{
	struct kith_error why = {0};
	bool refused;
	if (s->order->keep)
		return 0;
	if (s->git->push(&refused, s->repo, &s->out->remote, id, &s->order->how, &why) == 0) {
		s->out->pushed = true;
		return 0;
	}
	*again = refused && s->refusals++ == 0;
	if (!*again)
		*err = why;
	return *again ? 0 : -1;
}

/* Where the other side has no branch of that name: the first push, unless it has others. */
static int push_first(struct syncing *s, bool *again, struct kith_error *err)
{
	const struct git_remote *r = &s->out->remote;
	struct buf names;
	int rc = 0;
	if (!r->here[0])
		return kith_fail(
		    err, KITH_NOT_FOUND,
		    "there is nothing to sync yet: nothing is committed here, and %s has no "
		    "branch %s",
		    r->name, r->branch);
	buf_init(&names, 0);
	if (!r->upstream)
		rc = s->git->branches(&names, s->repo, r, &s->order->how, err);
	if (rc == 0 && names.n)
		rc = kith_fail(
		    err, KITH_FAILED,
		    "%s has no branch %s, but: %s. git branch -m NAME calls the one here "
		    "as it is called there, git switch NAME goes to that one, git push -u "
		    "%s %s makes a new one of it there",
		    r->name, r->branch, names.p, r->name, r->branch);
	buf_release(&names);
	return rc ? -1 : push(s, r->here, again, err);
}

static int check_related(const struct syncing *s, struct kith_error *err)
{
	const struct git_remote *r = &s->out->remote;
	if (r->base[0])
		return 0;
	if (r->shallow)
		return kith_fail(err, KITH_FAILED,
				 "this clone is shallow, and too much of its history is missing to "
				 "merge: git fetch --unshallow %s gets it",
				 r->name);
	if (!s->journal)
		return kith_fail(
		    err, KITH_FAILED,
		    "what is in %s is no journal, and has no commit in common with this "
		    "one: is its address right (git remote -v)?",
		    r->name);
	return s->order->join
		   ? 0
		   : kith_fail(err, KITH_FAILED,
			       "%s holds a journal that began by itself, with no commit in common "
			       "with this one; kith sync --setup %s joins the two into one",
			       r->name, r->url ? r->url : r->name);
}

static int fail_clashes(const struct syncing *s, struct strs names, struct kith_error *err)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < names.count; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", names.items[i].p);
	kith_fail(
	    err, KITH_FAILED,
	    "both sides changed what kith does not merge, so nothing is changed here: %s. git "
	    "merge %s/%s, put it right, git add it, git commit; then kith sync",
	    b.p, s->out->remote.name, s->out->remote.theirs);
	buf_release(&b);
	return -1;
}

/* What git could not merge, by the rules for files. */
static int settle_conflicts(struct settle_result *out, struct syncing *s,
			    const struct git_merge *merge, struct kith_error *err)
{
	const struct settle_order order = {&s->order->where, s->ours, s->theirs};
	settle_files(out, &order, merge, s->arena);
	s->out->told = out->told;
	return out->open.count ? fail_clashes(s, out->open, err) : 0;
}

/* The commit of both; HEAD and files are looked at whether they can go there. */
static int make_merge(char id[GIT_ID_SIZE], struct syncing *s, struct git_change *change,
		      struct kith_error *err)
{
	const struct git_remote *r = &s->out->remote;
	const struct description *in = &s->out->in;
	const struct git_driver driver = {
	    .name = ATTRIBUTES_DRIVER,
	    .command = attributes_command(s->order->kith, s->order->folder, s->arena).p};
	struct str what = in->subject.n ? in->subject : STR("other files");
	struct str subject = arena_printf(s->arena, "Merge from %s: %.*s", r->name, STR_ARG(what));
	struct str text = commit_message(subject, in->body, NULL, STR("sync"), s->arena);
	struct settle_result settled;
	struct git_merge merge;
	return s->git->merge_trees(&merge, change, r->here, r->there, &driver, !r->base[0],
				   s->arena, err) ||
		       settle_conflicts(&settled, s, &merge, err) ||
		       s->git->merge_commit(id, change, &merge, settled.files, settled.count,
					    text.p, err) ||
		       go_to(s, change, id, true, err)
		   ? -1
		   : 0;
}

static int merge_both(struct syncing *s, bool *again, struct kith_error *err)
{
	struct git_change *change;
	char id[GIT_ID_SIZE];
	if (check_related(s, err) || begin_here(&change, s, err))
		return -1;
	int rc = make_merge(id, s, change, err);
	s->git->end(change);
	if (rc || push(s, id, again, err))
		return -1;
	if (*again)
		return 0;
	s->out->merged = true;
	rc = arrive(s, id, err);
	return rc && s->out->pushed
		   ? kith_fail_context(err, "it is merged and pushed, but not in the files here")
		   : rc;
}

static int sync_step(struct syncing *s, bool *again, struct kith_error *err)
{
	const struct git_remote *r = &s->out->remote;
	if (s->order->look)
		return 0;
	if (!r->there[0])
		return push_first(s, again, err);
	if (strcmp(r->here, r->there) == 0)
		return 0;
	if (r->here[0] && strcmp(r->there, r->base) == 0)
		return push(s, r->here, again, err);
	if (strcmp(r->here, r->base) == 0)
		return arrive(s, r->there, err);
	return merge_both(s, again, err);
}

static int find_remote(struct syncing *s, struct kith_error *err)
{
	struct git_remote *r = &s->out->remote;
	const struct sync_order *o = s->order;
	if (s->git->remote(r, s->repo, o->remote, s->arena, err))
		return -1;
	if (!r->name)
		return kith_fail(
		    err, KITH_NOT_FOUND,
		    "there is nothing to sync with yet: kith sync --setup URL, with the "
		    "address of an empty private repository, sets that up");
	if (!r->branch)
		return kith_fail(
		    err, KITH_FAILED,
		    "no branch is checked out here: git switch NAME goes to one (git "
		    "branch lists them, git switch -c NAME makes one of what is here)");
	return 0;
}

int sync_run(struct sync_result *out, const struct sync_order *order, struct arena *arena,
	     struct kith_error *err)
{
	struct syncing s = {.order = order,
			    .out = out,
			    .git = order->where.git,
			    .repo = order->where.repo,
			    .arena = arena};
	bool again = true;
	*out = (struct sync_result){.recovered = STR("")};
	if (find_remote(&s, err))
		return -1;
	for (int try = 0; again; try++) {
		char before[GIT_ID_SIZE];
		struct kith_error why = {0};
		memcpy(before, out->remote.there, GIT_ID_SIZE);
		if (try == MOST_TRIES)
			return kith_fail(err, KITH_BUSY,
					 "somebody else pushed to %s each of %d times; try again "
					 "in a while",
					 out->remote.name, MOST_TRIES);
		again = false;
		if (s.git->fetch(s.repo, &out->remote, &order->how, err) || find_remote(&s, err) ||
		    describe_both(&s, err))
			return -1;
		s.refusals = strcmp(before, out->remote.there) == 0 ? s.refusals : 0;
		if (sync_step(&s, &again, &why) == 0)
			continue;
		again = why.status == KITH_CHANGED;
		if (!again) {
			*err = why;
			return -1;
		}
	}
	return 0;
}
