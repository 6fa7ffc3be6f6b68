#include "merge/sequence.h"

#include <stdlib.h>

#include "merge/lines.h"

static const struct merge_piece *piece_of(const struct sequence *s, size_t at)
{
	return &s->items[at];
}

/* ---- which piece is which ---- */

struct matching {
	const struct sequence *of[VERSIONS];
	size_t *to[VERSIONS];    /* from the base's pieces to a side's */
	size_t *base[VERSIONS];  /* from a side's to the base's */
	size_t *cross[VERSIONS]; /* from a side's to the other's */
	struct arena *arena;
};

/* How pieces are told apart. */
enum likeness { LIKE_SAME, LIKE_ID, LIKE_TWIN };

static struct str likeness_of(const struct merge_piece *p, enum likeness by)
{
	return by == LIKE_SAME ? p->same : by == LIKE_ID ? p->id : p->twin;
}

struct likely {
	struct str key;
	const struct merge_piece *piece;
	size_t at;
};

static int compare_keys_of(const struct likely *x, const struct likely *y)
{
	const struct merge_piece *a = x->piece, *b = y->piece;
	int order = str_cmp(x->key, y->key);
	order = order ? order : (a->kind > b->kind) - (a->kind < b->kind);
	return order ? order : str_cmp(a->section, b->section);
}

static int compare_likely(const void *a, const void *b)
{
	const struct likely *x = a, *y = b;
	int order = compare_keys_of(x, y);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* Those that are free, in order. */
struct likely_list {
	struct likely *items;
	size_t count;
};

typedef bool is_free(const struct matching *m, enum version v, size_t at);

static struct likely_list gather_likely(const struct matching *m, enum version v, enum likeness by,
					is_free *is_one)
{
	const struct sequence *s = m->of[v];
	struct likely_list list = {ARENA_ARRAY(m->arena, struct likely, s->count + 1), 0};
	for (size_t i = 0; i < s->count; i++) {
		struct str key = likeness_of(piece_of(s, i), by);
		if (key.n && is_one(m, v, i))
			list.items[list.count++] = (struct likely){key, piece_of(s, i), i};
	}
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), compare_likely);
	return list;
}

static bool is_unmatched(const struct matching *m, enum version v, size_t at)
{
	if (v != BASE)
		return m->base[v][at] == NO_PIECE;
	return m->to[OURS][at] == NO_PIECE && m->to[THEIRS][at] == NO_PIECE;
}

static bool has_no_ours(const struct matching *m, enum version v, size_t at)
{
	return v == BASE ? m->to[OURS][at] == NO_PIECE : m->base[v][at] == NO_PIECE;
}

static bool has_no_theirs(const struct matching *m, enum version v, size_t at)
{
	return v == BASE ? m->to[THEIRS][at] == NO_PIECE : m->base[v][at] == NO_PIECE;
}

static bool has_no_other(const struct matching *m, enum version v, size_t at)
{
	return m->base[v][at] == NO_PIECE && m->cross[v][at] == NO_PIECE;
}

/* New to the base, and on both sides. */
static bool has_other(const struct matching *m, enum version v, size_t at)
{
	return v == BASE ? is_unmatched(m, v, at)
			 : m->base[v][at] == NO_PIECE && m->cross[v][at] != NO_PIECE;
}

/* Not where what the other side has alike is another piece of the base already. */
static void tie_base(struct matching *m, enum version v, size_t base, size_t at)
{
	enum version other = v == OURS ? THEIRS : OURS;
	size_t like = m->cross[v][at], has = m->to[other][base];
	if (like != NO_PIECE && has != NO_PIECE && has != like)
		return;
	m->to[v][base] = at;
	m->base[v][at] = base;
}

static void tie(struct matching *m, enum version x, enum version y, size_t i, size_t k)
{
	if (x == BASE) {
		tie_base(m, y, i, k);
	} else {
		m->cross[x][i] = k;
		m->cross[y][k] = i;
	}
}

/* How many from a place on are of one kind and key. */
static size_t count_alike(const struct likely_list *list, size_t from)
{
	size_t to = from;
	while (to < list->count && compare_keys_of(&list->items[from], &list->items[to]) == 0)
		to++;
	return to - from;
}

/*
 * The first with the first, the second with the second, of each kind and key; `all`: only where
 * both have as many.
 */
static void match_alike(struct matching *m, enum version x, enum version y, enum likeness by,
			is_free *is_one, bool all)
{
	struct arena_mark mark = arena_mark(m->arena);
	struct likely_list a = gather_likely(m, x, by, is_one);
	struct likely_list b = gather_likely(m, y, by, is_one);
	for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
		int order = compare_keys_of(&a.items[i], &b.items[k]);
		size_t n = order <= 0 ? count_alike(&a, i) : 0;
		size_t more = order >= 0 ? count_alike(&b, k) : 0;
		for (size_t at = 0; order == 0 && (!all || n == more) && at < n && at < more; at++)
			tie(m, x, y, a.items[i + at].at, b.items[k + at].at);
		i += n;
		k += more;
	}
	arena_rewind(m->arena, mark);
}

/* The same number for pieces that say the same, of either sequence. */
static size_t number_pieces(const struct matching *m, enum version side, size_t *ids[2])
{
	const struct sequence *of[] = {m->of[BASE], m->of[side]};
	size_t count = 0, number = 0;
	struct likely *all = ARENA_ARRAY(m->arena, struct likely, of[0]->count + of[1]->count + 1);
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < of[k]->count; i++)
			all[count++] = (struct likely){of[k]->items[i].same, &of[k]->items[i],
						       k ? of[0]->count + i : i};
	if (count)
		qsort(all, count, sizeof(*all), compare_likely);
	for (size_t i = 0; i < count; i++) {
		number += i > 0 && compare_keys_of(&all[i - 1], &all[i]) != 0;
		bool second = all[i].at >= of[0]->count;
		ids[second][second ? all[i].at - of[0]->count : all[i].at] = number;
	}
	return number + 1;
}

/* The longest row of the same; then the same that moved. */
static void match_same(struct matching *m, enum version side)
{
	const struct sequence *a = m->of[BASE], *b = m->of[side];
	struct arena_mark mark = arena_mark(m->arena);
	size_t *ids[] = {ARENA_ARRAY(m->arena, size_t, a->count + 1),
			 ARENA_ARRAY(m->arena, size_t, b->count + 1)};
	size_t count = number_pieces(m, side, ids);
	lines_align(m->to[side], ids[0], a->count, ids[1], b->count, count, m->arena);
	arena_rewind(m->arena, mark);
	for (size_t i = 0; i < a->count; i++)
		if (m->to[side][i] != NO_PIECE)
			m->base[side][m->to[side][i]] = i;
	match_alike(m, BASE, side, LIKE_SAME, side == OURS ? has_no_ours : has_no_theirs, false);
}

/* A changed piece, and its like, are one where both neighbours are. */
static bool may_be_changed(enum piece_kind kind)
{
	return kind >= PIECE_HEADING && kind != PIECE_BOX && kind != PIECE_FIELD &&
	       kind != PIECE_MARK;
}

/* How many are free of the base's from i on and of a side's from k on, alike in number and kind, up
 * to two that match or both ends; 0 where they are not. Only of blocks more than one. */
static size_t count_changed(const struct matching *m, enum version side, size_t i, size_t k)
{
	const struct sequence *a = m->of[BASE], *b = m->of[side];
	size_t n = 0;
	while (i + n < a->count && k + n < b->count && m->to[side][i + n] == NO_PIECE &&
	       m->base[side][k + n] == NO_PIECE) {
		enum piece_kind kind = piece_of(a, i + n)->kind;
		if (kind != piece_of(b, k + n)->kind || !may_be_changed(kind) ||
		    (n && kind < PIECE_PARAGRAPH))
			return 0;
		n++;
	}
	return (i + n < a->count ? m->to[side][i + n] : b->count) == k + n ? n : 0;
}

/* Of longer ones only the first lines are looked at. */
#define MOST_SHARED 32

/* Of more than one word. */
static bool has_words(struct str line)
{
	size_t word = 0;
	line = str_trim(line);
	while (word < line.n && (str_is_alpha(line.p[word]) || (unsigned char)line.p[word] >= 0x80))
		word++;
	return word && str_find_char(line, ' ') < line.n;
}

static bool share_line(struct str a, struct str b)
{
	struct str line, other;
	for (int i = 0; i < MOST_SHARED && str_next_line(&a, &line); i++) {
		struct str rest = b;
		for (int k = 0; k < MOST_SHARED && str_next_line(&rest, &other); k++)
			if (has_words(line) && str_eq(str_trim(line), str_trim(other)))
				return true;
	}
	return false;
}

/* Whether a side's free paragraph has some of a base's lines. */
static bool has_lines_of(const struct matching *m, enum version side, size_t i, size_t k)
{
	const struct sequence *b = m->of[side];
	return k < b->count && m->base[side][k] == NO_PIECE &&
	       piece_of(b, k)->kind == PIECE_PARAGRAPH &&
	       share_line(piece_of(m->of[BASE], i)->text, piece_of(b, k)->text);
}

/* Paragraphs of which some lines are the same, beside one neighbour that matches; not where one
 * was parted in two. */
static void match_beside(struct matching *m, enum version side, size_t i, size_t k)
{
	const struct sequence *a = m->of[BASE];
	if (i < a->count && m->to[side][i] == NO_PIECE && piece_of(a, i)->kind == PIECE_PARAGRAPH &&
	    has_lines_of(m, side, i, k) && !has_lines_of(m, side, i, k + 1) &&
	    !(k && has_lines_of(m, side, i, k - 1)))
		tie_base(m, side, i, k);
}

static void match_neighbours(struct matching *m, enum version side)
{
	const struct sequence *a = m->of[BASE];
	for (size_t i = 0; i < a->count; i++) {
		size_t before = i ? m->to[side][i - 1] : NO_PIECE;
		if (m->to[side][i] != NO_PIECE || (i && before == NO_PIECE))
			continue;
		size_t k = i ? before + 1 : 0;
		for (size_t n = count_changed(m, side, i, k); n > 0; n--)
			tie_base(m, side, i + n - 1, k + n - 1);
		match_beside(m, side, i, k);
	}
	for (size_t i = a->count; i-- > 0;) {
		size_t after = i + 1 < a->count ? m->to[side][i + 1] : m->of[side]->count;
		if (after != NO_PIECE && after > 0)
			match_beside(m, side, i, after - 1);
	}
}

/* By identity: first what both sides have alike, so that it stays one piece. */
static void match_identities(struct matching *m)
{
	match_alike(m, BASE, OURS, LIKE_ID, has_other, false);
	for (size_t i = 0; i < m->of[BASE]->count; i++) {
		size_t ours = m->to[OURS][i];
		size_t theirs = ours == NO_PIECE ? NO_PIECE : m->cross[OURS][ours];
		if (theirs != NO_PIECE && m->to[THEIRS][i] == NO_PIECE &&
		    m->base[THEIRS][theirs] == NO_PIECE)
			tie_base(m, THEIRS, i, theirs);
	}
	match_alike(m, BASE, OURS, LIKE_ID, has_no_ours, false);
	match_alike(m, BASE, THEIRS, LIKE_ID, has_no_theirs, false);
	match_neighbours(m, OURS);
	match_neighbours(m, THEIRS);
}

static size_t *no_pieces(size_t count, struct arena *arena)
{
	size_t *places = ARENA_ARRAY(arena, size_t, count + 1);
	for (size_t i = 0; i < count; i++)
		places[i] = NO_PIECE;
	return places;
}

static void match_pieces(struct matching *m)
{
	for (enum version v = OURS; v < VERSIONS; v++) {
		m->to[v] = no_pieces(m->of[BASE]->count, m->arena);
		m->base[v] = no_pieces(m->of[v]->count, m->arena);
		m->cross[v] = no_pieces(m->of[v]->count, m->arena);
	}
	match_same(m, OURS);
	match_same(m, THEIRS);
	match_alike(m, OURS, THEIRS, LIKE_TWIN, has_no_other, true);
	match_alike(m, OURS, THEIRS, LIKE_SAME, has_no_other, false);
	match_identities(m);
	match_alike(m, OURS, THEIRS, LIKE_TWIN, has_no_other, false);
}

/* ---- the pieces of the result ---- */

struct joining {
	struct matching m;
	struct joint *all;
	size_t count;
	size_t *which[VERSIONS]; /* from a version's place to its piece of the result */
	bool *held;              /* a heading that one side took away, with what the other added */
	/* What stays, in each side's order. */
	size_t *own[VERSIONS];
	size_t own_count[VERSIONS];
	bool ours_first;
};

static size_t add_joint(struct joining *j, size_t base, size_t ours, size_t theirs)
{
	const size_t at[] = {base, ours, theirs};
	struct joint *joint = &j->all[j->count];
	for (enum version v = BASE; v < VERSIONS; v++) {
		joint->at[v] = at[v];
		if (at[v] != NO_PIECE)
			j->which[v][at[v]] = j->count;
	}
	return j->count++;
}

/* A side's piece that is not the base's; its like on the other side may be, or not. */
static void join_new(struct joining *j, enum version v, size_t i)
{
	enum version other = v == OURS ? THEIRS : OURS;
	size_t like = j->m.cross[v][i], which;
	if (j->which[v][i] != NO_PIECE)
		return;
	if (like != NO_PIECE && (which = j->which[other][like]) != NO_PIECE) {
		if (j->all[which].at[v] == NO_PIECE) {
			j->all[which].at[v] = i;
			j->which[v][i] = which;
			return;
		}
		like = NO_PIECE;
	}
	add_joint(j, NO_PIECE, v == OURS ? i : like, v == OURS ? like : i);
}

static void join_all(struct joining *j)
{
	struct arena *arena = j->m.arena;
	size_t most = 0;
	for (enum version v = BASE; v < VERSIONS; v++) {
		j->which[v] = no_pieces(j->m.of[v]->count, arena);
		most += j->m.of[v]->count;
	}
	j->all = ARENA_ARRAY(arena, struct joint, most + 1);
	j->held = ARENA_ARRAY(arena, bool, most + 1);
	for (size_t i = 0; i < j->m.of[BASE]->count; i++)
		add_joint(j, i, j->m.to[OURS][i], j->m.to[THEIRS][i]);
	for (enum version v = OURS; v < VERSIONS; v++)
		for (size_t i = 0; i < j->m.of[v]->count; i++)
			join_new(j, v, i);
}

static bool is_common(const struct joint *joint)
{
	return joint->at[OURS] != NO_PIECE && joint->at[THEIRS] != NO_PIECE;
}

/* An element that only got quotes, too. */
static bool is_unchanged(const struct merge_piece *a, const struct merge_piece *b)
{
	return a->kind == PIECE_ELEMENT ? str_eq(a->same, b->same) : str_eq(a->text, b->text);
}

/* Not where one side took it away and the other left it as it was, or moved it. */
static bool stays(const struct joining *j, const struct joint *joint)
{
	if (j->held[joint - j->all])
		return true;
	for (enum version v = OURS; v < VERSIONS; v++) {
		enum version other = v == OURS ? THEIRS : OURS;
		if (joint->at[v] == NO_PIECE || joint->at[other] != NO_PIECE)
			continue;
		return joint->at[BASE] == NO_PIECE ||
		       !is_unchanged(piece_of(j->m.of[v], joint->at[v]),
				     piece_of(j->m.of[BASE], joint->at[BASE]));
	}
	return joint->at[OURS] != NO_PIECE;
}

/* The comment lines before a key or an item of a list, without what is behind them. */
static struct str lead_of(const struct merge_piece *p)
{
	size_t at = 0, end = 0;
	bool comment = true;
	while (p->kind < PIECE_HEADING && comment && at < p->text.n) {
		struct str line = str_from(p->text, at);
		size_t blanks = str_blanks(line);
		comment = str_at(line, blanks) == '#';
		at += str_full_line(line);
		end = comment ? at : end;
		comment = comment || blanks == str_line(line);
	}
	return str_rtrim(str_upto(p->text, end));
}

/* Whether a piece's comment begins with those lines. */
static bool begins_with_lead(const struct merge_piece *p, struct str lead)
{
	struct str own = lead_of(p);
	return str_starts(own, lead) && (own.n == lead.n || str_line(str_from(own, lead.n)) == 0);
}

/* What stands behind the pieces of the base up to one, on the side that took that one away. */
static struct merge_piece *piece_behind(const struct joining *j, enum version v, size_t base)
{
	size_t before = base ? j->m.to[v][base - 1] : NO_PIECE;
	size_t at = base == 0 ? 0 : before == NO_PIECE ? j->m.of[v]->count : before + 1;
	return at < j->m.of[v]->count ? &j->m.of[v]->items[at] : NULL;
}

/*
 * A comment that one side left behind when it took away what stood below it, which the other
 * changed, and so it stays: the comment stays with it alone. A gap knows it for none of its own.
 */
static void cut_left_comments(struct joining *j)
{
	const struct sequence *base = j->m.of[BASE];
	for (size_t i = 0; i < base->count; i++) {
		struct str lead = lead_of(&base->items[i]);
		bool ours = j->m.to[OURS][i] != NO_PIECE, theirs = j->m.to[THEIRS][i] != NO_PIECE;
		enum version gone = ours ? THEIRS : OURS;
		struct merge_piece *next;
		if (!lead.n || ours == theirs || !stays(j, &j->all[j->which[BASE][i]]) ||
		    !(next = piece_behind(j, gone, i)) || !begins_with_lead(next, lead))
			continue;
		size_t was = j->m.base[gone][next - j->m.of[gone]->items];
		if (was != NO_PIECE && begins_with_lead(&base->items[was], lead))
			continue;
		bool same = str_eq(next->same, next->text);
		next->text = str_from(next->text, lead.n);
		next->text =
		    next->kind == PIECE_COMMENT ? str_trim(next->text) : str_ltrim(next->text);
		next->same = same ? next->text : next->same;
	}
}

/* Headings above what stays for one side alone stay, too. */
static void hold_headings(struct joining *j, enum version v)
{
	int pending = 0;
	for (size_t i = j->m.of[v]->count; i-- > 0;) {
		const struct merge_piece *p = piece_of(j->m.of[v], i);
		struct joint *joint = &j->all[j->which[v][i]];
		bool there = stays(j, joint);
		if (p->kind != PIECE_HEADING) {
			if (there && !is_common(joint))
				pending = 7;
		} else if (p->level < pending) {
			j->held[joint - j->all] = !there;
			pending = is_common(joint) ? 0 : p->level;
		}
	}
}

/* ---- the order ---- */

/* Whether what both sides have stands on a side in another order than in the base. */
static bool has_moved(const struct joining *j, enum version v)
{
	size_t last = NO_PIECE;
	for (size_t i = 0; i < j->own_count[v]; i++) {
		const struct joint *joint = &j->all[j->own[v][i]];
		if (!is_common(joint) || joint->at[BASE] == NO_PIECE)
			continue;
		if (last != NO_PIECE && joint->at[BASE] < last)
			return true;
		last = joint->at[BASE];
	}
	return false;
}

/* What both have, by the one of its versions that both orders of merging name. */
static struct str smaller_says(const struct joining *j, const struct joint *joint)
{
	struct str ours = piece_of(j->m.of[OURS], joint->at[OURS])->same;
	struct str theirs = piece_of(j->m.of[THEIRS], joint->at[THEIRS])->same;
	return str_cmp(theirs, ours) < 0 ? theirs : ours;
}

/* By whose order what both have stands: of the side that moved something. */
static enum version leading_side(const struct joining *j)
{
	bool ours = has_moved(j, OURS), theirs = has_moved(j, THEIRS);
	if (j->ours_first)
		return OURS;
	if (ours != theirs)
		return ours ? OURS : THEIRS;
	for (size_t i = 0, k = 0;; i++, k++) {
		while (i < j->own_count[OURS] && !is_common(&j->all[j->own[OURS][i]]))
			i++;
		while (k < j->own_count[THEIRS] && !is_common(&j->all[j->own[THEIRS][k]]))
			k++;
		if (i == j->own_count[OURS] || k == j->own_count[THEIRS])
			return OURS;
		const struct joint *a = &j->all[j->own[OURS][i]], *b = &j->all[j->own[THEIRS][k]];
		if (a != b)
			return str_cmp(smaller_says(j, a), smaller_says(j, b)) < 0 ? OURS : THEIRS;
	}
}

static const struct merge_piece *any_piece(const struct joining *j, size_t which)
{
	const struct joint *joint = &j->all[which];
	enum version v = joint->at[OURS] != NO_PIECE ? OURS : THEIRS;
	return piece_of(j->m.of[v], joint->at[v]);
}

/* More of a log's neighbours rise by day than fall. */
static bool runs_upward(const struct joining *j)
{
	size_t up = 0, down = 0;
	for (enum version v = BASE; v < VERSIONS; v++) {
		const struct sequence *s = j->m.of[v];
		for (size_t i = 1; i < s->count; i++) {
			if (s->items[i].kind != PIECE_ENTRY || s->items[i - 1].kind != PIECE_ENTRY)
				continue;
			up += s->items[i].day > s->items[i - 1].day;
			down += s->items[i].day < s->items[i - 1].day;
		}
	}
	return up > down;
}

static int compare_log_entries(const struct merge_piece *a, const struct merge_piece *b,
			       bool upward)
{
	int order = (a->day > b->day) - (a->day < b->day);
	if (order == 0 && a->time.n && b->time.n)
		order = str_cmp(a->time, b->time);
	if (order)
		return upward ? order : -order;
	if (!a->time.n != !b->time.n)
		return a->time.n ? -1 : 1;
	return str_cmp(a->same, b->same);
}

/* A row of one side's own pieces at one place. */
struct own_run {
	const size_t *items;
	size_t count;
};

static bool are_entries(const struct joining *j, struct own_run run)
{
	for (size_t i = 0; i < run.count; i++)
		if (any_piece(j, run.items[i])->kind != PIECE_ENTRY)
			return false;
	return true;
}

static void put_run(struct joined *out, const struct joining *j, struct own_run run)
{
	for (size_t i = 0; i < run.count; i++)
		out->items[out->count++] = j->all[run.items[i]];
}

/* What stands before the others at one place: what ends an item's line; then what is no section. */
static int place_rank(const struct merge_piece *p)
{
	switch (p->kind) {
	case PIECE_TEXT:
		return str_eq(p->id, STR("more")) ? 2 : 0;
	case PIECE_FIELD:
		return 0;
	case PIECE_MARK:
		return 1;
	case PIECE_HEADING:
		return 3;
	default:
		return 2;
	}
}

/* Takes those up to a rank off a run's beginning. */
static struct own_run take_ranked(const struct joining *j, struct own_run *run, int rank)
{
	struct own_run first = {run->items, 0};
	while (first.count < run->count &&
	       place_rank(any_piece(j, run->items[first.count])) <= rank)
		first.count++;
	*run = (struct own_run){run->items + first.count, run->count - first.count};
	return first;
}

static void put_alike(struct joined *out, const struct joining *j, struct own_run a,
		      struct own_run b, bool upward)
{
	bool entries = are_entries(j, a) && are_entries(j, b);
	while (a.count && b.count) {
		const struct merge_piece *x = any_piece(j, a.items[0]);
		const struct merge_piece *y = any_piece(j, b.items[0]);
		int order = entries         ? compare_log_entries(x, y, upward)
			    : j->ours_first ? -1
					    : str_cmp(x->same, y->same);
		struct own_run *from = order <= 0 ? &a : &b;
		size_t count = entries ? 1 : from->count;
		put_run(out, j, (struct own_run){from->items, count});
		*from = (struct own_run){from->items + count, from->count - count};
	}
	put_run(out, j, a);
	put_run(out, j, b);
}

/* Of two headings at one place the deeper one is of the section before it. */
static bool is_before(const struct joining *j, const struct merge_piece *a,
		      const struct merge_piece *b)
{
	if (a->level != b->level)
		return a->level > b->level;
	return j->ours_first || str_cmp(a->same, b->same) <= 0;
}

/* What both sides have new at one place. Of sections each keeps its own together. */
static void put_runs(struct joined *out, const struct joining *j, struct own_run a,
		     struct own_run b, bool upward)
{
	for (int rank = 0; rank < 3 && a.count + b.count > 0; rank++) {
		struct own_run x = take_ranked(j, &a, rank);
		put_alike(out, j, x, take_ranked(j, &b, rank), upward);
	}
	while (a.count && b.count) {
		bool first = is_before(j, any_piece(j, a.items[0]), any_piece(j, b.items[0]));
		struct own_run *from = first ? &a : &b;
		put_run(out, j, (struct own_run){from->items, 1});
		*from = (struct own_run){from->items + 1, from->count - 1};
		put_run(out, j, take_ranked(j, from, 2));
	}
	put_run(out, j, a);
	put_run(out, j, b);
}

/* A side's own pieces from a place in its order on. */
static struct own_run run_from(const struct joining *j, enum version v, size_t from)
{
	size_t to = from;
	while (to < j->own_count[v] && !is_common(&j->all[j->own[v][to]]))
		to++;
	return (struct own_run){j->own[v] + from, to - from};
}

static void order_pieces(struct joined *out, struct joining *j)
{
	struct arena *arena = j->m.arena;
	for (enum version v = OURS; v < VERSIONS; v++)
		hold_headings(j, v);
	size_t *place[VERSIONS] = {NULL}; /* behind each piece, in either side's order */
	for (enum version v = OURS; v < VERSIONS; v++) {
		j->own[v] = ARENA_ARRAY(arena, size_t, j->m.of[v]->count + 1);
		place[v] = no_pieces(j->count, arena);
		for (size_t i = 0; i < j->m.of[v]->count; i++) {
			size_t which = j->which[v][i];
			if (!stays(j, &j->all[which]))
				continue;
			j->own[v][j->own_count[v]++] = which;
			place[v][which] = j->own_count[v];
		}
	}
	enum version lead = leading_side(j), other = lead == OURS ? THEIRS : OURS;
	bool upward = runs_upward(j);
	put_runs(out, j, run_from(j, lead, 0), run_from(j, other, 0), upward);
	for (size_t i = 0; i < j->own_count[lead]; i++) {
		size_t which = j->own[lead][i];
		if (!is_common(&j->all[which]))
			continue;
		out->items[out->count++] = j->all[which];
		put_runs(out, j, run_from(j, lead, i + 1), run_from(j, other, place[other][which]),
			 upward);
	}
}

/* A heading that was held stays only where something still stands below it. */
static void drop_held(struct joined *out, const struct joining *j)
{
	size_t to = out->count;
	int next = 1; /* the level of the heading behind; 7 for what is none */
	for (size_t i = out->count; i-- > 0;) {
		struct joint joint = out->items[i];
		enum version v = joint.at[OURS] != NO_PIECE ? OURS : THEIRS;
		const struct merge_piece *p = piece_of(j->m.of[v], joint.at[v]);
		bool heading = p->kind == PIECE_HEADING;
		if (heading && next <= p->level && joint.at[BASE] != NO_PIECE &&
		    j->held[j->which[BASE][joint.at[BASE]]])
			continue;
		next = heading ? p->level : 7;
		out->items[--to] = joint;
	}
	out->count -= to;
	memmove(out->items, out->items + to, out->count * sizeof(*out->items));
}

/* The comment at the end of front matter stays there. */
static void put_end_last(struct joined *out, const struct joining *j)
{
	size_t count = 0;
	struct joint end;
	bool found = false;
	for (size_t i = 0; i < out->count; i++) {
		const struct joint *joint = &out->items[i];
		enum version v = joint->at[OURS] != NO_PIECE ? OURS : THEIRS;
		const struct merge_piece *p = piece_of(j->m.of[v], joint->at[v]);
		if (p->kind == PIECE_COMMENT && str_eq(p->id, STR("end")) && !found) {
			end = *joint;
			found = true;
		} else {
			out->items[count++] = *joint;
		}
	}
	if (found)
		out->items[count] = end;
}

void sequence_join(struct joined *out, const struct sequence *const of[VERSIONS], bool ours_first,
		   struct arena *arena)
{
	struct joining j = {.m = {.arena = arena}, .ours_first = ours_first};
	*out = (struct joined){.items = NULL};
	for (enum version v = BASE; v < VERSIONS; v++)
		out->of[v] = j.m.of[v] = of[v];
	match_pieces(&j.m);
	join_all(&j);
	cut_left_comments(&j);
	out->items = ARENA_ARRAY(arena, struct joint, j.count + 1);
	order_pieces(out, &j);
	drop_held(out, &j);
	put_end_last(out, &j);
}

struct merge_piece *sequence_piece(const struct joined *joined, size_t at, enum version version)
{
	size_t i = joined->items[at].at[version];
	return i == NO_PIECE ? NULL : &joined->of[version]->items[i];
}

/* ---- what stands between ---- */

struct str sequence_choose(struct str base, struct str ours, struct str theirs)
{
	if (!ours.p || !theirs.p)
		return ours.p ? ours : theirs.p ? theirs : base;
	if (str_eq(ours, theirs))
		return ours;
	if (base.p && (str_eq(base, ours) || str_eq(base, theirs)))
		return str_eq(base, ours) ? theirs : ours;
	if (ours.n != theirs.n)
		return ours.n > theirs.n ? ours : theirs;
	return str_cmp(ours, theirs) < 0 ? ours : theirs;
}

static bool is_item(enum piece_kind kind)
{
	return kind == PIECE_ENTRY || kind == PIECE_TASK || kind == PIECE_ITEM;
}

/* Whether two would read as one without a blank line between: HTML and lists go on. */
static bool needs_blank_line(enum piece_kind before, enum piece_kind after)
{
	if (before < PIECE_ENTRY || (before >= PIECE_TEXT && before <= PIECE_MARK))
		return false;
	return before == PIECE_PARAGRAPH || before == PIECE_BLOCK || after == PIECE_HEADING ||
	       after == PIECE_PARAGRAPH || after == PIECE_BLOCK ||
	       (after == PIECE_ITALICS && !is_item(before));
}

static size_t line_ends_in(struct str gap)
{
	size_t count = 0;
	for (size_t i = 0; i < gap.n; i++)
		count += gap.p[i] == '\n' || (gap.p[i] == '\r' && str_at(gap, i + 1) != '\n');
	return count;
}

struct gap_choice {
	struct str gap;
	int like; /* how well it fits: 0 for none */
};

/* A gap that fits what stands behind it: on a line of its own in a body, or in an item's line. */
static bool may_stand_before(struct str gap, const struct merge_piece *after)
{
	if (after->kind < PIECE_ENTRY)
		return true;
	bool in_line = after->kind == PIECE_BOX || place_rank(after) < 2;
	return in_line == (line_ends_in(gap) == 0);
}

static void offer_gap(struct gap_choice *best, struct str gap, bool alike,
		      const struct merge_piece *after)
{
	int like = alike ? 2 : 1;
	if (like < best->like || !may_stand_before(gap, after))
		return;
	best->gap = like > best->like ? gap : sequence_choose(STR_NONE, best->gap, gap);
	best->like = like;
}

static struct str without_blanks(struct str gap)
{
	while (gap.n && str_is_blank_char(gap.p[gap.n - 1]))
		gap.n--;
	return gap;
}

/* Whether a key begins with a comment above it. */
static bool is_comment_first(const struct joined *joined, size_t at)
{
	for (enum version v = OURS; v < VERSIONS; v++) {
		const struct merge_piece *p = sequence_piece(joined, at, v);
		if (p && joined->of[v]->flush && str_at(p->text, 0) == '#')
			return true;
	}
	return false;
}

static bool is_flush(const struct joined *joined)
{
	return joined->of[OURS]->flush || joined->of[THEIRS]->flush;
}

/* Whether it is a block of a body, and not in an item. */
static bool is_body_block(const struct joined *joined, size_t at)
{
	enum version v = joined->items[at].at[OURS] != NO_PIECE ? OURS : THEIRS;
	return sequence_piece(joined, at, v)->kind >= PIECE_HEADING &&
	       joined->of[v]->items[0].kind != PIECE_DASH;
}

/* The gap with what the block behind it begins its line with: its own blanks, not another's, for
 * its other lines stand by them. */
static struct str with_own_indent(const struct joined *joined, size_t at, struct str gap,
				  struct arena *arena)
{
	struct str indents[VERSIONS] = {STR_NONE, STR_NONE, STR_NONE};
	for (enum version v = BASE; v < VERSIONS; v++) {
		size_t i = joined->items[at].at[v];
		struct str own = i == NO_PIECE ? STR_NONE : pieces_gap(joined->of[v], i);
		if (i != NO_PIECE)
			indents[v] = str_from(own, without_blanks(own).n);
	}
	struct str indent = sequence_choose(indents[BASE], indents[OURS], indents[THEIRS]);
	return arena_printf(arena, "%.*s%.*s", STR_ARG(without_blanks(gap)), STR_ARG(indent));
}

/* Between two that stand together in no version: as it is around them there. */
static struct str new_gap(const struct joined *joined, size_t at, struct arena *arena)
{
	struct gap_choice best = {STR_NONE, 0};
	enum piece_kind before = PIECE_KINDS, after = PIECE_KINDS;
	const struct merge_piece *p = NULL;
	for (enum version v = OURS; v < VERSIONS; v++) {
		before = sequence_piece(joined, at - 1, v) ? sequence_piece(joined, at - 1, v)->kind
							   : before;
		p = sequence_piece(joined, at, v) ? sequence_piece(joined, at, v) : p;
	}
	after = p->kind;
	for (enum version v = OURS; v < VERSIONS; v++) {
		const struct sequence *s = joined->of[v];
		size_t first = joined->items[at - 1].at[v], second = joined->items[at].at[v];
		if (second != NO_PIECE && second > 0)
			offer_gap(&best, pieces_gap(s, second), s->items[second - 1].kind == before,
				  p);
		if (first != NO_PIECE && first + 1 < s->count)
			offer_gap(&best, pieces_gap(s, first + 1),
				  s->items[first + 1].kind == after, p);
	}
	for (enum version v = THEIRS; v > BASE && !best.gap.p; v--)
		best.gap = joined->of[v]->usual;
	if (!best.gap.p || (after == PIECE_BODY && best.gap.n == 0))
		best.gap = STR("\n");
	/* Indented, it would be text of a block above it. */
	if (after == PIECE_COMMENT || is_comment_first(joined, at))
		best.gap = without_blanks(best.gap);
	if (after == PIECE_MARK || after == PIECE_FIELD || before == PIECE_MARK)
		return after == PIECE_MARK || before == PIECE_MARK ? STR(" ") : STR("  ");
	if (is_body_block(joined, at))
		best.gap = with_own_indent(joined, at, best.gap, arena);
	if (needs_blank_line(before, after) && line_ends_in(best.gap) < 2)
		return arena_printf(arena, "\n%.*s", STR_ARG(best.gap));
	return best.gap;
}

/* At the beginning, where it may be without the blanks of a piece's own line, or behind the last
 * piece. */
static struct str edge_gap(const struct joined *joined, bool end, bool blanks)
{
	struct str gaps[VERSIONS] = {STR_NONE, STR_NONE, STR_NONE};
	for (enum version v = BASE; v < VERSIONS; v++) {
		if (joined->of[v]->count)
			gaps[v] = pieces_gap(joined->of[v], end ? joined->of[v]->count : 0);
		if (gaps[v].p && !blanks)
			gaps[v] = without_blanks(gaps[v]);
	}
	struct str gap = sequence_choose(gaps[BASE], gaps[OURS], gaps[THEIRS]);
	return gap.p ? gap : STR("");
}

struct str sequence_empty(const struct joined *joined, struct arena *arena)
{
	struct str all[VERSIONS] = {STR_NONE, STR_NONE, STR_NONE};
	for (enum version v = BASE; v < VERSIONS; v++) {
		const struct sequence *s = joined->of[v];
		if (s->count == 0 && s->to > s->from)
			all[v] = str_slice(s->image, s->from, s->to);
	}
	if (all[OURS].p || all[THEIRS].p)
		return sequence_choose(all[BASE], all[OURS], all[THEIRS]);
	return arena_printf(arena, "%.*s%.*s", STR_ARG(edge_gap(joined, false, true)),
			    STR_ARG(edge_gap(joined, true, true)));
}

/* Whether it is a body with something in it. */
static bool is_body(const struct joined *joined, size_t at)
{
	for (enum version v = OURS; v < VERSIONS; v++) {
		const struct merge_piece *p = sequence_piece(joined, at, v);
		if (p && p->kind == PIECE_BODY && p->text.n)
			return true;
	}
	return false;
}

struct str sequence_gap(const struct joined *joined, size_t at, struct arena *arena)
{
	struct str gaps[VERSIONS] = {STR_NONE, STR_NONE, STR_NONE};
	if (at == joined->count)
		return edge_gap(joined, true, true);
	bool blanks = !is_flush(joined) || is_comment_first(joined, at);
	if (at == 0) {
		bool body = is_body_block(joined, at);
		struct str edge = edge_gap(joined, false, blanks && !body);
		return body ? with_own_indent(joined, at, edge, arena) : edge;
	}
	for (enum version v = BASE; v < VERSIONS; v++) {
		size_t before = joined->items[at - 1].at[v], after = joined->items[at].at[v];
		if (before != NO_PIECE && after == before + 1)
			gaps[v] = pieces_gap(joined->of[v], after);
	}
	struct str gap = sequence_choose(gaps[BASE], gaps[OURS], gaps[THEIRS]);
	/* Behind front matter whose last line does not end in the version that it is of. */
	gap = gap.p && (gap.n || !is_body(joined, at)) ? gap : new_gap(joined, at, arena);
	return blanks ? gap : without_blanks(gap);
}
