/*
 * cmark's own steps (which open items does a line go on with, does it begin a
 * new block, is it a lazy continuation), for lines whose first character
 * leaves no doubt. Whether two items are of one list makes no difference to
 * the blocks, so only items are kept. Inside of a line nothing matters but
 * where it ends.
 */
#include <stdint.h>

#include "note/blocks.h"
#include "note/quick.h"

#define MAX_DEPTH 32

struct open_item {
	size_t block;  /* its number */
	size_t indent; /* what a line needs, beyond the item around it, to be part of it */
};

struct body {
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
	struct open_item open[MAX_DEPTH];
};

enum line_kind { LINE_TEXT, LINE_HEADING, LINE_ITEM, LINE_DOUBTFUL };

static char byte_at(const struct body *b, size_t at)
{
	return at < b->end ? b->image.p[at] : '\n';
}

static size_t skip_char(const struct body *b, size_t at, char c)
{
	while (at < b->end && b->image.p[at] == c)
		at++;
	return at;
}

/* A thematic break, a setext underline, or an empty item: nothing but c and blanks. */
static bool is_rule(const struct body *b, size_t at, char c)
{
	while (at < b->text_end && (b->image.p[at] == c || str_is_blank_char(b->image.p[at])))
		at++;
	return at >= b->text_end;
}

/* What follows a marker: text after one to four blanks is an item's; *text is where it begins. */
static enum line_kind item_kind(const struct body *b, size_t marker_end, size_t *text)
{
	char c = byte_at(b, marker_end);
	if (c != ' ')
		return str_is_space_char(c) ? LINE_DOUBTFUL : LINE_TEXT;
	*text = skip_char(b, marker_end, ' ');
	if (*text - marker_end > 4 || str_is_space_char(byte_at(b, *text)))
		return LINE_DOUBTFUL;
	return LINE_ITEM;
}

static enum line_kind bullet_kind(const struct body *b, size_t at, size_t *text)
{
	char c = b->image.p[at];
	enum line_kind kind = item_kind(b, at + 1, text);
	if (kind == LINE_ITEM && b->image.p[*text] != c)
		return kind;
	return c != '+' && is_rule(b, at, c) ? LINE_DOUBTFUL : kind;
}

/* Only a list that begins with 1 may interrupt a paragraph. */
static enum line_kind number_kind(const struct body *b, size_t at, bool interrupts, size_t *text)
{
	size_t i = at;
	int number = 0;
	for (; i - at < 9 && str_is_digit(byte_at(b, i)); i++)
		number = number * 10 + (b->image.p[i] - '0');
	char c = byte_at(b, i);
	if ((c != '.' && c != ')') || (interrupts && number != 1))
		return LINE_TEXT;
	return item_kind(b, i + 1, text);
}

static enum line_kind heading_kind(const struct body *b, size_t at, int depth)
{
	size_t i = skip_char(b, at, '#');
	char c = byte_at(b, i);
	if (i - at > 6 || !(c == ' ' || c == '\t' || c == '\r' || c == '\n'))
		return LINE_TEXT;
	return depth ? LINE_DOUBTFUL : LINE_HEADING;
}

/* A paragraph that begins so may be a link reference definition. */
static bool may_define(const struct body *b, size_t at)
{
	size_t i = at + 1;
	char c;
	while ((c = byte_at(b, i)) != '[' && c != ']' && c != '\\' && c != '\n')
		i++;
	if (c == '[')
		return b->image.p[i - 1] == '!';
	return c != ']' || byte_at(b, i + 1) == ':';
}

/* What the line is from `at` on, in the `depth` items that it's part of. */
static enum line_kind line_kind(const struct body *b, size_t at, int depth, size_t *text)
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
		return byte_at(b, at + 1) == c && byte_at(b, at + 2) == c ? LINE_DOUBTFUL
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

static struct block *add_block(struct body *b)
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
static void close_blocks(struct body *b, int depth)
{
	if (b->waits)
		b->blocks[b->count - 1].end = b->last_end;
	b->waits = b->in_paragraph = false;
	while (b->depth > depth)
		b->blocks[b->open[--b->depth].block].end = b->last_end;
}

static void add_heading(struct body *b, size_t at)
{
	*add_block(b) = (struct block){
	    .kind = BLOCK_HEADING,
	    .level = (int)(skip_char(b, at, '#') - at),
	    .start = at,
	    .content = blocks_content(b->image, at, b->end, BLOCK_HEADING),
	};
}

static void add_item(struct body *b, size_t at, size_t text, size_t indent)
{
	b->open[b->depth++] = (struct open_item){b->count, indent + (text - at)};
	*add_block(b) = (struct block){
	    .kind = BLOCK_ITEM,
	    .nested = b->depth > 1,
	    .level = b->depth,
	    .start = at,
	    .content = {text, b->text_end},
	};
}

static void add_paragraph(struct body *b, size_t at)
{
	*add_block(b) = (struct block){
	    .kind = BLOCK_PARAGRAPH,
	    .nested = b->depth > 0,
	    .level = b->depth,
	    .start = at,
	    .content = {at, b->text_end},
	};
	b->in_paragraph = b->waits = true;
}

/* A line with text, which begins at `at`, indented beyond the `depth` items that it's part of. */
static bool read_line(struct body *b, size_t at, size_t indent, int depth)
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
			add_heading(b, at);
			return true;
		}
		if (b->depth == MAX_DEPTH)
			return false;
		add_item(b, at, text, indent);
		depth = b->depth;
		at = text;
		indent = 0;
	}
}

static bool read_lines(struct body *b, size_t from)
{
	struct str image = b->image;
	for (size_t line = from, next; line < image.n; line = next) {
		const char *lf = memchr(image.p + line, '\n', image.n - line);
		b->end = lf ? (size_t)(lf - image.p) : image.n;
		next = lf ? b->end + 1 : image.n;
		size_t at = skip_char(b, line, ' '), indent = at - line;
		if (byte_at(b, at) == '\n' || image.p[at] == '\r') {
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
		if (!read_line(b, at, indent, depth))
			return false;
		b->last_end = next;
	}
	close_blocks(b, 0);
	return true;
}

/* For cmark a CR ends a line. */
static bool has_lone_cr(struct str text)
{
	for (size_t at = 0; (at += str_find_char(str_from(text, at), '\r')) < text.n; at++)
		if (at + 1 == text.n || text.p[at + 1] != '\n')
			return true;
	return false;
}

bool quick_body(struct blocks *blocks, struct str image, size_t body, struct arena *arena)
{
	struct str text = str_from(image, body);
	*blocks = (struct blocks){0};
	if (text.n == 0)
		return true;
	if (has_lone_cr(text) || str_starts(text, STR("\xEF\xBB\xBF")))
		return false;
	struct arena_mark mark = arena_mark(arena);
	struct body b = {.image = image, .arena = arena, .cap = text.n / 24 + 8};
	b.blocks = arena_alloc(arena, b.cap * sizeof(*b.blocks));
	if (!read_lines(&b, body)) {
		arena_rewind(arena, mark);
		return false;
	}
	blocks_settle_sections(image, b.blocks, b.count);
	*blocks = (struct blocks){b.count ? b.blocks : NULL, b.count};
	/* What is left of the last piece goes back. */
	arena_rewind(arena, (struct arena_mark){arena->chunks, (char *)(b.blocks + b.count)});
	return true;
}
