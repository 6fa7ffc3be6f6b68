#include "change/undo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "change/apply.h"
#include "change/commit.h"
#include "change/paths.h"
#include "note/splice.h"
#include "people/config.h"

/* So many ids of taken back commits are remembered on the way into the past. */
#define MOST_UNDONE 100000

/* git's own limit is 4. */
#define SHORTEST_ID 4

/* The last paragraph of a text that is trimmed at its end. */
static struct str last_paragraph(struct str text)
{
	for (size_t i = text.n; i > 1; i--)
		if (text.p[i - 1] == '\n' && text.p[i - 2] == '\n')
			return str_from(text, i);
	return STR("");
}

static struct str find_trailer(struct str message, struct str key)
{
	struct str rest = last_paragraph(str_rtrim(message)), line;
	while (str_next_line(&rest, &line))
		if (str_starts(line, key))
			return str_trim(str_from(line, key.n));
	return STR("");
}

struct str undo_trailer(struct str message)
{
	return find_trailer(message, STR("Kith: "));
}

/* What kith made; false where the message does not say it. */
static bool read_seal(uint64_t *sum, struct str message)
{
	char digits[17] = "", *end;
	struct str text = find_trailer(message, STR(COMMIT_SEAL ": "));
	if (text.n != sizeof(digits) - 1)
		return false;
	memcpy(digits, text.p, text.n);
	*sum = strtoull(digits, &end, 16);
	return !*end;
}

struct str undo_subject(struct str message)
{
	struct str rest = str_ltrim(message), line = STR("");
	(void)str_next_line(&rest, &line);
	return str_trim(line);
}

/* The commit that an undo takes back; "" for another change. */
static struct str undone_by(struct str trailer)
{
	return str_starts(trailer, STR("undo ")) ? str_trim(str_from(trailer, 5)) : STR("");
}

/* The next one that git revert took back, by its whole name or, with revert.reference, a short
 * one; "" at the end. */
static struct str next_reverted(struct str *message)
{
	static const struct str reverts = {"This reverts commit ", 20};
	*message = str_from(*message, str_find(*message, reverts) + reverts.n);
	size_t n = 0;
	while (n < message->n && (str_is_digit(message->p[n]) || str_is_alpha(message->p[n])))
		n++;
	return str_upto(*message, n);
}

/* Of a commit into which several were squashed each left its trailer. */
static size_t count_trailers(struct str message)
{
	struct str line;
	size_t count = 0;
	while (str_next_line(&message, &line))
		count += str_starts(line, STR("Kith: "));
	return count;
}

static bool is_init(struct str trailer)
{
	return str_eq(trailer, STR("init")) || str_starts(trailer, STR("init "));
}

/* What a commit that was seen takes back. */
struct undone {
	struct str id;
	uint64_t made; /* after git rebase it is known by this alone; 0: it is not said */
	bool met;
};

/* On the way into the past. */
struct undo_search {
	const struct undo_place *place;
	struct arena *arena;
	struct undone *undone;
	size_t undone_count, undone_cap;
	bool one;           /* one that may be taken back, with its files */
	const char *wanted; /* that one's id; NULL: the last */
	const struct undo_order *order;
	bool refused; /* what is wanted is no commit */
	struct undo_commit *found;
	size_t count, most;
	struct kith_error *err;
	bool failed;
};

/* made: what it is sealed with; 0 for nothing. */
static bool is_undone(struct undo_search *s, const char *id, uint64_t made)
{
	struct undone *by_name = NULL, *by_sum = NULL;
	for (size_t i = s->undone_count; i-- > 0;) {
		struct undone *undone = &s->undone[i];
		if (str_starts(str_of(id), undone->id))
			by_name = undone;
		else if (!undone->met && made && undone->made == made)
			by_sum = undone;
	}
	struct undone *found = by_name ? by_name : by_sum;
	if (found)
		found->met = true;
	return found != NULL;
}

static void note_undone(struct undo_search *s, struct str id, uint64_t made)
{
	if (id.n < SHORTEST_ID || s->undone_count == MOST_UNDONE)
		return;
	s->undone = mem_grow(s->undone, s->undone_count, &s->undone_cap, sizeof(*s->undone));
	s->undone[s->undone_count++] = (struct undone){arena_str(s->arena, id), made, false};
}

static int read_undo_blob(struct undo_search *s, const char *id, const char *path, struct str *out)
{
	struct buf b;
	*out = STR_NONE;
	if (!id[0])
		return 0;
	buf_init(&b, 0);
	int rc = s->place->git->blob(s->place->repo, id, path, s->place->max_file, &b, s->err);
	if (rc == 0)
		*out = arena_str(s->arena, buf_str(&b));
	buf_release(&b);
	return rc;
}

static int take_undo_files(struct undo_search *s, struct undo_commit *to,
			   const struct git_commit_info *commit)
{
	struct str said = find_trailer(str_of(commit->message), STR(CHANGE_MODE));
	unsigned mode = 0;
	for (size_t i = 0; i < said.n && said.p[i] >= '0' && said.p[i] <= '7' && i < 5; i++)
		mode = mode * 8 + (unsigned)(said.p[i] - '0');
	to->files = ARENA_ARRAY(s->arena, struct undo_file, commit->count);
	for (size_t i = 0; i < commit->count; i++) {
		const struct git_delta *delta = &commit->deltas[i];
		struct str path = str_of(delta->path);
		struct undo_file *file = &to->files[to->count++];
		file->path = paths_between(s->place->below, path, s->arena);
		file->ran = delta->ran;
		file->mode = mode ? mode : delta->ran ? 0755 : 0;
		if (s->place->git->sum(&file->sum, s->place->repo, delta, s->err) ||
		    read_undo_blob(s, delta->before, delta->path, &file->before) ||
		    read_undo_blob(s, delta->after, delta->path, &file->after))
			return -1;
		/* What a person did on the page is no part of what was done about it. */
		if (str_starts(to->trailer, STR("apply ")) && file->before.p && file->after.p)
			file->before = apply_unapplied(file->before, file->after, s->arena);
	}
	return 0;
}

struct undo_reading {
	struct undo_search *search;
	struct undo_commit *to;
	int rc;
};

static bool visit_whole(void *context, const struct git_commit_info *commit)
{
	struct undo_reading *r = context;
	r->rc = take_undo_files(r->search, r->to, commit);
	return false;
}

/* What kith made may have changed other notes of the repository, too. */
static int read_undo_files(struct undo_search *s, struct undo_commit *to,
			   const struct git_commit_info *commit)
{
	const char *all = "";
	const struct git_walk how = {.from = commit->id, .folders = &all, .folders_count = 1};
	struct undo_reading reading = {s, to, 0};
	if (s->place->below.n == 0 || to->trailer.n == 0)
		return take_undo_files(s, to, commit);
	return s->place->git->walk(s->place->repo, &how, visit_whole, &reading, s->err) ||
		       reading.rc
		   ? -1
		   : 0;
}

/* Whether the one that was named may be taken back. */
static int check_undoable(const struct git_commit_info *commit, struct str trailer, bool taken_back,
			  struct kith_error *err)
{
	if (taken_back)
		return kith_fail(err, KITH_INVALID,
				 "commit %.10s is taken back already; see kith undo --list",
				 commit->id);
	if (commit->parents > 1)
		return kith_fail(err, KITH_INVALID,
				 "commit %.10s is a merge; take it back with git revert -m 1",
				 commit->id);
	if (is_init(trailer))
		return kith_fail(err, KITH_INVALID,
				 "commit %.10s made the journal; it is not taken back", commit->id);
	return 0;
}

/* Says what is in it; other: what kith did not make, as a sum. */
static int refuse_mixed(const struct undo_commit *commit, const char *what, uint64_t other,
			struct arena *arena, struct kith_error *err)
{
	struct str files = STR("");
	for (size_t i = 0; i < commit->count; i++) {
		struct str path = commit->files[i].path;
		/* One file that explains it all. */
		if (other && commit->files[i].sum == other) {
			files = path;
			break;
		}
		files =
		    arena_printf(arena, "%.*s%s%.*s", STR_ARG(files), i ? ", " : "", STR_ARG(path));
	}
	return kith_fail(err, KITH_INVALID,
			 "commit %.10s of %s, \"%.*s\", holds %s: %.*s; kith undo --all-of-it "
			 "takes it back whole, git show %.10s shows it",
			 commit->id, day_text(commit->day).z, STR_ARG(commit->subject), what,
			 STR_ARG(files), commit->id);
}

/* That it holds one change of kith's, and nothing else. */
static int check_unmixed(const struct undo_commit *commit, struct str message, struct arena *arena,
			 struct kith_error *err)
{
	uint64_t made, holds = 0;
	if (count_trailers(message) > 1)
		return refuse_mixed(commit,
				    "several changes of kith's, and what else was made into one "
				    "with them",
				    0, arena, err);
	for (size_t i = 0; i < commit->count; i++)
		holds += commit->files[i].sum;
	if (!read_seal(&made, message) || made == holds)
		return 0;
	return refuse_mixed(commit, "more than kith made, or other lines", holds - made, arena,
			    err);
}

/* Of what somebody else did nothing is taken back that was not asked for by its name. */
static int check_author(const struct undo_search *s, const struct undo_commit *to,
			const struct git_commit_info *commit)
{
	struct buf email;
	buf_init(&email, 0);
	int rc = s->place->git->email(s->place->repo, &email, s->err);
	if (rc == 0 && !str_ieq(buf_str(&email), str_of(commit->email)))
		rc = kith_fail(s->err, KITH_INVALID,
			       "the last change, \"%.*s\" of %s, was made by %s <%s>; kith undo "
			       "%.10s takes it back, and kith undo --list shows the others",
			       STR_ARG(to->subject), day_text(to->day).z, commit->author,
			       commit->email, commit->id);
	buf_release(&email);
	return rc;
}

static int take_commit(struct undo_search *s, const struct git_commit_info *commit,
		       struct str trailer, bool taken_back)
{
	struct undo_commit *to = &s->found[s->count++];
	struct str subject = undo_subject(str_of(commit->message));
	*to = (struct undo_commit){.subject = arena_str(s->arena, subject),
				   .trailer = arena_str(s->arena, trailer),
				   .day = day_of_time(commit->time, commit->zone),
				   .taken_back = taken_back,
				   .named = s->order->name != NULL,
				   .refused = s->refused};
	memcpy(to->id, commit->id, sizeof(to->id));
	if (!s->one)
		return 0;
	if (s->wanted && check_undoable(commit, trailer, taken_back, s->err))
		return -1;
	if ((!s->wanted && check_author(s, to, commit)) || read_undo_files(s, to, commit))
		return -1;
	return s->order->whole || s->refused
		   ? 0
		   : check_unmixed(to, str_of(commit->message), s->arena, s->err);
}

/* An undo that is itself undone takes nothing back. */
static bool visit_past(void *context, const struct git_commit_info *commit)
{
	struct undo_search *s = context;
	struct str message = str_of(commit->message), reverted;
	struct str trailer = undo_trailer(message), undone = undone_by(trailer);
	uint64_t made = 0;
	(void)read_seal(&made, message);
	bool taken_back = is_undone(s, commit->id, made);
	if (!taken_back)
		note_undone(s, undone, UINT64_C(0) - made);
	while (!taken_back && undone.n == 0 && (reverted = next_reverted(&message)).n)
		note_undone(s, reverted, 0);
	bool ours = trailer.n && !is_init(trailer) && commit->parents < 2;
	bool right = s->wanted ? strcmp(commit->id, s->wanted) == 0
			       : ours && (!s->one || (!taken_back && undone.n == 0));
	s->failed = right && take_commit(s, commit, trailer, taken_back);
	return !s->failed && s->count < s->most;
}

static int search_commits(struct undo_search *s)
{
	const char *folder = s->place->below.n ? s->place->below.p : "";
	const struct git_walk how = {
	    .from = s->refused ? s->wanted : NULL, .folders = &folder, .folders_count = 1};
	int rc = s->place->git->walk(s->place->repo, &how, visit_past, s, s->err);
	free(s->undone);
	return rc || s->failed ? -1 : 0;
}

int undo_list(struct undo_commit **out, size_t *count, size_t most, const struct undo_place *place,
	      struct arena *arena, struct kith_error *err)
{
	const struct undo_order order = {.name = NULL};
	struct undo_search s = {
	    .place = place, .arena = arena, .order = &order, .most = most, .err = err};
	s.found = *out = ARENA_ARRAY(arena, struct undo_commit, most);
	int rc = search_commits(&s);
	*count = s.count;
	return rc;
}

/* What was written last and refused. */
struct refused {
	struct arena *arena;
	char id[GIT_ID_SIZE], parent[GIT_ID_SIZE];
	struct str subject, trailer;
	civil_day day;
};

static bool take_refused(void *context, const struct git_commit_info *commit)
{
	struct refused *r = context;
	struct str message = str_of(commit->message);
	memcpy(r->parent, commit->parent, sizeof(r->parent));
	r->subject = arena_str(r->arena, undo_subject(message));
	r->trailer = arena_str(r->arena, undo_trailer(message));
	r->day = day_of_time(commit->time, commit->zone);
	return false;
}

/* Whether there is one, and HEAD is where it was. */
static bool find_refused(struct refused *out, const struct undo_place *place, struct arena *arena)
{
	struct kith_error ignored = {0};
	char head[GIT_ID_SIZE] = "";
	*out = (struct refused){.arena = arena};
	if (place->git->find(place->repo, GIT_REFUSED, out->id, &ignored))
		return false;
	(void)place->git->find(place->repo, "HEAD", head, &ignored);
	return place->git->walk(place->repo, &(struct git_walk){.from = out->id}, take_refused, out,
				&ignored) == 0 &&
	       strcmp(out->parent, head) == 0;
}

/* Which one is wanted: id, or NULL for the last. */
static int choose_wanted(struct undo_search *s, char id[GIT_ID_SIZE], struct refused *refused)
{
	const struct undo_place *place = s->place;
	s->wanted = id;
	if (s->order->name)
		return place->git->find(place->repo, s->order->name, id, s->err);
	s->wanted = NULL;
	if (s->order->committed || !find_refused(refused, place, s->arena))
		return 0;
	struct str undone = undone_by(refused->trailer);
	s->wanted = undone.n ? undone.p : refused->id;
	s->refused = undone.n == 0;
	/* What a person wrote stays; nothing is to be taken back. */
	if (refused->trailer.n == 0 || str_eq(refused->trailer, STR("commit")))
		return kith_fail(s->err, KITH_INVALID,
				 "\"%.*s\" of %s was refused, and is not committed; kith commit "
				 "commits it, and of what kith undo --list shows kith undo COMMIT "
				 "takes back another change",
				 STR_ARG(refused->subject), day_text(refused->day).z);
	return 0;
}

int undo_find(struct undo_commit *out, const struct undo_order *order,
	      const struct undo_place *place, struct arena *arena, struct kith_error *err)
{
	char id[GIT_ID_SIZE];
	struct refused refused;
	struct undo_search s = {.place = place,
				.arena = arena,
				.one = true,
				.order = order,
				.found = out,
				.most = 1,
				.err = err};
	*out = (struct undo_commit){.subject = STR("")};
	if (choose_wanted(&s, id, &refused) || search_commits(&s))
		return -1;
	if (s.count == 0 && s.wanted)
		return kith_fail(err, KITH_INVALID,
				 "commit %.10s is not part of this branch's history of the journal",
				 s.wanted);
	if (s.count == 0)
		return kith_fail(err, KITH_NOT_FOUND,
				 "there is no change of kith's to take back; kith undo COMMIT "
				 "takes back any other");
	if (out->count == 0)
		return kith_fail(err, KITH_INVALID, "commit %.10s changed no file of the journal",
				 out->id);
	return 0;
}

/* Where lines begin; the last place is the text's end. */
struct line_starts {
	size_t *at, count;
};

static struct line_starts find_line_starts(struct str text, struct arena *arena)
{
	size_t count = 0;
	/* git's lines: a CR alone ends none. */
	for (size_t at = 0; at < text.n; count++)
		at += str_find_char(str_from(text, at), '\n') + 1;
	struct line_starts lines = {ARENA_ARRAY(arena, size_t, count + 1), 0};
	for (size_t at = 0; at < text.n; lines.at[++lines.count] = at < text.n ? at : text.n)
		at += str_find_char(str_from(text, at), '\n') + 1;
	return lines;
}

/* Whether a later edit touches lines that are to be taken back. */
static bool collides(const struct git_hunk *back, const struct git_hunk *later)
{
	size_t from = back->before, to = from + back->before_count;
	size_t at = later->before, end = at + later->before_count;
	if (back->before_count == 0)
		return at < from && from < end;
	if (later->before_count == 0)
		return from < at && at < to;
	return at < to && from < end;
}

struct reversal {
	struct str before, after, current;
	struct git_hunk *back, *later; /* after → before, after → current */
	size_t back_count, later_count;
	struct line_starts before_lines, current_lines;
};

/* Whether a later edit stands before that place, and so moves it. */
static bool stands_before(const struct git_hunk *later, const struct git_hunk *back)
{
	bool both_insert = later->before_count == 0 && back->before_count == 0;
	return later->before + later->before_count <= back->before &&
	       !(both_insert && later->before == back->before);
}

static int check_untouched(const struct reversal *r, size_t l, const struct git_hunk *back,
			   struct kith_error *err)
{
	for (; l < r->later_count && r->later[l].before <= back->before + back->before_count; l++)
		if (collides(back, &r->later[l]))
			return kith_fail(err, KITH_FAILED, "line %zu was changed since",
					 r->later[l].after + 1);
	return 0;
}

static struct str hunk_lines(struct str text, const struct line_starts *lines,
			     const struct git_hunk *hunk)
{
	return str_slice(text, lines->at[hunk->after], lines->at[hunk->after + hunk->after_count]);
}

/* Adds lines. What stood last in its text may have no line end, and others after it now. */
static void add_whole_lines(struct buf *out, size_t start, struct str lines, struct str eol)
{
	if (lines.n && out->n > start && out->p[out->n - 1] != '\n')
		buf_add(out, eol);
	buf_add(out, lines);
}

/* Adds the current text with the hunks turned back. */
static int add_reversed(struct buf *out, const struct reversal *r, struct kith_error *err)
{
	size_t l = 0, from = 0, came = 0, went = 0, start = out->n;
	struct str eol = splice_line_end(r->current, r->current.n);
	for (size_t i = 0; i < r->back_count; i++) {
		const struct git_hunk *back = &r->back[i];
		for (; l < r->later_count && stands_before(&r->later[l], back); l++) {
			came += r->later[l].after_count;
			went += r->later[l].before_count;
		}
		if (check_untouched(r, l, back, err))
			return -1;
		size_t line = back->before + came - went;
		add_whole_lines(out, start, str_slice(r->current, from, r->current_lines.at[line]),
				eol);
		add_whole_lines(out, start, hunk_lines(r->before, &r->before_lines, back), eol);
		from = r->current_lines.at[line + back->before_count];
	}
	add_whole_lines(out, start, str_from(r->current, from), eol);
	return 0;
}

static bool same_hunk(const struct reversal *r, const struct git_hunk *back,
		      const struct git_hunk *later)
{
	return back->before == later->before && back->before_count == later->before_count &&
	       str_eq(hunk_lines(r->before, &r->before_lines, back),
		      hunk_lines(r->current, &r->current_lines, later));
}

int undo_reverse(struct buf *out, const struct git_api *git, struct str before, struct str after,
		 struct str current, struct kith_error *err)
{
	struct arena arena;
	struct reversal r = {.before = before, .after = after, .current = current};
	size_t start = out->n;
	if (str_eq(after, current)) {
		buf_add(out, before);
		return 0;
	}
	arena_init(&arena);
	r.before_lines = find_line_starts(before, &arena);
	r.current_lines = find_line_starts(current, &arena);
	int rc = git->hunks(&r.back, &r.back_count, after, before, &arena, err) ||
		 git->hunks(&r.later, &r.later_count, after, current, &arena, err) ||
		 add_reversed(out, &r, err);
	if (rc)
		buf_cut(out, start);
	arena_release(&arena);
	return rc ? -1 : 0;
}

/* Whether the reverse of before → after, and maybe more, is done in current already. */
static bool is_reversed(const struct git_api *git, struct str before, struct str after,
			struct str current)
{
	struct arena arena;
	struct kith_error ignored = {0};
	struct reversal r = {.before = before, .current = current};
	arena_init(&arena);
	bool done = git->hunks(&r.back, &r.back_count, after, before, &arena, &ignored) == 0 &&
		    git->hunks(&r.later, &r.later_count, after, current, &arena, &ignored) == 0;
	r.before_lines = find_line_starts(before, &arena);
	r.current_lines = find_line_starts(current, &arena);
	for (size_t i = 0, l = 0; done && i < r.back_count; i++) {
		while (l < r.later_count && r.later[l].before < r.back[i].before)
			l++;
		done = l < r.later_count && same_hunk(&r, &r.back[i], &r.later[l]);
	}
	arena_release(&arena);
	return done;
}

struct undo_edit {
	const struct undo_commit *commit;
	const struct git_api *git;
	const struct undo_file *file;
	const struct undo_file *moved; /* of a renamed one: the file at its other place; or NULL */
	bool by_hand;                  /* kith changed no file, it committed what a person wrote */
};

static int in_the_way(const struct undo_edit *e, const char *what, struct kith_error *err)
{
	kith_fail(err, KITH_FAILED,
		  "%s, so \"%.*s\" of %s cannot be taken back alone; git show %.10s shows it", what,
		  STR_ARG(e->commit->subject), day_text(e->commit->day).z, e->commit->id);
	return kith_fail_at(err, e->file->path.p, 0, 0);
}

static int reverse_of(const struct undo_edit *e, struct str was, struct str is, struct str now,
		      struct buf *after, struct kith_error *err)
{
	struct kith_error why = {0};
	if (undo_reverse(after, e->git, was, is, now, &why) == 0)
		return 0;
	return in_the_way(e, why.message, err);
}

/* A file that the commit took away comes back; a renamed one as it is by now. */
static int bring_back(const struct undo_edit *e, const struct change_copy *copy, struct str before,
		      struct buf *after, struct kith_error *err)
{
	const struct undo_file *f = e->file;
	struct str now = STR_NONE;
	if (before.p && !str_eq(before, f->before))
		return in_the_way(e, "it was made anew since", err);
	if (e->moved && change_copy_read(copy, e->moved->path, &now, err))
		return -1;
	if (now.p)
		return reverse_of(e, f->before, e->moved->after, now, after, err);
	buf_add(after, f->before);
	return 0;
}

/* Whether that copy is to stay as it is. */
static bool stays_as_is(const struct undo_edit *e, const struct change_copy *copy,
			struct str before)
{
	const struct undo_file *f = e->file;
	if (change_copy_is_file(copy) && e->by_hand)
		return true;
	/* A hook refused it before, or a person took it back, and did not commit that. */
	return !change_copy_is_head(copy) && before.p && f->before.p && f->after.p &&
	       !str_eq(f->before, f->after) && is_reversed(e->git, f->before, f->after, before);
}

static int edit_undone(void *context, const struct change_copy *copy, struct str before,
		       struct buf *after, bool *gone, struct kith_error *err)
{
	const struct undo_edit *e = context;
	const struct undo_file *f = e->file;
	if (stays_as_is(e, copy, before)) {
		*gone = !before.p;
		buf_add(after, before);
		return 0;
	}
	if (!f->after.p)
		return bring_back(e, copy, before, after, err);
	if (!f->before.p) {
		if (before.p && !e->moved && !str_eq(before, f->after))
			return in_the_way(e, "it was changed since", err);
		*gone = true;
		return 0;
	}
	if (!before.p)
		return in_the_way(e, "it was removed or renamed since", err);
	return reverse_of(e, f->before, f->after, before, after, err);
}

/*
 * Where a rename took one file away and made another, it is the same one at
 * another place. By hand, somebody may have gone and somebody else come.
 */
static void pair_moved(struct undo_edit *edits, struct change_file *files,
		       const struct undo_commit *commit)
{
	struct undo_edit *went = NULL, *came = NULL;
	size_t count = 0;
	if (!str_starts(commit->trailer, STR("rename ")))
		return;
	for (size_t i = 0; i < commit->count; i++) {
		const struct undo_file *f = &commit->files[i];
		count += !f->before.p || !f->after.p;
		went = f->after.p ? went : &edits[i];
		came = f->before.p ? came : &edits[i];
	}
	if (count != 2 || !went || !came)
		return;
	went->moved = came->file;
	came->moved = went->file;
	files[went - edits].mode = 0;
}

void undo_change(struct change *out, const struct undo_commit *commit, const struct git_api *git,
		 struct arena *arena)
{
	struct change_file *files = ARENA_ARRAY(arena, struct change_file, commit->count);
	struct undo_edit *edits = ARENA_ARRAY(arena, struct undo_edit, commit->count);
	bool by_hand = !commit->named && str_eq(commit->trailer, STR("commit"));
	for (size_t i = 0; i < commit->count; i++) {
		edits[i] = (struct undo_edit){commit, git, &commit->files[i], NULL, by_hand};
		files[i] = (struct change_file){
		    .path = commit->files[i].path,
		    .edit = edit_undone,
		    .context = &edits[i],
		    .mode = commit->files[i].after.p ? 0 : commit->files[i].mode,
		    .runs = commit->files[i].ran};
	}
	pair_moved(edits, files, commit);
	*out = (struct change){.files = files,
			       .count = commit->count,
			       .subject =
				   arena_printf(arena, "Undo \"%.*s\"", STR_ARG(commit->subject)),
			       .body = STR(""),
			       .trailer = arena_printf(arena, "undo %s", commit->id),
			       .git_alone = by_hand,
			       .files_alone = commit->refused};
}
