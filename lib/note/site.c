/*
 * The parser's marks need care: the end of a list or map over lines lies past
 * the comments after it, that of a block scalar past the blank lines; an empty
 * value has no width and stands behind its `:`.
 */
#include "note/site.h"

#include <stdint.h>

#include "note/scalar.h"

/* The value of an item of a list or map. */
static struct yaml_node *value_of_item(const struct yaml_node *parent, struct yaml_node *item)
{
	return parent->kind == YAML_MAP ? item->next : item;
}

/* ---- on the bytes ---- */

static size_t start_of_line(const struct front *f, size_t at)
{
	return at > f->note.front.from ? str_line_start(f->image, at) : at;
}

/* The start of the next line. */
static size_t line_after(const struct front *f, size_t at)
{
	return at + str_full_line(str_slice(f->image, at, f->note.front.to));
}

/* The end of the line's text. */
static size_t text_end_of_line(const struct front *f, size_t at)
{
	return at + str_line(str_slice(f->image, at, f->note.front.to));
}

static bool is_blank(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!str_is_blank_char(text.p[i]))
			return false;
	return true;
}

/* Whether nothing but a comment stands there. */
static bool is_rest_of_line(struct str text)
{
	text = str_ltrim_blanks(text);
	return text.n == 0 || text.p[0] == '#';
}

static struct str bytes_of(const struct front *f, size_t from, size_t to)
{
	return span_str(f->image, (struct span){from, to});
}

/* An anchor, alias or tag stands before the node, within its span. */
static bool has_property(const struct front *f, const struct yaml_node *node)
{
	struct str raw = span_str(f->image, node->span);
	return raw.n && (raw.p[0] == '&' || raw.p[0] == '*' || raw.p[0] == '!');
}

/* Nesting ends at the reader's limit. */
static const struct yaml_node *find_property(const struct front *f, const struct yaml_node *node)
{
	const struct yaml_node *found = has_property(f, node) ? node : NULL;
	for (const struct yaml_node *n = node->first; n && !found; n = n->next)
		found = find_property(f, n);
	return found;
}

static int refuse_property(struct front *f, const struct yaml_node *node)
{
	return span_fail(f->err, KITH_FAILED, f->image, node->span.from,
			 "an anchor, alias or tag (&x, *x, !x) is in the way; write the value out "
			 "first");
}

static bool is_block_scalar(const struct yaml_node *node)
{
	return node->style == YAML_LITERAL || node->style == YAML_FOLDED;
}

/* `|+`, where the blank lines after the text belong to it. */
static bool keeps_blank_lines(const struct front *f, const struct yaml_node *node)
{
	struct str raw = span_str(f->image, node->span);
	return str_at(raw, 1 + str_digits(str_from(raw, 1))) == '+';
}

/* The end of a node's last line with anything on it, or of the node itself. */
static size_t end_of(const struct front *f, const struct yaml_node *node)
{
	while (node->kind != YAML_SCALAR && node->style == YAML_BLOCK && node->first)
		for (node = node->first; node->next;)
			node = node->next;
	size_t end = node->span.to;
	if (!is_block_scalar(node))
		return end;
	if (keeps_blank_lines(f, node)) {
		end -= end > node->span.from && f->image.p[end - 1] == '\n';
		return end - (end > node->span.from && f->image.p[end - 1] == '\r');
	}
	while (end > node->span.from && str_is_space_char(f->image.p[end - 1]))
		end--;
	return text_end_of_line(f, end);
}

/* In brackets, an empty value may stand before its key's end. */
static size_t item_end(const struct front *f, const struct yaml_node *parent,
		       const struct yaml_node *item)
{
	size_t end = end_of(f, item);
	if (parent->kind == YAML_MAP && end_of(f, item->next) > end)
		end = end_of(f, item->next);
	return end;
}

static struct yaml_node *next_of(const struct yaml_node *parent, struct yaml_node *item)
{
	return value_of_item(parent, item)->next;
}

static struct yaml_node *last_of(const struct yaml_node *parent)
{
	struct yaml_node *item = parent->first;
	while (item && next_of(parent, item))
		item = next_of(parent, item);
	return item;
}

/* Nodes as they stand in brackets, separated by commas. */
static void write_flow(struct buf *out, const struct yaml_node *node, bool flow);

static void write_items(struct buf *out, const struct yaml_node *first, bool map)
{
	for (const struct yaml_node *n = first; n; n = n->next) {
		buf_addz(out, n == first ? "" : ", ");
		write_flow(out, n, true);
		if (!map)
			continue;
		buf_addz(out, ": ");
		n = n->next;
		write_flow(out, n, true);
	}
}

/* Recursion ends at what an edit makes: a list in a list. */
static void write_flow(struct buf *out, const struct yaml_node *node, bool flow)
{
	bool map = node->kind == YAML_MAP;
	if (node->kind == YAML_SCALAR) {
		scalar_write(out, node->value, node->style, flow);
		return;
	}
	buf_addc(out, map ? '{' : '[');
	write_items(out, node->first, map);
	buf_addc(out, map ? '}' : ']');
}

/* Where the lines of a list or map stand, and how. */
struct lines {
	struct str indent, gap; /* gap: between `-` and an item */
	struct str eol;
	bool map;
};

static struct str deeper(const struct front *f, struct str indent)
{
	return arena_printf(f->arena, "%.*s  ", STR_ARG(indent));
}

/* A line for each item, with an end to each. */
static void write_lines(struct buf *out, const struct front *f, const struct lines *lines,
			const struct yaml_node *first)
{
	for (const struct yaml_node *n = first; n; n = n->next) {
		buf_add(out, lines->indent);
		if (lines->map) {
			scalar_write(out, n->value, n->style, false);
			n = n->next;
		} else {
			buf_addc(out, '-');
			buf_add(out, lines->gap);
		}
		bool below = n->kind != YAML_SCALAR && n->style == YAML_BLOCK;
		buf_addz(out, !lines->map ? "" : below ? ":" : ": ");
		if (!below) {
			write_flow(out, n, false);
			buf_add(out, lines->eol);
			continue;
		}
		buf_add(out, lines->eol);
		/* Only the front matter's own values stand over lines when they are new. */
		struct lines inner = {deeper(f, lines->indent), STR(" "), lines->eol,
				      n->kind == YAML_MAP};
		write_lines(out, f, &inner, n->first);
	}
}

static int begins_no_line(struct front *f, size_t at)
{
	return span_fail(f->err, KITH_FAILED, f->image, at,
			 "what is to be changed does not begin its line; edit it by hand");
}

/* How the items of a list or map over lines are written; a list's span begins at its first `-`. */
static int read_style_of_lines(struct lines *lines, struct front *f, const struct yaml_node *parent)
{
	size_t at = parent->span.from, first = parent->first->span.from;
	*lines = (struct lines){.indent = bytes_of(f, start_of_line(f, at), at),
				.gap = STR(" "),
				.eol = splice_line_end(f->image, line_after(f, at)),
				.map = parent->kind == YAML_MAP};
	if (!is_blank(lines->indent))
		return begins_no_line(f, at);
	struct str gap = bytes_of(f, at + 1, first);
	if (!lines->map && gap.n && is_blank(gap))
		lines->gap = gap;
	return 0;
}

static void add_splice(struct site_plan *plan, size_t from, size_t to, struct str bytes)
{
	plan->splices[plan->count++] = (struct splice){{from, to}, bytes};
}

/* A first key: at the end of empty front matter, or in one that is made. */
static void plan_first(struct site_plan *plan, struct front *f, const struct yaml_node *want)
{
	struct buf bytes;
	size_t at = f->note.has_front ? f->note.front.to : f->note.body;
	struct lines lines = {STR(""), STR(" "), splice_line_end(f->image, at), true};
	struct str fence =
	    f->note.has_front ? STR("") : arena_printf(f->arena, "---%.*s", STR_ARG(lines.eol));
	buf_init(&bytes, 0);
	buf_add(&bytes, fence);
	write_lines(&bytes, f, &lines, want);
	buf_add(&bytes, fence);
	add_splice(plan, at, at, arena_take(f->arena, &bytes));
}

static int plan_add_lines(struct site_plan *plan, struct front *f, const struct site *site)
{
	struct lines lines;
	struct buf bytes;
	size_t at = line_after(f, item_end(f, site->parent, last_of(site->parent)));
	if (read_style_of_lines(&lines, f, site->parent))
		return -1;
	buf_init(&bytes, 0);
	lines.eol = splice_line_end(f->image, at);
	write_lines(&bytes, f, &lines, site->want);
	add_splice(plan, at, at, arena_take(f->arena, &bytes));
	return 0;
}

/* In brackets whose items have a line each: where the last one's line goes on after it, if so. */
static bool has_own_line(const struct front *f, const struct yaml_node *parent,
			 const struct yaml_node *item, size_t *comma)
{
	size_t end = item_end(f, parent, item), line = text_end_of_line(f, end);
	*comma = end;
	while (*comma < line && str_is_blank_char(f->image.p[*comma]))
		++*comma;
	bool has_comma = *comma < line && f->image.p[*comma] == ',';
	size_t rest = has_comma ? *comma + 1 : end;
	*comma = has_comma ? *comma : SIZE_MAX;
	return is_blank(bytes_of(f, start_of_line(f, item->span.from), item->span.from)) &&
	       line < parent->span.to && is_rest_of_line(bytes_of(f, rest, line));
}

/* Another line for a new item, and a comma after the last one where it has none. */
static void plan_add_row(struct site_plan *plan, struct front *f, const struct site *site,
			 struct yaml_node *last, size_t comma)
{
	struct buf bytes;
	size_t end = item_end(f, site->parent, last), at = line_after(f, end);
	if (comma == SIZE_MAX)
		add_splice(plan, end, end, STR(","));
	buf_init(&bytes, 0);
	buf_add(&bytes, bytes_of(f, start_of_line(f, last->span.from), last->span.from));
	write_items(&bytes, site->want, site->parent->kind == YAML_MAP);
	buf_addz(&bytes, comma == SIZE_MAX ? "" : ",");
	buf_add(&bytes, splice_line_end(f->image, at));
	add_splice(plan, at, at, arena_take(f->arena, &bytes));
}

static void plan_add_flow(struct site_plan *plan, struct front *f, const struct site *site)
{
	struct yaml_node *last = last_of(site->parent);
	struct buf bytes;
	size_t at = site->parent->span.from + 1, comma;
	if (last && has_own_line(f, site->parent, last, &comma)) {
		plan_add_row(plan, f, site, last, comma);
		return;
	}
	if (last)
		at = item_end(f, site->parent, last);
	buf_init(&bytes, 0);
	buf_addz(&bytes, last ? ", " : "");
	write_items(&bytes, site->want, site->parent->kind == YAML_MAP);
	add_splice(plan, at, at, arena_take(f->arena, &bytes));
}

static int plan_add(struct site_plan *plan, struct front *f, const struct site *site)
{
	if (!site->parent) {
		plan_first(plan, f, site->want);
		return 0;
	}
	if (has_property(f, site->parent))
		return refuse_property(f, site->parent);
	if (!site->flow)
		return plan_add_lines(plan, f, site);
	plan_add_flow(plan, f, site);
	return 0;
}

/* The start of the line that an item of a list or map over lines begins; SIZE_MAX for none. */
static size_t item_line(const struct front *f, const struct yaml_node *parent,
			const struct yaml_node *item)
{
	size_t at = item->span.from;
	if (parent->kind == YAML_LIST) {
		while (at > f->note.front.from && str_is_space_char(f->image.p[at - 1]))
			at--;
		if (at == f->note.front.from || f->image.p[at - 1] != '-')
			return SIZE_MAX;
		at--;
	}
	size_t line = start_of_line(f, at);
	return is_blank(bytes_of(f, line, at)) ? line : SIZE_MAX;
}

static int plan_remove_lines(struct site_plan *plan, struct front *f, const struct site *site)
{
	size_t from = item_line(f, site->parent, site->item);
	if (from == SIZE_MAX)
		return begins_no_line(f, site->item->span.from);
	add_splice(plan, from, line_after(f, item_end(f, site->parent, site->item)), STR(""));
	return 0;
}

/* Between two items: what stands before the line's end may be about the first. */
static bool has_comment(const struct front *f, size_t from, size_t to)
{
	return str_find_char(bytes_of(f, from, to), '#') < to - from;
}

/* With a comma beside it; alone on its lines, with its lines. */
static void plan_remove_flow(struct site_plan *plan, struct front *f, const struct site *site)
{
	struct yaml_node *parent = site->parent, *item = site->item, *before = parent->first;
	struct yaml_node *next = next_of(parent, item);
	size_t comma, end = item_end(f, parent, item), from = item->span.from;
	if (has_own_line(f, parent, item, &comma) && (!next || comma != SIZE_MAX)) {
		add_splice(plan, start_of_line(f, from), line_after(f, end), STR(""));
		return;
	}
	while (item != parent->first && next_of(parent, before) != item)
		before = next_of(parent, before);
	if (next)
		end = next->span.from;
	else if (item != parent->first && !has_comment(f, item_end(f, parent, before), from))
		from = item_end(f, parent, before);
	add_splice(plan, from, end, STR(""));
}

static int plan_remove(struct site_plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *value = value_of_item(site->parent, site->item);
	const struct yaml_node *property = find_property(f, site->item);
	if (!property)
		property = find_property(f, value);
	if (property)
		return refuse_property(f, property);
	if (!site->flow)
		return plan_remove_lines(plan, f, site);
	plan_remove_flow(plan, f, site);
	return 0;
}

/* Lines of a list or map take the place of its like's. */
static int plan_other_lines(struct site_plan *plan, struct front *f, const struct yaml_node *old,
			    const struct yaml_node *want)
{
	struct lines lines;
	struct buf bytes;
	size_t from = item_line(f, old, old->first);
	if (from == SIZE_MAX)
		return begins_no_line(f, old->span.from);
	if (read_style_of_lines(&lines, f, old))
		return -1;
	buf_init(&bytes, 0);
	write_lines(&bytes, f, &lines, want->first);
	add_splice(plan, from, line_after(f, end_of(f, old)), arena_take(f->arena, &bytes));
	return 0;
}

/* The offset after the `:` that ends a key. */
static size_t after_colon(const struct front *f, const struct yaml_node *key)
{
	size_t at = key->span.to;
	while (at < f->note.front.to && str_is_blank_char(f->image.p[at]))
		at++;
	return at < f->note.front.to && f->image.p[at] == ':' ? at + 1 : SIZE_MAX;
}

/* A form on the key's line takes the place of the lines below it. */
static int plan_for_lines(struct site_plan *plan, struct front *f, const struct site *site,
			  const struct yaml_node *old, struct str form)
{
	size_t at = site->parent->kind == YAML_MAP ? after_colon(f, site->item) : SIZE_MAX;
	if (at == SIZE_MAX || line_after(f, at) > start_of_line(f, old->span.from))
		return begins_no_line(f, old->span.from);
	add_splice(plan, at, at, arena_printf(f->arena, " %.*s", STR_ARG(form)));
	add_splice(plan, line_after(f, at), line_after(f, end_of(f, old)), STR(""));
	return 0;
}

/* For `| # why` the comment stays, and what stands below goes. */
static void plan_for_block_scalar(struct site_plan *plan, struct front *f,
				  const struct yaml_node *old, struct str form)
{
	size_t end = end_of(f, old), line = text_end_of_line(f, old->span.from);
	size_t mark = old->span.from + 1;
	while (mark < line && !str_is_blank_char(f->image.p[mark]))
		mark++;
	add_splice(plan, old->span.from, mark, form);
	if (line < end)
		add_splice(plan, line, end, STR(""));
}

/* After `key:`, which may have blanks after it in brackets, or no colon at all. */
static void plan_for_nothing(struct site_plan *plan, struct front *f, size_t at, struct str form)
{
	size_t colon = at;
	while (colon > f->note.front.from && str_is_space_char(f->image.p[colon - 1]))
		colon--;
	bool has_colon = colon > f->note.front.from && f->image.p[colon - 1] == ':';
	bool blank = has_colon && at == colon + 1 && f->image.p[colon] == ' ';
	if (!blank)
		at = colon;
	add_splice(plan, at, at,
		   arena_printf(f->arena, "%s%.*s",
				blank       ? ""
				: has_colon ? " "
					    : ": ",
				STR_ARG(form)));
}

/* A form on one line takes a value's place, whatever that is. */
static int plan_form(struct site_plan *plan, struct front *f, const struct site *site,
		     struct str form)
{
	const struct yaml_node *old = value_of_item(site->parent, site->item);
	if (old->kind != YAML_SCALAR && old->style == YAML_BLOCK)
		return plan_for_lines(plan, f, site, old, form);
	if (is_block_scalar(old))
		plan_for_block_scalar(plan, f, old, form);
	else if (old->span.from == old->span.to)
		plan_for_nothing(plan, f, old->span.from, form);
	else
		add_splice(plan, old->span.from, old->span.to, form);
	return 0;
}

/* `[ a, b ]` keeps its blanks. */
static struct str pad_like(const struct front *f, const struct yaml_node *old,
			   const struct yaml_node *want, struct str form)
{
	struct str raw = span_str(f->image, old->span);
	bool padded =
	    raw.n > 4 && raw.p[1] == ' ' && raw.p[raw.n - 2] == ' ' && str_line(raw) == raw.n;
	if (old->kind != want->kind || old->style != YAML_FLOW || !padded || form.n < 3)
		return form;
	return arena_printf(f->arena, "%c %.*s %c", form.p[0],
			    STR_ARG(str_slice(form, 1, form.n - 1)), form.p[form.n - 1]);
}

/* A new map over lines, below a key that has nothing. */
static void plan_lines_below(struct site_plan *plan, struct front *f, const struct site *site,
			     struct str indent)
{
	size_t at = text_end_of_line(f, site->item->next->span.from);
	struct buf bytes;
	struct lines lines = {.indent = deeper(f, indent),
			      .gap = STR(" "),
			      .eol = splice_line_end(f->image, line_after(f, at)),
			      .map = site->want->kind == YAML_MAP};
	buf_init(&bytes, 0);
	buf_add(&bytes, lines.eol);
	write_lines(&bytes, f, &lines, site->want->first);
	buf_cut(&bytes, bytes.n - lines.eol.n);
	add_splice(plan, at, at, arena_take(f->arena, &bytes));
}

static int plan_replace(struct site_plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *old = value_of_item(site->parent, site->item), *want = site->want;
	const struct yaml_node *property = find_property(f, old);
	struct buf form;
	struct lines lines;
	if (property)
		return refuse_property(f, property);
	bool lists = old->kind != YAML_SCALAR && old->kind == want->kind;
	if (lists && old->style == YAML_BLOCK && !site->flow)
		return plan_other_lines(plan, f, old, want);
	bool below = want->kind != YAML_SCALAR && want->style == YAML_BLOCK &&
		     old->span.from == old->span.to && site->parent->kind == YAML_MAP;
	if (below && !site->flow && read_style_of_lines(&lines, f, site->parent) == 0) {
		plan_lines_below(plan, f, site, lines.indent);
		return 0;
	}
	buf_init(&form, 0);
	write_flow(&form, want, site->flow);
	return plan_form(plan, f, site, pad_like(f, old, want, arena_take(f->arena, &form)));
}

/* The text's own bytes are kept, where they can stand in brackets. */
static int plan_wrap(struct site_plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *old = value_of_item(site->parent, site->item);
	const struct yaml_node *property = find_property(f, old);
	struct buf form;
	if (property)
		return refuse_property(f, property);
	bool keeps = old->kind == YAML_LIST || old->style == YAML_SINGLE ||
		     old->style == YAML_DOUBLE ||
		     (old->style == YAML_PLAIN && scalar_fits_plain(old->value, true));
	buf_init(&form, 0);
	buf_addc(&form, '[');
	if (keeps)
		buf_add(&form, span_str(f->image, old->span));
	else
		scalar_write(&form, old->value, YAML_PLAIN, true);
	buf_addz(&form, ", ");
	write_items(&form, site->want, false);
	buf_addc(&form, ']');
	return plan_form(plan, f, site, arena_take(f->arena, &form));
}

int site_plan(struct site_plan *plan, struct front *f, const struct site *site)
{
	plan->count = 0;
	switch (site->kind) {
	case SITE_REPLACE:
		return plan_replace(plan, f, site);
	case SITE_ADD:
		return plan_add(plan, f, site);
	case SITE_REMOVE:
		return plan_remove(plan, f, site);
	case SITE_WRAP:
		return plan_wrap(plan, f, site);
	}
	return -1;
}

/* ---- on the tree ---- */

static struct yaml_node **last_link(struct yaml_node **at)
{
	while (*at)
		at = &(*at)->next;
	return at;
}

/* The pointer that points to an item, or to its value where parent is a map. */
static struct yaml_node **link_to(const struct site *site, bool value)
{
	struct yaml_node **at = &site->parent->first;
	while (*at != site->item)
		at = &(*at)->next;
	return value && site->parent->kind == YAML_MAP ? &(*at)->next : at;
}

static void put_in_place(struct yaml_node **at, struct yaml_node *want)
{
	want->next = (*at)->next;
	*at = want;
}

static void add_nodes(struct front *f, const struct site *site)
{
	struct yaml_node *map = site->parent;
	if (!map) {
		map = f->map = ARENA_NEW(f->arena, struct yaml_node);
		map->kind = YAML_MAP;
	}
	size_t count = 0;
	for (const struct yaml_node *n = site->want; n; n = n->next)
		count++;
	*last_link(&map->first) = site->want;
	map->count += map->kind == YAML_MAP ? count / 2 : count;
}

static void wrap_in_list(struct front *f, struct yaml_node **at, struct yaml_node *more)
{
	struct yaml_node *list = ARENA_NEW(f->arena, struct yaml_node);
	list->kind = YAML_LIST;
	list->first = arena_copy(f->arena, *at, 1, sizeof(**at));
	list->first->next = more;
	for (const struct yaml_node *n = list->first; n; n = n->next)
		list->count++;
	put_in_place(at, list);
}

static void take_node_out(const struct site *site)
{
	struct yaml_node **at = link_to(site, false);
	*at = value_of_item(site->parent, *at)->next;
	site->parent->count--;
}

void site_apply(struct front *f, const struct site *site)
{
	switch (site->kind) {
	case SITE_REPLACE:
		put_in_place(link_to(site, true), site->want);
		break;
	case SITE_ADD:
		add_nodes(f, site);
		break;
	case SITE_REMOVE:
		take_node_out(site);
		break;
	case SITE_WRAP:
		wrap_in_list(f, link_to(site, true), site->want);
		break;
	}
}

/* Nesting ends at the reader's limit, and so does recursion. */
static bool same_nodes(const struct yaml_node *a, const struct yaml_node *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind == YAML_SCALAR)
		return str_eq(a->value, b->value) && yaml_is_null(a) == yaml_is_null(b);
	const struct yaml_node *x = a->first, *y = b->first;
	for (; x && y; x = x->next, y = y->next)
		if (!same_nodes(x, y))
			return false;
	return !x && !y;
}

bool site_same(const struct yaml_node *a, const struct yaml_node *b)
{
	if (!a || !b)
		return (!a || a->count == 0) && (!b || b->count == 0);
	return same_nodes(a, b);
}
