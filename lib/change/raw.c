#include "change/raw.h"

bool raw_is_alone(const struct note *note, const struct block *block)
{
	size_t line = section_line(note, block->start);
	return str_ltrim_blanks(str_slice(note->image, line, block->start)).n == 0;
}

/* The column in which an item's own text begins, as CommonMark reckons it. */
static size_t item_indentation(const struct note *note, const struct block *item)
{
	size_t line = section_line(note, item->start), mark = item->start;
	while (mark < item->content.from && !str_is_blank_char(note->image.p[mark]))
		mark++;
	size_t ends = section_columns(str_slice(note->image, line, mark));
	size_t begins = section_columns(str_slice(note->image, line, item->content.from));
	return begins > ends + 4 ? ends + 1 : begins;
}

/* A line without so many columns of blanks; of a tab that is cut, blanks are left. */
static void add_dedented(struct buf *b, struct str line, size_t indentation)
{
	size_t column = 0, i = 0;
	while (i < line.n && column < indentation && str_is_blank_char(line.p[i]))
		column += line.p[i++] == '\t' ? 4 - column % 4 : 1;
	for (; column > indentation; column--)
		buf_addc(b, ' ');
	buf_add(b, str_from(line, i));
}

/* The first block that begins at the offset or after it. */
static size_t block_from(const struct note *note, size_t at)
{
	size_t from = 0, to = note->blocks.count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (note->blocks.items[middle].start < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

int raw_level(const struct note *note, struct span at)
{
	int level = 0;
	for (size_t i = block_from(note, at.from); i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->start >= at.to)
			break;
		if (b->kind == BLOCK_HEADING && (level == 0 || b->level < level))
			level = b->level;
	}
	return level;
}

static bool is_underline(struct str line)
{
	line = str_trim(line);
	size_t n = 0;
	while (n < line.n && (line.p[n] == '=' || line.p[n] == '-'))
		n++;
	return n > 0 && n == line.n;
}

/* A heading's line some levels below; an underlined one loses the line under it. */
static void add_heading(struct buf *b, const struct note *note, const struct block *heading,
			struct str line, int down, struct str *rest)
{
	struct str after = *rest, under;
	int level = heading->level + down < 6 ? heading->level + down : 6;
	bool marked = note->image.p[heading->start] == '#';
	if (!marked && (!str_next_line(&after, &under) || !is_underline(under))) {
		buf_add(b, line);
		return;
	}
	buf_fill(b, '#', (size_t)level);
	if (!marked) {
		buf_addc(b, ' ');
		*rest = after;
	} else {
		line = str_ltrim_blanks(line);
		line = str_from(line, (size_t)heading->level);
	}
	buf_add(b, marked ? line : str_trim(line));
}

void raw_add_lines(struct buf *b, const struct note *note, struct span at, size_t indentation,
		   int down)
{
	struct str rest = span_str(note->image, at), line;
	size_t next = block_from(note, at.from);
	while (rest.n) {
		size_t from = (size_t)(rest.p - note->image.p);
		(void)str_next_line(&rest, &line);
		while (next < note->blocks.count && note->blocks.items[next].start < from)
			next++;
		const struct block *block =
		    next < note->blocks.count ? &note->blocks.items[next] : NULL;
		bool heading = block && block->kind == BLOCK_HEADING && down > 0 &&
			       block->start <= from + line.n;
		if (heading)
			add_heading(b, note, block, line, down, &rest);
		else
			add_dedented(b, line, indentation);
		buf_addc(b, '\n');
	}
}

/* Below the first line; an underlined heading's line under it is none of its text. */
static size_t below_first(struct buf *b, const struct note *note, const struct block *block)
{
	size_t at = section_next_line(note->image, block->content.to);
	if (block->kind != BLOCK_HEADING || note->image.p[block->start] == '#')
		return at;
	struct str rest = str_slice(note->image, at, block->end), line;
	while (str_next_line(&rest, &line)) {
		if (is_underline(line))
			return block->end - rest.n;
		buf_add(b, line);
		buf_addc(b, '\n');
	}
	return block->end;
}

void raw_take(struct raw_block *out, const struct note *note, const struct block *block, int under,
	      struct arena *arena)
{
	struct str image = note->image, line = str_from(image, block->content.from);
	struct buf b;
	buf_init(&b, 0);
	line = str_upto(line, str_find_char(line, '\n'));
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	out->first = block->kind == BLOCK_ITEM ? line : span_str(image, block->content);
	struct span at = {below_first(&b, note, block), block->end};
	if (at.from < at.to) {
		int level = raw_level(note, at);
		bool item = block->kind == BLOCK_ITEM;
		raw_add_lines(&b, note, at, item ? item_indentation(note, block) : 0,
			      under && level && level <= under ? under + 1 - level : 0);
	}
	out->below = arena_str(arena, str_rtrim(buf_str(&b)));
	buf_release(&b);
}

struct str raw_item(struct item_style style, const struct raw_block *raw, struct arena *arena)
{
	struct str rest = raw->below, line;
	struct buf b;
	buf_init(&b, 0);
	buf_add(&b, style.lead);
	buf_add(&b, raw->first);
	while (str_next_line(&rest, &line)) {
		buf_addc(&b, '\n');
		if (str_trim(line).n)
			buf_add(&b, style.indent);
		buf_add(&b, line);
	}
	return arena_take(arena, &b);
}
