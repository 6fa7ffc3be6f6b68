#include "merge/lines.h"

#include <stdint.h>
#include <stdlib.h>

#include "merge/merge.h"

#define NOWHERE SIZE_MAX

/* So many pairs of lines are compared one with another; more are told apart by those that are once.
 */
#define MOST_PAIRS  65536
#define MOST_SPLITS 24

enum { BASE, OURS, THEIRS, VERSIONS };

struct text_lines {
	struct str *items; /* without their ends */
	struct str *ends;
	size_t *ids; /* equal for equal lines */
	size_t count;
};

struct lines_merging {
	struct text_lines of[VERSIONS];
	size_t *to[VERSIONS]; /* from the base's lines */
	size_t ids, clashes;
	enum lines_clash clash;
	struct str indent;
	struct buf *out;
	struct arena *arena;
	size_t begin; /* where the result begins in out */
	bool open;    /* a line without an end was written */
};

static struct text_lines split_lines(struct str text, struct arena *arena)
{
	struct text_lines lines = {NULL, NULL, NULL, 0};
	size_t count = 0;
	for (struct str rest = text; rest.n; rest = str_from(rest, str_full_line(rest)))
		count++;
	lines.items = ARENA_ARRAY(arena, struct str, count + 1);
	lines.ends = ARENA_ARRAY(arena, struct str, count + 1);
	lines.ids = ARENA_ARRAY(arena, size_t, count + 1);
	for (struct str rest = text; rest.n;) {
		size_t line = str_line(rest), full = str_full_line(rest);
		lines.items[lines.count] = str_upto(rest, line);
		lines.ends[lines.count++] = str_slice(rest, line, full);
		rest = str_from(rest, full);
	}
	return lines;
}

/* ---- which line is which ---- */

struct known_line {
	struct str text;
	size_t *id;
};

static int compare_known(const void *a, const void *b)
{
	const struct known_line *x = a, *y = b;
	return str_cmp(x->text, y->text);
}

static void number_lines(struct lines_merging *m)
{
	size_t count = 0, n = 0;
	for (int v = 0; v < VERSIONS; v++)
		count += m->of[v].count;
	struct known_line *all = ARENA_ARRAY(m->arena, struct known_line, count + 1);
	for (int v = 0; v < VERSIONS; v++)
		for (size_t i = 0; i < m->of[v].count; i++)
			all[n++] = (struct known_line){m->of[v].items[i], &m->of[v].ids[i]};
	qsort(all, n, sizeof(*all), compare_known);
	for (size_t i = 0; i < n; i++) {
		m->ids += i > 0 && !str_eq(all[i].text, all[i - 1].text);
		*all[i].id = m->ids;
	}
	m->ids++;
}

/* A stretch of the base and one of a version. */
struct line_stretch {
	size_t from, to, other, other_to;
};

struct aligning {
	const size_t *base, *other;
	size_t *to;
	size_t *once[2], *place[2]; /* how often a line is in either stretch, and where last */
	struct arena *arena;
};

/* The longest common sequence, of few lines. */
static void align_few(const struct aligning *a, struct line_stretch s)
{
	size_t n = s.to - s.from, m = s.other_to - s.other, width = m + 1;
	struct arena_mark mark = arena_mark(a->arena);
	uint32_t *best = ARENA_ARRAY(a->arena, uint32_t, (n + 1) * width);
	for (size_t i = n; i-- > 0;)
		for (size_t k = m; k-- > 0;) {
			uint32_t skip = best[(i + 1) * width + k], other = best[i * width + k + 1];
			uint32_t take = best[(i + 1) * width + k + 1] + 1;
			best[i * width + k] = a->base[s.from + i] == a->other[s.other + k] ? take
					      : skip > other                               ? skip
											   : other;
		}
	for (size_t i = 0, k = 0; i < n && k < m;) {
		if (a->base[s.from + i] == a->other[s.other + k])
			a->to[s.from + i++] = s.other + k++;
		else if (best[(i + 1) * width + k] == best[i * width + k + 1])
			/* Either way: beside each other. */
			(*(i <= k ? &i : &k))++;
		else if (best[(i + 1) * width + k] > best[i * width + k + 1])
			i++;
		else
			k++;
	}
	arena_rewind(a->arena, mark);
}

/* The lines that stand once in both stretches, and rise in both: those of a longest such row. */
static size_t find_anchors(const struct aligning *a, struct line_stretch s, size_t *anchors)
{
	size_t n = s.to - s.from, length = 0;
	size_t *tails = ARENA_ARRAY(a->arena, size_t, n + 1);
	size_t *before = ARENA_ARRAY(a->arena, size_t, n + 1);
	for (size_t i = s.from; i < s.to; i++)
		a->once[0][a->base[i]] = a->once[1][a->base[i]] = 0;
	for (size_t i = s.other; i < s.other_to; i++)
		a->once[0][a->other[i]] = a->once[1][a->other[i]] = 0;
	for (size_t i = s.other; i < s.other_to; i++) {
		a->once[1][a->other[i]]++;
		a->place[1][a->other[i]] = i;
	}
	for (size_t i = s.from; i < s.to; i++)
		a->once[0][a->base[i]]++;
	for (size_t i = s.from; i < s.to; i++) {
		size_t id = a->base[i], at = a->place[1][id], low = 0, high = length;
		if (a->once[0][id] != 1 || a->once[1][id] != 1)
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (a->place[1][a->base[s.from + tails[middle]]] < at)
				low = middle + 1;
			else
				high = middle;
		}
		before[i - s.from] = low ? tails[low - 1] : NOWHERE;
		tails[low] = i - s.from;
		length += low == length;
	}
	size_t last = length ? tails[length - 1] : NOWHERE;
	for (size_t i = length; i-- > 0; last = before[last])
		anchors[i] = s.from + last;
	return length;
}

static void align_stretch(const struct aligning *a, struct line_stretch s, int splits)
{
	while (s.from < s.to && s.other < s.other_to && a->base[s.from] == a->other[s.other])
		a->to[s.from++] = s.other++;
	while (s.from < s.to && s.other < s.other_to &&
	       a->base[s.to - 1] == a->other[s.other_to - 1])
		a->to[--s.to] = --s.other_to;
	size_t n = s.to - s.from, m = s.other_to - s.other;
	if (n == 0 || m == 0)
		return;
	if (n <= MOST_PAIRS && m <= MOST_PAIRS / n) {
		align_few(a, s);
		return;
	}
	struct arena_mark mark = arena_mark(a->arena);
	size_t *anchors = ARENA_ARRAY(a->arena, size_t, n + 1);
	size_t count = splits ? find_anchors(a, s, anchors) : 0;
	/* The scratch of what is below is above this one's. */
	for (size_t i = 0; i < count; i++)
		a->to[anchors[i]] = a->place[1][a->base[anchors[i]]];
	struct line_stretch part = s;
	for (size_t i = 0; count && i <= count; i++) {
		part.to = i < count ? anchors[i] : s.to;
		part.other_to = i < count ? a->to[anchors[i]] : s.other_to;
		align_stretch(a, part, splits - 1);
		part.from = part.to + 1;
		part.other = part.other_to + 1;
	}
	arena_rewind(a->arena, mark);
}

void lines_align(size_t *to, const size_t *base, size_t count, const size_t *other,
		 size_t other_count, size_t ids, struct arena *arena)
{
	struct aligning a = {base, other, to, {NULL}, {NULL}, arena};
	struct line_stretch all = {0, count, 0, other_count};
	for (size_t i = 0; i < count; i++)
		to[i] = NOWHERE;
	for (int side = 0; side < 2; side++) {
		a.once[side] = ARENA_ARRAY(arena, size_t, ids + 1);
		a.place[side] = ARENA_ARRAY(arena, size_t, ids + 1);
	}
	align_stretch(&a, all, MOST_SPLITS);
}

static void align_lines(struct lines_merging *m, int version)
{
	const struct text_lines *base = &m->of[BASE], *other = &m->of[version];
	m->to[version] = ARENA_ARRAY(m->arena, size_t, base->count + 1);
	lines_align(m->to[version], base->ids, base->count, other->ids, other->count, m->ids,
		    m->arena);
}

/* ---- what is written ---- */

static void write_line(struct lines_merging *m, struct str line, struct str end)
{
	if (m->open)
		buf_addc(m->out, '\n');
	buf_add(m->out, line);
	buf_add(m->out, end);
	m->open = end.n == 0;
}

static void write_range(struct lines_merging *m, int version, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		write_line(m, m->of[version].items[i], m->of[version].ends[i]);
}

static bool is_both_kept(struct str line)
{
	return str_eq(str_trim(line), STR(MERGE_BOTH_KEPT));
}

/* Lines of a version, as one of those that are kept. */
struct version_lines {
	const struct text_lines *of;
	size_t from, to;
};

static int compare_versions(const void *a, const void *b)
{
	const struct version_lines *x = a, *y = b;
	for (size_t i = 0; x->from + i < x->to && y->from + i < y->to; i++) {
		int order = str_cmp(x->of->items[x->from + i], y->of->items[y->from + i]);
		if (order)
			return order;
	}
	size_t n = x->to - x->from, k = y->to - y->from;
	return (n > k) - (n < k);
}

static size_t split_versions(struct version_lines *out, const struct text_lines *of, size_t from,
			     size_t to)
{
	size_t count = 0;
	for (size_t i = from; i <= to; i++) {
		if (i < to && !is_both_kept(of->items[i]))
			continue;
		if (i > from)
			out[count++] = (struct version_lines){of, from, i};
		from = i + 1;
	}
	return count;
}

/* Whether each version of the first is one of the second, which are all sorted. */
static bool are_versions_of(struct version_lines *all, size_t count, const struct text_lines *first)
{
	for (size_t i = 0; i < count; i++) {
		bool before = i > 0 && compare_versions(&all[i - 1], &all[i]) == 0;
		bool after = i + 1 < count && compare_versions(&all[i], &all[i + 1]) == 0;
		if (all[i].of == first && !before && !after)
			return false;
	}
	return true;
}

static void write_both(struct lines_merging *m, const struct line_stretch *s)
{
	size_t most = s->to - s->from + s->other_to - s->other + 2;
	struct version_lines *all = ARENA_ARRAY(m->arena, struct version_lines, most);
	size_t count = split_versions(all, &m->of[OURS], s->from, s->to);
	count += split_versions(all + count, &m->of[THEIRS], s->other, s->other_to);
	qsort(all, count, sizeof(*all), compare_versions);
	if (are_versions_of(all, count, &m->of[THEIRS])) {
		write_range(m, OURS, s->from, s->to);
		return;
	}
	if (are_versions_of(all, count, &m->of[OURS])) {
		write_range(m, THEIRS, s->other, s->other_to);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (i && compare_versions(&all[i], &all[i - 1]) == 0)
			continue;
		if (i) {
			struct str line = STR(MERGE_BOTH_KEPT);
			if (m->indent.n)
				line = arena_printf(m->arena, "%.*s%.*s", STR_ARG(m->indent),
						    STR_ARG(line));
			write_line(m, line, STR("\n"));
		}
		for (size_t k = all[i].from; k < all[i].to; k++)
			write_line(m, all[i].of->items[k], all[i].of->ends[k]);
	}
}

static void write_union(struct lines_merging *m, const struct line_stretch *s)
{
	struct version_lines ours = {&m->of[OURS], s->from, s->to};
	struct version_lines theirs = {&m->of[THEIRS], s->other, s->other_to};
	bool swapped = compare_versions(&theirs, &ours) < 0;
	struct version_lines first = swapped ? theirs : ours, second = swapped ? ours : theirs;
	struct arena_mark mark = arena_mark(m->arena);
	bool *there[2];
	for (int k = 0; k < 2; k++) {
		const struct version_lines *v = k ? &second : &first;
		there[k] = ARENA_ARRAY(m->arena, bool, m->ids + 1);
		for (size_t i = v->from; i < v->to; i++)
			there[k][v->of->ids[i]] = true;
	}
	/* What holds all of the other is written as it is. */
	bool holds = true;
	for (size_t i = first.from; i < first.to; i++)
		holds = holds && there[1][first.of->ids[i]];
	for (size_t i = first.from; i < first.to && !holds; i++)
		write_line(m, first.of->items[i], first.of->ends[i]);
	for (size_t i = second.from; i < second.to; i++)
		if (holds || !there[0][second.of->ids[i]])
			write_line(m, second.of->items[i], second.of->ends[i]);
	arena_rewind(m->arena, mark);
}

static bool same_lines(const struct lines_merging *m, int a, size_t from, size_t to, int b,
		       size_t other, size_t other_to)
{
	if (to - from != other_to - other)
		return false;
	for (size_t i = from; i < to; i++)
		if (m->of[a].ids[i] != m->of[b].ids[other + i - from])
			return false;
	return true;
}

/* Whether a side's stretch holds only lines of the base. */
static bool only_takes_away(const struct lines_merging *m, int version, const size_t *at,
			    const size_t *to)
{
	size_t count = 0;
	for (size_t i = at[BASE]; i < to[BASE]; i++)
		count += m->to[version][i] != NOWHERE;
	return count == to[version] - at[version];
}

/* What one side added before or behind lines of the base that the other changed. */
static bool write_added(struct lines_merging *m, const size_t *at, const size_t *to)
{
	size_t n = to[BASE] - at[BASE];
	for (int v = OURS; n > 0 && m->clash == LINES_FAIL && v < VERSIONS; v++) {
		int other = v == OURS ? THEIRS : OURS;
		if (to[v] - at[v] <= n)
			continue;
		bool behind = same_lines(m, BASE, at[BASE], to[BASE], v, at[v], at[v] + n);
		if (!behind && !same_lines(m, BASE, at[BASE], to[BASE], v, to[v] - n, to[v]))
			continue;
		if (!behind)
			write_range(m, v, at[v], to[v] - n);
		write_range(m, other, at[other], to[other]);
		if (behind)
			write_range(m, v, at[v] + n, to[v]);
		return true;
	}
	return false;
}

static void write_clash(struct lines_merging *m, const struct line_stretch *s)
{
	m->clashes++;
	if (m->clash == LINES_UNION)
		write_union(m, s);
	else if (m->clash != LINES_FAIL)
		write_both(m, s);
}

static void merge_hunk(struct lines_merging *m, const size_t *at, const size_t *to);

/* What both have at the beginning and at the end, once, around what is left; false for none. */
static bool write_common(struct lines_merging *m, const size_t *at, const size_t *to)
{
	const size_t *ours = m->of[OURS].ids, *theirs = m->of[THEIRS].ids;
	size_t x = at[OURS], y = at[THEIRS], x_to = to[OURS], y_to = to[THEIRS];
	while (x < x_to && y < y_to && ours[x] == theirs[y])
		x++, y++;
	while (x < x_to && y < y_to && ours[x_to - 1] == theirs[y_to - 1])
		x_to--, y_to--;
	if (m->clash == LINES_WHOLE || m->clash == LINES_UNION ||
	    (x == at[OURS] && x_to == to[OURS]))
		return false;
	write_range(m, OURS, at[OURS], x);
	merge_hunk(m, (const size_t[]){at[BASE], x, y}, (const size_t[]){to[BASE], x_to, y_to});
	write_range(m, OURS, x_to, to[OURS]);
	return true;
}

/* A stretch between lines that all three have. at: where each is, to: where it ends. */
static void merge_hunk(struct lines_merging *m, const size_t *at, const size_t *to)
{
	struct line_stretch s = {at[OURS], to[OURS], at[THEIRS], to[THEIRS]};
	if (same_lines(m, BASE, at[BASE], to[BASE], OURS, s.from, s.to))
		write_range(m, THEIRS, s.other, s.other_to);
	else if (same_lines(m, BASE, at[BASE], to[BASE], THEIRS, s.other, s.other_to) ||
		 same_lines(m, OURS, s.from, s.to, THEIRS, s.other, s.other_to))
		write_range(m, OURS, s.from, s.to);
	else if (only_takes_away(m, OURS, at, to) && only_takes_away(m, THEIRS, at, to))
		return;
	else if (s.from == s.to)
		write_range(m, THEIRS, s.other, s.other_to);
	else if (s.other == s.other_to)
		write_range(m, OURS, s.from, s.to);
	else if (!write_common(m, at, to) && !write_added(m, at, to))
		write_clash(m, &s);
}

static void merge_all_lines(struct lines_merging *m)
{
	size_t at[VERSIONS] = {0, 0, 0}, to[VERSIONS];
	for (size_t i = 0; i <= m->of[BASE].count; i++) {
		bool end = i == m->of[BASE].count;
		if (!end && (m->to[OURS][i] == NOWHERE || m->to[THEIRS][i] == NOWHERE))
			continue;
		to[BASE] = i;
		to[OURS] = end ? m->of[OURS].count : m->to[OURS][i];
		to[THEIRS] = end ? m->of[THEIRS].count : m->to[THEIRS][i];
		merge_hunk(m, at, to);
		if (end)
			break;
		bool ours = str_eq(m->of[OURS].ends[to[OURS]], m->of[BASE].ends[i]);
		int from = ours ? THEIRS : OURS;
		write_line(m, m->of[from].items[to[from]], m->of[from].ends[to[from]]);
		for (int v = 0; v < VERSIONS; v++)
			at[v] = to[v] + 1;
	}
}

size_t lines_merge(struct buf *out, struct str base, struct str ours, struct str theirs,
		   enum lines_clash clash, struct str indent, struct arena *arena)
{
	struct lines_merging m = {
	    .clash = clash, .indent = indent, .out = out, .arena = arena, .begin = out->n};
	const struct str texts[] = {base, ours, theirs};
	for (int v = 0; v < VERSIONS; v++)
		m.of[v] = split_lines(texts[v], arena);
	number_lines(&m);
	align_lines(&m, OURS);
	align_lines(&m, THEIRS);
	merge_all_lines(&m);
	if (m.clashes && clash == LINES_FAIL)
		buf_cut(out, m.begin);
	/* A text has no line end at its end. */
	while (!m.open && out->n > m.begin &&
	       (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '\r'))
		buf_cut(out, out->n - 1);
	return m.clashes;
}

/* ---- what is said ---- */

/* Lines with words alone. */
static struct text_lines said_lines(struct str text, struct arena *arena)
{
	struct text_lines lines = split_lines(text, arena);
	size_t count = lines.count;
	lines.count = 0;
	for (size_t i = 0; i < count; i++) {
		struct str line = lines.items[i];
		line = str_trim(str_upto(line, str_find(line, STR(MERGE_BOTH_KEPT))));
		if (line.n)
			lines.items[lines.count++] = line;
	}
	return lines;
}

static size_t *times_of_lines(const struct lines_merging *m, int version)
{
	size_t *counts = ARENA_ARRAY(m->arena, size_t, m->ids + 1);
	for (size_t i = 0; i < m->of[version].count; i++)
		counts[m->of[version].ids[i]]++;
	return counts;
}

bool lines_repeat(struct str result, struct str more, struct str less, struct arena *arena)
{
	struct lines_merging m = {.arena = arena};
	enum { RESULT = BASE, MORE = OURS, LESS = THEIRS };
	const struct str texts[] = {result, more, less};
	for (int v = 0; v < VERSIONS; v++)
		m.of[v] = said_lines(texts[v], arena);
	if (m.of[RESULT].count <= m.of[MORE].count)
		return false;
	number_lines(&m);
	const size_t *is = times_of_lines(&m, RESULT), *has = times_of_lines(&m, MORE);
	const size_t *wants = times_of_lines(&m, LESS);
	for (size_t i = 0; i < m.ids; i++)
		if (is[i] < has[i] || (is[i] > has[i] && has[i] < wants[i]))
			return false;
	size_t at = 0;
	for (size_t i = 0; i < m.of[LESS].count; i++) {
		size_t id = m.of[LESS].ids[i];
		while (has[id] && at < m.of[MORE].count && m.of[MORE].ids[at] != id)
			at++;
		if (has[id] && at++ == m.of[MORE].count)
			return false;
	}
	return true;
}
