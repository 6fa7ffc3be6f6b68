#include "facts.h"

#include <stdlib.h>

#include "base/search.h"
#include "note/note.h"
#include "people/keys.h"

struct gathering {
	struct merge_facts *facts;
	size_t cap;
	struct arena *arena;
	struct str image;
	bool kept; /* below `merged` */
};

static void gather_fact(struct gathering *g, struct str where, struct str text)
{
	struct merge_facts *facts = g->facts;
	if (text.n == 0)
		return;
	if (facts->count == g->cap) {
		size_t cap = g->cap ? 2 * g->cap : 64;
		struct merge_fact *more = ARENA_ARRAY(g->arena, struct merge_fact, cap);
		for (size_t i = 0; i < facts->count; i++)
			more[i] = facts->items[i];
		facts->items = more;
		g->cap = cap;
	}
	facts->items[facts->count++] = (struct merge_fact){where, text};
}

/* ---- The front matter ---- */

/* The key's own name for its synonyms; else its letters without case and what parts words. */
static struct str plain_key(struct str key, struct arena *arena)
{
	struct buf plain;
	int rank;
	enum key known = key_find(key, &rank);
	if (known != KEY_UNKNOWN)
		return key_name(known);
	buf_init(&plain, 0);
	for (size_t i = 0; i < key.n; i++)
		if (str_find_char(STR("-_ "), key.p[i]) == 3)
			buf_addc(&plain, str_lower(key.p[i]));
	return arena_take(arena, &plain);
}

/* `phone.mobile`, of which the first part is a key of the top. */
static struct str plain_path(struct str path, struct arena *arena)
{
	size_t dot = str_find_char(path, '.');
	return arena_printf(arena, "=%.*s%.*s", STR_ARG(plain_key(str_upto(path, dot), arena)),
			    STR_ARG(str_from(path, dot)));
}

/* An unquoted [[x]], which YAML reads as a list in a list. */
static const struct yaml_node *link_in(const struct yaml_node *node)
{
	for (int i = 0; i < 2; i++) {
		if (node->kind != YAML_LIST || node->style != YAML_FLOW || node->count != 1)
			return NULL;
		node = node->first;
	}
	return node->kind == YAML_SCALAR ? node : NULL;
}

/* One text may be several tags. */
static void gather_text(struct gathering *g, struct str where, struct str text)
{
	while (str_eq(where, STR("=tags")) && text.n) {
		size_t comma = str_find_char(text, ',');
		gather_fact(g, where, str_trim(str_upto(text, comma)));
		text = str_ltrim(str_from(text, comma + 1));
	}
	gather_fact(g, where, text);
}

/* Calls itself: the reader ends nesting at 64. */
static void gather_values(struct gathering *g, struct str path, const struct yaml_node *node)
{
	const struct yaml_node *link = link_in(node);
	if (link) {
		gather_fact(g, plain_path(path, g->arena),
			    arena_printf(g->arena, "[[%.*s]]", STR_ARG(link->value)));
	} else if (node->kind == YAML_SCALAR && g->kept &&
		   str_find_char(STR("[{"), str_at(node->value, 0)) < 2) {
		/* Another shape than a text is kept as it is written. */
		struct reporter reporter = reporter_quiet(node->value);
		const struct yaml_node *in =
		    yaml_read(node->value, (struct span){0, node->value.n}, g->arena, &reporter);
		g->kept = false;
		gather_values(g, path, in && !reporter.told ? in : node);
		g->kept = true;
	} else if (node->kind == YAML_SCALAR) {
		if (!yaml_is_null(node))
			gather_text(g, plain_path(path, g->arena), str_trim(node->value));
		g->facts->odd |= node->value.n && str_is_space_char(node->value.p[0]);
	} else if (node->kind == YAML_LIST) {
		for (const struct yaml_node *item = node->first; item; item = item->next)
			gather_values(g, path, item);
	} else {
		for (const struct yaml_node *at = node->first; at && at->next; at = at->next->next)
			gather_values(g,
				      path.n ? arena_printf(g->arena, "%.*s.%.*s", STR_ARG(path),
							    STR_ARG(at->value))
					     : arena_str(g->arena, at->value),
				      at->next);
	}
}

/* Whether a key stands there twice, or marks of a document or a byte-order mark inside. */
static bool is_crowded(struct str image, const struct yaml_node *map)
{
	for (const struct yaml_node *a = map->first; a; a = a->next->next)
		for (const struct yaml_node *b = a->next->next; b; b = b->next->next)
			if (key_compare(str_trim(a->value), str_trim(b->value)) == 0)
				return true;
	return map->style == YAML_FLOW || str_find(image, STR("\n...")) < image.n ||
	       str_find(str_from(image, 1), STR("\xEF\xBB\xBF")) + 1 < image.n;
}

static bool begins_line(struct str image, size_t at)
{
	return str_begins_line(image, at) || (at == 3 && str_starts(image, STR("\xEF\xBB\xBF")));
}

/* Marks the bytes that are a value's or a key's. Calls itself: the reader ends nesting at 64. */
static void mark_values(bool *is_value, const struct yaml_node *node)
{
	for (size_t i = node->span.from; node->kind == YAML_SCALAR && i < node->span.to; i++)
		is_value[i] = true;
	for (const struct yaml_node *n = node->first; n; n = n->next)
		mark_values(is_value, n);
}

/* Of `# a # b` also the second: two that stood behind one value are behind one another. */
static void gather_comments(struct gathering *g, const struct yaml_node *map, size_t from,
			    size_t to)
{
	bool *is_value = ARENA_ARRAY(g->arena, bool, g->image.n + 1);
	if (map)
		mark_values(is_value, map);
	for (size_t i = from; i < to; i++) {
		struct str line = str_slice(g->image, i, to);
		if (g->image.p[i] != '#' || is_value[i] ||
		    (i > from && !str_is_space_char(g->image.p[i - 1])))
			continue;
		line = str_upto(line, str_line(line));
		size_t next = str_find(line, STR(" #"));
		gather_fact(g, STR("comment"), str_trim(str_upto(line, next)));
	}
}

/* What stands under `merged` counts as if it stood under the keys that are named there. */
static void gather_front(struct gathering *g, const struct yaml_node *map)
{
	if (!map || map->kind != YAML_MAP)
		return;
	g->facts->crowded = is_crowded(g->image, map);
	for (const struct yaml_node *at = map->first; at && at->next; at = at->next->next) {
		struct str key = plain_key(at->value, g->arena);
		g->facts->crowded |= !begins_line(g->image, at->span.from);
		bool merged = str_eq(key, STR("merged"));
		g->kept = merged && at->next->kind == YAML_MAP;
		g->facts->odd |= merged && !g->kept;
		gather_values(g, g->kept ? STR("") : at->value, at->next);
		g->kept = false;
	}
}

/* ---- The body ---- */

enum line_is { LINE_TEXT, LINE_ITEM, LINE_TASK };

/* A line without what indents it, its bullet and a task's mark. */
static struct str bare_line(struct str line, enum line_is *is)
{
	size_t both = str_find(line, STR(MERGE_BOTH_KEPT));
	line = str_trim(str_upto(line, both));
	size_t digits = str_digits(line), n = 0;
	if (digits && digits < 10 && (str_at(line, digits) == '.' || str_at(line, digits) == ')'))
		n = digits + 1;
	else if (line.n && str_find_char(STR("-*+"), line.p[0]) < 3)
		n = 1;
	*is = LINE_TEXT;
	if (n == line.n)
		return STR("");
	if (n == 0 || !str_is_blank_char(line.p[n]))
		return line;
	line = str_trim(str_from(line, n));
	*is = LINE_ITEM;
	if (line.n < 4 || line.p[0] != '[' || line.p[2] != ']' || !str_is_blank_char(line.p[3]))
		return line;
	*is = LINE_TASK;
	return str_trim(str_from(line, 4));
}

/* The length of a task's field at the very start: `(due:: 2026-11-30)`, `📅 2026-11-30`, `#tag`,
 * `^id`; or 0. */
static size_t field_length(struct str s)
{
	static const char *const signs[] = {"📅 ", "➕ ", "✅ ", "due:", "done:"};
	if (s.n && (s.p[0] == '(' || s.p[0] == '[')) {
		size_t end = str_find_char(s, s.p[0] == '(' ? ')' : ']');
		return end < s.n && str_find(str_upto(s, end), STR("::")) < end ? end + 1 : 0;
	}
	if (s.n > 1 && (s.p[0] == '#' || s.p[0] == '^') && s.p[1] != ' ')
		return str_find_char(s, ' ');
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_starts(s, str_of(signs[i])))
			return str_of(signs[i]).n +
			       str_find_char(str_from(s, str_of(signs[i]).n), ' ');
	return 0;
}

/* What stands behind the ^id of a review's item is the person's. */
static void gather_task(struct gathering *g, enum merge_kind kind, struct str line)
{
	struct buf text;
	struct str fields[32];
	size_t count = 0;
	buf_init(&text, 0);
	size_t id = kind == MERGE_REVIEW ? str_find(line, STR(" ^")) + 1 : line.n;
	if (id < line.n) {
		struct str rest = str_from(line, id);
		while (rest.n && rest.p[0] == '^')
			rest = str_ltrim(str_from(rest, str_find_char(rest, ' ')));
		gather_fact(g, STR("line"), rest);
		line = str_upto(line, line.n - rest.n);
	}
	for (size_t at = 0, n; at < line.n; at += n) {
		struct str rest = str_from(line, at);
		bool begins = at == 0 || str_is_blank_char(line.p[at - 1]);
		n = begins && count < ARRAY_LEN(fields) ? field_length(rest) : 0;
		if (n) {
			fields[count++] = str_upto(rest, n);
		} else {
			n = 1;
			if (!str_is_space_char(rest.p[0]) ||
			    (text.n && !str_is_space_char(text.p[text.n - 1])))
				buf_addc(&text, rest.p[0]);
		}
	}
	struct str bare = str_rtrim(arena_take(g->arena, &text));
	gather_fact(g, STR("task"), bare);
	for (size_t i = 0; i < count; i++) {
		gather_fact(g, STR("field"), fields[i]);
		gather_fact(g, arena_printf(g->arena, "field of %.*s", STR_ARG(bare)), fields[i]);
	}
}

static bool in_italics(struct str line)
{
	return line.n > 2 && (line.p[0] == '*' || line.p[0] == '_') && line.p[1] != line.p[0] &&
	       line.p[line.n - 1] == line.p[0];
}

static void gather_lines(struct gathering *g, enum merge_kind kind, struct str body)
{
	while (body.n) {
		enum line_is is;
		struct str line = bare_line(str_upto(body, str_line(body)), &is);
		body = str_from(body, str_full_line(body));
		if (kind == MERGE_REVIEW && in_italics(line))
			gather_fact(g, STR("kith"), line);
		else if (is == LINE_TASK)
			gather_task(g, kind, line);
		else
			gather_fact(g, is == LINE_ITEM ? STR("item") : STR("line"), line);
	}
}

/* ---- All of it ---- */

int merge_fact_order(const void *a, const void *b)
{
	const struct merge_fact *x = a, *y = b;
	int order = str_cmp(x->where, y->where);
	return order ? order : str_cmp(x->text, y->text);
}

void merge_facts_read(struct merge_facts *out, enum merge_kind kind, struct str image,
		      struct arena *arena)
{
	struct gathering g = {.facts = out, .arena = arena, .image = image};
	struct reporter reporter = reporter_quiet(image);
	struct note note;
	bool marked = str_starts(image, STR("\xEF\xBB\xBF"));
	*out = (struct merge_facts){0};
	if (!image.p)
		return;
	if (kind == MERGE_SETTINGS) {
		struct span all = {marked ? 3 : 0, image.n};
		const struct yaml_node *map = yaml_read(image, all, arena, &reporter);
		gather_front(&g, map);
		gather_comments(&g, map, all.from, all.to);
	} else {
		(void)note_read(&note, &note_reader_libs, arena, &reporter);
		gather_front(&g, note.map);
		gather_comments(&g, note.map, note.front.from, note.front.to);
		out->crowded |= !note.map && note.front.to > note.front.from;
		gather_lines(&g, kind, str_from(image, marked && note.body == 0 ? 3 : note.body));
	}
	out->broken = reporter.told || note_conflict(image) < image.n;
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), merge_fact_order);
}

size_t merge_facts_count(const struct merge_facts *facts, struct str where, struct str text)
{
	struct merge_fact fact = {where, text};
	size_t at, count = 0;
	LOWER_BOUND(at, facts->count, merge_fact_order(&facts->items[at], &fact) < 0);
	while (at + count < facts->count && merge_fact_order(&facts->items[at + count], &fact) == 0)
		count++;
	return count;
}
