#include "merge/front.h"

#include "base/buf.h"
#include "note/blocks.h"
#include "note/edit.h"
#include "note/quick.h"
#include "note/scalar.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/meaning.h"
#include "people/tags.h"

/* Where the line's text ends behind a value: past a comment; at its end for blanks. */
static size_t past_comment(struct str image, size_t at)
{
	struct str rest = str_from(image, at);
	rest = str_upto(rest, str_line(rest));
	size_t blanks = str_blanks(rest);
	return str_at(rest, blanks) == '#' ? at + str_rtrim(rest).n : at;
}

/* Whether nothing stands from there to the line's end. */
static bool ends_the_line(struct str image, size_t at)
{
	struct str rest = str_from(image, at);
	return str_blanks(rest) == str_line(rest);
}

/* Where a value's text ends, with a comment behind it. */
static size_t value_end_of(struct str image, const struct yaml_node *node)
{
	const struct yaml_node *last = node;
	while (last->style == YAML_BLOCK && last->first)
		for (last = last->first; last->next;)
			last = last->next;
	size_t end = last->span.to;
	if (last->style == YAML_LITERAL || last->style == YAML_FOLDED) {
		end = blocks_trim(image, end);
		while (end > last->span.from &&
		       (image.p[end - 1] == '\n' || image.p[end - 1] == '\r'))
			end--;
		return end;
	}
	return past_comment(image, end);
}

/*
 * Whether only blank lines and comments stand between two offsets; *lead: where the first comment
 * begins, or the end.
 */
static bool only_comments(struct str image, size_t from, size_t to, bool fence, size_t *lead)
{
	*lead = to;
	for (size_t at = from; at < to;) {
		struct str line = str_slice(image, at, to);
		line = str_upto(line, str_line(line));
		size_t blanks = str_blanks(line);
		bool comment = str_at(line, blanks) == '#';
		bool skip = fence && *lead == to &&
			    (str_eq(str_rtrim(line), STR("---")) ||
			     (at == 0 && str_eq(line, STR("\xEF\xBB\xBF"))));
		if (comment && *lead == to)
			*lead = at + blanks;
		if (!comment && !skip && blanks < line.n)
			return false;
		at += str_full_line(str_slice(image, at, to));
	}
	return true;
}

/* ---- what a key and an element are ---- */

/* A spelling without case, and with `-`, `_` and a blank alike. */
static struct str plain_key(struct str key, struct arena *arena)
{
	char *p = arena_bytes(arena, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		p[i] = key.p[i] == '-' || key.p[i] == '_' ? ' ' : str_lower(key.p[i]);
	return (struct str){p, key.n};
}

static struct str key_identity(const struct piece_reader *reader, const struct yaml_node *key,
			       bool top)
{
	int rank;
	struct str name = str_trim(key->value);
	if (key->kind != YAML_SCALAR)
		return STR("");
	if (top && reader->kind == MERGE_CONTACT && !key_is_label(name)) {
		enum key which = key_find(name, &rank);
		if (which != KEY_UNKNOWN && which != KEY_TIER && which != KEY_MERGED)
			return key_name(which);
	}
	return top ? plain_key(name, reader->arena) : name;
}

static struct str element_identity(struct str image, const struct yaml_node *node)
{
	struct str text = edit_text(image, node);
	return text.p ? text : str_trim(span_str(image, node->span));
}

static struct merge_piece *add_front_piece(const struct piece_reader *reader, struct sequence *s,
					   enum piece_kind kind, size_t from, size_t to,
					   struct str id)
{
	struct merge_piece *piece = sequence_add(s, kind, (struct span){from, to}, reader->arena);
	piece->id = piece->twin = id;
	return piece;
}

static void add_element(const struct piece_reader *reader, struct sequence *s, struct span at,
			const struct yaml_node *item)
{
	struct merge_piece *piece = add_front_piece(reader, s, PIECE_ELEMENT, at.from, at.to,
						    element_identity(s->image, item));
	piece->node = item;
	/* In quotes or without is no change. */
	if (item->kind == YAML_SCALAR && !item->marked &&
	    str_find_char(piece->text, '#') == piece->text.n)
		piece->same = piece->id;
	if (reader->person && item->kind == YAML_SCALAR)
		piece->twin =
		    meaning_of(reader->key, item, reader->config, reader->arena).means.items[0];
}

/* ---- over lines ---- */

/* The line end and indentation that the first piece has before it. */
static void set_usual(struct sequence *s)
{
	struct str gap = s->count ? pieces_gap(s, 0) : STR("");
	size_t at = gap.n;
	while (at > 0 && str_is_blank_char(gap.p[at - 1]))
		at--;
	if (at > 0)
		s->usual = str_from(gap, at - 1);
}

/* Where a key begins: with a `?` before it. */
static size_t key_start(struct str image, size_t from, const struct yaml_node *key)
{
	size_t at = key->span.from;
	while (at > from && str_is_blank_char(image.p[at - 1]))
		at--;
	return at > from && image.p[at - 1] == '?' ? at - 1 : key->span.from;
}

static struct sequence *block_keys(const struct piece_reader *reader, struct str image,
				   const struct yaml_node *map, struct span at, bool top)
{
	struct sequence *s = sequence_new(image, at, reader->arena);
	/* A comment behind the colon is no member's. */
	size_t pos = top ? at.from : past_comment(image, at.from), lead;
	for (const struct yaml_node *key = map ? map->first : NULL; key; key = key->next->next) {
		size_t start = key_start(image, pos, key), end = value_end_of(image, key->next);
		end = end < key->span.to ? key->span.to : end;
		if (start < pos || end > at.to || !only_comments(image, pos, start, top, &lead) ||
		    !ends_the_line(image, end) ||
		    (top && start > at.from && !str_begins_line(image, start)))
			return NULL;
		struct merge_piece *piece = add_front_piece(reader, s, PIECE_KEY, lead, end,
							    key_identity(reader, key, top));
		piece->node = key;
		/* Of two synonyms the one that both spell alike. */
		if (reader->person)
			piece->same = plain_key(str_trim(key->value), reader->arena);
		pos = end;
	}
	if (!only_comments(image, pos, at.to, top, &lead))
		return NULL;
	if (lead < at.to)
		add_front_piece(reader, s, PIECE_COMMENT, lead,
				lead + str_rtrim(str_slice(image, lead, at.to)).n, STR("end"));
	s->flush = top;
	if (top)
		s->usual = STR("\n");
	else
		set_usual(s);
	return s;
}

static struct sequence *block_elements(const struct piece_reader *reader, struct str image,
				       const struct yaml_node *list, struct span at)
{
	struct sequence *s = sequence_new(image, at, reader->arena);
	size_t pos = past_comment(image, at.from), lead;
	for (const struct yaml_node *item = list->first; item; item = item->next) {
		size_t start = item->span.from, end = value_end_of(image, item);
		while (start > pos && str_is_blank_char(image.p[start - 1]))
			start--;
		if (start == pos || image.p[--start] != '-' || end > at.to ||
		    !only_comments(image, pos, start, false, &lead) || !ends_the_line(image, end))
			return NULL;
		add_element(reader, s, (struct span){lead, end}, item);
		pos = end;
	}
	set_usual(s);
	return s;
}

/* ---- in brackets ---- */

static struct sequence *flow_pieces(const struct piece_reader *reader, struct str image,
				    const struct yaml_node *node, struct span at)
{
	struct sequence *s = sequence_new(image, at, reader->arena);
	bool map = node->kind == YAML_MAP;
	size_t pos = at.from;
	for (const struct yaml_node *n = node->first; n; n = n->next) {
		const struct yaml_node *item = n;
		size_t from = item->span.from, to = item->span.to;
		if (map) {
			n = n->next;
			to = n->span.to > to ? n->span.to : to;
		}
		if (from < pos || to > at.to || (s->count && from == pos))
			return NULL;
		if (map)
			add_front_piece(reader, s, PIECE_KEY, from, to,
					key_identity(reader, item, false))
			    ->node = item;
		else
			add_element(reader, s, (struct span){from, to}, item);
		pos = to;
	}
	s->usual = STR(", ");
	for (size_t i = 0; i <= s->count; i++)
		if (str_find_char(pieces_gap(s, i), '#') < pieces_gap(s, i).n)
			return NULL;
	return s;
}

/* ---- parts ---- */

/* A key's, or an element's, comments above it; whether there are any. */
static void add_lead(const struct piece_reader *reader, struct sequence *s, size_t start)
{
	struct str lead = str_rtrim(str_slice(s->image, s->from, start));
	if (lead.n)
		add_front_piece(reader, s, PIECE_COMMENT, s->from, s->from + lead.n, STR("lead"));
}

static void add_key_value(const struct piece_reader *reader, struct sequence *s, struct span at,
			  const struct yaml_node *node)
{
	add_front_piece(reader, s, PIECE_VALUE, at.from, at.to, STR("value"))->node = node;
	if (at.to < s->to)
		add_front_piece(reader, s, PIECE_TAIL, at.to, s->to, STR("tail"));
}

static struct sequence *open_key(const struct piece_reader *reader, struct str image,
				 const struct merge_piece *piece)
{
	const struct yaml_node *key = piece->node, *value = key->next;
	struct sequence *s = sequence_new(image, sequence_span(image, piece->text), reader->arena);
	size_t colon = key->span.to + str_blanks(str_from(image, key->span.to));
	if (colon >= s->to || image.p[colon] != ':')
		return NULL;
	add_lead(reader, s, key->span.from);
	add_front_piece(reader, s, PIECE_NAME, key->span.from, key->span.to, STR("name"));
	struct span at = {colon + 1, value->span.to > colon ? value->span.to : colon + 1};
	if (value->style == YAML_BLOCK || value->style == YAML_LITERAL ||
	    value->style == YAML_FOLDED)
		at.to = s->to;
	add_key_value(reader, s, at, value);
	return s;
}

static struct sequence *open_element(const struct piece_reader *reader, struct str image,
				     const struct merge_piece *piece)
{
	const struct yaml_node *node = piece->node;
	struct sequence *s = sequence_new(image, sequence_span(image, piece->text), reader->arena);
	if (node->kind != YAML_SCALAR || node->span.from <= s->from)
		return NULL;
	size_t dash = node->span.from, end = node->span.to;
	while (dash > s->from && image.p[dash] != '-')
		dash--;
	add_lead(reader, s, dash);
	add_front_piece(reader, s, PIECE_DASH, dash, dash + 1, STR("dash"));
	if (node->style == YAML_LITERAL || node->style == YAML_FOLDED)
		end = s->to;
	add_key_value(reader, s, (struct span){node->span.from, end}, node);
	return s;
}

static struct sequence *open_value(const struct piece_reader *reader, struct str image,
				   const struct merge_piece *piece)
{
	const struct yaml_node *node = piece->node;
	struct span at = sequence_span(image, piece->text);
	if (node->marked || node->kind == YAML_SCALAR || !node->first || edit_text(image, node).p)
		return NULL;
	if (node->style == YAML_FLOW)
		return flow_pieces(reader, image, node, at);
	return node->kind == YAML_MAP ? block_keys(reader, image, node, at, false)
				      : block_elements(reader, image, node, at);
}

struct sequence *front_open(const struct piece_reader *reader, struct str image,
			    struct merge_piece *piece)
{
	if (!piece->node)
		return NULL;
	switch (piece->kind) {
	case PIECE_KEY:
		return open_key(reader, image, piece);
	case PIECE_ELEMENT:
		return open_element(reader, image, piece);
	case PIECE_VALUE:
		return open_value(reader, image, piece);
	default:
		return NULL;
	}
}

struct sequence *front_keys(const struct piece_reader *reader, struct str image,
			    const struct yaml_node *map, struct span at)
{
	return map && map->style == YAML_FLOW ? NULL : block_keys(reader, image, map, at, true);
}

/* Recursion ends with the reader's limit on nesting. */
size_t front_marks(const struct yaml_node *node)
{
	size_t count = node && node->marked;
	for (const struct yaml_node *n = node ? node->first : NULL; n; n = n->next)
		count += front_marks(n);
	return count;
}

/* A reporter tells of some 50, and no more. */
bool front_is_whole(const struct yaml_node *root, size_t told)
{
	return told == 0 || (told < 50 && told == front_marks(root));
}

/* ---- forms ---- */

enum value_form pieces_form(const struct piece_reader *reader, struct str image,
			    struct merge_piece *value)
{
	const struct yaml_node *node = value->node;
	bool flow = node->style == YAML_FLOW;
	if (node->marked)
		return FORM_WHOLE;
	if (yaml_is_null(node))
		return FORM_NONE;
	if (node->kind == YAML_SCALAR || edit_text(image, node).p)
		return FORM_ONE;
	if (node->first && !pieces_open(reader, image, value))
		return FORM_WHOLE;
	if (node->kind == YAML_LIST)
		return flow ? FORM_FLOW_LIST : FORM_BLOCK_LIST;
	return flow ? FORM_FLOW_MAP : FORM_BLOCK_MAP;
}

/* In brackets; quotes stay where they can. Recursion ends with the reader's limit on nesting. */
static void add_node(struct buf *b, const struct yaml_node *node, struct str text, bool flow)
{
	bool plain = node->style != YAML_SINGLE && node->style != YAML_DOUBLE, map;
	if (node->kind == YAML_SCALAR) {
		if (plain && scalar_fits_plain(text, flow))
			buf_add(b, text);
		else
			scalar_write(b, text, plain ? YAML_DOUBLE : node->style, flow);
		return;
	}
	map = node->kind == YAML_MAP;
	buf_addc(b, map ? '{' : '[');
	for (const struct yaml_node *n = node->first; n; n = n->next) {
		buf_addz(b, n == node->first ? "" : ", ");
		add_node(b, n, n->value, true);
		if (map) {
			n = n->next;
			buf_addz(b, ": ");
			add_node(b, n, n->value, true);
		}
	}
	buf_addc(b, map ? '}' : ']');
}

static void add_members(struct buf *b, const struct yaml_node *node, enum value_form form,
			struct str line, bool commas)
{
	bool flow = form == FORM_FLOW_LIST || form == FORM_FLOW_MAP, map = node->kind == YAML_MAP;
	bool one = node->kind == YAML_SCALAR, list = form == FORM_FLOW_LIST;
	struct str text, rest = node->value;
	commas = commas && one && str_find_char(rest, ',') < rest.n;
	struct str before = flow ? str_of(list ? " [" : " {") : line;
	for (const struct yaml_node *n = one ? node : node->first; n; n = one ? NULL : n->next)
		for (text = n->value; !commas || tags_next_listed(&rest, &text);) {
			buf_add(b, before);
			buf_addz(b, flow || map ? "" : "- ");
			add_node(b, n, text, flow);
			if (map) {
				n = n->next;
				buf_addz(b, ": ");
				add_node(b, n, n->value, flow);
			}
			before = flow ? STR(", ") : line;
			if (!commas)
				break;
		}
	buf_addz(b, !flow ? "" : list ? "]" : "}");
}

/* A value that is written anew behind a key, `k:`; NULL where it does not read as it did. */
static struct merge_piece *written_anew(const struct piece_reader *reader, struct str *image,
					const struct merge_piece *value, struct str written)
{
	const struct yaml_node *node = value->node;
	struct reporter quiet = reporter_quiet(written);
	const struct yaml_node *root =
	    note_reader_quick.front(written, (struct span){0, written.n}, reader->arena, &quiet);
	if (quiet.told || !root || root->kind != YAML_MAP || root->count != 1)
		return NULL;
	struct merge_piece *piece = ARENA_NEW(reader->arena, struct merge_piece);
	*piece = *value;
	piece->text = piece->same = str_from(written, 2);
	piece->node = root->first->next;
	piece->parts = NULL;
	bool same = node->kind == YAML_SCALAR || fields_same_node(node, piece->node);
	if (same)
		*image = written;
	return same ? piece : NULL;
}

struct merge_piece *pieces_reform(const struct piece_reader *reader, struct str *image,
				  const struct merge_piece *value, enum value_form form,
				  struct str line, bool commas)
{
	struct buf b;
	if (front_marks(value->node))
		return NULL;
	buf_init(&b, 0);
	buf_addz(&b, "k:");
	add_members(&b, value->node, form, line, commas);
	return written_anew(reader, image, value, arena_take(reader->arena, &b));
}

struct merge_piece *pieces_reindent(const struct piece_reader *reader, struct str *image,
				    struct merge_piece *value, struct str line)
{
	const struct sequence *s = pieces_open(reader, *image, value);
	struct str rest = value->text;
	struct buf b;
	if (!s || !s->usual.n || str_eq(s->usual, line) || front_marks(value->node))
		return value;
	struct str has = str_from(s->usual, 1), indent = str_from(line, 1);
	buf_init(&b, 0);
	buf_addz(&b, "k:");
	for (bool first = true; rest.n; first = false) {
		struct str text = str_upto(rest, str_full_line(rest));
		bool deep = !first && str_starts(text, has);
		buf_add(&b, deep ? indent : STR(""));
		buf_add(&b, deep ? str_from(text, has.n) : text);
		rest = str_from(rest, text.n);
	}
	struct merge_piece *made =
	    written_anew(reader, image, value, arena_take(reader->arena, &b));
	return made ? made : value;
}
