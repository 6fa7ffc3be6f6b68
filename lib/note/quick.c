#include "note/quick.h"

#include <stdint.h>

#include "base/utf8.h"
#include "note/blocks.h"

/*
 * ---- front matter ----
 *
 * libyaml's tokens and marks, for the lines whose reading leaves no doubt: a key
 * in column 0, or one level in, and its value on the same line. Doubtful is what
 * may go on in the next line (an indented one after a value), what begins with
 * an indicator, and each byte that libyaml takes for a line's end and nobody else
 * does.
 */

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

struct quick_front {
	const char *zero; /* the image's first byte */
	const char *at, *end;
	struct arena *arena;
	struct yaml_node *spare, *spare_end; /* taken from the arena, not in the tree yet */
	size_t nodes;
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

static struct yaml_node *new_node(struct quick_front *f)
{
	if (f->spare == f->spare_end) {
		size_t some = (size_t)(f->end - f->at) / 12 + 8;
		f->spare = arena_alloc(f->arena, some * sizeof(*f->spare));
		f->spare_end = f->spare + some;
	}
	f->nodes++;
	return f->spare++;
}

static size_t offset_of_byte(const struct quick_front *f, const char *p)
{
	return (size_t)(p - f->zero);
}

static struct yaml_node *new_scalar(struct quick_front *f, enum yaml_style style, const char *from,
				    const char *to)
{
	struct yaml_node *node = new_node(f);
	size_t quote = style != YAML_PLAIN;
	*node = (struct yaml_node){.style = style,
				   .value = {from + quote, (size_t)(to - from) - 2 * quote},
				   .span = {offset_of_byte(f, from), offset_of_byte(f, to)}};
	return node;
}

static void skip_front_blanks(struct quick_front *f)
{
	while (f->at < f->end && *f->at == ' ')
		f->at++;
}

static bool ends_line(const struct quick_front *f, const char *p)
{
	return p == f->end || *p == '\n' || (*p == '\r' && p + 1 < f->end && p[1] == '\n');
}

static bool quick_ends_word(const struct quick_front *f, const char *p)
{
	return p == f->end || *p == ' ' || (*p >= '\t' && *p <= '\r');
}

/* Plain text, up to a `: `, a comment, the line's end, or in brackets what ends it there. */
static struct yaml_node *read_plain_scalar(struct quick_front *f, unsigned ends)
{
	const char *from = f->at, *p = from;
	bool dash = ends == BLOCK && p < f->end && *p == '-' && !quick_ends_word(f, p + 1);
	if (p == f->end || (is_class(*p, INDICATOR) && !dash))
		return NULL;
	for (;; p++) {
		/* The line's end is one, and the text ends with a line's end. */
		while (!is_class(*p, ends))
			p++;
		if (*p == ',' || *p == ']' || *p == '}' || ends_line(f, p))
			break;
		if (*p == ':' && quick_ends_word(f, p + 1))
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
static struct yaml_node *read_quoted(struct quick_front *f)
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

static struct yaml_node *read_scalar(struct quick_front *f, unsigned ends)
{
	if (f->at < f->end && (*f->at == '"' || *f->at == '\''))
		return read_quoted(f);
	return read_plain_scalar(f, ends);
}

/* A key and the `:` after it. */
static struct yaml_node *read_key_colon(struct quick_front *f, unsigned ends)
{
	struct yaml_node *key = read_scalar(f, ends);
	if (!key || f->at == f->end || *f->at != ':' || !quick_ends_word(f, f->at + 1) ||
	    key->span.to - key->span.from > LONGEST_KEY)
		return NULL;
	f->at++;
	return key;
}

static struct yaml_node *read_flow(struct quick_front *f, int depth);

static struct yaml_node *read_value(struct quick_front *f, unsigned ends, int depth)
{
	if (f->at < f->end && (*f->at == '[' || *f->at == '{'))
		return read_flow(f, depth);
	return read_scalar(f, ends);
}

/* `[a, b]` or `{a: b}` on one line. */
static struct yaml_node *read_flow(struct quick_front *f, int depth)
{
	bool map = *f->at == '{';
	char close = map ? '}' : ']';
	struct yaml_node *node = new_node(f), **tail = &node->first;
	*node = (struct yaml_node){.kind = map ? YAML_MAP : YAML_LIST,
				   .style = YAML_FLOW,
				   .span.from = offset_of_byte(f, f->at++)};
	skip_front_blanks(f);
	bool more = f->at < f->end && *f->at != close;
	for (; more; node->count++) {
		if (map) {
			if (!(*tail = read_key_colon(f, FLOW)))
				return NULL;
			tail = &(*tail)->next;
			skip_front_blanks(f);
		}
		if (depth == MAX_FLOW || f->nodes > YAML_NODES_MAX ||
		    !(*tail = read_value(f, FLOW, depth + 1)))
			return NULL;
		tail = &(*tail)->next;
		skip_front_blanks(f);
		more = f->at < f->end && *f->at == ',';
		if (more) {
			f->at++;
			skip_front_blanks(f);
		}
	}
	if (f->at == f->end || *f->at != close)
		return NULL;
	node->span.to = offset_of_byte(f, ++f->at);
	return node;
}

/* Over the line's end; false where there is more on the line. */
static bool end_front_line(struct quick_front *f)
{
	if (!ends_line(f, f->at))
		return false;
	if (f->at < f->end)
		f->at += *f->at == '\r' ? 2 : 1;
	return true;
}

static bool end_comment(struct quick_front *f)
{
	while (f->at < f->end && !is_class(*f->at, CONTROL))
		f->at++;
	return end_front_line(f);
}

/* After a value: nothing, or a comment with a blank before it. */
static bool end_value(struct quick_front *f)
{
	const char *after = f->at;
	skip_front_blanks(f);
	if (f->at > after && f->at < f->end && *f->at == '#')
		return end_comment(f);
	return end_front_line(f);
}

static void append_node(struct growing *to, struct yaml_node *node)
{
	*to->tail = node;
	to->tail = &node->next;
}

/* Key and value on one line; *empty is the value where nothing stands there, else NULL. */
static bool read_key_value(struct quick_front *f, struct growing *map, struct yaml_node **empty)
{
	struct yaml_node *key = read_key_colon(f, BLOCK), *value;
	if (!key)
		return false;
	const char *after = f->at;
	skip_front_blanks(f);
	*empty = NULL;
	if (ends_line(f, f->at) || *f->at == '#') {
		f->at = after;
		value = *empty = new_scalar(f, YAML_PLAIN, after, after);
	} else if (!(value = read_value(f, BLOCK, 0)))
		return false;
	append_node(map, key);
	append_node(map, value);
	map->node->count++;
	return end_value(f);
}

static bool is_dash_item(const struct quick_front *f)
{
	return f->end - f->at > 1 && f->at[0] == '-' && f->at[1] == ' ';
}

static bool read_list_item(struct quick_front *f, struct growing *list)
{
	f->at++;
	skip_front_blanks(f);
	struct yaml_node *value = read_value(f, BLOCK, 0);
	if (!value)
		return false;
	append_node(list, value);
	list->node->count++;
	return end_value(f);
}

/* The value of the key above that begins here turns out to be a list or a map. */
static void open_nested(struct growing *nested, struct quick_front *f, struct yaml_node *node,
			size_t indent)
{
	*node = (struct yaml_node){.kind = is_dash_item(f) ? YAML_LIST : YAML_MAP,
				   .style = YAML_BLOCK,
				   .span.from = offset_of_byte(f, f->at),
				   .next = node->next};
	*nested = (struct growing){node, &node->first, indent};
}

/* libyaml ends a block collection where the next token begins. */
static void close_nested(struct growing *nested, const struct quick_front *f)
{
	if (nested->node)
		nested->node->span.to = offset_of_byte(f, f->at);
	nested->node = NULL;
}

static bool read_front_lines(struct quick_front *f, struct growing *root)
{
	struct growing nested = {0};
	struct yaml_node *empty = NULL, *ignored;
	while (f->at < f->end) {
		const char *line = f->at;
		if (f->nodes > YAML_NODES_MAX)
			return false;
		skip_front_blanks(f);
		if (ends_line(f, f->at)) {
			(void)end_front_line(f);
			continue;
		}
		if (*f->at == '#') {
			if (!end_comment(f))
				return false;
			continue;
		}
		size_t indent = (size_t)(f->at - line);
		bool item = is_dash_item(f), done;
		/* `---` and `...` are YAML's own. */
		if (!item && (*f->at == '-' || *f->at == '.'))
			return false;
		if (indent == 0 && !item) {
			close_nested(&nested, f);
			done = read_key_value(f, root, &empty);
		} else {
			if (!nested.node && empty)
				open_nested(&nested, f, empty, indent);
			if (!nested.node || nested.indent != indent ||
			    item != (nested.node->kind == YAML_LIST))
				return false;
			done = item ? read_list_item(f, &nested)
				    : read_key_value(f, &nested, &ignored);
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
	if (text.n == 0 || text.p[text.n - 1] != '\n' || is_doubtful(text))
		return false;
	struct quick_front f = {
	    .zero = image.p, .at = text.p, .end = text.p + text.n, .arena = arena};
	struct growing root = {.node = new_node(&f)};
	*root.node = (struct yaml_node){.kind = YAML_MAP, .style = YAML_BLOCK};
	root.tail = &root.node->first;
	if (!read_front_lines(&f, &root) || f.nodes > YAML_NODES_MAX) {
		arena_rewind(arena, mark);
		return false;
	}
	root.node->span = (struct span){root.node->first->span.from, at.from + text.n};
	*made = root.node;
	/* What is left of the last piece goes back. */
	arena_rewind(arena, (struct arena_mark){arena->chunks, (char *)f.spare});
	return true;
}

/*
 * ---- bodies ----
 *
 * cmark's own steps (which open items does a line go on with, does it begin a
 * new block, is it a lazy continuation), for lines whose first character leaves
 * no doubt. Whether two items are of one list makes no difference to the blocks,
 * so only items are kept. Inside of a line nothing matters but where it ends.
 */

#define MAX_DEPTH 32

struct quick_item {
	size_t block;  /* its number */
	size_t indent; /* what a line needs, beyond the item around it, to be part of it */
};

struct quick_body {
	struct str image;
	size_t end; /* of the line, without its LF; CR and blanks before it too in `text_end` */
	size_t text_end;
	size_t last_end; /* after the last line that isn't blank */
	struct block *blocks;
	size_t count, cap;
	struct arena *arena;
	bool in_paragraph; /* the last block is a paragraph that may go on */
	bool waits;        /* the last block is a paragraph whose end isn't known */
	int depth;
	struct quick_item open[MAX_DEPTH];
};

enum line_kind { LINE_TEXT, LINE_HEADING, LINE_ITEM, LINE_DOUBTFUL };

static char byte_of(const struct quick_body *b, size_t at)
{
	return at < b->end ? b->image.p[at] : '\n';
}

static size_t skip_char(const struct quick_body *b, size_t at, char c)
{
	while (at < b->end && b->image.p[at] == c)
		at++;
	return at;
}

/* A thematic break, a setext underline, or an empty item: nothing but c and blanks. */
static bool is_rule(const struct quick_body *b, size_t at, char c)
{
	while (at < b->text_end && (b->image.p[at] == c || str_is_blank_char(b->image.p[at])))
		at++;
	return at >= b->text_end;
}

/* What follows a marker: text after one to four blanks is an item's; *text is where it begins. */
static enum line_kind item_kind(const struct quick_body *b, size_t marker_end, size_t *text)
{
	char c = byte_of(b, marker_end);
	if (c != ' ')
		return str_is_space_char(c) ? LINE_DOUBTFUL : LINE_TEXT;
	*text = skip_char(b, marker_end, ' ');
	if (*text - marker_end > 4 || str_is_space_char(byte_of(b, *text)))
		return LINE_DOUBTFUL;
	return LINE_ITEM;
}

static enum line_kind bullet_kind(const struct quick_body *b, size_t at, size_t *text)
{
	char c = b->image.p[at];
	enum line_kind kind = item_kind(b, at + 1, text);
	if (kind == LINE_ITEM && b->image.p[*text] != c)
		return kind;
	return c != '+' && is_rule(b, at, c) ? LINE_DOUBTFUL : kind;
}

/* Only a list that begins with 1 may interrupt a paragraph. */
static enum line_kind number_kind(const struct quick_body *b, size_t at, bool interrupts,
				  size_t *text)
{
	size_t i = at;
	int number = 0;
	for (; i - at < 9 && str_is_digit(byte_of(b, i)); i++)
		number = number * 10 + (b->image.p[i] - '0');
	char c = byte_of(b, i);
	if ((c != '.' && c != ')') || (interrupts && number != 1))
		return LINE_TEXT;
	return item_kind(b, i + 1, text);
}

static enum line_kind heading_kind(const struct quick_body *b, size_t at, int depth)
{
	size_t i = skip_char(b, at, '#');
	char c = byte_of(b, i);
	if (i - at > 6 || !(c == ' ' || c == '\t' || c == '\r' || c == '\n'))
		return LINE_TEXT;
	return depth ? LINE_DOUBTFUL : LINE_HEADING;
}

/* A paragraph that begins so may be a link reference definition. */
static bool may_define(const struct quick_body *b, size_t at)
{
	size_t i = at + 1;
	char c;
	while ((c = byte_of(b, i)) != '[' && c != ']' && c != '\\' && c != '\n')
		i++;
	if (c == '[')
		return b->image.p[i - 1] == '!';
	return c != ']' || byte_of(b, i + 1) == ':';
}

/* What the line is from `at` on, in the `depth` items that it's part of. */
static enum line_kind line_kind(const struct quick_body *b, size_t at, int depth, size_t *text)
{
	char c = b->image.p[at];
	switch (c) {
	case '-':
	case '*':
	case '+':
		return bullet_kind(b, at, text);
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		return number_kind(b, at, b->in_paragraph && depth == b->depth, text);
	case '#':
		return heading_kind(b, at, depth);
	case '_':
		return is_rule(b, at, c) ? LINE_DOUBTFUL : LINE_TEXT;
	case '`':
	case '~':
		return byte_of(b, at + 1) == c && byte_of(b, at + 2) == c ? LINE_DOUBTFUL
									  : LINE_TEXT;
	case '=':
		return b->in_paragraph ? LINE_DOUBTFUL : LINE_TEXT;
	case '[':
		return !b->in_paragraph && may_define(b, at) ? LINE_DOUBTFUL : LINE_TEXT;
	case '<':
	case '>':
	case '\0':
		return LINE_DOUBTFUL;
	default:
		return LINE_TEXT;
	}
}

static struct block *new_block(struct quick_body *b)
{
	if (b->count == b->cap) {
		size_t cap = b->cap * 2;
		struct block *more = arena_alloc(b->arena, cap * sizeof(*more));
		memcpy(more, b->blocks, b->count * sizeof(*more));
		b->blocks = more;
		b->cap = cap;
	}
	return &b->blocks[b->count++];
}

/* A new block begins: the paragraph before it ends, and the items that it's no part of. */
static void close_blocks(struct quick_body *b, int depth)
{
	if (b->waits)
		b->blocks[b->count - 1].end = b->last_end;
	b->waits = b->in_paragraph = false;
	while (b->depth > depth)
		b->blocks[b->open[--b->depth].block].end = b->last_end;
}

static void add_heading_block(struct quick_body *b, size_t at)
{
	*new_block(b) = (struct block){
	    .kind = BLOCK_HEADING,
	    .level = (int)(skip_char(b, at, '#') - at),
	    .start = at,
	    .content = blocks_content(b->image, at, b->end, BLOCK_HEADING),
	};
}

static void add_item_block(struct quick_body *b, size_t at, size_t text, size_t indent)
{
	b->open[b->depth++] = (struct quick_item){b->count, indent + (text - at)};
	*new_block(b) = (struct block){
	    .kind = BLOCK_ITEM,
	    .nested = b->depth > 1,
	    .level = b->depth,
	    .start = at,
	    .content = {text, b->text_end},
	};
}

static void add_paragraph(struct quick_body *b, size_t at)
{
	*new_block(b) = (struct block){
	    .kind = BLOCK_PARAGRAPH,
	    .nested = b->depth > 0,
	    .level = b->depth,
	    .start = at,
	    .content = {at, b->text_end},
	};
	b->in_paragraph = b->waits = true;
}

/* A line with text, which begins at `at`, indented beyond the `depth` items that it's part of. */
static bool read_body_line(struct quick_body *b, size_t at, size_t indent, int depth)
{
	if (indent >= 4)
		return b->in_paragraph;
	for (;;) {
		size_t text = at;
		enum line_kind kind = line_kind(b, at, depth, &text);
		if (kind == LINE_TEXT && b->in_paragraph)
			return true;
		if (kind == LINE_DOUBTFUL)
			return false;
		close_blocks(b, depth);
		if (kind == LINE_TEXT) {
			add_paragraph(b, at);
			return true;
		}
		if (kind == LINE_HEADING) {
			add_heading_block(b, at);
			return true;
		}
		if (b->depth == MAX_DEPTH)
			return false;
		add_item_block(b, at, text, indent);
		depth = b->depth;
		at = text;
		indent = 0;
	}
}

static bool read_body_lines(struct quick_body *b, size_t from)
{
	struct str image = b->image;
	for (size_t line = from, next; line < image.n; line = next) {
		const char *lf = memchr(image.p + line, '\n', image.n - line);
		b->end = lf ? (size_t)(lf - image.p) : image.n;
		next = lf ? b->end + 1 : image.n;
		size_t at = skip_char(b, line, ' '), indent = at - line;
		if (byte_of(b, at) == '\n' || image.p[at] == '\r') {
			b->in_paragraph = false;
			continue;
		}
		/* For cmark a vertical tab or a form feed is text, and a tab is columns. */
		if (str_is_space_char(image.p[at]))
			return false;
		b->text_end = b->end;
		while (str_is_space_char(image.p[b->text_end - 1]))
			b->text_end--;
		int depth = 0;
		for (; depth < b->depth && indent >= b->open[depth].indent; depth++)
			indent -= b->open[depth].indent;
		if (!read_body_line(b, at, indent, depth))
			return false;
		b->last_end = next;
	}
	close_blocks(b, 0);
	return true;
}

bool quick_body(struct blocks *blocks, struct str image, size_t body, struct arena *arena)
{
	struct str text = str_from(image, body);
	*blocks = (struct blocks){0};
	if (text.n == 0)
		return true;
	if (blocks_lone_cr(text) || str_starts(text, STR("\xEF\xBB\xBF")))
		return false;
	struct arena_mark mark = arena_mark(arena);
	struct quick_body b = {.image = image, .arena = arena, .cap = text.n / 24 + 8};
	b.blocks = arena_alloc(arena, b.cap * sizeof(*b.blocks));
	if (!read_body_lines(&b, body)) {
		arena_rewind(arena, mark);
		return false;
	}
	blocks_settle_sections(image, b.blocks, b.count);
	*blocks = (struct blocks){b.count ? b.blocks : NULL, b.count};
	/* What is left of the last piece goes back. */
	arena_rewind(arena, (struct arena_mark){arena->chunks, (char *)(b.blocks + b.count)});
	return true;
}

static struct yaml_node *read_quick_front(struct str image, struct span at, struct arena *arena,
					  struct reporter *reporter)
{
	struct yaml_node *root;
	return quick_front(&root, image, at, arena) ? root : yaml_read(image, at, arena, reporter);
}

static struct blocks read_quick_body(struct str image, size_t body, struct arena *arena,
				     struct arena *scratch)
{
	struct blocks blocks;
	return quick_body(&blocks, image, body, arena) ? blocks
						       : markdown_read(image, body, arena, scratch);
}

const struct note_reader note_reader_quick = {read_quick_front, read_quick_body};
