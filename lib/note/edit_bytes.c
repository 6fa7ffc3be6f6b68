/*
 * A change made on the bytes. The parser's marks need care: the end of a list
 * or map over lines lies past the comments after it, that of a block scalar
 * past the blank lines; an empty value has no width and stands behind its `:`.
 */
#include "note/edit_front.h"

static size_t line_start(const struct front *f, size_t at)
{
	while (at > f->note.front.from && f->image.p[at - 1] != '\n')
		at--;
	return at;
}

/* The start of the next line. */
static size_t line_after(const struct front *f, size_t at)
{
	struct str rest = str_slice(f->image, at, f->note.front.to);
	size_t n = str_find_char(rest, '\n');
	return at + (n < rest.n ? n + 1 : n);
}

/* The end of the line's text. */
static size_t line_end(const struct front *f, size_t at)
{
	size_t end = line_after(f, at);
	if (end > at && f->image.p[end - 1] == '\n')
		end--;
	return end > at && f->image.p[end - 1] == '\r' ? end - 1 : end;
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

static struct str between(const struct front *f, size_t from, size_t to)
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
	return front_fail(f, KITH_FAILED, node->span.from,
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
	size_t at = 1;
	while (at < raw.n && str_is_digit(raw.p[at]))
		at++;
	return at < raw.n && raw.p[at] == '+';
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
	return line_end(f, end);
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

static struct yaml_node *next_item(const struct yaml_node *parent, struct yaml_node *item)
{
	return front_value(parent, item)->next;
}

static struct yaml_node *last_item(const struct yaml_node *parent)
{
	struct yaml_node *item = parent->first;
	while (item && next_item(parent, item))
		item = next_item(parent, item);
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

/* A line for each item, with an end to each. */
static void write_lines(struct buf *out, const struct lines *lines, const struct yaml_node *first)
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
		struct buf deeper;
		buf_init(&deeper, 0);
		buf_add(&deeper, lines->indent);
		buf_addz(&deeper, "  ");
		buf_add(out, lines->eol);
		/* Only the front matter's own values stand over lines when they are new. */
		write_lines(
		    out,
		    &(struct lines){buf_str(&deeper), STR(" "), lines->eol, n->kind == YAML_MAP},
		    n->first);
		buf_release(&deeper);
	}
}

static int begins_no_line(struct front *f, size_t at)
{
	return front_fail(f, KITH_FAILED, at,
			  "what is to be changed does not begin its line; edit it by hand");
}

/* How the items of a list or map over lines are written; a list's span begins at its first `-`. */
static int read_lines(struct lines *lines, struct front *f, const struct yaml_node *parent)
{
	size_t at = parent->span.from, first = parent->first->span.from;
	*lines = (struct lines){.indent = between(f, line_start(f, at), at),
				.gap = STR(" "),
				.eol = edit_line_end(f->image, line_after(f, at)),
				.map = parent->kind == YAML_MAP};
	if (!is_blank(lines->indent))
		return begins_no_line(f, at);
	struct str gap = between(f, at + 1, first);
	if (!lines->map && gap.n && is_blank(gap))
		lines->gap = gap;
	return 0;
}

static void put(struct plan *plan, struct front *f, size_t from, size_t to, struct buf *bytes)
{
	plan->splices[plan->count++] =
	    (struct edit_splice){{from, to}, bytes ? arena_str(f->arena, buf_str(bytes)) : STR("")};
}

/* A first key: at the end of empty front matter, or in one that is made. */
static void plan_first(struct plan *plan, struct front *f, const struct yaml_node *want)
{
	struct buf bytes;
	size_t at = f->note.has_front ? f->note.front.to : f->note.body;
	struct lines lines = {STR(""), STR(" "), edit_line_end(f->image, at), true};
	struct buf fence;
	buf_init(&bytes, 0);
	buf_init(&fence, 0);
	buf_addz(&fence, f->note.has_front ? "" : "---");
	buf_add(&fence, f->note.has_front ? STR("") : lines.eol);
	buf_add(&bytes, buf_str(&fence));
	write_lines(&bytes, &lines, want);
	buf_add(&bytes, buf_str(&fence));
	put(plan, f, at, at, &bytes);
	buf_release(&fence);
	buf_release(&bytes);
}

static int plan_add_lines(struct plan *plan, struct front *f, const struct site *site)
{
	struct lines lines;
	struct buf bytes;
	size_t at = line_after(f, item_end(f, site->parent, last_item(site->parent)));
	if (read_lines(&lines, f, site->parent))
		return -1;
	buf_init(&bytes, 0);
	lines.eol = edit_line_end(f->image, at);
	write_lines(&bytes, &lines, site->want);
	put(plan, f, at, at, &bytes);
	buf_release(&bytes);
	return 0;
}

/* In brackets whose items have a line each: where the last one's line goes on after it, if so. */
static bool stands_alone(const struct front *f, const struct yaml_node *parent,
			 const struct yaml_node *item, size_t *comma)
{
	size_t end = item_end(f, parent, item), line = line_end(f, end);
	*comma = end;
	while (*comma < line && str_is_blank_char(f->image.p[*comma]))
		++*comma;
	bool has_comma = *comma < line && f->image.p[*comma] == ',';
	size_t rest = has_comma ? *comma + 1 : end;
	*comma = has_comma ? *comma : SIZE_MAX;
	return is_blank(between(f, line_start(f, item->span.from), item->span.from)) &&
	       line < parent->span.to && is_rest_of_line(between(f, rest, line));
}

/* Another line for a new item, and a comma after the last one where it has none. */
static void plan_add_row(struct plan *plan, struct front *f, const struct site *site,
			 struct yaml_node *last, size_t comma)
{
	struct buf bytes;
	size_t end = item_end(f, site->parent, last), at = line_after(f, end);
	buf_init(&bytes, 0);
	if (comma == SIZE_MAX) {
		buf_addz(&bytes, ",");
		put(plan, f, end, end, &bytes);
		buf_clear(&bytes);
	}
	buf_add(&bytes, between(f, line_start(f, last->span.from), last->span.from));
	write_items(&bytes, site->want, site->parent->kind == YAML_MAP);
	buf_addz(&bytes, comma == SIZE_MAX ? "" : ",");
	buf_add(&bytes, edit_line_end(f->image, at));
	put(plan, f, at, at, &bytes);
	buf_release(&bytes);
}

static void plan_add_flow(struct plan *plan, struct front *f, const struct site *site)
{
	struct yaml_node *last = last_item(site->parent);
	struct buf bytes;
	size_t at = site->parent->span.from + 1, comma;
	if (last && stands_alone(f, site->parent, last, &comma)) {
		plan_add_row(plan, f, site, last, comma);
		return;
	}
	if (last)
		at = item_end(f, site->parent, last);
	buf_init(&bytes, 0);
	buf_addz(&bytes, last ? ", " : "");
	write_items(&bytes, site->want, site->parent->kind == YAML_MAP);
	put(plan, f, at, at, &bytes);
	buf_release(&bytes);
}

static int plan_add(struct plan *plan, struct front *f, const struct site *site)
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
	size_t line = line_start(f, at);
	return is_blank(between(f, line, at)) ? line : SIZE_MAX;
}

static int plan_remove_lines(struct plan *plan, struct front *f, const struct site *site)
{
	size_t from = item_line(f, site->parent, site->item);
	if (from == SIZE_MAX)
		return begins_no_line(f, site->item->span.from);
	put(plan, f, from, line_after(f, item_end(f, site->parent, site->item)), NULL);
	return 0;
}

/* Between two items: what stands before the line's end may be about the first. */
static bool has_comment(const struct front *f, size_t from, size_t to)
{
	return str_find_char(between(f, from, to), '#') < to - from;
}

/* With a comma beside it; alone on its lines, with its lines. */
static void plan_remove_flow(struct plan *plan, struct front *f, const struct site *site)
{
	struct yaml_node *parent = site->parent, *item = site->item, *before = parent->first;
	struct yaml_node *next = next_item(parent, item);
	size_t comma, end = item_end(f, parent, item), from = item->span.from;
	if (stands_alone(f, parent, item, &comma) && (!next || comma != SIZE_MAX)) {
		put(plan, f, line_start(f, from), line_after(f, end), NULL);
		return;
	}
	while (item != parent->first && next_item(parent, before) != item)
		before = next_item(parent, before);
	if (next)
		end = next->span.from;
	else if (item != parent->first && !has_comment(f, item_end(f, parent, before), from))
		from = item_end(f, parent, before);
	put(plan, f, from, end, NULL);
}

static int plan_remove(struct plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *value = front_value(site->parent, site->item);
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
static int plan_other_lines(struct plan *plan, struct front *f, const struct yaml_node *old,
			    const struct yaml_node *want)
{
	struct lines lines;
	struct buf bytes;
	size_t from = item_line(f, old, old->first);
	if (from == SIZE_MAX)
		return begins_no_line(f, old->span.from);
	if (read_lines(&lines, f, old))
		return -1;
	buf_init(&bytes, 0);
	write_lines(&bytes, &lines, want->first);
	put(plan, f, from, line_after(f, end_of(f, old)), &bytes);
	buf_release(&bytes);
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
static int plan_for_lines(struct plan *plan, struct front *f, const struct site *site,
			  const struct yaml_node *old, struct buf *form)
{
	size_t at = site->parent->kind == YAML_MAP ? after_colon(f, site->item) : SIZE_MAX;
	struct buf bytes;
	if (at == SIZE_MAX || line_after(f, at) > line_start(f, old->span.from))
		return begins_no_line(f, old->span.from);
	buf_init(&bytes, 0);
	buf_addc(&bytes, ' ');
	buf_add(&bytes, buf_str(form));
	put(plan, f, at, at, &bytes);
	buf_release(&bytes);
	put(plan, f, line_after(f, at), line_after(f, end_of(f, old)), NULL);
	return 0;
}

/* For `| # why` the comment stays, and what stands below goes. */
static void plan_for_block_scalar(struct plan *plan, struct front *f, const struct yaml_node *old,
				  struct buf *form)
{
	size_t end = end_of(f, old), line = line_end(f, old->span.from);
	size_t mark = old->span.from + 1;
	while (mark < line && !str_is_blank_char(f->image.p[mark]))
		mark++;
	put(plan, f, old->span.from, mark, form);
	if (line < end)
		put(plan, f, line, end, NULL);
}

/* After `key:`, which may have blanks after it in brackets, or no colon at all. */
static void plan_for_nothing(struct plan *plan, struct front *f, size_t at, struct buf *form)
{
	struct buf bytes;
	size_t colon = at;
	while (colon > f->note.front.from && str_is_space_char(f->image.p[colon - 1]))
		colon--;
	bool has_colon = colon > f->note.front.from && f->image.p[colon - 1] == ':';
	bool blank = has_colon && at == colon + 1 && f->image.p[colon] == ' ';
	if (!blank)
		at = colon;
	buf_init(&bytes, 0);
	buf_addz(&bytes, blank ? "" : has_colon ? " " : ": ");
	buf_add(&bytes, buf_str(form));
	put(plan, f, at, at, &bytes);
	buf_release(&bytes);
}

/* A form on one line takes a value's place, whatever that is. */
static int plan_form(struct plan *plan, struct front *f, const struct site *site, struct buf *form)
{
	const struct yaml_node *old = front_value(site->parent, site->item);
	if (old->kind != YAML_SCALAR && old->style == YAML_BLOCK)
		return plan_for_lines(plan, f, site, old, form);
	if (is_block_scalar(old))
		plan_for_block_scalar(plan, f, old, form);
	else if (old->span.from == old->span.to)
		plan_for_nothing(plan, f, old->span.from, form);
	else
		put(plan, f, old->span.from, old->span.to, form);
	return 0;
}

/* `[ a, b ]` keeps its blanks. */
static void pad_like(struct buf *form, const struct front *f, const struct yaml_node *old,
		     const struct yaml_node *want)
{
	struct str raw = span_str(f->image, old->span);
	bool padded = raw.n > 4 && raw.p[1] == ' ' && raw.p[raw.n - 2] == ' ' &&
		      str_find_char(raw, '\n') == raw.n;
	if (old->kind != want->kind || old->style != YAML_FLOW || !padded || form->n < 3)
		return;
	char closing = form->p[form->n - 1];
	buf_cut(form, form->n - 1);
	buf_addc(form, ' ');
	buf_addc(form, closing);
	/* Room for the first blank. */
	buf_addc(form, ' ');
	memmove(form->p + 2, form->p + 1, form->n - 2);
	form->p[1] = ' ';
}

/* A new map over lines, below a key that has nothing. */
static void plan_lines_below(struct plan *plan, struct front *f, const struct site *site,
			     struct str indent)
{
	size_t at = line_end(f, site->item->next->span.from);
	struct buf bytes, deeper;
	struct lines lines = {.gap = STR(" "),
			      .eol = edit_line_end(f->image, line_after(f, at)),
			      .map = site->want->kind == YAML_MAP};
	buf_init(&bytes, 0);
	buf_init(&deeper, 0);
	buf_add(&deeper, indent);
	buf_addz(&deeper, "  ");
	lines.indent = buf_str(&deeper);
	buf_add(&bytes, lines.eol);
	write_lines(&bytes, &lines, site->want->first);
	buf_cut(&bytes, bytes.n - lines.eol.n);
	put(plan, f, at, at, &bytes);
	buf_release(&deeper);
	buf_release(&bytes);
}

static int plan_replace(struct plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *old = front_value(site->parent, site->item), *want = site->want;
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
	if (below && !site->flow && read_lines(&lines, f, site->parent) == 0) {
		plan_lines_below(plan, f, site, lines.indent);
		return 0;
	}
	buf_init(&form, 0);
	write_flow(&form, want, site->flow);
	pad_like(&form, f, old, want);
	int failed = plan_form(plan, f, site, &form);
	buf_release(&form);
	return failed;
}

/* The text's own bytes are kept, where they can stand in brackets. */
static int plan_wrap(struct plan *plan, struct front *f, const struct site *site)
{
	const struct yaml_node *old = front_value(site->parent, site->item);
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
	int failed = plan_form(plan, f, site, &form);
	buf_release(&form);
	return failed;
}

int site_plan(struct plan *plan, struct front *f, const struct site *site)
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
