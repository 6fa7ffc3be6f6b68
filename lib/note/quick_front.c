/*
 * libyaml's tokens and marks, for the lines whose reading leaves no doubt: a
 * key in column 0, or one level in, and its value on the same line. Doubtful
 * is what may go on in the next line (an indented one after a value), what
 * begins with an indicator, and each byte that libyaml takes for a line's end
 * and nobody else does.
 */
#include <stdint.h>

#include "base/utf8.h"
#include "note/quick.h"

/* libyaml gives up a key after 1,024 characters. */
#define LONGEST_KEY 1000
#define MAX_FLOW    8

enum {
	CONTROL = 1,   /* no text here may hold it: control characters, and CR, LF and tab */
	INDICATOR = 2, /* no plain text may begin with it */
	BLOCK = 4,     /* may end plain text, or must not stand in it */
	FLOW = 8,      /* the same inside of brackets */
};

#define LOW       CONTROL | INDICATOR | BLOCK | FLOW
#define EIGHT_LOW LOW, LOW, LOW, LOW, LOW, LOW, LOW, LOW
static const unsigned char classes[256] = {
    EIGHT_LOW,
    EIGHT_LOW,
    EIGHT_LOW,
    EIGHT_LOW,
    [0x7f] = LOW,
    [':'] = INDICATOR | BLOCK | FLOW,
    ['#'] = INDICATOR | BLOCK | FLOW,
    [','] = INDICATOR | FLOW,
    ['?'] = INDICATOR | FLOW,
    ['['] = INDICATOR | FLOW,
    [']'] = INDICATOR | FLOW,
    ['{'] = INDICATOR | FLOW,
    ['}'] = INDICATOR | FLOW,
    [' '] = INDICATOR,
    ['-'] = INDICATOR,
    ['&'] = INDICATOR,
    ['*'] = INDICATOR,
    ['!'] = INDICATOR,
    ['|'] = INDICATOR,
    ['>'] = INDICATOR,
    ['\''] = INDICATOR,
    ['"'] = INDICATOR,
    ['%'] = INDICATOR,
    ['@'] = INDICATOR,
    ['`'] = INDICATOR,
};

struct front {
	const char *zero; /* the image's first byte */
	const char *at, *end;
	struct arena *arena;
	struct yaml_node *spare, *spare_end; /* taken from the arena, not in the tree yet */
};

/* A collection that grows line by line. */
struct growing {
	struct yaml_node *node, **tail;
	size_t indent;
};

static bool is_class(char c, unsigned which)
{
	return classes[(unsigned char)c] & which;
}

/* Bytes that libyaml refuses, or that end a line for it, among those that are not ASCII. */
static bool is_doubtful(struct str text)
{
	int32_t point;
	for (size_t at = 0; (at = utf8_ascii_end(text, at)) < text.n;) {
		size_t n = utf8_decode(text, at, &point);
		if (n == 0 || point < 0xa0 || point == 0x2028 || point == 0x2029 ||
		    point == 0xfeff || point == 0xfffe || point == 0xffff)
			return true;
		at += n;
	}
	return false;
}

static struct yaml_node *new_node(struct front *f)
{
	if (f->spare == f->spare_end) {
		size_t some = (size_t)(f->end - f->at) / 12 + 8;
		f->spare = arena_alloc(f->arena, some * sizeof(*f->spare));
		f->spare_end = f->spare + some;
	}
	return f->spare++;
}

static size_t offset_of(const struct front *f, const char *p)
{
	return (size_t)(p - f->zero);
}

static struct yaml_node *new_scalar(struct front *f, enum yaml_style style, const char *from,
				    const char *to)
{
	struct yaml_node *node = new_node(f);
	size_t quote = style != YAML_PLAIN;
	*node = (struct yaml_node){.style = style,
				   .value = {from + quote, (size_t)(to - from) - 2 * quote},
				   .span = {offset_of(f, from), offset_of(f, to)}};
	return node;
}

static void skip_blanks(struct front *f)
{
	while (f->at < f->end && *f->at == ' ')
		f->at++;
}

static bool ends_line(const struct front *f, const char *p)
{
	return p == f->end || *p == '\n' || (*p == '\r' && p + 1 < f->end && p[1] == '\n');
}

static bool ends_word(const struct front *f, const char *p)
{
	return p == f->end || *p == ' ' || (*p >= '\t' && *p <= '\r');
}

/* Plain text, up to a `: `, a comment, the line's end, or in brackets what ends it there. */
static struct yaml_node *read_plain(struct front *f, unsigned ends)
{
	const char *from = f->at, *p = from;
	bool dash = ends == BLOCK && p < f->end && *p == '-' && !ends_word(f, p + 1);
	if (p == f->end || (is_class(*p, INDICATOR) && !dash))
		return NULL;
	for (;; p++) {
		while (p < f->end && !is_class(*p, ends))
			p++;
		if (p == f->end || *p == ',' || *p == ']' || *p == '}' || ends_line(f, p))
			break;
		if (*p == ':' && ends_word(f, p + 1))
			break;
		if (*p == ':' && ends == FLOW && is_class(p[1], FLOW))
			return NULL;
		if (*p == '#' && p[-1] == ' ')
			break;
		if (*p != ':' && *p != '#')
			return NULL;
	}
	while (p[-1] == ' ')
		p--;
	f->at = p;
	return new_scalar(f, YAML_PLAIN, from, p);
}

/* Quoted text on one line, without an escape: after `''` its caller finds no end. */
static struct yaml_node *read_quoted(struct front *f)
{
	const char *from = f->at, quote = *from, *p = from + 1;
	while (p < f->end && *p != quote) {
		if (is_class(*p, CONTROL) || (*p == '\\' && quote == '"'))
			return NULL;
		p++;
	}
	if (p == f->end)
		return NULL;
	f->at = ++p;
	return new_scalar(f, quote == '"' ? YAML_DOUBLE : YAML_SINGLE, from, p);
}

static struct yaml_node *read_scalar(struct front *f, unsigned ends)
{
	if (f->at < f->end && (*f->at == '"' || *f->at == '\''))
		return read_quoted(f);
	return read_plain(f, ends);
}

/* A key and the `:` after it. */
static struct yaml_node *read_key(struct front *f, unsigned ends)
{
	struct yaml_node *key = read_scalar(f, ends);
	if (!key || f->at == f->end || *f->at != ':' || !ends_word(f, f->at + 1) ||
	    key->span.to - key->span.from > LONGEST_KEY)
		return NULL;
	f->at++;
	return key;
}

static struct yaml_node *read_flow(struct front *f, int depth);

static struct yaml_node *read_value(struct front *f, unsigned ends, int depth)
{
	if (f->at < f->end && (*f->at == '[' || *f->at == '{'))
		return read_flow(f, depth);
	return read_scalar(f, ends);
}

/* `[a, b]` or `{a: b}` on one line. */
static struct yaml_node *read_flow(struct front *f, int depth)
{
	bool map = *f->at == '{';
	char close = map ? '}' : ']';
	struct yaml_node *node = new_node(f), **tail = &node->first;
	*node = (struct yaml_node){.kind = map ? YAML_MAP : YAML_LIST,
				   .style = YAML_FLOW,
				   .span.from = offset_of(f, f->at++)};
	skip_blanks(f);
	bool more = f->at < f->end && *f->at != close;
	for (; more; node->count++) {
		if (map) {
			if (!(*tail = read_key(f, FLOW)))
				return NULL;
			tail = &(*tail)->next;
			skip_blanks(f);
		}
		if (depth == MAX_FLOW || !(*tail = read_value(f, FLOW, depth + 1)))
			return NULL;
		tail = &(*tail)->next;
		skip_blanks(f);
		more = f->at < f->end && *f->at == ',';
		if (more) {
			f->at++;
			skip_blanks(f);
		}
	}
	if (f->at == f->end || *f->at != close)
		return NULL;
	node->span.to = offset_of(f, ++f->at);
	return node;
}

/* Over the line's end; false where there is more on the line. */
static bool end_line(struct front *f)
{
	if (!ends_line(f, f->at))
		return false;
	if (f->at < f->end)
		f->at += *f->at == '\r' ? 2 : 1;
	return true;
}

static bool end_comment(struct front *f)
{
	while (f->at < f->end && !is_class(*f->at, CONTROL))
		f->at++;
	return end_line(f);
}

/* After a value: nothing, or a comment with a blank before it. */
static bool end_value(struct front *f)
{
	const char *after = f->at;
	skip_blanks(f);
	if (f->at > after && f->at < f->end && *f->at == '#')
		return end_comment(f);
	return end_line(f);
}

static void append(struct growing *to, struct yaml_node *node)
{
	*to->tail = node;
	to->tail = &node->next;
}

/* Key and value on one line; *empty is the value where nothing stands there, else NULL. */
static bool read_pair(struct front *f, struct growing *map, struct yaml_node **empty)
{
	struct yaml_node *key = read_key(f, BLOCK), *value;
	if (!key)
		return false;
	const char *after = f->at;
	skip_blanks(f);
	*empty = NULL;
	if (ends_line(f, f->at) || *f->at == '#') {
		f->at = after;
		value = *empty = new_scalar(f, YAML_PLAIN, after, after);
	} else if (!(value = read_value(f, BLOCK, 0)))
		return false;
	append(map, key);
	append(map, value);
	map->node->count++;
	return end_value(f);
}

static bool is_item(const struct front *f)
{
	return f->end - f->at > 1 && f->at[0] == '-' && f->at[1] == ' ';
}

static bool read_item(struct front *f, struct growing *list)
{
	f->at++;
	skip_blanks(f);
	struct yaml_node *value = read_value(f, BLOCK, 0);
	if (!value)
		return false;
	append(list, value);
	list->node->count++;
	return end_value(f);
}

/* The value of the key above that begins here turns out to be a list or a map. */
static void open_nested(struct growing *nested, struct front *f, struct yaml_node *node,
			size_t indent)
{
	*node = (struct yaml_node){.kind = is_item(f) ? YAML_LIST : YAML_MAP,
				   .style = YAML_BLOCK,
				   .span.from = offset_of(f, f->at),
				   .next = node->next};
	*nested = (struct growing){node, &node->first, indent};
}

/* libyaml ends a block collection where the next token begins. */
static void close_nested(struct growing *nested, const struct front *f)
{
	if (nested->node)
		nested->node->span.to = offset_of(f, f->at);
	nested->node = NULL;
}

static bool read_lines(struct front *f, struct growing *root)
{
	struct growing nested = {0};
	struct yaml_node *empty = NULL, *ignored;
	while (f->at < f->end) {
		const char *line = f->at;
		skip_blanks(f);
		if (ends_line(f, f->at)) {
			(void)end_line(f);
			continue;
		}
		if (*f->at == '#') {
			if (!end_comment(f))
				return false;
			continue;
		}
		size_t indent = (size_t)(f->at - line);
		bool item = is_item(f), done;
		/* `---` and `...` are YAML's own. */
		if (!item && (*f->at == '-' || *f->at == '.'))
			return false;
		if (indent == 0 && !item) {
			close_nested(&nested, f);
			done = read_pair(f, root, &empty);
		} else {
			if (!nested.node && empty)
				open_nested(&nested, f, empty, indent);
			if (!nested.node || nested.indent != indent ||
			    item != (nested.node->kind == YAML_LIST))
				return false;
			done = item ? read_item(f, &nested) : read_pair(f, &nested, &ignored);
		}
		if (!done)
			return false;
	}
	close_nested(&nested, f);
	return root->node->count > 0;
}

bool quick_front(struct yaml_node **made, struct str image, struct span at, struct arena *arena)
{
	struct str text = span_str(image, at);
	struct arena_mark mark = arena_mark(arena);
	if (text.n == 0 || is_doubtful(text))
		return false;
	struct front f = {.zero = image.p, .at = text.p, .end = text.p + text.n, .arena = arena};
	struct growing root = {.node = new_node(&f)};
	*root.node = (struct yaml_node){.kind = YAML_MAP, .style = YAML_BLOCK};
	root.tail = &root.node->first;
	if (!read_lines(&f, &root)) {
		arena_rewind(arena, mark);
		return false;
	}
	root.node->span = (struct span){root.node->first->span.from, at.from + text.n};
	*made = root.node;
	/* What is left of the last piece goes back. */
	arena_rewind(arena, (struct arena_mark){arena->chunks, (char *)f.spare});
	return true;
}
